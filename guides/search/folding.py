"""The form in which texts are compared, and the way back to the text as it was written.

In it nothing depends on case, width or accents, or on spaces between Chinese and Latin: Chinese
characters stand as they are, each other word follows one space, and a bar stands for
punctuation. So a Latin word is found from its beginning, and a Chinese one anywhere.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache

HAN_RANGES = "\u3005-\u3007\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
HAN = re.compile(f"[{HAN_RANGES}]")
BREAK = "|"
#: Between Chinese characters they are as if they were not there.
QUOTES = frozenset("\"'“”‘’「」『』《》〈〉")
#: They end a Latin word; between two Chinese ones, as all else does, they are a break.
SOFT = frozenset(" .-_‐‑‒–—―")


@lru_cache(maxsize=8192)
def plain(character: str) -> str:
    """The characters that are compared in its place; none for what is not seen by itself."""
    if character == "\u3000":
        return BREAK  # the wide space stands between names
    if character.isspace():
        return " "
    folded = unicodedata.normalize("NFKD", character).casefold()
    decomposed = unicodedata.normalize("NFKD", folded)
    return "".join(one for one in decomposed if unicodedata.category(one) not in {"Mn", "Me", "Cf"})


def is_han(character: str) -> bool:
    """Whether it is one that Chinese or Japanese is written in, without spaces between words."""
    return "\u3400" <= character <= "\u9fff" or bool(character and HAN.match(character))


@dataclass(frozen=True, slots=True)
class Folded:
    """A text as it is compared, with the place in the original of each of its characters."""

    text: str
    places: tuple[int, ...]

    @classmethod
    def of(cls, original: str) -> Folded:
        text: list[str] = []
        places: list[int] = []
        before, gap = "", ""
        for place, character in enumerate(original):
            if not gap and "\u4e00" <= character <= "\u9fff":  # most of a Chinese text
                text.append(character)
                places.append(place)
                before = character
                continue
            for one in plain(character):
                if not one.isalnum():
                    gap = wider(gap, one)
                    continue
                made = between(before, gap, one) + one
                text.append(made)
                places += [place] * len(made)
                before, gap = one, ""
        return cls("".join(text), tuple(places))


def wider(gap: str, mark: str) -> str:
    """What two neighbours of punctuation are together."""
    kind = '"' if mark in QUOTES else mark if mark == "." else " " if mark in SOFT else BREAK
    if not gap:
        return kind
    if BREAK in (gap, kind):
        return BREAK
    return gap if gap == kind == '"' else " "


def between(before: str, gap: str, after: str) -> str:
    """What stands in the folded text between two characters with `gap` between them."""
    is_break = gap == BREAK and bool(before)
    if is_han(after):
        is_break = is_break or (gap in (" ", ".") and is_han(before))
        return BREAK if is_break else ""
    if gap == "." and before.isdigit() and after.isdigit():
        return "."
    starts = not before or bool(gap) or is_han(before)
    return (BREAK if is_break else "") + (" " if starts else "")


def fold(text: str) -> str:
    return Folded.of(text).text


def fold_edition(
    *, title: str, keywords: str, headings: Iterable[str], summary: str, text: str
) -> str:
    """The form in which an edition is kept: a line each for title, keywords, headings and
    summary, then one for each line of the text."""
    lines = [title, keywords, "\u3000".join(headings), summary, *text.split("\n")]
    return "\n".join(fold(line) for line in lines)


def names(text: str) -> Iterator[tuple[str, str]]:
    """What stands between the breaks of a title or of keywords: as written, and folded."""
    folded = Folded.of(text)
    start = 0
    for name in folded.text.split(BREAK):
        end = start + len(name)
        if name:
            yield text[folded.places[start] : folded.places[end - 1] + 1].strip(), name
        start = end + 1


def occurrences(form: str, text: str) -> Iterator[int]:
    start = text.find(form)
    while start >= 0:
        yield start
        start = text.find(form, start + len(form))


def is_inside_word(text: str, end: int) -> bool:
    """Whether a Latin word that began before goes on here."""
    before, after = text[end - 1 : end], text[end : end + 1]
    return before.isalnum() and after.isalnum() and not is_han(before) and not is_han(after)

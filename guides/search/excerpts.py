"""Why a text was found: the sentence that answers, with the words marked in it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise

from .folding import BREAK, HAN, Folded, fold, is_inside_word, occurrences
from .words import Query, Word

#: How much of a text is shown: in half widths, of which a Chinese character takes two.
EXCERPT_WIDTH, BEFORE_MARK = 130, 40

SENTENCE = re.compile(r"(?<=[。！？；!?])(?![”」』）)])|(?<=[.;])\s+(?=[^a-z])")


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of an excerpt. It is plain text, to be escaped by whoever shows it."""

    text: str
    is_marked: bool = False


def excerpt(query: Query, folded: str, text: str, otherwise: str) -> list[Piece]:
    """The sentence of the text that has most of the words, with what follows as far as there is
    room; the beginning of `otherwise` where none is in the text."""
    _title, _keywords, headings, _summary, *lines = folded.split("\n")
    bounded = f"{BREAK}{headings}{BREAK}"
    best, chosen = 0.0, otherwise
    for line, shown in zip(lines, text.split("\n"), strict=False):
        score = worth(query, line)
        if score and f"{BREAK}{line}{BREAK}" in bounded:
            score -= 0.5
        if score > best:
            best, chosen = score, shown
    return cut(from_best_sentence(query, chosen), query)


def worth(query: Query, folded: str) -> float:
    """How many of the words are there, best as they were typed, else by a name of that script."""
    return sum(closeness(word, folded) for word in query.words if word.is_in(folded))


def closeness(word: Word, folded: str) -> float:
    typed = word.forms[0]
    if typed in folded:
        return 1.2
    same_script = [one for one in word.forms if bool(HAN.search(one)) == bool(HAN.search(typed))]
    return 1.1 if any(form in folded for form in same_script) else 1.0


def from_best_sentence(query: Query, text: str) -> str:
    starts = [0, *(match.end() for match in SENTENCE.finditer(text))]
    scores = [worth(query, fold(text[start:end])) for start, end in pairwise([*starts, len(text)])]
    return text[starts[scores.index(max(scores))] :]


def cut(text: str, query: Query) -> list[Piece]:
    """As much of the text as is shown, with the first mark in it."""
    text = text[: 4 * EXCERPT_WIDTH]
    spans = marks(query, text)
    first = spans[0][0] if spans else 0
    start = first - reach(text[:first][::-1], BEFORE_MARK)
    if width(text) <= EXCERPT_WIDTH:
        start = 0
    end = start + reach(text[start:], EXCERPT_WIDTH)
    made = [Piece("…" if start else "")]
    at = start
    for left, right in spans:
        if right > end and left < end and at > start:
            end = left  # rather none than half of a second one
        if left < end:
            right = min(right, end)
            made += [Piece(text[at:left]), Piece(text[left:right], is_marked=True)]
            at = right
    made += [Piece(text[at:end]), Piece("…" if end < len(text) else "")]
    return [piece for piece in made if piece.text]


def reach(text: str, room: int) -> int:
    """How many characters have room, without breaking a Latin word."""
    end = 0
    for character in text:
        room -= width(character)
        if room < 0:
            break
        end += 1
    whole = end
    while whole and is_inside_word(text, whole):
        whole -= 1
    return whole or end


def width(text: str) -> int:
    return sum(1 if character < "\u2e80" else 2 for character in text)


def marks(query: Query, text: str) -> list[tuple[int, int]]:
    """Where the words stand in the text, in order, none touching another."""
    folded = Folded.of(text)
    spans = []
    for word in query.words:
        forms = [form for form in word.forms if form in folded.text] or word.pieces
        for form in forms:
            for start in occurrences(form, folded.text):
                end = start + len(form)
                while is_inside_word(folded.text, end):
                    end += 1
                first = start + form.startswith(" ")
                spans.append((folded.places[first], folded.places[end - 1] + 1))
    merged: list[tuple[int, int]] = []
    for first, last in sorted(spans):
        if merged and not text[merged[-1][1] : first].strip():
            merged[-1] = (merged[-1][0], max(last, merged[-1][1]))
        else:
            merged.append((first, last))
    return merged

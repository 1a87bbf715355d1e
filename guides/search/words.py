"""What a query asks for: its words, and what the terms call the same things."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from .folding import BREAK, HAN, HAN_RANGES, fold, is_han, is_inside_word, names, occurrences

#: Of a query: what is read of it, how many words of that, and how many forms of each.
LONGEST_QUERY, MOST_WORDS, MOST_FORMS = 100, 8, 6


@dataclass(frozen=True, slots=True)
class Term:
    """One edition of a term: all the names of one guide are one word to search."""

    guide: int
    title: str
    keywords: str
    folded: str


class Synonyms:
    """The names of the terms, and which of them mean the same."""

    def __init__(self, terms: Iterable[Term]) -> None:
        self.terms: dict[int, list[Term]] = {}
        self.titles: dict[str, set[int]] = {}
        self.names: dict[str, set[int]] = {}
        for term in terms:
            self.terms.setdefault(term.guide, []).append(term)
            title, keywords, _rest = (term.folded + "\n\n").split("\n", 2)
            for name in title.split(BREAK):
                self.titles.setdefault(name, set()).add(term.guide)
            for name in (*title.split(BREAK), *keywords.split(BREAK)):
                self.names.setdefault(name, set()).add(term.guide)

    def found_in(self, folded: str) -> list[tuple[int, int]]:
        """Where names of terms stand in a query, none overlapping another, the longest first."""
        candidates = [name for name in self.names if len(name) > 1 and name in folded]
        taken: list[tuple[int, int]] = []
        for name in sorted(candidates, key=lambda name: (-len(name), name)):
            for start in occurrences(name, folded):
                end = start + len(name)
                # A Latin name is one whole word or several; that there are many changes nothing.
                end += folded[end : end + 1] == "s" and not is_han(name[-1])
                if is_inside_word(folded, end):
                    continue
                if all(end <= first or last <= start for first, last in taken):
                    taken.append((start, end))
        return sorted(taken)

    def of(self, name: str) -> list[tuple[str, str]]:
        """The other names of the term that has this one: as written, and folded.

        A term of that title comes before those that only know the name as a keyword.
        """
        guides = self.titles.get(name) or self.names.get(name) or set()
        terms = [term for guide in sorted(guides) for term in self.terms[guide]]
        titles = [pair for term in terms for pair in names(term.title)]
        keywords = [pair for term in terms for pair in names(term.keywords)]
        # All titles before all keywords: these are the names that readers should learn.
        written: dict[str, str] = {}
        for as_written, folded in (*titles, *telling(keywords)):
            written.setdefault(folded, as_written)
        written.pop(name, None)
        known = {name, *written}
        return [
            (as_written, folded)
            for folded, as_written in written.items()
            # One that holds another is left out: the other finds all that it would.
            if len(folded) > 1 and not any(one in folded for one in known - {folded})
        ][: MOST_FORMS - 1]


def telling(keywords: Sequence[tuple[str, str]]) -> list[tuple[str, str]]:
    """Without the single Latin word that is part of another name: whoever asks for Secret Key
    means no other key, though whoever asks for a key may mean that one."""
    return [
        (as_written, name)
        for as_written, name in keywords
        if HAN.search(name)
        or name.count(" ") > 1
        or not any(f"{name} " in f"{other} " for _written, other in keywords if other != name)
    ]


#: What people put around the thing they look for. Left out where something else is left.
ASKING = re.compile(
    "请问|为什么|怎么办|怎么样|怎么|怎样|如何|什么|可不可以|能不能|是不是|给不给|要不要|该不该|有没有|我的"
)
TRAILING = re.compile("[了吗呢吧啊的]+$")
ENGLISH_ASKING = frozenset(
    f" {word}"
    for word in (
        *("a", "an", "and", "are", "be", "can", "do", "does", "for", "from", "get", "has", "have"),
        *("how", "i", "in", "into", "is", "it", "me", "my", "of", "on", "or", "our", "should"),
        *("still", "the", "to", "we", "what", "when", "where", "which", "who", "why", "will"),
        "with",
    )
)
TOKEN = re.compile(f" [^ {BREAK}{HAN_RANGES}]+|[{HAN_RANGES}]+")


@dataclass(frozen=True, slots=True)
class Word:
    """One thing that a text has or has not: any of `forms`; of a long one all `pieces` will do."""

    forms: tuple[str, ...]
    pieces: tuple[str, ...] = ()

    def is_in(self, text: str) -> bool:
        # Asked of every text, and a generator takes longer than looking: hence the loops.
        if self.pieces:  # they are in whatever has the word in one piece
            for piece in self.pieces:  # noqa: SIM110
                if piece not in text:
                    return False
            return True
        for form in self.forms:  # noqa: SIM110
            if form in text:
                return True
        return False

    def is_partly_in(self, text: str) -> bool:
        """Whether at least half of what it is made of is there."""
        left = len(self.pieces) // 2  # how many may be missing
        for piece in self.pieces:
            if piece not in text:
                left -= 1
                if left < 0:
                    return False
        return bool(self.pieces)


@dataclass(frozen=True, slots=True)
class Query:
    """What is looked for: its words, and the names that were added to those typed."""

    folded: str
    words: tuple[Word, ...]
    also: tuple[str, ...] = ()


def read(text: str, synonyms: Synonyms) -> Query:
    """The words of a query. There are none where nothing of it can be looked for."""
    # Chinese keyboards type the wide space between any two words.
    folded = fold(text[:LONGEST_QUERY].replace("\u3000", " "))
    words: list[Word] = []
    also: dict[str, None] = {}
    at = 0
    for start, end in [*synonyms.found_in(folded), (len(folded), len(folded))]:
        words += words_of(folded[at:start], beside_term=at > 0 or start < len(folded))
        if name := folded[start:end]:
            known = name if name in synonyms.names else name.removesuffix("s")
            others = synonyms.of(known)
            words.append(Word((known, *(form for _name, form in others))))
            also |= {as_written: None for as_written, _form in others}
        at = end
    words = words or words_of(folded, is_all=True)
    return Query(folded, tuple(dict.fromkeys(words))[:MOST_WORDS], tuple(also))


def words_of(folded: str, *, beside_term: bool = False, is_all: bool = False) -> list[Word]:
    """The words of a stretch of a query in which no term is named."""
    words = []
    for chunk in folded.split(BREAK):
        for token in joined(TOKEN.findall(chunk)):
            for word in [token] if is_all else essential(token):
                if not (beside_term and len(word) == 1):
                    words.append(Word((singular(word),), pieces(word)))
    return words


def joined(tokens: Iterable[str]) -> list[str]:
    """A single Chinese character belongs to the word beside it: 第 2.4 条 is one thing."""
    made: list[str] = []
    last = ""
    for token in tokens:
        if made and 1 in (len(token), len(last)):
            made[-1] += token
        else:
            made.append(token)
        last = token
    return made


def essential(token: str) -> list[str]:
    """The token without what only asks; short ones are left as they are."""
    if token in ENGLISH_ASKING:
        return []
    if not is_han(token[0]) or len(token) < 4:
        return [token]
    parts = [TRAILING.sub("", part) for part in ASKING.split(token)]
    return [part for part in parts if len(part) > 1]


def singular(word: str) -> str:
    """Without the s of the plural, so that the beginning finds both."""
    has_s = len(word) > 4 and word.endswith("s") and not HAN.search(word)
    return word[:-1] if has_s and word[-2] not in "siu" else word


def pieces(word: str) -> tuple[str, ...]:
    """What a text must have that does not have the word in one piece: every two neighbours."""
    found: list[str] = []
    for token in TOKEN.findall(word):
        found += [a + b for a, b in pairwise(token)] if is_han(token[0]) else [singular(token)]
    return tuple(found) if len(found) > 1 else ()

"""Which texts answer a query, the best first."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Generic, Protocol, TypeVar

from .folding import BREAK
from .words import Query, Word

#: With fewer texts than these that have every word, those that have most of them follow.
ENOUGH = 3


class Candidate(Protocol):
    """A text that may be found. `order` decides between those that answer equally well."""

    @property
    def key(self) -> int: ...
    @property
    def folded(self) -> str: ...
    @property
    def is_historic(self) -> bool: ...
    @property
    def order(self) -> tuple[Any, ...]: ...


Answer = TypeVar("Answer", bound=Candidate)


@dataclass(frozen=True, slots=True)
class Found(Generic[Answer]):
    """What answers, the best first; those from number `whole` on lack some of the words."""

    answers: list[Answer]
    whole: int


def find(query: Query, candidates: Iterable[Answer]) -> Found[Answer]:
    """What answers the query: title before heading before text, then current before historic."""
    words = query.words
    whole: list[tuple[int, Answer]] = []
    some: list[tuple[int, Answer]] = []
    if not words:
        return Found([], 0)
    for one in candidates:
        lacking = [word for word in words if not word.is_in(one.folded)]
        if not lacking:
            whole.append((0, one))
        elif len(whole) < ENOUGH and has_most(one.folded, words, lacking):
            some.append((len(lacking), one))
    answers = in_order(query, whole)
    if len(whole) < ENOUGH:
        answers += in_order(query, some)
    return Found(answers, len(whole))


def has_most(text: str, words: Sequence[Word], lacking: Sequence[Word]) -> bool:
    """Whether at least half of the words are there, of those in pieces at least half of these."""
    if 2 * len(lacking) <= len(words):
        return True
    missing = [word for word in lacking if not word.is_partly_in(text)]
    return 2 * len(missing) <= len(words) > len(missing)


def in_order(query: Query, found: Iterable[tuple[int, Answer]]) -> list[Answer]:
    """The best first; each comes with how many of the words it lacks."""
    ranked = [(lacking, rank(query, one, not lacking), one.key, one) for lacking, one in found]
    ranked.sort(key=lambda line: line[:3])
    return [one for *_rank, one in ranked]


def rank(query: Query, candidate: Candidate, is_whole: bool) -> tuple[Any, ...]:
    """The lower the better. `is_whole`: it has every word, and so perhaps all in a row."""
    folded = candidate.folded
    title_end = folded.index("\n")
    headings_end = folded.index("\n", folded.index("\n", title_end + 1) + 1)
    title, around = folded[:title_end], folded[title_end:headings_end]
    places = 0
    for word in query.words:
        places += 0 if word.is_in(title) else 1 if word.is_in(around) else 2
    return (
        query.folded not in title.split(BREAK),
        places,
        candidate.is_historic,
        sum(word.forms[0] not in folded for word in query.words),  # found by another name alone
        is_whole and len(query.words) > 1 and query.folded not in folded,
        candidate.order,
    )

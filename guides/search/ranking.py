"""Which texts answer a query, the best first."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from .folding import BREAK
from .words import Query, Word

#: With fewer texts than these that have every word, those that have most of them follow.
ENOUGH = 3


@dataclass(frozen=True, slots=True)
class Candidate:
    """A text that may be found. `order` decides between those that answer equally well."""

    key: int
    folded: str
    is_historic: bool
    order: tuple[object, ...]


@dataclass(frozen=True, slots=True)
class Found:
    """Keys in the order in which they are shown; those from `whole` on lack some of the words."""

    keys: tuple[int, ...]
    whole: int


def find(query: Query, candidates: Sequence[Candidate]) -> Found:
    """What answers the query: title before heading before text, then current before historic."""
    words = query.words
    if not words:
        return Found((), 0)
    absent = [(one, [word for word in words if not word.is_in(one.folded)]) for one in candidates]
    keys = in_order(query, ((0, one) for one, lacking in absent if not lacking))
    if len(keys) >= ENOUGH:
        return Found(tuple(keys), len(keys))
    some = (
        (len(lacking), one)
        for one, lacking in absent
        if lacking and has_most(one.folded, words, lacking)
    )
    return Found((*keys, *in_order(query, some)), len(keys))


def has_most(text: str, words: Sequence[Word], lacking: Sequence[Word]) -> bool:
    """Whether at least half of the words are there, of those in pieces at least half of these."""
    if 2 * len(lacking) <= len(words):
        return True
    missing = [word for word in lacking if not word.is_partly_in(text)]
    return 2 * len(missing) <= len(words) > len(missing)


def in_order(query: Query, found: Iterable[tuple[int, Candidate]]) -> list[int]:
    """Keys, the best first; each candidate comes with how many of the words it lacks."""
    ranks = sorted((lacking, rank(query, one, not lacking), one.key) for lacking, one in found)
    return [key for _lacking, _rank, key in ranks]


def rank(query: Query, candidate: Candidate, is_whole: bool) -> tuple[object, ...]:
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
        is_whole and len(query.words) > 1 and query.folded not in folded,
        candidate.order,
    )

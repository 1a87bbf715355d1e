"""Which texts answer a query, the best first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from .folding import BREAK
from .words import Query

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
    if not query.words:
        return Found((), 0)
    words = query.words
    has_all = [one for one in candidates if all(word.is_in(one.folded) for word in words)]
    keys = [key for _rank, key in sorted((rank(query, one), one.key) for one in has_all)]
    if len(keys) >= ENOUGH:
        return Found(tuple(keys), len(keys))
    known = set(keys)
    has_some = [
        (lacking, rank(query, one), one.key)
        for one in candidates
        if one.key not in known and (lacking := lacks(query, one.folded)) is not None
    ]
    rest = [key for _lacking, _rank, key in sorted(has_some)]
    return Found((*keys, *rest), len(keys))


def lacks(query: Query, text: str) -> int | None:
    """How many of the words are not there; None where hardly any is."""
    absent = [word for word in query.words if not word.is_in(text)]
    missing = [word for word in absent if not word.is_partly_in(text)]
    return len(absent) if 2 * len(missing) <= len(query.words) > len(missing) else None


def rank(query: Query, candidate: Candidate) -> tuple[object, ...]:
    """The lower the better."""
    title, keywords, headings, _rest = candidate.folded.split("\n", 3)
    around = f"{keywords}\n{headings}"
    is_named = query.folded in title.split(BREAK)
    places = 0
    for word in query.words:
        places += 0 if word.is_in(title) else 1 if word.is_in(around) else 2
    return (
        not is_named,
        places,
        candidate.is_historic,
        query.folded not in candidate.folded,
        candidate.order,
    )

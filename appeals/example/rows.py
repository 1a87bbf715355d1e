"""Rows that were never stored: made in memory, with what belongs to them at hand.

Pages, sentences, letter and dossier read a case through its models. The example is such a case
without a database behind it, so that it is told by the very code that tells a real one.
"""

from __future__ import annotations

from collections.abc import Iterable
from itertools import count
from typing import TypeVar

from django.db import models

from appeals.models import Case
from appeals.models.case import facts_rows

Row = TypeVar("Row", bound=models.Model)


class Rows:
    """Makes rows with keys that no database gives: a query by one of them finds nobody's row."""

    def __init__(self) -> None:
        self._keys = count(-1, -1)

    def make(self, model: type[Row], **fields: object) -> Row:
        return model(pk=next(self._keys), **fields)


def hold(row: models.Model, relation: str, related: Iterable[models.Model]) -> None:
    """`row.<relation>.all()` answers these, as if they had been loaded with it."""
    held = getattr(row, relation).get_queryset()
    held._result_cache = list(related)
    held._prefetch_done = True
    cache = row.__dict__.setdefault("_prefetched_objects_cache", {})
    cache[relation] = held


def hold_nothing_else(case: Case) -> None:
    """Whatever else is loaded with a case, this one has none of it; so nothing is ever asked for."""
    for lookup in facts_rows():
        path = lookup if isinstance(lookup, str) else lookup.prefetch_to
        rows: list[models.Model] = [case]
        for relation in path.split("__"):
            for row in rows:
                if relation not in row.__dict__.get("_prefetched_objects_cache", {}):
                    hold(row, relation, ())
            rows = [each for row in rows for each in getattr(row, relation).all()]

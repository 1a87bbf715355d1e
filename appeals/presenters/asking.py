"""Of whom something missing was asked."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from appeals.models import Case
from appeals.sentences.links import to_asking


@dataclass(frozen=True, slots=True)
class Asked:
    url: str
    whom: str = ""  # empty: nobody yet
    on: datetime.date | None = None
    version: int = 0


def asked_of(case: Case, demand_pk: int, letter: str | None) -> Asked:
    """Where it is marked, and what is marked. No query where the case has its facts."""
    demand = next(one for one in case.demands.all() if one.pk == demand_pk)
    letters = {one.pk: one.letter for one in case.providers.all()}
    url = to_asking(case.code, demand.ordinal, letter)
    for asking in demand.askings.all():
        if letters.get(asking.provider_id or 0) == letter:
            return Asked(url, asking.whom, asking.asked_on, asking.version)
    return Asked(url)

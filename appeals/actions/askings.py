"""Marking what is missing as asked of someone."""

from __future__ import annotations

import datetime
from typing import Any

from django.db import transaction

from appeals.models import Asking, Case, Demand, Event, Provider
from appeals.models.demand import Scope
from guides.models import User

from .providers import named
from .refusals import WrongPlace
from .rows import check_version, locked, record


@transaction.atomic
def ask(
    case: Case,
    *,
    by: User,
    demand: int,
    provider: str | None = None,
    whom: str,
    on: datetime.date,
    version: int | None = None,
) -> Asking:
    """Note of whom it was asked and when, instead of what was noted for that cell before.

    `demand` is an ordinal, `provider` a letter; `version` that of the note which the form showed,
    0 where there was none. Raises WrongPlace and StaleVersion.
    """
    current = locked(case.pk)
    about, of = cell(current, demand, provider)
    before = Asking.objects.filter(demand=about, provider=of).first()
    if before is not None:
        check_version(before, version, {"whom": whom, "asked_on": on})
        if (before.whom, before.asked_on) == (whom, on):
            return before
        before.delete()
    asking = Asking.objects.create(demand=about, provider=of, whom=whom, asked_on=on)
    record(current, Event.Kind.ASKED, by=by, on=on.isoformat(), **_named(about, of))
    return asking


@transaction.atomic
def take_back(case: Case, *, by: User, demand: int, provider: str | None = None) -> None:
    """It was not asked after all; nothing happens where nothing was noted."""
    current = locked(case.pk)
    about, of = cell(current, demand, provider)
    taken, _ = Asking.objects.filter(demand=about, provider=of).delete()
    if taken:
        record(current, Event.Kind.ASKING_REMOVED, by=by, **_named(about, of))


def cell(case: Case, ordinal: int, letter: str | None) -> tuple[Demand, Provider | None]:
    """The demand and, where it is asked of each provider, the provider. Raises WrongPlace."""
    demand = next((one for one in case.demands.all() if one.ordinal == ordinal), None)
    if demand is None or (demand.scope == Scope.PROVIDER) != (letter is not None):
        raise WrongPlace
    if letter is None:
        return demand, None
    provider = next((one for one in case.providers.all() if one.letter == letter), None)
    if provider is None or demand.provider_id not in (None, provider.pk):
        raise WrongPlace
    return demand, provider


def _named(demand: Demand, provider: Provider | None) -> dict[str, Any]:
    of = named(provider) if provider else {}
    return of | {"demand": demand.ordinal, "label": demand.label}

"""The dossier of a case as it is recorded."""

from __future__ import annotations

import zoneinfo
from collections.abc import Iterable

from appeals.models import Case
from appeals.rules.assessment import assess

from .building import build
from .inputs import Inputs, LetterText, Original
from .sheets import Dossier


def dossier_of(case: Case, letter: Iterable[LetterText] = (), *, as_it_is: bool = False) -> Dossier:
    """As of the case's last change, whenever it is made. No query where the case was loaded
    `with_facts()`."""
    facts = case.facts()
    return build(facts, assess(facts, case.changed_at), letter, inputs_of(case), as_it_is=as_it_is)


def inputs_of(case: Case) -> Inputs:
    zone = zoneinfo.ZoneInfo(case.time_zone)
    latest = max(case.confirmations.all(), key=lambda one: one.confirmed_at, default=None)
    return Inputs(
        changed_at=case.changed_at,
        originals=tuple(
            Original(
                id=str(one.code),
                media_type=one.media_type,
                size=one.size,
                pages=one.pages,
                stored_as=one.stored_as,
                withdrawn_on=one.withdrawn_at.astimezone(zone).date() if one.withdrawn_at else None,
            )
            for one in case.evidence.all()
        ),
        confirmed_text=latest.text if latest else "",
    )

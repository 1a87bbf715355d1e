"""Who had access: added by name alone, filled in piece by piece."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from typing import Any, TypedDict, Unpack

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from appeals.models import Case, Event, Evidence, Provider
from appeals.rules.exhibits import exhibit_order, letter, proving_only
from guides.models import User

from .rows import fresh, locked, record, write


class Payee(TypedDict):
    """A name that payments went to instead, with the sentence that says why."""

    name: str
    sentence: str


class Details(TypedDict, total=False):
    legal_name: str
    payees: Sequence[Payee]
    web_site: str
    email: str
    telephone: str
    app_name: str
    found: str
    did: str
    received: str
    method: str
    shared_secret: str
    ended: str
    ended_on: datetime.date | None
    ended_how: str
    is_free: bool


class Changes(Details, total=False):
    name: str


@transaction.atomic
def add(case: Case, *, by: User, name: str, **fields: Unpack[Details]) -> Provider:
    """A provider under the next letter, which no other provider of the case ever had."""
    current = locked(case.pk)
    current.letters_given += 1
    current.save(update_fields=["letters_given"])
    provider = Provider.objects.create(
        case=current, letter=letter(current.letters_given), name=name, **_plain(fields)
    )
    record(current, Event.Kind.PROVIDER_ADDED, by=by, **named(provider))
    return provider


@transaction.atomic
def change(
    provider: Provider, *, by: User, version: int, **fields: Unpack[Changes]
) -> tuple[str, ...]:
    case = locked(provider.case_id)
    current = fresh(provider)
    changed = write(current, version=version, values=_plain(fields))
    if changed:
        record(case, Event.Kind.PROVIDER_CHANGED, by=by, fields=changed, **named(current))
    return changed


@transaction.atomic
def delete(provider: Provider, *, by: User) -> list[Evidence]:
    """Delete it and answer what is withdrawn with it: evidence that proves nothing else.

    Its letter is not given again, and every exhibit stays under its number.
    """
    case = locked(provider.case_id)
    current = fresh(provider)
    alone = map(str, proving_only(current.letter, case.facts().evidence))
    lonely = Evidence.objects.filter(case=case, code__in=list(alone))
    withdrawn = sorted(lonely, key=by_exhibit)
    lonely.update(withdrawn_at=timezone.now(), version=F("version") + 1)
    details = named(current) | {"exhibits": [each.exhibit for each in withdrawn]}
    current.delete()
    record(case, Event.Kind.PROVIDER_DELETED, by=by, **details)
    return withdrawn


def named(provider: Provider) -> dict[str, Any]:
    """How a line of the timeline names it, also when it is gone."""
    return {"letter": provider.letter, "provider": provider.name}


def by_exhibit(evidence: Evidence) -> tuple[int, int, str, int, int]:
    return exhibit_order(evidence.exhibit or None)


def _plain(fields: Any) -> dict[str, Any]:
    """The fields as the row keeps them: payees as JSON gives them back."""
    values = dict(fields)
    if "payees" in values:
        values["payees"] = [
            {"name": payee["name"], "sentence": payee["sentence"]} for payee in values["payees"]
        ]
    return values

"""Who had access: added by name alone, filled in piece by piece."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Sequence
from typing import Any, TypedDict, Unpack

from django.conf import settings
from django.db import transaction
from django.db.models import F
from django.utils import timezone

from appeals.models import Case, Event, Evidence, Provider
from appeals.rules.exhibits import exhibit_order, letter, proving_only
from appeals.rules.names import fold
from guides.models import User

from .demands import ask_of_the_store
from .refusals import NotTheOwner, TooManyProviders
from .rows import fresh, locked, record, write

#: What is copied from one case to another.
COPIED = ("name", "legal_name", "web_site", "email", "telephone", "app_name")


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
def add(
    case: Case,
    *,
    by: User,
    name: str,
    after: int | None = None,
    source: str = "",
    **fields: Unpack[Details],
) -> Provider:
    """A provider under the next letter, which no other provider of the case ever had.

    `after`: how many letters were given when the form was made. If the next one has that name
    already, it came from the same form, sent twice. `source`: what told of it, for the timeline.
    Raises TooManyProviders.
    """
    current = locked(case.pk)
    if after is not None:
        same = current.providers.filter(letter=letter(after + 1), name=name).first()
        if same is not None:
            return same
    if current.providers.count() >= settings.CASE_PROVIDER_LIMIT:
        raise TooManyProviders(settings.CASE_PROVIDER_LIMIT)
    current.letters_given += 1
    current.save(update_fields=["letters_given"])
    provider = Provider.objects.create(
        case=current, letter=letter(current.letters_given), name=name, **_plain(fields)
    )
    told = named(provider) | ({"source": source} if source else {})
    record(current, Event.Kind.PROVIDER_ADDED, by=by, **told)
    return provider


@transaction.atomic
def add_names(case: Case, *, by: User, names: Iterable[str]) -> list[Provider]:
    """Providers with a name and nothing else; a name that is alike one here is not added again.

    All of them or, raising TooManyProviders, none.
    """
    current = locked(case.pk)
    return _add_new(current, by, ({"name": name} for name in names))


@transaction.atomic
def copy(case: Case, *, by: User, providers: Iterable[Provider]) -> list[Provider]:
    """The same services in this case: name and contacts, nothing of what was used, paid or shown.

    Nothing ties the two, and the timeline does not say where they came from. A name that is alike
    one here is not added again. Raises NotTheOwner unless all are in cases of whoever copies, and
    TooManyProviders.
    """
    wanted = list(providers)
    if any(one.case.owner_id != by.pk for one in wanted):
        raise NotTheOwner
    current = locked(case.pk)
    return _add_new(current, by, ({name: getattr(one, name) for name in COPIED} for one in wanted))


def _add_new(case: Case, by: User, several: Iterable[dict[str, Any]]) -> list[Provider]:
    present = {fold(one.name) for one in case.providers.all()}
    added = []
    for fields in several:
        if fold(fields["name"]) in present:
            continue
        present.add(fold(fields["name"]))
        added.append(add(case, by=by, **fields))
    return added


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

    Its letter is not given again, and every exhibit stays under its number. What was asked of it
    alone stays, asked of the store.
    """
    case = locked(provider.case_id)
    current = fresh(provider)
    alone = map(str, proving_only(current.letter, case.facts().evidence))
    lonely = Evidence.objects.filter(case=case, code__in=list(alone))
    withdrawn = sorted(lonely, key=by_exhibit)
    lonely.update(withdrawn_at=timezone.now(), version=F("version") + 1)
    ask_of_the_store(current, by=by)
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

"""What a self-check becomes in a case: the service that was let in, with its method and state."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, TypedDict
from urllib.parse import urlencode

from django import forms
from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from appeals import actions
from appeals.models import Case, Event, Provider
from appeals.models.event import SELF_CHECK
from guides import checks
from guides.models import Edition, Guide, User

# The outcomes of the bundled check are known here by their ids.
KEYS = {"secret", "private"}
SHARED = KEYS | {"password", "sent-secret"}
UNSURE = {"look", "search-chat"}
# What only somebody outside the company leads to.
OUTSIDE = KEYS | {"password", "authorized", "mws", "look", "outsiders", "unlisted", "name"}
# The seller's own program: nobody outside had access.
INSIDE = "own"


class Known(TypedDict):
    source: str
    method: str
    shared_secret: str
    ended: str


@dataclass(frozen=True, slots=True)
class Carried:
    """The one provider that the answers tell of, in the choices of `Provider`."""

    method: Provider.Method
    shared_secret: Provider.Shared
    ended: Provider.Ended

    def fields(self) -> Known:
        """What `actions.providers.add` is told of it, besides its name."""
        return {
            "source": SELF_CHECK,
            "method": self.method.value,
            "shared_secret": self.shared_secret.value,
            "ended": self.ended.value,
        }


@dataclass(frozen=True, slots=True)
class Arrival:
    """Somebody comes with answers. `carried` is None where they tell of no service, or where
    `is_readable` says that they cannot be read any more."""

    query: str
    is_readable: bool
    carried: Carried | None

    @property
    def outcome_url(self) -> str:
        address = reverse("guides:guide-detail", args=[SELF_CHECK])
        return f"{address}?{urlencode({'a': self.query})}" if self.is_readable else address


def arriving(query: Mapping[str, str]) -> Arrival | None:
    """What an address brings along; None where it names no check. One query. What it holds is
    read again here, whoever made the link."""
    if query.get("from") != SELF_CHECK:
        return None
    answers = read(query.get("a", ""))
    if answers is None or not answers.given or answers.next is not None:
        return Arrival("", is_readable=False, carried=None)
    found = {outcome.part["id"] for outcome in answers.outcomes()}
    return Arrival(answers.text, is_readable=True, carried=carried(found))


def read(text: str) -> checks.Answers | None:
    """The answers by the live check that they are of; None where there is none. Languages share
    what answers depend on, but for one that is behind the other. One query."""
    check = Guide.objects.called(SELF_CHECK).filter(kind=Guide.Kind.CHECK)
    editions = Edition.objects.live().filter(guide__in=check.values("pk"))
    known = (checks.read(parts, text) for parts in editions.values_list("parts", flat=True))
    return next((one for one in known if not one.is_old), None)


def carried(outcomes: set[str]) -> Carried | None:
    """What these outcomes say of the one service they are about; None where there is none."""
    if INSIDE in outcomes or not outcomes & OUTSIDE:
        return None
    method = _method(outcomes)
    shared = _shared(outcomes, method)
    return Carried(method, shared, _ended(outcomes, method, shared))


def _method(outcomes: set[str]) -> Provider.Method:
    if outcomes & KEYS:
        return Provider.Method.KEYS
    if "authorized" in outcomes:
        return Provider.Method.APPLICATION
    return Provider.Method.DEVELOPER if "mws" in outcomes else Provider.Method.UNKNOWN


def _shared(outcomes: set[str], method: Provider.Method) -> Provider.Shared:
    if outcomes & SHARED:
        return Provider.Shared.YES
    if outcomes & UNSURE or method == Provider.Method.UNKNOWN:
        return Provider.Shared.UNKNOWN
    return Provider.Shared.NO


def _ended(outcomes: set[str], method: Provider.Method, shared: Provider.Shared) -> Provider.Ended:
    """That authorizations were stopped says nothing of a secret, which goes on working."""
    if "ended" in outcomes:
        is_all = shared == Provider.Shared.NO
        return Provider.Ended.ACCESS if is_all else Provider.Ended.UNKNOWN
    if "date" in outcomes or method == Provider.Method.DEVELOPER:
        return Provider.Ended.UNKNOWN
    return Provider.Ended.NOTHING


def name_field() -> forms.CharField:
    """How the provider is called here: the check asks for no name."""
    return forms.CharField(
        label=_("What you call it"),
        max_length=200,
        required=False,
        initial=_("Service from the self-check"),
        help_text=_("The name you know it by; you can change it later. Empty: it is not added."),
    )


@transaction.atomic
def open_with(
    open_case: Callable[..., Case], *, by: User, carried: Carried, name: str, **fields: Any
) -> Case:
    """The case and its first provider, or neither. Sent twice, it makes both once.

    Raises what `open_case` does.
    """
    case = open_case(by=by, **fields)
    actions.providers.add(case, by=by, name=name, after=0, **carried.fields())
    return case


def is_from_check(provider: Provider) -> bool:
    """Whether it came into its case this way, as the timeline keeps it. One query."""
    added = Event.objects.of_case(provider.case).filter(kind=Event.Kind.PROVIDER_ADDED)
    return added.filter(details__letter=provider.letter, details__source=SELF_CHECK).exists()

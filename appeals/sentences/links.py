"""From a place that the rules name to the address of the very field.

An address where something is written is empty in the example, which is there to be read.
"""

from __future__ import annotations

import uuid
from collections.abc import Callable, Mapping
from functools import lru_cache, wraps
from typing import Concatenate, ParamSpec
from urllib.parse import urlencode

from django.urls import get_script_prefix, reverse
from django.utils.translation import get_language

from appeals.models.case import EXAMPLE
from appeals.rules.facts import Field, Id
from appeals.rules.places import Page, Place

#: Fields of the rules that a page calls otherwise; any other has the same name there.
ON_THE_PAGE: Mapping[str, str] = {
    Field.DEADLINE: "deadline_on",
    Field.FIRST_MONTH: "periods",
    Field.LAST_MONTH: "periods",
    Field.MONTHS: "proofs",
}

Rest = ParamSpec("Rest")
Link = Callable[Concatenate[uuid.UUID, Rest], str]


def to_write(link: Link[Rest]) -> Link[Rest]:
    """An address of no use but to change something."""

    @wraps(link)
    def unless_example(code: uuid.UUID, *rest: Rest.args, **named: Rest.kwargs) -> str:
        return "" if code == EXAMPLE else link(code, *rest, **named)

    return unless_example


def link(code: uuid.UUID, place: Place) -> str:
    """The address of that place, down to its field."""
    match place.page:
        case Page.REPLY:
            field = "reply_deadline_on" if place.field == Field.DEADLINE else place.field
            return to_reply(code, place.round or 1, field)
        case Page.NOTICE:
            return to_notice(code, place.field)
        case Page.NEW_PROVIDER:
            return to_new_provider(code, place.field)
        case Page.PROVIDER:
            return to_provider(code, place.provider or "", place.field, place.demand)
        case Page.EVIDENCE:
            return to_evidence(code, place.evidence or "", place.field)
        case Page.NEW_EVIDENCE:
            return to_new_evidence(code, place.demand, place.provider)
        case Page.CONFIRMATION:
            return to_confirmation(code)
        case Page.DOSSIER:
            return to_dossier(code)
        case Page.SUBMISSION:
            return to_submission(code, place.round or 1)
        case Page.LETTER:
            return to_letter(code, place.demand, section=place.demand)


def to_notice(code: uuid.UUID, field: str | None = None) -> str:
    return reverse("appeals:notice", args=[code]) + _anchor(field)


@to_write
def to_notice_itself(code: uuid.UUID, field: str) -> str:
    """The notice as it was copied in, open to be corrected."""
    return reverse("appeals:notice", args=[code]) + _query({"edit": 1}) + _anchor(field)


def to_dossier(code: uuid.UUID) -> str:
    return reverse("appeals:dossier", args=[code])


def to_submission(code: uuid.UUID, round: int) -> str:
    """That round's sending: to be recorded, or as it was sealed."""
    return reverse("appeals:submission", args=[code, round])


def to_reply(code: uuid.UUID, round: int, field: str | None = None) -> str:
    """The reply to that round's sending: to be recorded, or line by line."""
    return reverse("appeals:reply", args=[code, round]) + _anchor(field)


@to_write
def to_confirmation(code: uuid.UUID) -> str:
    return reverse("appeals:confirmation", args=[code])


def to_letter(code: uuid.UUID, demand: int | None = None, **query: object) -> str:
    """The letter, or the section of it that answers a demand; with `section`, open to be written."""
    if code == EXAMPLE:
        query.pop("section", None)
    anchor = f"#section-{demand}" if demand is not None else ""
    return reverse("appeals:letter", args=[code]) + _query(query) + anchor


def to_guide(slug: str) -> str:
    return reverse("guides:guide-detail", args=[slug])


def to_case(code: uuid.UUID, *, after: str = "") -> str:
    """The overview; with `after`, showing the step that follows that one."""
    query = "?" + urlencode({"after": after}) if after else ""
    return reverse("appeals:case-detail", args=[code]) + query


@to_write
def to_particulars(code: uuid.UUID, field: str) -> str:
    return reverse("appeals:case-edit", args=[code]) + _anchor(field)


def to_provider(
    code: uuid.UUID, letter: str, field: str | None = None, demand: int | None = None
) -> str:
    """A field of the provider, or else the part that answers a demand."""
    anchor = _anchor(field)
    if not anchor and demand is not None:
        anchor = f"#demand-{demand}"
    return _address("appeals:provider-detail", code, letter) + anchor


def to_evidence(code: uuid.UUID, evidence: Id, field: str | None = None) -> str:
    return _address("appeals:evidence-detail", code, evidence) + _anchor(field)


@to_write
def to_new_provider(code: uuid.UUID, field: str | None = None) -> str:
    return reverse("appeals:provider-create", args=[code]) + _anchor(field)


def to_files(code: uuid.UUID) -> str:
    return reverse("appeals:evidence-list", args=[code])


@to_write
def to_new_evidence(
    code: uuid.UUID, demand: int | None, provider: str | None = None, month: str = ""
) -> str:
    """Adding a file that is already meant for a demand, a provider and a month."""
    query = {"provider": provider, "demand": demand, "month": month}
    return _address("appeals:evidence-create", code) + _query(query)


@to_write
def to_explanation(
    code: uuid.UUID,
    *,
    finding: str = "",
    provider: str | None = None,
    field: str = "",
    demand: int | None = None,
) -> str:
    query = {"finding": finding, "provider": provider, "field": field, "demand": demand}
    return reverse("appeals:explanation", args=[code]) + _query(query)


def _address(name: str, *parts: object) -> str:
    """For what a page links hundreds of times, since working out an address is slow."""
    return _known(get_script_prefix(), get_language(), name, parts)


@lru_cache(maxsize=4096)
def _known(prefix: str, language: str | None, name: str, parts: tuple[object, ...]) -> str:
    return reverse(name, args=parts)


@to_write
def to_demand(code: uuid.UUID, ordinal: int) -> str:
    return reverse("appeals:demand-detail", args=[code, ordinal])


@to_write
def to_asking(code: uuid.UUID, demand: int, provider: str | None) -> str:
    """Where it is marked of whom something missing was asked."""
    query = {"demand": demand, "provider": provider}
    return reverse("appeals:asking", args=[code]) + _query(query)


def _query(values: Mapping[str, object]) -> str:
    given = {name: value for name, value in values.items() if value}
    return "?" + urlencode(given) if given else ""


def _anchor(field: str | None) -> str:
    if not field:
        return ""
    return f"#field-{ON_THE_PAGE.get(field, field)}"

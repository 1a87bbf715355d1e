"""The seller's sentence about what cannot be had, or about something that does not fit."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db import transaction

from appeals.models import Case, Event, Evidence, Explanation, Provider
from appeals.rules.facts import Field, Rule
from appeals.rules.findings import Code, Finding
from guides.models import User

from .providers import named
from .refusals import NothingToExplain
from .rows import check_version, fresh, locked, record
from .rows import write as write_row

OF_THE_CASE = frozenset({Field.DEADLINE.value})
OF_A_PROVIDER = frozenset(
    {
        *("name", "legal_name", "payees", "web_site", "email", "telephone", "app_name"),
        *("found", "did", "received", "method", "shared_secret", "is_free"),
        *("ended", "ended_on", "ended_how", Field.FIRST_MONTH.value, Field.LAST_MONTH.value),
    }
)


@dataclass(frozen=True, slots=True)
class About:
    """What a sentence is about: exactly one of field, demand and finding.

    A field and a demand may be a provider's (its letter); a finding is named by its key alone.
    """

    provider: str | None = None
    field: str | None = None
    demand: int | None = None  # ordinal
    finding: str | None = None

    def __post_init__(self) -> None:
        if [self.field, self.demand, self.finding].count(None) != 2:
            raise ValueError("An explanation is about a field, a demand or a finding.")


def find(case: Case, about: About) -> Explanation | None:
    """What is written about it now, standing or lapsed."""
    if about.finding is not None:
        return case.explanations.filter(finding=about.finding).first()
    if about.field is not None:
        written = case.explanations.filter(field=about.field)
    else:
        written = case.explanations.filter(demand__ordinal=about.demand or 0)
    if about.provider is None:
        return written.filter(provider=None).first()
    return written.filter(provider__letter=about.provider).first()


@transaction.atomic
def write(
    case: Case, *, by: User, about: About, kind: str, sentence: str = "", version: int | None = None
) -> Explanation:
    """Keep the sentence with what it is about as it is now, instead of what was written before.

    A tick without a sentence is kept too; it explains nothing until there is one. `version` is
    that of the sentence which the form showed, 0 where there was none; without it the new one
    wins. What is already written is not written again. Raises NothingToExplain and StaleVersion.
    """
    current = locked(case.pk)
    subject, details = _subject(current, about)
    before = find(current, about)
    if before is not None:
        check_version(before, version, {"kind": kind, "sentence": sentence})
        values = (before.kind, before.sentence, before.about)
        if values == (kind, sentence, subject.get("about", [])):
            return before
        before.delete()
    explanation = Explanation.objects.create(
        case=current, kind=kind, sentence=sentence, made_by=by, **subject
    )
    record(current, Event.Kind.EXPLAINED, by=by, **details)
    return explanation


@transaction.atomic
def remove(case: Case, *, by: User, about: About) -> None:
    """Take the sentence back; nothing happens where there is none."""
    current = locked(case.pk)
    before = find(current, about)
    if before is None:
        return
    details: dict[str, Any] = {}
    if before.provider is not None:
        details |= named(before.provider)
    if before.demand is not None:
        details |= {"demand": before.demand.ordinal, "label": before.demand.label}
    if before.field:
        details["field"] = before.field
    if before.finding:
        details["finding"] = before.finding.partition("/")[0]
    if before.evidence is not None:
        details["exhibit"] = before.evidence.exhibit
    before.delete()
    record(current, Event.Kind.EXPLANATION_REMOVED, by=by, **details)


@transaction.atomic
def say_free(
    provider: Provider, *, by: User, version: int, is_free: bool, sentence: str
) -> tuple[str, ...]:
    """That it was free of charge or was not, with the sentence that explains it, under the version
    of the provider. Raises StaleVersion, which holds the sentences as `free_sentence`."""
    case = locked(provider.case_id)
    current = fresh(provider)
    about = About(provider=current.letter, field=Field.IS_FREE.value)
    before = find(case, about)
    was = before.sentence if before else ""
    changed = write_row(
        current,
        version=version,
        values={"is_free": is_free},
        beside={"free_sentence": (was, sentence)},
    )
    if "is_free" in changed:
        record(case, Event.Kind.PROVIDER_CHANGED, by=by, fields=["is_free"], **named(current))
    if sentence != was and sentence:
        write(case, by=by, about=about, kind=Explanation.Kind.REASON, sentence=sentence)
    elif sentence != was:
        remove(case, by=by, about=about)
    return changed


def _subject(case: Case, about: About) -> tuple[dict[str, Any], dict[str, Any]]:
    """The columns that say what it is about, and how the timeline names it."""
    if about.finding is not None:
        return _of_finding(case, about.finding)
    provider = _provider(case, about.provider)
    details = named(provider) if provider else {}
    if about.field is not None:
        if about.field not in (OF_A_PROVIDER if provider else OF_THE_CASE):
            raise NothingToExplain
        return {"provider": provider, "field": about.field}, details | {"field": about.field}
    try:
        kept = case.assess().cell(about.demand or 0, about.provider).kept
    except KeyError:
        raise NothingToExplain from None
    demand = next(one for one in case.demands.all() if one.ordinal == about.demand)
    if demand.rule == Rule.CONFIRMED or not kept:
        raise NothingToExplain
    subject = {"provider": provider, "demand": demand, "about": list(kept)}
    return subject, details | {"demand": demand.ordinal, "label": demand.label}


def _of_finding(case: Case, key: str) -> tuple[dict[str, Any], dict[str, Any]]:
    found = next((one for one in case.assess().findings if one.key == key), None)
    if found is None or found.code is Code.CHANGED_SINCE_CONFIRMED:
        raise NothingToExplain
    provider = _provider(case, found.place.provider)
    evidence = _evidence(case, found)
    details: dict[str, Any] = {"finding": found.code.value}
    if provider is not None:
        details |= named(provider)
    if evidence is not None:
        details["exhibit"] = evidence.exhibit
    subject = {
        "provider": provider,
        "evidence": evidence,
        "finding": key,
        "about": list(found.kept),
    }
    return subject, details


def _provider(case: Case, letter: str | None) -> Provider | None:
    if letter is None:
        return None
    provider = case.providers.filter(letter=letter).first()
    if provider is None:
        raise NothingToExplain
    return provider


def _evidence(case: Case, finding: Finding) -> Evidence | None:
    if finding.place.evidence is None:
        return None
    return case.evidence.get(code=str(finding.place.evidence))

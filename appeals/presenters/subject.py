"""What a sentence is about: a field, a demand, or a finding, in words."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import QueryDict
from django.utils.translation import gettext as _

from appeals.actions.explanations import OF_A_PROVIDER, OF_THE_CASE, About
from appeals.models import Case, Provider
from appeals.rules.facts import Field, Rule
from appeals.sentences import Words
from appeals.sentences.gaps import still_missing
from appeals.sentences.links import ON_THE_PAGE, to_provider
from appeals.sentences.names import in_a_sentence
from appeals.sentences.ways import Way
from appeals.timeline import NOT_COLUMNS

from .rounds import standpoint


@dataclass(frozen=True, slots=True)
class Subject:
    title: str
    details: str  # what is missing, or what does not fit
    back: str  # the very field
    why: str = ""  # it matters
    ways: tuple[Way, ...] = ()  # to correct it instead


def read_about(query: QueryDict) -> About | None:
    """What the address names; None where it is not exactly one thing."""
    ordinal = query.get("demand", "")
    try:
        return About(
            provider=query.get("provider") or None,
            field=query.get("field") or None,
            demand=int(ordinal) if ordinal.isdecimal() and len(ordinal) < 5 else None,
            finding=query.get("finding") or None,
        )
    except ValueError:
        return None


def subject_of(case: Case, about: About) -> Subject | None:
    """None where the case has no such thing, or nothing of it has to be explained."""
    words = Words.of(case)
    if about.finding is not None:
        return _of_finding(case, words, about.finding)
    if about.provider is not None and about.provider not in words.named.providers:
        return None
    if about.field is not None:
        return _of_field(case, words, about.provider, about.field)
    return _of_demand(case, words, about)


def _of_finding(case: Case, words: Words, key: str) -> Subject | None:
    found = next((one for one in case.assess().findings if one.key == key), None)
    if found is None or found.code.value == "changed-since-confirmed":
        return None
    said = words.finding(found)
    ways = tuple(way for way in said.ways if way.url != said.explain_url)
    return Subject(said.title, said.sentence, said.url, said.why, ways)


def _of_field(case: Case, words: Words, letter: str | None, field: str) -> Subject | None:
    if letter is None:
        if field not in OF_THE_CASE:
            return None
        return Subject(_("Deadline"), "", standpoint(case).text.deadline_url)
    # That it was free is said with its sentence, in one form and under one version.
    if field not in OF_A_PROVIDER or field == Field.IS_FREE:
        return None
    title = _("%(provider)s: %(field)s") % {
        "provider": words.named.provider(letter),
        "field": field_name(field),
    }
    anchor = ON_THE_PAGE.get(field, field)
    return Subject(title, "", to_provider(case.code, letter) + f"#field-{anchor}")


def field_name(field: str) -> str:
    if field in NOT_COLUMNS:
        return str(NOT_COLUMNS[field])
    return str(Provider._meta.get_field(field).verbose_name)  # type: ignore[union-attr]


def _of_demand(case: Case, words: Words, about: About) -> Subject | None:
    try:
        cell = case.assess().cell(about.demand or 0, about.provider)
    except KeyError:
        return None
    if cell.demand.rule is Rule.CONFIRMED:
        return None
    values = {
        "provider": words.named.provider(about.provider),
        "label": in_a_sentence(cell.demand.label, cell.demand.round),
        "demand": words.demand(cell.demand),
    }
    title = _("%(label)s %(demand)s") % values
    if about.provider is not None:
        title = _("%(provider)s: %(label)s %(demand)s") % values
    details = still_missing(cell.missing) if cell.missing else ""
    return Subject(title, details, words.cell(cell).url)

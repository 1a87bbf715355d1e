"""The letter of a case as it is recorded. No query where the case was loaded `with_facts()`."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from appeals.dossier.inputs import LetterText
from appeals.models import Case, LetterSection
from appeals.models.letter import CHECKED_IN, SENT_IN
from appeals.rules.assessment import Assessment, DemandState, ProviderState
from appeals.rules.facts import CaseFacts, Rule, Standing
from appeals.rules.letters import Service, in_a_row, names_of
from appeals.rules.months import Month
from guides.forms import found_secret

from .checks import Letter, Section

Sections = Mapping[int, Mapping[str, LetterSection]]  # by ordinal, then by language


def sections_of(case: Case) -> Sections:
    return {
        one.ordinal: {section.language: section for section in one.letter.all()}
        for one in case.demands.all()
    }


def text_in(sections: Sections, ordinal: int, language: str) -> str:
    section = sections.get(ordinal, {}).get(language)
    return section.text if section else ""


def texts_of(case: Case) -> tuple[LetterText, ...]:
    """What the dossier prints of the letter."""
    sections = sections_of(case)
    return tuple(
        LetterText(
            ordinal, text_in(sections, ordinal, SENT_IN), text_in(sections, ordinal, CHECKED_IN)
        )
        for ordinal, by_language in sections.items()
        if by_language
    )


def asked(assessment: Assessment) -> tuple[DemandState, ...]:
    """The demands that the letter answers, in the order of the notice."""
    return tuple(one for one in assessment.demands if one.demand.standing is Standing.ASKED)


def progress(case: Case, assessment: Assessment) -> str:
    """How many of its sections are written; a confirmation is no prose and need not be."""
    sections = sections_of(case)
    needed = [
        one.demand.ordinal for one in asked(assessment) if one.demand.rule is not Rule.CONFIRMED
    ]
    done = sum(bool(text_in(sections, ordinal, SENT_IN).strip()) for ordinal in needed)
    return written(done, len(needed)) if done else _("Nothing written yet")


def written(done: int, of: int) -> str:
    return ngettext(
        "%(done)s of %(of)s section written", "%(done)s of %(of)s sections written", of
    ) % {"done": done, "of": of}


def letter_of(case: Case, facts: CaseFacts, assessment: Assessment) -> Letter:
    """The words with the records that they are held against."""
    sections = sections_of(case)
    notice = [Month.of(facts.notice.received_on)] if facts.notice else []
    return Letter(
        sections=tuple(_section(sections, one) for one in asked(assessment)),
        services={one.provider.letter: _service(one, notice) for one in assessment.providers},
        exhibits=frozenset(
            one.exhibit for one in facts.evidence if one.exhibit and not one.is_withdrawn
        ),
        hosts=frozenset(
            _host(address)
            for one in facts.providers
            for address in (one.web_site, one.email)
            if address
        ),
        has_secret={
            ordinal: any(found_secret(one.text) for one in by_language.values())
            for ordinal, by_language in sections.items()
        },
    )


def _section(sections: Sections, of: DemandState) -> Section:
    ordinal = of.demand.ordinal
    return Section(
        demand=ordinal,
        rule=of.demand.rule,
        sent=text_in(sections, ordinal, SENT_IN),
        beside=text_in(sections, ordinal, CHECKED_IN),
        services=tuple(cell.provider for cell in of.cells if cell.provider),
    )


def _service(state: ProviderState, notice: Iterable[Month]) -> Service:
    provider = state.provider
    ended = [Month.of(provider.ended_on)] if provider.ended_on else []
    return Service(
        letter=provider.letter,
        names=names_of(provider),
        spans=in_a_row(state.months),
        periods=tuple((one.first, one.last) for one in provider.periods),
        others=frozenset([*notice, *ended]),
    )


def _host(address: str) -> str:
    """The host of a web site or an e-mail address, in small letters, without www."""
    host = address.strip().lower().rpartition("@")[2].rpartition("//")[2]
    return host.partition("/")[0].partition(":")[0].removeprefix("www.")

"""The letter of a case as it is recorded. No query where the case was loaded `with_facts()`."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import pairwise

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from appeals.dossier.inputs import LetterText
from appeals.models import Case, LetterSection
from appeals.models.letter import CHECKED_IN, SENT_IN
from appeals.rules.assessment import Assessment, DemandState, ProviderState
from appeals.rules.cells import MonthState
from appeals.rules.facts import CaseFacts, Rule, Standing
from appeals.rules.months import Month
from guides.forms import found_secret

from .checks import Letter, Section, Service

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
    notice = {Month.of(facts.notice.received_on)} if facts.notice else set()
    return Letter(
        sections=tuple(_section(sections, one) for one in asked(assessment)),
        services={one.provider.letter: _service(one, notice) for one in assessment.providers},
        exhibits=frozenset(
            one.exhibit for one in facts.evidence if one.exhibit and not one.is_withdrawn
        ),
        others=tuple(
            filter(None, (facts.company, facts.owner, case.store, *facts.payer_names, "Amazon"))
        ),
        paid_to=tuple(
            dict.fromkeys(
                payee for one in facts.evidence if not one.is_withdrawn for payee in one.payees
            )
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


def _service(state: ProviderState, notice: set[Month]) -> Service:
    provider = state.provider
    app_name = dict(provider.shown).get("app_name", "")
    payees = (one.name for one in provider.other_payees if one.sentence.strip())
    return Service(
        letter=provider.letter,
        names=tuple(filter(None, (provider.name, provider.legal_name, app_name, *payees))),
        spans=_spans(state.months),
        proven=frozenset(
            cover.month
            for cell in state.cells
            if cell.demand.rule is Rule.PAID
            for cover in cell.cover
            if cover.state is MonthState.PROOF
        ),
        others=frozenset(notice | ({Month.of(provider.ended_on)} if provider.ended_on else set())),
        is_free=provider.is_free,
    )


def _spans(months: Iterable[Month]) -> tuple[tuple[Month, Month], ...]:
    """Months in order, those in a row as from and to."""
    row = list(months)
    if not row:
        return ()
    breaks = [at for at, (one, two) in enumerate(pairwise(row), start=1) if one + 1 != two]
    cuts = [0, *breaks, len(row)]
    return tuple((row[start], row[end - 1]) for start, end in pairwise(cuts))


def _host(address: str) -> str:
    """The host of a web site or an e-mail address, in small letters, without www."""
    host = address.strip().lower().rpartition("@")[2].rpartition("//")[2]
    return host.partition("/")[0].partition(":")[0].removeprefix("www.")

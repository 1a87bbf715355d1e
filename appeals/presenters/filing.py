"""Where a file can be filed, and what the address asked to file it under."""

from __future__ import annotations

from collections.abc import Iterable

from django.http import QueryDict
from django.utils.translation import gettext as _

from appeals.forms.evidence import Offer, write_proof
from appeals.models import Case, Evidence
from appeals.rules.assessment import Assessment
from appeals.rules.cells import Cell
from appeals.rules.facts import ProofFacts, Rule
from appeals.rules.months import Month
from appeals.sentences import Words
from appeals.sentences.names import of_round


def meant(case: Case, query: QueryDict) -> ProofFacts | None:
    """What `?provider=A&demand=5&month=2018-04` names in this case; None where it names nothing
    that a file can prove. A demand without a month is answered, too."""
    letter, ordinal = query.get("provider") or None, query.get("demand", "")
    demand = next((one for one in case.demands.all() if str(one.ordinal) == ordinal), None)
    if demand is None or demand.rule == Rule.CONFIRMED:
        return None
    if letter is not None and letter not in {one.letter for one in case.providers.all()}:
        return None
    if (demand.scope == "provider") != (letter is not None):
        return None
    month = None
    if demand.rule == Rule.PAID:
        try:
            month = Month.parse(query.get("month", ""))
        except ValueError:
            month = None
    return ProofFacts(demand.ordinal, letter, month)


def offers(words: Words, assessment: Assessment, proofs: Iterable[ProofFacts]) -> list[Offer]:
    """Every cell that a file may be filed under, provider by provider, with its ticks.

    `proofs`: what the file proves already; a tick for each of these is among them.
    """
    present = set(proofs)
    cells = [
        *(cell for provider in assessment.providers for cell in provider.cells),
        *(cell for state in assessment.demands for cell in state.cells if cell.provider is None),
    ]
    return [
        _offer(words, cell, present) for cell in cells if cell.demand.rule is not Rule.CONFIRMED
    ]


def _offer(words: Words, cell: Cell, present: set[ProofFacts]) -> Offer:
    demand, letter = cell.demand, cell.provider
    is_paid = demand.rule is Rule.PAID
    without_month = ProofFacts(demand.ordinal, letter)
    ticks = {one for one in present if (one.demand, one.provider) == (demand.ordinal, letter)}
    if is_paid:
        ticks |= {ProofFacts(demand.ordinal, letter, one.month) for one in cell.cover}
        if cell.months_shown is None:  # free of charge: a page of the plan has no month
            ticks.add(without_month)
    else:
        ticks.add(without_month)
    return Offer(
        demand.ordinal,
        letter,
        words.named.provider(letter) or _("Of the whole case"),
        _("%(label)s %(name)s")
        % {"label": of_round(demand.label, demand.round), "name": words.demand(demand)},
        tuple(sorted(ticks, key=write_proof)),
        takes_months=is_paid,
    )


def proofs_of(case: Case, evidence: Evidence) -> frozenset[ProofFacts]:
    """What the file proves now, as the rules know it."""
    code = str(evidence.code)
    return next(frozenset(one.proofs) for one in case.facts().evidence if one.id == code)


def suggested(
    present: frozenset[ProofFacts], about: ProofFacts | None, offered: Iterable[Offer]
) -> list[str]:
    """What is ticked when the page opens: what it proves, and what it was added for.

    A payment that was added for no month in particular is not ticked for one: nobody said so.
    """
    ticked = set(present)
    if about is not None:
        needs_month = any(one.takes_months for one in offered if one.holds(about))
        if about.month is not None or not needs_month:
            ticked.add(about)
    return sorted(map(write_proof, ticked))

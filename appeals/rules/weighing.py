"""The cells and findings of one case, provider by provider."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import chain

from . import findings as find
from . import letters, listing, needs
from .cells import Cell, State, cover, weigh
from .exhibits import letter_order
from .explanations import Explanations, has_sentence, is_not_known
from .facts import (
    CaseFacts,
    DemandFacts,
    EvidenceFacts,
    ExplanationFacts,
    Field,
    Id,
    ProviderFacts,
    Rule,
    Scope,
    Standing,
    demand_order,
)
from .findings import Code, Finding
from .months import Month
from .names import folded
from .proofs import Filed, cells_of, file_by_cell, unfiled
from .rounds import current_round
from .use import Use, access_ended_on, months_of_use, open_end


@dataclass(frozen=True, slots=True)
class WeighedProvider:
    provider: ProviderFacts
    use: Use
    cells: tuple[Cell, ...]
    findings: tuple[Finding, ...]  # open and explained


class Weighing:
    """One case at one moment, with what all its cells share."""

    def __init__(self, facts: CaseFacts, now: datetime) -> None:
        self.facts = facts
        self.now = now
        self.today = now.astimezone(facts.zone).date()
        self.notice_on = facts.notice.received_on if facts.notice else None
        self.round = current_round(facts)
        self.explanations = Explanations(facts.explanations)
        self.demands = sorted(facts.demands, key=demand_order)
        self.live = [one for one in self.demands if one.standing is not Standing.LEFT_OUT]
        self.providers = sorted(facts.providers, key=lambda one: letter_order(one.letter))
        self.payers = folded((facts.company, facts.owner, *facts.payer_names))
        self.letters = [one.letter for one in self.providers]
        live_cells = chain.from_iterable(cells_of(one, self.letters) for one in self.live)
        self.filed = file_by_cell(facts.evidence, live_cells)

    def unfiled(self) -> tuple[EvidenceFacts, ...]:
        """What proves a demand that was left out is filed all the same."""
        cells = chain.from_iterable(cells_of(one, self.letters) for one in self.demands)
        return unfiled(self.facts.evidence, cells)

    def of_deadline(self) -> tuple[Finding, ...]:
        found = find.of_deadline(self.round, self.now)
        return find.settled(found, self.explanations)

    def of_provider(self, provider: ProviderFacts) -> WeighedProvider:
        letter = provider.letter
        demands = [one for one in self.live if (one.ordinal, letter) in self.filed]
        paid = [(one, self.filed[one.ordinal, letter]) for one in demands if one.rule is Rule.PAID]
        # Payer, payee and kind come first: a payment in doubt cannot show a month of use.
        found = find.settled(
            chain.from_iterable(
                find.of_payment(self.payers, one, provider, filed) for one, filed in paid
            ),
            self.explanations,
        )
        use = self._use(provider, paid, found)
        found += find.settled(
            chain(
                *(find.of_months(one, provider, filed, use) for one, filed in paid),
                *(find.of_dates(one, provider, filed, use, self.notice_on) for one, filed in paid),
                *(find.of_free(one, provider, filed) for one, filed in paid),
                find.of_access(demands, provider, use, self.today),
            ),
            self.explanations,
        )
        cells = tuple(self._cell(one, provider, use, found) for one in demands)
        return WeighedProvider(provider, use, cells, found)

    def of_whole(self, weighed: Sequence[WeighedProvider]) -> tuple[Finding, ...]:
        """What shows only where several providers are looked at: lists, files, the letter."""
        if not weighed:
            return ()
        cells = [cell for each in weighed for cell in each.cells]
        return find.settled(
            chain(
                listing.of_evidence(self.facts, self.live, self.filed, self.providers),
                listing.of_shown(self.facts, self.providers, cells),
                self._of_letter(weighed),
            ),
            self.explanations,
        )

    def _of_letter(self, weighed: Iterable[WeighedProvider]) -> Iterator[Finding]:
        texts = {one.demand: (one.sent, one.beside) for one in self.facts.letter}
        sections = [
            letters.Section(
                one,
                tuple(text for text in texts[one.ordinal] if text.strip()),
                tuple(letter for letter in self.letters if (one.ordinal, letter) in self.filed),
            )
            for one in self.live
            if one.standing is Standing.ASKED and one.ordinal in texts
        ]
        if not sections:
            return iter(())
        services = {one.provider.letter: self._service(one) for one in weighed}
        return letters.of_letter(self.facts, sections, services)

    def _service(self, weighed: WeighedProvider) -> letters.Service:
        provider, use = weighed.provider, weighed.use
        filed = {
            ordinal: several
            for (ordinal, letter), several in self.filed.items()
            if letter == provider.letter
        }
        paid = {
            ordinal: frozenset(month for one in several for month in (*one.months, *dated(one)))
            for ordinal, several in filed.items()
        }
        days = (self.notice_on, provider.ended_on)
        return letters.Service(
            provider.letter,
            letters.names_of(provider),
            () if use.unknown_until else letters.in_a_row(use.months),
            tuple((one.first, one.last) for one in provider.periods),
            frozenset(chain((Month.of(day) for day in days if day), *paid.values())),
            paid,
            provider.is_free,
        )

    def _use(
        self,
        provider: ProviderFacts,
        paid: Iterable[tuple[DemandFacts, tuple[Filed, ...]]],
        found: Iterable[Finding],
    ) -> Use:
        return months_of_use(
            provider,
            open_end(self.notice_on, access_ended_on(provider, self.today), self.today),
            [
                month
                for one, filed in paid
                for each in needs.counting(filed, in_doubt(found, one), one.rule)
                for month in each.months
            ],
            first_is_unknown=self._is_first_unknown(provider),
        )

    def _is_first_unknown(self, provider: ProviderFacts) -> bool:
        return is_not_known(self.explanations.of_field(provider.letter, [Field.FIRST_MONTH]))

    def _cell(
        self, demand: DemandFacts, provider: ProviderFacts, use: Use, found: Iterable[Finding]
    ) -> Cell:
        own = tuple(one for one in found if demand.ordinal in one.demands)
        filed = self.filed[demand.ordinal, provider.letter]
        doubts = in_doubt(own, demand)
        counting = needs.counting(filed, doubts, demand.rule)
        need = needs.of_provider(
            demand,
            provider,
            filed,
            counting,
            use,
            self.today,
            first_is_unknown=self._is_first_unknown(provider),
        )
        cell = self._weigh(demand, provider.letter, need, own)
        if demand.rule is not Rule.PAID:
            return cell
        return replace(
            cell,
            months_shown=None if provider.is_free else len(need.months),
            cover=cover(use, filed, counting, doubts, is_free=provider.is_free),
        )

    def _weigh(
        self, demand: DemandFacts, letter: str | None, need: needs.Need, found: Iterable[Finding]
    ) -> Cell:
        asks = [
            one
            for one in self.facts.asks
            if one.demand == demand.ordinal and one.provider in (None, letter)
        ]
        return replace(
            weigh(demand, letter, need, found, self.explanations),
            evidence=tuple(one.evidence.id for one in self.filed[demand.ordinal, letter]),
            asked=tuple(sorted(asks, key=lambda one: (one.on, one.of), reverse=True)),
        )

    def of_case(self) -> Iterator[Cell]:
        """The cells of the case itself, but the confirmation."""
        for demand in self.live:
            if demand.scope is Scope.CASE and demand.rule is not Rule.CONFIRMED:
                need = needs.answered(demand, self.filed[demand.ordinal, None])
                yield self._weigh(demand, None, need, ())

    def of_confirmation(self, present: str) -> Iterator[tuple[Cell, tuple[Finding, ...]]]:
        """The cells that hang on the digest of all the others, and what does not fit there."""
        confirmations = [one for one in self.facts.confirmations if one.round == self.round.number]
        last = max(confirmations, key=lambda one: (one.at, one.digest), default=None)
        confirmed = last.digest if last else None
        for demand in self.live:
            if demand.rule is Rule.CONFIRMED:
                found = tuple(find.of_confirmation(demand, confirmed, present))
                need = needs.confirmed(confirmed == present)
                yield self._weigh(demand, None, need, found), found

    def shown_explanations(
        self, cells: Iterable[Cell], findings: Iterable[Finding]
    ) -> set[ExplanationFacts]:
        """The sentences that the dossier shows: those that stand, the deadline's aside."""
        return {
            *(
                one
                for one in self.facts.explanations
                if one.field is not None and one.provider in self.letters and has_sentence(one)
            ),
            *(one for cell in cells for one in cell.explanations),
            *(
                one.explanation
                for one in findings
                if one.explanation is not None and one.code is not Code.DEADLINE_PASSED
            ),
        }


def looked_at(cell: Cell, findings: Iterable[Finding]) -> Cell:
    """The cell with what of these is open and about it."""
    doubts = tuple(
        one
        for one in findings
        if one.is_open
        and one.place.provider == cell.provider
        and cell.demand.ordinal in one.demands
    )
    if not doubts:
        return cell
    return replace(cell, state=State.NEEDS_A_LOOK, findings=(*cell.findings, *doubts))


def dated(filed: Filed) -> Iterator[Month]:
    """The month of its date, where it has one."""
    if filed.evidence.about_on:
        yield Month.of(filed.evidence.about_on)


def in_doubt(findings: Iterable[Finding], demand: DemandFacts) -> frozenset[Id]:
    """Evidence that an open finding stops in the cells of this demand."""
    return frozenset(
        evidence
        for one in findings
        if one.is_open and demand.ordinal in one.demands
        for evidence in one.evidence
    )

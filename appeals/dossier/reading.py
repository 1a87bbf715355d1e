"""One case read for its dossier: facts, what they amount to, and the files, looked up by name."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from appeals.rules.assessment import Assessment, DemandState, ProviderState
from appeals.rules.cells import Cell, State
from appeals.rules.exhibits import exhibit_order
from appeals.rules.facts import (
    CaseFacts,
    DemandFacts,
    EvidenceFacts,
    ExplanationFacts,
    Id,
    NoticeFacts,
    ProviderFacts,
    Rule,
    Scope,
    Standing,
)
from appeals.rules.months import Month

from .inputs import Inputs, LetterText, Original
from .words import PageOf, one_line

ENDINGS = {
    "application/pdf": "pdf",
    "image/png": "png",
    "image/jpeg": "jpg",
    "image/gif": "gif",
}


class NotNumbered(ValueError):
    """Evidence is filed that has no exhibit number, so nothing could point to it."""


@dataclass(frozen=True, slots=True)
class Exhibit:
    """Evidence that the dossier shows."""

    number: str
    facts: EvidenceFacts
    original: Original
    months: tuple[Month, ...]  # that it was filed for as a payment, in order

    @property
    def shows(self) -> str:
        return one_line(shown(self.facts, "shows"))

    @property
    def about_on(self) -> str:
        """ISO, or nothing."""
        return shown(self.facts, "about_on")

    @property
    def name(self) -> str:
        """ASCII: A-5-2_payment_2018-05.pdf."""
        month = self.about_on[:7] or (str(self.months[0]) if self.months else "")
        kind = self.facts.kind.value if self.facts.kind else "file"
        stem = "_".join(filter(None, (self.number, kind, month)))
        return f"{stem}.{ENDINGS.get(self.original.media_type, 'bin')}"


def shown(facts: CaseFacts | ProviderFacts | EvidenceFacts, name: str) -> str:
    return dict(facts.shown).get(name, "")


class Reading:
    """ValueError where a file of shown evidence is not handed over; NotNumbered."""

    def __init__(
        self,
        facts: CaseFacts,
        assessment: Assessment,
        letter: Iterable[LetterText],
        inputs: Inputs,
    ) -> None:
        self.facts = facts
        self.assessment = assessment
        self.inputs = inputs
        self.changed_at = inputs.changed_at.astimezone(facts.zone)
        self.letter = {one.demand: one for one in letter}
        self.originals = {one.id: one for one in inputs.originals}
        self.states: dict[str, ProviderState] = {
            one.provider.letter: one for one in assessment.providers
        }
        self.cells = tuple(cell for one in assessment.demands for cell in one.cells)
        self.demands = tuple(self._shown_demands())
        self._cells = {(cell.demand.ordinal, cell.provider): cell for cell in self.cells}
        self.exhibits: dict[Id, Exhibit] = {one.facts.id: one for one in self._exhibits()}

    def _shown_demands(self) -> Iterable[DemandState]:
        """Those asked in the notice's order, then what is here without being asked."""
        asked = [one for one in self.assessment.demands if is_asked(one)]
        advised = [
            one
            for one in self.assessment.demands
            if one.demand.standing is Standing.ADVISED
            and (
                one.tally.done
                or any(cell.evidence for cell in one.cells)
                or self.text_of(one.demand.ordinal).english.strip()
            )
        ]
        return (*asked, *advised)

    def _exhibits(self) -> Iterable[Exhibit]:
        live = {(cell.demand.ordinal, cell.provider): cell.demand.rule for cell in self.cells}
        found = []
        for one in self.facts.evidence:
            proofs = [each for each in one.proofs if (each.demand, each.provider) in live]
            if one.is_withdrawn or not proofs:
                continue
            if one.exhibit is None:
                raise NotNumbered(f"Evidence {one.id} is filed without a number.")
            if one.id not in self.originals:
                raise ValueError(f"The file of {one.exhibit} was not handed over.")
            months = {
                each.month
                for each in proofs
                if each.month and live[each.demand, each.provider] is Rule.PAID
            }
            found.append(Exhibit(one.exhibit, one, self.originals[one.id], tuple(sorted(months))))
        return sorted(found, key=lambda one: exhibit_order(one.number))

    def text_of(self, ordinal: int) -> LetterText:
        return self.letter.get(ordinal, LetterText(ordinal))

    def cell(self, demand: DemandFacts, letter: str | None) -> Cell | None:
        return self._cells.get((demand.ordinal, letter))

    def cells_of(self, letter: str, rule: Rule) -> tuple[Cell, ...]:
        return tuple(
            cell for cell in self.cells if cell.provider == letter and cell.demand.rule is rule
        )

    def numbers(self, evidence: Iterable[Id]) -> tuple[str, ...]:
        """The exhibits among this evidence, each once, in order."""
        found = {self.exhibits[one].number for one in evidence if one in self.exhibits}
        return tuple(sorted(found, key=exhibit_order))

    def name(self, letter: str | None) -> str:
        """The service as lists call it: `A ERP`; nothing for the case itself."""
        if letter is None or letter not in self.states:
            return letter or ""
        return f"{letter} {one_line(self.states[letter].provider.name)}".strip()

    def answering(self, letter: str | None, rule: Rule | None) -> int | None:
        """The ordinal of the demand of this rule that the provider is asked."""
        cells = self.cells_of(letter or "", rule) if rule else ()
        return cells[0].demand.ordinal if cells else None

    def has_page(self, ordinal: int) -> bool:
        return any(one.demand.ordinal == ordinal for one in self.demands)

    def field_said(self, letter: str, *fields: str) -> ExplanationFacts | None:
        """The sentence that stands in place of one of these fields of a provider."""
        for one in self.facts.explanations:
            if one.provider == letter and one.field in fields and one.sentence.strip():
                return one
        return None

    @property
    def confirmed_demand(self) -> DemandState | None:
        return next((one for one in self.demands if one.demand.rule is Rule.CONFIRMED), None)


def label_of(demand: DemandFacts) -> str:
    """The number as the notice writes it; R2 1. for what a reply asks, which numbers from the start
    again. The letter says what R2 stands for."""
    label = one_line(demand.label)
    return label if demand.round == 1 else f"R{demand.round} {label}"


def replies_of(facts: CaseFacts) -> dict[int, NoticeFacts]:
    """The replies by the round that each opened; where none came, there is none."""
    return {
        one.round + 1: one.reply
        for one in sorted(facts.submissions, key=lambda each: each.round)
        if one.reply is not None and not one.reply.is_silent
    }


def is_asked(state: DemandState) -> bool:
    return state.demand.standing is Standing.ASKED


def is_open(cell: Cell) -> bool:
    return not cell.state.is_done


def is_of_case(demand: DemandFacts) -> bool:
    return demand.scope is Scope.CASE


def section_of(ordinal: int) -> str:
    return f"demand-{ordinal}"


def sheet_of(letter: str) -> str:
    return f"service-{letter}"


def page_of_section(ordinal: int) -> PageOf:
    return PageOf(section_of(ordinal))


def iso(of: date | None) -> str:
    return of.isoformat() if of else ""


def months_of(cells: Iterable[Cell]) -> dict[Month, tuple[Id, ...]]:
    """The months proven as paid, each with the evidence that counts, over several demands."""
    proven: dict[Month, tuple[Id, ...]] = {}
    for cell in cells:
        for cover in cell.cover:
            if cover.proofs:
                both = (*proven.get(cover.month, ()), *cover.proofs)
                proven[cover.month] = tuple(dict.fromkeys(both))
    return proven


def states_of(cells: Iterable[Cell]) -> set[State]:
    return {cell.state for cell in cells}

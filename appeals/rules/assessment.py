"""From the facts of a case to what they amount to."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from . import findings as find
from .cells import Cell, State, over_providers
from .digest import digest
from .facts import CaseFacts, DeadlineFacts, DemandFacts, Id, ProviderFacts, Standing
from .findings import Finding
from .months import Month
from .rounds import ends_at, has_passed, is_near
from .steps import Step, next_step, steps_of
from .weighing import WeighedProvider, Weighing, looked_at


@dataclass(frozen=True, slots=True)
class Tally:
    """How many of so many are ready, and how many explained."""

    ready: int
    explained: int
    of: int

    @property
    def done(self) -> int:
        """The n of `n of m ready`."""
        return self.ready + self.explained


@dataclass(frozen=True, slots=True)
class DemandState:
    """One demand over its providers."""

    demand: DemandFacts
    state: State | None  # None: left out
    cells: tuple[Cell, ...]  # by letter; none where left out, or where there is no provider
    tally: Tally  # of its cells
    # Open ones of none of its cells: what the letter says of no provider in particular.
    findings: tuple[Finding, ...] = ()

    @property
    def all_findings(self) -> tuple[Finding, ...]:
        """Open ones, its own first, each once."""
        of_cells = (one for cell in self.cells for one in cell.findings)
        return tuple(dict.fromkeys((*self.findings, *of_cells)))


@dataclass(frozen=True, slots=True)
class ProviderState:
    """One provider over the demands."""

    provider: ProviderFacts
    months: tuple[Month, ...]  # of use, in order
    cells: tuple[Cell, ...]  # in the order of the demands, advised ones too
    tally: Tally  # of its cells of demands asked
    findings: tuple[Finding, ...]  # open ones, in order


@dataclass(frozen=True, slots=True)
class Assessment:
    """What a case amounts to now."""

    today: date
    round: int
    is_waiting: bool  # sent this round, no reply recorded
    deadline: DeadlineFacts | None  # this round's
    deadline_at: datetime | None  # the moment it ends, in UTC
    is_deadline_near: bool  # from 48 hours before, also when it has passed
    has_deadline_passed: bool
    demands: tuple[DemandState, ...]  # by position, left out ones too
    providers: tuple[ProviderState, ...]  # by letter
    tally: Tally  # of the demands asked
    findings: tuple[Finding, ...]  # open and explained, in order
    unfiled: tuple[Id, ...]  # uploads that prove nothing yet, oldest first
    digest: str  # of the facts as they are now; a confirmation keeps it
    steps: tuple[Step, ...]  # in order; none for a closed case

    @property
    def next_step(self) -> Step | None:
        return next_step(self.steps)

    @property
    def open_findings(self) -> tuple[Finding, ...]:
        return tuple(one for one in self.findings if one.is_open)

    def cell(self, demand: int, provider: str | None = None) -> Cell:
        """KeyError if there is none: left out, or not asked of this provider."""
        for state in self.demands:
            for cell in state.cells:
                if (cell.demand.ordinal, cell.provider) == (demand, provider):
                    return cell
        raise KeyError((demand, provider))


def assess(facts: CaseFacts, now: datetime) -> Assessment:
    """What the facts of a case amount to at `now`, which is aware (ValueError if it is not)."""
    if now.tzinfo is None:
        raise ValueError("The rules need to know the zone of the present time.")
    case = Weighing(facts, now)
    weighed = [case.of_provider(provider) for provider in case.providers]
    whole = case.of_whole(weighed)
    cells = [
        looked_at(cell, whole)
        for cell in (*case.of_case(), *(cell for each in weighed for cell in each.cells))
    ]
    findings = [*case.of_deadline(), *(one for each in weighed for one in each.findings), *whole]
    present = digest(
        facts,
        case.filed.keys(),
        case.shown_explanations(cells, findings),
        (ask for cell in cells if not cell.state.is_done for ask in cell.asked),
    )
    for cell, changed in case.of_confirmation(present):
        cells.append(looked_at(cell, whole))
        findings += changed
    ordered = find.in_order(findings, facts)
    unfiled = case.unfiled()
    deadline = case.round.deadline
    demands = tuple(_demand_state(demand, cells, ordered) for demand in case.demands)
    return Assessment(
        today=case.today,
        round=case.round.number,
        is_waiting=case.round.sent is not None,
        deadline=deadline,
        deadline_at=ends_at(deadline) if deadline else None,
        is_deadline_near=is_near(deadline, now),
        has_deadline_passed=has_passed(deadline, now),
        demands=demands,
        providers=tuple(_provider_state(each, cells, ordered) for each in weighed),
        tally=_tally(one.state for one in demands if one.demand.standing is Standing.ASKED),
        findings=ordered,
        unfiled=tuple(one.id for one in unfiled),
        digest=present,
        steps=steps_of(facts, case.round, now, ordered, unfiled, cells),
    )


def _demand_state(
    demand: DemandFacts, cells: Iterable[Cell], findings: Iterable[Finding]
) -> DemandState:
    if demand.standing is Standing.LEFT_OUT:
        return DemandState(demand, None, (), _tally(()))
    own = tuple(cell for cell in cells if cell.demand is demand)
    states = [cell.state for cell in own]
    of_all = tuple(
        one
        for one in findings
        if one.is_open
        and demand.ordinal in one.demands
        and all(one.place.provider != cell.provider for cell in own)
    )
    state = State.NEEDS_A_LOOK if of_all else over_providers(states)
    return DemandState(demand, state, own, _tally(states), of_all)


def _provider_state(
    weighed: WeighedProvider, cells: Iterable[Cell], findings: Iterable[Finding]
) -> ProviderState:
    letter = weighed.provider.letter
    own = tuple(cell for cell in cells if cell.provider == letter)
    asked = [cell.state for cell in own if cell.demand.standing is Standing.ASKED]
    return ProviderState(
        weighed.provider,
        weighed.use.months,
        own,
        _tally(asked),
        tuple(one for one in findings if one.is_open and one.place.provider == letter),
    )


def _tally(states: Iterable[State | None]) -> Tally:
    counted = list(states)
    return Tally(counted.count(State.READY), counted.count(State.EXPLAINED), len(counted))

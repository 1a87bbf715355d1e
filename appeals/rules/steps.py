"""The one next step, and those that follow when it is skipped for now."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from .cells import Cell
from .exhibits import letter_order
from .facts import (
    CaseFacts,
    DemandFacts,
    EvidenceFacts,
    Field,
    Rule,
    Standing,
    demand_order,
)
from .findings import Code, Finding, place_of_deadline
from .needs import Missing, Piece
from .places import Actor, Page, Place
from .rounds import Round, is_near


class StepKind(StrEnum):
    END_ACCESS = "end-access"  # a secret that was shared still works
    WAIT = "wait"  # for the reply; then record it
    RECORD_NOTICE = "record-notice"
    SET_DEADLINE = "set-deadline"  # or mark that there is none
    ADD_PROVIDER = "add-provider"
    RESOLVE = "resolve"  # a finding
    FILE = "file"  # an upload: say what it shows
    FILL = "fill"  # a gap
    WRITE = "write"  # a section of the letter, once one is written
    CONFIRM = "confirm"
    CONFIRM_AGAIN = "confirm-again"
    COMPLETE = "complete"  # everything asked is here: make the dossier
    COMPLETE_WITH_GAPS = "complete-with-gaps"  # the same of what can be had now
    SEND = "send"  # the dossier made from these facts; then record that
    COMPLETE_REGISTER = "complete-register"  # all is here; if a notice comes, record it


ENDS = frozenset(
    {
        StepKind.WAIT,
        StepKind.COMPLETE,
        StepKind.COMPLETE_WITH_GAPS,
        StepKind.SEND,
        StepKind.COMPLETE_REGISTER,
    }
)


@dataclass(frozen=True, slots=True)
class Step:
    """One step with its reason (`finding` or `cell`, where the kind alone does not say it)."""

    id: str  # the same as long as the step is; for `?after=`
    kind: StepKind
    place: Place
    actor: Actor
    finding: Finding | None = None
    # For `fill`: `cell.missing` says what is missing, the first piece being the one to do now.
    cell: Cell | None = None
    demand: DemandFacts | None = None  # for `write`
    passed_over: tuple[
        Cell, ...
    ] = ()  # for `complete-with-gaps`, `send`: what was asked of someone

    @property
    def can_be_skipped(self) -> bool:
        return self.kind not in ENDS


def next_step(steps: Sequence[Step], after: str | None = None) -> Step | None:
    """The first step; with `after`, the one that follows that step, in a circle.

    A step that is no longer there was done meanwhile: the first one again. None for a closed
    case, which has no steps.
    """
    ids = [step.id for step in steps]
    if after in ids:
        return steps[(ids.index(after) + 1) % len(steps)]
    return steps[0] if steps else None


def steps_of(
    facts: CaseFacts,
    now_round: Round,
    now: datetime,
    findings: Sequence[Finding],
    unfiled: Iterable[EvidenceFacts],
    cells: Sequence[Cell],
) -> tuple[Step, ...]:
    """Every step, in order. `findings` and `unfiled` come in order; no cell is left out."""
    if facts.is_closed:
        return ()
    is_open = [finding for finding in findings if finding.is_open]
    still_live = [_resolve(one) for one in is_open if one.code is Code.SECRET_STILL_LIVE]
    if now_round.sent is not None:
        place = Place(Page.REPLY, round=now_round.number)
        waiting = Step("wait", StepKind.WAIT, place, Actor.AMAZON)
        return (*still_live, waiting)
    asked = [cell for cell in cells if cell.demand.standing is Standing.ASKED]
    urgent = is_near(now_round.deadline, now)
    lacking = gaps(asked)
    steps = (
        *still_live,
        *_openings(facts, now_round),
        *(
            _resolve(one)
            for one in is_open
            if one.code not in (Code.SECRET_STILL_LIVE, Code.CHANGED_SINCE_CONFIRMED)
        ),
        *(
            Step(
                f"file/{one.id}",
                StepKind.FILE,
                Place(Page.EVIDENCE, evidence=one.id),
                Actor.HELPER,
            )
            for one in unfiled
        ),
        *(_fill(cell) for cell in lacking if not (urgent and cell.asked)),
        *(_write(demand) for demand in unwritten(facts)),
        *(_confirm(cell) for cell in asked if _awaits_owner(cell)),
    )
    # What is left of the gaps when nothing else is to be done are those passed over.
    return steps or (_end(facts, now_round, lacking),)


def _openings(facts: CaseFacts, now_round: Round) -> Iterator[Step]:
    """Notice, deadline, first provider. A register has providers and needs no notice."""
    if facts.notice is None and not facts.providers:
        place = Place(Page.NOTICE)
        yield Step("notice", StepKind.RECORD_NOTICE, place, Actor.HELPER)
    if now_round.lacks_deadline:
        place = place_of_deadline(now_round)
        yield Step("deadline", StepKind.SET_DEADLINE, place, Actor.HELPER)
    if not facts.providers:
        place = Place(Page.NEW_PROVIDER, field=Field.NAME)
        yield Step("provider", StepKind.ADD_PROVIDER, place, Actor.HELPER)


def _resolve(finding: Finding) -> Step:
    is_access = finding.code is Code.SECRET_STILL_LIVE
    kind = StepKind.END_ACCESS if is_access else StepKind.RESOLVE
    return Step(f"finding/{finding.key}", kind, finding.place, finding.actor, finding=finding)


def gaps(cells: Iterable[Cell]) -> tuple[Cell, ...]:
    """Cells that lack something, the one that lacks the fewest pieces first."""
    lacking = [cell for cell in cells if cell.demand.rule is not Rule.CONFIRMED and cell.missing]
    return tuple(
        sorted(
            lacking,
            key=lambda cell: (
                len(cell.missing),
                cell.demand.position,
                letter_order(cell.provider),
                cell.demand.ordinal,
            ),
        )
    )


def _fill(cell: Cell) -> Step:
    actor = Actor.PROVIDER if cell.asked else Actor.HELPER
    name = f"fill/{cell.demand.ordinal}/{cell.provider or 0}"
    return Step(name, StepKind.FILL, place_of(cell, cell.missing[0]), actor, cell=cell)


def unwritten(facts: CaseFacts) -> tuple[DemandFacts, ...]:
    """Sections that a letter which is begun still lacks. A confirmation is no prose."""
    written = {one.demand for one in facts.letter if one.sent.strip()}
    if not written:
        return ()
    return tuple(
        demand
        for demand in sorted(facts.demands, key=demand_order)
        if demand.standing is Standing.ASKED
        and demand.rule is not Rule.CONFIRMED
        and demand.ordinal not in written
    )


def _write(demand: DemandFacts) -> Step:
    return Step(
        f"write/{demand.ordinal}",
        StepKind.WRITE,
        Place(Page.LETTER, demand=demand.ordinal),
        Actor.HELPER,
        demand=demand,
    )


def place_of(cell: Cell, missing: Missing) -> Place:
    """Where a missing piece is put in."""
    if missing.piece is Piece.ANSWER:
        return Place(Page.LETTER, cell.provider, cell.demand.ordinal)
    is_proof = missing.piece in (Piece.PROOF, Piece.MONTH)
    page = Page.NEW_EVIDENCE if is_proof or cell.provider is None else Page.PROVIDER
    field = missing.fields[0] if missing.fields else None
    return Place(page, cell.provider, cell.demand.ordinal, field)


def _awaits_owner(cell: Cell) -> bool:
    return cell.demand.rule is Rule.CONFIRMED and bool(cell.missing)


def _confirm(cell: Cell) -> Step:
    changed = [one for one in cell.findings if one.code is Code.CHANGED_SINCE_CONFIRMED]
    return Step(
        f"confirm/{cell.demand.ordinal}",
        StepKind.CONFIRM_AGAIN if changed else StepKind.CONFIRM,
        Place(Page.CONFIRMATION, demand=cell.demand.ordinal),
        Actor.OWNER,
        finding=changed[0] if changed else None,
        cell=cell,
    )


def _end(facts: CaseFacts, now_round: Round, passed_over: tuple[Cell, ...]) -> Step:
    if facts.notice is None:
        return Step("end", StepKind.COMPLETE_REGISTER, Place(Page.NOTICE), Actor.HELPER)
    if facts.has_dossier:
        place = Place(Page.SUBMISSION, round=now_round.number)
        return Step("send", StepKind.SEND, place, Actor.OWNER, passed_over=passed_over)
    kind = StepKind.COMPLETE_WITH_GAPS if passed_over else StepKind.COMPLETE
    return Step("end", kind, Place(Page.DOSSIER), Actor.OWNER, passed_over=passed_over)

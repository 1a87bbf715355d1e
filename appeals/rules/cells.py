"""States: of a cell, of a demand over its providers, of the months of a provider."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from enum import StrEnum

from .explanations import Explanations, has_sentence, stands_for
from .facts import AskFacts, DemandFacts, ExplanationFacts, Id, Rule
from .findings import Finding
from .months import Month
from .needs import Missing, Need, Piece
from .proofs import Filed
from .use import Use


class State(StrEnum):
    NEEDS_A_LOOK = "needs-a-look"
    READY = "ready"
    EXPLAINED = "explained"
    NOT_STARTED = "not-started"
    STARTED = "started"

    @property
    def is_done(self) -> bool:
        """Ready or explained: what `n of m ready` counts."""
        return self in (State.READY, State.EXPLAINED)


class MonthState(StrEnum):
    NOT_IN_USE = "not-in-use"
    NO_PROOF = "no-proof"
    PROOF = "proof"
    NEEDS_A_LOOK = "needs-a-look"
    FREE = "free"


@dataclass(frozen=True, slots=True)
class MonthCover:
    """One month of one provider, and the evidence that stands for its payment."""

    month: Month
    state: MonthState
    proofs: tuple[Id, ...]  # evidence that counts, in order
    doubts: tuple[Id, ...]  # evidence that an open finding stops


@dataclass(frozen=True, slots=True)
class Cell:
    """One demand with one provider, or one demand of the case."""

    demand: DemandFacts
    provider: str | None  # letter; None: a demand of the case
    state: State
    missing: tuple[Missing, ...]  # pieces neither there nor explained
    kept: tuple[str, ...]  # what an explanation of this demand, written now, has to keep
    # The sentences that stand for pieces of this cell.
    explanations: tuple[ExplanationFacts, ...] = ()
    findings: tuple[Finding, ...] = ()  # open ones
    # For `paid`, unless free of charge: months shown, of so many asked (it may be more).
    months_shown: int | None = None
    cover: tuple[MonthCover, ...] = ()  # for `paid`: months of use and months with evidence
    evidence: tuple[Id, ...] = ()  # what is filed here, in order
    asked: tuple[AskFacts, ...] = ()  # of whom it was asked, latest first


def weigh(
    demand: DemandFacts,
    provider: str | None,
    need: Need,
    findings: Iterable[Finding],
    explanations: Explanations,
) -> Cell:
    """The state of one cell: what it needs, less what is explained, under its open findings."""
    of_fields = [(one, explanations.of_field(provider, one.fields)) for one in need.missing]
    unexplained = tuple(one for one, said in of_fields if said is None or not has_sentence(said))
    kept = (*map(str, unexplained), *(f"of-{month}" for month in need.open_months))
    # A confirmation cannot be explained away.
    about_demand = (
        () if demand.rule is Rule.CONFIRMED else explanations.of_demand(demand.ordinal, provider)
    )
    standing = next((one for one in about_demand if unexplained and stands_for(one, kept)), None)
    if standing is None:
        missing = tuple(
            Missing(Piece.SENTENCE, one.fields) if said else one
            for one, said in of_fields
            if one in unexplained
        )
    else:
        missing = () if has_sentence(standing) else (Missing(Piece.SENTENCE),)
    sentences = [said for _, said in of_fields if said and has_sentence(said)]
    is_begun = need.is_begun or bool(sentences) or any(map(has_sentence, about_demand))
    if standing is not None and has_sentence(standing):
        sentences.append(standing)
    doubts = tuple(one for one in findings if one.is_open)
    return Cell(
        demand,
        provider,
        _state(need, missing, bool(doubts), is_begun),
        missing,
        kept,
        tuple(dict.fromkeys(sentences)),
        doubts,
    )


def _state(need: Need, missing: tuple[Missing, ...], in_doubt: bool, is_begun: bool) -> State:
    if in_doubt:
        return State.NEEDS_A_LOOK
    if not need.missing and not need.is_by_sentence:
        return State.READY
    if not missing:
        return State.EXPLAINED
    return State.STARTED if is_begun else State.NOT_STARTED


def over_providers(states: Iterable[State]) -> State:
    """One demand over the providers that it asks about; without any it is not started."""
    all_states = tuple(states)
    if not all_states:
        return State.NOT_STARTED
    if State.NEEDS_A_LOOK in all_states:
        return State.NEEDS_A_LOOK
    if all(state is State.READY for state in all_states):
        return State.READY
    if all(state.is_done for state in all_states):
        return State.EXPLAINED
    if all(state is State.NOT_STARTED for state in all_states):
        return State.NOT_STARTED
    return State.STARTED


def cover(
    use: Use,
    filed: Collection[Filed],
    counting: Collection[Filed],
    in_doubt: Collection[Id],
    *,
    is_free: bool,
) -> tuple[MonthCover, ...]:
    """The months of use, and those that evidence was filed for, in order."""
    used = frozenset(use.months)
    covers = []
    for month in sorted(used.union(*(one.months for one in filed))):
        in_use = month in used
        proofs = tuple(one.evidence.id for one in counting if in_use and month in one.months)
        doubts = tuple(
            one.evidence.id for one in filed if one.evidence.id in in_doubt and month in one.months
        )
        covers.append(
            MonthCover(month, _month_state(in_use, proofs, doubts, is_free), proofs, doubts)
        )
    return tuple(covers)


def _month_state(
    in_use: bool, proofs: tuple[Id, ...], doubts: tuple[Id, ...], is_free: bool
) -> MonthState:
    if doubts:
        return MonthState.NEEDS_A_LOOK
    if not in_use:
        return MonthState.NOT_IN_USE
    if is_free:
        return MonthState.FREE
    return MonthState.PROOF if proofs else MonthState.NO_PROOF

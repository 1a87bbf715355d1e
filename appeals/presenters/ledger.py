"""The head of a case: how far it is, when it is due, what comes next."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from appeals import rules
from appeals.models import Case
from appeals.rules.assessment import Assessment
from appeals.rules.facts import Ended, Standing
from appeals.rules.findings import Code
from appeals.sentences import DeadlineWords, StepWords, Words, of_deadline, of_tally

from .looks import STATES, Look
from .rounds import Standpoint, standpoint


@dataclass(frozen=True, slots=True)
class Ledger:
    case: Case
    stands: Standpoint
    tally: str  # "4 of 6 ready"
    in_full: str  # the same, ready and explained apart
    segments: tuple[Look, ...]  # of the bar, one a demand
    deadline: DeadlineWords | None
    due_at: datetime.datetime | None
    step: StepWords | None
    providers: int
    with_access: int
    with_secret: int

    @classmethod
    def of(cls, case: Case, now: datetime.datetime, assessment: Assessment | None = None) -> Ledger:
        """No query where the case was loaded with its facts. `assessment`: that of `now`."""
        assessment = assessment or case.assess(now)
        step = rules.next_step(assessment.steps)
        return cls(
            case=case,
            stands=standpoint(case),
            tally=of_tally(assessment.tally),
            in_full=of_tally(assessment.tally, in_full=True),
            segments=tuple(
                STATES[one.state]
                for one in assessment.demands
                if one.demand.standing is Standing.ASKED
            ),
            deadline=of_deadline(assessment, now),
            due_at=assessment.deadline_at,
            step=Words.of(case).step(step) if step else None,
            providers=len(assessment.providers),
            with_access=sum(one.provider.ended is not Ended.ACCESS for one in assessment.providers),
            with_secret=sum(
                _holds_secret(assessment, one.provider.letter) for one in assessment.providers
            ),
        )


def _holds_secret(assessment: Assessment, letter: str) -> bool:
    return any(
        one.code is Code.SECRET_STILL_LIVE and one.place.provider == letter
        for one in assessment.findings
    )

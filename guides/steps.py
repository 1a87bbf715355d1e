"""What a step guide means: the page ahead, the steps, the page after, and what is ticked."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

# A part as rendering leaves it: at least its id, and its things to do under "tasks".
Part = dict[str, Any]

# The pages that are no step: who, what at hand, when not; and whether it worked, how to undo it.
BEFORE, AFTER = "before", "done"


@dataclass(frozen=True, slots=True)
class StepPage:
    """One page of a step guide. `number` counts the steps from 1 and is None for the others."""

    part: Part
    number: int | None
    total: int
    previous_id: str | None
    next_id: str | None


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a reader is; `next_id` is the first step that is not done, None when all are."""

    done: int
    total: int
    next_id: str | None
    next_number: int | None


def steps(parts: Sequence[Part]) -> list[Part]:
    """The parts that are counted, in order."""
    return [part for part in parts if part["id"] not in (BEFORE, AFTER)]


def page(parts: Sequence[Part], step_id: str) -> StepPage:
    """The page of that part; the first one where there is none of that id, so that an old link
    still leads to the guide. `parts` holds at least one."""
    ids = [part["id"] for part in parts]
    at = ids.index(step_id) if step_id in ids else 0
    counted = [part["id"] for part in steps(parts)]
    return StepPage(
        part=parts[at],
        number=counted.index(ids[at]) + 1 if ids[at] in counted else None,
        total=len(counted),
        previous_id=ids[at - 1] if at > 0 else None,
        next_id=ids[at + 1] if at + 1 < len(ids) else None,
    )


def tickable(parts: Sequence[Part]) -> frozenset[str]:
    """Every id that can be ticked: the things to do, and the parts as steps."""
    return frozenset(item for part in parts for item in (part["id"], *part["tasks"]))


def progress(parts: Sequence[Part], ticked: Collection[str]) -> Progress:
    """How many steps are ticked, and which is next. Ticks of parts that are gone do not count."""
    counted = [part["id"] for part in steps(parts)]
    left = [step_id for step_id in counted if step_id not in ticked]
    return Progress(
        done=len(counted) - len(left),
        total=len(counted),
        next_id=left[0] if left else None,
        next_number=counted.index(left[0]) + 1 if left else None,
    )

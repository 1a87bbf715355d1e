"""What a step guide means: pages, counting, ticks."""

from __future__ import annotations

from typing import Any

import pytest

from guides import steps

PARTS: list[dict[str, Any]] = [
    {"id": "before", "tasks": ["papers"]},
    {"id": "open", "tasks": []},
    {"id": "consent", "tasks": ["read", "agree"]},
    {"id": "note", "tasks": []},
    {"id": "done", "tasks": ["keep"]},
]


@pytest.mark.parametrize(
    ("step", "number", "previous", "following"),
    [
        ("before", None, None, "open"),
        ("open", 1, "before", "consent"),
        ("consent", 2, "open", "note"),
        ("note", 3, "consent", "done"),
        ("done", None, "note", None),
    ],
)
def test_a_page_knows_its_neighbours_and_only_steps_are_counted(
    step: str, number: int | None, previous: str | None, following: str | None
) -> None:
    page = steps.page(PARTS, step)

    assert page.part["id"] == step
    assert (page.number, page.total) == (number, 3)
    assert (page.previous_id, page.next_id) == (previous, following)


@pytest.mark.parametrize("step", ["", "gone", "read"])
def test_a_step_that_is_not_there_leads_to_the_first_page(step: str) -> None:
    assert steps.page(PARTS, step).part["id"] == "before"


def test_the_pages_before_and_after_are_no_steps() -> None:
    assert [part["id"] for part in steps.steps(PARTS)] == ["open", "consent", "note"]


def test_parts_and_things_to_do_can_be_ticked() -> None:
    assert steps.tickable(PARTS) == {
        "before", "papers", "open", "consent", "read", "agree", "note", "done", "keep",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("ticked", "done", "following", "number"),
    [
        ([], 0, "open", 1),
        (["open"], 1, "consent", 2),
        (["consent"], 1, "open", 1),
        (["open", "note"], 2, "consent", 2),
        (["open", "consent", "note"], 3, None, None),
        (["before", "done", "read", "agree"], 0, "open", 1),
        (["gone"], 0, "open", 1),
    ],
)
def test_progress_counts_ticked_steps_and_names_the_first_that_is_left(
    ticked: list[str], done: int, following: str | None, number: int | None
) -> None:
    progress = steps.progress(PARTS, ticked)

    assert (progress.done, progress.total) == (done, 3)
    assert (progress.next_id, progress.next_number) == (following, number)

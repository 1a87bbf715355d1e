"""Parts as rendering leaves them, for pages that only show what is stored."""

from __future__ import annotations

from typing import Any


def make_part(part_id: str, **changes: Any) -> dict[str, Any]:
    fields = {
        "id": part_id,
        "title": f"Title of {part_id}",
        "html": f"<p>Text of {part_id}.</p>",
        "tasks": [],
        "notes": [],
        "items": [],
    }
    return fields | changes


def make_task(task_id: str) -> str:
    return (
        f'<ul class="tasks"><li id="do-{task_id}"><label><input type="checkbox" name="done" '
        f'value="{task_id}" form="ticks"><span class="task">Do {task_id}</span></label></li></ul>'
    )


def make_steps(*step_ids: str) -> list[dict[str, Any]]:
    return [make_part(part_id) for part_id in ("before", *step_ids, "done")]

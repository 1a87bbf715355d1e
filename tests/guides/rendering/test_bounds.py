"""Sizes and characters that are refused before anything else is looked at."""

from __future__ import annotations

import pytest

from guides.rendering import Refused

from .samples import refusals, rendered


@pytest.mark.parametrize(
    ("body", "wanted"),
    [
        pytest.param("x" * 60_001, [(1, "too-long")], id="characters"),
        pytest.param("\n" * 1_500, [(1_501, "too-many-lines")], id="lines"),
        pytest.param("a\n" + "x" * 2_001, [(2, "long-line")], id="a line"),
        pytest.param("x\n" + "[" * 708, [(2, "many-marks")], id="marks in a line"),
        pytest.param(
            "\n".join(["`{[*[" * 2 + "x" * 1_980] * 27), [(26, "many-marks")], id="marks in all"
        ),
        pytest.param(
            "x" * 2_001 + "\n" + "*" * 708, [(1, "long-line"), (2, "many-marks")], id="two"
        ),
    ],
)
def test_a_text_beyond_a_bound_is_not_looked_at(body: str, wanted: list[tuple[int, str]]) -> None:
    assert refusals(body) == wanted


def test_a_text_at_its_bounds_is_rendered() -> None:
    item = "- " + "x" * (2_000 - len("- [@own]")) + "[@own]"
    lines = ["## T {#t}", *[item] * 29, *[""] * 1_470]

    shown = rendered("\n".join(lines)).parts[0].html

    assert len(lines) == 1_500
    assert len(item) == 2_000
    assert shown.count("<li>") == 29


def test_hidden_characters_are_named_together_with_everything_else() -> None:
    with pytest.raises(Refused) as refusal:
        rendered("## T {#t}\n\na\u200bb\n\n[[nowhere]][@own]")

    assert [(one.line, one.code) for one in refusal.value.problems] == [
        (3, "hidden-character"), (3, "no-citation"), (5, "link"),
    ]  # fmt: skip
    assert "U+200B" in str(refusal.value.problems[0].message)


@pytest.mark.parametrize("character", ["\u3000", "\u00a0", "😀", "é", "㐀", "𠀀", "—", "…", "「"])
def test_characters_that_can_be_seen_are_kept(character: str) -> None:
    assert refusals(f"## T {{#t}}\n\na{character}b[@own]") == []

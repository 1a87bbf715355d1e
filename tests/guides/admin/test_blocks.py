"""A text as one field a block and back: nothing is lost, and what is typed finds its place."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guides.admin.blocks import Piece, from_fields, join, split
from guides.admin.rows import aligned, laid_out, rearranged, sent_rows, zipped
from guides.publishing.files import read_edition
from guides.rendering import digests, parse_blocks

CONTENT = Path(__file__).parents[3] / "guides" / "content"
TABLE = "| a | b |\n| --- | --- |\n| c | d |"

lines = st.sampled_from(
    ["", "", "  ", "words", "- item", "- [fine] x", "1. one", "    in a box", "## T {#t}",
     "| a |", "| --- |", '!!! stop "T"', "[^a]: **T** x", "- A -> #b"]
)  # fmt: skip


def bundled() -> list[str]:
    files = sorted(CONTENT.glob("*/*.md"))
    return [read_edition(path.read_text(encoding="utf-8"))["body"] for path in files]


def without_gaps(body: str) -> list[Piece]:
    return [Piece(piece.text) for piece in split(body)]


def test_every_bundled_text_goes_back_as_it_was() -> None:
    texts = bundled()

    assert len(texts) > 100
    assert [join(split(body)) for body in texts] == texts
    assert [join(without_gaps(body)) for body in texts] == texts, "what is new stands as theirs"
    assert all(len(split(body)) == len(parse_blocks(body)) for body in texts)


@given(st.lists(lines, max_size=12))
def test_the_lines_of_any_text_stay(typed: list[str]) -> None:
    body = "\n".join(typed)
    there = [line for line in typed if line.strip()]

    made = join(split(body))

    assert [line for line in made.split("\n") if line.strip()] == there
    assert join(split(made)) == made
    assert len(split(body)) == (len(parse_blocks(body)) or bool(there))


@pytest.mark.parametrize(
    ("fields", "text"),
    [
        pytest.param([("a", "0"), ("b\r\nc", "1")], "a\n\nb\n\nc", id="several lines"),
        pytest.param(
            [("a", "0"), ("- b\n- c", "1"), ("- d", "0")], "a\n\n- b\n- c\n- d", id="list"
        ),
        pytest.param([("a", "0"), ("  ", "1"), ("- c", "0")], "a\n\n- c", id="emptied"),
        pytest.param([("", "0"), ("b", "1")], "b", id="first emptied"),
        pytest.param([("- a", "0"), ("- b", "")], "- a\n- b", id="new in a list"),
        pytest.param([("- a", "0"), ("b", "0")], "- a\n\nb", id="no longer in the list"),
        pytest.param([('!!! stop "T"', "0"), ("    a", "")], '!!! stop "T"\n    a', id="box"),
        pytest.param([(TABLE, "0"), ("| e | f |", "")], f"{TABLE}\n| e | f |", id="table"),
        pytest.param([("a", "x"), ("b", "-1"), ("c", "²")], "a\n\nb\n\nc", id="no number"),
        pytest.param([("", "0"), ("", "1")], "", id="nothing"),
    ],
)
def test_fields_become_a_text(fields: list[tuple[str, str]], text: str) -> None:
    texts, gaps = zip(*fields, strict=True)

    assert join(from_fields(texts, gaps)) == text


def test_a_form_without_gaps_keeps_its_fields() -> None:
    assert join(from_fields(["a", "b"], [])) == "a\n\nb"


ZH = "## 一 {#one}\n\n甲\n\n乙\n\n- 丙"
EN = "## One {#one}\n\nA\n\nB\n\n- C"


def texts_of(rows: list[list[Piece | None]]) -> list[tuple[str, ...]]:
    return [tuple(piece.text if piece else "" for piece in row) for row in rows]


def test_equal_kinds_stand_level() -> None:
    assert texts_of(aligned([ZH, EN], [None, None])) == [
        ("## 一 {#one}", "## One {#one}"), ("甲", "A"), ("乙", "B"), ("- 丙", "- C"),
    ]  # fmt: skip


def test_what_a_translation_was_made_from_says_what_is_missing() -> None:
    made_from = digests(title="", summary="", keywords="", body=ZH)[3:]
    longer = ZH.replace("甲", "新\n\n甲")

    assert texts_of(aligned([longer, EN], [None, made_from]))[1:3] == [("新", ""), ("甲", "A")]


def test_else_kinds_and_ids_are_compared() -> None:
    other = "## One {#one}\n\nA\n\n## Two {#two}\n\n- C"

    rows = texts_of(aligned([f"{ZH}\n\n## 三 {{#three}}", other], [None, None]))

    assert rows[0] == ("## 一 {#one}", "## One {#one}")
    assert ("- 丙", "- C") in rows
    assert ("## 三 {#three}", "") in rows


@pytest.mark.parametrize(("zh", "en"), [(ZH, ""), ("", EN), ("", "| --- |"), ("", "")])
def test_a_language_may_have_nothing(zh: str, en: str) -> None:
    rows = aligned([zh, en], [None, None])

    assert join([row[0] for row in rows if row[0]]) == zh
    assert join([row[1] for row in rows if row[1]]) == en


def test_rows_know_their_place_in_each_text() -> None:
    body = f"## A {{#a}}\n\n{TABLE}\n\nend"

    rows = laid_out(aligned([body, ""], [None, None]), ["zh-hans", "en"], [body, ""])

    assert [(row.number, row.kind, row.part) for row in rows] == [
        (1, "heading", "A"), (2, "head", "A"), (3, "row", "A"), (4, "paragraph", "A"),
    ]  # fmt: skip
    here = [(row.cells[0].line, row.cells[0].last, row.cells[0].place) for row in rows]
    assert here == [(1, 1, 0), (3, 4, 1), (5, 5, 2), (7, 7, 3)]
    assert {row.cells[1].place for row in rows} == {None}
    assert [len(laid_out([], ["zh-hans", "en"], ["", ""])[0].cells)] == [2], "one to begin in"


def test_what_was_typed_into_one_field_gets_rows_of_its_own() -> None:
    rows = zipped([from_fields(["甲\n乙", "丙"], ["0", "1"]), from_fields(["A", "C"], ["0", "1"])])

    assert texts_of(sent_rows(rows)) == [("甲", "A"), ("乙", ""), ("丙", "C")]


@pytest.mark.parametrize(
    ("act", "at", "order"),
    [
        ("add", 1, ["a", "", "- b", "- c"]),
        ("add", 99, ["a", "- b", "- c", ""]),
        ("drop", 1, ["- b", "- c"]),
        ("up", 3, ["a", "- c", "- b"]),
        ("up", 1, ["a", "- b", "- c"]),
        ("down", 1, ["- b", "a", "- c"]),
        ("down", 3, ["a", "- b", "- c"]),
        ("drop", 9, ["a", "- b", "- c"]),
    ],
)
def test_rows_are_moved_without_a_script(act: str, at: int, order: list[str]) -> None:
    rows = [[piece] for piece in split("a\n\n- b\n- c")]

    moved = rearranged(rows, act, at)

    assert [row[0].text for row in moved if row[0]] == order
    assert not parse_problems(join([row[0] for row in moved if row[0]]))


def parse_problems(body: str) -> list[str]:
    """Paragraphs that stick to what is above them."""
    made = body.split("\n")
    return [line for above, line in pairwise(made)
            if above and line and not line.startswith("-")]  # fmt: skip

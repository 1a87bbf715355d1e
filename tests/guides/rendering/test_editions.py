"""Two editions say the same; a translation knows how far it is behind."""

from __future__ import annotations

import pytest
from django.utils import translation

from guides.rendering import behind, compare_editions, parse_blocks

SOURCE = """## 一 {#one}

一句[^a][@s31]，见[[exposed#revoke|这里]]和[外站](https://example.com/zh)。

- [ ] 做 | 提示[@own] -> [[@new-case|新建]] {#do}

!!! stop "停"
    停下[@own]。

- [fine] 好[@s2 inferred]

[^a]: **题** 文[@own]"""

TRANSLATION = """## One {#one}

See [[exposed#revoke|this]].[@s31] One sentence,[^a] and [site](https://example.org/en).

- [ ] Do | Hint.[@own] -> [[@new-case|New]] {#do}
!!! stop "Stop"
    Stop.[@own]
- [fine] Good.[@s2  inferred]
[^a]: **Title** Text.[@own]"""


def found(text: str) -> list[tuple[int, str]]:
    problems = compare_editions(parse_blocks(SOURCE), parse_blocks(text))
    return [(problem.line, problem.code) for problem in problems]


def test_the_same_blocks_in_another_order_of_words_match() -> None:
    assert found(TRANSLATION) == []


@pytest.mark.parametrize(
    ("old", "new", "wanted"),
    [
        pytest.param("{#one}", "{#first}", [(1, "ids")], id="id of a part"),
        pytest.param("{#do}", "{#done}", [(5, "ids")], id="id of a thing to do"),
        pytest.param("[^a]:", "[^b]:", [(9, "ids")], id="key of a note"),
        pytest.param("sentence,[^a]", "sentence,", [(3, "notes")], id="note left out"),
        pytest.param("exposed#revoke", "exposed", [(3, "guides")], id="another anchor"),
        pytest.param("[[@new-case|New]]", "[[@methods|New]]", [(5, "guides")], id="another page"),
        pytest.param("[@s31]", "[@s32]", [(3, "sources")], id="another source"),
        pytest.param("[@s2  inferred]", "[@s2]", [(8, "sources")], id="no longer inferred"),
        pytest.param("Hint.[@own]", "Hint.[@own][@own]", [(5, "sources")], id="cited twice"),
        pytest.param("[site](https://example.org/en)", "site", [(3, "externals")], id="no site"),
        pytest.param("    Stop.", "Stop.", [(7, "blocks")], id="depth"),
        pytest.param("[fine]", "[care]", [(8, "blocks")], id="verdict"),
        pytest.param("!!! stop", "!!! stuck", [(6, "blocks")], id="box"),
        pytest.param("- [fine] Good.[@s2  inferred]\n", "", [(8, "blocks")], id="block left out"),
        pytest.param("## One", "Intro.\n\n## One", [(1, "blocks")], id="block added"),
        pytest.param("\n[^a]: **Title** Text.[@own]", "", [(8, "blocks")], id="last left out"),
        pytest.param("Text.[@own]", "Text.[@own]\nMore.", [(10, "blocks")], id="one at the end"),
    ],
)
def test_a_difference_is_named_at_its_line(
    old: str, new: str, wanted: list[tuple[int, str]]
) -> None:
    assert old in TRANSLATION
    assert found(TRANSLATION.replace(old, new)) == wanted


def test_kinds_are_named_in_words() -> None:
    (problem,) = compare_editions(parse_blocks('!!! stop "a"\n    b'), parse_blocks("c"))
    with translation.override("en"):
        assert str(problem.message) == "This is a paragraph; line 1 of the source is a stop sign."

    (problem,) = compare_editions(parse_blocks("a"), parse_blocks("a\n- b"))
    assert (problem.line, problem.code) == (2, "blocks")


def test_an_empty_translation_is_a_difference() -> None:
    assert found("") == [(1, "blocks")]


def test_marks_in_code_and_escaped_marks_are_no_references() -> None:
    one, other = parse_blocks("a `[[x]]` [@own]"), parse_blocks(r"a \[@s1] `[@s9]` [@own]")

    assert compare_editions(one, other) == ()


@pytest.mark.parametrize(
    ("kept", "live", "blocks"),
    [
        ("abcd", "abcd", 0),
        ("abcd", "abXd", 1),
        ("abcd", "abXYd", 2),
        ("abcd", "ad", 2),
        ("abcd", "abcdXY", 2),
        ("abcd", "Xabcd", 1),
        ("abcd", "aXcY", 2),
        ("", "abc", 3),
        ("abc", "", 3),
        ("aaaa", "aaa", 1),
        ("x" * 300, "x" * 300 + "y", 1),
    ],
)
def test_a_translation_is_behind_by_the_longer_side_of_each_stretch(
    kept: str, live: str, blocks: int
) -> None:
    assert behind(list(kept), list(live)) == blocks

"""Two published texts as readers know them, part by part."""

from __future__ import annotations

import pytest

from guides.changed_parts import Comparison, compare_bodies
from guides.rendering.readable import readable

BODY = """## 三十秒 {#short}

钥匙由你保管[@s1]。

- 一[@s1]
- 二[@s2 inferred]

## 例子 {#examples}

- [never] 把密钥发到群里[@own]
"""


def told(comparison: Comparison) -> list[str]:
    signs = {"same": "{}", "added": "[+{}]", "taken": "[-{}]"}
    return [
        "".join(signs[piece.kind].format(piece.text) for piece in paragraph.pieces)
        + ("!" if paragraph.leads_elsewhere else "")
        for section in comparison.sections
        for paragraph in section.every()
        if paragraph.is_changed
    ]


@pytest.mark.parametrize(
    ("line", "language", "expected"),
    [
        ("一句[@s31]。", "zh-hans", "一句[s31]。"),
        ("One.[@s31 inferred]", "en", "One.[s31, inferred]"),
        ("建议[@own]。", "zh-hans", "建议[本站建议]。"),
        ("本站[@site]。", "zh-hans", "本站。"),
        ("见[[clause-2-7|条款 2.7]][^keys][@s1]。", "zh-hans", "见条款 2.7[s1]。"),
        ("见[[clause-2-7]][@s1]。", "zh-hans", "见clause-2-7[s1]。"),
        (
            "在{管理您的应用程序|Manage Your Apps}里",
            "zh-hans",
            "在「管理您的应用程序」 Manage Your Apps里",
        ),
        (
            "In {管理您的应用程序|Manage Your Apps}.",
            "en",
            "In Manage Your Apps 「管理您的应用程序」.",
        ),
        ("In {Authorized Partners}.", "en", "In Authorized Partners."),
        ("**Bold** and `[[code]]` \\[kept\\]", "en", "Bold and [[code]] [kept]"),
        ("[site](https://example.com/a)[@s1]", "en", "site (https://example.com/a)[s1]"),
        ("- item[@s1]", "en", "• item[s1]"),
        ("- A key -> #next +#outcome", "en", "• A key"),
        ("2. second[@s1]", "en", "2. second[s1]"),
        ("> quoted[@s1]", "en", "“quoted[s1]”"),
        ("- [fine] so[@s1]", "en", "Fine: so[s1]"),
        ("- [never] so[@s1]", "zh-hans", "不要用：so[s1]"),
        ('!!! stop "Stop here"', "en", "Stop: Stop here"),
        ("[^keys]: **API** Often a key.[@own]", "en", "Side note: API Often a key.[our advice]"),
        ("| a | **b**[@s1] |", "en", "a · b[s1]"),
        ("- [ ] Do | hint -> [[exposed#revoke|Open]] {#id}", "en", "To do: Do · hint · → Open"),
        ("## Title {#id}", "en", "Title"),
        ("#### not understood", "en", "#### not understood"),
        ("[[", "en", "[["),
        ("- [ ] {#id}", "en", "- [ ] {#id}"),
    ],
)
def test_a_line_is_told_without_its_marks(line: str, language: str, expected: str) -> None:
    assert [one.text for one in readable(line, language)] == [expected]


def test_nothing_changed() -> None:
    comparison = compare_bodies(BODY, BODY, "zh-hans")

    assert (comparison.changes, comparison.unchanged, comparison.changed) == (0, 6, ())
    assert [section.title for section in comparison.same] == ["三十秒", "例子"]


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        pytest.param("你保管", "你自己保管", ["钥匙由你[+自己]保管[s1]。"], id="words"),
        pytest.param("- 二[@s2 inferred]\n", "", ["[-• 二[s2, 推断]]"], id="a line less"),
        pytest.param("- 一", "- 零[@s1]\n- 一", ["[+• 零[s1]]"], id="a line more"),
        pytest.param("二[@s2 ", "二[@s3 ", ["• 二[[-s2][+s3], 推断]"], id="a source"),
        pytest.param("inferred", "", ["• 二[s2[-, 推断]]"], id="how well it is known"),
        pytest.param(
            "[never]", "[care]", ["[-不要用][+看情况]：把密钥发到群里[本站建议]"], id="a verdict"
        ),
        pytest.param("{#short}", "{#brief}", ["三十秒!"], id="an id"),
        pytest.param("例子", "正与反", ["[-例子][+正与反]"], id="a heading written anew"),
        pytest.param("\n- 一", "\n\n\n-  一", [], id="space"),
    ],
)
def test_it_tells_what_changed(old: str, new: str, expected: list[str]) -> None:
    after = BODY.replace(old, new)
    assert after != BODY

    assert told(compare_bodies(BODY, after, "zh-hans")) == expected


def test_a_heading_written_anew_stays_one_part() -> None:
    comparison = compare_bodies(BODY, BODY.replace("例子", "正与反"), "zh-hans")

    assert [section.title for section in comparison.sections] == ["三十秒", "正与反"]


def test_a_part_that_came_and_one_that_went() -> None:
    after = BODY[: BODY.index("## 例子")] + "## 另一件 {#other}\n\n新的[@s1]。\n"

    sections = compare_bodies(BODY, after, "zh-hans").changed

    assert [section.changes for section in sections] == [2, 2]
    assert [section.title for section in sections] == ["", "另一件"]


@pytest.mark.parametrize(("before", "after"), [("", ""), ("", BODY), (BODY, "")])
def test_an_empty_text_is_no_paragraph(before: str, after: str) -> None:
    comparison = compare_bodies(before, after, "zh-hans")

    assert comparison.changes == (6 if before or after else 0)
    assert comparison.unchanged == 0


def test_unchanged_ones_stand_together() -> None:
    lines = [f"第 {number} 行[@s1]。" for number in range(6)]
    after = [*lines[:3], "新的一行[@s2]。", *lines[3:]]

    (section,) = compare_bodies("\n\n".join(lines), "\n\n".join(after), "zh-hans").sections

    assert [(len(one.paragraphs), one.is_changed) for one in section.stretches] == [
        (3, False),
        (1, True),
        (3, False),
    ]
    assert section.heading is None


@pytest.mark.parametrize(
    "line",
    ["的" * 1_990, "[@s1]" * 390, "[[a|" * 400, "`{" * 600, "**" * 900, "\\" * 1_900],
)
def test_texts_of_the_largest_size_are_compared(line: str) -> None:
    before = "\n\n".join([line] * 30)

    comparison = compare_bodies(before, before.replace(line, line[1:] + "了", 15), "zh-hans")

    assert comparison.changes

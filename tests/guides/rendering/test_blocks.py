"""One line is one block: kinds, depths, digests, and the forms that are refused."""

from __future__ import annotations

import pytest

from guides.rendering import Block, anchors, digest, digests, parse_blocks

from .samples import refusals, refused


@pytest.mark.parametrize(
    ("line", "kind", "text", "id_"),
    [
        ("## 标题 {#title}", "heading", "标题", "title"),
        ("一段话。", "paragraph", "一段话。", ""),
        ("**粗体**开头。", "paragraph", "**粗体**开头。", ""),
        ("- 一条", "item", "一条", ""),
        ("- [链接](https://example.com/)", "item", "[链接](https://example.com/)", ""),
        ("- [[exposed]] 后面", "item", "[[exposed]] 后面", ""),
        ("1. 一条", "number", "一条", ""),
        ("2018. 年份不是编号", "paragraph", "2018. 年份不是编号", ""),
        ("> 引文", "quote", "引文", ""),
        ("- [ ] 做 | 提示 {#do}", "task", "做 | 提示", "do"),
        ("- [fine] 可以", "fine", "可以", ""),
        ("- [care] 看情况", "care", "看情况", ""),
        ("- [never] 不要", "never", "不要", ""),
        ('!!! stop "停"', "stop", "停", ""),
        ("!!! stuck “找不到”", "stuck", "找不到", ""),
        ("!!! stuck 「找不到」", "stuck", "找不到", ""),
        ("[^keys]: **标题** 文字", "note", "**标题** 文字", "keys"),
        ("[^keys]：**标题** 文字", "note", "**标题** 文字", "keys"),
        ("### 三级", "unknown", "### 三级", ""),
    ],
)
def test_each_form_has_its_kind(line: str, kind: str, text: str, id_: str) -> None:
    (block,) = parse_blocks(line)

    assert (block.kind, block.text, block.id) == (kind, text, id_)


def test_a_table_has_a_head_and_rows_and_its_rule_is_no_block() -> None:
    blocks = parse_blocks("| a | b |\n| --- | --- |\n| c | d |\n｜e｜f｜")

    assert [(block.line, block.kind) for block in blocks] == [(1, "head"), (3, "row"), (4, "row")]
    assert [block.cells for block in blocks] == [["a", "b"], ["c", "d"], ["e", "f"]]


def test_bars_inside_buttons_links_code_and_escapes_divide_nothing() -> None:
    (block,) = parse_blocks(r"| {管理|Manage} | [[exposed|x]] | `a|b` | a\|b |")

    assert block.cells == ["{管理|Manage}", "[[exposed|x]]", "`a|b`", r"a\|b"]


def test_lines_of_a_box_are_deeper() -> None:
    blocks = parse_blocks('!!! stop "停"\n    一\n\n    - 二\n\n三')

    assert [(block.kind, block.depth) for block in blocks] == [
        ("stop", 0), ("paragraph", 1), ("item", 1), ("paragraph", 0),
    ]  # fmt: skip


def test_a_form_sends_other_line_ends_and_nothing_changes() -> None:
    body = "## T {#t}\n\n一\n\n- 二"

    assert [block.digest for block in parse_blocks(body.replace("\n", "\r\n"))] == [
        block.digest for block in parse_blocks(body)
    ]


def test_spacing_and_composition_leave_the_digest_alone() -> None:
    assert digest("paragraph", "Cafe\u0301  au lait ") == digest("paragraph", "Café au lait")


@pytest.mark.parametrize(
    "other",
    [
        pytest.param(Block(1, 0, "paragraph", "b", "b"), id="text"),
        pytest.param(Block(1, 0, "item", "a", "a"), id="kind"),
        pytest.param(Block(1, 1, "paragraph", "a", "a"), id="depth"),
    ],
)
def test_text_kind_and_depth_change_the_digest(other: Block) -> None:
    assert other.digest != Block(1, 0, "paragraph", "a", "a").digest


def test_the_line_number_is_not_in_the_digest() -> None:
    assert Block(1, 0, "item", "a", "a").digest == Block(9, 0, "item", "a", "a").digest


def test_a_digest_is_sixteen_hex_digits_that_last() -> None:
    # Kept in the database with every translation: a change here makes all of them behind.
    assert digest("paragraph", "钥匙由你自己保管。") == "9345e0ffeec7ccd7"


def test_title_summary_and_keywords_are_three_blocks_more() -> None:
    found = digests(title="T", summary="S", keywords="K", body="## A {#a}\n\nx")

    assert len(found) == len(set(found)) == 5
    assert found[3:] == tuple(block.digest for block in parse_blocks("## A {#a}\n\nx"))


def test_anchors_know_their_part() -> None:
    assert anchors("## A {#a}\n- [ ] x {#b}\n## C {#c}\n- [ ] y {#d}") == {
        "a": "a", "b": "a", "c": "c", "d": "c",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("一[@own]\n二[@own]", "wrapped"),
        ("- 一[@own]\n接着[@own]", "wrapped"),
        ("> 引[@own]\n接着[@own]", "wrapped"),
        ("# 标题", "unknown-line"),
        ("#### 标题", "unknown-line"),
        ("## 没有标识", "unknown-line"),
        ("* 一", "unknown-line"),
        ("+ 一", "unknown-line"),
        ("-一", "unknown-line"),
        ("- [x] 做完 {#a}", "unknown-line"),
        ("- [ ] 没有标识", "unknown-line"),
        ("- [good] 例子", "unknown-line"),
        ("- [?] 记不清了", "unknown-line"),
        ('!!! note "别的框"', "unknown-line"),
        ("!!! stop 没有引号", "unknown-line"),
        ("---", "unknown-line"),
        ("[a]: https://example.com/", "unknown-line"),
        ("| 一格", "unknown-line"),
        ("- > 一[@own]", "two-marks"),
        ("> - 一[@own]", "two-marks"),
        ("    一[@own]", "indent"),
        ("  一[@own]", "indent"),
        ("         一[@own]", "indent"),
        ('!!! stop "停"', "in-a-box"),
        ('!!! stop "停"\n    > 引[@own]', "in-a-box"),
        ('!!! stop "停"\n    - [ ] 做 {#a}', "in-a-box"),
        ("2. 从二开始[@own]", "number"),
        ("1. 一[@own]\n1. 又一[@own]", "number"),
        ("1. 一[@own]\n3. 三[@own]", "number"),
        ("一   二[@own]", "spaces"),
        ("一\t二[@own]", "hidden-character"),
        ("| a |\n| b[@own] |", "table"),
        ("| a |\n| --- |", "table"),
        ("| a |\n| --- |\n| --- |\n| b[@own] |", "table"),
        ("| a | b |\n| --- | --- |\n| c[@own] |", "table"),
        ("| a |\n| :-- |\n| c[@own] |", "table"),
        ("-  ", "unknown-line"),
        ("> ", "empty"),
    ],
)
def test_what_is_not_understood_is_refused(text: str, code: str) -> None:
    assert code in refused(text)


@pytest.mark.parametrize(
    "text",
    [
        "1. 一[@own]\n2. 二[@own]\n\n3. 三[@own]",
        "1. 一[@own]\n\n段落[@own]\n\n1. 又从一开始[@own]",
        "## U {#u}\n紧跟标题的一段[@own]",
        "段落[@own]\n- 一[@own]\n> 引[@own]",
        '!!! stop "停"\n    一[@own]\n    二[@own]',
        "3 > 2，1 < 2[@own]",
        "A-B，a_b，#1，1)[@own]",
    ],
)
def test_what_is_plain_is_accepted(text: str) -> None:
    assert refused("x[@own]\n\n" + text) == []


def test_every_refusal_comes_at_once_with_its_line() -> None:
    body = "## T {#t}\n\n### 三级\n\n没有来源\n\n- 二[[nowhere]][@own]\n\n<b>x</b>[@s99]"

    assert refusals(body) == [
        (3, "unknown-line"), (5, "no-citation"), (7, "link"), (9, "citation"), (9, "html"),
    ]  # fmt: skip

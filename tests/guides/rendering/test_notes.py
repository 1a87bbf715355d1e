"""Side notes: where they stand, how they are numbered, and what is refused."""

from __future__ import annotations

import re

import pytest

from guides.rendering.typography import TIE

from .samples import html, plain, refusals, refused, rendered

NOTE = "\n\n[^a]: **T** text[@own]"


def places(text: str, language: str) -> str:
    """The paragraph with {n} for a reference, {N} for its note, and sources left out."""
    shown = html(text, language=language).split('<ol class="endnotes"')[0].replace(TIE, "")
    shown = re.sub(r'<a class="ref" href="#note-(\w+)">\d+</a>', r"{\1}", shown)
    shown = re.sub(
        r'<details class="note"><summary>T</summary><div id="note-(\w+)">.*?</div></details>',
        lambda found: "{" + found[1].upper() + "}",
        shown,
    )
    shown = re.sub(r'<a class="cite".*?</a>|<span class="grade.*?</span>', "", shown)
    return shown.removeprefix('<div class="p">').removesuffix("</div>")


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("One.[^a] Two.[@own]", "One.{a}{A} Two."),
        ("One.[^a][@own] Two.", "One.{a}{A} Two."),
        ("One.[@own][^a] Two.", "One.{a}{A} Two."),
        ("One[^a] goes on. Two.[@own]", "One{a} goes on.{A} Two."),
        ("One[^a] goes on.[@s31] Two.[@own]", "One{a} goes on.{A} Two."),
        ("One[^a] goes on.", "One{a} goes on.{A}"),
        ("One[^a] goes on[@own]", "One{a} goes on{A}"),
        ("One[^a] is e.g. this. Two.[@own]", "One{a} is e.g. this.{A} Two."),
        ("One[^a] of 2.4 and 2.7. Two.[@own]", "One{a} of 2.4 and 2.7.{A} Two."),
        ("Is it one[^a]? Two![@own]", "Is it one{a}?{A} Two!"),
        ("He said “one[^a].” Two.[@own]", "He said “one{a}.”{A} Two."),
        ("One[^a] (really.) Two.[@own]", "One{a} (really.){A} Two."),
        ("One[^a] **stops.** Two.[@own]", "One{a} <strong>stops.</strong>{A} Two."),
        ("One[^a] **stops. Then** two. Three.[@own]",
         "One{a} <strong>stops. Then</strong>{A} two. Three."),
        ("One[^a] `a. B` is. Two.[@own]", "One{a} <code>a. B</code>{A} is. Two."),
        ("One[^a] goes on. “Two.”[@own]", "One{a} goes on.{A} “Two.”"),
        ("**One.**[^a] Two.[@own]", "<strong>One.</strong>{a}{A} Two."),
        ("One.[^a] Two[^b] here. Three.[@own]\n\n[^b]: **T** x[@own]",
         "One.{a}{A} Two{b} here.{B} Three."),
        ("One[^a] and[^b] two. Three.[@own]\n\n[^b]: **T** x[@own]",
         "One{a} and{b} two.{A}{B} Three."),
        ("One.[^a][^b] Two.[@own]\n\n[^b]: **T** x[@own]", "One.{a}{b}{A}{B} Two."),
    ],
)  # fmt: skip
def test_a_note_stands_after_its_english_sentence(text: str, wanted: str) -> None:
    text += "[@own]" if "[@" not in text else ""

    assert places(text + NOTE, "en") == wanted


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("一句[^a]。二句[@own]。", "一句{a}。{A}二句。"),
        ("一句[^a][@own]。二句。", "一句{a}。{A}二句。"),
        ("一[^a]，还是一句。二句[@own]。", "一{a}，还是一句。{A}二句。"),
        ("一句[^a]？二句[@own]。", "一句{a}？{A}二句。"),
        ("一句[^a]！二句[@own]。", "一句{a}！{A}二句。"),
        ("他说“一句[^a]。”二句[@own]。", "他说“一句{a}。”{A}二句。"),
        ("一句[^a]（也算。）二句[@own]。", "一句{a}（也算。）{A}二句。"),
        ("**一句[@own]。", None),
        ("一[^a]**句。**二句[@own]。", "一{a}<strong>句。</strong>{A}二句。"),
        ("一句[^a] 2.4 和 e.g. 之后。二句[@own]。", "一句{a} 2.4 和 e.g. 之后。{A}二句。"),
        ("一句[^a]没有句号[@own]", "一句{a}没有句号{A}"),
        ("一句[^a]……还没完。二句[@own]。", "一句{a}……还没完。{A}二句。"),
        ("一[^a]和[^b]。二[@own]。\n\n[^b]: **T** x[@own]", "一{a}和{b}。{A}{B}二。"),
        ("一[^a]。二[^b]。三[@own]。\n\n[^b]: **T** x[@own]", "一{a}。{A}二{b}。{B}三。"),
        ("零句。一句[^a]。二句[@own]。", "零句。一句{a}。{A}二句。"),
        ("零{管理|Manage}。一[[exposed]]句[^a]。二[@own]。",
         ('零<span class="ui"><span lang="zh-Hans">「管理」</span> <span lang="en">Manage</span>'
         '</span>。一<a href="/zh-hans/guides/exposed/">密钥给出去了</a>句{a}。{A}二。')),
    ],
)  # fmt: skip
def test_a_note_stands_after_its_chinese_sentence(text: str, wanted: str | None) -> None:
    if wanted is None:
        assert "mark" in refused(text)
    else:
        assert places(text + NOTE, "zh-hans") == wanted


def test_a_paragraph_with_notes_is_no_p_and_the_note_is_folded_in() -> None:
    shown = html("一句[^keys][@s31]。\n\n[^keys]：**卖家说的「API」** 常常就是密钥。[@s2]")

    assert shown.replace(TIE, "") == (
        '<div class="p">一句<a class="ref" href="#note-keys">1</a>'
        '<a class="cite" href="#source-s31">a</a>。'
        '<details class="note"><summary>卖家说的「API」</summary>'
        '<div id="note-keys">常常就是密钥。<a class="cite" href="#source-s2">b</a></div>'
        "</details></div>"
        '<ol class="endnotes" start="1"><li><strong>卖家说的「API」</strong> '
        '<span>常常就是密钥。<a class="cite" href="#source-s2">b</a></span></li></ol>'
    )


def test_a_list_item_with_notes_stays_in_its_list() -> None:
    shown = html("- 一[^a][@own]\n\n[^a]: **T** x[@own]\n- 二[@own]")

    assert shown.count("<ul>") == 1
    assert shown.startswith('<ul><li><div class="p">一')
    assert shown.count("<li>") == 3


BODY = (
    "## A {{#{0}}}\n\n一[^a][@own]。二[^b]。\n\n## B {{#{1}}}\n\n三[^c][@own]。\n\n"
    "## C {{#done}}\n\n四[@own]。\n\n[^b]: **B** x[@own]\n\n[^a]: **A** x[@own]\n\n"
    "[^c]: **C** x[@own]"
)


def test_notes_are_numbered_in_the_order_of_use() -> None:
    parts = rendered(BODY.format("a", "b")).parts

    assert [(note.number, note.id, note.title) for part in parts for note in part.notes] == [
        (1, "note-a", "A"), (2, "note-b", "B"), (3, "note-c", "C"),
    ]  # fmt: skip
    assert '<ol class="endnotes" start="3">' in parts[1].html
    assert "endnotes" not in parts[2].html


def test_notes_are_numbered_within_a_step() -> None:
    parts = rendered(BODY.format("before", "b"), kind="steps").parts

    assert [[note.number for note in part.notes] for part in parts] == [[1, 2], [1], []]
    assert '<a class="ref" href="#note-c">1</a>' in parts[1].html


def test_plain_text_has_a_note_once_after_its_whole_paragraph() -> None:
    text = "一[^a][@s23]。二[@s31 inferred]。\n\n三[@own]。\n\n[^a]: **题** 文[@s1]。"

    assert plain(text) == "一。二。\n题 文。\n三。"


@pytest.mark.parametrize(
    ("body", "wanted"),
    [
        pytest.param("一[^a][@own]", [(3, "note")], id="not written"),
        pytest.param("一[@own]\n\n[^a]: **T** x[@own]", [(5, "note")], id="not used"),
        pytest.param("一[^a]二[^a][@own]\n\n[^a]: **T** x[@own]", [(3, "note")], id="used twice"),
        pytest.param(
            "一[^a][@own]\n\n[^a]: **T** x[@own]\n\n[^a]: **U** y[@own]", [(7, "id")],
            id="written twice",
        ),
        pytest.param("一[^a][@own]\n\n[^a]: x[@own]", [(5, "note")], id="no title"),
        pytest.param("一[^a][@own]\n\n[^a]: **T**", [(5, "note"), (5, "no-citation")], id="title only"),
        pytest.param("一[^a][@own]\n\n[^a]: **T** x", [(5, "no-citation")], id="no source"),
        pytest.param("一[^a][@own]\n\n[^a]: **T** x[^b][@own]", [(5, "note-place")], id="in a note"),
        pytest.param("一[^A][@own]\n\n[^A]: **T** x[@own]", [(5, "id")], id="capitals"),
    ],
)  # fmt: skip
def test_a_note_is_written_once_and_used_once(body: str, wanted: list[tuple[int, str]]) -> None:
    assert refusals(f"## T {{#t}}\n\n{body}") == wanted


@pytest.mark.parametrize(
    "text",
    [
        pytest.param('!!! stop "停"\n    x[^a][@own]', id="box"),
        pytest.param('!!! stuck "停"\n    - x[^a][@own]', id="list in a box"),
        pytest.param("> x[^a][@own]", id="quotation"),
        pytest.param("| x[^a] |\n| --- |\n| y[@own] |", id="table"),
        pytest.param("- [ ] x[^a] {#b}", id="thing to do"),
        pytest.param("- [ ] x | y[^a][@own] {#b}", id="hint"),
        pytest.param("- [fine] x[^a][@own]", id="example"),
    ],
)
def test_a_note_is_used_in_paragraphs_and_plain_items_only(text: str) -> None:
    assert "note-place" in refused(text + NOTE)


def test_a_numbered_item_may_have_a_note() -> None:
    assert refused("1. x[^a][@own]" + NOTE) == []


def test_a_note_cannot_stand_in_a_link_or_a_title() -> None:
    assert "mark" in refused("[[exposed|x[^a]]][@own]" + NOTE)
    assert "mark" in refused('!!! stop "x[^a]"\n    y[@own]' + NOTE)

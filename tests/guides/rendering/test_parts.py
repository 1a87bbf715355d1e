"""Parts by kind, and what stands in them: things to do, examples, boxes, tables, quotations."""

from __future__ import annotations

import pytest
from django.utils import translation
from django.utils.translation import gettext

from guides.rendering.typography import TIE

from .samples import LANGUAGES, html, plain, refusals, refused, rendered


def parts(*ids: str, text: str = "x[@own]") -> str:
    return "\n\n".join(f"## T {{#{each}}}\n\n{text}" for each in ids)


CLAUSE = (
    f"{parts('short')}\n\n## T {{#now}}\n\n- [ ] x {{#do}}\n\n{parts('says')}\n\n"
    "## T {#examples}\n\n- [fine] x[@own]"
)
SERVES = "## T {#serves}\n\n- 一[@own]\n- 二[@own]\n- 三[@own]"


@pytest.mark.parametrize(
    ("kind", "body"),
    [
        ("clause", CLAUSE),
        ("clause", CLAUSE.replace("## T {#says}", "## T {#official}\nx[@own]\n\n## T {#says}")),
        ("method", parts("what", "after", "end")),
        ("requirement", f"{parts('asked', 'why')}\n\n{SERVES}\n\n{parts('not')}"),
        ("steps", parts("before", "one", "two", "done")),
        ("article", parts("anything")),
        ("term", "密钥是一串字[@s31]。"),
        ("term", "密钥[^a]是一串字[@s31]。\n\n[^a]: **题** 文[@own]"),
    ],
)
def test_each_kind_has_its_parts(kind: str, body: str) -> None:
    assert refusals(body, kind=kind) == []


@pytest.mark.parametrize(
    ("kind", "body", "wanted"),
    [
        ("clause", CLAUSE.replace("{#says}", "{#said}"), [(1, "parts")]),
        (
            "clause",
            parts("now", "short") + CLAUSE[CLAUSE.index("\n\n## T {#says}") :],
            [(1, "parts"), (5, "parts")],
        ),
        ("clause", CLAUSE.replace("- [ ] x {#do}", "x[@own]"), [(5, "parts")]),
        ("clause", CLAUSE.replace("[fine] ", ""), [(13, "parts")]),
        ("method", parts("what", "end"), [(1, "parts")]),
        ("requirement", parts("asked", "why", "serves", "not"), [(9, "parts")]),
        ("steps", parts("before", "done"), [(1, "parts")]),
        ("steps", parts("one", "before", "done"), [(1, "parts")]),
        ("steps", parts("before", "one", "done", "two"), [(1, "parts")]),
        ("steps", parts("before", "one"), [(1, "parts")]),
        ("article", "", [(1, "empty")]),
        ("article", "x[@own]\n\n" + parts("a"), [(1, "outside-parts")]),
        ("article", "## T {#a}\n\n" + parts("b"), [(1, "empty")]),
        ("article", parts("a", "a"), [(5, "id")]),
        ("article", parts("Groß"), [(1, "id")]),
        ("article", parts(""), [(1, "id")]),
        ("article", parts("b-1"), [(1, "id")]),
        ("article", parts("note-1"), [(1, "id")]),
        ("article", parts("do-1"), [(1, "id")]),
        ("article", parts("source-1"), [(1, "id")]),
        ("article", parts("page-1"), [(1, "id")]),
        ("term", "一[@own]。\n\n二[@own]。", [(3, "parts")]),
        ("term", parts("a"), [(1, "parts")]),
        ("term", "- 一[@own]", [(1, "parts")]),
        ("check", parts("a"), [(1, "parts"), (1, "verdict"), (1, "tasks")]),
        ("post", parts("a"), [(1, "kind")]),
    ],
)
def test_parts_that_do_not_fit_the_kind_are_refused(
    kind: str, body: str, wanted: list[tuple[int, str]]
) -> None:
    assert refusals(body, kind=kind) == wanted


def test_a_part_has_its_id_title_things_to_do_and_items() -> None:
    body = "## 标题 \\* {#one}\n\n- 一[@own]\n- **二**[@s31]。\n1. 三[@own]\n- [ ] 做 {#do-not}"

    (part,) = rendered(body.replace("do-not", "it")).parts

    assert (part.id, part.title, part.tasks) == ("one", "标题 *", ("it",))
    assert part.items == ("一", "二。")


def test_a_term_is_one_part_without_a_title() -> None:
    (part,) = rendered("密钥是一串字[@s31]。", kind="term").parts

    assert (part.id, part.title) == ("term", "")
    assert part.html.startswith("<p>密钥是一串字")


def test_ids_links_and_plain_text_of_the_whole() -> None:
    page = rendered(
        "## A {#a}\n\n[[exposed]]和[[clause-2-7]]和[[exposed]][@own]\n\n- [ ] 做 {#it}\n\n"
        "## B {#b}\n\n| 甲 | 乙 |\n| --- | --- |\n| 一 | 二[@s31] |"
    )

    assert page.ids == ("a", "it", "b")
    assert page.links == ("exposed", "clause-2-7")
    assert page.plain == "A\n密钥给出去了和条款 2.7和密钥给出去了\n做\nB\n甲 | 乙\n一 | 二"
    assert [block.line for block in page.blocks] == [1, 3, 5, 7, 9, 11]


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_thing_to_do_has_a_tick_a_hint_and_a_button(language: str) -> None:
    text = "- [ ] 看看 | 在{管理|Manage}里[@s31] -> [[exposed#revoke|打开]] {#look}"

    shown = html(text, language=language).replace(TIE, "")

    assert shown.startswith(
        '<ul class="tasks"><li id="do-look"><label><input type="checkbox" name="done" '
        'value="look" form="ticks"><span class="task">'
    )
    assert '</span></label><span class="hint">' in shown
    assert shown.endswith(
        f'<a href="/{language}/guides/exposed/?step=revoke" class="button">'
        + ("打开" if language == "zh-hans" else '<span lang="zh-Hans">打开</span>')
        + "</a></li></ul>"
    )


@pytest.mark.parametrize(
    "text",
    [
        "- [ ] 做 {#a}",
        "- [] 做 {#a}",
        "- [ ] 做 -> [[@new-case|新建]] {#a}",
        "- [ ] 做 ｜ 提示[@own] {#a}",
        "- [ ] 做[@s31] {#a}",
        "- [ ] 点{管理|Manage} {#a}",
    ],
)
def test_a_thing_to_do_without_a_hint_needs_no_source(text: str) -> None:
    assert refused(text) == []


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("- [ ] 做 | 提示 {#a}", "no-citation"),
        ("- [ ] 做 | 一[@own] | 二 {#a}", "task"),
        ("- [ ] 做 -> 别处 {#a}", "task"),
        ("- [ ] 做 -> [x](https://example.com/) {#a}", "task"),
        ("- [ ] 做 -> [[nowhere|x]] {#a}", "link"),
        ("- [ ] -> [[exposed|x]] {#a}", "task"),
        ("- [ ] 看[[exposed]] {#a}", "link-place"),
        ("- [ ] 做 {#A}", "id"),
        ("- [ ] 做 {#t}", "id"),
        ("- [ ] 做 {#a}\n- [ ] 做 {#a}", "id"),
    ],
)
def test_a_thing_to_do_of_another_form_is_refused(text: str, code: str) -> None:
    assert code in refused(text)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    ("verdict", "message"), [("fine", "Fine"), ("care", "With care"), ("never", "Do not use")]
)
def test_an_example_has_its_verdict_in_a_word(verdict: str, message: str, language: str) -> None:
    with translation.override(language):
        word = gettext(message)

    shown = html(f"- [{verdict}] x[@s31]", language=language).replace(TIE, "")

    assert shown == (
        '<ul class="examples"><li><span class="example">x'
        '<a class="cite" href="#source-s31">a</a></span>'
        f'<span class="verdict verdict-{verdict}">{word}</span></li></ul>'
    )
    assert plain(f"- [{verdict}] x[@s31]", language=language) == f"x {word}"


def test_examples_that_follow_one_another_are_one_list() -> None:
    shown = html("- [fine] 一[@own]\n- [never] 二[@own]\n- 三[@own]")

    assert shown.count('<ul class="examples">') == 1
    assert shown.count("<ul>") == 1


def test_a_stop_sign_holds_its_lines() -> None:
    shown = html(
        "!!! stop “要 Secret Key？”\n    停[@s31]。\n    - 一[@s31]\n    - 二[@s31]\n\n外[@s31]"
    )

    assert shown.replace(TIE, "").replace('<a class="cite" href="#source-s31">a</a>', "") == (
        '<div class="stop"><p class="stop-title">要 <span lang="en">Secret Key</span>？</p>'
        "<p>停。</p><ul><li>一</li><li>二</li></ul></div><p>外</p>"
    )


def test_what_to_do_when_stuck_is_folded() -> None:
    shown = html('!!! stuck "找不到"\n    看菜单[@s31]。\n!!! stuck "还是没有"\n    问人[@s31]。')

    assert shown.count('<details class="stuck"><summary>') == 2
    assert "<summary>找不到</summary><p>看菜单" in shown


def test_each_line_of_a_box_needs_a_source() -> None:
    assert refusals('## T {#t}\n!!! stop "停"\n    一\n    - 二\n    三[@own]') == [
        (3, "no-citation"), (4, "no-citation"),
    ]  # fmt: skip


def test_a_table_knows_its_columns_on_narrow_screens() -> None:
    shown = html("| 甲 | 乙[@s31] |\n| --- | --- |\n| 一 | 二 |\n| 三 | |")

    assert shown.replace(TIE, "") == (
        '<div class="table"><table><thead><tr><th scope="col">甲</th><th scope="col">乙'
        '<a class="cite" href="#source-s31">a</a></th></tr></thead><tbody>'
        '<tr><td data-label="甲">一</td><td data-label="乙">二</td></tr>'
        '<tr><td data-label="甲">三</td><td data-label="乙"></td></tr></tbody></table></div>'
    )


def test_a_table_needs_one_source_somewhere() -> None:
    assert refused("| 甲 |\n| --- |\n| 一 |") == ["no-citation"]
    assert refused("| 甲 |\n| --- |\n| 一[@own] |") == []


def test_each_row_of_a_table_says_how_well_it_is_known() -> None:
    table = "| 甲 | 乙 |\n| --- | --- |\n| 一[@s23] | 二[@s23] |\n| 三[@s23] | 四 |"

    assert html(table).count("grade-third-party") == 2


def test_two_tables_are_two() -> None:
    one = "| 甲 |\n| --- |\n| 一[@own] |"

    assert html(f"{one}\n\n{one}").count("<table>") == 2
    assert refused(f"{one}\n\n| 乙 |\n| --- |\n| 二 |") == ["no-citation"]


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("> " + "word " * 24 + "word[@s31]", []),
        ("> " + "word " * 25 + "word[@s31]", ["long-quotation"]),
        ("> " + "字" * 50 + "[@s31]", []),
        ("> " + "字" * 51 + "[@s31]", ["long-quotation"]),
        ("> 字，" + "，字。" * 49 + "[@s31]", ["place"]),
        ("> 短", ["no-citation"]),
    ],
)
def test_a_quotation_is_short_and_has_its_source(text: str, codes: list[str]) -> None:
    assert refused(text) == codes


def test_a_quotation_is_a_block_of_its_own() -> None:
    shown = html("> 引[@s31]\n> 又引[@s31]").replace(TIE, "")

    assert shown == (
        '<blockquote><p>引<a class="cite" href="#source-s31">a</a></p></blockquote>'
        '<blockquote><p>又引<a class="cite" href="#source-s31">a</a></p></blockquote>'
    )


@pytest.mark.parametrize(
    "text",
    ["一段", "- 一条", "1. 一条", "> 引文", "- [fine] 例子", "[^a]: **T** x\n\n一[^a][@own]"],
)
def test_whatever_states_a_fact_needs_a_source(text: str) -> None:
    assert refused(text) == ["no-citation"]
    assert refused(text + "[@own]" if "[^a]" not in text else "x[@own]") == []


def test_titles_have_no_marks() -> None:
    assert refusals("## **T** {#t}\n\nx[@own]") == [(1, "mark")]
    assert refusals("## {管理|Manage} {#t}\n\nx[@own]") == [(1, "mark")]
    assert refusals('## T {#t}\n\n!!! stop "[x](y)"\n    z[@own]') == [(3, "mark")]

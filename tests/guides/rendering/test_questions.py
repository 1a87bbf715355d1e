"""A self-check: what its lines become, and everything that is refused."""

from __future__ import annotations

import pytest

from guides.rendering import compare_editions, parse_blocks

from .samples import refusals, rendered

CHECK = """\
## 交出过什么？ {#given}

- 一串密钥 -> #who +#secret
- 点过 Authorize Now -> #left
- [?] 记不清了 -> #who +#look

!!! stuck "怎么分辨"
    要你复制一串字符，是密钥[@s31]。

## 给了谁？ {#who}

- 一家公司 -> #left
- [?] 说不清 -> #left +#look

## 还有谁？ {#left}

- 没有 -> end
- 有一个 -> end +#people
- [?] 没看过 -> end +#people

## 密钥先收回 {#secret}

- [never] 密钥代表你本人[@s31 inferred]。

- [ ] 撤销 | 先停再换[@own] -> [[exposed#revoke|怎么收回]] {#take-back}

## 关掉账号 {#people}

- [care] 权限还在[@own]。
- [ ] 移除 {#remove}

## 先弄清楚 {#look}

- [care] 不清楚就当作有[@own]。
- [ ] 查 {#search}

## 没有要处理的 {#none}

- [fine] 答案里没有要处理的[@own]。
"""


def changed(*replacements: tuple[str, str]) -> str:
    body = CHECK
    for old, new in replacements:
        assert old in body, old
        body = body.replace(old, new)
    return body


def test_a_question_has_answers_beside_its_text() -> None:
    given, _who, left, *_outcomes = rendered(CHECK, kind="check").parts

    assert given.verdict == ""
    assert [(one.id, one.next, one.outcomes, one.is_unsure) for one in given.answers] == [
        ("1", "who", ("secret",), False),
        ("2", "left", (), False),
        ("3", "who", ("look",), True),
    ]
    assert given.answers[1].text == "点过 Authorize Now"
    assert given.answers[1].html == '<span>点过 <span lang="en">Authorize Now</span></span>'
    assert given.html.startswith('<details class="stuck">')
    assert "一串密钥" not in given.html
    assert [one.next for one in left.answers] == ["end"] * 3


def test_an_outcome_has_its_verdict_beside_its_reason_and_nothing_to_tick() -> None:
    secret = rendered(CHECK, kind="check").parts[3]

    assert (secret.id, secret.verdict, secret.answers) == ("secret", "never", ())
    assert secret.tasks == ("take-back",)
    assert secret.html.startswith("<p>密钥代表你本人")
    assert '<ol class="tasks"><li id="do-take-back"><span class="task">撤销</span>' in secret.html
    assert "<input" not in secret.html
    assert "verdict" not in secret.html


def test_the_plain_text_holds_questions_answers_and_outcomes_in_order() -> None:
    plain = rendered(CHECK, kind="check").plain.split("\n")

    assert plain[:6] == [
        "交出过什么？",
        "一串密钥",
        "点过 Authorize Now",
        "记不清了",
        "怎么分辨",
        "要你复制一串字符，是密钥。",
    ]
    assert plain[-2:] == ["没有要处理的", "答案里没有要处理的。"]


@pytest.mark.parametrize(
    "line",
    [
        "- [？] 记不清了 -> #who +#look",
        "- [?] 记不清了 -> ＃who ＋＃look",
        "- [?] 记不清了-> #who +#look",
        "- [?] 记不清了 ->#who  +#look",
    ],
)
def test_full_width_signs_and_other_spacing_count_as_the_plain_ones(line: str) -> None:
    (answer,) = parse_blocks(line)

    assert (answer.kind, answer.text, answer.next, answer.outcomes, answer.is_unsure) == (
        "answer",
        "记不清了",
        "who",
        ("look",),
        True,
    )


def test_the_digest_of_an_answer_follows_its_words_and_where_it_leads() -> None:
    (one,), (spaced,), (elsewhere,) = map(
        parse_blocks, ("- 一串 -> #a +#b", "- 一串  -> #a +#b", "- 一串 -> #a")
    )

    assert one.digest == spaced.digest != elsewhere.digest


REFUSED = [
    ("a missing target", [("一家公司 -> #left", "一家公司 -> #gone")], [(12, "target")]),
    ("a missing outcome", [("+#secret", "+#gone")], [(3, "target"), (21, "unreached")]),
    ("a step backwards", [("一家公司 -> #left", "一家公司 -> #given")], [(12, "target")]),
    ("a step on the spot", [("一家公司 -> #left", "一家公司 -> #who")], [(12, "target")]),
    ("an outcome as the next", [("一家公司 -> #left", "一家公司 -> #look")], [(12, "target")]),
    ("a question as an outcome", [("说不清 -> #left +#look", "说不清 -> #left +#who")],
     [(13, "target")]),
    ("a question nothing leads to",
     [("-> #who +#secret", "-> #left +#secret"), ("-> #who +#look", "-> #left +#look")],
     [(10, "unreached")]),
    ("an outcome nothing leads to", [(" +#secret", "")], [(21, "unreached")]),
    ("a question without [?]", [("[?] 说不清", "说不清")], [(10, "unsure")]),
    ("a question with two", [("- 一家公司", "- [?] 一家公司")], [(13, "unsure")]),
    ("one answer alone", [("- 一家公司 -> #left\n", "\n")], [(13, "answers")]),
    ("ten answers", [("- 没有 -> end\n", "- 没有 -> end\n" * 8)], [(26, "answers")]),
    ("an outcome without verdict", [("[care] 权限还在", "权限还在")], [(27, "verdict")]),
    ("an outcome with two",
     [("- [care] 权限还在[@own]。", "- [care] 权限还在[@own]。\n- [never] 二[@own]。")],
     [(30, "verdict")]),
    ("an outcome without a reason", [("权限还在[@own]。", "")], [(29, "unknown-line"),
     (27, "verdict")]),
    ("an outcome without a source", [("权限还在[@own]。", "权限还在。")], [(29, "no-citation")]),
    ("an outcome with nothing to do", [("- [ ] 移除 {#remove}", "")], [(27, "tasks")]),
    ("a thing to do in a question", [("- 没有 -> end", "- 没有 -> end\n- [ ] 做 {#do}")],
     [(18, "parts")]),
    ("a verdict in a question", [("- 没有 -> end", "- [fine] 好[@own]\n- 没有 -> end")],
     [(17, "parts")]),
    ("no outcome `none` where one is needed",
     [("## 没有要处理的 {#none}\n\n- [fine] 答案里没有要处理的[@own]。\n", "")], [(1, "none")]),
    ("an outcome `none` that never shows", [("- 没有 -> end", "- 没有 -> end +#people")],
     [(37, "unreached")]),
    ("`none` collected", [("一家公司 -> #left", "一家公司 -> #left +#none")], [(12, "target")]),
    ("an outcome named twice", [("+#secret", "+#secret +#secret")], [(3, "target")]),
    ("a part called end", [("{#people}", "{#end}"), ("+#people", "+#end")], [(27, "id")]),
    ("an answer that is not finished", [("一家公司 -> #left", "一家公司 -> left")], [(12, "answer")]),
    ("an outcome without its mark", [("+#secret", "#secret")], [(3, "answer")]),
    ("a mark in an answer", [("一家公司", "**一家公司**")], [(12, "mark")]),
    ("no words", [("一家公司 -> #left", "-> #left")], [(12, "empty")]),
    ("[?] without an arrow", [("[?] 说不清 -> #left +#look", "[?] 说不清")], [(13, "unknown-line")]),
    ("an answer in a box", [("    要你复制一串字符，是密钥[@s31]。", "    - 要 -> end")],
     [(8, "in-a-box")]),
]  # fmt: skip


@pytest.mark.parametrize(
    ("replacements", "wanted"),
    [pytest.param(changes, wanted, id=name) for name, changes, wanted in REFUSED],
)
def test_it_is_refused_with_its_line(
    replacements: list[tuple[str, str]], wanted: list[tuple[int, str]]
) -> None:
    found = refusals(changed(*replacements), kind="check")

    assert set(wanted) <= set(found), found


def test_everything_is_refused_at_once() -> None:
    body = changed(
        ("一家公司 -> #left", "一家公司 -> #gone"),
        ("[care] 权限还在", "权限还在"),
        ("- [?] 没看过", "- 没看过"),
    )

    assert refusals(body, kind="check") == [
        (12, "target"),
        (15, "unsure"),
        (27, "verdict"),
    ]


def test_a_check_without_a_question_is_refused() -> None:
    body = "## 结果 {#a}\n\n- [fine] 好[@own]。\n- [ ] 做 {#do}"

    assert refusals(body, kind="check") == [(1, "parts")]


@pytest.mark.parametrize("kind", ["article", "clause", "steps"])
def test_answers_stand_in_a_check_alone(kind: str) -> None:
    assert (3, "answer") in refusals("## 问 {#a}\n\n- 是 -> end\n- [?] 不知 -> end", kind=kind)


ENGLISH = "- A key -> #who +#secret\n- [?] Not sure -> end"


@pytest.mark.parametrize(
    ("source", "codes"),
    [
        ("- 一串密钥 -> #who +#secret\n- [?] 记不清了 -> end", []),
        ("- 一串密钥 -> #left +#secret\n- [?] 记不清了 -> end", ["targets"]),
        ("- 一串密钥 -> #who +#look\n- [?] 记不清了 -> end", ["targets"]),
        ("- 一串密钥 -> #who\n- [?] 记不清了 -> end", ["targets"]),
        ("- 一串密钥 -> #who +#secret\n- 记不清了 -> end", ["unsures"]),
    ],
)
def test_both_languages_lead_to_the_same_places(source: str, codes: list[str]) -> None:
    found = compare_editions(parse_blocks(source), parse_blocks(ENGLISH))

    assert [problem.code for problem in found] == codes

"""What the checks point at, and what they leave alone. Each row has a reason of its own."""

from __future__ import annotations

from dataclasses import replace
from time import perf_counter

import pytest

from appeals.letter.checks import LONG_SECTION, Check, Code, Letter, Section, check
from appeals.rules.facts import Rule
from appeals.rules.letters import Service

ERP = Service("A", ("ERP Alpha", "Alpha Software Ltd"))
TOOL = Service("B", ("工具乙", "Tool Bee"))


def letter(*sections: Section, services: tuple[Service, ...] = (ERP, TOOL), **changes: object):
    made = Letter(
        sections=sections,
        services={one.letter: one for one in services},
        hosts=frozenset({"erp.example"}),
    )
    return replace(made, **changes)


def section(rule: Rule, sent: str, beside: str = "", services: tuple[str, ...] = ("A", "B")):
    return Section(3, rule, sent, beside, services)


def found(rule: Rule, sent: str, beside: str = "") -> list[Check]:
    return list(check(letter(section(rule, sent, beside))))


def codes(rule: Rule, sent: str, beside: str = "") -> list[Code]:
    return [one.code for one in found(rule, sent, beside)]


BOTH = "ERP Alpha and Tool Bee were found on a fair. "


@pytest.mark.parametrize(
    ("rule", "sent", "expected"),
    [
        pytest.param(Rule.LEARNED, "", [Code.UNANSWERED], id="nothing written"),
        pytest.param(Rule.LEARNED, " \n", [Code.UNANSWERED], id="blank"),
        pytest.param(Rule.CONFIRMED, "", [], id="a confirmation is no prose"),
        pytest.param(Rule.LEARNED, BOTH, [], id="both are there"),
        pytest.param(Rule.LEARNED, "ERP Alpha only.", [Code.NOT_MENTIONED], id="one is not"),
        pytest.param(Rule.CONTACTS, "See below.", [], id="a table names them"),
        pytest.param(
            Rule.LEARNED, BOTH + "See https://other.example.", [Code.ADDRESS], id="their site"
        ),
        pytest.param(Rule.LEARNED, BOTH + "See https://www.erp.example/x.", [], id="a known site"),
        pytest.param(
            Rule.LEARNED, BOTH + "In sellercentral.amazon.com.", [], id="nobody's service"
        ),
        pytest.param(Rule.LEARNED, BOTH + "You closed it wrongly.", [Code.BLAME], id="blame"),
        pytest.param(Rule.LEARNED, BOTH + "The key was wrong.", [], id="no blame"),
        pytest.param(
            Rule.LEARNED, BOTH + "It will never happen again.", [Code.VOW], id="an empty vow"
        ),
        pytest.param(Rule.LEARNED, BOTH + "I checked again in May.", [], id="no vow"),
        pytest.param(Rule.LEARNED, BOTH + "word " * LONG_SECTION, [Code.LONG], id="long to read"),
    ],
)
def test_it_points_at(rule: Rule, sent: str, expected: list[Code]) -> None:
    assert codes(rule, sent) == expected


def test_a_name_in_the_text_beside_is_enough() -> None:
    assert codes(Rule.LEARNED, "ERP Alpha and a tool.", "ERP Alpha 和工具乙。") == []


def test_a_secret_is_found_where_the_caller_found_one() -> None:
    made = letter(section(Rule.CONTACTS, "Something."), has_secret={3: True})

    assert [one.code for one in check(made)] == [Code.SECRET]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("我们是冤枉的。", Code.BLAME),
        ("账户无缘无故被停用。", Code.BLAME),
        ("是你们搞错了。", Code.BLAME),
        ("Amazon made a mistake.", Code.BLAME),
        ("It is not our fault.", Code.BLAME),
        ("Closed for no reason.", Code.BLAME),
        ("我保证绝不再犯。", Code.VOW),
        ("我承诺以后不会再发生。", Code.VOW),
        ("We promise to never share it.", Code.VOW),
        ("Never again!", Code.VOW),
        ("I am 100% sure.", Code.VOW),
    ],
)
def test_words_that_weaken_a_letter(text: str, code: Code) -> None:
    assert codes(Rule.CONTACTS, text) == [code]


@pytest.mark.parametrize(
    "text",
    [
        "I ended its access on 13 September 2018 and changed the password.",
        "The mistake was ours: we copied the key.",
        "We check the list of applications every month.",
        "我读过条款，已经收回授权，每月检查一次。",
        "错在我们：把密钥填进了它的网页。",
    ],
)
def test_plain_words_are_left_alone(text: str) -> None:
    assert codes(Rule.CONTACTS, text) == []


def test_a_key_lasts_while_the_letter_says_the_same() -> None:
    (one,) = found(Rule.CONTACTS, "See https://other.example.")
    (same,) = found(Rule.CONTACTS, "Look at www.other.example.")
    (other,) = found(Rule.CONTACTS, "See https://another.example.")

    assert one.key == same.key != other.key
    assert len(one.key) <= 80
    assert one.can_be_explained


@pytest.mark.parametrize(
    "piece",
    [
        *("a", "a.", "a-", "A", "叫", "never ", "May 2018 to ", "Mar. 1 ", "A-5-1 ", "http://a"),
        *("Service 3 Alpho ", "service called A ", "promise ", "2018 年 3 月到 ", "a@b.c", "(\n"),
    ],
)
def test_a_long_text_of_any_shape_is_read_at_once(piece: str) -> None:
    text = (piece * 10_000)[:10_000]
    many = tuple(
        replace(ERP, letter=f"A{number}", names=(f"Service {number} Alpha", f"服务{number}号"))
        for number in range(40)
    )
    letters = tuple(one.letter for one in many)
    before = perf_counter()

    for rule in (Rule.LEARNED, Rule.USED, Rule.PAID):
        check(letter(section(rule, text, text, letters), services=many))

    assert perf_counter() - before < 3

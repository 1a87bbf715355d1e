"""What the checks point at, and what they leave alone. Each row has a reason of its own."""

from __future__ import annotations

from dataclasses import replace
from time import perf_counter

import pytest

from appeals.letter.checks import LONG_SECTION, Check, Code, Letter, Section, Service, check
from appeals.rules.facts import Rule
from appeals.rules.months import Month

MARCH, APRIL, JULY, AUGUST, SEPTEMBER = (Month(2018, each) for each in (3, 4, 7, 8, 9))
ERP = Service(
    "A",
    ("ERP Alpha", "Alpha Software Ltd"),
    spans=((MARCH, AUGUST),),
    proven=frozenset({MARCH, APRIL}),
    others=frozenset({SEPTEMBER}),
)
TOOL = Service("B", ("工具乙", "Tool Bee"), spans=((Month(2017, 11), Month(2018, 2)),))
FREE = Service("C", ("Logistics See",), is_free=True)


def letter(*sections: Section, services: tuple[Service, ...] = (ERP, TOOL), **changes: object):
    made = Letter(
        sections=sections,
        services={one.letter: one for one in services},
        exhibits=frozenset({"A-3-1", "A-5-1"}),
        others=("Example Trading", "Amazon"),
        paid_to=("Third Party Pay",),
        hosts=frozenset({"erp.example"}),
    )
    return replace(made, **changes)


def section(rule: Rule, sent: str, beside: str = "", services: tuple[str, ...] = ("A", "B")):
    return Section(3, rule, sent, beside, services)


def found(rule: Rule, sent: str, beside: str = "", only: Service | None = None) -> list[Check]:
    services = (only,) if only else (ERP, TOOL)
    letters = tuple(one.letter for one in services)
    made = section(rule, sent, beside, letters)
    return list(check(letter(made, services=services)))


def codes(rule: Rule, sent: str, beside: str = "", only: Service | None = None) -> list[Code]:
    return [one.code for one in found(rule, sent, beside, only)]


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
        pytest.param(Rule.LEARNED, BOTH + "See A-3-1.", [], id="an exhibit of the case"),
        pytest.param(
            Rule.LEARNED, BOTH + "See A-3-2.", [Code.EXHIBIT_UNLIKE], id="no such exhibit"
        ),
        pytest.param(Rule.LEARNED, BOTH + "ERP Alhpa is good.", [Code.NAME_UNLIKE], id="a slip"),
        pytest.param(Rule.LEARNED, BOTH + "ERP Alpha's site.", [], id="the owner's s"),
        pytest.param(Rule.LEARNED, BOTH + "Order Alarm rang.", [], id="other words"),
        pytest.param(
            Rule.LEARNED,
            BOTH + "A service called Label Sea helped.",
            [Code.NOT_LISTED],
            id="called so, not listed",
        ),
        pytest.param(
            Rule.LEARNED, BOTH + "A service called Tool Bee helped.", [], id="called so, listed"
        ),
        pytest.param(
            Rule.LEARNED, BOTH + "Paid to Third Party Pay.", [Code.NOT_LISTED], id="a payee"
        ),
        pytest.param(
            Rule.LEARNED, BOTH + "See https://other.example.", [Code.NOT_LISTED], id="their site"
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


@pytest.mark.parametrize(
    ("sent", "expected"),
    [
        pytest.param("I used ERP Alpha from March to August 2018.", [], id="as recorded"),
        pytest.param("I used ERP Alpha in April 2018.", [], id="one of them"),
        pytest.param("I used ERP Alpha from May to August 2018.", ["2018-05/2018-08"], id="later"),
        pytest.param("I used ERP Alpha since March 2018.", [], id="begun as recorded"),
        pytest.param("I used ERP Alpha since May 2018.", ["2018-05/"], id="begun later"),
        pytest.param("I used ERP Alpha in January 2018.", ["2018-01"], id="not a month of use"),
        pytest.param("ERP Alpha ended in September 2018.", [], id="the month its access ended"),
        pytest.param("Tool Bee from 2017-11 to 2018-02.", [], id="of the other one"),
        pytest.param(
            "ERP Alpha was used. Then from May to July 2018.", ["2018-05/2018-07"], id="it goes on"
        ),
        pytest.param("It was from May to July 2018.", [], id="of nobody in particular"),
    ],
)
def test_months_unlike_the_records(sent: str, expected: list[str]) -> None:
    assert [each for one in found(Rule.USED, sent) for each in one.said] == expected


def test_it_says_what_the_records_have() -> None:
    (one,) = found(Rule.USED, "I used ERP Alpha since May 2018.")

    assert (one.service, one.recorded) == ("A", ("2018-03/2018-08",))


def test_where_there_is_one_service_every_month_is_its_own() -> None:
    assert codes(Rule.USED, "From May to July 2018.", only=ERP) == [Code.MONTH_UNLIKE]


def test_what_the_records_do_not_know_is_not_held_against_them() -> None:
    unknown = replace(ERP, spans=())

    assert codes(Rule.USED, "From May to July 2018.", only=unknown) == []


def test_the_same_in_both_languages_is_one_thing() -> None:
    sent, beside = "ERP Alpha from May to July 2018.", "ERP Alpha 从 2018 年 5 月用到 7 月。"

    assert codes(Rule.USED, sent, beside) == [Code.MONTH_UNLIKE]


@pytest.mark.parametrize(
    ("sent", "expected"),
    [
        pytest.param("Receipts of ERP Alpha for March and April 2018.", [], id="both proven"),
        pytest.param("ERP Alpha was paid in July 2018.", ["2018-07"], id="not proven"),
        pytest.param(
            "Paid for ERP Alpha from April to June 2018.", ["2018-05", "2018-06"], id="of a span"
        ),
        pytest.param("I have no receipt for July 2018 of ERP Alpha.", [], id="it says so"),
        pytest.param("Receipts for July 2018.", ["2018-07"], id="of nobody in particular"),
    ],
)
def test_months_claimed_as_paid(sent: str, expected: list[str]) -> None:
    assert [each for one in found(Rule.PAID, sent) for each in one.said] == expected


def test_what_was_free_claims_no_payment() -> None:
    assert codes(Rule.PAID, "It was free in July 2018.", only=FREE) == []


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
    (one,) = found(Rule.USED, "ERP Alpha since May 2018.")
    (same,) = found(Rule.USED, "Since May 2018, ERP Alpha.")
    (other,) = found(Rule.USED, "ERP Alpha since June 2018.")

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

"""The letter against the records: what is found, and what is left alone. Each row has a reason."""

from dataclasses import replace
from datetime import date
from time import process_time

import pytest

from appeals.rules import assess
from appeals.rules.cells import State
from appeals.rules.facts import (
    DemandFacts,
    Ended,
    LetterFacts,
    OtherPayee,
    Rule,
    Scope,
    Standing,
)
from appeals.rules.places import Page

from .build import (
    CONFIRMED,
    CONTACTS,
    DESCRIBED,
    ENDED,
    LEARNED,
    NOW,
    PAID,
    PRESET,
    USED,
    codes,
    complete_case,
    confirmed,
    described,
    evidence,
    finding_explained,
    not_known,
    paid,
    period,
    proof,
    provider,
)

BEE = provider(
    "B",
    name="Tool Bee",
    legal_name="Bee Software Ltd",
    periods=(period("2017-11", "2018-02", id="period-B"),),
    other_payees=(OtherPayee("Pay Bridge", "It collects for them."),),
)
ALPHA = provider(
    name="ERP Alpha",
    legal_name="Alpha Software Ltd",
    shown=(("app_name", "Sync Master"),),
    ended=Ended.ACCESS,
    ended_on=date(2018, 9, 13),
)


def both(**changes):
    """Two providers of which everything is there."""
    facts = complete_case(
        paid(1, "03", "04", exhibit="A-5-1"),
        described("B"),
        paid(2, "2017-11", "2017-12", letter="B", exhibit="B-5-1"),
        evidence(3, "chat", [proof(DESCRIBED)], exhibit="A-3-9", is_withdrawn=True),
        providers=(ALPHA, BEE),
    )
    return replace(facts, **changes)


def says(facts, demand, sent="", beside=""):
    return replace(facts, letter=(*facts.letter, LetterFacts(demand, sent, beside)))


def told(facts):
    """Everything open, as key and the values that are said."""
    return [
        (one.key, dict(one.values).get("said", dict(one.values).get("months", "")))
        for one in assess(facts, NOW).open_findings
    ]


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        pytest.param("I used ERP Alpha from March to August 2018.", "", id="as recorded"),
        pytest.param("I used ERP Alpha in April 2018.", "", id="one of them"),
        pytest.param("I used ERP Alpha from May to August 2018.", "2018-05/2018-08", id="later"),
        pytest.param("I used ERP Alpha since March 2018.", "", id="begun as recorded"),
        pytest.param("I used ERP Alpha since May 2018.", "2018-05/", id="begun later"),
        pytest.param("I used ERP Alpha in January 2018.", "2018-01", id="not a month of use"),
        pytest.param("In January 2018 I met ERP Alpha on a fair.", "", id="not said of use"),
        pytest.param("I did not use ERP Alpha in January 2018.", "", id="said not to be"),
        pytest.param("I stopped using ERP Alpha in October 2018.", "", id="its end"),
        pytest.param("I used ERP Alpha; it ended in September 2018.", "", id="its access ended"),
        pytest.param(
            "I used ERP Alpha from March to May 2018, then its new plan from June to August 2018.",
            "",
            id="in two parts that make the whole",
        ),
        pytest.param(
            "I used ERP Alpha from March to May 2018, then its new plan from July to August 2018.",
            "2018-03/2018-05 2018-07/2018-08",
            id="in two parts that leave one month out",
        ),
        pytest.param(
            "ERP Alpha was useful. It ran from May to July 2018.",
            "2018-05/2018-07",
            id="it goes on",
        ),
        pytest.param("It was from May to July 2018.", "", id="of nobody in particular"),
        pytest.param("Tool Bee ran from 2017-11 to 2018-02.", "", id="the other one"),
        pytest.param("Alpha Software Ltd since May 2018.", "2018-05/", id="by its legal name"),
        pytest.param("Sync Master since May 2018.", "2018-05/", id="by its application's name"),
        pytest.param("从 2018 年 5 月起使用 ERP Alpha。", "2018-05/", id="in Chinese"),
        pytest.param(
            "Our account was opened in May 2015 and we used ERP Alpha from March to August 2018.",
            "",
            id="a month of something else",
        ),
        pytest.param(
            "We sold from May 2015 to July 2018, and used ERP Alpha from March to August 2018.",
            "",
            id="a span of something else",
        ),
        pytest.param(
            "We used ERP Alpha. Our shop was open from May 2015 to July 2018.",
            "",
            id="a sentence of something else",
        ),
        pytest.param("ERP Alpha was not used from May to July 2018.", "", id="not used in a span"),
        pytest.param("From May to July 2018, ERP Alpha.", "2018-05/2018-07", id="it begins so"),
    ],
)
def test_months_in_the_letter(sent, said):
    facts = says(both(), USED, sent)

    assert told(facts) == ([("letter-contradicts/4/A/month", said)] if said else [])


def test_the_same_month_in_both_languages_is_one_thing():
    facts = says(both(), USED, "ERP Alpha since May 2018.", "ERP Alpha 从 2018 年 5 月起使用。")

    assert told(facts) == [("letter-contradicts/4/A/month", "2018-05/")]


def test_of_one_provider_alone_every_month_is_its_own():
    facts = says(complete_case(paid(1, "03", "04")), USED, "From May to July 2018.")

    assert told(facts) == [("letter-contradicts/4/A/month", "2018-05/2018-07")]


@pytest.mark.parametrize(
    ("service", "explanations", "sent"),
    [
        pytest.param({"periods": ()}, (), "From May to July 2018.", id="no months on record"),
        pytest.param({}, (not_known("first_month"),), "From May 2018.", id="first not known"),
        pytest.param(
            {"periods": (period("03", "05", 1), period("06", "08", 2))},
            (),
            "From March to May 2018, and since June 2018.",
            id="as entered, in two periods",
        ),
        pytest.param({"periods": (period("03"),)}, (), "From March to November 2018.", id="open"),
    ],
)
def test_what_the_records_leave_open_is_not_held_against_them(service, explanations, sent):
    facts = complete_case(paid(1, "05", "06"), providers=(provider(**service),))

    assert told(says(replace(facts, explanations=explanations), USED, sent)) == []


def test_a_date_of_its_files_is_on_record():
    facts = complete_case(paid(1, "03", "04", shown=(("about_on", "2018-02-26"),)))
    facts = says(facts, USED, "I used it since I paid in February 2018.")

    assert "letter-contradicts" not in codes(assess(facts, NOW))


@pytest.mark.parametrize(
    ("sent", "found"),
    [
        pytest.param("Receipts of ERP Alpha for March and April 2018.", [], id="both shown"),
        pytest.param(
            "ERP Alpha was paid in July 2018.", [("5/A", "2018-07")], id="one that is not shown"
        ),
        pytest.param(
            "Paid for ERP Alpha from April to June 2018.", [("5/A", "2018-05 2018-06")], id="a span"
        ),
        pytest.param("I have no receipt of ERP Alpha for July 2018.", [], id="it says so"),
        pytest.param("I used ERP Alpha from March to August 2018.", [], id="said of use"),
        pytest.param(
            "I used ERP Alpha from March to August 2018 and paid in March and April 2018.",
            [],
            id="use and payment in one sentence",
        ),
        pytest.param(
            "I used ERP Alpha in March 2018 and paid in July 2018.",
            [("5/A", "2018-07")],
            id="use shown, payment not",
        ),
        pytest.param("Receipts for July 2018.", [("5/0", "2018-07")], id="nobody in particular"),
        pytest.param("Receipts for March 2018.", [], id="shown of one of them"),
        pytest.param("ERP Alpha 的发票：2018 年 7 月。", [("5/A", "2018-07")], id="in Chinese"),
        pytest.param("In July 2018 ERP Alpha was paid.", [("5/A", "2018-07")], id="right after"),
        pytest.param(
            "In May 2015 the account was opened; ERP Alpha was paid in March 2018.",
            [],
            id="a month of something else",
        ),
        pytest.param(
            "We paid ERP Alpha in time, our account being opened in May 2015.",
            [],
            id="another clause",
        ),
        pytest.param(
            "We paid ERP Alpha in March 2018, April 2018, and July 2018.",
            [("5/A", "2018-07")],
            id="a list is one clause",
        ),
    ],
)
def test_months_called_paid(sent, found):
    facts = says(both(), PAID, sent)

    assert told(facts) == [(f"claimed-without-proof/{key}", months) for key, months in found]


def test_what_was_free_claims_no_payment():
    facts = complete_case(providers=(provider(is_free=True),))

    assert codes(assess(says(facts, PAID, "Invoices of July 2018 say nought."), NOW)) == []


def test_a_file_in_doubt_has_its_own_finding_and_no_other():
    facts = says(complete_case(paid(1, "07", payer="Nobody")), PAID, "It was paid in July 2018.")

    assert codes(assess(facts, NOW)) == ["payer-unknown"]


@pytest.mark.parametrize(
    ("sent", "found"),
    [
        pytest.param("ERP Alpha is good.", [], id="as it is"),
        pytest.param("We like ERP Alhpa.", [("1/A/name", "erpalhpa")], id="a slip"),
        pytest.param("This is ERP Alpha's site.", [], id="with an s"),
        pytest.param("This is Erp alpha.", [], id="its case"),
        pytest.param("On the Order Alarm of it.", [], id="other words"),
        pytest.param("我们用 ERP Alpha，它很好。", [], id="Chinese leaves no space"),
        pytest.param("We asked Bee Software.", [], id="a part of a name"),
        pytest.param("We asked Bee Softwaer Ltd.", [("1/B/name", "beesoftwaerltd")], id="company"),
        pytest.param("We asked Pay Bridge.", [], id="a payee with its sentence"),
        pytest.param("See A-5-1 and B-5-1.", [], id="exhibits that are there"),
        pytest.param("See A-5-7.", [("1/A/exhibit", "A-5-7")], id="no such exhibit"),
        pytest.param("See A-3-9.", [("1/A/exhibit", "A-3-9")], id="withdrawn"),
        pytest.param("See 0-6-1.", [("1/0/exhibit", "0-6-1")], id="of the case"),
        pytest.param("Goods X-12-345 and 0-90-1.", [], id="numbers of goods"),
    ],
)
def test_names_and_numbers(sent, found):
    facts = says(both(), LEARNED, sent)

    assert told(facts) == [(f"letter-contradicts/{key}", said) for key, said in found]


@pytest.mark.parametrize(
    ("sent", "names"),
    [
        pytest.param("A service called Label Sea helped.", ("Label Sea",), id="not listed"),
        pytest.param("A tool called Tool Bee helped.", (), id="listed"),
        pytest.param("A tool named Bee helped.", (), id="a part of its name"),
        pytest.param("An app called Sync Master Pro helped.", (), id="its application, longer"),
        pytest.param("An application called Pay Bridge helped.", (), id="its payee"),
        pytest.param("一个叫标签海的工具。", ("标签海",), id="in Chinese"),
        pytest.param("名为 Label Sea 的软件。", ("Label Sea",), id="in both"),
        pytest.param("我们叫客服关闭了这个系统。", (), id="called upon, not called"),
        pytest.param("Our company called Example Trading sells.", (), id="no service"),
        pytest.param("We also sell on a platform called Market One.", (), id="a market"),
        pytest.param("We wrote to help@other.example.", (), id="an address alone"),
    ],
)
def test_services_that_nobody_listed(sent, names):
    result = assess(says(both(), LEARNED, sent), NOW)

    assert [one.written for one in result.open_findings] == ([names] if names else [])
    assert {one.key for one in result.findings} <= {"named-not-listed/letter/1"}


def test_a_finding_of_a_named_provider_stands_in_its_cell_alone():
    result = assess(says(both(), USED, "I used ERP Alpha since May 2018."), NOW)

    assert result.cell(USED, "A").state is State.NEEDS_A_LOOK
    assert result.cell(USED, "B").state is State.READY
    assert result.cell(PAID, "A").state is State.READY
    [finding] = result.open_findings
    assert (finding.place.page, finding.place.provider, finding.place.demand) == (
        Page.LETTER,
        "A",
        USED,
    )
    assert result.next_step.finding == finding


def test_a_finding_of_no_provider_stands_at_the_demand():
    result = assess(says(both(), CONTACTS, "A tool called Label Sea helped."), NOW)

    [state] = [one for one in result.demands if one.demand.ordinal == CONTACTS]
    assert state.state is State.NEEDS_A_LOOK
    assert state.findings == state.all_findings == result.open_findings
    assert {cell.state for cell in state.cells} == {State.READY}
    assert result.tally.done == 4
    assert result.next_step.finding in state.findings


def test_in_a_section_of_the_case_it_stands_in_that_cell():
    more = DemandFacts(8, 8, Rule.ANSWERED, Scope.CASE, label="8", answer="Yes.")
    facts = both(demands=(*PRESET, more))

    result = assess(says(facts, 8, "We like ERP Alhpa."), NOW)

    assert [one.key for one in result.cell(8).findings] == ["letter-contradicts/8/A/name"]
    assert result.cell(8).findings[0].place.provider is None


def test_what_was_confirmed_stays_so_beside_a_finding_of_its_section():
    facts = says(confirmed(both()), CONFIRMED, "A tool called Label Sea helped.")

    result = assess(facts, NOW)

    assert codes(result) == ["named-not-listed"]
    assert result.next_step.id == "finding/named-not-listed/letter/6"
    assert "confirm/6" not in [step.id for step in result.steps]


WRONG = "I used ERP Alhpa since May 2018, see A-5-7. It was paid in July 2018. A tool called X Y."


@pytest.mark.parametrize("demand", [LEARNED, USED, PAID])
def test_what_is_not_asked_has_no_section(demand):
    for standing in (Standing.LEFT_OUT, Standing.ADVISED):
        demands = tuple(
            replace(one, standing=standing) if one.ordinal == demand else one for one in PRESET
        )
        assert told(says(both(demands=demands), demand, WRONG)) == []


def test_advice_has_no_section_either():
    assert told(says(both(), ENDED, WRONG)) == []


def test_where_no_provider_is_listed_the_first_step_is_to_list_one():
    facts = says(replace(both(), providers=(), evidence=()), LEARNED, WRONG)

    assert told(facts) == []


@pytest.mark.parametrize(
    ("demand", "sent", "other"),
    [
        (USED, "ERP Alpha since May 2018.", "ERP Alpha since June 2018."),
        (PAID, "ERP Alpha was paid in July 2018.", "ERP Alpha was paid in August 2018."),
        (LEARNED, "We like ERP Alhpa.", "We like ERP Alpah."),
        (LEARNED, "See A-5-7.", "See A-5-8."),
        (LEARNED, "A tool called Label Sea.", "A tool called Sea Label."),
    ],
)
def test_a_sentence_closes_it_until_the_letter_says_otherwise(demand, sent, other):
    facts = says(both(), demand, sent)
    [finding] = assess(facts, NOW).open_findings
    said = finding_explained(facts, finding.code)

    again = replace(said, letter=(LetterFacts(demand, other),))

    assert codes(assess(said, NOW)) == []
    assert assess(said, NOW).findings[0].explanation is not None
    assert codes(assess(again, NOW)) == [finding.code]
    assert len(finding.key) <= 80


def test_a_sentence_about_months_lapses_when_the_records_change():
    facts = finding_explained(says(both(), USED, "ERP Alpha since May 2018."), "letter-contradicts")
    wider = replace(ALPHA, periods=(period("02", "08", id="period-A"),))

    assert codes(assess(replace(facts, providers=(wider, BEE)), NOW)) == ["letter-contradicts"]


def test_a_sentence_about_it_stands_in_the_dossier_and_is_confirmed():
    facts = says(both(), LEARNED, "We like ERP Alhpa.")
    said = finding_explained(facts, "letter-contradicts")

    assert assess(said, NOW).digest != assess(facts, NOW).digest


def test_words_alone_are_no_fact_to_be_confirmed():
    facts = both()

    assert (
        assess(says(facts, LEARNED, "We like ERP Alhpa."), NOW).digest == assess(facts, NOW).digest
    )


@pytest.mark.parametrize(
    "piece",
    [
        *("a", "a.", "a-", "A", "叫", "never ", "May 2018 to ", "Mar. 1 ", "A-5-1 ", "A-5-7 "),
        *(
            "Service 3 Alpho ",
            "service called A ",
            "paid ",
            "2018 年 3 月到 ",
            "(\n",
            "A B ",
            "n't ",
            "paid May 2018 ",
            "I use it from May 2018 ",
            "May 2018, and ",
            "used, paid ",
        ),
    ],
)
def test_a_long_text_of_any_shape_is_read_at_once(piece):
    text = (piece * 10_000)[:10_000]
    letters = [f"{one}{two}" for one in "ABCDE" for two in "ABCDEFGH"]
    services = tuple(
        provider(each, name=f"Service {number} Alpha", legal_name=f"服务{number}号")
        for number, each in enumerate(letters)
    )
    facts = complete_case(providers=services)
    for demand in (LEARNED, USED, PAID):
        facts = says(facts, demand, text, text)

    begun = process_time()
    assess(facts, NOW)

    assert process_time() - begun < 3

"""What a dossier holds, before anything is laid out."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from django.utils import translation

from appeals.dossier.building import build
from appeals.dossier.inputs import LetterText, Original
from appeals.dossier.reading import NotNumbered
from appeals.dossier.sheets import Dossier, PaperState
from appeals.dossier.words import Both, PageOf, Text
from appeals.rules import assess
from appeals.rules.facts import (
    AskFacts,
    CaseFacts,
    ExplanationFacts,
    ExplanationKind,
    NoticeFacts,
    Standing,
    SubmissionFacts,
)

from . import example
from .example import CHANGED_AT, confirmed, dossier_of, inputs_of, whole_case


def english(both: Both) -> str:
    return _plain(both.english)


def chinese(both: Both) -> str:
    return _plain(both.chinese)


def _plain(text: Text) -> str:
    return "\n".join(
        "".join(f"<{one.part}>" if isinstance(one, PageOf) else one for one in line)
        for line in text
    )


def states(dossier: Dossier) -> dict[str, PaperState | None]:
    return {item.label: item.state for item in dossier.items}


def test_states_on_paper_follow_those_of_the_case() -> None:
    dossier = example.finished()

    assert dossier.is_finished
    assert states(dossier) == {
        "1.": PaperState.ANSWERED,
        "2.": PaperState.ANSWERED,
        "3.": PaperState.ANSWERED,
        "4.": PaperState.EXPLAINED,
        "5.": PaperState.EXPLAINED,
        "6.": PaperState.ANSWERED,
        "7.": PaperState.NOT_PROVIDED,
        "+": PaperState.ANSWERED,
    }


def test_an_unfinished_one_says_what_is_open_and_calls_it_open() -> None:
    dossier = example.unfinished()

    assert [(one.label, english(one.what)) for one in dossier.open] == [
        ("5.", "ERP A: Proof of payment for 1 more month"),
        ("6.", "The owner’s confirmation"),
        ("7.", "Tool B: Copies of any written agreement with each service"),
    ]
    assert states(dossier)["5."] is PaperState.OPEN
    assert states(dossier)["7."] is PaperState.OPEN
    assert english(dossier.opening) == "Not for sending. 3 things are still open:"
    assert english(dossier.gaps.missing_title) == "Open"


def test_what_was_asked_of_someone_is_a_declared_gap() -> None:
    [gap] = example.finished().gaps.missing

    assert gap.label == "7."
    assert english(gap.service) == "B Tool B"
    assert english(gap.what) == "Copies of any written agreement with each service"
    assert english(gap.reason) == (
        "Asked of Tool B on 14 September 2018, 17 September 2018; "
        "not received by 20 September 2018."
    )
    assert gap.page == PageOf("demand-8")


def test_the_owner_may_send_it_as_it_is() -> None:
    facts = whole_case(evidence=(), asks=())

    dossier = dossier_of(facts, (), as_it_is=True)

    assert dossier.is_finished
    assert states(dossier)["3."] is PaperState.NOT_PROVIDED
    assert [row.label for row in dossier.gaps.missing].count("3.") == 3
    assert all(not item.remark.english for item in dossier.items if item.label == "1.")


def test_a_section_without_text_shows_the_records() -> None:
    dossier = dossier_of(confirmed(whole_case()), ())

    first = dossier.items[0]
    assert english(first.remark) == "This section of the letter is not written yet."
    assert first.table is not None
    assert english(first.table.rows[0][2]).startswith("Recommended by a peer")
    [thing] = dossier.open
    assert english(thing.what) == "The letter is not written under: 1., 2., 3., 4., 5., 7."


@pytest.mark.parametrize(("label", "kind"), [("2.", "contacts"), ("4.", "used"), ("5.", "paid")])
def test_tables_of_the_letter_come_from_the_records_whatever_is_written(
    label: str, kind: str
) -> None:
    item = next(one for one in example.finished().items if one.label == label)

    assert item.text.english
    assert item.table is not None
    assert item.table.kind == kind


def test_explanations_are_listed_once_each_at_their_demand() -> None:
    rows = example.finished().gaps.explained

    assert [(row.label, english(row.what), english(row.reason)) for row in rows] == [
        (
            "4.",
            "Months of use 2018-01 to 2018-04: approximate",
            (
                "The colleague who opened the account has left; Logistics C keeps no record before "
                "May 2018."
            ),
        ),
        (
            "7.",
            "Copies of any written agreement with each service: does not apply",
            "None was made.",
        ),
        ("2.", "Name of the application: not known", "Its settings page is no longer open to us."),
        ("5.", "That the service was free of charge", "The plan was free of charge."),
    ]


def test_an_explained_finding_says_what_it_is_about() -> None:
    papers = tuple(
        replace(one, payer="Li Lei") if one.exhibit == "A-5-1" else one for one in example.EVIDENCE
    )
    facts = whole_case(evidence=papers)
    [found] = assess(facts, CHANGED_AT).open_findings
    why = ExplanationFacts(
        ExplanationKind.REASON, "Li Lei is our bookkeeper.", finding=found.key, kept=found.kept
    )

    open_one = dossier_of(facts)
    explained = dossier_of(replace(facts, explanations=(*facts.explanations, why)))

    assert "A-5-1: paid by Li Lei" in english(open_one.open[0].what)
    about = [english(row.what) for row in explained.gaps.explained]
    assert "A-5-1: paid by Li Lei" in about


def test_withdrawn_exhibits_are_listed_by_number_alone() -> None:
    dossier = example.finished()

    rows = {row.exhibit: row for group in dossier.index for row in group.rows}
    assert english(rows["A-5-3"].title) == (
        "Withdrawn on 2018-09-15. The number is kept and not used again."
    )
    assert rows["A-5-3"].file == ""
    assert "A-5-3" not in {one.exhibit for one in dossier.members}


def test_file_names_say_number_kind_and_month_in_ascii() -> None:
    names = [one.name for one in example.finished().members]

    assert names[0] == "A-1-1_chat_2018-02.png"
    assert "B-5-1_invoice_2017-11.pdf" in names
    assert all(name.isascii() for name in names)
    assert names == sorted(names)


def test_exhibits_of_a_service_taken_off_the_list_keep_their_place() -> None:
    papers = [replace(one, is_withdrawn=True) for one in example.EVIDENCE if one.exhibit[:1] == "B"]
    rest = [one for one in example.EVIDENCE if one.exhibit[:1] != "B"]
    facts = whole_case(
        providers=(example.PROVIDERS[0], example.PROVIDERS[2]),
        evidence=(*rest, *papers),
        explanations=(),
        asks=(),
    )

    groups = {group.letter: group for group in dossier_of(facts).index}

    assert english(groups["B"].name) == "A service that was taken off the list"
    assert [row.file for row in groups["B"].rows] == [""] * 4


def test_advice_is_shown_only_where_something_is_there() -> None:
    papers = tuple(one for one in example.EVIDENCE if "-7-" not in one.exhibit)
    providers = tuple(replace(one, ended=None, ended_on=None) for one in example.PROVIDERS)
    letter = tuple(one for one in example.LETTER if one.demand != 7)

    dossier = dossier_of(whole_case(evidence=papers, providers=providers), letter)

    assert [item.label for item in dossier.items] == ["1.", "2.", "3.", "4.", "5.", "6.", "7."]
    assert not dossier.cover.also.english


def test_a_demand_left_out_is_not_there() -> None:
    demands = tuple(
        replace(one, standing=Standing.LEFT_OUT) if one.ordinal == 5 else one
        for one in example.DEMANDS
    )

    dossier = dossier_of(whole_case(demands=demands))

    assert "5." not in states(dossier)
    assert "A-5-1" not in {one.exhibit for one in dossier.members}


@pytest.mark.parametrize(
    ("letter", "use"),
    [
        ("A", "In use: 2018-03 to 2018-08, 6 months. Payment is proven for 2018-05, 2018-07."),
        ("B", "In use: 2017-11 to 2018-06, 8 months. Payment is proven for 2017-11 to 2018-01."),
        (
            "C",
            (
                "In use: about 2018-01 to 2018-04, 4 months. The months are not known exactly; see "
                "“Gaps and explanations”."
            ),
        ),
    ],
)
def test_months_are_said_in_a_sentence(letter: str, use: str) -> None:
    service = next(one for one in example.finished().services if one.letter == letter)

    assert english(service.use) == use


def test_the_strip_shows_use_proof_and_free_months() -> None:
    services = {one.letter: one for one in example.finished().services}

    [year] = services["A"].years
    assert [month.month for month in year.months if month.is_used] == [3, 4, 5, 6, 7, 8]
    assert {month.month: month.exhibit for month in year.months if month.exhibit} == {
        5: "A-5-1",
        7: "A-5-2",
    }
    assert [year.year for year in services["B"].years] == [2017, 2018]
    assert english(services["C"].years[0].months[0].word) == "free"


def test_a_file_outside_the_months_of_use_refers_to_the_text() -> None:
    early = example.evidence(
        "A-5-4", "payment", "Prepaid", "2018-01-03", months=("2018-01",), **example.PAID_TO_A
    )

    services = dossier_of(whole_case(evidence=(*example.EVIDENCE, early))).services

    january = services[0].years[0].months[0]
    assert (english(january.word), january.is_used, january.exhibit) == ("see text", False, "")


def test_the_same_words_whatever_language_is_active() -> None:
    with translation.override("zh-hans"):
        in_chinese = example.finished()
    with translation.override("en"):
        in_english = example.finished()

    assert in_chinese == in_english


def test_the_date_is_that_of_the_notices_zone() -> None:
    late = inputs_of(whole_case(), changed_at=datetime(2018, 9, 20, 17, tzinfo=UTC))
    facts = whole_case()
    dossier = build(facts, assess(facts, late.changed_at), (), late)

    assert english(dossier.cover.round) == "Round 1, 21 September 2018"


def test_the_confirmation_is_printed_as_it_was_shown() -> None:
    facts = confirmed(whole_case())

    shown = [
        dossier_of(facts),
        *(
            _with_text(facts, text)
            for text in ("我确认以上属实，今后遵守条款。", "I confirm what I wrote in 2018.")
        ),
    ]

    texts = [english(one.confirmed.text) for one in shown if one.confirmed]
    ours = "I confirm this is true and that I will follow the terms."
    assert texts == [ours, ours, "I confirm what I wrote in 2018."]


def _with_text(facts: CaseFacts, text: str) -> Dossier:
    return build(
        facts,
        assess(facts, CHANGED_AT),
        example.LETTER,
        inputs_of(facts, confirmed_text=text),
    )


def test_facts_changed_after_the_confirmation_are_not_confirmed() -> None:
    facts = replace(confirmed(whole_case()), company="Another Co., Ltd.")

    dossier = dossier_of(facts)

    assert dossier.confirmed is not None
    assert not dossier.confirmed.particulars
    assert english(dossier.confirmed.text) == (
        "The owner has not confirmed the facts as they are here."
    )


def test_a_second_round_names_the_reply() -> None:
    reply = NoticeFacts(date(2018, 10, 2), has_no_deadline=True)
    facts = whole_case(submissions=(SubmissionFacts(1, CHANGED_AT, reply),))

    cover = dossier_of(facts).cover

    assert english(cover.round) == "Round 2, 20 September 2018"
    labels = {
        english(right.label): english(right.value) for _left, right in cover.particulars if right
    }
    assert labels["Reply"] == "2 October 2018"


def test_a_register_has_a_dossier_too() -> None:
    dossier = dossier_of(whole_case(notice=None))

    assert english(dossier.cover.title) == "Services with access to the store"
    assert dossier.notice_on == ""


def test_without_a_service_that_is_what_is_open() -> None:
    dossier = dossier_of(whole_case(providers=(), evidence=(), explanations=(), asks=()))

    assert ("1.", "No service is on record") in [
        (one.label, english(one.what)) for one in dossier.open
    ]
    assert dossier.services == ()


def test_many_open_services_are_counted_on_the_cover() -> None:
    facts = example.large_case(services=5, exhibits=5)

    things = [(one.label, english(one.what)) for one in dossier_of(facts).open]

    assert ("7.", "5 services: see page <gaps>") in things


def test_ours_stand_where_the_notices_words_are_not_on_record() -> None:
    demands = tuple(replace(one, wording="") for one in example.DEMANDS)

    items = dossier_of(whole_case(demands=demands)).items

    assert english(items[4].wording) == ("Proof of payment for each service, at least 2 months")
    assert english(items[6].wording) == "Item 7."


def test_the_chinese_stands_beside_what_is_ours() -> None:
    dossier = example.finished()

    assert chinese(dossier.cover.title) == "对 2018 年 9 月 12 日通知的答复"
    assert chinese(dossier.items[0].word) == "已答"
    assert chinese(dossier.items[0].text).startswith("2018 年 2 月，同行")


def test_evidence_without_a_number_is_refused() -> None:
    papers = (replace(example.EVIDENCE[0], exhibit=None), *example.EVIDENCE[1:])

    with pytest.raises(NotNumbered):
        dossier_of(whole_case(evidence=papers))


def test_evidence_without_its_file_is_refused() -> None:
    facts = whole_case()
    inputs = inputs_of(facts, originals=(Original("another", "image/png", 1),))

    with pytest.raises(ValueError, match="A-1-1"):
        build(facts, assess(facts, CHANGED_AT), (), inputs)


def test_a_cell_asked_of_someone_but_in_doubt_keeps_it_unfinished() -> None:
    papers = tuple(
        replace(one, payer="Li Lei") if one.exhibit == "A-5-1" else one for one in example.EVIDENCE
    )
    facts = confirmed(
        whole_case(evidence=papers, asks=(AskFacts(5, "Li Lei", date(2018, 9, 14), "A"),))
    )

    assert [one.label for one in dossier_of(facts).open] == ["5.", "7."]


def test_a_letter_answers_a_demand_that_was_answered_in_the_records() -> None:
    demands = tuple(
        replace(one, answer="No agreement was signed.") if one.ordinal == 8 else one
        for one in example.DEMANDS
    )
    letter = tuple(one for one in example.LETTER if one.demand != 8)

    item = dossier_of(whole_case(demands=demands), letter).items[6]

    assert english(item.text) == "No agreement was signed."


def test_chinese_without_english_is_not_a_section() -> None:
    dossier = dossier_of(whole_case(), (LetterText(1, "", "只有中文"),))

    assert not dossier.items[0].text.chinese
    assert english(dossier.items[0].remark) == "This section of the letter is not written yet."

"""Findings in words: what does not fit, and ways out that lead to the very fields."""

from __future__ import annotations

import datetime
import re
from dataclasses import replace
from urllib.parse import urlsplit

import pytest
from django.forms import fields_for_model
from django.urls import resolve

from appeals.models import Case, Evidence, Provider
from appeals.rules import facts as rules
from appeals.rules.findings import Code
from appeals.rules.months import Month
from appeals.sentences.findings import BRIEF, SENTENCES, TITLES, WHY
from appeals.sentences.names import months

from .conftest import BEIJING, CODE, FILE, NOON, assessed, case, erp, invoice, words

#: What is true or not, with nothing on the other side to correct.
ONE_SIDED = {Code.DEADLINE_PASSED, Code.CHANGED_SINCE_CONFIRMED}
HERE = f"/en/appeals/{CODE}"
PAST = rules.DeadlineFacts(datetime.date(2018, 9, 18), BEIJING, datetime.time(9))


def letter(demand, sent):
    return case(letter=(rules.LetterFacts(demand, sent),))


#: A provider of which everything is there in words, and all that files would show is explained.
UNSHOWN = case(
    explanations=tuple(
        rules.ExplanationFacts(
            rules.ExplanationKind.REASON,
            "It is lost.",
            demand=ordinal,
            provider="A",
            kept=assessed(case()).cell(ordinal, "A").kept,
        )
        for ordinal in (3, 5)
    )
)
#: Facts that raise each finding, and the field that it is about.
RAISED = {
    Code.DEADLINE_PASSED: (
        case(notice=rules.NoticeFacts(datetime.date(2018, 9, 12), PAST)),
        "/notice/#field-deadline_on",
    ),
    Code.PROOF_OUTSIDE_USE: (case(evidence=(invoice(1, 2),)), f"/evidence/{FILE}/#field-proofs"),
    Code.PAYER_UNKNOWN: (
        case(evidence=(invoice(3, payer="Wang"),)),
        f"/evidence/{FILE}/#field-payer",
    ),
    Code.PAYEE_UNKNOWN: (
        case(evidence=(invoice(3, payees=("Other Ltd", "Agent")),)),
        f"/evidence/{FILE}/#field-payees",
    ),
    Code.KIND_DOES_NOT_FIT: (
        case(evidence=(invoice(3, kind=rules.EvidenceKind.CHAT),)),
        f"/evidence/{FILE}/#field-kind",
    ),
    Code.FREE_BUT_PAID: (
        case(providers=(erp(is_free=True),), evidence=(invoice(3),)),
        "/providers/A/#field-is_free",
    ),
    Code.SECRET_STILL_LIVE: (
        case(providers=(erp(shared_secret=True),)),
        "/providers/A/#field-ended",
    ),
    Code.ENDED_BEFORE_USE: (
        case(
            providers=(
                erp(
                    ended=rules.Ended.ACCESS,
                    ended_on=datetime.date(2018, 2, 1),
                    periods=(rules.Period(1, Month(2018, 3)),),
                ),
            )
        ),
        "/providers/A/#field-ended_on",
    ),
    Code.USED_AFTER_ENDED: (
        case(providers=(erp(ended=rules.Ended.ACCESS, ended_on=datetime.date(2018, 6, 1)),)),
        "/providers/A/#field-periods",
    ),
    Code.PAID_BEFORE_USE: (
        case(evidence=(invoice(3, shown=(("about_on", "2018-02-26"),)),)),
        f"/evidence/{FILE}/#field-about_on",
    ),
    Code.PAID_AFTER_NOTICE: (
        case(evidence=(invoice(3, shown=(("about_on", "2018-09-13"),)),)),
        f"/evidence/{FILE}/#field-about_on",
    ),
    Code.NAMED_NOT_LISTED: (
        letter(2, "A tool called Label Sea helped."),
        "/letter/?section=2#section-2",
    ),
    Code.LISTED_NOT_SHOWN: (UNSHOWN, "/providers/A/#demand-3"),
    Code.CLAIMED_WITHOUT_PROOF: (
        letter(5, "ERP A was paid in May and June 2018."),
        "/letter/?section=5#section-5",
    ),
    Code.LETTER_CONTRADICTS: (
        letter(4, "ERP A was in use since May 2018."),
        "/letter/?section=4#section-4",
    ),
    Code.CHANGED_SINCE_CONFIRMED: (
        case(confirmations=(rules.ConfirmationFacts(1, "other", NOON),)),
        "/confirmation/",
    ),
}


#: Other sides of the same codes.
VARIED = {
    "a file names": case(evidence=(invoice(shown=(("shows", "A tool called Label Sea"),)),)),
    "nobody in particular": replace(
        letter(5, "It was paid in May 2018."),
        providers=(erp(), erp(letter="B", name="ERP B")),
    ),
    "a name": letter(1, "We like ERP Alpah."),
    "an exhibit": letter(1, "See A-5-9."),
}
VARIED["a name"] = replace(VARIED["a name"], providers=(erp(name="ERP Alpha"),))


def said(code):
    facts, _url = RAISED[code]
    (found,) = (one for one in assessed(facts).findings if one.code is code)
    return words(facts).finding(found)


def varied(name):
    (found,) = assessed(VARIED[name]).findings
    return words(VARIED[name]).finding(found)


def test_every_code_is_raised_here():
    assert set(RAISED) == set(Code)
    assert set(TITLES) == set(BRIEF) == set(SENTENCES) == set(WHY) == set(Code)


@pytest.mark.parametrize("code", list(Code))
def test_it_links_to_the_very_field(code):
    assert said(code).url == HERE + RAISED[code][1]


@pytest.mark.parametrize("code", list(Code))
def test_every_word_is_filled_in(code):
    check_words(said(code))


@pytest.mark.parametrize("name", VARIED)
def test_every_word_of_other_sides_is_filled_in(name):
    check_words(varied(name))


def check_words(finding):
    for text in (finding.title, finding.brief, finding.sentence, finding.why):
        assert text
        assert not re.search(r"%\(|\(\)|  |^[,:]|, $|: $|“”", text), text


@pytest.mark.parametrize("code", list(Code))
def test_every_way_out_is_a_page_and_every_field_exists(code):
    check_ways(said(code))


@pytest.mark.parametrize("name", VARIED)
def test_every_way_out_of_other_sides_is_a_page(name):
    check_ways(varied(name))


def check_ways(finding):
    pages = {
        "provider-create": {"name"},
        "provider-detail": {*fields_for_model(Provider), "periods"},
        "evidence-detail": {*(field.name for field in Evidence._meta.fields), "proofs"},
        "case-edit": {field.name for field in Case._meta.fields},
        "notice": {field.name for field in Case._meta.fields},
    }

    for way in finding.ways:
        address = urlsplit(way.url)
        page = resolve(address.path).url_name
        assert way.label
        if address.fragment.startswith("section-"):
            assert page == "letter"
        elif address.fragment.startswith("demand-"):
            assert page == "provider-detail"
        elif address.fragment:
            assert address.fragment.removeprefix("field-") in pages[page]


@pytest.mark.parametrize("code", sorted(set(Code) - {Code.CHANGED_SINCE_CONFIRMED}))
def test_a_sentence_is_always_one_way_out(code):
    assert any("/explanation/?finding=" in way.url for way in said(code).ways)


@pytest.mark.parametrize("code", sorted(set(Code) - ONE_SIDED))
def test_where_there_are_two_sides_there_are_three_ways(code):
    """Correct this, correct that, explain."""
    ways = said(code).ways

    assert len({way.url for way in ways}) == len(ways) >= 3


@pytest.mark.parametrize("name", VARIED)
def test_other_sides_have_three_ways_too(name):
    assert len({way.url for way in varied(name).ways}) == 3


def test_it_says_who_must_act_where_only_the_owner_can():
    who = {code for code in Code if said(code).who}

    assert who == {Code.DEADLINE_PASSED, Code.SECRET_STILL_LIVE, Code.CHANGED_SINCE_CONFIRMED}


@pytest.mark.parametrize(
    ("sent", "sentence"),
    [
        ("ERP A was in use since May 2018.", "says 2018-05 onwards; the records say 2018-03 to"),
        ("ERP A was in use from May to July 2018.", "says 2018-05 to 2018-07; the records say"),
    ],
)
def test_it_says_what_the_letter_and_the_records_say(sent, sentence):
    (found,) = assessed(letter(4, sent)).findings

    assert sentence in words(letter(4, sent)).finding(found).sentence


def test_what_changed_since_it_was_confirmed_cannot_be_explained():
    (way,) = said(Code.CHANGED_SINCE_CONFIRMED).ways

    assert way.url == f"{HERE}/confirmation/"


def test_it_says_which_months():
    assert said(Code.PROOF_OUTSIDE_USE).sentence == (
        "This proof is for 2018-01, 2018-02, outside the period of use. Correct either, or add "
        "a reason such as prepayment."
    )


def test_it_says_the_deadline_without_seconds():
    assert said(Code.DEADLINE_PASSED).sentence.startswith("The deadline (2018-09-18 09:00) lies")


@pytest.mark.parametrize(
    ("given", "text"),
    [
        ([], ""),
        (["2018-03"], "2018-03"),
        (["2018-04", "2018-03"], "2018-03, 2018-04"),
        (["2017-12", "2018-01", "2018-02", "2018-05"], "2017-12 to 2018-02, 2018-05"),
    ],
)
def test_months_in_a_row_are_said_as_from_and_to(given, text):
    assert months(given) == text


def test_it_says_names_as_the_file_has_them():
    assert "(Other Ltd, Agent)" in said(Code.PAYEE_UNKNOWN).sentence


def test_a_payer_without_a_company_to_compare_with_asks_for_the_company():
    """That payer and company differ would be untrue: there is none yet."""
    facts = case(company="", evidence=(invoice(3, payer="Wang"),))
    (found,) = assessed(facts).findings

    finding = words(facts).finding(found)

    assert finding.title == "Write down the company of the store"
    assert finding.ways[0].url.endswith("/edit/#field-company")
    assert "/explanation/?finding=" in finding.ways[-1].url


def test_it_says_the_kind_of_the_file():
    assert said(Code.KIND_DOES_NOT_FIT).sentence.startswith("Chat usually does not show a payment")


def test_a_refund_never_counts_and_is_said_so():
    facts = case(evidence=(invoice(3, kind=rules.EvidenceKind.REFUND),))
    (found,) = assessed(facts).findings

    assert words(facts).finding(found).sentence.startswith("A refund never counts")


def test_a_file_of_no_kind_yet():
    facts = case(evidence=(invoice(3, kind=None),))
    (found,) = assessed(facts).findings

    assert words(facts).finding(found).sentence.startswith("A file of no kind yet usually")

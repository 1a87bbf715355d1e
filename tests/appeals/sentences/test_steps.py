"""The next step in words: what to do, why, and where its button leads."""

from __future__ import annotations

import datetime
from dataclasses import replace

import pytest

from appeals.rules import facts as rules
from appeals.rules.months import Month
from appeals.rules.places import Actor, Page, Place
from appeals.rules.steps import Step, StepKind
from appeals.sentences import Way
from appeals.sentences.ways import GUIDE_TO_REVOKE

from .conftest import (
    BEIJING,
    CODE,
    FILE,
    NOON,
    assessed,
    case,
    erp,
    invoice,
    words,
)

HERE = f"/en/appeals/{CODE}"
NOTICE = rules.NoticeFacts(datetime.date(2018, 9, 12))
ALL = {"evidence": (invoice(3, 4),)}


def step(facts, now=NOON):
    return words(facts).step(assessed(facts, now).next_step)


def test_the_notice_first():
    said = step(case(notice=None, providers=()))

    assert said.title == "Copy in the notice"
    assert said.button.url == f"{HERE}/notice/"
    assert said.skip_url == f"{HERE}/?after=notice"


def test_then_its_deadline():
    said = step(case(notice=NOTICE, providers=()))

    assert said.title == "Copy how many days the notice gives"
    assert said.button.url == f"{HERE}/notice/#field-deadline_on"


def test_then_a_provider():
    said = step(case(providers=()))

    assert said.button == Way("Add a provider", f"{HERE}/providers/new/#field-name")


@pytest.mark.parametrize(
    ("provider", "title", "url"),
    [
        pytest.param(
            {"found": ""},
            "Write down how you found ERP A",
            "/providers/A/#field-found",
            id="how it was found",
        ),
        pytest.param(
            {"web_site": ""},
            "Add the web site of ERP A",
            "/providers/A/#field-web_site",
            id="web site",
        ),
        pytest.param(
            {"email": ""},
            "Add an e-mail address or telephone number of ERP A",
            "/providers/A/#field-email",
            id="contact",
        ),
        pytest.param(
            {"did": ""}, "Write down what ERP A did", "/providers/A/#field-did", id="what it did"
        ),
        pytest.param(
            {"received": ""},
            "Write down what you received from ERP A",
            "/providers/A/#field-received",
            id="what was received",
        ),
        pytest.param(
            {"periods": ()},
            "Enter the months in which you used ERP A",
            "/providers/A/#field-periods",
            id="months of use",
        ),
    ],
)
def test_a_gap_leads_to_its_very_field(provider, title, url):
    said = step(case(providers=(erp(**provider),), **ALL))

    assert said.title == title
    assert said.button.url == HERE + url


def test_a_month_that_is_missing():
    said = step(case(evidence=(invoice(3),)))

    assert said.title == "Add proof of payment for 1 more month: ERP A"
    assert said.reason == "Item 5 asks for at least 2 months for each service; there are 1."
    assert said.button.url == f"{HERE}/evidence/new/?provider=A&demand=5"
    assert said.other == Way("Explain instead", f"{HERE}/explanation/?provider=A&demand=5")
    assert said.skip_url == f"{HERE}/?after=fill%2F5%2FA"


def test_both_months_missing():
    said = step(case(evidence=(invoice(),)))

    assert said.title == "Add proof of payment for 2 months: ERP A"
    assert said.reason == ("Item 5 asks for at least 2 months for each service; there is none yet.")


def test_a_file_for_the_description():
    said = step(case(evidence=(invoice(3, 4, proofs=invoice(3, 4).proofs[1:]),)))

    assert said.title == "Add something you saw or received from ERP A"
    assert said.reason == "This is all that ERP A still lacks in item 3, Description and copies."


def test_too_few_months_ask_for_a_sentence_on_a_page_of_its_own():
    june = (rules.Period(1, Month(2018, 6), Month(2018, 6)),)
    said = step(case(providers=(erp(periods=june),), evidence=(invoice(6),)))

    assert said.title == "Say why ERP A was used for so few months"
    assert said.button.url == f"{HERE}/explanation/?provider=A&demand=5"


def test_a_free_service_asks_for_a_sentence_beside_the_tick():
    said = step(case(providers=(erp(is_free=True),), evidence=(invoice(),)))

    assert said.title == "Say that ERP A was free of charge"
    assert said.button.url == f"{HERE}/providers/A/#field-is_free"


def test_a_file_that_proves_nothing_yet():
    said = step(case(evidence=(invoice(proofs=(), exhibit=None),)))

    assert said.title == "Say what scan.pdf shows"
    assert said.button.url == f"{HERE}/evidence/{FILE}/"


def test_a_finding_leads_to_what_helps_most_and_names_a_second_way():
    said = step(case(evidence=(invoice(3, 4, payer="Wang"),)))

    assert said.title == "Write a sentence: who paid A-3-1, ERP A"
    assert said.button.label == "Write a sentence"
    assert said.other == Way("Correct the payer", f"{HERE}/evidence/{FILE}/#field-payer")
    assert said.third is not None
    assert said.third.label == "Add a name that pays for the store"


def test_a_secret_that_still_works_leads_to_the_guide():
    said = step(case(providers=(erp(shared_secret=True),)))

    assert said.title == "Take back the key that ERP A holds"
    assert said.button.url == f"/en/guides/{GUIDE_TO_REVOKE}/"
    assert said.other == Way("It has been taken back", f"{HERE}/providers/A/#field-ended")


def test_several_gaps_of_one_item_are_listed():
    asked_of_a = case(demands=case().demands[:2], providers=(erp(web_site="", email=""),))

    assert step(asked_of_a).reason == (
        "Item 2, Providers and contacts, still lacks: its web site, an e-mail address or "
        "telephone number."
    )


def test_then_the_owner_confirms_and_then_all_is_here():
    facts = case(**ALL)
    digest = assessed(facts).digest
    confirmed = replace(facts, confirmations=(rules.ConfirmationFacts(1, digest, NOON),))

    assert step(facts).button == Way("Read and confirm", f"{HERE}/confirmation/")
    assert step(confirmed).title == "Everything asked is here"
    assert step(confirmed).button == Way("Open the dossier", f"{HERE}/dossier/")
    assert step(confirmed).skip_url == ""


def test_what_changed_is_confirmed_again():
    facts = case(confirmations=(rules.ConfirmationFacts(1, "other", NOON),), **ALL)

    assert step(facts).title == "Confirm again: the facts have changed"


def test_near_the_deadline_what_was_asked_of_someone_is_declared():
    soon = rules.DeadlineFacts(datetime.date(2018, 9, 21), BEIJING)
    facts = case(
        notice=rules.NoticeFacts(datetime.date(2018, 9, 12), soon),
        providers=(erp(email=""),),
        asks=(rules.AskFacts(2, "support", datetime.date(2018, 9, 13), "A"),),
        **ALL,
    )
    digest = assessed(facts).digest
    confirmed = replace(facts, confirmations=(rules.ConfirmationFacts(1, digest, NOON),))

    said = step(confirmed)

    assert said.title == "What can be had now is here"
    assert said.reason == "Declared as missing, and asked for: item 2 of ERP A."
    assert said.button == Way("Open the dossier", f"{HERE}/dossier/")


def test_a_gap_that_was_asked_for_says_of_whom_and_when():
    asks = (rules.AskFacts(2, "support", datetime.date(2018, 9, 13), "A"),)
    said = step(case(providers=(erp(email=""),), asks=asks, **ALL))

    assert said.reason.endswith("Asked of support on 2018-09-13.")


def test_a_register_that_is_complete_waits_for_a_notice():
    facts = case(notice=None, **ALL)
    digest = assessed(facts).digest
    confirmed = replace(facts, confirmations=(rules.ConfirmationFacts(1, digest, NOON),))

    assert step(confirmed).button == Way("Record the notice", f"{HERE}/notice/")


def test_an_answer_to_a_demand_of_the_case():
    asked = rules.DemandFacts(
        8, 8, rules.Rule.ANSWERED, rules.Scope.CASE, label="6.", wording="Who keeps the keys"
    )
    facts = case(demands=(*case().demands, asked), **ALL)

    said = step(facts)

    assert said.title == "Answer: Who keeps the keys"
    assert said.button.url == f"{HERE}/letter/?section=8#section-8"


@pytest.mark.parametrize(
    "kind",
    sorted(set(StepKind) - {StepKind.END_ACCESS, StepKind.RESOLVE, StepKind.FILL, StepKind.WRITE}),
)
def test_every_step_without_a_cell_or_finding_has_words(kind):
    one = Step("id", kind, Place(Page.NOTICE, evidence=FILE), Actor.HELPER)

    said = words(case()).step(one)

    assert said.title
    assert said.reason


def test_an_empty_section_of_a_letter_that_is_begun():
    begun = tuple(rules.LetterFacts(ordinal, "Something.") for ordinal in (1, 2, 4, 5))
    said = step(case(letter=begun, **ALL))

    assert said.title == "Write the letter's section on item 3, Description and copies"
    assert said.button == Way("Write it", f"{HERE}/letter/?section=3#section-3")
    assert said.skip_url

"""Cells, months and rows in words."""

from __future__ import annotations

import datetime

import pytest

from appeals.models import Provider
from appeals.rules import facts as rules
from appeals.rules.assessment import Tally
from appeals.rules.cells import MonthState, State
from appeals.rules.months import Month
from appeals.sentences import month_word, of_tally, state_word
from appeals.sentences.gaps import still_missing

from .conftest import CODE, FILE, assessed, case, erp, invoice, words

HERE = f"/en/appeals/{CODE}"
EMPTY = rules.ProviderFacts("A", name="ERP A")


def cell(facts, demand, provider="A"):
    return words(facts).cell(assessed(facts).cell(demand, provider))


@pytest.mark.parametrize(
    ("demand", "lacks"),
    [
        (1, "how it was found"),
        (2, "its web site, an e-mail address or telephone number"),
        (3, "what it did, what you saw or received, one file that shows it"),
        (4, "the months of use"),
        (5, "the months of use, a sentence on why there are so few months of use"),
        (7, "what has ended, the day it ended, one file that shows it"),
    ],
)
def test_what_an_empty_provider_lacks(demand, lacks):
    facts = case(providers=(EMPTY,))

    assert cell(facts, demand).lacks == lacks


def test_months_are_counted_together():
    said = cell(case(), 5)

    assert said.lacks == "proof of payment for 2 more months"
    assert said.count == "0 / 2"
    assert said.label == (
        "ERP A, item 5: Proof of payment, missing: proof of payment for 2 more months"
    )
    assert said.url == f"{HERE}/providers/A/#demand-5"


def test_a_cell_that_is_ready():
    said = cell(case(evidence=(invoice(3, 4, 5),)), 5)

    assert (said.word, said.count, said.lacks) == ("Ready", "3 / 2", "")
    assert said.label == "ERP A, item 5: Proof of payment, Ready"


def test_a_cell_that_needs_a_look_says_that_first():
    said = cell(case(evidence=(invoice(3, payer="Wang"),)), 5)

    assert said.label == "ERP A, item 5: Proof of payment, Needs a look"


def test_months_of_a_free_service_are_not_counted():
    facts = case(providers=(erp(is_free=True),))

    assert cell(facts, 5).count == ""
    assert cell(facts, 5).lacks == "a sentence or a file that says it was free"


def test_the_confirmation_is_a_cell_of_the_case():
    said = cell(case(), 6, None)

    assert said.label == "Item 6: Confirmation to comply, Not started"
    assert said.url == f"{HERE}/confirmation/"


def test_a_demand_of_the_case_that_the_notice_added():
    asked = rules.DemandFacts(
        8, 8, rules.Rule.ANSWERED, rules.Scope.CASE, label="6.", wording="Who keeps the keys"
    )
    facts = case(demands=(*case().demands, asked))

    said = cell(facts, 8, None)

    assert said.url == f"{HERE}/evidence/new/?demand=8"
    assert said.label == "Item 6: Who keeps the keys, Not started"
    assert words(facts).short(asked) == "Who keeps the keys"


def test_a_demand_without_words_goes_by_its_number():
    asked = rules.DemandFacts(8, 8, rules.Rule.ANSWERED, rules.Scope.CASE, label="6.")

    assert words(case()).demand(asked) == words(case()).short(asked) == "Item 6"


def test_a_tick_without_a_sentence_asks_for_it():
    explained = rules.ExplanationFacts(
        rules.ExplanationKind.NOT_KNOWN, "", provider="A", field="found"
    )
    facts = case(providers=(EMPTY,), explanations=(explained,))

    assert cell(facts, 1).lacks == "a sentence in place of how it was found"


def test_a_tick_on_a_demand_asks_for_its_sentence():
    facts = case()
    kept = assessed(facts).cell(5, "A").kept
    explained = rules.ExplanationFacts(
        rules.ExplanationKind.REASON, " ", provider="A", demand=5, kept=kept
    )
    facts = case(explanations=(explained,))

    assert cell(facts, 5).lacks == "the sentence of the explanation"


def test_the_whole_sentence():
    missing = assessed(case()).cell(5, "A").missing

    assert still_missing(missing) == "Still missing: proof of payment for 2 more months"


# --- Months ----------------------------------------------------------------------------------


def months(facts):
    one = assessed(facts).cell(5, "A")
    return {str(cover.month): words(facts).month(one, cover) for cover in one.cover}


def test_a_month_without_proof_opens_adding_one():
    said = months(case())["2018-05"]

    assert said.word == "In use, no proof"
    assert said.label == "ERP A, 2018-05: In use, no proof. Add a file for this month."
    assert said.url == f"{HERE}/evidence/new/?provider=A&demand=5&month=2018-05"


def test_a_month_with_proof_opens_the_file():
    said = months(case(evidence=(invoice(3),)))["2018-03"]

    assert said.state is MonthState.PROOF
    assert said.label == "ERP A, 2018-03: Proof. Open the file."
    assert said.url == f"{HERE}/evidence/{FILE}/#field-proofs"


def test_a_month_in_doubt_opens_what_is_in_doubt():
    said = months(case(evidence=(invoice(3, payer="Wang"),)))["2018-03"]

    assert said.state is MonthState.NEEDS_A_LOOK
    assert said.url == f"{HERE}/evidence/{FILE}/#field-proofs"


# --- Rows, demands, access, tally ------------------------------------------------------------


def row(facts):
    return words(facts).row(assessed(facts).providers[0])


def test_a_row_lists_what_the_provider_lacks():
    said = row(case(providers=(erp(found=""),), evidence=(invoice(3),)))

    assert (said.is_done, said.sentence) == (
        False,
        "how it was found, proof of payment for 1 more month",
    )


def test_a_row_that_lacks_much_names_the_first_of_it():
    said = row(case(providers=(EMPTY,)))

    assert said.sentence == "how it was found, its web site and 6 more"


def test_a_row_says_first_what_needs_a_look():
    facts = case(providers=(erp(found=""),), evidence=(invoice(3, payer="Wang"),))

    assert row(facts).sentence == "A-3-1: say who paid"


def test_a_row_leaves_our_advice_aside():
    assert row(case(evidence=(invoice(3, 4),))).sentence == "Nothing"


def test_a_row_that_is_complete_by_a_sentence():
    explained = rules.ExplanationFacts(
        rules.ExplanationKind.NOT_KNOWN, "Nobody remembers.", provider="A", field="found"
    )
    facts = case(providers=(erp(found=""),), evidence=(invoice(3, 4),), explanations=(explained,))

    assert (row(facts).is_done, row(facts).sentence) == (True, "Complete, with a reason given")


def over(facts, demand):
    (state,) = (one for one in assessed(facts).demands if one.demand.ordinal == demand)
    return words(facts).over(state)


def test_a_demand_over_its_providers():
    two = case(providers=(erp(), rules.ProviderFacts("B", name="Tool B")))

    assert over(two, 1) == "1 / 2"


def test_a_demand_names_who_needs_a_look():
    assert over(case(evidence=(invoice(3, payer="Wang"),)), 5) == "0 / 1, ERP A"


def test_a_demand_without_cells_says_its_state():
    assert over(case(), 6) == "Not started"
    assert over(case(providers=()), 1) == "Not started"


@pytest.mark.parametrize(
    ("row", "is_open", "sentence"),
    [
        pytest.param({"ended": "access"}, False, "Access ended", id="ended, day not known"),
        pytest.param(
            {"ended": "access", "ended_on": datetime.date(2018, 7, 1)},
            False,
            "Access ended on 2018-07-01",
            id="ended",
        ),
        pytest.param(
            {"ended": "secret"},
            False,
            "By authorization; the secret was replaced",
            id="replaced",
        ),
        pytest.param({"method": "application"}, False, "Application authorized", id="authorized"),
        pytest.param({"method": "unknown"}, False, "Not known yet", id="not known"),
        pytest.param({}, False, "Not known yet", id="nothing entered"),
    ],
)
def test_who_can_still_get_in(row, is_open, sentence):
    said = words(case(), **row).access(assessed(case()).providers[0])

    assert (said.is_open, said.sentence) == (is_open, sentence)


def test_a_key_in_their_hands_comes_first():
    facts = case(providers=(erp(hands_over_keys=True),))

    said = words(facts, method=Provider.Method.KEYS).access(assessed(facts).providers[0])

    assert (said.is_open, said.sentence) == (True, "The key is still in their hands")


def test_the_tally():
    assert of_tally(Tally(4, 1, 6)) == "5 of 6 ready"
    assert of_tally(Tally(4, 1, 6), in_full=True) == "4 ready, 1 explained, of 6"
    assert of_tally(Tally(4, 0, 6), in_full=True) == "4 of 6 ready"
    assert of_tally(Tally(0, 0, 12)) == "0 of 12 ready"


def test_every_state_has_a_word():
    assert state_word(None) == "Not asked this time"
    assert len({state_word(state) for state in State}) == len(State)
    assert len({month_word(state) for state in MonthState}) == len(MonthState)


def test_months_sort_of_the_strip_stay_in_the_case():
    assert list(months(case())) == [str(Month(2018, number)) for number in range(3, 9)]

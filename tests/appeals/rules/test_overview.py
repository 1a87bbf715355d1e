"""Demands over their providers, counts, the month strip, and findings in their order."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from appeals.rules import Tally, assess
from appeals.rules.cells import State, over_providers
from appeals.rules.facts import AskFacts, DemandFacts, Ended, Rule, Scope

from .build import (
    CONTACTS,
    ENDED,
    LEARNED,
    NOW,
    PAID,
    USED,
    case,
    codes,
    complete_case,
    evidence,
    explained,
    explanation,
    finding_explained,
    not_known,
    paid,
    period,
    proof,
    provider,
    states,
    used,
)

LOOK, READY, EXPLAINED, NOT, STARTED = State


@pytest.mark.parametrize(
    ("cells", "expected"),
    [
        pytest.param([], NOT, id="no provider"),
        pytest.param([READY, READY], READY, id="all ready"),
        pytest.param([READY, LOOK], LOOK, id="one needs a look"),
        pytest.param([LOOK, NOT, STARTED, EXPLAINED], LOOK, id="one of everything"),
        pytest.param([READY, EXPLAINED], EXPLAINED, id="one is explained"),
        pytest.param([EXPLAINED, EXPLAINED], EXPLAINED, id="all explained"),
        pytest.param([NOT, NOT], NOT, id="none started"),
        pytest.param([READY, NOT], STARTED, id="one ready, one not started"),
        pytest.param([EXPLAINED, NOT], STARTED, id="one explained, one not started"),
        pytest.param([NOT, STARTED], STARTED, id="one started"),
        pytest.param([READY, STARTED], STARTED, id="one ready, one started"),
    ],
)
def test_a_demand_over_its_providers(cells, expected):
    assert over_providers(cells) is expected
    assert over_providers(cells[::-1]) is expected


def test_ready_and_explained_are_counted_apart():
    facts = complete_case(
        providers=(provider(found=""), provider("B")), explanations=(not_known("found"),)
    )

    result = assess(facts, NOW)

    assert result.tally == Tally(ready=2, explained=1, of=6)
    assert result.tally.done == 3
    assert result.demands[0].tally == Tally(ready=1, explained=1, of=2)


def test_a_providers_count_leaves_out_what_is_only_advised():
    shot = evidence("shot", "page", [proof(ENDED)])
    facts = complete_case(
        shot,
        paid(1, "03", "04"),
        providers=(provider(ended=Ended.ACCESS, ended_on=date(2018, 9, 13), found=""),),
        explanations=(not_known("found"),),
    )

    [row] = assess(facts, NOW).providers

    assert row.tally == Tally(ready=4, explained=1, of=5)
    assert [cell.demand.ordinal for cell in row.cells] == [1, 2, 3, 4, 5, 7]


def test_demands_and_providers_come_in_their_order():
    demands = (
        DemandFacts(1, 2, Rule.LEARNED, Scope.PROVIDER),
        DemandFacts(9, 1, Rule.USED, Scope.PROVIDER),
        DemandFacts(4, 1, Rule.CONTACTS, Scope.PROVIDER),
    )
    facts = case(demands=demands, providers=(provider("AA"), provider("B"), provider("A")))

    result = assess(facts, NOW)

    assert [one.demand.ordinal for one in result.demands] == [4, 9, 1]
    assert [one.provider.letter for one in result.providers] == ["A", "B", "AA"]
    assert [cell.provider for cell in result.demands[0].cells] == ["A", "B", "AA"]


def test_a_demand_about_one_provider_has_one_cell():
    demand = DemandFacts(8, 8, Rule.LEARNED, Scope.PROVIDER, provider="B")
    facts = case(demands=(demand,), providers=(provider(found=""), provider("B")))

    result = assess(facts, NOW)

    assert states(result) == {8: "ready"}
    with pytest.raises(KeyError):
        result.cell(8, "A")


def test_what_is_left_out_has_neither_state_nor_finding():
    facts = complete_case(paid(1, "2017-12", payer="Nobody", kind="chat"))
    ended = provider(ended=Ended.ACCESS, ended_on=date(2018, 1, 1))

    without_paid = assess(replace(facts, demands=case(without=[PAID]).demands), NOW)
    without_end = case(without=[USED, ENDED], providers=(ended,))

    assert codes(assess(facts, NOW)) == ["kind-does-not-fit", "payer-unknown", "proof-outside-use"]
    assert without_paid.findings == ()
    assert assess(without_end, NOW).findings == ()


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        pytest.param(used(), "", id="no use"),
        pytest.param(
            used(period("03", "04")), "03 no-proof, 04 no-proof", id="in use, nothing there"
        ),
        pytest.param(
            used(period("03", "04"), receipts=(paid(1, "03"),)),
            "03 proof 1, 04 no-proof",
            id="one month shown",
        ),
        pytest.param(
            used(period("03", "03"), receipts=(paid(2, "03"), paid(1, "03"))),
            "03 proof 1 2",
            id="two files, oldest first",
        ),
        pytest.param(
            used(
                period("03", "03"),
                receipts=(paid(2, "03", exhibit="A-5-2"), paid(1, "03", exhibit="A-5-10")),
            ),
            "03 proof 2 1",
            id="two files, by exhibit",
        ),
        pytest.param(
            used(period("03", "03"), period("05", "05", 2)), "03 no-proof, 05 no-proof", id="a gap"
        ),
        pytest.param(
            used(period("03", "03"), receipts=(paid(1, "05"),)),
            "03 no-proof, 05 needs-a-look ?1",
            id="outside, in doubt",
        ),
        pytest.param(
            finding_explained(
                used(period("03", "03"), receipts=(paid(1, "05"),)), "proof-outside-use"
            ),
            "03 no-proof, 05 not-in-use",
            id="outside, explained",
        ),
        pytest.param(
            used(period("03", "03"), receipts=(paid(1, "03"), paid(2, "03", payer="Nobody"))),
            "03 needs-a-look 1 ?2",
            id="one counts, one in doubt",
        ),
        pytest.param(
            used(period("03", "04"), receipts=(paid(1, "03", "05"),)),
            "03 proof 1, 04 no-proof, 05 not-in-use",
            id="past the end of use",
        ),
        pytest.param(
            used(period("03", "03"), receipts=(paid(1, "03", is_withdrawn=True),)),
            "03 no-proof",
            id="withdrawn",
        ),
        pytest.param(used(period("03", "04"), is_free=True), "03 free, 04 free", id="free"),
        pytest.param(
            used(period("03", "04"), is_free=True, receipts=(paid(1, "03"),)),
            "03 needs-a-look ?1, 04 free",
            id="free but paid",
        ),
        pytest.param(used(receipts=(paid(1, "05"),)), "05 not-in-use", id="shown, but no period"),
        pytest.param(
            used(
                period("2017-11", "2017-12"),
                period("09", "09", 2),
                receipts=(paid(1, "04", "2016-01", "09", "2017-12"),),
            ),
            "2016-01 needs-a-look ?1, 2017-11 no-proof, 2017-12 needs-a-look ?1,"
            " 04 needs-a-look ?1, 09 needs-a-look ?1",
            id="in order of time",
        ),
        pytest.param(
            used(period("03", "03"), receipts=(paid(10, "03"), paid(9, "03"))),
            "03 proof 9 10",
            id="by time, not by id",
        ),
        pytest.param(
            used(
                period("03", "03"),
                receipts=(paid(2, "03", uploaded_at=NOW), paid(1, "03", uploaded_at=NOW)),
            ),
            "03 proof 1 2",
            id="at the same time, by id",
        ),
    ],
)
def test_the_month_strip(facts, expected):
    strip = []
    for cover in assess(facts, NOW).cell(PAID, "A").cover:
        files = [*map(str, cover.proofs), *(f"?{id}" for id in cover.doubts)]
        strip.append(" ".join([str(cover.month).removeprefix("2018-"), cover.state, *files]))
    assert ", ".join(strip) == expected


def test_other_cells_have_no_strip():
    assert assess(complete_case(), NOW).cell(USED, "A").cover == ()


def test_a_cell_shows_the_sentences_that_stand_for_it():
    said = not_known("web_site")
    facts = explained(
        replace(case(providers=(provider(web_site="", email=""),)), explanations=(said,)), CONTACTS
    )

    cell = assess(facts, NOW).cell(CONTACTS, "A")

    assert cell.explanations == facts.explanations
    assert assess(facts, NOW).cell(LEARNED, "A").explanations == ()


def test_a_tick_is_no_sentence_that_stands():
    facts = explained(case(providers=(provider(email=""),)), CONTACTS, sentence="")

    assert assess(facts, NOW).cell(CONTACTS, "A").explanations == ()


def test_a_first_month_that_is_not_known_is_said_in_its_cell():
    said = not_known("first_month")
    without_period = replace(used(receipts=(paid(1, "05"),)), explanations=(said,))
    with_period = replace(used(period("03", "05")), explanations=(said,))

    for facts in (without_period, with_period):
        assert assess(facts, NOW).cell(USED, "A").explanations == (said,)


def test_what_an_explanation_has_to_keep():
    one_shown = assess(
        complete_case(paid(1, "03"), providers=(provider(periods=(period("03", "05"),)),)), NOW
    )
    all_shown = assess(complete_case(paid(1, "03", "04", "05")), NOW)

    assert one_shown.cell(PAID, "A").kept == ("month-1", "of-2018-04", "of-2018-05")
    assert all_shown.cell(PAID, "A").kept == ()


def test_several_explanations_answer_alike_in_any_order():
    tick, said, other = (
        not_known("first_month", sentence=""),
        not_known("first_month", sentence="B"),
        explanation("A", provider="A", field="first_month"),
    )
    same = explanation("B", provider="A", field="first_month")
    facts = used(receipts=(paid(1, "05"),))
    for several in ([tick, said], [said, other], [said, same], [tick, other, said]):
        [first, second] = (
            assess(replace(facts, explanations=tuple(order)), NOW)
            for order in (several, several[::-1])
        )
        assert first.cell(USED, "A") == second.cell(USED, "A")
        assert first.cell(USED, "A").state == "explained"


def test_of_several_explanations_of_a_demand_a_sentence_stands_in_any_order():
    def about(sentence):
        return explanation(sentence, demand=CONTACTS, provider="A", kept=("contact",))

    facts = case(providers=(provider(email=""),))
    for several in ([about(""), about("A")], [about("B"), about("A")]):
        for order in (several, several[::-1]):
            cell = assess(replace(facts, explanations=tuple(order)), NOW).cell(CONTACTS, "A")

            assert cell.state == "explained"
            assert cell.explanations == (about("A"),)


def test_a_cell_names_its_evidence_and_whom_it_was_asked_of():
    asks = (
        AskFacts(PAID, "the bank", date(2018, 9, 14), "A"),
        AskFacts(PAID, "the card company", date(2018, 9, 14), "A"),
        AskFacts(PAID, "everybody", date(2018, 9, 15)),
        AskFacts(PAID, "B's support", date(2018, 9, 16), "B"),
        AskFacts(CONTACTS, "a friend", date(2018, 9, 16), "A"),
    )
    facts = complete_case(paid(2, "03"), paid(1, "04"), asks=asks)

    cell = assess(facts, NOW).cell(PAID, "A")

    assert cell.evidence == (1, 2)
    assert [ask.of for ask in cell.asked] == ["everybody", "the card company", "the bank"]
    assert assess(replace(facts, asks=asks[::-1]), NOW).cell(PAID, "A").asked == cell.asked


def test_unfiled_uploads_come_oldest_first():
    later = NOW + timedelta(days=1)
    facts = complete_case(
        evidence(3),
        evidence(2, uploaded_at=later),
        evidence(10, is_withdrawn=True),
        evidence(5, proofs=[proof(PAID, "Z", "03")]),
        evidence(4, proofs=[proof(PAID, "A")]),
        demands=case(without=[PAID]).demands,
    )

    assert assess(facts, NOW).unfiled == (3, 5, 2)


def test_uploads_of_the_same_moment_come_by_id():
    both = (evidence("y", uploaded_at=NOW), evidence("x", uploaded_at=NOW))

    assert assess(complete_case(*both), NOW).unfiled == ("x", "y")


@pytest.mark.parametrize(
    "build",
    [
        pytest.param(lambda: DemandFacts(1, 1, Rule.PAID, Scope.CASE), id="payments of the case"),
        pytest.param(
            lambda: DemandFacts(1, 1, Rule.CONFIRMED, Scope.PROVIDER), id="a provider confirms"
        ),
        pytest.param(lambda: DemandFacts(1, 1, Rule.PAID, Scope.PROVIDER, months=0), id="no month"),
        pytest.param(
            lambda: DemandFacts(1, 1, Rule.ANSWERED, Scope.CASE, provider="A"),
            id="the case of a provider",
        ),
        pytest.param(
            lambda: case(demands=(DemandFacts(1, 1, Rule.USED, Scope.PROVIDER, provider="A"),)),
            id="a provider not listed",
        ),
        pytest.param(explanation, id="a sentence about nothing"),
        pytest.param(
            lambda: explanation(field="found", demand=1), id="a sentence about two things"
        ),
    ],
)
def test_facts_that_could_never_be_met_are_refused(build):
    with pytest.raises(ValueError, match=r"scope|month|provider|listed|about"):
        build()

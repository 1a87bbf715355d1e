"""The worked cases that the rules were agreed on, each by its number."""

from dataclasses import replace
from datetime import date, timedelta

from appeals.rules import assess, next_step
from appeals.rules.cells import MonthState
from appeals.rules.exhibits import exhibit_number, first_proof, letter, proving_only
from appeals.rules.facts import (
    AskFacts,
    DemandFacts,
    Ended,
    NoticeFacts,
    ProviderFacts,
    Rule,
    Scope,
    Standing,
    SubmissionFacts,
)
from appeals.rules.places import Actor, Page
from appeals.rules.steps import StepKind

from .build import (
    CONFIRMED,
    DESCRIBED,
    ENDED,
    NOW,
    PAID,
    PRESET,
    USED,
    case,
    codes,
    complete_case,
    confirmed,
    described,
    evidence,
    explained,
    finding_explained,
    month,
    not_known,
    paid,
    period,
    proof,
    provider,
    states,
    with_deadline,
)

TWO_OF_MARCH = (paid(1, "03", kind="invoice"), paid(2, "03", kind="invoice"))
CASE_3 = complete_case(*TWO_OF_MARCH)
CASE_5 = complete_case(paid(1, "03", "04", "05", "06", "07", "08"))
CASE_6 = complete_case(paid(1, "06"), providers=(provider(periods=(period("06", "06"),)),))


def case_18():
    """Only B's contacts are missing, and B has been asked; the deadline is in 30 hours."""
    facts = complete_case(
        paid(1, "03", "04"),
        described("B"),
        paid(2, "05", "06", letter="B"),
        providers=(provider(), provider("B", web_site="", email="")),
        asks=(AskFacts(2, "B's support", date(2018, 9, 18), "B"),),
    )
    end = NOW + timedelta(hours=30)
    return confirmed(with_deadline(facts, end.date(), end.time()))


def test_01_a_notice_and_nothing_else():
    result = assess(case(), NOW)

    assert states(result) == dict.fromkeys(range(1, 8), "not-started")
    assert (result.tally.done, result.tally.of) == (0, 6)
    assert result.next_step.kind is StepKind.ADD_PROVIDER


def test_02_a_provider_with_a_name_only():
    result = assess(case(providers=(ProviderFacts("A", name="ERP"),)), NOW)

    assert states(result) == dict.fromkeys(range(1, 8), "not-started") | {2: "started"}
    assert (result.tally.done, result.tally.of) == (0, 6)
    assert result.next_step.id == "fill/1/A"
    assert result.next_step.place.field == "found"
    assert len(result.next_step.cell.missing) == 1


def test_03_two_invoices_of_one_month():
    result = assess(CASE_3, NOW)

    assert result.cell(PAID, "A").state == "started"
    assert result.cell(PAID, "A").months_shown == 1
    assert (result.tally.done, result.tally.of) == (4, 6)
    assert result.next_step.id == "fill/5/A"
    assert [str(piece) for piece in result.next_step.cell.missing] == ["month-1"]
    assert result.next_step.place.page is Page.NEW_EVIDENCE


def test_04_a_receipt_from_before_the_period():
    facts = replace(CASE_3, evidence=(*CASE_3.evidence, paid(3, "2017-12")))

    result = assess(facts, NOW)

    assert result.cell(PAID, "A").state == "needs-a-look"
    assert codes(result) == ["proof-outside-use"]
    assert result.open_findings[0].values == (("months", "2017-12"),)
    assert result.next_step.finding == result.open_findings[0]
    assert result.next_step.place.evidence == 3


def test_05_one_payment_for_six_months():
    result = assess(CASE_5, NOW)

    cell = result.cell(PAID, "A")
    assert cell.state == "ready"
    assert cell.months_shown == 6
    assert {cover.proofs for cover in cell.cover} == {(1,)}
    assert result.next_step.kind is StepKind.CONFIRM
    assert result.next_step.actor is Actor.OWNER


def test_06_one_month_of_use_needs_a_sentence_about_the_shortage():
    before = assess(CASE_6, NOW)
    after = assess(explained(CASE_6, PAID), NOW)

    assert before.cell(PAID, "A").state == "started"
    assert [str(piece) for piece in before.cell(PAID, "A").missing] == ["shortage"]
    assert after.cell(PAID, "A").state == "explained"


def test_07_a_second_provider_free_of_charge():
    facts = complete_case(
        *CASE_5.evidence[1:],
        described("B"),
        providers=(provider(), provider("B", is_free=True)),
    )

    result = assess(explained(facts, PAID, "B", "The free plan."), NOW)

    assert states(result)[PAID] == "explained"
    assert (result.tally.done, result.tally.of) == (5, 6)
    assert {cover.state for cover in result.cell(PAID, "B").cover} == {MonthState.FREE}


def test_08_a_payment_by_an_employee():
    by_employee = replace(CASE_5.evidence[1], payer="Wang Wu")
    facts = replace(CASE_5, evidence=(described(), by_employee))
    in_words = finding_explained(facts, "payer-unknown", "Wang Wu is our bookkeeper.")
    payer_changed = replace(in_words, evidence=(described(), replace(by_employee, payer="Li Si")))

    assert states(assess(facts, NOW))[PAID] == "needs-a-look"
    assert codes(assess(facts, NOW)) == ["payer-unknown"]
    assert states(assess(in_words, NOW))[PAID] == "ready"
    assert states(assess(payer_changed, NOW))[PAID] == "needs-a-look"
    assert states(assess(replace(in_words, company="Other Trading"), NOW))[PAID] == "ready"


def test_09_one_statement_for_two_providers():
    statement = evidence(
        1,
        "statement",
        [proof(PAID, "B", "05"), proof(PAID, "A", "04")],
        payees=("ERP A", "ERP B"),
        payer="Example Trading Co., Ltd.",
    )
    number = exhibit_number(first_proof(statement.proofs, PRESET), given=())
    facts = complete_case(replace(statement, exhibit=number), providers=(provider(), provider("B")))

    result = assess(facts, NOW)

    assert number == "A-5-1"
    for name in "AB":
        assert result.cell(PAID, name).months_shown == 1
        assert result.cell(PAID, name).evidence == (1,)
    assert result.findings == ()


def test_10_how_one_provider_was_found_is_not_known():
    facts = complete_case(
        providers=(provider(found=""), provider("B")), explanations=(not_known("found"),)
    )

    assert states(assess(facts, NOW))[1] == "explained"


def test_11_a_period_is_widened_after_the_confirmation():
    before = confirmed(CASE_5)
    after = replace(before, providers=(provider(periods=(period("02", "08"),)),))

    result = assess(after, NOW)

    assert assess(before, NOW).tally.done == 6
    assert states(result)[CONFIRMED] == "needs-a-look"
    assert codes(result) == ["changed-since-confirmed"]
    assert (result.tally.done, result.tally.of) == (5, 6)
    assert result.next_step.kind is StepKind.CONFIRM_AGAIN


def test_12_still_in_use_reaches_the_month_of_the_notice():
    facts = case(providers=(provider(periods=(period("05"),)),))

    [state] = assess(facts, NOW).providers

    assert list(map(str, state.months)) == [
        "2018-05",
        "2018-06",
        "2018-07",
        "2018-08",
        "2018-09",
    ]


def test_13_a_shared_secret_comes_before_everything():
    facts = case(notice=None, providers=(ProviderFacts("A", "ERP", shared_secret=True),))

    result = assess(facts, NOW)

    assert result.next_step.kind is StepKind.END_ACCESS
    assert result.next_step.place.provider == "A"
    assert states(result)[ENDED] == "needs-a-look"
    assert (result.tally.done, result.tally.of) == (0, 6)


def test_14_a_shared_secret_that_was_revoked():
    ended = provider(shared_secret=True, ended=Ended.ACCESS, ended_on=date(2018, 9, 13))
    screenshot = evidence("shot", "page", [proof(ENDED)])
    facts = replace(CASE_5, providers=(ended,), evidence=(*CASE_5.evidence, screenshot))

    result = assess(facts, NOW)

    assert states(result)[ENDED] == "ready"
    assert result.tally == assess(CASE_5, NOW).tally


def test_15_the_notice_leaves_the_payments_out():
    result = assess(case(without=[PAID], providers=(provider(),)), NOW)

    [left_out] = [one for one in result.demands if one.demand.ordinal == PAID]
    assert result.tally.of == 5
    assert left_out.state is None
    assert left_out.cells == ()


def test_16_a_reply_asks_for_two_things_more():
    reply = NoticeFacts(date(2018, 9, 18), has_no_deadline=True)
    more = tuple(
        DemandFacts(ordinal, ordinal, Rule.ANSWERED, Scope.CASE, label=label)
        for ordinal, label in ((8, "1."), (9, "2."))
    )
    first_round = confirmed(CASE_5)
    second_round = replace(
        first_round,
        demands=(*PRESET, *more),
        submissions=(SubmissionFacts(1, NOW - timedelta(days=3), reply),),
    )

    result = assess(second_round, NOW)

    assert result.round == 2
    before = states(assess(first_round, NOW))
    assert all(states(result)[ordinal] == before[ordinal] for ordinal in range(1, 6))
    assert [states(result)[ordinal] for ordinal in (6, 8, 9)] == ["not-started"] * 3
    assert (result.tally.done, result.tally.of) == (5, 8)
    assert [one.demand.label for one in result.demands][-2:] == ["1.", "2."]


def test_17_a_deleted_provider_leaves_its_letter_and_numbers():
    both = evidence("both", "statement", [proof(PAID, "A", "04"), proof(PAID, "B", "04")])
    alone = paid("alone", "03", exhibit="A-5-1")

    assert letter(1 + 1) == "B"
    assert proving_only("A", [both, alone, described("B")]) == ("alone",)
    assert exhibit_number(proof(PAID, "A", "05"), given=["A-5-1"]) == "A-5-2"


def test_18_close_to_the_deadline_what_was_asked_of_others_is_passed_over():
    result = assess(case_18(), NOW)

    assert result.next_step.kind is StepKind.COMPLETE_WITH_GAPS
    assert [(cell.demand.ordinal, cell.provider) for cell in result.next_step.passed_over] == [
        (2, "B")
    ]
    assert states(result)[CONFIRMED] == "ready"
    assert states(result)[2] == "started"


def test_19_a_yearly_payment_reaches_past_the_end_of_use():
    year = [str(month("03") + later) for later in range(12)]
    facts = complete_case(paid(1, *year), providers=(provider(periods=(period("03"),)),))

    result = assess(facts, NOW)

    assert result.findings == ()
    assert result.cell(PAID, "A").state == "ready"
    assert result.cell(PAID, "A").months_shown == 7


def test_20_the_first_month_is_not_known():
    facts = complete_case(
        paid(1, "05"),
        paid(2, "06"),
        providers=(provider(periods=()),),
        explanations=(not_known("first_month"),),
    )

    result = assess(facts, NOW)

    assert states(result)[USED] == "explained"
    assert states(result)[PAID] == "ready"
    assert result.findings == ()


def test_21_receipts_but_no_period():
    facts = complete_case(paid(1, "05"), paid(2, "06"), providers=(provider(periods=()),))

    result = assess(facts, NOW)

    assert states(result)[USED] == "not-started"
    assert states(result)[PAID] == "started"
    assert result.findings == ()
    assert result.next_step.id == "fill/4/A"


def test_22_the_sentence_about_the_shortage_lapses_when_the_period_grows():
    explained_6 = explained(CASE_6, PAID)

    result = assess(replace(explained_6, providers=(provider(),)), NOW)

    assert states(result)[PAID] == "started"
    assert result.next_step.id == "fill/5/A"
    assert [str(piece) for piece in result.next_step.cell.missing] == ["month-1"]


def test_23_sent_with_the_gap_declared():
    sent = replace(case_18(), submissions=(SubmissionFacts(1, NOW),))

    result = assess(sent, NOW)

    assert states(result)[2] == "started"
    assert (result.tally.done, result.tally.of) == (5, 6)
    assert result.next_step.kind is StepKind.WAIT
    assert next_step(result.steps, after="wait") == result.next_step


def test_24_a_file_is_added_after_the_confirmation():
    before = confirmed(CASE_3)
    added = evidence(9, "chat", [proof(DESCRIBED)])

    result = assess(replace(before, evidence=(*before.evidence, added)), NOW)

    assert states(result)[CONFIRMED] == "needs-a-look"
    assert result.next_step.id == "fill/5/A"


def test_25_the_notice_asks_for_proof_that_access_ended():
    asked = (*PRESET[:6], replace(PRESET[6], standing=Standing.ASKED))

    result = assess(replace(CASE_5, demands=asked), NOW)

    assert (result.tally.done, result.tally.of) == (5, 7)
    assert result.next_step.id == "fill/7/A"


def test_26_one_invoice_for_two_demands_stops_only_where_its_payer_matters():
    invoice = evidence(
        1, "invoice", [proof(DESCRIBED), proof(PAID, of="03")], payer="Nobody on record"
    )
    result = assess(case(providers=(provider(),), evidence=(invoice,)), NOW)

    assert states(result)[DESCRIBED] == "ready"
    assert states(result)[PAID] == "needs-a-look"


def test_27_the_key_was_replaced_and_the_service_goes_on():
    replaced = provider(
        hands_over_keys=True,
        ended=Ended.SECRET,
        ended_on=date(2018, 5, 2),
        periods=(period("03"),),
    )
    facts = case(providers=(replaced,), evidence=(evidence(1, "page", [proof(ENDED)]),))

    result = assess(facts, NOW)

    assert states(result)[ENDED] == "ready"
    assert result.findings == ()


def test_28_an_upload_that_proves_nothing_yet():
    result = assess(replace(CASE_3, evidence=(*CASE_3.evidence, evidence(9, None))), NOW)

    assert result.next_step.kind is StepKind.FILE
    assert result.next_step.place.evidence == 9
    assert result.unfiled == (9,)

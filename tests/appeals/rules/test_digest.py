"""What makes the owner confirm again, and what does not."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from appeals.rules import assess
from appeals.rules.facts import AskFacts, Ended, NoticeFacts, OtherPayee

from .build import (
    CONTACTS,
    DESCRIBED,
    LEARNED,
    NOW,
    PAID,
    PRESET,
    case,
    complete_case,
    described,
    evidence,
    explained,
    explanation,
    finding_explained,
    not_known,
    paid,
    period,
    proof,
    provider,
    with_deadline,
)

RECEIPT = paid(
    1,
    "03",
    "04",
    exhibit="A-5-1",
    payees=("ERP A", "Card"),
    shown=(("title", "Receipt"), ("amount", "9")),
)
GONE = evidence(4, proofs=[proof(DESCRIBED)], exhibit="A-3-2", is_withdrawn=True)
A = provider(
    periods=(period("03", "05", id=1), period("07", "08", id=2)),
    other_payees=(OtherPayee("Card", "Takes payments."), OtherPayee("Bank", "Too.")),
    shown=(("app_name", "ERP"), ("method", "application")),
    email="",
)
FACTS = complete_case(
    RECEIPT,
    GONE,
    evidence(9),
    providers=(A, provider("B")),
    payer_names=("Li Si", "Wang Wu"),
    asks=(
        AskFacts(CONTACTS, "ERP A", date(2018, 9, 18), "A"),
        AskFacts(LEARNED, "all", date(2018, 9, 18)),
    ),
    explanations=(not_known("legal_name"),),
    shown=(("store", "Example"), ("marketplace", "US")),
)


def digest(facts, now=NOW):
    return assess(facts, now).digest


def with_evidence(*changed):
    return replace(FACTS, evidence=(described(), *changed))


def with_a(**changes):
    return replace(FACTS, providers=(replace(A, **changes), provider("B")))


@pytest.mark.parametrize(
    "facts",
    [
        pytest.param(replace(FACTS, company="Other"), id="company"),
        pytest.param(replace(FACTS, owner="Wang"), id="owner"),
        pytest.param(replace(FACTS, payer_names=("Li Si",)), id="payer names"),
        pytest.param(
            replace(FACTS, notice=replace(FACTS.notice, received_on=date(2018, 9, 11))),
            id="date of the notice",
        ),
        pytest.param(replace(FACTS, shown=(("store", "Other"), ("marketplace", "US"))), id="store"),
        pytest.param(replace(FACTS, demands=PRESET[1:]), id="a demand less"),
        pytest.param(
            replace(FACTS, demands=(replace(PRESET[0], label="(a)"), *PRESET[1:])),
            id="number of a demand",
        ),
        pytest.param(
            replace(FACTS, demands=(replace(PRESET[0], wording="Why?"), *PRESET[1:])),
            id="words of a demand",
        ),
        pytest.param(
            replace(FACTS, demands=(replace(PRESET[0], position=9), *PRESET[1:])),
            id="order of the demands",
        ),
        pytest.param(replace(FACTS, providers=(A,)), id="a provider less"),
        *(
            pytest.param(with_a(**{name: "Other"}), id=name)
            for name in (
                "name",
                "legal_name",
                "web_site",
                "email",
                "telephone",
                "found",
                "did",
                "received",
            )
        ),
        pytest.param(with_a(is_free=True), id="free"),
        pytest.param(with_a(shared_secret=False), id="secret shared"),
        pytest.param(with_a(ended=Ended.SECRET), id="what ended"),
        pytest.param(with_a(ended_on=date(2018, 9, 1)), id="when it ended"),
        pytest.param(
            with_a(shown=(("app_name", "Other"), ("method", "application"))), id="application"
        ),
        pytest.param(with_a(other_payees=A.other_payees[:1]), id="another payee"),
        pytest.param(
            with_a(other_payees=(replace(A.other_payees[0], sentence="Other."), A.other_payees[1])),
            id="sentence about a payee",
        ),
        pytest.param(
            with_a(periods=(period("03", "05", id=1), period("07", id=2))), id="end of a period"
        ),
        pytest.param(
            with_a(
                periods=(
                    period("03", "05", id=1, is_approximate=True, sentence="By the bills."),
                    period("07", "08", id=2),
                )
            ),
            id="an approximate period",
        ),
        pytest.param(with_evidence(GONE), id="an exhibit less"),
        pytest.param(with_evidence(RECEIPT), id="a withdrawn exhibit less"),
        pytest.param(
            with_evidence(replace(RECEIPT, is_withdrawn=True), GONE), id="an exhibit withdrawn"
        ),
        pytest.param(with_evidence(replace(RECEIPT, sha256="0"), GONE), id="other bytes"),
        pytest.param(with_evidence(replace(RECEIPT, kind=None), GONE), id="kind"),
        pytest.param(
            with_evidence(replace(RECEIPT, payer="Example Trading Co., Ltd."), GONE), id="payer"
        ),
        pytest.param(with_evidence(replace(RECEIPT, payees=("ERP A",)), GONE), id="payees"),
        pytest.param(
            with_evidence(replace(RECEIPT, exhibit="A-5-2"), GONE), id="number of an exhibit"
        ),
        pytest.param(
            with_evidence(replace(RECEIPT, shown=(("title", "Bill"), ("amount", "9"))), GONE),
            id="title of an exhibit",
        ),
        pytest.param(
            with_evidence(replace(RECEIPT, proofs=RECEIPT.proofs[:1]), GONE), id="a month less"
        ),
        pytest.param(
            with_evidence(RECEIPT, GONE, evidence(9, proofs=[proof(DESCRIBED)])),
            id="an upload is filed",
        ),
        pytest.param(replace(FACTS, explanations=()), id="a sentence about a field less"),
        pytest.param(
            replace(FACTS, explanations=(not_known("legal_name", sentence="Other."),)),
            id="another sentence",
        ),
        pytest.param(
            replace(
                FACTS,
                explanations=(
                    explanation(FACTS.explanations[0].sentence, provider="A", field="legal_name"),
                ),
            ),
            id="another kind of sentence",
        ),
        pytest.param(explained(FACTS, CONTACTS), id="a sentence about a demand"),
        pytest.param(
            finding_explained(with_evidence(replace(RECEIPT, payer="X"), GONE), "payer-unknown"),
            id="a sentence about a finding",
        ),
        pytest.param(replace(FACTS, asks=FACTS.asks[1:]), id="whom an open cell was asked of"),
    ],
)
def test_the_owner_confirms_again(facts):
    assert digest(facts) != digest(FACTS)


def test_a_sentence_about_a_demand_is_part_of_what_is_confirmed():
    asked_of_nobody = replace(FACTS, asks=())

    assert digest(explained(asked_of_nobody, CONTACTS)) != digest(asked_of_nobody)


def test_a_sentence_about_a_finding_is_part_of_what_is_confirmed():
    in_doubt = with_evidence(replace(RECEIPT, payer="X"), GONE)

    assert digest(finding_explained(in_doubt, "payer-unknown")) != digest(in_doubt)


@pytest.mark.parametrize(
    "facts",
    [
        pytest.param(
            replace(FACTS, evidence=tuple(reversed(FACTS.evidence))), id="order of evidence"
        ),
        pytest.param(replace(FACTS, providers=(provider("B"), A)), id="order of providers"),
        pytest.param(replace(FACTS, demands=PRESET[::-1]), id="order of demands"),
        pytest.param(replace(FACTS, payer_names=("Wang Wu", "Li Si")), id="order of payers"),
        pytest.param(replace(FACTS, shown=FACTS.shown[::-1]), id="order of the case's particulars"),
        pytest.param(with_a(periods=A.periods[::-1]), id="order of periods"),
        pytest.param(with_a(other_payees=A.other_payees[::-1]), id="order of other payees"),
        pytest.param(with_a(shown=A.shown[::-1]), id="order of a provider's particulars"),
        pytest.param(
            with_a(periods=tuple(replace(one, id=f"x{one.id}") for one in A.periods)),
            id="ids of periods",
        ),
        pytest.param(
            with_evidence(
                replace(
                    RECEIPT,
                    payees=RECEIPT.payees[::-1],
                    proofs=RECEIPT.proofs[::-1],
                    shown=RECEIPT.shown[::-1],
                ),
                GONE,
            ),
            id="order inside an evidence",
        ),
        pytest.param(with_evidence(replace(RECEIPT, id=77), GONE), id="id of an evidence"),
        pytest.param(
            with_evidence(replace(RECEIPT, uploaded_at=NOW), GONE), id="time of an upload"
        ),
        pytest.param(
            with_evidence(RECEIPT, GONE, evidence(8), evidence(9)), id="an unfiled upload more"
        ),
        pytest.param(
            with_evidence(RECEIPT, GONE, evidence(8, proofs=[proof(DESCRIBED, "Z")])),
            id="a file of a provider that is gone",
        ),
        pytest.param(
            with_evidence(RECEIPT, replace(GONE, payer="X", sha256="0")),
            id="particulars of a withdrawn exhibit",
        ),
        pytest.param(
            with_evidence(RECEIPT, GONE, evidence(8, proofs=[proof(DESCRIBED)], is_withdrawn=True)),
            id="withdrawn before it had a number",
        ),
        pytest.param(with_deadline(FACTS, date(2018, 10, 1)), id="deadline"),
        pytest.param(replace(FACTS, asks=FACTS.asks[:1]), id="whom a ready cell was asked of"),
        pytest.param(
            replace(FACTS, explanations=(*FACTS.explanations, not_known("found", sentence=" "))),
            id="a tick without a sentence",
        ),
        pytest.param(
            replace(FACTS, explanations=(*FACTS.explanations, not_known("found", "Z"))),
            id="a sentence about a provider that is gone",
        ),
        pytest.param(
            replace(
                FACTS,
                explanations=(*FACTS.explanations, explanation(demand=CONTACTS, provider="A")),
            ),
            id="a sentence that has lapsed",
        ),
        pytest.param(
            replace(
                FACTS,
                explanations=(*FACTS.explanations, explanation(demand=DESCRIBED, provider="A")),
            ),
            id="a sentence about what is all there",
        ),
        pytest.param(
            finding_explained(with_deadline(FACTS, date(2018, 9, 19)), "deadline-passed"),
            id="a sentence about the deadline",
        ),
    ],
)
def test_the_confirmation_stands(facts):
    assert digest(facts) == digest(FACTS)


def test_time_passing_changes_nothing():
    assert digest(FACTS, NOW + timedelta(days=400)) == digest(FACTS)


def test_what_is_left_out_is_not_confirmed():
    left_out = replace(FACTS, demands=case(without=[PAID]).demands)
    reworded = tuple(replace(one, wording=f"{one.ordinal}?") for one in left_out.demands[4:5])

    for same in (
        replace(left_out, evidence=(*FACTS.evidence, paid(8, "05"))),
        replace(left_out, demands=(*left_out.demands[:4], *reworded, *left_out.demands[5:])),
        replace(left_out, demands=tuple(one for one in PRESET if one.ordinal != PAID)),
    ):
        assert digest(same) == digest(left_out)
    assert digest(left_out) != digest(FACTS)


def test_no_notice_has_a_digest_too():
    assert digest(replace(FACTS, notice=None)) != digest(FACTS)
    assert digest(replace(FACTS, notice=NoticeFacts(date(2018, 9, 12)))) == digest(FACTS)

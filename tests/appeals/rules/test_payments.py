"""What evidence of a payment counts, and services free of charge: one row, one reason."""

from dataclasses import replace

import pytest

from appeals.rules.facts import (
    OtherPayee,
)

from .build import (
    CELL,
    DESCRIBED,
    PAID,
    PRESET,
    check_cell,
    complete_case,
    evidence,
    explained,
    explanation,
    finding_explained,
    paid,
    proof,
    provider,
    row,
    with_providers,
)

THREE = (*PRESET[:4], replace(PRESET[4], months=3), *PRESET[5:])

FREE = complete_case(providers=(provider(is_free=True),))

SAYS_FREE = evidence(1, "page", [proof(PAID)])

KIND_ROWS = [
    *(
        row(
            f"the kind {kind} shows a payment",
            complete_case(paid(1, "03", "04", kind=kind)),
            PAID,
            "ready",
            shown=2,
        )
        for kind in ("payment", "invoice", "statement", "email")
    ),
    *(
        row(
            f"the kind {kind} needs a sentence",
            complete_case(paid(1, "03", "04", kind=kind)),
            PAID,
            "needs-a-look",
            "month-1 month-2",
            "kind-does-not-fit",
            shown=0,
        )
        for kind in ("contract", "chat", "page", "other", "refund", None)
    ),
    row(
        "another kind with its sentence",
        finding_explained(complete_case(paid(1, "03", "04", kind="chat")), "kind-does-not-fit"),
        PAID,
        "ready",
        shown=2,
    ),
    row(
        "a refund never shows a payment, sentence or not",
        finding_explained(complete_case(paid(1, "03", "04", kind="refund")), "kind-does-not-fit"),
        PAID,
        "started",
        "month-1 month-2",
        shown=0,
    ),
    row(
        "another kind explained, then changed again",
        replace(
            finding_explained(complete_case(paid(1, "03", "04", kind="chat")), "kind-does-not-fit"),
            evidence=(paid(1, "03", "04", kind="page"),),
        ),
        PAID,
        "needs-a-look",
        "month-1 month-2",
        "kind-does-not-fit",
        shown=0,
    ),
    row(
        "two things wrong with one file",
        complete_case(paid(1, "03", kind="chat", payer="Nobody")),
        PAID,
        "needs-a-look",
        "month-1 month-2",
        "kind-does-not-fit payer-unknown",
        shown=0,
    ),
    row(
        "one of two things wrong explained",
        finding_explained(
            complete_case(paid(1, "03", kind="chat", payer="Nobody")), "payer-unknown"
        ),
        PAID,
        "needs-a-look",
        "month-1 month-2",
        "kind-does-not-fit",
        shown=0,
    ),
]


def by(payer="", payees=(), **facts):
    """A payment by this payer to these payees, in full otherwise."""
    changes = {
        name: facts.pop(name) for name in ("name", "legal_name", "other_payees") if name in facts
    }
    return complete_case(
        paid(1, "03", "04", payer=payer, payees=payees), providers=(provider(**changes),), **facts
    )


NAME_ROWS = [
    row("paid by the company", by("Example Trading Co., Ltd."), PAID, "ready", shown=2),
    row("paid by the owner", by("王五", owner="王五"), PAID, "ready", shown=2),
    row(
        "paid by the second name on record",
        by("Bookkeeper", payer_names=("Li Si", "Bookkeeper")),
        PAID,
        "ready",
        shown=2,
    ),
    row(
        "paid by somebody else",
        by("Nobody", owner="王五", payer_names=("Li Si",)),
        PAID,
        "needs-a-look",
        "month-1 month-2",
        "payer-unknown",
        shown=0,
    ),
    row(
        "paid by somebody, and the company is not entered",
        by("Nobody", company=""),
        PAID,
        "needs-a-look",
        "month-1 month-2",
        "payer-unknown",
        shown=0,
    ),
    row(
        "a payer of punctuation is like no other",
        by("——", company=""),
        PAID,
        "needs-a-look",
        "month-1 month-2",
        "payer-unknown",
        shown=0,
    ),
    row("a blank payer was not given", by("  "), PAID, "ready", shown=2),
    row(
        "a payer in other case, width and spacing",
        by("ＥＸＡＭＰＬＥ  trading co LTD"),
        PAID,
        "ready",
        shown=2,
    ),
    row(
        "part of the company's name is not the company",
        by("Example Trading"),
        PAID,
        "needs-a-look",
        "month-1 month-2",
        "payer-unknown",
        shown=0,
    ),
    row("one payee is the provider's name", by(payees=("erp a",)), PAID, "ready", shown=2),
    row("one payee of two is alike", by(payees=("Card Co", "ERP A")), PAID, "ready", shown=2),
    row(
        "no payee of two is alike",
        by(payees=("Card Co", "ERP B")),
        PAID,
        "needs-a-look",
        "month-1 month-2",
        "payee-unknown",
        shown=0,
    ),
    row(
        "the payee is the legal name",
        by(payees=("甲软件（深圳）有限公司",), legal_name="甲软件(深圳)有限公司"),
        PAID,
        "ready",
        shown=2,
    ),
    row(
        "the payee is another one with a sentence",
        by(payees=("Card Co",), other_payees=(OtherPayee("Card Co", "Takes the payments."),)),
        PAID,
        "ready",
        shown=2,
    ),
    row(
        "the payee is another one without a sentence",
        by(payees=("Card Co",), other_payees=(OtherPayee("Card Co", " "),)),
        PAID,
        "needs-a-look",
        "month-1 month-2",
        "payee-unknown",
        shown=0,
    ),
    row("blank payees were not given", by(payees=("", " ")), PAID, "ready", shown=2),
    row(
        "a payee explained, the others in another order",
        replace(
            finding_explained(by(payees=("X", "Y")), "payee-unknown"),
            evidence=(paid(1, "03", "04", payees=("Y", "x")),),
        ),
        PAID,
        "ready",
        shown=2,
    ),
    row(
        "a payee explained, then one more",
        replace(
            finding_explained(by(payees=("X",)), "payee-unknown"),
            evidence=(paid(1, "03", "04", payees=("X", "Y")),),
        ),
        PAID,
        "needs-a-look",
        "month-1 month-2",
        "payee-unknown",
        shown=0,
    ),
    row(
        "a payer ticked without a sentence",
        finding_explained(by("Nobody"), "payer-unknown", ""),
        PAID,
        "needs-a-look",
        "month-1 month-2",
        "payer-unknown",
        shown=0,
    ),
    row(
        "a payer explained, written in other case",
        replace(
            finding_explained(by("Wang Wu"), "payer-unknown"),
            evidence=(paid(1, "03", "04", payer="WANG WU"),),
        ),
        PAID,
        "ready",
        shown=2,
    ),
    row(
        "one receipt in doubt beside two that count",
        complete_case(paid(1, "03"), paid(2, "04"), paid(3, "05", payer="Nobody")),
        PAID,
        "needs-a-look",
        "",
        "payer-unknown",
        shown=2,
    ),
]

FREE_ROWS = [
    row(
        "free, with a file of no kind",
        replace(FREE, evidence=(evidence(1, None, [proof(PAID)]),)),
        PAID,
        "needs-a-look",
        "free",
        "kind-does-not-fit",
    ),
    row("free without a word", FREE, PAID, "not-started", "free"),
    row("free, with a sentence about the demand", explained(FREE, PAID), PAID, "explained"),
    row(
        "free, with a sentence about the field",
        replace(FREE, explanations=(explanation("Free plan.", provider="A", field="is_free"),)),
        PAID,
        "explained",
    ),
    row("free, and a page says so", replace(FREE, evidence=(SAYS_FREE,)), PAID, "explained"),
    row(
        "free, and an e-mail says so",
        replace(FREE, evidence=(evidence(1, "email", [proof(PAID)]),)),
        PAID,
        "explained",
    ),
    row(
        "free, and a withdrawn page says so",
        replace(FREE, evidence=(replace(SAYS_FREE, is_withdrawn=True),)),
        PAID,
        "not-started",
        "free",
    ),
    row(
        "free, with a refund",
        replace(FREE, evidence=(evidence(1, "refund", [proof(PAID)]),)),
        PAID,
        "needs-a-look",
        "free",
        "kind-does-not-fit",
    ),
    row(
        "free, with a refund and its sentence",
        finding_explained(
            replace(FREE, evidence=(evidence(1, "refund", [proof(PAID)]),)), "kind-does-not-fit"
        ),
        PAID,
        "not-started",
        "free",
    ),
    row(
        "free, with a page in doubt",
        replace(FREE, evidence=(replace(SAYS_FREE, payer="Nobody"),)),
        PAID,
        "needs-a-look",
        "free",
        "payer-unknown",
    ),
    row(
        "free, but an invoice",
        replace(explained(FREE, PAID), evidence=(paid(1, "03", kind="invoice"),)),
        PAID,
        "needs-a-look",
        "",
        "free-but-paid",
    ),
    row(
        "free, but an invoice without a month",
        replace(explained(FREE, PAID), evidence=(evidence(1, "invoice", [proof(PAID)]),)),
        PAID,
        "needs-a-look",
        "",
        "free-but-paid",
    ),
    row(
        "free, but an e-mail about a month",
        replace(explained(FREE, PAID), evidence=(paid(1, "03", kind="email"),)),
        PAID,
        "needs-a-look",
        "",
        "free-but-paid",
    ),
    row(
        "free, but an invoice, explained",
        finding_explained(
            replace(explained(FREE, PAID), evidence=(paid(1, "03"),)), "free-but-paid"
        ),
        PAID,
        "explained",
    ),
    row(
        "free, but an invoice is explained and no word about free",
        finding_explained(replace(FREE, evidence=(paid(1, "03"),)), "free-but-paid"),
        PAID,
        "not-started",
        "free",
    ),
    row(
        "free, but an invoice, explained, then another",
        replace(
            finding_explained(
                replace(explained(FREE, PAID), evidence=(paid(1, "03"),)), "free-but-paid"
            ),
            evidence=(paid(1, "03"), paid(2, "04")),
        ),
        PAID,
        "needs-a-look",
        "",
        "free-but-paid",
    ),
    row(
        "free, with an invoice of another demand",
        replace(explained(FREE, PAID), evidence=(paid(1, "03", demand=DESCRIBED),)),
        PAID,
        "explained",
    ),
    row(
        "no longer free: the sentence lapses",
        with_providers(explained(FREE, PAID), provider()),
        PAID,
        "started",
        "month-1 month-2",
        shown=0,
    ),
    row(
        "lost receipts explained, then free: another sentence is needed",
        with_providers(explained(complete_case(), PAID), provider(is_free=True)),
        PAID,
        "started",
        "free",
    ),
    row(
        "free, and months asked do not matter",
        explained(replace(FREE, demands=THREE), PAID),
        PAID,
        "explained",
    ),
]


@pytest.mark.parametrize(CELL, [*KIND_ROWS, *NAME_ROWS, *FREE_ROWS])
def test_what_counts(facts, cell, state, missing, findings, shown):
    check_cell(facts, cell, state, missing, findings, shown)

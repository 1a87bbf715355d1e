"""Facts with sane defaults, so that a test names only what it is about.

The case is that of the worked cases: notice of 2018-09-12 whose deadline is marked as none, the
shipped preset, months of 2018. `NOW` is 2018-09-20 12:00 Beijing.
"""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from appeals.rules import assess
from appeals.rules.facts import (
    AskFacts,
    CaseFacts,
    ConfirmationFacts,
    DeadlineFacts,
    DemandFacts,
    EvidenceFacts,
    EvidenceKind,
    ExplanationFacts,
    ExplanationKind,
    LetterFacts,
    NoticeFacts,
    Period,
    ProofFacts,
    ProviderFacts,
    Rule,
    Scope,
    Standing,
    SubmissionFacts,
)
from appeals.rules.months import Month

BEIJING = ZoneInfo("Asia/Shanghai")
LOS_ANGELES = ZoneInfo("America/Los_Angeles")
NOW = datetime(2018, 9, 20, 12, tzinfo=BEIJING)
NOTICE = NoticeFacts(date(2018, 9, 12), has_no_deadline=True)
COMPANY = "Example Trading Co., Ltd."
LEARNED, CONTACTS, DESCRIBED, USED, PAID, CONFIRMED, ENDED = range(1, 8)

PRESET = (
    DemandFacts(1, 1, Rule.LEARNED, Scope.PROVIDER, label="1"),
    DemandFacts(2, 2, Rule.CONTACTS, Scope.PROVIDER, label="2"),
    DemandFacts(3, 3, Rule.DESCRIBED, Scope.PROVIDER, label="3"),
    DemandFacts(4, 4, Rule.USED, Scope.PROVIDER, label="4"),
    DemandFacts(5, 5, Rule.PAID, Scope.PROVIDER, label="5"),
    DemandFacts(6, 6, Rule.CONFIRMED, Scope.CASE, label="6"),
    DemandFacts(7, 7, Rule.ENDED, Scope.PROVIDER, Standing.ADVISED, label="7"),
)


def sections(*ordinals, text="Something."):
    """A letter with words on these demands."""
    return tuple(LetterFacts(ordinal, text) for ordinal in ordinals)


def month(text):
    """`05` of 2018, or `2017-12`."""
    return Month.parse(text if "-" in text else f"2018-{text}")


def period(first, last=None, id=1, **changes):
    return Period(id, month(first), month(last) if last else None, **changes)


def provider(letter="A", **changes):
    """A provider that lacks nothing in demands 1 and 2, and in 3 its proof."""
    whole = ProviderFacts(
        letter,
        name=f"ERP {letter}",
        web_site=f"https://{letter}.example",
        email=f"{letter}@example.com",
        found="A colleague recommended it.",
        did="It kept our stock in step.",
        received="Reports by mail.",
        periods=(period("03", "08", id=f"period-{letter}"),),
    )
    return replace(whole, **changes)


def proof(demand, letter="A", of=None):
    return ProofFacts(demand, letter, month(of) if of else None)


def evidence(id, kind="payment", proofs=(), **changes):
    """An upload; those with a lower number are older."""
    number = int("".join(filter(str.isdigit, str(id))) or 0)
    upload = EvidenceFacts(
        id,
        EvidenceKind(kind) if kind else None,
        datetime(2018, 9, 13, tzinfo=UTC) + timedelta(minutes=number),
        sha256=f"{id}" * 4,
        proofs=tuple(proofs),
    )
    return replace(upload, **changes)


def described(letter="A"):
    """What demand 3 needs beside words."""
    return evidence(f"page-{letter}", "page", [proof(DESCRIBED, letter)])


def paid(id, *months, letter="A", kind="payment", demand=PAID, **changes):
    """Evidence for the payment of these months."""
    return evidence(id, kind, [proof(demand, letter, of) for of in months], **changes)


def case(*, without=(), **changes):
    """A case with the shipped preset; `without` names ordinals that are left out."""
    demands = changes.pop("demands", PRESET)
    demands = tuple(
        replace(each, standing=Standing.LEFT_OUT) if each.ordinal in without else each
        for each in demands
    )
    return CaseFacts(
        **{"zone": BEIJING, "notice": NOTICE, "company": COMPANY, "demands": demands} | changes
    )


def complete_case(*receipts, letter="A", **changes):
    """Worked case 3 without its invoices: A whole in 1 to 4, in use from March to August."""
    facts = case(providers=(provider(letter),), evidence=(described(letter), *receipts))
    return replace(facts, **changes)


def explanation(sentence="It is lost.", kind="reason", **about):
    return ExplanationFacts(ExplanationKind(kind), sentence, **about)


def not_known(field, letter="A", sentence="The colleague who knew has left."):
    return explanation(sentence, "not-known", provider=letter, field=field)


def explained(facts, demand, letter="A", sentence="It is lost.", now=NOW):
    """The case with a sentence about a demand, keeping what is missing now."""
    kept = assess(facts, now).cell(demand, letter).kept
    return _with(facts, explanation(sentence, demand=demand, provider=letter, kept=kept))


def finding_explained(facts, code, sentence="It was paid in advance.", now=NOW):
    """The case with a sentence about the one open finding of this code, keeping its values."""
    [finding] = [one for one in assess(facts, now).open_findings if one.code == code]
    return _with(facts, explanation(sentence, finding=finding.key, kept=finding.kept))


def _with(facts, said):
    return replace(facts, explanations=(*facts.explanations, said))


def confirmed(facts, now=NOW, round=1):
    """The case as its owner confirms it now."""
    confirmation = ConfirmationFacts(round, assess(facts, now).digest, now)
    return replace(facts, confirmations=(*facts.confirmations, confirmation))


def with_deadline(facts, on, at=None, zone=BEIJING):
    notice = replace(facts.notice, deadline=DeadlineFacts(on, zone, at), has_no_deadline=False)
    return replace(facts, notice=notice)


def states(assessment):
    """State of every demand that has one, by ordinal."""
    return {one.demand.ordinal: one.state for one in assessment.demands if one.state is not None}


def codes(assessment):
    return [one.code.value for one in assessment.open_findings]


CELL = ("facts", "cell", "state", "missing", "findings", "shown")


def row(name, facts, demand, state, missing="", findings="", *, shown=None, letter="A"):
    """What one cell amounts to: its state, its missing pieces, all open findings, months shown."""
    return pytest.param(facts, (demand, letter), state, missing, findings, shown, id=name)


def check_cell(facts, cell, state, missing, findings, shown):
    assessment = assess(facts, NOW)

    weighed = assessment.cell(*cell)
    assert weighed.state == state
    assert " ".join(map(str, weighed.missing)) == missing
    assert " ".join(codes(assessment)) == findings
    assert weighed.months_shown == shown


def used(*periods, receipts=(), **changes):
    """A provider in use in these periods, with these receipts."""
    return complete_case(*receipts, providers=(provider(periods=periods, **changes),))


def of_provider(*more, **changes):
    """A case with one provider of these facts, and this evidence alone."""
    return case(providers=(provider(**changes),), evidence=more)


def with_providers(facts, *providers):
    """The same case with other facts of its providers, whatever was explained before."""
    return replace(facts, providers=providers)


# Cases for the steps: only the confirmation is missing; B has been asked for its contacts.
READY = complete_case(paid(1, "03", "04"))
LIVE = provider(shared_secret=True)
NO_DEADLINE_YET = NoticeFacts(date(2018, 9, 12))
SENT = (SubmissionFacts(1, NOW),)
B_ASKED = AskFacts(CONTACTS, "B's support", date(2018, 9, 18), "B")
B_MISSING = complete_case(
    paid(1, "03", "04"),
    described("B"),
    paid(2, "03", "04", letter="B"),
    providers=(provider(), provider("B", email="")),
    asks=(B_ASKED,),
)


def replied(notice):
    return replace(READY, submissions=(SubmissionFacts(1, NOW, notice),))

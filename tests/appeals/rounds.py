"""A case confirmed, sent, and replied to."""

from __future__ import annotations

import datetime
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from appeals import actions
from appeals.actions.periods import Span
from appeals.models import Case, Submission
from appeals.rules.facts import ProofFacts
from appeals.rules.months import Month
from guides.models import User
from tests import factories

from .evidence.files import picture

SENDING: dict[str, Any] = {
    "sent_on": datetime.date(2018, 9, 20),
    "sent_time": None,
    "sent_where": "Seller Central, Account Health",
    "amazon_reference": "",
}
WORDS = "This is what I sent, and I confirm it."
LONG_REPLY = """Thank you for your message.
1. The name of the person who keeps the credentials.
2. The computer on which they were kept.
Please reply by September 30."""
REPLY = "Thank you.\n1. The main contact of Tool B.\n2. Proof of payment for one more month."


def loaded(case: Case) -> Case:
    return Case.objects.with_facts().get(pk=case.pk)


def confirmed(case: Case) -> None:
    """By its owner, of the facts as they are."""
    now = loaded(case)
    actions.confirmations.confirm(
        now, by=now.owner, digest=now.assess().digest, text=actions.confirmations.text()
    )


def sealed(case: Case, *, by: Any = None, made_of: Any = None, **changes: Any) -> Submission:
    now = loaded(case)
    return actions.submissions.seal(
        now,
        by=by or now.owner,
        made_of=made_of or now.changed_at,
        text=WORDS,
        **SENDING | changes,
    )


def replied(row: Submission, **changes: Any) -> Submission:
    fields: dict[str, Any] = {
        "reply_on": datetime.date(2018, 9, 25),
        "reply_answer": "more",
        "reply_text": REPLY,
        "reply_has_no_deadline": True,
        "reply_time_zone": "Asia/Shanghai",
    }
    actions.submissions.record_reply(
        row, by=row.case.owner, version=row.version, **fields | changes
    )
    return Submission.objects.get(pk=row.pk)


def ready_to_send(owner: User) -> Case:
    """Everything that the notice asks is there, files with their bytes; it is confirmed."""
    actions.consents.give(by=owner, language="en")
    case = factories.open_case(owner, notice_text="Send us:\n1. Providers.\n2. Payments.")
    provider = actions.providers.add(
        case,
        by=owner,
        name="ERP A",
        found="A group",
        web_site="https://erp.example",
        email="a@erp.example",
        did="Labels",
        received="A manual",
    )
    span = Span(datetime.date(2018, 3, 1), datetime.date(2018, 8, 1))
    actions.periods.replace(provider, by=owner, version=1, spans=[span])
    file = SimpleUploadedFile("receipt.png", picture("PNG", (40, 30)), "image/png")
    evidence = actions.evidence.add(case, by=owner, upload=file)
    proofs = [ProofFacts(3, "A"), *(ProofFacts(5, "A", Month(2018, month)) for month in (5, 6))]
    actions.evidence.file(
        evidence, by=owner, version=evidence.version, kind="invoice", proofs=proofs
    )
    confirmed(case)
    return loaded(case)


def in_the_second_round(case: Case) -> None:
    """Its reply has a line of each kind."""
    text = "\n".join((LONG_REPLY, "You do not need to describe it again.", "Payments again."))
    row = replied(sealed(case), reply_text=text)
    by, tool = case.owner, case.providers.get(letter="A")
    words = "The name of the person who keeps the credentials of every service, with a telephone."
    new: dict[str, Any] = {"by": by, "wording": words, "round": 2}
    actions.demands.add(case, label="1.", scope="provider", provider=tool, line=2, **new)
    actions.demands.add(case, label="2.", scope="case", line=3, **new)
    actions.lines.mark_deadline(case, by=by, version=row.version, line=4, round=2)
    out = case.demands.get(ordinal=3)
    actions.demands.change(
        out, by=by, version=out.version, standing="left-out", out_line=5, out_round=2
    )
    paid = case.demands.get(ordinal=5)
    actions.lines.ask_again(paid, by=by, version=paid.version, round=2, line=6)

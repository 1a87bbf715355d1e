"""A case confirmed, sent, and replied to."""

from __future__ import annotations

import datetime
from typing import Any

from appeals import actions
from appeals.models import Case, Submission

SENDING: dict[str, Any] = {
    "sent_on": datetime.date(2018, 9, 20),
    "sent_time": None,
    "sent_where": "Seller Central, Account Health",
    "amazon_reference": "",
}
WORDS = "This is what I sent, and I confirm it."
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

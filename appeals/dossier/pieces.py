"""What is missing or explained, as noun phrases for a reader who was not there."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from appeals.rules.cells import Cell
from appeals.rules.facts import DemandFacts, ExplanationFacts, ExplanationKind, Field, Rule
from appeals.rules.findings import Code, Finding
from appeals.rules.needs import Piece
from appeals.sentences.names import listed, months

from .reading import Reading
from .words import one_line

PIECES = {
    Piece.FOUND: gettext_lazy("How the service was found"),
    Piece.NAME: gettext_lazy("Name of the service"),
    Piece.WEB_SITE: gettext_lazy("Web site"),
    Piece.CONTACT: gettext_lazy("E-mail address or telephone number"),
    Piece.DID: gettext_lazy("What the service did"),
    Piece.RECEIVED: gettext_lazy("What was seen or received"),
    Piece.PROOF: gettext_lazy("A copy that shows it"),
    Piece.PERIOD: gettext_lazy("Months of use"),
    Piece.APPROXIMATE: gettext_lazy("Why the months are approximate"),
    Piece.SHORTAGE: gettext_lazy("Fewer months of use than proofs asked"),
    Piece.FREE: gettext_lazy("That the service was free of charge"),
    Piece.CONFIRMATION: gettext_lazy("The owner’s confirmation"),
    Piece.ENDED: gettext_lazy("What has ended"),
    Piece.ENDED_ON: gettext_lazy("Day on which access ended"),
    Piece.ANSWER: gettext_lazy("An answer, or a copy that shows it"),
    Piece.SENTENCE: gettext_lazy("The reason"),
}

FIELDS = {
    Field.NAME: PIECES[Piece.NAME],
    Field.WEB_SITE: PIECES[Piece.WEB_SITE],
    Field.EMAIL: PIECES[Piece.CONTACT],
    Field.TELEPHONE: PIECES[Piece.CONTACT],
    Field.FOUND: PIECES[Piece.FOUND],
    Field.DID: PIECES[Piece.DID],
    Field.RECEIVED: PIECES[Piece.RECEIVED],
    Field.FIRST_MONTH: gettext_lazy("First month of use"),
    Field.LAST_MONTH: gettext_lazy("Last month of use"),
    Field.IS_FREE: PIECES[Piece.FREE],
    Field.ENDED: PIECES[Piece.ENDED],
    Field.ENDED_ON: PIECES[Piece.ENDED_ON],
    "legal_name": gettext_lazy("Name of its company"),
    "app_name": gettext_lazy("Name of the application"),
    "method": gettext_lazy("How access was given"),
    "shared_secret": gettext_lazy("Whether a key, token or password was given"),
    "ended_how": gettext_lazy("How access ended"),
    "payees": gettext_lazy("Others who were paid for it"),
}

#: The demand that a field answers, for sentences about fields that it can do without.
ANSWERS = {
    "name": Rule.CONTACTS,
    "legal_name": Rule.CONTACTS,
    "web_site": Rule.CONTACTS,
    "email": Rule.CONTACTS,
    "telephone": Rule.CONTACTS,
    "app_name": Rule.CONTACTS,
    "found": Rule.LEARNED,
    "did": Rule.DESCRIBED,
    "received": Rule.DESCRIBED,
    "first_month": Rule.USED,
    "last_month": Rule.USED,
    "is_free": Rule.PAID,
    "payees": Rule.PAID,
    "method": Rule.ENDED,
    "shared_secret": Rule.ENDED,
    "ended": Rule.ENDED,
    "ended_on": Rule.ENDED,
    "ended_how": Rule.ENDED,
}

FINDINGS = {
    Code.PROOF_OUTSIDE_USE: gettext_lazy("%(file)s: for months outside the period of use"),
    Code.PAYER_UNKNOWN: gettext_lazy("%(file)s: paid by %(names)s"),
    Code.PAYEE_UNKNOWN: gettext_lazy("%(file)s: paid to %(names)s"),
    Code.PAID_BEFORE_USE: gettext_lazy("%(file)s: paid before the first month of use"),
    Code.PAID_AFTER_NOTICE: gettext_lazy("%(file)s: paid after the notice"),
    Code.KIND_DOES_NOT_FIT: gettext_lazy("%(file)s: how it shows the payment"),
    Code.FREE_BUT_PAID: gettext_lazy("A payment for a service that was free of charge"),
    Code.SECRET_STILL_LIVE: gettext_lazy("A secret was shared, and its end is not on record"),
    Code.ENDED_BEFORE_USE: gettext_lazy("Access ended before the first month of use"),
    Code.USED_AFTER_ENDED: gettext_lazy("Use after access ended"),
    Code.NAMED_NOT_LISTED: gettext_lazy("Named, and not among the services: %(names)s"),
    Code.LISTED_NOT_SHOWN: gettext_lazy("A copy that shows this service"),
    Code.CLAIMED_WITHOUT_PROOF: gettext_lazy("Payment for %(months)s, without an exhibit"),
    Code.LETTER_CONTRADICTS: gettext_lazy("Where the letter differs from the records"),
    Code.CHANGED_SINCE_CONFIRMED: gettext_lazy("The owner’s confirmation of the facts as they are"),
}

KINDS = {
    ExplanationKind.NOT_KNOWN: gettext_lazy("%(about)s: not known"),
    ExplanationKind.DOES_NOT_APPLY: gettext_lazy("%(about)s: does not apply"),
    ExplanationKind.REASON: gettext_lazy("%(about)s"),
}


def missing(reading: Reading, cell: Cell) -> str:
    """All that a cell lacks, open findings first; in the active language."""
    found = [finding(reading, one) for one in cell.findings]
    return listed([*found, *named((str(one) for one in cell.missing), cell.demand)])


def named(pieces: Iterable[str], demand: DemandFacts | None) -> list[str]:
    """Pieces by their names as the rules keep them, months counted together.

    What a notice asks in its own words is missing in those words.
    """
    parts: list[str] = []
    count = 0
    for piece in pieces:
        if piece.startswith("of-"):  # which months are open, not another piece
            continue
        if piece.startswith(f"{Piece.MONTH.value}-"):
            count += 1
            continue
        if piece == Piece.ANSWER and demand is not None and demand.wording.strip():
            parts.append(one_line(demand.wording))
        else:
            parts.append(str(PIECES[Piece(piece)]))
    if count:
        text = ngettext(
            "Proof of payment for %(count)s more month",
            "Proof of payment for %(count)s more months",
            count,
        )
        parts.insert(0, text % {"count": count})
    return list(dict.fromkeys(parts))


def finding(reading: Reading, one: Finding) -> str:
    exhibit = reading.exhibits.get(one.place.evidence or "")
    return str(FINDINGS[one.code]) % {
        "file": exhibit.number if exhibit else "",
        "names": one_line(listed(one.written)),
        "months": months(dict(one.values).get("months", "").split()),
    }


def about(explanation: ExplanationFacts, demand: DemandFacts | None) -> str:
    """What a sentence about a field or a demand is about."""
    if explanation.field is not None:
        name = str(FIELDS.get(explanation.field, _("Another particular")))
    else:
        name = listed(named(explanation.kept, demand))
    return str(KINDS[explanation.kind]) % {"about": name}

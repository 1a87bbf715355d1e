"""What does not fit, in words, and why it matters."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from appeals.models import Evidence
from appeals.rules.facts import EvidenceKind
from appeals.rules.findings import Code, Finding
from appeals.rules.letters import EXHIBIT, MONTH, NAME
from appeals.rules.places import Actor

from . import links
from .names import Named, between_sentences, listed, months, span
from .ways import Way, explain, ways


@dataclass(frozen=True, slots=True)
class FindingWords:
    """One finding. `ways` begins with what helps most; the last one is to explain, if it can be."""

    title: str  # what to do, as a heading
    brief: str  # the same in a few words, for a row of the table
    sentence: str  # what does not fit
    url: str  # the very field
    ways: tuple[Way, ...]
    why: str = ""  # why it matters
    reason: str = ""  # what does not fit and why that matters, in a row
    explained: str = ""  # the sentence that closes it
    explain_url: str = ""  # where that is written, or changed
    who: str = ""  # who must act, where that is not anyone who prepares the case


TITLES = {
    Code.DEADLINE_PASSED: gettext_lazy("The deadline has passed: check it"),
    Code.PROOF_OUTSIDE_USE: gettext_lazy("Check the months of %(file)s, %(provider)s"),
    Code.PAYER_UNKNOWN: gettext_lazy("Write a sentence: who paid %(file)s, %(provider)s"),
    Code.PAYEE_UNKNOWN: gettext_lazy("Check who was paid in %(file)s, %(provider)s"),
    Code.PAID_BEFORE_USE: gettext_lazy("Check the date of %(file)s, %(provider)s"),
    Code.PAID_AFTER_NOTICE: gettext_lazy("Check the date of %(file)s, %(provider)s"),
    Code.KIND_DOES_NOT_FIT: gettext_lazy("Check whether %(file)s shows a payment, %(provider)s"),
    Code.FREE_BUT_PAID: gettext_lazy("%(provider)s: free of charge, or paid?"),
    Code.SECRET_STILL_LIVE: gettext_lazy("Take back the key that %(provider)s holds"),
    Code.ENDED_BEFORE_USE: gettext_lazy("Check when the access of %(provider)s ended"),
    Code.USED_AFTER_ENDED: gettext_lazy("Check the months of use of %(provider)s"),
    Code.NAMED_NOT_LISTED: gettext_lazy("Check whether this is a provider: %(written)s"),
    Code.LISTED_NOT_SHOWN: gettext_lazy("Look for something that shows %(provider)s"),
    Code.CLAIMED_WITHOUT_PROOF: gettext_lazy(
        "Check the months that the letter calls paid, %(provider)s"
    ),
    Code.LETTER_CONTRADICTS: gettext_lazy("Check the letter: %(subject)s"),
    Code.CHANGED_SINCE_CONFIRMED: gettext_lazy("Confirm again: the facts have changed"),
}

BRIEF = {
    Code.DEADLINE_PASSED: gettext_lazy("The deadline has passed"),
    Code.PROOF_OUTSIDE_USE: gettext_lazy("%(file)s: months outside the period of use"),
    Code.PAYER_UNKNOWN: gettext_lazy("%(file)s: say who paid"),
    Code.PAYEE_UNKNOWN: gettext_lazy("%(file)s: check who was paid"),
    Code.PAID_BEFORE_USE: gettext_lazy("%(file)s: paid before it was used"),
    Code.PAID_AFTER_NOTICE: gettext_lazy("%(file)s: paid after the notice"),
    Code.KIND_DOES_NOT_FIT: gettext_lazy("%(file)s: not a proof of payment"),
    Code.FREE_BUT_PAID: gettext_lazy("Free of charge, yet there is proof of payment"),
    Code.SECRET_STILL_LIVE: gettext_lazy("The key is still in their hands"),
    Code.ENDED_BEFORE_USE: gettext_lazy("Ended before it was used"),
    Code.USED_AFTER_ENDED: gettext_lazy("Used after access ended"),
    Code.NAMED_NOT_LISTED: gettext_lazy("A name that is not among the providers"),
    Code.LISTED_NOT_SHOWN: gettext_lazy("No file shows it"),
    Code.CLAIMED_WITHOUT_PROOF: gettext_lazy("The letter calls a month paid that no file shows"),
    Code.LETTER_CONTRADICTS: gettext_lazy("The letter differs from the records"),
    Code.CHANGED_SINCE_CONFIRMED: gettext_lazy("Changed since it was confirmed"),
}

SENTENCES = {
    Code.DEADLINE_PASSED: gettext_lazy(
        "The deadline (%(deadline)s) lies in the past. Correct it if it was copied wrongly, or "
        "write a sentence about the delay."
    ),
    Code.PROOF_OUTSIDE_USE: gettext_lazy(
        "This proof is for %(months)s, outside the period of use. Correct either, or add a "
        "reason such as prepayment."
    ),
    Code.PAYER_UNKNOWN: gettext_lazy(
        "The payer is not the store's company. You can keep it: say who paid and why."
    ),
    Code.PAYEE_UNKNOWN: gettext_lazy(
        "The payee (%(written)s) is none of the names on record for %(provider)s. Correct it, "
        "add the name to the provider, or say who received the money."
    ),
    Code.PAID_BEFORE_USE: gettext_lazy(
        "%(file)s is dated %(paid)s, before the first month of use (%(first)s). Correct either, "
        "or say why, such as prepayment."
    ),
    Code.PAID_AFTER_NOTICE: gettext_lazy(
        "%(file)s is dated %(paid)s, after the notice of %(notice)s. Correct either, or say why, "
        "such as an invoice asked for later."
    ),
    Code.KIND_DOES_NOT_FIT: gettext_lazy(
        "%(kind)s usually does not show a payment. Correct what the file is, add another file, "
        "or say how this one shows it."
    ),
    Code.FREE_BUT_PAID: gettext_lazy(
        "The provider is marked as free of charge, yet a proof of payment is filed for it. "
        "Correct one of them, or say what was paid for."
    ),
    Code.SECRET_STILL_LIVE: gettext_lazy(
        "A key was given to them, and their access has not ended. End it first, then complete "
        "the record."
    ),
    Code.ENDED_BEFORE_USE: gettext_lazy(
        "Access ended on %(end)s, before the first month of use (%(first)s). They may be swapped."
    ),
    Code.USED_AFTER_ENDED: gettext_lazy(
        "A period of use goes on to %(last)s, although access ended on %(end)s. Correct one of "
        "them, or say why."
    ),
    Code.NAMED_NOT_LISTED: gettext_lazy(
        "The letter names %(written)s, and no provider has that name. Correct the letter, add the "
        "provider, or say why it had no access."
    ),
    Code.LISTED_NOT_SHOWN: gettext_lazy(
        "%(provider)s is among the providers, and no file shows or names it. Add a file, correct "
        "the provider, or say why there is none."
    ),
    Code.CLAIMED_WITHOUT_PROOF: gettext_lazy(
        "The letter calls %(months)s paid, and no file is for it. Correct the letter, add a file, "
        "or say why there is none."
    ),
    Code.LETTER_CONTRADICTS: gettext_lazy(
        "The letter says %(said)s; the records say %(recorded)s. Correct either, or say why both "
        "are right."
    ),
    Code.CHANGED_SINCE_CONFIRMED: gettext_lazy(
        "The facts were changed after the owner confirmed them."
    ),
}

#: What a reader of the answer would make of it.
WHY = {
    Code.DEADLINE_PASSED: gettext_lazy("What comes late may not be read."),
    Code.PROOF_OUTSIDE_USE: gettext_lazy("A reader will ask what was paid for then."),
    Code.PAYER_UNKNOWN: gettext_lazy("A reader cannot tell whether this store paid."),
    Code.PAYEE_UNKNOWN: gettext_lazy("A reader cannot tell whether this service was paid."),
    Code.PAID_BEFORE_USE: gettext_lazy("A reader will ask what was paid for then."),
    Code.PAID_AFTER_NOTICE: gettext_lazy("A reader may think it was made for the answer."),
    Code.KIND_DOES_NOT_FIT: gettext_lazy("A reader will look for the amount and the date."),
    Code.FREE_BUT_PAID: gettext_lazy("Both cannot be true, and a reader sees both."),
    Code.SECRET_STILL_LIVE: gettext_lazy("Whoever holds it can still act in the store's name."),
    Code.ENDED_BEFORE_USE: gettext_lazy("A reader sees both dates side by side."),
    Code.USED_AFTER_ENDED: gettext_lazy("A reader sees both dates side by side."),
    Code.NAMED_NOT_LISTED: gettext_lazy("Whoever had access belongs among the providers."),
    Code.LISTED_NOT_SHOWN: gettext_lazy("A reader cannot tell whether it was really used."),
    Code.CLAIMED_WITHOUT_PROOF: gettext_lazy("A reader will look for the exhibit of that month."),
    Code.LETTER_CONTRADICTS: gettext_lazy(
        "Both should say the same, or one seems to deny the other."
    ),
    Code.CHANGED_SINCE_CONFIRMED: gettext_lazy("What was confirmed is no longer what is sent."),
}
#: What of the letter is unlike the records, as its title says it.
SUBJECTS = {
    MONTH: gettext_lazy("months of use, %(provider)s"),
    NAME: gettext_lazy("the name of %(provider)s"),
    EXHIBIT: gettext_lazy("exhibits"),
}


def of_finding(named: Named, finding: Finding) -> FindingWords:
    values = _values(named, finding)
    title, sentence, why = _said(named, finding)
    sentence %= values
    return FindingWords(
        title=title % values,
        brief=str(BRIEF[finding.code]) % values,
        sentence=sentence,
        url=links.link(named.code, finding.place),
        ways=ways(named, finding),
        why=why,
        reason=between_sentences().join((sentence, why)),
        explained=finding.explanation.sentence if finding.explanation else "",
        explain_url=explain(named, finding).url,
        who=_("Only the account owner can do this.") if finding.actor is Actor.OWNER else "",
    )


def _said(named: Named, finding: Finding) -> tuple[str, str, str]:
    """Title, sentence and why, where the code alone does not say them."""
    title, sentence, why = (str(of[finding.code]) for of in (TITLES, SENTENCES, WHY))
    match finding.code:
        case Code.KIND_DOES_NOT_FIT if _kind(finding) == EvidenceKind.REFUND:
            # A sentence about it closes the finding, but a refund still shows no payment.
            sentence = _(
                "A refund never counts as proof of payment. Correct what the file is, or add "
                "another file."
            )
        case Code.PAYER_UNKNOWN if not named.has_company:
            title = _("Write down the company of the store")
            sentence = _("%(file)s names a payer, and there is no company yet to compare it with.")
        case Code.NAMED_NOT_LISTED if finding.place.evidence:
            sentence = _(
                "%(file)s names %(written)s, and no provider has that name. Correct what is said of "
                "the file, add the provider, or say who it is."
            )
        case Code.CLAIMED_WITHOUT_PROOF if not finding.place.provider:
            title = _("Check the months that the letter calls paid")
        case Code.LETTER_CONTRADICTS if _what(finding) == NAME:
            sentence = _(
                "The letter writes “%(written)s”; the record has “%(recorded)s”. Correct either, "
                "or say why both are right."
            )
            why = _("A reader cannot tell whether these are one service or two.")
        case Code.LETTER_CONTRADICTS if _what(finding) == EXHIBIT:
            sentence = _(
                "The letter names %(written)s, and this case has no such exhibit. Correct the "
                "letter, look through the files, or say what is meant."
            )
            why = _("It may be a slip of the pen, or the file was withdrawn.")
    return title, sentence, why


def _values(named: Named, finding: Finding) -> dict[str, str]:
    values = dict(finding.values)
    kind = _kind(finding)
    provider = named.provider(finding.place.provider or values.get("provider"))
    subject = str(SUBJECTS.get(_what(finding), "")) % {"provider": provider}
    return (
        values
        | {
            "provider": provider,
            "file": named.file(finding.place.evidence) if finding.place.evidence else "",
            "written": listed(finding.written),
            "months": months(values.get("months", "").split()),
            "deadline": _deadline(values.get("deadline", "")),
            "kind": str(Evidence.Kind(kind).label) if kind else _("A file of no kind yet"),
            "subject": subject,
        }
        | (_spans(values) if _what(finding) == MONTH else {})
    )


def _spans(values: Mapping[str, str]) -> dict[str, str]:
    return {name: listed(map(_span, values[name].split())) for name in ("said", "recorded")}


def _span(value: str) -> str:
    """2018-05, 2018-05/2018-08, or 2018-05/ for what goes on from there."""
    first, slash, last = value.partition("/")
    if not slash:
        return first
    onwards = pgettext("as the letter says it", "%(first)s onwards") % {"first": first}
    return span(first, last) if last else onwards


def _deadline(value: str) -> str:
    """Day and, where one was given, hour and minute."""
    day, _space, rest = value.partition(" ")
    time = rest.partition(" ")[0]
    return f"{day} {time[:5]}" if time[2:3] == ":" else day


def _kind(finding: Finding) -> str:
    return dict(finding.values).get("kind", "")


def _what(finding: Finding) -> str:
    return dict(finding.values).get("what", "")

"""What does not fit, why, and the ways out: correct this, correct that, or explain."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from appeals.models import Evidence
from appeals.rules.facts import EvidenceKind, Field
from appeals.rules.findings import Code, Finding

from . import links
from .names import Named, listed, months

#: The guide that says how to take a secret back.
GUIDE_TO_REVOKE = "exposed"


@dataclass(frozen=True, slots=True)
class Way:
    """One way out."""

    label: str
    url: str


@dataclass(frozen=True, slots=True)
class FindingWords:
    """One finding. `ways` begins with what helps most; the last one is to explain, if it can be."""

    title: str  # what to do, as a heading
    brief: str  # the same in a few words, for a row of the table
    sentence: str  # what does not fit
    url: str  # the very field
    ways: tuple[Way, ...]


TITLES = {
    Code.DEADLINE_PASSED: gettext_lazy("The deadline has passed: check it"),
    Code.PROOF_OUTSIDE_USE: gettext_lazy("Check the months of %(file)s, %(provider)s"),
    Code.PAYER_UNKNOWN: gettext_lazy("Write a sentence: who paid %(file)s, %(provider)s"),
    Code.PAYEE_UNKNOWN: gettext_lazy("Check who was paid in %(file)s, %(provider)s"),
    Code.KIND_DOES_NOT_FIT: gettext_lazy("Check whether %(file)s shows a payment, %(provider)s"),
    Code.FREE_BUT_PAID: gettext_lazy("%(provider)s: free of charge, or paid?"),
    Code.SECRET_STILL_LIVE: gettext_lazy("Take back the key that %(provider)s holds"),
    Code.ENDED_BEFORE_USE: gettext_lazy("Check when the access of %(provider)s ended"),
    Code.USED_AFTER_ENDED: gettext_lazy("Check the months of use of %(provider)s"),
    Code.CHANGED_SINCE_CONFIRMED: gettext_lazy("Confirm again: the facts have changed"),
}

BRIEF = {
    Code.DEADLINE_PASSED: gettext_lazy("The deadline has passed"),
    Code.PROOF_OUTSIDE_USE: gettext_lazy("%(file)s: months outside the period of use"),
    Code.PAYER_UNKNOWN: gettext_lazy("%(file)s: say who paid"),
    Code.PAYEE_UNKNOWN: gettext_lazy("%(file)s: check who was paid"),
    Code.KIND_DOES_NOT_FIT: gettext_lazy("%(file)s: not a proof of payment"),
    Code.FREE_BUT_PAID: gettext_lazy("Free of charge, yet there is proof of payment"),
    Code.SECRET_STILL_LIVE: gettext_lazy("The key is still in their hands"),
    Code.ENDED_BEFORE_USE: gettext_lazy("Ended before it was used"),
    Code.USED_AFTER_ENDED: gettext_lazy("Used after access ended"),
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
    Code.CHANGED_SINCE_CONFIRMED: gettext_lazy(
        "The facts were changed after the owner confirmed them."
    ),
}


def of_finding(named: Named, finding: Finding) -> FindingWords:
    values = _values(named, finding)
    sentence = SENTENCES[finding.code]
    if finding.code is Code.KIND_DOES_NOT_FIT and _kind(finding) == EvidenceKind.REFUND:
        # A sentence about it closes the finding, but a refund still shows no payment.
        sentence = gettext_lazy(
            "A refund never counts as proof of payment. Correct what the file is, or add another "
            "file."
        )
    title = TITLES[finding.code]
    if finding.code is Code.PAYER_UNKNOWN and not named.has_company:
        title = gettext_lazy("Write down the company of the store")
        sentence = gettext_lazy(
            "%(file)s names a payer, and there is no company yet to compare it with."
        )
    return FindingWords(
        title=str(title) % values,
        brief=str(BRIEF[finding.code]) % values,
        sentence=str(sentence) % values,
        url=links.link(named.code, finding.place),
        ways=tuple(_ways(named, finding)),
    )


def explain(named: Named, finding: Finding) -> Way:
    url = links.to_explanation(named.code, finding=finding.key)
    return Way(_("Write a sentence"), url)


def _ways(named: Named, finding: Finding) -> list[Way]:
    code, place = named.code, finding.place
    here = links.link(code, place)
    letter, demand = place.provider or "", place.demand
    explained = explain(named, finding)
    match finding.code:
        case Code.DEADLINE_PASSED:
            return [Way(_("Correct the deadline"), here), explained]
        case Code.PROOF_OUTSIDE_USE:
            periods = links.to_provider(code, letter, Field.FIRST_MONTH)
            return [
                Way(_("Correct the months of the file"), here),
                Way(_("Correct the months of use"), periods),
                explained,
            ]
        case Code.PAYER_UNKNOWN if not named.has_company:
            return [
                Way(_("Write down the company"), links.to_particulars(code, "company")),
                Way(_("Add a name that pays for the store"), _payers(named)),
                Way(_("Correct the payer"), here),
                explained,
            ]
        case Code.PAYER_UNKNOWN:
            return [
                explained,
                Way(_("Correct the payer"), here),
                Way(_("Add a name that pays for the store"), _payers(named)),
                Way(_("Use another file"), links.to_new_evidence(code, demand, letter)),
            ]
        case Code.PAYEE_UNKNOWN:
            names = links.to_provider(code, letter, "payees")
            return [
                Way(_("Correct the payee"), here),
                Way(_("Add the name to the provider"), names),
                explained,
            ]
        case Code.KIND_DOES_NOT_FIT:
            return [
                Way(_("Correct what the file is"), here),
                Way(_("Use another file"), links.to_new_evidence(code, demand, letter)),
                explained,
            ]
        case Code.FREE_BUT_PAID:
            files = [
                Way(_("Open %(file)s") % {"file": named.file(one)}, links.to_evidence(code, one))
                for one in finding.evidence
            ]
            return [Way(_("Correct whether it was free"), here), *files, explained]
        case Code.SECRET_STILL_LIVE:
            guide = links.to_guide(GUIDE_TO_REVOKE)
            return [
                Way(_("How to take it back"), guide),
                Way(_("It has been taken back"), here),
                explained,
            ]
        case Code.ENDED_BEFORE_USE:
            periods = links.to_provider(code, letter, Field.FIRST_MONTH)
            return [
                Way(_("Correct when access ended"), here),
                Way(_("Correct the months of use"), periods),
                explained,
            ]
        case Code.USED_AFTER_ENDED:
            ended = links.to_provider(code, letter, Field.ENDED_ON)
            return [
                Way(_("Correct the months of use"), here),
                Way(_("Correct when access ended"), ended),
                explained,
            ]
        case Code.CHANGED_SINCE_CONFIRMED:
            return [Way(_("Confirm again"), here)]


def _payers(named: Named) -> str:
    return links.to_particulars(named.code, "payer_names")


def _values(named: Named, finding: Finding) -> dict[str, str]:
    values = dict(finding.values)
    kind = _kind(finding)
    return values | {
        "provider": named.provider(finding.place.provider),
        "file": named.file(finding.place.evidence) if finding.place.evidence else "",
        "written": listed(finding.written),
        "months": months(values.get("months", "").split()),
        "deadline": _deadline(values.get("deadline", "")),
        "kind": str(Evidence.Kind(kind).label) if kind else _("A file of no kind yet"),
    }


def _deadline(value: str) -> str:
    """Day and, where one was given, hour and minute."""
    day, _space, rest = value.partition(" ")
    time = rest.partition(" ")[0]
    return f"{day} {time[:5]}" if time[2:3] == ":" else day


def _kind(finding: Finding) -> str:
    return dict(finding.values).get("kind", "")

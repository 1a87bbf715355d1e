"""The ways out of what does not fit: correct this, correct that, or explain."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _

from appeals.rules import letters
from appeals.rules.facts import Field
from appeals.rules.findings import Code, Finding

from . import links
from .names import Named

#: The guide that says how to take a secret back.
GUIDE_TO_REVOKE = "exposed"


@dataclass(frozen=True, slots=True)
class Way:
    """One way out."""

    label: str
    url: str


def ways(named: Named, finding: Finding) -> tuple[Way, ...]:
    """What helps most first. In the example, ways that lead to writing are words without address."""
    return tuple(_ways(named, finding))


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
        case Code.PAID_BEFORE_USE:
            periods = links.to_provider(code, letter, Field.FIRST_MONTH)
            return [
                Way(_("Correct the date of the file"), here),
                Way(_("Correct the months of use"), periods),
                explained,
            ]
        case Code.PAID_AFTER_NOTICE:
            return [
                Way(_("Correct the date of the file"), here),
                Way(_("Correct the day of the notice"), links.to_notice_itself(code, "notice_on")),
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
        case Code.NAMED_NOT_LISTED:
            correct = _("Correct the file") if place.evidence else _("Correct the letter")
            added = Way(_("Add a provider"), links.to_new_provider(code, Field.NAME))
            return [Way(correct, here), added, explained]
        case Code.LISTED_NOT_SHOWN:
            return [
                Way(_("Add a file"), links.to_new_evidence(code, demand, letter)),
                Way(_("Look at the provider"), here),
                explained,
            ]
        case Code.CLAIMED_WITHOUT_PROOF:
            month = dict(finding.values)["months"].partition(" ")[0]
            # Without a provider there is no cell that a file could be meant for.
            cell = (demand, letter, month) if letter else (None,)
            return [
                Way(_("Correct the letter"), here),
                Way(_("Add a file"), links.to_new_evidence(code, *cell)),
                explained,
            ]
        case Code.LETTER_CONTRADICTS:
            return [Way(_("Correct the letter"), here), _record(named, finding), explained]
        case Code.CHANGED_SINCE_CONFIRMED:
            return [Way(_("Confirm again"), here)]


def _record(named: Named, finding: Finding) -> Way:
    """Where the records say otherwise than the letter."""
    letter = dict(finding.values)["provider"]
    match dict(finding.values)["what"]:
        case letters.MONTH:
            url = links.to_provider(named.code, letter, Field.FIRST_MONTH)
            return Way(_("Correct the records"), url)
        case letters.NAME:
            return Way(_("Correct the records"), links.to_provider(named.code, letter, Field.NAME))
        case _:
            return Way(_("See the files"), links.to_files(named.code))


def _payers(named: Named) -> str:
    return links.to_particulars(named.code, "payer_names")

"""What a check says: what is wrong, why it matters, and the ways out."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from appeals.rules.facts import Field
from appeals.sentences import links
from appeals.sentences.findings import GUIDE_TO_REVOKE, Way
from appeals.sentences.names import Named, listed, months, span

from .checks import Check, Code


@dataclass(frozen=True, slots=True)
class CheckWords:
    title: str
    why: str
    ways: tuple[Way, ...]
    sentence: str = ""  # that it is right all the same


TITLES = {
    Code.UNANSWERED: gettext_lazy("This section is not written yet"),
    Code.NOT_MENTIONED: gettext_lazy("This section does not mention %(provider)s"),
    Code.MONTH_UNLIKE: gettext_lazy("The letter says %(said)s; the records say %(recorded)s"),
    Code.CLAIMED: gettext_lazy("Named as paid, and no file proves it: %(said)s"),
    Code.NAME_UNLIKE: gettext_lazy("The letter writes “%(said)s”; the record has “%(recorded)s”"),
    Code.EXHIBIT_UNLIKE: gettext_lazy("No such exhibit in this case: %(said)s"),
    Code.NOT_LISTED: gettext_lazy("Named in the letter, and not among the providers: %(said)s"),
    Code.BLAME: gettext_lazy("“%(said)s” sounds like blame"),
    Code.VOW: gettext_lazy("“%(said)s” is an empty vow"),
    Code.LONG: gettext_lazy("%(said)s words in one section are long to read"),
    Code.SECRET: gettext_lazy("This section seems to hold a secret"),
}

WHY = {
    Code.UNANSWERED: gettext_lazy(
        "The notice asks for it. If it cannot be answered, say in a sentence why."
    ),
    Code.NOT_MENTIONED: gettext_lazy(
        "It is among the providers, so a reader will look for it here."
    ),
    Code.MONTH_UNLIKE: gettext_lazy("Both should say the same, or one seems to deny the other."),
    Code.CLAIMED: gettext_lazy("A reader will look for the exhibit of that month."),
    Code.NAME_UNLIKE: gettext_lazy("A reader cannot tell whether these are one service or two."),
    Code.EXHIBIT_UNLIKE: gettext_lazy("It may be a slip of the pen, or the file was withdrawn."),
    Code.NOT_LISTED: gettext_lazy(
        "Whoever had access belongs among the providers. If it had none, say so in the letter."
    ),
    Code.BLAME: gettext_lazy(
        "The reader decides about the account. Say what happened, and what you did about it."
    ),
    Code.VOW: gettext_lazy(
        "Say what was done: when access ended, who looks after it, how often it is checked."
    ),
    Code.LONG: gettext_lazy("Keep what answers the question; the exhibits hold the rest."),
    Code.SECRET: gettext_lazy("Take it out of the letter. If anyone else has it, revoke it first."),
}


def of_check(named: Named, check: Check, sentence: str = "") -> CheckWords:
    values = {
        "provider": named.provider(check.service),
        "said": _said(check, check.said),
        "recorded": _said(check, check.recorded),
    }
    return CheckWords(
        title=str(TITLES[check.code]) % values,
        why=str(WHY[check.code]),
        ways=tuple(_all_ways(named.code, check)),
        sentence=sentence,
    )


def _all_ways(code: uuid.UUID, check: Check) -> Iterable[Way]:
    yield from _ways(code, check)
    if check.can_be_explained:
        yield Way(_("Write a sentence"), to_explanation(code, check))


def _said(check: Check, values: Iterable[str]) -> str:
    if check.code is Code.MONTH_UNLIKE:
        return listed(map(_month, values))
    if check.code is Code.CLAIMED:
        return months(values)
    return listed(values)


def _month(value: str) -> str:
    """2018-05, 2018-05/2018-08, or 2018-05/ for what goes on from there."""
    first, slash, last = value.partition("/")
    if not slash:
        return first
    return span(first, last) if last else _("%(first)s onwards") % {"first": first}


def _ways(code: uuid.UUID, check: Check) -> Iterable[Way]:
    here = to_section(code, check.demand)
    letter = check.service or ""
    match check.code:
        case Code.UNANSWERED:
            yield Way(_("Write it"), here)
        case Code.NOT_MENTIONED:
            yield Way(_("Add a sentence"), here)
            yield Way(_("Look at the provider"), links.to_provider(code, letter))
        case Code.MONTH_UNLIKE:
            yield Way(_("Correct the letter"), here)
            periods = links.to_provider(code, letter, Field.FIRST_MONTH)
            yield Way(_("Correct the records"), periods)
        case Code.CLAIMED:
            yield Way(_("Correct the letter"), here)
            proof = links.to_new_evidence(code, check.demand, check.service, check.said[0])
            # Without a provider there is no cell that a file could be meant for.
            yield Way(_("Add a file"), proof if letter else links.to_new_evidence(code, None))
        case Code.NAME_UNLIKE:
            yield Way(_("Correct the letter"), here)
            yield Way(_("Correct the records"), links.to_provider(code, letter, Field.NAME))
        case Code.EXHIBIT_UNLIKE:
            yield Way(_("Correct the letter"), here)
            yield Way(_("See the files"), links.to_files(code))
        case Code.NOT_LISTED:
            yield Way(_("Correct the letter"), here)
            yield Way(_("Add a provider"), links.to_new_provider(code))
        case Code.SECRET:
            yield Way(_("Take it out"), here)
            yield Way(_("How to take it back"), links.to_guide(GUIDE_TO_REVOKE))
        case _:
            yield Way(_("Change this section"), here)


@links.to_write
def to_explanation(code: uuid.UUID, check: Check) -> str:
    page = reverse("appeals:letter-explanation", args=[code, check.demand])
    return f"{page}?{urlencode({'check': check.key})}"


@links.to_write
def to_section(code: uuid.UUID, ordinal: int) -> str:
    """The section, open for writing, with the checks at their place."""
    return links.to_letter(code, ordinal, section=ordinal, checks=1)


#: What is said where nothing of the kind was found.
FINE = (
    (frozenset({Code.SECRET}), gettext_lazy("Nothing that looks like a secret")),
    (frozenset({Code.BLAME}), gettext_lazy("No words of blame")),
    (frozenset({Code.VOW}), gettext_lazy("No empty vows")),
    (
        frozenset({Code.NAME_UNLIKE, Code.EXHIBIT_UNLIKE, Code.NOT_LISTED}),
        gettext_lazy("Names and numbers of exhibits are those of the records"),
    ),
    (
        frozenset({Code.MONTH_UNLIKE, Code.CLAIMED}),
        gettext_lazy("Months are those of the records, as far as the letter names them"),
    ),
    (frozenset({Code.NOT_MENTIONED}), gettext_lazy("Every provider is mentioned")),
)


def fine(checks: Iterable[Check]) -> tuple[str, ...]:
    """What was looked for and not found."""
    found = {one.code for one in checks}
    return tuple(str(words) for codes, words in FINE if not codes & found)

"""What a check says: what is wrong, why it matters, and the ways out."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from appeals.rules.findings import Code as Found
from appeals.rules.findings import Finding
from appeals.rules.letters import EXHIBIT, MONTH, NAME
from appeals.sentences import links
from appeals.sentences.findings import FindingWords
from appeals.sentences.names import Named, listed
from appeals.sentences.ways import GUIDE_TO_REVOKE, Way

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
    Code.ADDRESS: gettext_lazy("An address that no provider has: %(said)s"),
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
    Code.ADDRESS: gettext_lazy(
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
    values = {"provider": named.provider(check.service), "said": listed(check.said)}
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


def _ways(code: uuid.UUID, check: Check) -> Iterable[Way]:
    here = to_section(code, check.demand)
    letter = check.service or ""
    match check.code:
        case Code.UNANSWERED:
            yield Way(_("Write it"), here)
        case Code.NOT_MENTIONED:
            yield Way(_("Add a sentence"), here)
            yield Way(_("Look at the provider"), links.to_provider(code, letter))
        case Code.ADDRESS:
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


def of_words(finding: FindingWords) -> CheckWords:
    """A finding of the rules, as it stands at its section."""
    return CheckWords(finding.title, finding.reason, finding.ways, finding.explained)


#: What is said where nothing of the kind was found.
FINE = (
    (frozenset({Code.SECRET}), gettext_lazy("Nothing that looks like a secret")),
    (frozenset({Code.BLAME}), gettext_lazy("No words of blame")),
    (frozenset({Code.VOW}), gettext_lazy("No empty vows")),
    (
        frozenset({EXHIBIT, NAME, Found.NAMED_NOT_LISTED}),
        gettext_lazy("Names and numbers of exhibits are those of the records"),
    ),
    (
        frozenset({MONTH, Found.CLAIMED_WITHOUT_PROOF}),
        gettext_lazy("Months are those of the records, as far as the letter names them"),
    ),
    (frozenset({Code.NOT_MENTIONED}), gettext_lazy("Every provider is mentioned")),
)


def fine(checks: Iterable[Check], findings: Iterable[Finding]) -> tuple[str, ...]:
    """What was looked for and not found; what is explained was found."""
    found: set[str] = {one.code for one in checks}
    found.update(dict(one.values).get("what", one.code) for one in findings)
    return tuple(str(words) for codes, words in FINE if not codes & found)

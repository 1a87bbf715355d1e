"""What the things of a case are called."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext, pgettext_lazy

from appeals.evidence.names import shown_name
from appeals.models import Case, Provider
from appeals.rules.cells import MonthState, State
from appeals.rules.facts import DemandFacts, Rule
from appeals.rules.months import Month

#: Heads of the table's columns.
SHORT = {
    Rule.LEARNED: pgettext_lazy("head of a column", "Found"),
    Rule.CONTACTS: pgettext_lazy("head of a column", "Contacts"),
    Rule.DESCRIBED: pgettext_lazy("head of a column", "Description"),
    Rule.USED: pgettext_lazy("head of a column", "Months"),
    Rule.PAID: pgettext_lazy("head of a column", "Payment"),
    Rule.CONFIRMED: pgettext_lazy("head of a column", "Confirmation"),
    Rule.ENDED: pgettext_lazy("head of a column", "Access"),
}

LONG = {
    Rule.LEARNED: gettext_lazy("How you found it"),
    Rule.CONTACTS: gettext_lazy("Providers and contacts"),
    Rule.DESCRIBED: gettext_lazy("Description and copies"),
    Rule.USED: gettext_lazy("Months of use"),
    Rule.PAID: gettext_lazy("Proof of payment"),
    Rule.CONFIRMED: gettext_lazy("Confirmation to comply"),
    Rule.ENDED: gettext_lazy("Proof that access ended"),
}

STATES = {
    State.NOT_STARTED: pgettext_lazy("state of a demand", "Not started"),
    State.STARTED: pgettext_lazy("state of a demand", "Started"),
    State.READY: pgettext_lazy("state of a demand", "Ready"),
    State.NEEDS_A_LOOK: pgettext_lazy("state of a demand", "Needs a look"),
    State.EXPLAINED: pgettext_lazy("state of a demand", "Explained"),
}

MONTHS = {
    MonthState.NOT_IN_USE: pgettext_lazy("state of a month", "Not in use"),
    MonthState.NO_PROOF: pgettext_lazy("state of a month", "In use, no proof"),
    MonthState.PROOF: pgettext_lazy("state of a month", "Proof"),
    MonthState.NEEDS_A_LOOK: pgettext_lazy("state of a month", "Needs a look"),
    MonthState.FREE: pgettext_lazy("state of a month", "Free"),
}


def state_word(state: State | None) -> str:
    """None: the demand is left out."""
    return str(STATES[state]) if state else pgettext("state of a demand", "Not asked this time")


def month_word(state: MonthState) -> str:
    return str(MONTHS[state])


def listed(names: Iterable[str]) -> str:
    return pgettext("between the parts of a list", ", ").join(names)


def between_sentences() -> str:
    """What stands between two sentences of the active language."""
    return _("%(before)s %(after)s") % {"before": "", "after": ""}


def span(first: str, last: str) -> str:
    return _("%(first)s to %(last)s") % {"first": first, "last": last}


def months(of: Iterable[str]) -> str:
    """Months (2018-05) as a list, three or more in a row as from and to."""
    rows: list[list[Month]] = []
    for month in sorted(map(Month.parse, of)):
        if rows and rows[-1][-1] + 1 == month:
            rows[-1].append(month)
        else:
            rows.append([month])
    return listed(
        text
        for row in rows
        for text in ([span(str(row[0]), str(row[-1]))] if len(row) > 2 else map(str, row))
    )


def number(label: str) -> str:
    """The number of the notice inside a sentence: 4 for `4.` or `(4)`, IV for `IV.`"""
    return label.strip(" .．、:：()（）") or label


def of_round(label: str, round: int) -> str:
    """4, or 1 (round 2): a reply numbers what it asks from the start again."""
    if round == 1:
        return label
    return _("%(label)s (round %(round)s)") % {"label": label, "round": round}


def in_a_sentence(label: str, round: int) -> str:
    """The same after the word item, without the stops of the notice."""
    if round == 1:
        return number(label)
    words = pgettext("number of an item, inside a sentence", "%(label)s (round %(round)s)")
    return words % {"label": number(label), "round": round}


def clipped(text: str, most: int) -> str:
    """Not more characters than that, which a word of the notice may be."""
    line = " ".join(text.split())
    return line if len(line) <= most else line[: most - 1].rstrip() + "…"


@dataclass(frozen=True, slots=True)
class Named:
    """The names of one case, by what the rules know things by."""

    code: uuid.UUID
    providers: Mapping[str, str]  # by letter
    services: Mapping[str, Provider]  # the same, whole
    files: Mapping[str, str]  # by code: the exhibit's number, or the name of the file
    has_company: bool = True  # the store's company is written down

    @classmethod
    def of(cls, case: Case) -> Named:
        """No query where the case was loaded with its facts."""
        return cls(
            code=case.code,
            providers={one.letter: one.name for one in case.providers.all()},
            services={one.letter: one for one in case.providers.all()},
            files={
                str(one.code): one.exhibit or shown_name(one.original_name, one.media_type)
                for one in case.evidence.all()
            },
            has_company=bool(case.company),
        )

    def provider(self, letter: str | None) -> str:
        return self.providers.get(letter or "", "")

    def file(self, code: object) -> str:
        return self.files.get(str(code), "")

    @staticmethod
    def label(demand: DemandFacts) -> str:
        """Its number inside a sentence, told from the same one of another round."""
        return in_a_sentence(demand.label, demand.round)

    @staticmethod
    def demand(demand: DemandFacts) -> str:
        """Its name in a sentence or a list; the words of the notice for what it added."""
        if demand.name or demand.rule in LONG:
            return demand.name or str(LONG[demand.rule])
        words = clipped(demand.wording, 60)
        return words or _("Item %(label)s") % {"label": Named.label(demand)}

    @staticmethod
    def short(demand: DemandFacts) -> str:
        """Its name over a column."""
        if demand.rule in SHORT and not demand.name:
            return str(SHORT[demand.rule])
        words = clipped(demand.name or demand.wording, 18)
        return words or _("Item %(label)s") % {"label": Named.label(demand)}

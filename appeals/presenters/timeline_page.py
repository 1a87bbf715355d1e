"""Which lines of the timeline are shown: by what they are about, by who, by item; as links."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

from django.http import QueryDict
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from appeals.models import Case, Demand, Event
from appeals.models.demand import Standing
from appeals.models.event import EventQuerySet
from appeals.sentences import Words
from appeals.sentences.names import of_round
from guides.models import User

#: What lines may be about, by the word of the address.
ABOUT: Mapping[str, tuple[Promise, frozenset[str]]] = {
    "rounds": (
        gettext_lazy("Submissions"),
        frozenset(
            {
                *(Event.Kind.SUBMITTED, Event.Kind.SUBMISSION_CHANGED, Event.Kind.CONFIRMED),
                *(Event.Kind.REPLIED, Event.Kind.REPLY_CHANGED),
                *(Event.Kind.CASE_CLOSED, Event.Kind.CASE_REOPENED),
            }
        ),
    ),
    "files": (
        gettext_lazy("Files"),
        frozenset(
            {
                *(Event.Kind.EVIDENCE_ADDED, Event.Kind.EVIDENCE_FILED, Event.Kind.DOWNLOADED),
                *(Event.Kind.EVIDENCE_WITHDRAWN, Event.Kind.EVIDENCE_REMOVED),
                *(Event.Kind.FILE_DELETED, Event.Kind.FILES_DELETED, Event.Kind.KEEPING_SET),
            }
        ),
    ),
    "notice": (
        gettext_lazy("Notice"),
        frozenset(
            {
                *(Event.Kind.CASE_OPENED, Event.Kind.NOTICE_RECORDED, Event.Kind.NOTICE_CHANGED),
                *(Event.Kind.DEADLINE_SET, Event.Kind.DEMAND_CHANGED),
            }
        ),
    ),
}


@dataclass(frozen=True, slots=True)
class Choice:
    """One link of a filter."""

    label: str
    name: str  # in full, where the label is a number; else empty
    url: str
    is_chosen: bool


@dataclass(frozen=True, slots=True)
class Filter:
    """What the address asks for; what it names wrongly is not asked for."""

    about: str = ""
    by: str = ""  # `me` or `others`
    demand: int | None = None

    @classmethod
    def read(cls, query: QueryDict, case: Case) -> Filter:
        wanted = query.get("demand", "")
        demand = next(
            (one.ordinal for one in case.demands.all() if str(one.ordinal) == wanted), None
        )
        about, by = query.get("about", ""), query.get("by", "")
        return cls(about if about in ABOUT else "", by if by in ("me", "others") else "", demand)

    @property
    def is_narrow(self) -> bool:
        return bool(self.about or self.by or self.demand is not None)

    def query(self, **changes: object) -> str:
        """The address of the same with other choices, from its first page."""
        wanted = {"about": self.about, "by": self.by, "demand": self.demand} | changes
        return "?" + urlencode({name: value for name, value in wanted.items() if value})

    def events(self, case: Case, reader: User) -> EventQuerySet:
        events = Event.objects.of_case(case)
        if self.about:
            events = events.filter(kind__in=ABOUT[self.about][1])
        if self.by == "me":
            events = events.filter(by_id=reader.pk)
        elif self.by:
            events = events.exclude(by_id=reader.pk)
        demand = self._demand(case)
        return events if demand is None else events.about(demand)

    def kinds(self) -> list[Choice]:
        choices = [Choice(_("All"), "", self.query(about=""), not self.about)]
        for word, (label, _kinds) in ABOUT.items():
            choices.append(Choice(str(label), "", self.query(about=word), self.about == word))
        return choices

    def people(self, case: Case, reader: User) -> list[Choice]:
        """None where nobody else did anything."""
        others = Event.objects.of_case(case).exclude(by_id=reader.pk).exists()
        if not others and not self.by:
            return []
        words = {
            "": _("Everybody"),
            "me": pgettext("who did it", "You"),
            "others": _("Others"),
        }
        return [
            Choice(label, "", self.query(by=word), self.by == word) for word, label in words.items()
        ]

    def items(self, case: Case) -> list[Choice]:
        """The items in the notice's order, then the rest."""
        words = Words.of(case)
        facts = {one.ordinal: one for one in case.facts().demands}
        asked = [one for one in case.demands.all() if one.standing == Standing.ASKED]
        rest = [one for one in case.demands.all() if one.standing != Standing.ASKED]
        return [
            Choice(_("All items"), "", self.query(demand=None), self.demand is None),
            *(
                Choice(
                    of_round(one.label, one.round),
                    words.demand(facts[one.ordinal]),
                    self.query(demand=one.ordinal),
                    self.demand == one.ordinal,
                )
                for one in (*asked, *rest)
            ),
        ]

    def chosen_item(self, case: Case) -> str:
        """The name of the item that is asked for; empty: all of them."""
        if self.demand is None:
            return ""
        facts = next(one for one in case.facts().demands if one.ordinal == self.demand)
        return Words.of(case).demand(facts)

    def _demand(self, case: Case) -> Demand | None:
        return next((one for one in case.demands.all() if one.ordinal == self.demand), None)

"""How states are drawn: always an icon beside the word, so that no colour speaks alone."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.translation import pgettext_lazy

from appeals.rules.cells import MonthState, State


@dataclass(frozen=True, slots=True)
class Look:
    """`icon`: the name after `icon-`, empty for none. `tone`: a class."""

    icon: str
    tone: str


STATES: Mapping[State | None, Look] = {
    State.NEEDS_A_LOOK: Look("care", "is-doubt"),
    State.READY: Look("check", "is-ready"),
    State.EXPLAINED: Look("dash", "is-explained"),
    State.NOT_STARTED: Look("ring", "is-open"),
    State.STARTED: Look("half", "is-begun"),
    None: Look("dash", "is-idle"),
}

MONTHS: Mapping[MonthState, Look] = {
    MonthState.NOT_IN_USE: Look("", "is-idle"),
    MonthState.NO_PROOF: Look("ring", "is-used"),
    MonthState.PROOF: Look("check", "is-proven"),
    MonthState.NEEDS_A_LOOK: Look("care", "is-doubt"),
    MonthState.FREE: Look("dash", "is-free"),
}

# Above the cells of a strip there is room for two or three letters.
MONTH_LABELS = (
    pgettext_lazy("month", "Jan"),
    pgettext_lazy("month", "Feb"),
    pgettext_lazy("month", "Mar"),
    pgettext_lazy("month", "Apr"),
    pgettext_lazy("month", "May"),
    pgettext_lazy("month", "Jun"),
    pgettext_lazy("month", "Jul"),
    pgettext_lazy("month", "Aug"),
    pgettext_lazy("month", "Sep"),
    pgettext_lazy("month", "Oct"),
    pgettext_lazy("month", "Nov"),
    pgettext_lazy("month", "Dec"),
)

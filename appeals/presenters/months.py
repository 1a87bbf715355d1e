"""The months of one provider as a strip: a year is two small tables of six months."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from django.template.loader import render_to_string
from django.utils.translation import get_language

from appeals.rules.cells import Cell, MonthCover, MonthState
from appeals.rules.months import Month
from appeals.sentences import Words, month_word

from .looks import MONTH_LABELS, MONTHS, Look


@dataclass(frozen=True, slots=True)
class MonthCell:
    month: Month
    short: str  # as above its cell
    look: Look
    word: str
    label: str  # in full: provider, month, state, what following the link does
    url: str  # empty where the month is not one of use

    @property
    def is_idle(self) -> bool:
        return not self.url


@dataclass(frozen=True, slots=True)
class Year:
    year: int
    halves: tuple[tuple[MonthCell, ...], ...]


def strip(words: Words, cell: Cell) -> tuple[Year, ...]:
    """The years from the first to the last month of use, and of what needs a look beside it.

    What was paid for beyond that, such as the rest of a prepaid year, is nothing to look at.
    """
    idle = MonthState.NOT_IN_USE
    covers = {cover.month: cover for cover in cell.cover if cover.state is not idle}
    if not covers:
        return ()
    years = range(min(covers).year, max(covers).year + 1)
    labels = tuple(map(str, MONTH_LABELS))
    return tuple(Year(year, _halves(words, cell, year, covers, labels)) for year in years)


def drawn(years: tuple[Year, ...]) -> str:
    """The strip as safe HTML, for a page that shows it more than once.

    Drawing forty of them is a fifth of a page that is opened after every change, of which most
    touch none or one: those that say the same as a moment ago are not drawn again.
    """
    return _drawn(get_language(), years) if years else ""


@lru_cache(maxsize=512)
def _drawn(language: str | None, years: tuple[Year, ...]) -> str:
    return render_to_string("appeals/_strip.html", {"years": years})


def _halves(
    words: Words,
    cell: Cell,
    year: int,
    covers: Mapping[Month, MonthCover],
    labels: tuple[str, ...],
) -> tuple[tuple[MonthCell, ...], ...]:
    months = [Month(year, number) for number in range(1, 13)]
    cells = tuple(
        _cell(words, cell, month, covers.get(month), label)
        for month, label in zip(months, labels, strict=True)
    )
    return (cells[:6], cells[6:])


def _cell(
    words: Words, cell: Cell, month: Month, cover: MonthCover | None, short: str
) -> MonthCell:
    if cover is None:
        word = month_word(MonthState.NOT_IN_USE)
        return MonthCell(month, short, MONTHS[MonthState.NOT_IN_USE], word, word, "")
    said = words.month(cell, cover)
    return MonthCell(month, short, MONTHS[cover.state], said.word, said.label, said.url)

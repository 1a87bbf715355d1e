"""The overview of a case: its demands over its providers, as a table and as a list."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from appeals.rules.assessment import Assessment, DemandState, ProviderState
from appeals.rules.cells import Cell, State
from appeals.rules.facts import Rule, Scope, Standing
from appeals.sentences import CellWords, Words, state_word
from appeals.sentences.links import to_confirmation, to_provider
from appeals.sentences.words import AccessWords

from . import months
from .looks import STATES, Look

#: Which state of a provider is told where there is room for one.
WORST_FIRST = (
    State.NEEDS_A_LOOK,
    State.NOT_STARTED,
    State.STARTED,
    State.EXPLAINED,
    State.READY,
)


@dataclass(frozen=True, slots=True)
class TableCell:
    look: Look
    said: str  # beside the icon, where it alone says too little: `1 / 2`
    label: str  # in full, for who hears the page
    url: str


@dataclass(frozen=True, slots=True)
class Row:
    letter: str
    name: str
    used: str  # from when to when
    url: str
    cells: tuple[TableCell | None, ...]  # None: not asked of this provider
    items: tuple[Item, ...]  # the same as lines, for phones
    lacks: str
    is_done: bool
    look: Look
    short: str  # its state in a word or two
    years: tuple[months.Year, ...]
    strip: str  # the same, drawn: it stands in the table and in the list for phones
    access: AccessWords


@dataclass(frozen=True, slots=True)
class Item:
    """One demand: a column, a line of the list, a segment of the bar."""

    ordinal: int
    label: str
    name: str
    short: str
    look: Look
    said: str  # how far it is
    word: str  # its state
    url: str
    of_case: bool = False
    doubt: str = ""  # where something stands that is of none of its providers
    round: int = 1  # that whose text asked for it first


@dataclass(frozen=True, slots=True)
class Overview:
    columns: tuple[Item, ...]
    rows: tuple[Row, ...]
    items: tuple[Item, ...]  # every demand that counts
    foot: tuple[Item, ...]  # those of the case itself
    advised: tuple[Item, ...]  # below the table, never counted


def overview(words: Words, assessment: Assessment) -> Overview:
    asked = [one for one in assessment.demands if one.demand.standing is Standing.ASKED]
    columns = [one for one in asked if one.demand.scope is Scope.PROVIDER]
    advice = [one for one in assessment.demands if one.demand.standing is Standing.ADVISED]
    items = {one.demand.ordinal: _item(words, one, assessment) for one in (*asked, *advice)}
    return Overview(
        columns=tuple(items[one.demand.ordinal] for one in columns),
        rows=tuple(_row(words, state, columns) for state in assessment.providers),
        items=tuple(items[one.demand.ordinal] for one in asked),
        foot=tuple(items[one.demand.ordinal] for one in asked if one not in columns),
        advised=tuple(items[one.demand.ordinal] for one in advice if one.cells),
    )


def _row(words: Words, state: ProviderState, columns: Sequence[DemandState]) -> Row:
    provider = state.provider
    told = {cell.demand.ordinal: (cell, words.cell(cell)) for cell in state.cells}
    asked = [cell for cell in state.cells if cell.demand.standing is Standing.ASKED]
    worst = min(asked, key=lambda cell: WORST_FIRST.index(cell.state), default=None)
    paid = next((cell for cell in state.cells if cell.demand.rule is Rule.PAID), None)
    years = months.strip(words, paid) if paid else ()
    said = words.row(state)
    return Row(
        letter=provider.letter,
        name=provider.name,
        used=span(state),
        url=to_provider(words.named.code, provider.letter),
        cells=tuple(
            table_cell(*told[one.demand.ordinal]) if one.demand.ordinal in told else None
            for one in columns
        ),
        items=tuple(_line(words, *told[cell.demand.ordinal]) for cell in asked),
        lacks=said.sentence,
        is_done=said.is_done,
        look=STATES[worst.state if worst else State.READY],
        short=_short(words, asked, worst),
        years=years,
        strip=months.drawn(years),
        access=words.access(state),
    )


def span(state: ProviderState) -> str:
    """From the first month of use to the last; empty where there is none."""
    if not state.months:
        return ""
    first, last = state.months[0], state.months[-1]
    if any(period.last is None for period in state.provider.periods):
        return _("%(first)s to now") % {"first": first}
    if first == last:
        return str(first)
    return _("%(first)s to %(last)s") % {"first": first, "last": last}


def table_cell(cell: Cell, said: CellWords) -> TableCell:
    beside = "" if cell.state is State.EXPLAINED else said.count
    if cell.state is State.EXPLAINED:
        beside = said.word
    return TableCell(STATES[cell.state], beside, said.label, said.url)


def _line(words: Words, cell: Cell, said: CellWords) -> Item:
    return Item(
        ordinal=cell.demand.ordinal,
        label=cell.demand.label,
        name=words.demand(cell.demand),
        short=words.short(cell.demand),
        look=STATES[cell.state],
        said=said.count,
        word=said.word,
        url=said.url,
        round=cell.demand.round,
    )


def _short(words: Words, asked: Sequence[Cell], worst: Cell | None) -> str:
    if worst is None or worst.state in (State.READY, State.EXPLAINED):
        return state_word(worst.state if worst else State.READY)
    if worst.state is State.NEEDS_A_LOOK:
        count = words.cell(worst).count
        return f"{words.short(worst.demand)} {count}".strip()
    return f"{sum(cell.state.is_done for cell in asked)} / {len(asked)}"


def _item(words: Words, state: DemandState, assessment: Assessment) -> Item:
    demand = state.demand
    said = words.over(state)
    if demand.rule is Rule.CONFIRMED and state.state is not State.READY:
        said = _("Only the account owner can confirm this")
    return Item(
        ordinal=demand.ordinal,
        label=demand.label,
        name=words.demand(demand),
        short=words.short(demand),
        look=STATES[state.state],
        said=said if state.cells else "",
        word=state_word(state.state),
        url=_first_open(words, state),
        of_case=demand.scope is Scope.CASE,
        doubt=words.finding(state.findings[0]).url if state.findings else "",
        round=demand.round,
    )


def _first_open(words: Words, state: DemandState) -> str:
    """Where the demand is worked on: the first of its cells that is not done."""
    if state.demand.rule is Rule.CONFIRMED:
        return to_confirmation(words.named.code)
    if not state.cells:
        return ""
    if state.findings and all(one.state.is_done for one in state.cells):
        return words.finding(state.findings[0]).url
    cell = next((one for one in state.cells if not one.state.is_done), state.cells[0])
    return words.cell(cell).url

"""What a cell is and what it still lacks, in words."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext

from appeals.rules.cells import Cell, MonthCover, MonthState, State
from appeals.rules.facts import Field, Rule
from appeals.rules.needs import Missing, Piece

from . import links
from .names import Named, listed, month_word, state_word

PIECES = {
    Piece.FOUND: gettext_lazy("how it was found"),
    Piece.NAME: gettext_lazy("its name"),
    Piece.WEB_SITE: gettext_lazy("its web site"),
    Piece.CONTACT: gettext_lazy("an e-mail address or telephone number"),
    Piece.DID: gettext_lazy("what it did"),
    Piece.RECEIVED: gettext_lazy("what you saw or received"),
    Piece.PROOF: gettext_lazy("one file that shows it"),
    Piece.PERIOD: gettext_lazy("the months of use"),
    Piece.APPROXIMATE: gettext_lazy("a sentence on why the months are approximate"),
    Piece.SHORTAGE: gettext_lazy("a sentence on why there are so few months of use"),
    Piece.FREE: gettext_lazy("a sentence or a file that says it was free"),
    Piece.CONFIRMATION: gettext_lazy("the owner's confirmation"),
    Piece.ENDED: gettext_lazy("what has ended"),
    Piece.ENDED_ON: gettext_lazy("the day it ended"),
    Piece.ANSWER: gettext_lazy("an answer, or a file that shows it"),
}

OF_FIELDS = {
    Field.FOUND: Piece.FOUND,
    Field.NAME: Piece.NAME,
    Field.WEB_SITE: Piece.WEB_SITE,
    Field.EMAIL: Piece.CONTACT,
    Field.TELEPHONE: Piece.CONTACT,
    Field.DID: Piece.DID,
    Field.RECEIVED: Piece.RECEIVED,
    Field.FIRST_MONTH: Piece.PERIOD,
    Field.IS_FREE: Piece.FREE,
    Field.ENDED: Piece.ENDED,
    Field.ENDED_ON: Piece.ENDED_ON,
}


#: A new provider lacks everything: its row names the first few.
MOST_IN_A_ROW = 3


@dataclass(frozen=True, slots=True)
class CellWords:
    """One cell of the table."""

    state: State
    word: str  # its state
    count: str  # months shown of those asked, such as 1 / 2; empty where months do not count
    lacks: str  # what is missing; empty where nothing is
    label: str  # the cell in full, for who hears the page
    url: str


@dataclass(frozen=True, slots=True)
class MonthWords:
    """One month of the strip."""

    state: MonthState
    word: str
    label: str  # the month in full, for who hears the page
    url: str  # the file that stands there, or adding one for this month


@dataclass(frozen=True, slots=True)
class RowWords:
    """What a provider still lacks, over all that is asked."""

    is_done: bool
    sentence: str


def lacks(missing: tuple[Missing, ...]) -> str:
    """What is missing, as a list in the middle of a sentence."""
    return listed(_parts(missing))


def _parts(missing: tuple[Missing, ...]) -> list[str]:
    months = sum(one.piece is Piece.MONTH for one in missing)
    parts = [_months(months) if one.piece is Piece.MONTH else _piece(one) for one in missing]
    return list(dict.fromkeys(parts))


def still_missing(missing: tuple[Missing, ...]) -> str:
    return _("Still missing: %(pieces)s") % {"pieces": lacks(missing)}


def of_cell(named: Named, cell: Cell) -> CellWords:
    count = ""
    if cell.demand.rule is Rule.PAID and cell.months_shown is not None:
        count = f"{cell.months_shown} / {cell.demand.months}"
    return CellWords(
        state=cell.state,
        word=state_word(cell.state),
        count=count,
        lacks=lacks(cell.missing),
        label=_label(named, cell),
        url=url_of(named, cell),
    )


def url_of(named: Named, cell: Cell) -> str:
    if cell.provider is not None:
        return links.to_provider(named.code, cell.provider, demand=cell.demand.ordinal)
    if cell.demand.rule is Rule.CONFIRMED:
        return links.to_confirmation(named.code)
    return links.to_new_evidence(named.code, cell.demand.ordinal)


def of_month(named: Named, cell: Cell, cover: MonthCover) -> MonthWords:
    """One month of a payment cell: opens what stands there, else adding a file for it."""
    word = month_word(cover.state)
    values = {"provider": named.provider(cell.provider), "month": str(cover.month), "state": word}
    standing = cover.doubts or cover.proofs
    if standing:
        url = links.to_evidence(named.code, standing[0], Field.MONTHS)
        label = _("%(provider)s, %(month)s: %(state)s. Open the file.") % values
    else:
        url = links.to_new_evidence(
            named.code, cell.demand.ordinal, cell.provider, str(cover.month)
        )
        label = _("%(provider)s, %(month)s: %(state)s. Add a file for this month.") % values
    return MonthWords(cover.state, word, label, url)


def of_row(cells: tuple[Cell, ...], doubt: str = "") -> RowWords:
    """`cells`: those asked of one provider. `doubt`: its first open finding, in a few words."""
    if doubt:
        return RowWords(False, doubt)
    parts = _parts(tuple(one for cell in cells for one in cell.missing))
    if len(parts) > MOST_IN_A_ROW:
        shown, more = listed(parts[: MOST_IN_A_ROW - 1]), len(parts) - MOST_IN_A_ROW + 1
        return RowWords(
            False,
            ngettext("%(pieces)s and %(count)s more", "%(pieces)s and %(count)s more", more)
            % {"pieces": shown, "count": more},
        )
    if parts:
        return RowWords(False, listed(parts))
    if any(cell.state is State.EXPLAINED for cell in cells):
        return RowWords(True, _("Complete, with a reason given"))
    return RowWords(True, pgettext("what a provider still lacks", "Nothing"))


def _label(named: Named, cell: Cell) -> str:
    values = {
        "provider": named.provider(cell.provider),
        "label": named.label(cell.demand),
        "demand": named.demand(cell.demand),
        "state": state_word(cell.state),
        "pieces": lacks(cell.missing),
    }
    if cell.provider is None:
        return _("Item %(label)s: %(demand)s, %(state)s") % values
    if cell.missing and cell.state is not State.NEEDS_A_LOOK:
        return _("%(provider)s, item %(label)s: %(demand)s, missing: %(pieces)s") % values
    return _("%(provider)s, item %(label)s: %(demand)s, %(state)s") % values


def _months(count: int) -> str:
    return ngettext(
        "proof of payment for %(count)s more month",
        "proof of payment for %(count)s more months",
        count,
    ) % {"count": count}


def _piece(missing: Missing) -> str:
    if missing.piece is not Piece.SENTENCE:
        return str(PIECES[missing.piece])
    field = next((one for one in missing.fields if one in OF_FIELDS), None)
    if field is None:
        return _("the sentence of the explanation")
    return _("a sentence in place of %(piece)s") % {"piece": PIECES[OF_FIELDS[field]]}

"""The demands: as lines of the cover and as sections of the letter, with their tables."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext

from appeals.rules.assessment import DemandState
from appeals.rules.cells import Cell, State
from appeals.rules.facts import DemandFacts, NoticeFacts, Rule
from appeals.sentences.names import listed

from . import tables
from .reading import Reading, is_asked, is_of_case, label_of, months_of, replies_of, section_of
from .sheets import Item, PaperState
from .words import NOTHING, Both, PageOf, day, fill, lines_of, said

#: Notes on the cover name services by letter up to so many, and count them beyond.
MOST_LETTERS = 6

WORDS = {
    PaperState.ANSWERED: gettext_lazy("answered"),
    PaperState.EXPLAINED: gettext_lazy("explained"),
    PaperState.NOT_PROVIDED: gettext_lazy("not provided"),
    PaperState.OPEN: gettext_lazy("open"),
}


#: Where the notice's own words are not on record. Fixed, so that no editor of a guide changes what
#: a case says.
WORDINGS = {
    Rule.LEARNED: gettext_lazy("How the seller learned of each service"),
    Rule.CONTACTS: gettext_lazy("Every service, with its main contacts"),
    Rule.DESCRIBED: gettext_lazy("What each service did, with copies of what was seen or received"),
    Rule.USED: gettext_lazy("Months and years in which each service was used"),
    Rule.PAID: gettext_lazy("Proof of payment for each service"),
    Rule.CONFIRMED: gettext_lazy("The owner’s confirmation to follow the terms"),
    Rule.ENDED: gettext_lazy("Proof that access ended"),
}


def items(reading: Reading, *, is_finished: bool) -> tuple[Item, ...]:
    return tuple(_item(reading, one, is_finished) for one in reading.demands)


def numbering(reading: Reading) -> Iterator[Both]:
    """What the numbers of replies look like; nothing where only the notice asks."""
    for number, reply in replies_of(reading.facts).items():
        if any(is_asked(one) and one.demand.round == number for one in reading.demands):
            yield said(partial(_numbering, number, reply))


def _numbering(number: int, reply: NoticeFacts) -> str:
    return _("R%(round)s before a number: asked in the reply of %(date)s.") % {
        "round": number,
        "date": day(reply.received_on),
    }


def paper_state(state: State | None, *, is_finished: bool) -> PaperState:
    match state:
        case State.READY:
            return PaperState.ANSWERED
        case State.EXPLAINED:
            return PaperState.EXPLAINED
        case _:
            return PaperState.NOT_PROVIDED if is_finished else PaperState.OPEN


def _item(reading: Reading, of: DemandState, is_finished: bool) -> Item:
    demand = of.demand
    state: PaperState | None = paper_state(of.state, is_finished=is_finished)
    if not is_asked(of) and state not in (PaperState.ANSWERED, PaperState.EXPLAINED):
        state = None  # what nobody asked for is no gap
    letter = reading.text_of(demand.ordinal)
    text = lines_of(letter.english) or lines_of(demand.answer)
    return Item(
        part=section_of(demand.ordinal),
        label=label_of(demand) if is_asked(of) else "+",
        is_asked=is_asked(of),
        wording=wording(demand),
        state=state,
        word=said(lambda: str(WORDS[state])) if state else Both(NOTHING),
        note=_note(reading, of, is_finished),
        exhibits=reading.numbers(one for cell in of.cells for one in cell.evidence),
        text=Both(text, lines_of(letter.chinese) if text else NOTHING),
        remark=_remark(reading, demand, bool(text), is_finished),
        table=tables.of_demand(reading, of, has_text=bool(text)),
    )


def wording(demand: DemandFacts) -> Both:
    """The notice's words, else ours; the Chinese beside says in ours what is asked."""
    if demand.rule in WORDINGS:
        ours = said(lambda: _ours(demand))
    else:
        ours = said(lambda: _("Item %(label)s") % {"label": label_of(demand)})
    return Both(lines_of(demand.wording) or ours.english, ours.chinese)


def _ours(demand: DemandFacts) -> str:
    if demand.rule is Rule.PAID:
        return ngettext(
            "Proof of payment for each service, at least %(count)s month",
            "Proof of payment for each service, at least %(count)s months",
            demand.months,
        ) % {"count": demand.months}
    return str(WORDINGS[demand.rule])


def is_unwritten(reading: Reading, of: DemandState) -> bool:
    """Whether a section of the letter still has to be written. A confirmation is no prose."""
    demand = of.demand
    return (
        is_asked(of)
        and demand.rule is not Rule.CONFIRMED
        and not reading.text_of(demand.ordinal).english.strip()
        and not demand.answer.strip()
    )


def _remark(reading: Reading, demand: DemandFacts, has_text: bool, is_finished: bool) -> Both:
    if demand.rule is Rule.CONFIRMED:
        if reading.cells and _is_ready(reading.cell(demand, None)):
            return said(
                lambda: fill(
                    _("The owner’s confirmation is on page %(page)s."), page=PageOf("confirmation")
                )
            )
        return said(lambda: _("The owner has not confirmed the facts as they are here."))
    if not has_text and not is_finished:
        return said(lambda: _("This section of the letter is not written yet."))
    return Both(NOTHING)


def _is_ready(cell: Cell | None) -> bool:
    return cell is not None and cell.state is State.READY


def _note(reading: Reading, of: DemandState, is_finished: bool) -> Both:
    """The small line below a demand on the cover: how its services differ, or who asks it."""
    demand = of.demand
    reply = replies_of(reading.facts).get(demand.round)
    if reply is not None:
        return said(lambda: fill(_("asked in the reply of %(date)s"), date=day(reply.received_on)))
    if demand.rule is Rule.CONFIRMED:
        if not _is_ready(reading.cell(demand, None)):
            return Both(NOTHING)
        return said(
            lambda: fill(
                _("the owner’s confirmation is on page %(page)s"), page=PageOf("confirmation")
            )
        )
    if is_of_case(demand) or not of.cells:
        return Both(NOTHING)
    if demand.rule is Rule.CONTACTS:
        return said(
            lambda: fill(
                _("one sheet for each service, from page %(page)s"),
                page=PageOf("services"),
            )
        )
    if demand.rule is Rule.USED:
        return said(lambda: _grouped([(cell, _how_exact(reading, cell)) for cell in of.cells]))
    if demand.rule is Rule.PAID:
        return said(lambda: _grouped([(cell, _how_paid(reading, cell)) for cell in of.cells]))
    if len({cell.state.is_done and cell.state for cell in of.cells}) == 1:
        return Both(NOTHING)
    return said(
        lambda: _grouped(
            [
                (cell, str(WORDS[paper_state(cell.state, is_finished=is_finished)]))
                for cell in of.cells
            ]
        )
    )


def _how_exact(reading: Reading, cell: Cell) -> str:
    provider = reading.states[cell.provider or ""]
    if not provider.months:
        return _("not known")
    is_approximate = any(period.is_approximate for period in provider.provider.periods)
    if is_approximate or not cell.state.is_done or cell.state is State.EXPLAINED:
        return _("approximate")
    return _("with exact months")


def _how_paid(reading: Reading, cell: Cell) -> str:
    if reading.states[cell.provider or ""].provider.is_free:
        return _("free of charge")
    shown = len(months_of([cell]))
    asked = cell.demand.months
    if shown >= asked:
        return ngettext("%(count)s month", "%(count)s months", shown) % {"count": shown}
    return _("%(count)s of %(asked)s months") % {"count": shown, "asked": asked}


def _grouped(said_of: list[tuple[Cell, str]]) -> str:
    """`A, B with exact months; C approximate`; beyond a few services they are counted."""
    groups: dict[str, list[str]] = {}
    for cell, words in said_of:
        groups.setdefault(words, []).append(cell.provider or "")
    return pgettext("between groups of services", "; ").join(_groups(groups))


def _groups(groups: dict[str, list[str]]) -> Iterator[str]:
    is_counted = sum(map(len, groups.values())) > MOST_LETTERS
    for words, letters in groups.items():
        if is_counted:
            yield ngettext(
                "%(count)s service: %(how)s", "%(count)s services: %(how)s", len(letters)
            ) % {"count": len(letters), "how": words}
        else:
            yield _("%(letters)s %(how)s") % {"letters": listed(letters), "how": words}

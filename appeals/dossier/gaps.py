"""What is not here, what is explained, and what keeps a dossier unfinished."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from appeals.rules.assessment import DemandState
from appeals.rules.cells import Cell
from appeals.rules.explanations import has_sentence
from appeals.rules.facts import AskFacts, ExplanationFacts, Rule
from appeals.rules.findings import Code
from appeals.sentences.names import between_sentences, listed, span

from . import pieces
from .asked import is_unwritten
from .reading import Reading, is_asked, is_open, label_of, page_of_section
from .sheets import GapRow, Gaps, OpenThing
from .words import NOTHING, Both, Line, PageOf, day, fill, one_line, said, typed

#: On the cover; all of them stand under the gaps.
MOST_BY_NAME = 3


def open_things(reading: Reading) -> tuple[OpenThing, ...]:
    """What still has to be done. What was asked of someone has been done: it is a declared gap."""
    things = [
        thing for state in reading.demands if is_asked(state) for thing in _open(reading, state)
    ]
    unwritten = [
        label_of(state.demand) for state in reading.demands if is_unwritten(reading, state)
    ]
    if unwritten:
        things.append(OpenThing("", said(partial(_unwritten, unwritten))))
    return tuple(things)


def _counted(count: int) -> Line:
    return fill(
        ngettext(
            "%(count)s service: see page %(page)s",
            "%(count)s services: see page %(page)s",
            count,
        ),
        count=str(count),
        page=PageOf("gaps"),
    )


def _unwritten(labels: list[str]) -> str:
    return _("The letter is not written under: %(labels)s") % {"labels": listed(labels)}


def _open(reading: Reading, state: DemandState) -> Iterator[OpenThing]:
    label = label_of(state.demand)
    if not state.cells:
        yield OpenThing(label, said(lambda: _("No service is on record")))
    cells = [cell for cell in state.cells if is_open(cell) and (cell.findings or not cell.asked)]
    for finding in state.findings:
        yield OpenThing(label, said(partial(pieces.finding, reading, finding)))
    if len(cells) > MOST_BY_NAME:
        yield OpenThing(label, said(partial(_counted, len(cells))))
        return
    for cell in cells:
        yield OpenThing(label, _what(reading, cell, with_service=True))


def _what(reading: Reading, cell: Cell, *, with_service: bool = False) -> Both:
    service = ""
    if with_service and cell.provider is not None:
        service = one_line(reading.states[cell.provider].provider.name)

    def words() -> str:
        lacking = pieces.missing(reading, cell)
        if not service:
            return lacking
        return _("%(service)s: %(what)s") % {"service": service, "what": lacking}

    return said(words)


def gaps(reading: Reading, *, is_finished: bool) -> Gaps:
    if is_finished:
        title = said(lambda: _("Not provided"))
        lead = said(lambda: _("The notice asks for the following. It is not in this dossier."))
    else:
        title = said(lambda: pgettext("what is not there yet", "Open"))
        lead = said(lambda: _("The notice asks for the following. It is not here yet."))
    missing = tuple(_missing(reading))
    explained = tuple(_explained(reading))
    return Gaps(
        missing_title=title,
        missing_lead=lead,
        missing=missing,
        explained=explained,
        nothing=Both(NOTHING)
        if missing or explained
        else said(lambda: _("All that is asked is here. Nothing had to be explained.")),
    )


def _missing(reading: Reading) -> Iterator[GapRow]:
    for state in reading.demands:
        if not is_asked(state):
            continue
        ordinal, label = state.demand.ordinal, label_of(state.demand)
        if not state.cells:
            what = said(lambda: _("No service is on record"))
            yield GapRow(label, typed("–"), what, typed("–"), page_of_section(ordinal))
        for finding in state.findings:
            what = said(partial(pieces.finding, reading, finding))
            yield GapRow(label, typed("–"), what, typed("–"), page_of_section(ordinal))
        for cell in filter(is_open, state.cells):
            yield GapRow(
                label,
                typed(reading.name(cell.provider) or "–"),
                _what(reading, cell),
                _asked(reading, cell),
                page_of_section(ordinal),
            )


def _asked(reading: Reading, cell: Cell) -> Both:
    """Of whom it was asked, and when."""
    if not cell.asked:
        return typed("–")
    return said(lambda: between_sentences().join(_askings(reading, cell.asked)))


def _askings(reading: Reading, asks: tuple[AskFacts, ...]) -> Iterator[str]:
    by_whom: dict[str, list[AskFacts]] = {}
    for ask in sorted(asks, key=lambda one: (one.on, one.of)):
        by_whom.setdefault(one_line(ask.of), []).append(ask)
    for whom, several in by_whom.items():
        yield _("Asked of %(whom)s on %(days)s; not received by %(date)s.") % {
            "whom": whom,
            "days": listed(day(one.on) for one in several),
            "date": day(reading.changed_at.date()),
        }


def _explained(reading: Reading) -> Iterator[GapRow]:
    """Each sentence once: at its demand, at its finding, or of a field that nobody asks for."""
    shown: set[ExplanationFacts] = set()
    for state in reading.demands:
        for cell in state.cells:
            yield from _approximate(reading, cell)
            for one in cell.explanations:
                if one not in shown:
                    shown.add(one)
                    yield _row(reading, one, cell.demand.ordinal)
    for finding in reading.assessment.findings:
        said_of = finding.explanation
        if said_of is None or finding.code is Code.DEADLINE_PASSED or said_of in shown:
            continue
        shown.add(said_of)
        ordinal = finding.demands[0] if finding.demands else finding.place.demand
        yield GapRow(
            *_place(reading, ordinal, finding.place.provider),
            said(partial(pieces.finding, reading, finding)),
            typed(said_of.sentence),
            _page(reading, ordinal),
        )
    for one in reading.facts.explanations:
        of_a_field = one.field and one.provider in reading.states and has_sentence(one)
        if of_a_field and one not in shown:
            shown.add(one)
            yield _row(
                reading, one, reading.answering(one.provider, pieces.ANSWERS.get(one.field or ""))
            )


def _approximate(reading: Reading, cell: Cell) -> Iterator[GapRow]:
    if cell.demand.rule is not Rule.USED or cell.provider is None:
        return
    for period in reading.states[cell.provider].provider.periods:
        if period.is_approximate and period.sentence.strip():
            first, last = str(period.first), str(period.last or "")

            def about(first: str = first, last: str = last) -> str:
                months = span(first, last) if last else _("from %(month)s") % {"month": first}
                return _("Months of use %(months)s: approximate") % {"months": months}

            yield GapRow(
                *_place(reading, cell.demand.ordinal, cell.provider),
                said(about),
                typed(period.sentence),
                _page(reading, cell.demand.ordinal),
            )


def _row(reading: Reading, one: ExplanationFacts, ordinal: int | None) -> GapRow:
    demand = next((each for each in reading.facts.demands if each.ordinal == ordinal), None)
    return GapRow(
        *_place(reading, ordinal, one.provider),
        said(lambda: pieces.about(one, demand)),
        typed(one.sentence),
        _page(reading, ordinal),
    )


def _place(reading: Reading, ordinal: int | None, letter: str | None) -> tuple[str, Both]:
    """The demand's label and the service, as the rows of both tables begin."""
    labels = {
        state.demand.ordinal: label_of(state.demand) if is_asked(state) else "+"
        for state in reading.demands
    }
    return labels.get(ordinal or 0, "–"), typed(reading.name(letter) or "–")


def _page(reading: Reading, ordinal: int | None) -> PageOf | None:
    if ordinal is None or not reading.has_page(ordinal):
        return None
    return page_of_section(ordinal)

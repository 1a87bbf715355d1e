"""The dossier as its page shows it: what is in it, what is not yet, what to look at before sending.

Told as of the case's last change, like the sheets themselves. No query where the case has its
facts.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from appeals.dossier.asked import is_unwritten
from appeals.dossier.building import build
from appeals.dossier.gaps import MOST_BY_NAME
from appeals.dossier.of_case import inputs_of
from appeals.dossier.pdf import unprintable
from appeals.dossier.reading import Reading, is_asked, is_open
from appeals.dossier.sheets import Dossier, PaperState
from appeals.dossier.words import in_reach
from appeals.evidence import storage
from appeals.letter.of_case import texts_of
from appeals.models import Case
from appeals.rules.assessment import DemandState, assess
from appeals.rules.cells import State
from appeals.rules.facts import Rule
from appeals.sentences import Named, Words, links
from appeals.sentences.names import listed

from .looks import Look
from .rounds import Standpoint, standpoint

FINE = Look("check", "is-ready")
DOUBT = Look("care", "is-doubt")
OPEN = Look("ring", "is-open")
EXPLAINED = Look("dash", "is-explained")
ON_PAPER = {
    PaperState.ANSWERED: FINE,
    PaperState.EXPLAINED: EXPLAINED,
    PaperState.NOT_PROVIDED: DOUBT,
    PaperState.OPEN: OPEN,
    None: Look("dash", "is-idle"),
}


@dataclass(frozen=True, slots=True)
class Row:
    """One thing that is still open, and where it is done."""

    what: str
    url: str


@dataclass(frozen=True, slots=True)
class Check:
    """One thing to look at before sending."""

    look: Look
    sentence: str
    url: str = ""
    link: str = ""


@dataclass(frozen=True, slots=True)
class Section:
    """One thing asked, with its section of the letter."""

    label: str
    name: str
    look: Look
    word: str
    url: str


@dataclass(frozen=True, slots=True)
class Service:
    letter: str
    name: str
    use: str
    url: str


@dataclass(frozen=True, slots=True)
class Exhibit:
    number: str
    title: str
    file: str  # empty: withdrawn
    about_on: str
    pages: str
    url: str


@dataclass(frozen=True, slots=True)
class DossierPage:
    dossier: Dossier
    open: tuple[Row, ...]  # none: finished
    checks: tuple[Check, ...]
    sections: tuple[Section, ...]
    services: tuple[Service, ...]
    missing: int  # rows among the gaps
    explained: int
    confirmed: bool | None  # None: nobody asks for it
    exhibits: tuple[Exhibit, ...]
    stands: Standpoint
    is_waiting: bool  # this round was sent
    can_be_sent: bool


def dossier_page(case: Case, is_stored: Callable[[str], bool] = storage.is_stored) -> DossierPage:
    """`is_stored`: whether the bytes of an original are there, by `Original.stored_as`."""
    facts, words = case.facts(), Words.of(case)
    assessment = assess(facts, case.changed_at)
    letter, inputs = texts_of(case), inputs_of(case)
    reading = Reading(facts, assessment, letter, inputs)
    dossier = build(facts, assessment, letter, inputs)
    asked = [one for one in assessment.demands if is_asked(one)]
    unwritten = [one for one in asked if is_unwritten(reading, one)]
    rows = [row for state in asked for row in _open(case, words, state)]
    if unwritten:
        rows.append(Row(_unwritten(unwritten), _section_of(case, unwritten[0])))
    return DossierPage(
        dossier=dossier,
        open=tuple(rows),
        checks=(
            *_of_the_files(case, dossier, lost_originals(dossier, is_stored)),
            *_checks(case, dossier, words, asked, unwritten, len(assessment.unfiled)),
        ),
        sections=tuple(_sections(case, dossier, words, asked)),
        services=tuple(
            Service(one.letter, in_reach(one.name), in_reach(one.use), _provider(case, one.letter))
            for one in dossier.services
        ),
        missing=len(dossier.gaps.missing),
        explained=len(dossier.gaps.explained),
        confirmed=dossier.confirmed.has_signature if dossier.confirmed else None,
        exhibits=tuple(_exhibits(case, dossier)),
        stands=standpoint(case),
        is_waiting=assessment.is_waiting,
        can_be_sent=not (assessment.is_waiting or case.is_register or case.is_closed),
    )


def lost_originals(
    dossier: Dossier, is_stored: Callable[[str], bool] = storage.is_stored
) -> list[str]:
    """Numbers of the exhibits whose bytes are not in storage."""
    return [one.exhibit for one in dossier.members if not is_stored(one.stored_as)]


def _provider(case: Case, letter: str) -> str:
    return links.to_provider(case.code, letter)


def _section_of(case: Case, state: DemandState) -> str:
    return links.to_letter(case.code, state.demand.ordinal, section=state.demand.ordinal)


def _labels(states: Iterable[DemandState]) -> str:
    return listed(Named.label(one.demand) for one in states)


def _unwritten(states: list[DemandState]) -> str:
    return _("The letter is not written under: %(labels)s") % {"labels": _labels(states)}


def _open(case: Case, words: Words, state: DemandState) -> Iterator[Row]:
    """As the cover lists it: a few by name, more by their number."""
    label = Named.label(state.demand)
    if not state.cells:
        url = links.to_new_provider(case.code)
        yield Row(_("Item %(label)s: no provider is recorded") % {"label": label}, url)
        return
    cells = [cell for cell in state.cells if is_open(cell) and (cell.findings or not cell.asked)]
    for found in map(words.finding, state.findings):
        yield Row(_("Item %(label)s: %(what)s") % {"label": label, "what": found.brief}, found.url)
    if len(cells) > MOST_BY_NAME:
        what = _("Item %(label)s: %(count)s providers lack it")
        values = {"label": label, "count": len(cells)}
        yield Row(what % values, f"{case.get_absolute_url()}#table")
        return
    for cell in cells:
        told = words.cell(cell)
        yield Row(told.label, told.url)


def _of_the_files(case: Case, dossier: Dossier, lost: list[str]) -> Iterator[Check]:
    files = links.to_files(case.code)
    if lost:
        sentence = _("The original of %(exhibits)s is not in our storage.")
        yield Check(DOUBT, sentence % {"exhibits": listed(lost)}, files, _("See the files"))
    elif dossier.members:
        yield Check(FINE, _("Every exhibit is there, as it was received."))
    else:
        yield Check(OPEN, _("There are no exhibits yet."), files, _("See the files"))
    if all(one.name.isascii() for one in dossier.members) and dossier.members:
        yield Check(FINE, _("File names are letters and digits only."))


def _checks(
    case: Case,
    dossier: Dossier,
    words: Words,
    asked: list[DemandState],
    unwritten: list[DemandState],
    unfiled: int,
) -> Iterator[Check]:
    files = links.to_files(case.code)
    if unfiled:
        sentence = ngettext(
            "%(count)s file is not filed, so it is not in the dossier.",
            "%(count)s files are not filed, so they are not in the dossier.",
            unfiled,
        )
        yield Check(OPEN, sentence % {"count": unfiled}, files, _("See the files"))
    seen = set()
    for finding in (finding for state in asked for finding in state.all_findings):
        if finding not in seen:
            seen.add(finding)
            told = words.finding(finding)
            yield Check(DOUBT, told.title, told.url, _("Look at it"))
    if not seen:
        yield Check(FINE, _("Nothing in the records contradicts itself."))
    yield from _of_the_letter(case, asked, unwritten)
    for state in asked:
        if state.demand.rule is Rule.CONFIRMED:
            yield _confirmation(case, state)
    if characters := unprintable(dossier):
        sentence = _(
            "Our fonts lack these characters, so that their codes stand in place of them: "
            "%(characters)s"
        )
        yield Check(DOUBT, sentence % {"characters": listed(characters)})


def _of_the_letter(
    case: Case, asked: list[DemandState], unwritten: list[DemandState]
) -> Iterator[Check]:
    if unwritten:
        yield Check(OPEN, _unwritten(unwritten), _section_of(case, unwritten[0]), _("Write it"))
    elif asked:
        yield Check(
            FINE,
            _("Every section of the letter is written."),
            links.to_letter(case.code, checks=1),
            _("Check the letter"),
        )


def _confirmation(case: Case, state: DemandState) -> Check:
    if state.state is State.READY:
        return Check(FINE, _("The account owner has confirmed these facts."))
    sentence = _("Item %(label)s: only the account owner can confirm this.")
    url = links.to_confirmation(case.code)
    return Check(OPEN, sentence % {"label": Named.label(state.demand)}, url, _("Confirm"))


def _sections(
    case: Case, dossier: Dossier, words: Words, asked: list[DemandState]
) -> Iterator[Section]:
    items = [one for one in dossier.items if one.is_asked]
    for item, state in zip(items, asked, strict=True):
        yield Section(
            item.label,
            words.demand(state.demand),
            ON_PAPER[item.state],
            in_reach(item.word),
            _section_of(case, state),
        )


def _exhibits(case: Case, dossier: Dossier) -> Iterator[Exhibit]:
    codes = {one.exhibit: one.code for one in case.evidence.all() if one.exhibit}
    for row in (row for group in dossier.index for row in group.rows):
        yield Exhibit(
            row.exhibit,
            in_reach(row.title),
            row.file,
            row.about_on,
            row.pages,
            links.to_evidence(case.code, codes[row.exhibit]),
        )

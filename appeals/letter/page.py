"""The letter as its page shows it: sections with their words, records, states and checks."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from appeals.dossier import asked as paper
from appeals.dossier.of_case import inputs_of
from appeals.dossier.reading import Reading, section_of
from appeals.dossier.sheets import Item, Table
from appeals.models import Case
from appeals.models.letter import CHECKED_IN, SENT_IN
from appeals.presenters.looks import Look
from appeals.rules import letters, mentions
from appeals.rules.assessment import Assessment
from appeals.rules.cells import State
from appeals.rules.facts import CaseFacts, DemandFacts, Rule
from appeals.rules.findings import Finding
from appeals.rules.places import Page
from appeals.sentences import Words, links
from appeals.sentences.names import listed, of_round
from appeals.sentences.ways import Way

from . import checks as checking
from .of_case import asked, letter_of, sections_of, text_in, texts_of, written
from .texts import columns_of, lines, numbered, plain
from .words import CheckWords, fine, of_check, of_words

Piece = tuple[str, bool]  # the words, and whether they are in the records


@dataclass(frozen=True, slots=True)
class RecordTable:
    """A table of the dossier without its columns of page numbers, and where it is changed."""

    heads: tuple[str, ...]
    rows: tuple[tuple[tuple[str, ...], ...], ...]  # cells of lines
    ways: tuple[Way, ...]  # of the rows, by service
    change: Way


@dataclass(frozen=True, slots=True)
class Section:
    ordinal: int
    label: str
    number: str  # the same inside a sentence
    name: str  # of the demand, for the reader
    heading: str  # as it is sent
    sent: tuple[tuple[Piece, ...], ...]  # by paragraph
    beside: tuple[str, ...]
    table: RecordTable | None
    look: Look
    word: str  # its state
    checks: tuple[CheckWords, ...]
    explained: tuple[CheckWords, ...]  # right all the same, as a sentence says
    note: Way | None  # what is still to be done about it elsewhere
    saved_at: datetime.datetime | None
    is_written: bool
    is_needed: bool
    has_history: bool


@dataclass(frozen=True, slots=True)
class LetterPage:
    sections: tuple[Section, ...]
    is_checked: bool
    count: int  # of things to look at
    first: int | None  # the first section that has one
    doubtful: int  # how many sections have one
    items: str  # their numbers, inside a sentence
    fine: tuple[str, ...]
    written: str
    words: int
    characters: int
    is_long: bool
    saved_at: datetime.datetime | None
    looks: tuple[Look, ...]  # of the bar


WRITTEN = Look("check", "is-ready")
DOUBT = Look("care", "is-doubt")
OPEN = Look("ring", "is-open")
FREE = Look("dash", "is-explained")


def letter_page(case: Case, *, is_checked: bool) -> LetterPage:
    """No query where the case has them."""
    facts, assessment, words = case.facts(), case.assess(), Words.of(case)
    letter = letter_of(case, facts, assessment)
    checks = checking.check(letter) if is_checked else ()
    findings = [one for one in assessment.findings if one.place.page is Page.LETTER]
    found = _told(case, words, findings, checks)
    reading = _reading(case, facts, assessment)
    # The sections as the dossier prints them.
    items = {one.part: one for one in paper.items(reading, is_finished=False)}
    saved = sections_of(case)
    shown = []
    for state in asked(assessment):
        demand = state.demand
        of_it = [told for ordinal, told in found if ordinal == demand.ordinal]
        open_ones = tuple(one for one in of_it if not one.sentence)
        sent = text_in(saved, demand.ordinal, SENT_IN)
        look, word = _state(demand, sent, bool(open_ones), state.state)
        times = [one.changed_at for one in saved[demand.ordinal].values()]
        item = items[section_of(demand.ordinal)]
        shown.append(
            Section(
                ordinal=demand.ordinal,
                label=of_round(demand.label, demand.round),
                number=words.named.label(demand),
                name=words.demand(demand),
                heading=heading(item),
                sent=tuple(pieces(line, letter) for line in sent.splitlines()),
                beside=tuple(text_in(saved, demand.ordinal, CHECKED_IN).splitlines()),
                table=_table(case, demand, item.table),
                look=look,
                word=word,
                checks=open_ones,
                explained=tuple(one for one in of_it if one.sentence),
                note=_note(case, demand, state.state),
                saved_at=max(times, default=None),
                is_written=bool(sent.strip()),
                is_needed=look is not FREE,
                has_history=bool(times),
            )
        )
    text = plain(items.values(), paper.numbering(reading))
    doubtful = [one for one in shown if one.checks]
    count = checking.words_in(text)
    needed = [one for one in shown if one.is_needed]
    return LetterPage(
        sections=tuple(shown),
        is_checked=is_checked,
        count=sum(len(one.checks) for one in shown),
        first=doubtful[0].ordinal if doubtful else None,
        doubtful=len(doubtful),
        items=listed(one.number for one in doubtful),
        fine=fine(checks, findings),
        written=written(sum(one.look is WRITTEN for one in needed), len(needed)),
        words=count,
        characters=len(text),
        is_long=count > checking.LONG_LETTER,
        saved_at=max((one.saved_at for one in shown if one.saved_at), default=None),
        looks=tuple(one.look for one in needed),
    )


def _told(
    case: Case, words: Words, findings: Iterable[Finding], checks: Iterable[checking.Check]
) -> list[tuple[int, CheckWords]]:
    """What is to be looked at, by the demand of its section: what the rules found first."""
    sentences = {
        one.finding: one.sentence
        for one in case.explanations.all()
        if one.finding.startswith(checking.OF_THE_LETTER)
    }
    return [
        *((one.demands[0], of_words(words.finding(one))) for one in findings),
        *(
            (one.demand, of_check(words.named, one, sentences.get(one.key, "").strip()))
            for one in checks
        ),
    ]


def plain_letter(case: Case) -> str:
    """What is sent of it where no file is taken."""
    reading = _reading(case, case.facts(), case.assess())
    return plain(paper.items(reading, is_finished=False), paper.numbering(reading))


def check_of(case: Case, ordinal: int, key: str) -> checking.Check | None:
    """What a check points at in that section now, if a sentence can stand for it."""
    for one in checking.check(letter_of(case, case.facts(), case.assess())):
        if one.key == key and one.demand == ordinal and one.can_be_explained:
            return one
    return None


def _reading(case: Case, facts: CaseFacts, assessment: Assessment) -> Reading:
    return Reading(facts, assessment, texts_of(case), inputs_of(case))


def heading(item: Item) -> str:
    """1. How the seller learned of each service: as it is printed, whoever reads the page."""
    return numbered(item.label, " ".join(lines(item.wording.english)))


def _table(case: Case, demand: DemandFacts, table: Table | None) -> RecordTable | None:
    if table is None:
        return None
    columns = columns_of(table)
    rows = tuple(tuple(lines(row[at].english) for at in columns) for row in table.rows)
    if demand.rule is Rule.PAID:
        change = Way(_("Change it among the files"), links.to_files(case.code))
    else:
        change = Way(_("Change it at the provider"), f"{case.get_absolute_url()}#providers")
    if case.is_example:
        change = Way(_("See where it stands"), change.url)
    letters = [row[0][0] if row[0] else "" for row in rows]
    if demand.rule is not Rule.PAID and len(letters) == 1:
        change = Way(change.label, links.to_provider(case.code, letters[0], demand=demand.ordinal))
    return RecordTable(
        heads=tuple("".join(lines(table.heads[at].english)) for at in columns),
        rows=rows,
        ways=tuple(
            Way(letter, links.to_provider(case.code, letter, demand=demand.ordinal))
            for letter in letters
        ),
        change=change,
    )


def _state(
    demand: DemandFacts, sent: str, has_doubt: bool, state: State | None
) -> tuple[Look, str]:
    if sent.strip() and has_doubt:
        return DOUBT, pgettext("state of a section", "Needs a look")
    if sent.strip():
        return WRITTEN, pgettext("state of a section", "Written")
    if demand.rule is Rule.CONFIRMED:
        return FREE, pgettext("state of a section", "Need not be written")
    return OPEN, pgettext("state of a section", "Not written yet")


def _note(case: Case, demand: DemandFacts, state: State | None) -> Way | None:
    if demand.rule is not Rule.CONFIRMED or state is State.READY:
        return None
    words = _("Not confirmed yet. Only the account owner can confirm.")
    return Way(words, links.to_confirmation(case.code))


def pieces(line: str, letter: checking.Letter) -> tuple[Piece, ...]:
    """The line cut where the records have the same name, exhibit or months."""
    services = letter.services.values()
    names = [name for one in services for name in one.names]
    found = [
        (start, end)
        for start, end in mentions.places(line, names)
        if line[start:end] in letter.exhibits or not mentions.exhibits_in(line[start:end])
    ]
    found += [
        (said.start, said.end)
        for said in mentions.months_in(line)
        if any(one.spans and letters.holds(said, one) for one in services)
    ]
    cut: list[Piece] = []
    at = 0
    for start, end in sorted(found, key=lambda place: (place[0], -place[1])):
        if start >= at:
            cut += [(line[at:start], False), (line[start:end], True)]
            at = end
    return tuple(piece for piece in (*cut, (line[at:], False)) if piece[0])

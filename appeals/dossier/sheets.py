"""The dossier: everything that its sheets show, as frozen values."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from .words import Both, PageOf


class PaperState(StrEnum):
    """What a demand is on paper."""

    ANSWERED = "answered"
    EXPLAINED = "explained"
    NOT_PROVIDED = "not-provided"  # in a finished dossier: a declared gap
    OPEN = "open"  # the same in an unfinished one


@dataclass(frozen=True, slots=True)
class Particular:
    """A label and what stands beside it."""

    label: Both
    value: Both
    exhibits: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Table:
    """A table from the records. What its columns are follows from its kind."""

    kind: str
    heads: tuple[Both, ...]
    rows: tuple[tuple[Both, ...], ...]


@dataclass(frozen=True, slots=True)
class OpenThing:
    """Why the dossier is not finished."""

    label: str  # of the demand, as in the notice
    what: Both


@dataclass(frozen=True, slots=True)
class Item:
    """One demand, on the cover and as a section of the letter."""

    part: str  # the name of its section, for page numbers
    label: str
    is_asked: bool  # else it stands below the others and says so
    wording: Both
    state: PaperState | None  # None: not asked, and not complete
    word: Both  # the state in words
    note: Both  # how it differs by service
    exhibits: tuple[str, ...]
    text: Both  # by paragraph; the Chinese only where there is English to stand beside
    remark: Both  # what stands in place of a text
    table: Table | None


@dataclass(frozen=True, slots=True)
class MonthBox:
    """One month of the strip."""

    month: int
    is_used: bool
    exhibit: str  # that proves a payment for it
    word: Both


@dataclass(frozen=True, slots=True)
class Year:
    year: int
    months: tuple[MonthBox, ...]  # twelve


@dataclass(frozen=True, slots=True)
class Service:
    """One provider's sheet."""

    part: str
    letter: str
    name: Both
    short_name: str  # for the head of its sheet
    particulars: tuple[Particular, ...]
    use: Both
    years: tuple[Year, ...]
    legend: Both
    payments: Table | None
    payment_lines: tuple[Both, ...]


@dataclass(frozen=True, slots=True)
class GapRow:
    label: str
    service: Both
    what: Both
    reason: Both
    page: PageOf | None


@dataclass(frozen=True, slots=True)
class Gaps:
    missing_title: Both
    missing_lead: Both
    missing: tuple[GapRow, ...]
    explained: tuple[GapRow, ...]
    nothing: Both  # what is said where there are none


@dataclass(frozen=True, slots=True)
class Confirmed:
    """The owner's confirmation, or that it is not there."""

    text: Both
    particulars: tuple[Particular, ...]  # none: not confirmed
    has_signature: bool


@dataclass(frozen=True, slots=True)
class IndexRow:
    exhibit: str
    title: Both
    file: str  # empty: withdrawn
    about_on: str
    pages: str
    sha256: str  # the first twelve


@dataclass(frozen=True, slots=True)
class IndexGroup:
    letter: str
    name: Both
    sheet: Both  # on which page the sheet of the service is
    rows: tuple[IndexRow, ...]


@dataclass(frozen=True, slots=True)
class Member:
    """An original in the package."""

    name: str  # ASCII
    exhibit: str
    size: int
    sha256: str
    stored_as: str


@dataclass(frozen=True, slots=True)
class Cover:
    title: Both
    round: Both
    particulars: tuple[tuple[Particular, Particular | None], ...]  # two side by side
    is_in_words_of_notice: bool  # every demand is worded as the notice has it
    legend: tuple[tuple[PaperState, Both], ...]
    also: Both  # what was not asked and is here
    services: Table | None
    services_elsewhere: Both  # instead, where the table does not fit
    exhibits_note: Both


@dataclass(frozen=True, slots=True)
class Dossier:
    store: str
    seller_id: str
    notice_on: str  # ISO; empty: a register
    round: int
    changed_at: datetime  # in the notice's zone
    digest: str  # of the facts
    open: tuple[OpenThing, ...]  # none: finished
    opening: Both  # that it is not for sending
    running: Both  # head of every sheet
    cover: Cover
    letter_lead: tuple[Both, ...]
    items: tuple[Item, ...]
    letter_end: Both
    services: tuple[Service, ...]
    gaps: Gaps
    confirmed: Confirmed | None
    index: tuple[IndexGroup, ...]
    labels: tuple[tuple[str, Both], ...]  # fixed words, by name
    members: tuple[Member, ...]  # in the order of the index
    mark: tuple[str, ...] = ()  # lines over every sheet that must not be taken for a real one

    @property
    def is_finished(self) -> bool:
        return not self.open

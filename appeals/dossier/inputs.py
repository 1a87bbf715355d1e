"""What a dossier is made of besides the facts that the rules read: all of it recorded, none of
it the present time."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from appeals.rules.facts import Id


@dataclass(frozen=True, slots=True)
class LetterText:
    """The seller's words on one demand. Paragraphs are lines; empty: not written."""

    demand: int  # ordinal
    english: str = ""
    chinese: str = ""


@dataclass(frozen=True, slots=True)
class Original:
    """The file of one evidence."""

    id: Id  # of its EvidenceFacts
    media_type: str
    size: int  # bytes
    pages: int | None = None
    stored_as: str = ""  # its name in storage; only a package needs it
    withdrawn_on: date | None = None  # the day in the notice's zone


@dataclass(frozen=True, slots=True)
class Inputs:
    """`changed_at`, aware, is the last recorded change: the date of everything made from it."""

    changed_at: datetime
    originals: tuple[Original, ...] = ()
    confirmed_text: str = ""  # as the owner saw it

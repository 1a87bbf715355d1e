"""What was saved of a section, newest first, and what differs between any two of them."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from appeals.actions.letters import ONE_LINE
from appeals.models import LetterRevision, LetterSection
from appeals.sentences.names import listed
from guides.differences import Run, compare, folded
from guides.models import User

Way = LetterRevision.Way


@dataclass(frozen=True, slots=True)
class Kept:
    """One text that can be had again."""

    number: int
    said: str  # who saved it, and how
    at: datetime.datetime
    text: str
    characters: int
    is_present: bool


@dataclass(frozen=True, slots=True)
class Change:
    """Two of them, the earlier first, with their lines marked."""

    before: int
    after: int
    runs: tuple[Run, ...]
    is_same: bool


def kept(revisions: Sequence[LetterRevision], reader: User) -> list[Kept]:
    """Newest first. Of what a page saved by itself, one after the other by one person within an
    hour, the last stands for all."""
    shown: list[Kept] = []
    last: LetterRevision | None = None
    present = next((one.number for one in revisions if one.way != Way.ASIDE), None)
    for one in revisions:
        if last is None or not _goes_on(one, last):
            shown.append(_kept(one, reader, is_present=one.number == present))
            last = one
    return shown


def change(revisions: Sequence[LetterRevision], one: int, other: int) -> Change | None:
    """None: there is no such text."""
    texts = {each.number: each.text for each in revisions}
    before, after = sorted((one, other))
    if before not in texts or after not in texts:
        return None
    lines = compare(texts[before], texts[after])
    return Change(before, after, folded(lines), is_same=not any(each.is_changed for each in lines))


def begun_from(section: LetterSection, version: int) -> str:
    """The text at that version, from which two people went on."""
    taken = section.revisions.exclude(way=Way.ASIDE).order_by("number")
    texts = list(taken.values_list("text", flat=True)[:version])
    return texts[-1] if version and texts else ""


def _goes_on(earlier: LetterRevision, later: LetterRevision) -> bool:
    return (
        earlier.way == later.way == Way.ITSELF
        and earlier.made_by_id == later.made_by_id
        and later.made_at - earlier.made_at < ONE_LINE
    )


def _kept(revision: LetterRevision, reader: User, *, is_present: bool) -> Kept:
    is_mine = revision.made_by_id == reader.pk
    who = pgettext("who did it", "You") if is_mine else _("Someone else")
    return Kept(
        number=revision.number,
        said=listed((who, str(revision.get_way_display()))),
        at=revision.made_at,
        text=revision.text,
        characters=len(revision.text),
        is_present=is_present,
    )

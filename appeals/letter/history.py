"""What was saved of a section, newest first, and what differs between any two of them."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from typing import Any

from django.core.paginator import Page, Paginator
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from appeals.actions.letters import ONE_LINE
from appeals.models import LetterRevision, LetterSection
from appeals.sentences.names import listed
from guides.differences import Run, compare, folded
from guides.models import User

Way = LetterRevision.Way
A_PAGE = 50


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


def kept(section: LetterSection, reader: User, page: str | None) -> Page[Kept]:
    """Newest first, so many a page: each text may be ten thousand characters long.

    Of what a page saved by itself, one after the other by one person within an hour, the last
    stands for all.
    """
    shown: list[int] = []
    last: LetterRevision | None = None
    every = list(section.revisions.defer("text"))
    present = next((one.number for one in every if one.way != Way.ASIDE), None)
    for one in every:
        if last is None or not _goes_on(one, last):
            shown.append(one.number)
            last = one
    chosen: Page[Any] = Paginator(shown, A_PAGE).get_page(page)
    texts = section.revisions.filter(number__in=list(chosen.object_list))
    chosen.object_list = [_kept(one, reader, is_present=one.number == present) for one in texts]
    return chosen


def change(section: LetterSection, one: int, other: int) -> Change | None:
    """None: there is no such text."""
    chosen = section.revisions.filter(number__in=(one, other))
    texts = {each.number: each.text for each in chosen}
    before, after = sorted((one, other))
    if before not in texts or after not in texts:
        return None
    lines = compare(texts[before], texts[after])
    return Change(before, after, folded(lines), is_same=not any(each.is_changed for each in lines))


def begun_from(section: LetterSection, version: int) -> str:
    """The text at that version, from which two people went on."""
    texts = section.revisions.exclude(way=Way.ASIDE).order_by("number")
    # No page of ours sends a version that is still to come; it is taken for the present one.
    at = min(version, texts.count())
    return texts[at - 1].text if at else ""


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

"""What one row of the review board is, and who may do what with it."""

from __future__ import annotations

import datetime
from dataclasses import dataclass, field

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import pgettext

from guides.models import User
from guides.templatetags.reading import translated_language_name


@dataclass(frozen=True, slots=True)
class Act:
    """A link, or with `is_sent` a button that sends the board's form to that address."""

    label: str
    address: str
    is_sent: bool = False


@dataclass(slots=True)
class Row:
    """One thing that waits. `days`: how many it has waited, below zero before its day comes."""

    title: str
    address: str = ""
    below: list[str] = field(default_factory=list)
    state: str = ""
    is_warning: bool = False
    languages: list[str] = field(default_factory=list)
    day: datetime.date | None = None
    days: int | None = None
    person: str = ""
    acts: list[Act] = field(default_factory=list)

    @property
    def beneath(self) -> str:
        return pgettext("between short phrases", ", ").join(self.below)

    @property
    def in_languages(self) -> str:
        names = [translated_language_name(code) for code in self.languages]
        return pgettext("between the parts of a list", ", ").join(names)


@dataclass(frozen=True, slots=True)
class Rights:
    """What the person may do on the board, asked once."""

    write: bool
    check: bool
    publish: bool
    add: bool
    source: bool
    propose: bool
    handle: bool
    searches: bool

    @classmethod
    def of(cls, person: User) -> Rights:
        return cls(
            write=person.has_perm("guides.change_guide"),
            check=person.has_perm("guides.publish_guide") or person.has_perm("guides.review_guide"),
            publish=person.has_perm("guides.publish_guide"),
            add=person.has_perm("guides.add_guide"),
            source=person.has_perm("guides.change_source"),
            propose=person.has_perm("guides.add_sourcechange"),
            handle=person.has_perm("guides.change_feedback"),
            searches=person.has_perm("guides.change_searchmiss"),
        )


def guide_page(pk: int) -> str:
    return reverse("admin:guides_guide_change", args=[pk])


def short(day: datetime.date, today: datetime.date) -> str:
    """11-22 within this year and the next months, else with its year."""
    return f"{day:%m-%d}" if abs((day - today).days) < 180 else day.isoformat()


def day_of(moment: datetime.datetime | None) -> datetime.date | None:
    return timezone.localtime(moment).date() if moment else None

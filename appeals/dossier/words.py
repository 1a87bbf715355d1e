"""The words of the sheets in both languages, with places that page numbers are put into."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import TypeAlias

from django.utils import formats, translation
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

ENGLISH, CHINESE = "en", "zh-hans"


@dataclass(frozen=True, slots=True)
class PageOf:
    """The number of the page on which the part of this name begins; known when laid out."""

    part: str


Line: TypeAlias = tuple[str | PageOf, ...]
Text: TypeAlias = tuple[Line, ...]  # lines or paragraphs, by where it stands

NOTHING: Text = ()


@dataclass(frozen=True, slots=True)
class Both:
    """What is sent, and its Chinese for the copy. No Chinese: what stands there is as typed."""

    english: Text
    chinese: Text = NOTHING


def said(make: Callable[[], str | Line]) -> Both:
    """What `make` says in each of the two languages, whoever reads the page."""
    with translation.override(ENGLISH):
        english = _line(make())
    with translation.override(CHINESE):
        chinese = _line(make())
    return Both((english,) if english else NOTHING, (chinese,) if chinese else NOTHING)


def typed(text: str) -> Both:
    """What the seller or the notice wrote, in its own lines."""
    return Both(lines_of(text))


def in_reach(both: Both) -> str:
    """One line of it in the active language, or as it is sent where it has no other."""
    is_chinese = translation.get_language() == CHINESE and both.chinese
    text = both.chinese if is_chinese else both.english
    return " ".join(part for line in text for part in line if isinstance(part, str))


def lines_of(text: str) -> Text:
    return tuple((line,) for each in text.splitlines() if (line := each.strip()))


def one_line(text: str) -> str:
    return " ".join(text.split())


def shortened(text: str, widest: int) -> str:
    """At most so many Latin letters wide; a Chinese character is as wide as two."""
    width = 0
    for number, each in enumerate(text):
        width += 2 if unicodedata.east_asian_width(each) in "WF" else 1
        if width > widest:
            return text[:number].rstrip() + "…"
    return text


def fill(sentence: str, **values: str | PageOf) -> Line:
    """The sentence with its holes filled, page numbers among them."""
    pages = [value for value in values.values() if isinstance(value, PageOf)]
    # A text that somebody typed holds no NUL: no database keeps one.
    marks = {
        name: f"\0{pages.index(value)}\0" if isinstance(value, PageOf) else value.replace("\0", "")
        for name, value in values.items()
    }
    parts = (sentence % marks).split("\0")
    line = (pages[int(part)] if number % 2 else part for number, part in enumerate(parts))
    return tuple(part for part in line if part != "")


def _line(words: str | Line) -> Line:
    if isinstance(words, str):
        return (words,) if words else ()
    return words


def as_text(words: str | Line) -> Text:
    line = _line(words)
    return (line,) if line else NOTHING


def joined(separator: str, lines: Iterable[Line]) -> Line:
    """Several lines as one."""
    whole: list[str | PageOf] = []
    for line in lines:
        if line and whole:
            whole.append(separator)
        whole += line
    return tuple(whole)


def day(of: date) -> str:
    """12 September 2018, as the language writes it."""
    return formats.date_format(of, pgettext("format of a date in prose", "j F Y"))


def moment(at: datetime) -> str:
    """A day with its time and how far that is from UTC."""
    offset = at.utcoffset()
    minutes = round(offset.total_seconds() / 60) if offset else 0
    hours, rest = divmod(abs(minutes), 60)
    zone = f"UTC{'−' if minutes < 0 else '+'}{hours}" + (f":{rest:02}" if rest else "")
    return _("%(day)s, %(time)s (%(zone)s)") % {
        "day": day(at.date()),
        "time": f"{at:%H:%M}",
        "zone": zone if minutes else "UTC",
    }

"""Months and days as people write them, for the forms of the site."""

from __future__ import annotations

import datetime
import re
import unicodedata
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

MONTH = re.compile(r"(?P<year>\d{4})(?:[-/.]|年)?(?P<month>\d{1,2})月?")
MONTH_FIRST = re.compile(r"(?P<month>\d{1,2})[-/.](?P<year>\d{4})")
DAY = re.compile(
    r"(?P<year>\d{4})(?:[-/.]|年)(?P<month>\d{1,2})(?:[-/.]|月)(?P<day>\d{1,2})[日号]?"
)
COMPACT_DAY = re.compile(r"(?P<year>\d{4})(?P<month>\d{2})(?P<day>\d{2})")
#: Amazon opened in 1995; a later end catches a year typed wrong.
YEARS = range(1995, 2100)


def plain(text: str) -> str:
    """Full-width digits and signs made plain, spaces taken out."""
    return "".join(unicodedata.normalize("NFKC", text).split())


def read_day(match: re.Match[str] | None) -> datetime.date | None:
    """The date that a match names, its day the first where it has none."""
    if match is None:
        return None
    named = match.groupdict()
    try:
        day = datetime.date(int(named["year"]), int(named["month"]), int(named.get("day") or 1))
    except ValueError:
        return None
    return day if day.year in YEARS else None


class MonthInput(forms.DateInput):
    """A picker where the browser has one; else a line that takes what people write."""

    input_type = "month"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs, format="%Y-%m")


class DayInput(forms.DateInput):
    input_type = "date"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs, format="%Y-%m-%d")


class MonthField(forms.Field):
    """A month, as the date of its first day: 2018-05, 2018/5, 2018年5月, 05/2018."""

    widget = MonthInput
    default_error_messages: ClassVar[dict[str, Promise]] = {
        "invalid": _("Write the month like 2018-05.")
    }

    def to_python(self, value: Any) -> datetime.date | None:
        if value in self.empty_values:
            return None
        if isinstance(value, datetime.date):
            return value.replace(day=1)
        text = plain(str(value))
        if not text:
            return None
        month = read_day(MONTH.fullmatch(text) or MONTH_FIRST.fullmatch(text))
        if month is None:
            raise ValidationError(self.error_messages["invalid"], code="invalid")
        return month

    def prepare_value(self, value: Any) -> Any:
        """What was understood is shown as a picker wants it; the rest as it was typed."""
        if isinstance(value, str):
            text = plain(value)
            month = read_day(MONTH.fullmatch(text) or MONTH_FIRST.fullmatch(text))
            return month or value
        return value

    def has_changed(self, initial: Any, data: Any) -> bool:
        try:
            return self.to_python(initial) != self.to_python(data)
        except ValidationError:
            return True


class DateField(forms.DateField):
    """A day: 2018-05-03, 2018/5/3, 2018.5.3, 2018年5月3日, 20180503."""

    widget = DayInput
    default_error_messages: ClassVar[dict[str, Promise]] = {
        "invalid": _("Write the date like 2018-05-03.")
    }

    def to_python(self, value: Any) -> datetime.date | None:
        if isinstance(value, str):
            text = plain(value)
            if not text:
                return None
            day = read_day(DAY.fullmatch(text) or COMPACT_DAY.fullmatch(text))
            if day is None:
                raise ValidationError(self.error_messages["invalid"], code="invalid")
            return day
        return super().to_python(value)

    def prepare_value(self, value: Any) -> Any:
        if isinstance(value, str):
            text = plain(value)
            return read_day(DAY.fullmatch(text) or COMPACT_DAY.fullmatch(text)) or value
        return value

"""A time on a clock somewhere and the moment that it is; and a moment told as that clock shows it."""

from __future__ import annotations

import datetime
import zoneinfo
from dataclasses import dataclass
from functools import cache

from guides.time_zones import TIME_ZONES


class NoSuchTime(ValueError):
    """The clocks there are put forward over this time: no clock shows it on that day."""


@dataclass(frozen=True, slots=True)
class Moment:
    """`comes_twice`: the clocks are put back over it, and the first of the two is meant."""

    at: datetime.datetime
    comes_twice: bool = False


def moment(day: datetime.date, time: datetime.time, zone: str) -> Moment:
    """When the clocks of that zone show this. Raises `NoSuchTime` where they never do."""
    here = datetime.datetime.combine(day, time, zoneinfo.ZoneInfo(zone))
    if here.astimezone(datetime.UTC).astimezone(here.tzinfo).replace(tzinfo=None) != (
        here.replace(tzinfo=None)
    ):
        raise NoSuchTime
    return Moment(here, here.utcoffset() != here.replace(fold=1).utcoffset())


def told(at: datetime.datetime, zone: str) -> str:
    """2026-12-01 09:00 Beijing time: never without its zone."""
    return in_words(written(at, zone))


def written(at: datetime.datetime, zone: str) -> str:
    """2026-12-01 09:00 Asia/Shanghai: the same in every language, for records."""
    return f"{at.astimezone(zone_of(zone)):%Y-%m-%d %H:%M} {zone}"


def in_words(written: str) -> str:
    """What a record says of a time, with its zone in the reader's words."""
    clock, space, zone = written.rpartition(" ")
    return f"{clock}{space}{zone_name(zone)}"


def zone_name(zone: str) -> str:
    """In words where there are some, else as the database of time zones has it."""
    return str(dict(TIME_ZONES).get(zone, zone))


def zone_of(name: str) -> datetime.tzinfo:
    """The zone of that name; UTC where this machine knows none."""
    return zoneinfo.ZoneInfo(name) if name in all_zones() else datetime.UTC


@cache
def all_zones() -> frozenset[str]:
    return frozenset(zoneinfo.available_timezones())

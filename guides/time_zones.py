"""The time zones that sellers to these marketplaces live in, in words."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

#: From east to west; any other zone that an account already has stays choosable.
TIME_ZONES: tuple[tuple[str, Promise | str], ...] = (
    ("Australia/Sydney", _("Sydney")),
    ("Asia/Tokyo", _("Tokyo")),
    ("Asia/Shanghai", _("Beijing time")),
    ("Asia/Hong_Kong", _("Hong Kong")),
    ("Asia/Taipei", _("Taipei")),
    ("Asia/Singapore", _("Singapore")),
    ("Asia/Ho_Chi_Minh", _("Ho Chi Minh City")),
    ("Asia/Kolkata", _("India")),
    ("Asia/Dubai", _("Dubai")),
    ("Europe/Istanbul", _("Istanbul")),
    ("Europe/Berlin", _("Berlin, Paris, Madrid, Rome")),
    ("Europe/London", _("London")),
    ("UTC", "UTC"),
    ("America/Sao_Paulo", _("São Paulo")),
    ("America/New_York", _("New York (Eastern time)")),
    ("America/Chicago", _("Chicago (Central time)")),
    ("America/Mexico_City", _("Mexico City")),
    ("America/Denver", _("Denver (Mountain time)")),
    ("America/Los_Angeles", _("Los Angeles (Pacific time)")),
    ("Pacific/Honolulu", _("Honolulu")),
)


def choices(present: str = "") -> list[tuple[str, Promise | str]]:
    """What can be chosen, with the present zone first where it is none of these."""
    known: list[tuple[str, Promise | str]] = list(TIME_ZONES)
    if present and present not in dict(TIME_ZONES):
        return [(present, present.replace("_", " ")), *known]
    return known

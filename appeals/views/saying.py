"""What was done is said at the place it was done to, where the page opens again."""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import urlsplit

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from appeals.actions.refusals import TooManyCases, TooManyDemands, TooManyProviders


def say(request: HttpRequest, text: str, *, then: str) -> HttpResponse:
    """Go there and say it there: above the page, its words would be out of sight."""
    messages.success(request, text, extra_tags=urlsplit(then).fragment)
    return redirect(then)


def too_many(refused: TooManyProviders) -> str:
    return _(
        "A case holds at most %(limit)s providers, and with this it would have more, so nothing"
        " was added."
    ) % {"limit": refused.limit}


def too_many_cases(refused: TooManyCases) -> str:
    return _(
        "An account holds at most %(limit)s cases and registers, so nothing was opened. Delete one "
        "that is over; what you typed is still here."
    ) % {"limit": refused.limit}


def too_many_demands(refused: TooManyDemands) -> str:
    return _(
        "A case holds at most %(limit)s items, and with this it would have more, so nothing was"
        " added."
    ) % {"limit": refused.limit}


def said_at(request: HttpRequest, parts: Mapping[str, set[str]]) -> dict[str, list[str]]:
    """What waits to be said, by the part of the page whose anchors have its place; else by ""."""
    said: dict[str, list[str]] = {part: [] for part in ("", *parts)}
    for message in messages.get_messages(request):
        tag = message.extra_tags or ""
        part = next((part for part, anchors in parts.items() if tag in anchors), "")
        said[part].append(str(message))
    return said

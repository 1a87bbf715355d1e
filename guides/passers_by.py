"""Forms of pages that know nobody: no token and so no cookie, and a limit to how often."""

from __future__ import annotations

import threading
import time

from allauth.account.adapter import get_adapter
from django.core.cache import cache
from django.http import HttpRequest
from django.utils.crypto import salted_hmac

#: Of many that come at once, each is one more: reading a count and writing it is one step.
_COUNTING = threading.Lock()


def is_from_here(request: HttpRequest) -> bool:
    """Whether a form was sent from this site, which the browser itself tells.

    Old ones only name the page that it was sent from. What sends none of these headers is no
    browser, and is led by no other site.
    """
    site = request.headers.get("Sec-Fetch-Site", "same-origin")
    here = f"{request.scheme}://{request.get_host()}"
    sender = request.headers.get("Origin", request.headers.get("Referer") or here)
    return site == "same-origin" and f"{sender}/".startswith(f"{here}/")


def address_of(request: HttpRequest) -> str:
    return str(get_adapter().get_client_ip(request))


def is_too_often(what: str, address: str, *, most: int, seconds: int) -> bool:
    """Count one more of that address. The count is kept for that time, the address never."""
    window = int(time.time() // seconds)
    whose = salted_hmac("guides.passers_by", f"{window}:{address}").hexdigest()
    key = f"{what}:{whose}"
    with _COUNTING:
        count = cache.get(key, 0) + 1
        cache.set(key, count, seconds)
    return count > most

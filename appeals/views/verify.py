"""Whether a package is whole: for anybody, without an account, a cookie, or anything kept."""

from __future__ import annotations

import threading
from collections import Counter
from typing import Any

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from appeals.dossier.verifying import TooLarge, verify
from appeals.evidence.passing import PassingUploadHandler
from appeals.presenters.verified import verified
from guides.passers_by import address_of, is_from_here, is_too_often

#: Packages on the disk at once, each as large as a case may be; and those of one address. Whoever
#: sends slowly, or no more at all, keeps a place: with all of them nobody else could check.
MOST_AT_ONCE, MOST_OF_ONE = 4, 2
#: Files of one address in so many seconds.
MOST_OFTEN, SECONDS = 20, 300


class Room:
    """Who is sending right now, by address."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._sending: Counter[str] = Counter()

    def take(self, address: str) -> bool:
        with self._lock:
            is_full = self._sending.total() >= MOST_AT_ONCE
            if is_full or self._sending[address] >= MOST_OF_ONE:
                return False
            self._sending[address] += 1
            return True

    def leave(self, address: str) -> None:
        with self._lock:
            self._sending[address] -= 1
            self._sending += Counter()  # forget who is not sending any more


_room = Room()


@csrf_exempt
@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def verify_package(request: HttpRequest) -> HttpResponse:
    """No token, so no cookie: that a form was sent from here the browser itself tells."""
    if request.method != "POST":
        return _page(request)
    if not is_from_here(request):
        return _page(
            request, 403, error=_("This was sent from another site. Choose the file here.")
        )
    address = address_of(request)
    if is_too_often("verify", address, most=MOST_OFTEN, seconds=SECONDS):
        words = _("That was many files. Try again in a few minutes.")
        return _later(request, 429, words, str(SECONDS))
    if not _room.take(address):
        return _later(request, 503, _("Others are checking right now. Try again soon."), "30")
    try:
        return _answer(request)
    finally:
        _room.leave(address)


def _answer(request: HttpRequest) -> HttpResponse:
    receiving = PassingUploadHandler(request, most=settings.EVIDENCE_CASE_LIMIT)
    request.upload_handlers = [receiving]
    file = request.FILES.get("package")
    if receiving.is_too_large:
        return _too_large(request)
    if file is None:
        return _page(request, 422, error=_("Choose a ZIP or a MANIFEST.json first."))
    try:
        found = verify(file.file)
    except TooLarge:
        return _too_large(request)
    return _page(request, found=found, checked=verified(found), now=timezone.now())


def _too_large(request: HttpRequest) -> HttpResponse:
    return _page(
        request,
        413,
        error=_(
            "This is more than we read here. Unpack it, and check it with sha256sum as said below."
        ),
    )


def _later(request: HttpRequest, status: int, error: str, seconds: str) -> HttpResponse:
    response = _page(request, status, error=error)
    response["Retry-After"] = seconds
    return response


def _page(request: HttpRequest, status: int = 200, **context: Any) -> HttpResponse:
    context |= {"limit": settings.EVIDENCE_CASE_LIMIT // 2**20}
    response = render(request, "appeals/verify.html", context, status=status)
    if request.method == "POST":
        response["Cache-Control"] = "no-store"
    return response

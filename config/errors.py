"""Answers when something is refused or breaks. They say what the reader can do next."""

from __future__ import annotations

import errno
import logging
import secrets
import sqlite3
import sys
from typing import Any

from django.db import OperationalError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template import loader
from django.views.debug import SafeExceptionReporterFilter

from guides.templatetags.typed import sent_again

log = logging.getLogger("keyright.errors")

#: What SQLite says of a database that others hold, or that cannot be written for now. A table
#: that is missing is the same exception in Python, and does not pass.
PASSING = {
    sqlite3.SQLITE_BUSY,
    sqlite3.SQLITE_LOCKED,
    sqlite3.SQLITE_FULL,
    sqlite3.SQLITE_IOERR,
    sqlite3.SQLITE_CANTOPEN,
    sqlite3.SQLITE_READONLY,
}
#: What a storage says that is full or refuses.
REFUSING = {
    *(errno.ENOSPC, errno.EDQUOT, errno.EFBIG),
    *(errno.EROFS, errno.EACCES, errno.EPERM, errno.EIO),
}
RETRY_AFTER = 5


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    return render(request, "403.html", {"is_csrf": True}, status=403)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Plainly rendered: to look at what was sent once more would fail once more."""
    return HttpResponse(loader.get_template("400.html").render({}, request), status=400)


def is_passing(error: BaseException | None) -> bool:
    """Whether the same request may well succeed a little later: the database is held by others,
    or does not answer, or the storage takes nothing."""
    if isinstance(error, OSError):
        return error.errno in REFUSING
    if not isinstance(error, OperationalError):
        return False
    code = getattr(error.__cause__, "sqlite_errorcode", None)
    return code is None or code & 0xFF in PASSING


def not_now(request: HttpRequest, error: BaseException) -> HttpResponse:
    """A page that sends the same form again, and nothing that needs the database."""
    view = request.resolver_match.view_name if request.resolver_match else "no view"
    log.error("Not now: %s (%s).", view, error)
    context = {"again": sent_again(request), "was_sent": request.method not in {"GET", "HEAD"}}
    page = loader.get_template("503.html").render(context, request)
    return HttpResponse(page, status=503, headers={"Retry-After": str(RETRY_AFTER)})


def server_error(request: HttpRequest) -> HttpResponse:
    """A page with a reference that also stands in the log, and nothing that needs the database.

    Reference and traceback are one entry, since many threads write to one log. It names the
    view and not the address: some addresses are tokens.
    """
    error = sys.exc_info()[1]
    if error is not None and is_passing(error):
        return not_now(request, error)
    code = secrets.token_hex(4)
    view = request.resolver_match.view_name if request.resolver_match else "no view"
    log.error("Reference %s: %s failed.", code, view, exc_info=True)
    return HttpResponse(loader.get_template("500.html").render({"code": code}, request), status=500)


class NothingTyped(SafeExceptionReporterFilter):
    """Reports of errors, wherever they are sent, carry nothing that a person typed.

    Not only passwords: a secret that a form has just refused is in the same request.
    """

    def get_post_parameters(self, request: HttpRequest | None) -> dict[str, str]:
        if request is None:
            return {}
        return dict.fromkeys(request.POST, self.cleansed_substitute)

    def get_traceback_frame_variables(
        self, request: HttpRequest | None, tb_frame: Any
    ) -> list[tuple[str, Any]]:
        if not self.is_active(request):
            return super().get_traceback_frame_variables(request, tb_frame)
        return [(name, self.cleansed_substitute) for name in tb_frame.f_locals]

"""Answers when something is refused or breaks. They say what the reader can do next."""

from __future__ import annotations

import logging
import secrets
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template import loader
from django.views.debug import SafeExceptionReporterFilter

log = logging.getLogger("keyright.errors")


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    return render(request, "403.html", {"is_csrf": True}, status=403)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Plainly rendered: to look at what was sent once more would fail once more."""
    return HttpResponse(loader.get_template("400.html").render({}, request), status=400)


def server_error(request: HttpRequest) -> HttpResponse:
    """A page with a reference that also stands in the log, and nothing that needs the database.

    Reference and traceback are one entry, since many threads write to one log. It names the
    view and not the address: some addresses are tokens.
    """
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

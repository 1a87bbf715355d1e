"""Answers when something is refused or breaks. They say what the reader can do next."""

from __future__ import annotations

import logging
import secrets

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template import loader
from django.views.decorators.csrf import requires_csrf_token

log = logging.getLogger("keyright.errors")


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    return render(request, "403.html", {"is_csrf": True}, status=403)


@requires_csrf_token
def server_error(request: HttpRequest) -> HttpResponse:
    """A page with a reference that also stands in the log, and nothing that needs the database."""
    code = secrets.token_hex(4)
    log.error("Reference %s belongs to the error above.", code)
    return HttpResponse(loader.get_template("500.html").render({"code": code}, request), status=500)

"""What somebody had typed, on a page that could not take it: so that it can be copied."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

from django import template
from django.core.exceptions import BadRequest, SuspiciousOperation
from django.http import HttpRequest
from django.http.multipartparser import MultiPartParserError

register = template.Library()

#: What nobody typed; and passwords, which are shown to nobody.
UNTYPED = {"csrfmiddlewaretoken", "digest", "next", "time_zone"}
#: How fields end that say what a form was made from.
VERSIONS = ("made_from", "-draft", "-gap")
#: In bytes, so that four Chinese characters count: what is shorter is typed again at once.
SHORTEST = 12


@register.inclusion_tag("components/_typed.html", takes_context=True)
def typed(context: Any) -> dict[str, Any]:
    return {"texts": texts_of(context.get("request"))}


def texts_of(request: HttpRequest | None) -> list[str]:
    """The texts of the form that this answer refuses, each once; none where it cannot be read.

    Only of a form of this site: another one would put words on our page.
    """
    if request is None or request.method != "POST" or not is_surely_from_here(request):
        return []
    try:
        fields = list(request.POST.lists())
    except (BadRequest, SuspiciousOperation, MultiPartParserError, OSError):
        return []
    texts = [
        text
        for name, values in fields
        if name not in UNTYPED and "password" not in name and not name.endswith(VERSIONS)
        for text in values
        if len(text.strip().encode()) >= SHORTEST
    ]
    return list(dict.fromkeys(texts))


def sent_again(request: HttpRequest) -> list[tuple[str, str]]:
    """Names and values of a form of this site, for a button that sends it once more.

    None where it held a file, which no page can hold, or a password, which none shall.
    """
    if request.method != "POST" or not is_surely_from_here(request):
        return []
    try:
        if request.FILES or any("password" in name for name in request.POST):
            return []
        return [
            (name, value)
            for name, values in request.POST.lists()
            if name != "csrfmiddlewaretoken"
            for value in values
        ]
    except (BadRequest, SuspiciousOperation, MultiPartParserError, OSError):
        return []


def is_surely_from_here(request: HttpRequest) -> bool:
    try:
        origin = urlsplit(request.headers.get("Origin", ""))
        return origin.netloc == request.get_host()
    except (ValueError, SuspiciousOperation):
        return False

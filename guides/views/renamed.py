"""Addresses that a guide had before it was renamed: they lead to it for good."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps

from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.urls import reverse

from ..models import OldSlug

View = Callable[..., HttpResponse]


def lasting(view: View) -> View:
    """The view, at the old addresses of a guide too. A page that is there costs nothing more."""

    @wraps(view)
    def found(request: HttpRequest, slug: str, **kwargs: object) -> HttpResponse:
        try:
            return view(request, slug, **kwargs)
        except Http404:
            old = OldSlug.objects.filter(slug=slug).select_related("guide").first()
            if old is None:
                raise
            return moved(request, {"slug": old.guide.slug, **kwargs})

    return found


def moved(request: HttpRequest, kwargs: dict[str, object]) -> HttpResponse:
    assert request.resolver_match is not None
    address = reverse(request.resolver_match.view_name, kwargs=kwargs)
    if query := request.META.get("QUERY_STRING", ""):
        address = f"{address}?{query}"
    # What was sent is sent again: of a 301 browsers make a visit.
    is_visit = request.method in {"GET", "HEAD"}
    response = HttpResponsePermanentRedirect(address, preserve_request=not is_visit)
    # Asked about each time: a guide may be renamed back.
    response["Cache-Control"] = "no-cache"
    return response

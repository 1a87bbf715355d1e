"""A place for a long answer: beyond so many at once, later is better than no page for anybody."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

GATE = "keyright.gate"


def takes_a_place(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Answer 503 with Retry-After when all places for slow clients are taken."""

    @wraps(view)
    def through_gate(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        # Tests and the development server have no gate, and nobody waits behind one there.
        place = request.META.get(GATE)
        if place is not None and not place.take():
            response = render(request, "appeals/busy.html", status=503)
            response["Retry-After"] = "5"
            return response
        return view(request, *args, **kwargs)

    return through_gate

"""Which answers are the same for every stranger, and so may be kept in front of the site."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import wraps
from typing import TypeVar

from django.http import HttpRequest
from django.http.response import HttpResponseBase

Answer = TypeVar("Answer", bound=HttpResponseBase)

#: The attribute of a response that says so: the whole query strings under which it may be kept
#: besides the bare address.
MARK = "public_queries"


def name_queries(response: Answer, queries: Iterable[str]) -> Answer:
    """For a view that only knows by its rows which queries it has, as `step=…` of a guide."""
    setattr(response, MARK, frozenset(queries))
    return response


def public_page(*queries: str) -> Callable[[Callable[..., Answer]], Callable[..., Answer]]:
    """What the view answers depends on the address, the day and what is published, nothing else.

    `queries`: whole query strings that have a page of their own, such as `era=mws`. Addresses
    with any other are answered just the same and never kept: there is no end of them. A request
    with a cookie is somebody's, and its answer is not marked.
    """

    def decorated(view: Callable[..., Answer]) -> Callable[..., Answer]:
        @wraps(view)
        def marked(request: HttpRequest, *args: object, **kwargs: object) -> Answer:
            response = view(request, *args, **kwargs)
            if request.method in {"GET", "HEAD"} and not request.COOKIES:
                name_queries(response, {*queries, *getattr(response, MARK, ())})
                if response.status_code == 200:
                    # Kept by browsers and asked about each time: a publication shows at once.
                    response.headers.setdefault("Cache-Control", "public, no-cache")
            return response

        return marked

    return decorated

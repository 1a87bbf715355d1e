"""Search: what was asked for, the guides that answer it, and why each of them does.

Three queries, whatever there is to find. Every text in the reader's language is read and compared
in memory, which is quicker than it sounds and cannot be out of date.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any, Literal, NamedTuple
from urllib.parse import urlencode

from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.db import OperationalError
from django.db.models import Exists, OuterRef, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import get_language, gettext
from django.views.decorators.http import require_safe

from .. import credentials, search
from ..models import Edition, Guide, SearchMiss
from .public import public_page

ON_A_PAGE = 10
#: Characters of a query that are looked at, to know what it is; far fewer are searched for.
LOOKED_AT = 10 * search.LONGEST_QUERY
#: An address, a telephone or other number, an id: such a query might name somebody.
PERSONAL = re.compile(r"\S@\S|\d{6}|(?=\S*\d)(?=\S*[A-Za-z])[A-Za-z\d]{10}")


Name = Literal["kind", "standing"]
Choices = type[Guide.Kind] | type[Guide.Standing]


@dataclass(frozen=True, slots=True)
class Asked:
    """What the address asks for; an empty kind or standing means all."""

    query: str = ""
    was_cut: bool = False
    is_secret: bool = False
    kind: str = ""
    standing: str = ""

    @classmethod
    def of(cls, request: HttpRequest) -> Asked:
        text = request.GET.get("q", "")[:LOOKED_AT]
        if credentials.find(text):
            return cls(is_secret=True)
        query = tidied(text)
        kind, standing = request.GET.get("kind", ""), request.GET.get("standing", "")
        return cls(
            query=query[: search.LONGEST_QUERY].rstrip(),
            was_cut=len(query) > search.LONGEST_QUERY,
            kind=kind if kind in Guide.Kind.values else "",
            standing=standing if standing in Guide.Standing.values else "",
        )

    def choosing(self, name: Name, value: str) -> Asked:
        return replace(self, kind=value) if name == "kind" else replace(self, standing=value)

    def address(self, page: int = 1) -> str:
        """The query string of it, without what is as it always is."""
        given = {"q": self.query, "kind": self.kind, "standing": self.standing}
        number = {"page": str(page)} if page > 1 else {}
        return "?" + urlencode({name: value for name, value in given.items() if value} | number)


KINDS = {kind: number for number, kind in enumerate(Guide.Kind.values)}


class Row(NamedTuple):
    """What search knows of every live edition: a candidate, with what the filters ask."""

    key: int
    folded: str
    kind: str
    standing: str
    position: int
    slug: str

    @property
    def is_historic(self) -> bool:
        return self.standing == Guide.Standing.HISTORIC

    @property
    def order(self) -> tuple[int, int, str]:
        return KINDS[self.kind], self.position, self.slug


@dataclass(frozen=True, slots=True)
class Option:
    """One link of a filter."""

    label: str | Promise
    count: int
    address: str
    is_chosen: bool


@dataclass(frozen=True, slots=True)
class Result:
    edition: Edition
    excerpt: Sequence[search.Piece]


def tidied(text: str) -> str:
    """On one line, and without what no database and no page can hold."""
    return " ".join("".join(one if one.isprintable() else " " for one in text).split())


@login_not_required
@require_safe
@public_page()
def search_page(request: HttpRequest) -> HttpResponse:
    asked = Asked.of(request)
    context = answers(request, asked)
    # What was cut off or is secret is in no link of the page either.
    own_address = request.path + asked.address(context.get("number", 1))
    context |= {"asked": asked, "elsewhere": own_address}
    return render(request, "guides/search.html", context)


def answers(request: HttpRequest, asked: Asked) -> dict[str, Any]:
    """What the page says besides the question; little where there is no word to look for."""
    language = get_language()
    query = search.read(asked.query, synonyms()) if asked.query else None
    if not query or not query.words:
        return {"was_empty": bool(asked.query)}
    found = search.find(query, rows_in(language))
    hits = found.answers
    chosen = [hit for hit in hits if is_chosen(asked, hit)]
    page = Paginator(chosen, ON_A_PAGE).get_page(request.GET.get("page"))
    return {
        "count": len(chosen),
        "also": quoted(sorted(query.also, key=lambda name: is_foreign(name, language))),
        "has_parts": found.whole < len(hits),
        "results": results(query, [hit.key for hit in page]),
        "kinds": options(asked, hits, "kind", Guide.Kind),
        "standings": options(asked, hits, "standing", Guide.Standing),
        "page": page,
        "number": page.number,
        "before": page.has_previous() and asked.address(page.number - 1),
        "after": page.has_next() and asked.address(page.number + 1),
        "is_nothing": not hits,
        "was_counted": not hits and request.method == "GET" and count_miss(asked.query, language),
    }


def synonyms() -> search.Synonyms:
    """What the terms call things, in every language. One query."""
    terms = Edition.objects.live().filter(guide__kind=Guide.Kind.TERM).order_by("guide", "pk")
    columns = ("guide_id", "live__revision__title", "live__revision__keywords", "folded")
    return search.Synonyms(search.Term(*row) for row in terms.values_list(*columns))


def rows_in(language: str) -> Iterator[Row]:
    """Each guide once: in that language, or else in the one that it has had longest. One query."""
    preferred = Edition.objects.live().filter(
        Q(language=language) | Q(pk__lt=OuterRef("pk")), guide=OuterRef("guide")
    )
    rows = (
        Edition.objects.live()
        .filter(Q(language=language) | ~Exists(preferred))
        .order_by()
        .values_list(
            *("pk", "folded", "guide__kind", "guide__standing"),
            *("guide__position", "guide__slug"),
        )
    )
    return map(Row._make, rows)


def is_chosen(asked: Asked, row: Row) -> bool:
    return asked.kind in ("", row.kind) and asked.standing in ("", row.standing)


def options(asked: Asked, hits: Iterable[Row], name: Name, choices: Choices) -> list[Option]:
    """All, and each choice that finds something; counted as the other filter leaves them."""
    free = asked.choosing(name, "")
    counts = Counter(getattr(hit, name) for hit in hits if is_chosen(free, hit))
    chosen = getattr(asked, name)
    listed = [
        Option(one.label, counts[one], asked.choosing(name, one.value).address(), one == chosen)
        for one in choices
        if counts[one] or one == chosen
    ]
    return [Option(gettext("All"), counts.total(), free.address(), not chosen), *listed]


def results(query: search.Query, keys: Sequence[int]) -> list[Result]:
    """The texts of one page of results, in that order. One query."""
    editions = (
        Edition.objects.select_related("guide__method", "live__revision")
        .defer("parts", "links", "cited", "live__revision__body", "live__revision__facts")
        .in_bulk(keys)
    )
    return [
        Result(one, search.excerpt(query, one.folded, one.plain, one.live.revision.summary))
        for key in keys
        if (one := editions.get(key)) and one.live
    ]


def is_foreign(name: str, language: str | None) -> bool:
    """Whether it is a Chinese name among English words; Chinese sellers use names of both."""
    return language == "en" and not name.isascii()


def quoted(names: Sequence[str]) -> str:
    """The names in quotation marks, as many as a line has room for."""
    first, following = gettext("“%(name)s”"), gettext(", “%(name)s”")
    return "".join(
        (following if number else first) % {"name": name} for number, name in enumerate(names[:4])
    )


def count_miss(query: str, language: str) -> bool:
    """Whether it was counted. That it could not be is no reason to keep the page from anyone."""
    if PERSONAL.search(query):
        return False
    try:
        return SearchMiss.objects.record(query.casefold(), language, timezone.localdate())
    except OperationalError:
        return False

"""What changed on the site: every publication in the reader's language, and a feed of them."""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import groupby
from typing import Any
from urllib.parse import urlencode

from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.db.models import Count, Value
from django.db.models.functions import TruncMonth
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import get_language, gettext
from django.views.decorators.http import require_safe

from ..feeds import changes_feed
from ..models import Guide, Publication
from .public import public_page
from .withdrawn import with_successors

A_PAGE = 200
IN_FEED = 50
#: Corrections of what readers reported that the newest page lists, of whatever month.
THANKED = 10
#: More rows of one kind than this that a release made in one day are one line.
FOLD_ABOVE = 4


@dataclass(frozen=True, slots=True)
class Fold:
    """What one release did on one day to many guides: new ones, or changes to old ones."""

    is_new: bool
    publications: tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class Day:
    """`rows` of people and of small releases, newest first; `folds` of large ones."""

    on: datetime.date
    rows: tuple[Any, ...]
    folds: tuple[Fold, ...]


@dataclass(frozen=True, slots=True)
class Asked:
    """What a reader chose to see. A kind that there is not counts as all of them."""

    kind: str
    with_minor: bool

    def query(self, **changes: str) -> str:
        """The query string of this choice with some of it changed."""
        chosen = {"kind": self.kind, "minor": "" if self.with_minor else "no"} | changes
        return "?" + urlencode({name: value for name, value in chosen.items() if value})

    def publications(self, language: str) -> Any:
        found = self.of_kind(language)
        return found if self.with_minor else found.exclude(revision__is_minor=True)

    def withdrawals(self, language: str) -> Any:
        """What ended without anything in its place. None of them is minor, whatever it was of."""
        return self.of_kind(language).exclude(withdrawn_because="")

    def of_kind(self, language: str) -> Any:
        found = Publication.objects.filter(edition__language=language)
        return found.filter(edition__guide__kind=self.kind) if self.kind else found


def asked(values: Mapping[str, str]) -> Asked:
    kind = values.get("kind", "")
    return Asked(kind if kind in Guide.Kind else "", values.get("minor") != "no")


@login_not_required
@require_safe
@public_page()
def changes(request: HttpRequest) -> HttpResponse:
    """One month, newest day first. Five queries, whatever the number of publications."""
    language = get_language()
    choice = asked(request.GET)
    found = choice.publications(language)
    months = months_of(found, choice.withdrawals(language))
    month = month_asked(months, request.GET.get("month", ""))
    rows = found.filter(**within("published_at", month)).with_text().with_neighbours()
    paginator = Paginator(rows.order_by("-published_at", "-pk"), A_PAGE)
    # Counted with the months: no query of its own.
    paginator.count = months.get(month, 0)  # type: ignore[misc]
    page = paginator.get_page(request.GET.get("page"))
    is_newest = month == next(iter(months), month)
    addresses = [(one, choice.query(month=f"{one:%Y-%m}")) for one in months]
    context = {
        "days": days(page.object_list),
        "page": page,
        "month": month,
        "earlier": next((one for one in addresses if one[0] < month), None),
        "months": addresses,
        "month_query": choice.query(month=f"{month:%Y-%m}"),
        "filters": filters(choice, kinds_of(language)),
        "minor_query": choice.query(minor="no" if choice.with_minor else ""),
        "with_minor": choice.with_minor,
        "withdrawn": withdrawn(choice, language, month),
        "thanked": thanked(choice, language) if is_newest else (),
    }
    return render(request, "guides/changes.html", context)


def months_of(publications: Any, withdrawals: Any) -> dict[datetime.date, int]:
    """The first day of each month in which something was published or withdrawn, newest first,
    and how many publications it has. One query."""
    published = by_month(publications, "published_at", Count("pk"))
    withdrawn = by_month(withdrawals, "ended_at", Value(0))
    months: Counter[datetime.date] = Counter()
    for month, count in published.union(withdrawn).order_by("-month"):
        months[month.date()] += count
    return dict(months)


def by_month(publications: Any, field: str, count: Any) -> Any:
    months = publications.order_by().annotate(month=TruncMonth(field)).values("month")
    return months.annotate(count=count).values_list("month", "count")


def month_asked(months: Mapping[datetime.date, int], text: str) -> datetime.date:
    """That month where it is one of them, else the newest there is, else this one."""
    known = {f"{one:%Y-%m}": one for one in months}
    newest = next(iter(months), timezone.localdate().replace(day=1))
    return known.get(text, newest)


def within(field: str, month: datetime.date) -> dict[str, datetime.datetime]:
    """That month where the reader is, as conditions on a time."""
    after = (month + datetime.timedelta(days=31)).replace(day=1)
    return {f"{field}__gte": midnight(month), f"{field}__lt": midnight(after)}


def midnight(day: datetime.date) -> datetime.datetime:
    return timezone.make_aware(datetime.datetime.combine(day, datetime.time()))


def days(publications: Iterable[Any]) -> list[Day]:
    by_day = groupby(publications, key=lambda one: timezone.localdate(one.published_at))
    return [day(on, tuple(rows)) for on, rows in by_day]


def day(on: datetime.date, rows: tuple[Any, ...]) -> Day:
    """What a release did to many guides at once is a line to open, not a wall."""
    released = [one for one in rows if one.published_by_id is None]
    folds = []
    for is_new in (True, False):
        alike = tuple(one for one in released if (one.number_before is None) == is_new)
        if len(alike) > FOLD_ABOVE:
            folds.append(Fold(is_new, alike))
    inside = {one.pk for fold in folds for one in fold.publications}
    return Day(on, tuple(one for one in rows if one.pk not in inside), tuple(folds))


def kinds_of(language: str) -> set[str]:
    """The kinds of which something was ever published in that language. One query."""
    found = Guide.objects.filter(editions__language=language, editions__publications__isnull=False)
    return set(found.order_by().values_list("kind", flat=True).distinct())


def filters(choice: Asked, kinds: set[str]) -> list[tuple[Any, str, bool]]:
    """All of them, then each kind, as (label, address, whether it is chosen)."""
    found = [(gettext("All"), choice.query(kind=""), not choice.kind)]
    found += [
        (kind.label, choice.query(kind=kind.value), choice.kind == kind)
        for kind in Guide.Kind
        if kind in kinds
    ]
    return found


def withdrawn(choice: Asked, language: str, month: datetime.date) -> list[Any]:
    """What was taken away from readers in that month. One query, and one for what they are sent
    on to, where anything names that."""
    found = choice.withdrawals(language).filter(**within("ended_at", month))
    rows = list(found.with_text().order_by("-ended_at")[:A_PAGE])
    with_successors(rows, language)
    return rows


def thanked(choice: Asked, language: str) -> list[Any]:
    """The latest corrections of what readers reported. One query."""
    found = choice.publications(language).filter(revision__corrects_report=True)
    return list(found.with_text().with_neighbours().order_by("-published_at", "-pk")[:THANKED])


@login_not_required
@require_safe
@public_page()
def feed(request: HttpRequest) -> HttpResponse:
    """The newest publications in that language as Atom. One query."""
    language = get_language()
    newest = Publication.objects.filter(edition__language=language).order_by("-published_at", "-pk")
    return HttpResponse(
        changes_feed(newest.with_text().with_neighbours()[:IN_FEED], language),
        content_type="application/atom+xml; charset=utf-8",
    )

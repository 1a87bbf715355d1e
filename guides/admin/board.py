"""The review board, with which the desk opens: what waits, whole queues of it, and all as CSV."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from guides.board import Counts, Scope, counts, next_check, queues_of
from guides.models import Feedback, Guide, Picture, Release, SearchMiss, Source, SourceChange
from guides.templatetags.reading import translated_language_name

from .board_row import Rights, Row
from .board_rows import rows_of
from .history import today_of

#: Rows of a queue on the board, and on a page of its own.
FEW, A_PAGE = 3, 50
#: Rows of a queue in a CSV: more are read by nobody, and answered by nothing.
MOST = 5_000
TITLES: dict[str, Promise] = {
    "due": gettext_lazy("To check again"),
    "behind": gettext_lazy("Translations behind"),
    "links": gettext_lazy("Broken links"),
    "waiting": gettext_lazy("Waiting for me"),
    "scheduled": gettext_lazy("Scheduled"),
    "feedback": gettext_lazy("What readers say"),
    "misses": gettext_lazy("Searched in vain"),
}
#: What a table of the desk counts in the sections beside every page, and the right it takes.
TABLES: dict[str, tuple[str, QuerySet]] = {
    "guides": ("guides.view_guide", Guide.objects.exclude(kind=Guide.Kind.TERM)),
    "terms": ("guides.view_guide", Guide.objects.filter(kind=Guide.Kind.TERM)),
    "sources": ("guides.view_source", Source.objects.all()),
    "changes": (
        "guides.view_source",
        SourceChange.objects.filter(state=SourceChange.State.WAITING),
    ),
    "pictures": ("guides.view_picture", Picture.objects.all()),
    "releases": (
        "guides.view_guide",
        Release.objects.filter(state__in=[Release.State.OPEN, Release.State.SCHEDULED]),
    ),
    "feedback": ("guides.view_feedback", Feedback.objects.filter(handled_at=None)),
    "misses": ("guides.view_searchmiss", SearchMiss.objects.filter(handled_at=None)),
}
#: What a spreadsheet takes for the beginning of a formula, wherever it is narrow or wide.
FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


@dataclass(frozen=True, slots=True)
class Queue:
    """A part of the board."""

    name: str
    count: int
    rows: list[Row]
    #: Where all of it is shown; empty where that is already so.
    whole: str
    #: A line in the place of rows that cannot be there.
    line: str = ""

    @property
    def title(self) -> str:
        return str(TITLES[self.name])


def scope_of(request: HttpRequest) -> Scope:
    """What the address asks for; an unknown language is all of them."""
    language = request.GET.get("language", "")
    return Scope(
        person=request.user,
        today=today_of(request.user),
        is_mine=request.GET.get("of") == "mine",
        language=language if language in dict(settings.LANGUAGES) else "",
    )


def counts_of(request: HttpRequest, *, is_board: bool = False) -> Counts:
    """Counted once a request: the board counts more, and the sections beside it take its counts."""
    kept: Counts | None = getattr(request, "desk_counts", None)
    if kept is None:
        person = request.user
        tables = {
            name: rows.all() for name, (right, rows) in TABLES.items() if person.has_perm(right)
        }
        scope = scope_of(request) if is_board else Scope(person, today_of(person))
        kept = counts(scope, tables, is_board)
        request.desk_counts = kept  # type: ignore[attr-defined]
    return kept


def asked(scope: Scope, **others: str | int) -> str:
    """The query of an address with these filters; empty without any."""
    values = {"of": "mine" if scope.is_mine else "", "language": scope.language, **others}
    query = urlencode({name: value for name, value in values.items() if value})
    return f"?{query}" if query else ""


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    scope, person = scope_of(request), request.user
    found = counts_of(request, is_board=True)
    rights = Rights.of(person)
    queues = []
    for name in queues_of(person):
        sizes = found.shown[name]
        count = sum(sizes)
        line = empty_line(name, count, scope)
        if count or line:
            rows = rows_of(name, scope, rights, sizes, 0, FEW) if count else []
            whole = f"{reverse('admin:board_queue', args=[name])}{asked(scope)}"
            queues.append(Queue(name, count, rows, whole if count > FEW else "", line))
    context = page_context(request, scope, found) | {
        "title": _("Review board"),
        "queues": queues,
        "waiting": found.for_somebody(found.shown),
        "scheduled": sum(found.shown.get("scheduled", ())),
        "mine": found.for_somebody(found.mine),
    }
    return render(request, "admin/index.html", context)


def empty_line(name: str, count: int, scope: Scope) -> str:
    """What an empty queue has to say, where it has."""
    if name == "links" and not settings.LINK_CHECKS:
        return _("Links to other sites are not checked here: whoever runs the site can turn it on.")
    if name == "due" and not count:
        day = next_check(scope)
        if day is None:
            return ""
        return _("All checked. Next review: %(date)s.") % {"date": day.isoformat()}
    return ""


@require_safe
def queue(request: HttpRequest, name: str) -> HttpResponse:
    """One queue of the board, all of it, page by page."""
    if name not in TITLES:
        raise Http404
    if name not in queues_of(request.user):
        raise PermissionDenied
    scope, found = scope_of(request), counts_of(request, is_board=True)
    sizes = found.shown[name]
    count = sum(sizes)
    pages = max(1, -(-count // A_PAGE))
    number = request.GET.get("page", "1")
    page = int(number) if number.isascii() and number.isdigit() and len(number) < 6 else 1
    page = min(max(page, 1), pages)
    rows = rows_of(name, scope, Rights.of(request.user), sizes, (page - 1) * A_PAGE, page * A_PAGE)
    context = page_context(request, scope, found) | {
        "title": TITLES[name],
        "queue": Queue(name, count, rows, "", empty_line(name, count, scope)),
        "page": page,
        "pages": pages,
        "before": asked(scope, page=page - 1) if page > 1 else "",
        "after": asked(scope, page=page + 1) if page < pages else "",
        "mine": sum(found.mine[name]),
    }
    return render(request, "admin/board/queue.html", context)


def page_context(request: HttpRequest, scope: Scope, found: Counts) -> dict[str, Any]:
    return admin.site.each_context(request) | {
        "scope": scope,
        "languages": [(code, translated_language_name(code)) for code, _name in settings.LANGUAGES],
        "of_all": asked(Scope(scope.person, scope.today, False, scope.language)) or "?",
        "of_mine": asked(Scope(scope.person, scope.today, True, scope.language)),
        "csv": f"{reverse('admin:board_csv')}{asked(scope)}",
        "board": f"{reverse('admin:index')}{asked(scope)}",
    }


# --- CSV -------------------------------------------------------------------------------------


@require_safe
def as_csv(request: HttpRequest) -> HttpResponse:
    """Every row of every queue as filtered, for Excel: UTF-8 with its mark, no formulas."""
    scope, found = scope_of(request), counts_of(request, is_board=True)
    text = io.StringIO(newline="")
    writer = csv.writer(text, quoting=csv.QUOTE_ALL)
    writer.writerow(
        [_("Section"), _("Guide"), _("Language"), _("State"), _("Day"), _("Days"), _("Person"),
         _("Details")]
    )  # fmt: skip
    for name in queues_of(request.user):
        writer.writerows(lines(name, scope, found.shown[name]))
    answer = HttpResponse("\ufeff" + text.getvalue(), content_type="text/csv; charset=utf-8")
    file = f"keyright-board-{scope.today.isoformat()}.csv"
    answer["Content-Disposition"] = f'attachment; filename="{file}"'
    return answer


def lines(name: str, scope: Scope, sizes: tuple[int, ...]) -> Iterator[list[str | int]]:
    title = str(TITLES[name])
    for row in rows_of(name, scope, Rights.of(scope.person), sizes, 0, MOST):
        texts = (title, row.title, row.in_languages, row.state)
        day = row.day.isoformat() if row.day else ""
        days: str | int = "" if row.days is None else row.days
        yield [*map(defused, texts), day, days, defused(row.person), defused(row.beneath)]
    if (more := sum(sizes) - MOST) > 0:
        yield [title, _("%(count)s more are not in this file.") % {"count": more}]


def defused(text: str) -> str:
    """A text that no spreadsheet takes for a formula."""
    return f"'{text}" if text.lstrip(" ").startswith(FORMULA) else text

"""What happened in a case, day by day."""

from __future__ import annotations

from itertools import groupby
from zoneinfo import ZoneInfo

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from appeals.models import Case
from appeals.timeline import lines

from .access import of_case

A_PAGE = 100


@of_case
@require_safe
def timeline(request: HttpRequest, case: Case) -> HttpResponse:
    """Days and times are those of the reader's own zone."""
    zone = ZoneInfo(request.user.time_zone)
    page = Paginator(lines(case, reader=request.user), A_PAGE).get_page(request.GET.get("page"))
    with timezone.override(zone):
        days = [
            (day, list(of_day))
            for day, of_day in groupby(page, key=lambda line: timezone.localdate(line.at))
        ]
        context = {"case": case, "days": days, "page": page, "today": timezone.localdate()}
        return render(request, "appeals/timeline.html", context)

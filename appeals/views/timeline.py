"""What happened in a case, day by day; and what a line should have said."""

from __future__ import annotations

from collections import defaultdict
from zoneinfo import ZoneInfo

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from appeals import actions
from appeals.forms.statements import CorrectionForm
from appeals.models import Case, Event
from appeals.presenters.rounds import standpoint
from appeals.presenters.rounds_of_events import by_round, head, plain
from appeals.presenters.timeline_page import Filter
from appeals.timeline import lines

from .access import of_case
from .saying import say

A_PAGE = 50


@of_case
@require_safe
def timeline(request: HttpRequest, case: Case) -> HttpResponse:
    """Days and times are those of the reader's own zone."""
    asked = Filter.read(request.GET, case)
    page = Paginator(asked.events(case, request.user), A_PAGE).get_page(request.GET.get("page"))
    with timezone.override(ZoneInfo(request.user.time_zone)):
        told = lines(case, reader=request.user, events=page)
        stands, assessment = standpoint(case), case.assess()
        has_rounds = case.submissions.all() and not asked.is_narrow
        context = {
            "case": case,
            "head": head(case, stands, assessment),
            "deadline": stands.text.deadline,
            "rounds": by_round(case, stands, list(page), told) if has_rounds else plain(told),
            "said": defaultdict(list),  # what is done to a line is said where it is marked
            "page": page,
            "today": timezone.localdate(),
            "kinds": asked.kinds(),
            "people": asked.people(case, request.user),
            "items": asked.items(case),
            "item": asked.chosen_item(case),
            "earlier": asked.query(page=page.next_page_number()) if page.has_next() else "",
            "later": asked.query(page=page.previous_page_number()) if page.has_previous() else "",
        }
        return render(request, "appeals/timeline.html", context)


@of_case
@require_http_methods(["GET", "HEAD", "POST"])
def event_detail(request: HttpRequest, case: Case, event: int) -> HttpResponse:
    """One line. It is never changed; what it should have said is added under it."""
    found = Event.objects.of_case(case).filter(pk=event).first()
    if found is None:
        raise Http404
    back = reverse("appeals:timeline", args=[case.code])
    form = CorrectionForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        actions.corrections.correct(case, by=request.user, event=event, **form.cleaned_data)
        return say(request, _("The correction was added."), then=f"{back}#event-{event}")
    with timezone.override(ZoneInfo(request.user.time_zone)):
        (line,) = lines(case, reader=request.user, events=[found])
        context = {"case": case, "form": form, "line": line, "back": back}
        status = 422 if form.is_bound else 200
        return render(request, "appeals/event_detail.html", context, status=status)

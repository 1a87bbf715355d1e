"""The notice, line by line; its text; its deadline."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from appeals import actions
from appeals.actions.refusals import StaleVersion
from appeals.forms.cases import DeadlineForm, NoticeForm, deadline, notice_fields
from appeals.forms.demands import MarkForm
from appeals.models import Case
from appeals.presenters.notice_page import notice_page
from appeals.sentences import of_deadline

from .access import of_case
from .conflicts import conflict
from .saying import said_at


@of_case
@require_http_methods(["GET", "HEAD", "POST"])
def notice(request: HttpRequest, case: Case) -> HttpResponse:
    """Two forms: the whole notice (also the first time), or its deadline alone."""
    if case.is_register or "edit" in request.GET:
        return _whole(request, case)
    form = DeadlineForm(request.POST or None, initial=deadline(case), notice_on=case.notice_on)
    if form.is_valid():
        try:
            actions.cases.set_deadline(case, by=request.user, **form.cleaned_data)
        except StaleVersion as stale:
            return conflict(request, case, form, stale, back=request.path)
        messages.success(request, _("Saved."))
        return redirect(case)
    return show(request, case, form=form)


def show(
    request: HttpRequest,
    case: Case,
    *,
    form: DeadlineForm | None = None,
    line: int | None = None,
    mark: MarkForm | None = None,
) -> HttpResponse:
    """The page of the notice; with `mark`, that line is open."""
    form = form or DeadlineForm(initial=deadline(case), notice_on=case.notice_on)
    shown = notice_page(case)
    places = [f"line-{one.number}" for one in shown.lines]
    places += [f"demand-{one.ordinal}" for one in shown.demands]
    context: dict[str, Any] = {
        "case": case,
        "form": form,
        "page": shown,
        "deadline": of_deadline(case.assess(), timezone.now()),
        "opened": line,
        "mark": mark,
        "marked": next((one for one in shown.lines if one.number == line), None),
        "said": said_at(request, {place: {place} for place in places}),
    }
    is_wrong = form.is_bound or (mark is not None and (mark.is_bound or bool(mark.errors)))
    return render(request, "appeals/notice.html", context, status=422 if is_wrong else 200)


def _whole(request: HttpRequest, case: Case) -> HttpResponse:
    form = NoticeForm(request.POST or None, initial=notice_fields(case))
    back = reverse("appeals:notice", args=[case.code])
    if form.is_valid():
        try:
            actions.cases.record_notice(case, by=request.user, **form.cleaned_data)
        except StaleVersion as stale:
            return conflict(request, case, form, stale, back=back)
        messages.success(request, _("Saved."))
        return redirect(back)
    context = {"case": case, "form": form}
    status = 422 if form.is_bound else 200
    return render(request, "appeals/notice_edit.html", context, status=status)

"""The notice, line by line; its text; its deadline."""

from __future__ import annotations

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
from appeals.models import Case
from appeals.presenters.overview import overview
from appeals.sentences import Words, of_deadline

from .access import of_case
from .conflicts import conflict


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
    assessment = case.assess()
    context = {
        "case": case,
        "form": form,
        "lines": [line for line in case.notice_text.splitlines() if line.strip()],
        "deadline": of_deadline(assessment, timezone.now()),
        "items": overview(Words.of(case), assessment).items,
    }
    return render(request, "appeals/notice.html", context, status=422 if form.is_bound else 200)


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

"""The notice, line by line; its text; its deadline."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from appeals import actions
from appeals.actions.refusals import StaleVersion
from appeals.forms.base import Form
from appeals.forms.cases import DeadlineForm, NoticeForm, deadline, notice_fields
from appeals.forms.demands import MarkForm
from appeals.forms.submissions import ReplyDeadlineForm, reply
from appeals.models import Case
from appeals.presenters.notice_page import notice_page
from appeals.presenters.texts import AskingText

from .access import of_case
from .conflicts import conflict
from .saying import said_at


@of_case
@require_http_methods(["GET", "HEAD", "POST"])
def notice(request: HttpRequest, case: Case) -> HttpResponse:
    """Two forms: the whole notice (also the first time), or its deadline alone."""
    # The whole form, sent from a page made before there was a notice, is one all the same.
    if case.is_register or "edit" in request.GET or "notice_text" in request.POST:
        return _whole(request, case)
    text = AskingText(case)
    form = deadline_form(text, request.POST or None)
    if form.is_valid():
        try:
            actions.cases.set_deadline(case, by=request.user, **form.cleaned_data)
        except StaleVersion as stale:
            return conflict(request, case, form, stale, back=request.path)
        messages.success(request, _("Saved."))
        return redirect(case)
    return show(request, text, form=form)


def show(
    request: HttpRequest,
    text: AskingText,
    *,
    form: Form | None = None,
    line: int | None = None,
    mark: MarkForm | None = None,
) -> HttpResponse:
    """The page of the notice or of a reply; with `mark`, that line is open."""
    form = form or deadline_form(text)
    shown = notice_page(text)
    places = [f"line-{one.number}" for one in shown.lines]
    places += [f"demand-{one.ordinal}" for one in shown.demands]
    context: dict[str, Any] = {
        "case": text.case,
        "form": form,
        "fields": [form[name] for name in form.fields if name != "version"],
        "page": shown,
        "text": text,
        "deadline": text.deadline,
        "opened": line,
        "mark": mark,
        "marked": next((one for one in shown.lines if one.number == line), None),
        "said": said_at(request, {place: {place} for place in places}),
    }
    is_wrong = form.is_bound or (mark is not None and (mark.is_bound or bool(mark.errors)))
    return render(request, "appeals/notice.html", context, status=422 if is_wrong else 200)


def deadline_form(text: AskingText, data: QueryDict | None = None) -> Form:
    if text.submission is None:
        return DeadlineForm(data, initial=deadline(text.case), notice_on=text.case.notice_on)
    return ReplyDeadlineForm(data, initial=reply(text.submission), submission=text.submission)


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

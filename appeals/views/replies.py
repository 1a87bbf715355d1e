"""What Amazon replied to a round, which opens the next one."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from appeals import actions
from appeals.actions.refusals import InUse, StaleVersion
from appeals.forms import submissions as forms
from appeals.models import Case, Submission
from appeals.presenters.texts import AskingText

from .access import of_case
from .conflicts import conflict
from .notices import deadline_form, show
from .submissions import get_submission


@of_case
@require_http_methods(["GET", "HEAD", "POST"])
def reply(request: HttpRequest, case: Case, number: int) -> HttpResponse:
    """The reply to that round: to be copied in; then its lines, and the deadline that it gives."""
    row = get_submission(case, number)
    # The whole form, sent from a page made before there was a reply, is one all the same.
    if not row.has_reply or "edit" in request.GET or "reply_text" in request.POST:
        return _whole(request, case, row)
    text = AskingText(case, row)
    form = deadline_form(text, request.POST or None)
    if form.is_valid():
        try:
            actions.submissions.set_reply_deadline(row, by=request.user, **form.cleaned_data)
        except StaleVersion as stale:
            return conflict(request, case, form, stale, back=request.path)
        messages.success(request, _("Saved."))
        return redirect(case)
    return show(request, text, form=form)


def _whole(request: HttpRequest, case: Case, row: Submission) -> HttpResponse:
    form = forms.ReplyForm(request.POST or None, initial=forms.reply(row), submission=row)
    if form.is_valid():
        try:
            actions.submissions.record_reply(row, by=request.user, **form.cleaned_data)
        except StaleVersion as stale:
            return conflict(request, case, form, stale, back=request.path)
        except InUse:
            form.add_error("reply_answer", _still_marked())
        else:
            messages.success(request, _("Saved."))
            if form.cleaned_data["reply_answer"] in Case.Outcome.values:
                return redirect("appeals:outcome", case.code)
            return redirect("appeals:reply", case.code, row.round)
    context = {"case": case, "form": form, "submission": row}
    status = 422 if form.is_bound else 200
    return render(request, "appeals/reply_edit.html", context, status=status)


def _still_marked() -> str:
    return _(
        "Lines of this reply are marked, or items were added from it. Take these back first: where "
        "no reply came, nothing was asked."
    )

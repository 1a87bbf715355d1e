"""How a case ended, as its owner says; and going on after all."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from appeals import actions
from appeals.actions.refusals import StaleVersion
from appeals.forms.outcomes import OutcomeForm, outcome_of
from appeals.models import Case

from .access import of_case
from .conflicts import conflict


@of_case
@require_http_methods(["GET", "HEAD", "POST"])
def outcome(request: HttpRequest, case: Case) -> HttpResponse:
    if request.method == "POST" and "reopen" in request.POST:
        actions.cases.reopen(case, by=request.user)
        messages.success(request, _("The case is open again."))
        return redirect(case)
    form = OutcomeForm(request.POST or None, initial=outcome_of(case))
    if form.is_valid():
        try:
            actions.cases.close(case, by=request.user, **form.cleaned_data)
        except StaleVersion as stale:
            return conflict(request, case, form, stale, back=request.path)
        messages.success(request, _("Saved."))
        return redirect(case)
    context = {"case": case, "form": form}
    status = 422 if form.is_bound else 200
    return render(request, "appeals/outcome.html", context, status=status)

"""Deleting for good: a withdrawn file, a case; and what goes by itself after closing."""

from __future__ import annotations

import uuid

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from appeals import actions
from appeals.actions.refusals import StaleVersion
from appeals.evidence.holding import rounds_holding
from appeals.forms.deletion import DeleteCaseForm, KeepingForm, keeping
from appeals.models import Case
from appeals.presenters.exhibits import exhibit_page
from appeals.presenters.kept import kept_of
from appeals.sentences.names import listed

from .access import get_evidence, of_case
from .conflicts import conflict


@of_case
@require_http_methods(["GET", "HEAD", "POST"])
def case_delete(request: HttpRequest, case: Case) -> HttpResponse:
    """Says what goes, and asks for the store's name."""
    form = DeleteCaseForm(request.POST or None, case=case)
    if form.is_valid():
        actions.deletion.delete_case(case, by=request.user)
        messages.success(request, _("%(store)s was deleted for good.") % {"store": case.store})
        return redirect("appeals:case-list")
    kept = kept_of(case)
    context = {"case": case, "form": form, "kept": kept, "rounds": listed(map(str, kept.rounds))}
    status = 422 if form.is_bound else 200
    return render(request, "appeals/case_delete.html", context, status=status)


@of_case
@require_http_methods(["GET", "HEAD", "POST"])
def evidence_delete(request: HttpRequest, case: Case, evidence: uuid.UUID) -> HttpResponse:
    """For what was withdrawn: its number alone stays."""
    row = get_evidence(case, evidence)
    if not row.is_withdrawn or not row.has_file:
        return redirect(row)
    if request.method == "POST":
        actions.deletion.delete_file(row, by=request.user)
        words = _("The file of %(exhibit)s was deleted for good.")
        messages.success(request, words % {"exhibit": row.exhibit})
        return redirect("appeals:evidence-list", case.code)
    context = {
        "case": case,
        "evidence": row,
        "page": exhibit_page(case, row),
        "rounds": listed(map(str, rounds_holding(row))),
    }
    return render(request, "appeals/evidence_delete.html", context)


@of_case
@require_http_methods(["GET", "HEAD", "POST"])
def case_keeping(request: HttpRequest, case: Case) -> HttpResponse:
    form = KeepingForm(request.POST or None, initial=keeping(case), case=case)
    if form.is_valid():
        try:
            actions.deletion.keep_files(case, by=request.user, **form.cleaned_data)
        except StaleVersion as stale:
            chosen = stale.current["delete_files_after"]
            stale.current["delete_files_after"] = str(chosen or "")  # as the form has it
            return conflict(request, case, form, stale, back=request.path)
        messages.success(request, _("Saved."))
        return redirect("appeals:case-edit", case.code)
    status = 422 if form.is_bound else 200
    context = {"case": case, "form": form}
    return render(request, "appeals/case_keeping.html", context, status=status)

"""The list of cases, opening one, its overview, its particulars."""

from __future__ import annotations

from functools import partial
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from appeals import actions, from_check, rules
from appeals.actions.refusals import StaleVersion, TooManyCases
from appeals.forms.cases import CaseForm, OpenCaseForm, OpenRegisterForm, particulars
from appeals.letter.of_case import progress
from appeals.models import Case
from appeals.presenters.ledger import Ledger
from appeals.presenters.overview import overview
from appeals.presenters.preset import preset_items
from appeals.sentences import Words

from .access import of_case
from .conflicts import conflict
from .saying import too_many_cases

#: Cases that a new one is weighed against: more would be a list to read.
MOST_OTHERS = 10


@require_safe
def case_list(request: HttpRequest) -> HttpResponse:
    now = timezone.now()
    cases = Case.objects.visible_to(request.user).with_facts()
    ledgers = [Ledger.of(case, now) for case in cases]
    closed = [one for one in ledgers if one.case.is_closed]
    is_closed_only = bool(closed) and request.GET.get("show") == "closed"
    running = [] if is_closed_only else [one for one in ledgers if not one.case.is_closed]
    context = {
        "appeals": [one for one in running if not one.case.is_register],
        "registers": [one for one in running if one.case.is_register],
        "closed": closed,
        "is_closed_only": is_closed_only,
        "count": len(ledgers),
        "closed_count": len(closed),
    }
    return render(request, "appeals/case_list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def case_create(request: HttpRequest) -> HttpResponse:
    return _create(request, OpenCaseForm, actions.cases.open_case, "appeals/case_create.html")


@require_http_methods(["GET", "HEAD", "POST"])
def register_create(request: HttpRequest) -> HttpResponse:
    return _create(
        request, OpenRegisterForm, actions.cases.open_register, "appeals/register_create.html"
    )


def _create(request: HttpRequest, form_class: Any, action: Any, template: str) -> HttpResponse:
    form = form_class(request.POST or None)
    arrival = from_check.arriving(request.GET)
    carried = arrival.carried if arrival else None
    if carried:
        form.fields["carried"] = from_check.name_field()
    if form.is_valid():
        name = form.cleaned_data.pop("carried", "")
        if carried and name:
            action = partial(from_check.open_with, action, carried=carried, name=name)
        try:
            case = action(by=request.user, **form.cleaned_data)
        except TooManyCases as refused:
            form.add_error("store", too_many_cases(refused))
        else:
            if case.notice_text:  # what was copied in is read line by line first
                return redirect("appeals:notice", case.code)
            return redirect(case)
    own = Case.objects.visible_to(request.user)
    context = {
        "form": form,
        "items": preset_items(),
        "arrival": arrival,
        "query": request.META["QUERY_STRING"] if arrival else "",
        # It may belong into one of these instead.
        "others": own.running()[:MOST_OTHERS] if carried else [],
    }
    return render(request, template, context, status=422 if form.is_bound else 200)


@of_case
@require_safe
def case_detail(request: HttpRequest, case: Case) -> HttpResponse:
    return show_case(request, case)


def show_case(request: HttpRequest, case: Case) -> HttpResponse:
    """The overview, of the example as well."""
    now = case.now()
    assessment = case.assess(now)
    words = Words.of(case)
    step = rules.next_step(assessment.steps, after=request.GET.get("after"))
    unfiled = set(assessment.unfiled)
    shown = overview(words, assessment)
    context = {
        "case": case,
        "ledger": Ledger.of(case, now, assessment),
        "assessment": assessment,
        "overview": shown,
        "follows_notice": any(one.line for one in case.demands.all()),
        "span": len(shown.columns) + 2,
        # One row is open from the start: the first that still lacks something.
        "opened": next((row.letter for row in shown.rows if row.years and not row.is_done), ""),
        "step": words.step(step) if step else None,
        "unfiled": [one for one in case.evidence.all() if str(one.code) in unfiled],
        "letter": progress(case, assessment),
        "files": [one for one in case.evidence.all() if not one.is_withdrawn],
    }
    return render(request, "appeals/case_detail.html", context)


@of_case
@require_http_methods(["GET", "HEAD", "POST"])
def case_edit(request: HttpRequest, case: Case) -> HttpResponse:
    form = CaseForm(request.POST or None, initial=particulars(case))
    if form.is_valid():
        try:
            actions.cases.change(case, by=request.user, **form.cleaned_data)
        except StaleVersion as stale:
            return conflict(request, case, form, stale, back=request.path)
        messages.success(request, _("Saved."))
        return redirect(case)
    status = 422 if form.is_bound else 200
    return render(request, "appeals/case_edit.html", {"case": case, "form": form}, status=status)

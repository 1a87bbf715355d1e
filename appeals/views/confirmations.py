"""The owner's confirmation, of the facts as the page shows them."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from appeals import actions
from appeals.actions import confirmations
from appeals.actions.refusals import FactsChanged
from appeals.forms.statements import ConfirmationForm
from appeals.models import Case
from appeals.models.demand import Rule
from appeals.presenters import facts
from appeals.presenters.exhibits import exhibits
from appeals.presenters.overview import overview
from appeals.rules.assessment import Assessment
from appeals.rules.facts import Standing
from appeals.sentences import Words, of_tally

from .access import of_case


@of_case
@require_http_methods(["GET", "HEAD", "POST"])
def confirmation(request: HttpRequest, case: Case) -> HttpResponse:
    """`?for=submission`: from there, and back there."""
    assessment = case.assess()
    asked = [one for one in assessment.demands if one.demand.rule.value == Rule.CONFIRMED]
    if not asked or asked[0].demand.standing is Standing.LEFT_OUT:
        raise Http404
    form = ConfirmationForm(request.POST or None, initial={"digest": assessment.digest})
    has_changed = False
    if form.is_valid():
        try:
            actions.confirmations.confirm(
                case,
                by=request.user,
                digest=form.cleaned_data["digest"],
                text=confirmations.text(),
            )
        except FactsChanged:
            has_changed = True
            form = ConfirmationForm(initial={"digest": assessment.digest})
        else:
            messages.success(request, _("Confirmed."))
            if request.GET.get("for") == "submission":
                return redirect("appeals:submission", case.code, assessment.round)
            return redirect(case)
    context = _context(case, assessment) | {"form": form, "has_changed": has_changed}
    status = 409 if has_changed else 422 if form.is_bound else 200
    return render(request, "appeals/confirmation.html", context, status=status)


def _context(case: Case, assessment: Assessment) -> dict[str, object]:
    """What is being confirmed, and what is not ready."""
    words = Words.of(case)
    shown = overview(words, assessment)
    latest = max(case.confirmations.all(), key=lambda one: one.confirmed_at, default=None)
    return {
        "case": case,
        "overview": shown,
        "facts": facts.of_case(case, assessment),
        "providers": facts.of_providers(case, assessment),
        "exhibits": exhibits(case),
        "open_rows": [row for row in shown.rows if not row.is_done],
        "tally": of_tally(assessment.tally, in_full=True),
        "latest": latest,
        "is_current": latest is not None and latest.digest == assessment.digest,
    }

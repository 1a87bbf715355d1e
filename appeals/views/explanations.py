"""A sentence in place of what cannot be had, or about what does not fit."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from appeals import actions
from appeals.actions.refusals import NothingToExplain, StaleVersion
from appeals.forms.statements import ExplanationForm
from appeals.models import Case
from appeals.presenters.subject import read_about, subject_of

from .access import of_case
from .conflicts import conflict
from .saying import say


@of_case
@require_http_methods(["GET", "HEAD", "POST"])
def explanation(request: HttpRequest, case: Case) -> HttpResponse:
    about = read_about(request.GET)
    if about is None:
        raise Http404
    subject = subject_of(case, about)
    if subject is None:
        return _nothing_to_explain(request, case)
    written = actions.explanations.find(case, about)
    if request.method == "POST" and "take_back" in request.POST:
        actions.explanations.remove(case, by=request.user, about=about)
        return say(request, _("The sentence was taken back."), then=subject.back)
    initial: dict[str, object] = {"version": 0}
    if written:
        initial = {"version": written.version, "kind": written.kind, "sentence": written.sentence}
    form = ExplanationForm(
        request.POST or None, initial=initial, of_finding=about.finding is not None
    )
    if form.is_valid():
        try:
            actions.explanations.write(case, by=request.user, about=about, **form.cleaned_data)
        except NothingToExplain:
            return _nothing_to_explain(request, case)
        except StaleVersion as stale:
            return conflict(request, case, form, stale, back=subject.back)
        return say(request, _("Saved."), then=subject.back)
    context = {"case": case, "form": form, "subject": subject, "written": written}
    status = 422 if form.is_bound else 200
    return render(request, "appeals/explanation.html", context, status=status)


def _nothing_to_explain(request: HttpRequest, case: Case) -> HttpResponse:
    messages.info(request, _("There is nothing to explain there any more."))
    return redirect(case)

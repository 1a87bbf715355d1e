"""Marking that something missing was asked of someone."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from appeals import actions
from appeals.actions.refusals import StaleVersion, WrongPlace
from appeals.forms.statements import AskingForm
from appeals.models import Case
from appeals.presenters.asking import asked_of
from appeals.sentences import Words
from appeals.sentences.gaps import still_missing
from appeals.sentences.names import in_a_sentence

from .access import of_case
from .conflicts import conflict
from .saying import say


@of_case
@require_http_methods(["GET", "HEAD", "POST"])
def asking(request: HttpRequest, case: Case) -> HttpResponse:
    letter, ordinal = request.GET.get("provider") or None, request.GET.get("demand", "")
    try:
        is_number = ordinal.isdecimal() and len(ordinal) < 5
        cell = case.assess().cell(int(ordinal) if is_number else 0, letter)
    except KeyError:
        raise Http404 from None
    words = Words.of(case)
    back = words.cell(cell).url
    about = {"demand": cell.demand.ordinal, "provider": letter}
    if request.method == "POST" and "take_back" in request.POST:
        actions.askings.take_back(case, by=request.user, **about)
        return redirect(back)
    demand = next(one for one in case.demands.all() if one.ordinal == cell.demand.ordinal)
    asked = asked_of(case, demand.pk, letter)
    initial = {
        "version": asked.version,
        "whom": asked.whom,
        "asked_on": asked.on or timezone.localdate(),
    }
    form = AskingForm(request.POST or None, initial=initial)
    if form.is_valid():
        sent = form.cleaned_data
        noted = {"whom": sent["whom"], "on": sent["asked_on"], "version": sent["version"]}
        try:
            actions.askings.ask(case, by=request.user, **noted, **about)
        except WrongPlace:
            raise Http404 from None
        except StaleVersion as stale:
            return conflict(request, case, form, stale, back=back)
        return say(request, _("Saved."), then=back)
    context = {
        "case": case,
        "form": form,
        "asked": asked,
        "provider": words.named.provider(letter),
        "label": in_a_sentence(cell.demand.label, cell.demand.round),
        "demand": words.demand(cell.demand),
        "missing": still_missing(cell.missing) if cell.missing else "",
        "back": back,
    }
    status = 422 if form.is_bound else 200
    return render(request, "appeals/asking.html", context, status=status)

"""The demands of a case: one that is added, reworded, moved, left out."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from appeals import actions
from appeals.actions.refusals import InUse, StaleVersion, TooManyDemands, WrongPlace
from appeals.forms.demands import DemandForm, NewDemandForm, initial_of, saved
from appeals.models import Case, Demand
from appeals.models.demand import Rule, Scope, Standing
from appeals.presenters.texts import AskingText, text_of_round
from appeals.sentences import Words
from appeals.sentences.links import to_notice

from .access import of_case
from .conflicts import conflict
from .saying import say, too_many_demands


def get_demand(case: Case, ordinal: int) -> Demand:
    """The demand under this ordinal, or 404; costs no query."""
    for demand in case.demands.all():
        if demand.ordinal == ordinal:
            return demand
    raise Http404


def next_label(case: Case, round: int) -> str:
    """The number that a text would give what it asks beside what is marked already."""
    counted = case.demands.exclude(standing=Standing.LEFT_OUT)
    if round > 1:
        counted = counted.filter(round=round)
    return str(counted.count() + 1)


def in_use() -> str:
    return _(
        "Files or sentences stand under what this line had added, or a later reply asks for it "
        "again. Choose that it is not asked, or move them and take that back first."
    )


def _text(case: Case, round: str | int) -> AskingText:
    """The text that opened that round; the notice, where there is none."""
    rounds = {str(one.round + 1): one.round + 1 for one in case.submissions.all()}
    return text_of_round(case, rounds.get(str(round), 1)) or AskingText(case)


@of_case
@require_http_methods(["GET", "HEAD", "POST"])
def demand_create(request: HttpRequest, case: Case) -> HttpResponse:
    if case.is_register:
        return redirect(to_notice(case.code))
    text = _text(case, request.GET.get("round", ""))
    form = NewDemandForm(
        request.POST or None,
        initial={"label": next_label(case, text.round), "scope": Scope.CASE},
        text=text,
    )
    if form.is_valid():
        try:
            demand = actions.demands.add(case, by=request.user, round=text.round, **form.values())
        except TooManyDemands as refused:
            form.add_error("wording", too_many_demands(refused))
        else:
            return say(request, _("Saved."), then=_to_row(case, demand))
    context = {"case": case, "form": form, "text": text}
    status = 422 if form.is_bound else 200
    return render(request, "appeals/demand_create.html", context, status=status)


@of_case
@require_http_methods(["GET", "HEAD", "POST"])
def demand_detail(request: HttpRequest, case: Case, ordinal: int) -> HttpResponse:
    demand = get_demand(case, ordinal)
    text, back = _text(case, demand.round), _to_row(case, demand)
    if request.method == "POST" and "remove" in request.POST:
        return _remove(request, case, demand)
    is_used = actions.demands.is_used(demand)
    form = DemandForm(
        request.POST or None,
        initial=initial_of(demand),
        text=text,
        demand=demand,
        is_used=is_used,
    )
    if form.is_valid():
        version = form.cleaned_data["version"]
        try:
            actions.demands.change(demand, by=request.user, version=version, **form.values())
        except StaleVersion as stale:
            stale.current = saved(stale.current)
            return conflict(request, case, form, stale, back=back)
        except InUse:  # filed meanwhile; the form comes without the question
            return redirect(request.path)
        return say(request, _("Saved."), then=back)
    facts = next(one for one in case.facts().demands if one.ordinal == ordinal)
    context = {
        "case": case,
        "form": form,
        "demand": demand,
        "name": Words.of(case).demand(facts),
        "text": text,
        "line": next((one for one in text.lines if one.number == demand.line), None),
        "can_go": demand.rule == Rule.ANSWERED and not is_used,
        "is_added": demand.rule == Rule.ANSWERED,
        "back": back,
    }
    status = 422 if form.is_bound else 200
    return render(request, "appeals/demand_detail.html", context, status=status)


def _remove(request: HttpRequest, case: Case, demand: Demand) -> HttpResponse:
    try:
        actions.demands.remove(demand, by=request.user)
    except (InUse, WrongPlace):
        messages.warning(request, in_use())
        return redirect("appeals:demand-detail", case.code, demand.ordinal)
    messages.success(request, _("It was taken away."))
    return redirect(_text(case, demand.round).url)


@of_case
@require_POST
def demand_ask(request: HttpRequest, case: Case, ordinal: int) -> HttpResponse:
    """Take it back in, or count what was only our advice."""
    demand = get_demand(case, ordinal)
    version = request.POST.get("version", "")
    try:
        actions.demands.change(
            demand,
            by=request.user,
            version=int(version) if version.isdecimal() and len(version) < 9 else 0,
            standing=Standing.ASKED,
        )
    except StaleVersion:  # what it is now has to be looked at first
        messages.warning(request, _("This was changed elsewhere. Look at it before you go on."))
        return redirect("appeals:demand-detail", case.code, ordinal)
    return say(request, _("Saved."), then=_to_row(case, demand, request.POST.get("round")))


@of_case
@require_POST
def demand_place(request: HttpRequest, case: Case, ordinal: int) -> HttpResponse:
    """`before` or `after` is the ordinal beside which it goes."""
    demand = get_demand(case, ordinal)
    sent = {name: request.POST.get(name, "") for name in ("before", "after")}
    beside = {
        name: int(value) for name, value in sent.items() if value.isdecimal() and len(value) < 5
    }
    if len(beside) == 1:
        try:
            actions.demands.place(demand, by=request.user, **beside)
        except WrongPlace:
            messages.info(request, _("The item beside it is gone. This is the order now."))
    return redirect(_to_row(case, demand, request.POST.get("round")))


def _to_row(case: Case, demand: Demand, round: str | None = None) -> str:
    """On the page of the text that asked for it first, or of that round's."""
    return f"{_text(case, round or demand.round).url}#demand-{demand.ordinal}"

"""The demands of a case: a line that is marked, one that is added, reworded, moved, left out."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from appeals import actions
from appeals.actions.refusals import InUse, NoSuchLine, StaleVersion, WrongPlace
from appeals.forms.demands import (
    DemandForm,
    MarkForm,
    NewDemandForm,
    initial_of,
    saved,
    versions_of,
)
from appeals.models import Case, Demand
from appeals.models.demand import Rule, Scope, Standing
from appeals.presenters import notice_page as page
from appeals.rules.lines import NoticeLine, guess, lines_of
from appeals.sentences import Words
from appeals.sentences.links import to_notice
from appeals.sentences.names import clipped

from .access import of_case
from .conflicts import conflict
from .notices import show
from .saying import say

LONGEST_WORDING = 500


def get_demand(case: Case, ordinal: int) -> Demand:
    """The demand under this ordinal, or 404; costs no query."""
    for demand in case.demands.all():
        if demand.ordinal == ordinal:
            return demand
    raise Http404


# --- A line ----------------------------------------------------------------------------------


@of_case
@require_http_methods(["GET", "HEAD", "POST"])
def notice_line(request: HttpRequest, case: Case, number: int) -> HttpResponse:
    """The notice with this line open; `?of=5` changes what it became, 0 being the deadline."""
    line = next((one for one in lines_of(case.notice_text) if one.number == number), None)
    if line is None or case.is_register:
        raise Http404
    sent = request.GET.get("of", "")
    of = int(sent) if sent.isdecimal() and len(sent) < 5 else None
    form = _mark_form(request, case, line, of)
    back = to_notice(case.code) + f"#line-{number}"
    if request.method == "POST" and "nothing" in request.POST:
        try:
            actions.demands.unmark(case, by=request.user, line=number, only=of)
        except InUse:
            messages.warning(request, _in_use())
            return redirect(request.get_full_path())
        return say(request, _("Saved."), then=back)
    if form.is_valid():
        try:
            _mark(request, case, line, form)
        except InUse:
            form.add_error("asks", _in_use())
        except StaleVersion as stale:
            return _two_versions(request, case, form, stale, back)
        except (NoSuchLine, WrongPlace):
            raise Http404 from None
        else:
            return say(request, _("Saved."), then=back)
    return show(request, case, line=number, mark=form)


def _mark_form(request: HttpRequest, case: Case, line: NoticeLine, of: int | None) -> MarkForm:
    asks = page.suggested(case, line, of)
    demand = next((one for one in case.demands.all() if asks == f"ask-{one.ordinal}"), None)
    is_marked = demand is not None and demand.line == line.number
    initial = {
        "asks": asks,
        "label": demand.label if demand and is_marked else line.label,
        "months": demand.months if demand else None,
        "versions": versions_of(case),
        "instead": of,
    }
    return MarkForm(
        request.POST if request.method == "POST" and "nothing" not in request.POST else None,
        initial=initial,
        choices=page.choices(case),
        auto_id="id_mark_%s",
        takes_months=bool(demand and demand.rule == Rule.PAID) or guess(line) == Rule.PAID,
    )


@transaction.atomic
def _mark(request: HttpRequest, case: Case, line: NoticeLine, form: MarkForm) -> None:
    by, asks, instead = request.user, form.cleaned_data["asks"], form.cleaned_data["instead"]
    kind, _dash, of = asks.partition("-")
    known = form.version_of(int(of) if of.isdecimal() else 0)
    if instead is not None and of != str(instead) and not (kind == "deadline" and not instead):
        actions.demands.unmark(case, by=by, line=line.number, only=instead)
    match kind:
        case "deadline":
            actions.demands.mark_deadline(case, by=by, version=known, line=line.number)
        case "new":
            actions.demands.add(
                case,
                by=by,
                label=form.cleaned_data["label"] or _next_label(case),
                wording=clipped(line.words, LONGEST_WORDING),
                scope=Scope.CASE if of == "case" else Scope.PROVIDER,
                line=line.number,
            )
        case _:
            demand = get_demand(case, int(of))
            values = _values(demand, line, form) if kind == "ask" else {}
            standing = Standing.ASKED if kind == "ask" else Standing.LEFT_OUT
            actions.demands.change(
                demand, by=by, version=known, line=line.number, standing=standing, **values
            )


def _values(demand: Demand, line: NoticeLine, form: MarkForm) -> dict[str, Any]:
    """What a line that asks for it makes of the demand: its number and its words there."""
    values: dict[str, Any] = {}
    if form.cleaned_data["label"]:
        values["label"] = form.cleaned_data["label"]
    if demand.line != line.number or not demand.wording:
        values["wording"] = clipped(line.words, LONGEST_WORDING)
    if demand.rule == Rule.PAID and form.cleaned_data.get("months"):
        values["months"] = form.cleaned_data["months"]
    return values


def _next_label(case: Case) -> str:
    return str(case.demands.exclude(standing=Standing.LEFT_OUT).count() + 1)


def _in_use() -> str:
    return _(
        "Files or sentences stand under what this line had added. Choose that it is not asked, "
        "or move them first."
    )


def _two_versions(
    request: HttpRequest, case: Case, form: MarkForm, stale: StaleVersion, back: str
) -> HttpResponse:
    """The other version is told as what the line's item is now."""
    if isinstance(stale.row, Demand):
        facts = next(
            one
            for one in Case.objects.get(pk=case.pk).facts().demands
            if one.ordinal == stale.row.ordinal
        )
        words = [stale.row.label, Words.of(case).demand(facts), stale.row.get_standing_display()]
        if stale.row.line is not None:
            words.append(_("line %(line)s") % {"line": stale.row.line})
        stale.current = {"asks": ", ".join(words)}
    else:
        stale.current = {"asks": _("Deadline")}
    chosen = form.cleaned_data["asks"]
    form.data = form.data.copy()
    form.data["chosen"] = chosen
    return conflict(request, case, form, stale, back=back)


# --- A demand --------------------------------------------------------------------------------


@of_case
@require_http_methods(["GET", "HEAD", "POST"])
def demand_create(request: HttpRequest, case: Case) -> HttpResponse:
    if case.is_register:
        return redirect(to_notice(case.code))
    lines = lines_of(case.notice_text)
    form = NewDemandForm(
        request.POST or None,
        initial={"label": _next_label(case), "scope": Scope.CASE},
        case=case,
        lines=lines,
    )
    if form.is_valid():
        demand = actions.demands.add(case, by=request.user, **form.values())
        return say(request, _("Saved."), then=_to_row(case, demand))
    context = {"case": case, "form": form, "back": to_notice(case.code)}
    status = 422 if form.is_bound else 200
    return render(request, "appeals/demand_create.html", context, status=status)


@of_case
@require_http_methods(["GET", "HEAD", "POST"])
def demand_detail(request: HttpRequest, case: Case, ordinal: int) -> HttpResponse:
    demand = get_demand(case, ordinal)
    back = _to_row(case, demand)
    if request.method == "POST" and "remove" in request.POST:
        return _remove(request, case, demand)
    is_used = actions.demands.is_used(demand)
    form = DemandForm(
        request.POST or None,
        initial=initial_of(demand),
        case=case,
        lines=lines_of(case.notice_text) if demand.round == 1 else (),
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
        "line": next(
            (one for one in lines_of(case.notice_text) if one.number == demand.line), None
        ),
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
        messages.warning(request, _in_use())
        return redirect("appeals:demand-detail", case.code, demand.ordinal)
    messages.success(request, _("It was taken away."))
    return redirect(to_notice(case.code))


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
    return say(request, _("Saved."), then=_to_row(case, demand))


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
    return redirect(_to_row(case, demand))


def _to_row(case: Case, demand: Demand) -> str:
    return to_notice(case.code) + f"#demand-{demand.ordinal}"

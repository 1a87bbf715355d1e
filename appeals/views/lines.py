"""A line of the notice or of a reply, and what it is marked as."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from appeals import actions
from appeals.actions.refusals import InUse, NoSuchLine, StaleVersion, TooManyDemands, WrongPlace
from appeals.forms.demands import MarkForm, versions_of
from appeals.models import Case, Demand
from appeals.models.demand import Rule, Scope, Standing
from appeals.presenters import marking
from appeals.presenters.texts import AskingText, text_of_round
from appeals.rules.lines import NoticeLine, guess
from appeals.sentences import Words
from appeals.sentences.names import clipped

from .access import of_case
from .conflicts import conflict
from .demands import get_demand, in_use, next_label
from .notices import show
from .saying import say, too_many_demands
from .submissions import get_submission

LONGEST_WORDING = 500


@of_case
@require_http_methods(["GET", "HEAD", "POST"])
def notice_line(request: HttpRequest, case: Case, number: int) -> HttpResponse:
    if case.is_register:
        raise Http404
    return _line(request, AskingText(case), number)


@of_case
@require_http_methods(["GET", "HEAD", "POST"])
def reply_line(request: HttpRequest, case: Case, number: int, line: int) -> HttpResponse:
    text = text_of_round(case, get_submission(case, number).round + 1)
    if text is None:
        raise Http404
    return _line(request, text, line)


def _line(request: HttpRequest, text: AskingText, number: int) -> HttpResponse:
    """The text with this line open; `?of=5` changes what it became, 0 being the deadline."""
    line = next((one for one in text.lines if one.number == number), None)
    if line is None:
        raise Http404
    sent = request.GET.get("of", "")
    of = int(sent) if sent.isdecimal() and len(sent) < 5 else None
    form = _mark_form(request, text, line, of)
    back = f"{text.url}#line-{number}"
    if request.method == "POST" and "nothing" in request.POST:
        try:
            actions.lines.unmark(text.case, by=request.user, line=number, only=of, round=text.round)
        except InUse:
            messages.warning(request, in_use())
            return redirect(request.get_full_path())
        return say(request, _("Saved."), then=back)
    if form.is_valid():
        try:
            _mark(request, text, line, form)
        except InUse:
            form.add_error("asks", in_use())
        except TooManyDemands as refused:
            form.add_error("asks", too_many_demands(refused))
        except StaleVersion as stale:
            return _two_versions(request, text, form, stale, back)
        except (NoSuchLine, WrongPlace):
            raise Http404 from None
        else:
            return say(request, _("Saved."), then=back)
    return show(request, text, line=number, mark=form)


def _mark_form(
    request: HttpRequest, text: AskingText, line: NoticeLine, of: int | None
) -> MarkForm:
    case = text.case
    asks = marking.suggested(text, line, of, apart="apart" in request.GET)
    kind, _dash, ordinal = asks.partition("-")
    is_of_list = kind in ("ask", "again", "out")
    demand = next(
        (one for one in case.demands.all() if is_of_list and str(one.ordinal) == ordinal), None
    )
    is_marked = demand is not None and text.has_marked(demand, line.number)
    initial = {
        "asks": asks,
        "label": demand.label if demand and is_marked else line.label,
        "months": demand.months if demand else None,
        "versions": versions_of(case, text.version),
        "instead": of,
    }
    return MarkForm(
        request.POST if request.method == "POST" and "nothing" not in request.POST else None,
        initial=initial,
        choices=marking.choices(text),
        is_notice=text.is_notice,
        auto_id="id_mark_%s",
        takes_months=text.is_notice
        and (bool(demand and demand.rule == Rule.PAID) or guess(line) == Rule.PAID),
    )


@transaction.atomic
def _mark(request: HttpRequest, text: AskingText, line: NoticeLine, form: MarkForm) -> None:
    case, by, at = text.case, request.user, {"line": line.number, "round": text.round}
    asks, instead = form.cleaned_data["asks"], form.cleaned_data["instead"]
    kind, _dash, of = asks.partition("-")
    known = form.version_of(int(of) if of.isdecimal() else 0)
    if instead is not None and of != str(instead) and not (kind == "deadline" and not instead):
        actions.lines.unmark(case, by=by, only=instead, **at)
    match kind:
        case "deadline":
            actions.lines.mark_deadline(case, by=by, version=known, **at)
        case "new":
            actions.demands.add(
                case,
                by=by,
                label=form.cleaned_data["label"] or next_label(case, text.round),
                wording=clipped(line.words, LONGEST_WORDING),
                scope=Scope.CASE if of == "case" else Scope.PROVIDER,
                provider=next((one for one in case.providers.all() if one.letter == of), None),
                **at,
            )
        case "again":
            actions.lines.ask_again(get_demand(case, int(of)), by=by, version=known, **at)
        case "out":
            demand = get_demand(case, int(of))
            actions.demands.change(
                demand,
                by=by,
                version=known,
                standing=Standing.LEFT_OUT,
                **_shown_by(demand, text, line),
            )
        case _:
            demand = get_demand(case, int(of))
            values = _values(demand, line, form)
            actions.demands.change(
                demand,
                by=by,
                version=known,
                line=line.number,
                standing=Standing.ASKED,
                **values,
            )


def _shown_by(demand: Demand, text: AskingText, line: NoticeLine) -> dict[str, Any]:
    """The line that shows that something is not asked; where it was asked before, that stays."""
    if demand.round == text.round:
        return {"line": line.number}
    return {"out_line": line.number, "out_round": text.round}


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


def _two_versions(
    request: HttpRequest, text: AskingText, form: MarkForm, stale: StaleVersion, back: str
) -> HttpResponse:
    """The other version is told as what the line's item is now."""
    case = text.case
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

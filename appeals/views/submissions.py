"""A round: recording that the dossier was sent, which seals it; the sealed one; two compared."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from appeals import actions
from appeals.actions.refusals import (
    FactsChanged,
    NotConfirmed,
    OriginalsLost,
    StaleVersion,
    WrongPlace,
)
from appeals.dossier import outline
from appeals.dossier.comparing import differences
from appeals.dossier.of_case import dossier_of
from appeals.dossier.pdf import DossierNotMade
from appeals.forms.submissions import SealForm, SendingForm, sending
from appeals.letter.of_case import texts_of
from appeals.models import Case, Submission
from appeals.presenters import sealed

from .access import of_case
from .conflicts import conflict
from .dossiers import attached, why_not_made
from .gate import takes_a_place


def get_submission(case: Case, round: int) -> Submission:
    """That round as it was sealed, or 404; costs no query."""
    for one in case.submissions.all():
        if one.round == round:
            return one
    raise Http404


def get_sealed(case: Case, round: int) -> Submission:
    """The same while its package is kept."""
    row = get_submission(case, round)
    if not row.has_package:
        raise Http404
    return row


@of_case
@require_http_methods(["GET", "HEAD", "POST"])
def submission(request: HttpRequest, case: Case, number: int) -> HttpResponse:
    """To be recorded, where this round was not sent yet; else as it was sealed."""
    if any(one.round == number for one in case.submissions.all()):
        if "made_of" in request.POST:  # the form that seals, sent again by whoever saw no answer
            return _sent_already(request, case, number)
        return _sealed(request, case, get_submission(case, number))
    if case.is_register:
        return redirect("appeals:notice", case.code)
    assessment = case.assess()
    if assessment.round != number or case.is_closed:
        raise Http404
    return _to_seal(request, case, number)


def _to_seal(request: HttpRequest, case: Case, number: int) -> HttpResponse:
    form = SealForm(request.POST or None, initial=_today(case), case=case, round=number)
    error, status = "", 422 if form.is_bound else 200
    if form.is_valid():
        values = form.cleaned_data
        values.pop("is_sent")
        try:
            made = actions.submissions.seal(
                case, by=request.user, text=str(form.fields["is_sent"].label), **values
            )
        except FactsChanged:
            error, status = "changed", 409
            form.data = form.data.copy()
            form.data["made_of"] = case.changed_at.isoformat()
        except NotConfirmed:
            error, status = "not-confirmed", 409
        except OriginalsLost:
            error, status = _("An original is not in our storage, so nothing was sealed."), 409
        except DossierNotMade as failure:
            error, status = why_not_made(failure), 503
        except WrongPlace:
            return _sent_already(request, case, number)
        else:
            messages.success(
                request,
                _("Round %(round)s is sealed.") % {"round": made.round},
                extra_tags="sealed",
            )
            return redirect(made)
    context = {
        "case": case,
        "form": form,
        "page": sealed.to_seal(case),
        "round": number,
        "error": error,
    }
    return render(request, "appeals/submission_create.html", context, status=status)


def _sent_already(request: HttpRequest, case: Case, number: int) -> HttpResponse:
    """In another tab, meanwhile: what was noted there and what was typed here, side by side."""
    row = Submission.objects.filter(case=case, round=number).first()
    if row is None:  # it was closed instead
        return redirect(case)
    data = request.POST.copy()
    data["version"] = str(row.version)
    form = SendingForm(data, case=case, round=number)
    form.is_valid()
    noted = sending(row)
    differing = {name: noted[name] for name, new in form.cleaned_data.items() if noted[name] != new}
    sent = {name: form.cleaned_data[name] for name in differing}
    if not differing:
        return redirect(row)
    stale = StaleVersion(row, differing, sent)
    return conflict(request, case, form, stale, back=request.path)


def _today(case: Case) -> dict[str, object]:
    return {
        "made_of": case.changed_at.isoformat(),
        "sent_on": timezone.localdate(timezone=case.zone),
        "amazon_reference": "",
    }


def _sealed(request: HttpRequest, case: Case, row: Submission) -> HttpResponse:
    form = SendingForm(request.POST or None, initial=sending(row), case=case, round=row.round)
    if form.is_valid():
        try:
            actions.submissions.change(row, by=request.user, **form.cleaned_data)
        except StaleVersion as stale:
            return conflict(request, case, form, stale, back=request.path)
        messages.success(request, _("Saved."))
        return redirect(row)
    context = {"case": case, "form": form, "page": sealed.sealed(case, row), "submission": row}
    status = 422 if form.is_bound else 200
    return render(request, "appeals/submission.html", context, status=status)


@of_case
@takes_a_place
@require_safe
def submission_pdf(request: HttpRequest, case: Case, number: int) -> HttpResponse:
    row = get_sealed(case, number)
    try:
        content = actions.submissions.package_of(row).pdf
    except OriginalsLost:
        return _lost(request, case, row)
    if request.method == "GET":
        actions.submissions.record_sealed_download(row, by=request.user, what="pdf")
    response = HttpResponse(content, content_type="application/pdf")
    return attached(response, f"dossier-round-{row.round}.pdf", len(content))


@of_case
@takes_a_place
@require_safe
def submission_package(
    request: HttpRequest, case: Case, number: int
) -> HttpResponse | StreamingHttpResponse:
    row = get_sealed(case, number)
    try:
        package = actions.submissions.package_of(row)
    except OriginalsLost:
        return _lost(request, case, row)
    if package.lost():
        return _lost(request, case, row)
    if request.method == "GET":
        actions.submissions.record_sealed_download(row, by=request.user, what="package")
    response = StreamingHttpResponse(package.chunks(), content_type="application/zip")
    return attached(response, f"dossier-round-{row.round}.zip", package.size)


def _lost(request: HttpRequest, case: Case, row: Submission) -> HttpResponse:
    words = _(
        "Files of this sealed package are not in our storage. Whoever runs this site can help."
    )
    context = {
        "case": case,
        "form": SendingForm(initial=sending(row), case=case, round=row.round),
        "page": sealed.sealed(case, row),
        "submission": row,
        "error": words,
    }
    return render(request, "appeals/submission.html", context, status=409)


@of_case
@require_safe
def submission_compare(request: HttpRequest, case: Case, number: int, other: int) -> HttpResponse:
    """That sealed round against another, or against the dossier as it would be sent now."""
    before = get_submission(case, number)
    after = next((one for one in case.submissions.all() if one.round == other), None)
    if after is not None:
        parts = outline.read(after.outline)
    elif other == case.assess().round:
        parts = outline.outline(dossier_of(case, texts_of(case), as_it_is=True))
    else:
        raise Http404
    context = {
        "case": case,
        "before": before,
        "after": after,
        "other": other,
        "difference": differences(outline.read(before.outline), parts),
        "choices": sealed.comparisons(case, number, other),
    }
    return render(request, "appeals/submission_compare.html", context)

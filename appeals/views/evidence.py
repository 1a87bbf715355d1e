"""Files: added at once, then said what they show; listed, downloaded, withdrawn, removed."""

from __future__ import annotations

import uuid
from urllib.parse import urlencode

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from appeals import actions
from appeals.actions.refusals import Gone, HasExhibitNumber, StaleVersion, Withdrawn, WrongPlace
from appeals.evidence.handing_out import download_response, draw_where_missing, preview_response
from appeals.forms.evidence import ConsentForm, ParticularsForm, UploadForm
from appeals.models import Case, Evidence
from appeals.presenters.exhibits import Filing, exhibit_page, exhibits
from appeals.presenters.filing import meant, offers, proofs_of, suggested
from appeals.presenters.hints import hints_of
from appeals.presenters.target import target_of
from appeals.presenters.uploading import upload_words
from appeals.sentences import Words, links

from .access import get_evidence, of_case
from .conflicts import conflict
from .gate import takes_a_place
from .saying import say
from .uploads import Taken, answer, refused_answer, take, with_hints


@of_case
@require_safe
def evidence_list(request: HttpRequest, case: Case) -> HttpResponse:
    context = {"case": case, "exhibits": exhibits(case)}
    return render(request, "appeals/evidence_list.html", context)


@of_case
@require_http_methods(["GET", "HEAD", "POST"])
def evidence_create(request: HttpRequest, case: Case) -> HttpResponse:
    """Keep the files at once; what they show is asked on the next page."""
    about = meant(case, request.GET)
    data = request.POST if request.method == "POST" else None
    consent = None if actions.consents.is_given(request.user) else ConsentForm(data)
    form = UploadForm(data, request.FILES if data is not None else None)
    by_itself = request.headers.get("Accept") == "application/json"
    taken: list[Taken] = []
    if form.is_valid() and (consent is None or consent.is_valid()):
        if consent is not None:
            actions.consents.give(by=request.user, language=get_language() or "")
            consent = None
        is_excerpt = "excerpt" in request.POST
        taken = [
            take(case, file, by=request.user, is_excerpt=is_excerpt)
            for file in form.cleaned_data["files"]
        ]
        if by_itself:
            return answer(request, case, with_hints(case, taken[0], about))
        kept = [one.evidence for one in taken if one.evidence]
        if len(kept) == len(taken):
            return _on_to(request, case, kept)
        taken = [with_hints(case, one, about) for one in taken]
    if data is not None and by_itself:
        return refused_answer(form, consent)
    context = {
        "case": case,
        "form": UploadForm() if taken else form,
        "consent": consent,
        "taken": taken,
        "target": target_of(case, about),
        "query": request.GET.urlencode(),
        "limit": settings.EVIDENCE_FILE_LIMIT // 2**20,
        "words": upload_words(),
        "room": actions.evidence.room(case),
    }
    status = 422 if data is not None else 200
    return render(request, "appeals/evidence_create.html", context, status=status)


def _on_to(request: HttpRequest, case: Case, kept: list[Evidence]) -> HttpResponse:
    """To the first of the files that were kept; the others wait their turn."""
    if len(kept) > 1:
        words = ngettext(
            "%(count)s file was kept. Now say of each what it shows.",
            "%(count)s files were kept. Now say of each what it shows.",
            len(kept),
        )
        messages.success(request, words % {"count": len(kept)})
    return redirect(_with_query(kept[0], request))


def _with_query(evidence: Evidence, request: HttpRequest) -> str:
    about = {
        name: request.GET[name] for name in ("provider", "demand", "month") if request.GET.get(name)
    }
    url = reverse("appeals:evidence-detail", args=[evidence.case.code, evidence.code])
    return f"{url}?{urlencode(about)}" if about else url


@of_case
@require_http_methods(["GET", "HEAD", "POST"])
def evidence_detail(request: HttpRequest, case: Case, evidence: uuid.UUID) -> HttpResponse:
    row = get_evidence(case, evidence)
    draw_where_missing(row)
    if row.is_withdrawn:
        context = {"case": case, "evidence": row, "page": exhibit_page(case, row)}
        return render(request, "appeals/evidence_withdrawn.html", context)
    about = meant(case, request.GET)
    present = proofs_of(case, row)
    offered = offers(Words.of(case), case.assess(), present)
    initial = {name: getattr(row, name) for name in _particulars()} | {
        "version": row.version,
        "proofs": suggested(present, about, offered),
    }
    data = request.POST if request.method == "POST" else None
    form = ParticularsForm(data, initial=initial, offers=offered, about=about)
    if form.is_valid() and (answer := _file(request, case, row, form)):
        return answer
    context = {
        "case": case,
        "evidence": row,
        "form": form,
        "page": exhibit_page(case, row),
        "hints": hints_of(case, row, present or ({about} if about else set())),
        "target": target_of(case, about),
    }
    status = 422 if form.is_bound else 200
    return render(request, "appeals/evidence_detail.html", context, status=status)


def _particulars() -> list[str]:
    return [
        name
        for name in ParticularsForm.base_fields
        if hasattr(Evidence, name) and name not in ("proofs", "version")
    ]


def _file(
    request: HttpRequest, case: Case, row: Evidence, form: ParticularsForm
) -> HttpResponse | None:
    """None: what it should prove is not there any more, and the form says so."""
    here = links.to_evidence(case.code, row.code)
    was_unfiled = not row.exhibit
    try:
        actions.evidence.file(row, by=request.user, **form.cleaned_data)
    except StaleVersion as stale:
        if "proofs" in stale.current:
            places = Filing.of(case).places(stale.current["proofs"])
            stale.current["proofs"] = "\n".join(places)
        return conflict(request, case, form, stale, back=here)
    except (Gone, Withdrawn):
        messages.warning(request, _("This file was removed or withdrawn meanwhile."))
        return redirect("appeals:evidence-list", case.code)
    except WrongPlace:
        form.add_error(
            "proofs", _("A provider or an item was taken away meanwhile. Look the ticks over.")
        )
        return None
    if "another" in request.POST:
        query = request.GET.urlencode()
        again = links.to_new_evidence(case.code, None) + (f"?{query}" if query else "")
        return say(request, _("Saved."), then=again)
    return say(request, _("Saved."), then=_after_filing(request, case, row, was_unfiled))


def _after_filing(request: HttpRequest, case: Case, row: Evidence, was_unfiled: bool) -> str:
    """The first time the next file that waits, else where the file was added for; without such a
    place, to the case and its next step the first time, and back to the list when a file was
    looked up there to correct something: nobody is led away to another one."""
    waiting = case.evidence.unfiled().exclude(pk=row.pk).first()
    if waiting is not None and was_unfiled:
        return _with_query(waiting, request)
    about = meant(case, request.GET)
    if about is not None and about.provider is not None:
        return links.to_provider(case.code, about.provider, demand=about.demand)
    if was_unfiled:
        return case.get_absolute_url()
    return reverse("appeals:evidence-list", args=[case.code])


@of_case
@takes_a_place
@require_safe
def evidence_download(request: HttpRequest, case: Case, evidence: uuid.UUID) -> HttpResponse:
    row = get_evidence(case, evidence)
    try:
        response = download_response(row)
    except FileNotFoundError:
        raise Http404 from None
    if request.method == "GET":  # else only asked whether it is there
        actions.evidence.record_download(row, by=request.user)
    return response


@of_case
@require_safe
def evidence_picture(request: HttpRequest, case: Case, evidence: uuid.UUID) -> HttpResponse:
    """Pages ask for it where it lies ready, and link to it: it is shown as large as it is."""
    try:
        return preview_response(get_evidence(case, evidence))
    except FileNotFoundError:
        raise Http404 from None


@of_case
@require_http_methods(["GET", "HEAD", "POST"])
def evidence_withdraw(request: HttpRequest, case: Case, evidence: uuid.UUID) -> HttpResponse:
    """For what has a number: it stays listed under it."""
    row = get_evidence(case, evidence)
    if not row.exhibit or row.is_withdrawn:
        return redirect(row)
    if request.method == "POST":
        actions.evidence.withdraw(row, by=request.user)
        messages.success(request, _("%(exhibit)s was withdrawn.") % {"exhibit": row.exhibit})
        return redirect("appeals:evidence-list", case.code)
    context = {"case": case, "evidence": row, "page": exhibit_page(case, row)}
    return render(request, "appeals/evidence_withdraw.html", context)


@of_case
@require_http_methods(["GET", "HEAD", "POST"])
def evidence_remove(request: HttpRequest, case: Case, evidence: uuid.UUID) -> HttpResponse:
    """For what never had a number: it goes for good."""
    row = get_evidence(case, evidence)
    if row.exhibit:
        return redirect("appeals:evidence-withdraw", case.code, row.code)
    if request.method == "POST":
        try:
            actions.evidence.remove(row, by=request.user)
        except HasExhibitNumber:
            return redirect("appeals:evidence-withdraw", case.code, row.code)
        messages.success(request, _("The file was removed."))
        return redirect("appeals:evidence-list", case.code)
    return render(request, "appeals/evidence_remove.html", {"case": case, "evidence": row})

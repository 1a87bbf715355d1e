"""The example, for everybody to read: the pages of a case, without a form and without a row."""

from __future__ import annotations

import uuid
from collections import defaultdict
from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from appeals.dossier.pdf import DossierNotMade
from appeals.evidence.handing_out import guarded
from appeals.example.case import example_case
from appeals.example.dossier import example_package, example_pdf
from appeals.example.papers import content_of, is_there, picture_of
from appeals.letter.page import letter_page, plain_letter
from appeals.models import Case
from appeals.presenters.dossier_page import dossier_page
from appeals.presenters.exhibits import exhibit_page, exhibits, particulars
from appeals.presenters.notice_page import notice_page
from appeals.presenters.provider_page import provider_page
from appeals.presenters.texts import AskingText
from appeals.rules import next_step
from appeals.sentences import Words
from guides.views.public import public_page

from .access import get_evidence, get_provider
from .cases import show_case
from .dossiers import attached, why_not_made
from .gate import takes_a_place

Answer = TypeVar("Answer", HttpResponse, StreamingHttpResponse)
NAME = "example-dossier"


def of_the_example(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Hand the view the example in the reader's language. Nothing is ever sent to it."""

    @login_not_required
    @require_safe
    @wraps(view)
    def with_example(request: HttpRequest, code: uuid.UUID, **parts: Any) -> HttpResponse:
        return view(request, example_case(get_language() or "en"), **parts)

    return with_example


@public_page()
@of_the_example
def overview(request: HttpRequest, case: Case) -> HttpResponse:
    return show_case(request, case)


@public_page()
@of_the_example
def notice(request: HttpRequest, case: Case) -> HttpResponse:
    text = AskingText(case)
    context = {
        "case": case,
        "page": notice_page(text),
        "text": text,
        "deadline": text.deadline,
        "said": defaultdict(list),  # nothing was done, so nothing is said of it
    }
    return render(request, "appeals/notice.html", context)


@public_page()
@of_the_example
def provider(request: HttpRequest, case: Case, letter: str) -> HttpResponse:
    row = get_provider(case, letter)
    assessment = case.assess()
    step = next_step(assessment.steps)
    context = {
        "case": case,
        "provider": row,
        "page": provider_page(case, row, assessment),
        "said": defaultdict(list),
        "step": Words.of(case).step(step) if step else None,
    }
    return render(request, "appeals/provider_detail.html", context)


@public_page()
@of_the_example
def evidence_list(request: HttpRequest, case: Case) -> HttpResponse:
    context = {"case": case, "exhibits": exhibits(case)}
    return render(request, "appeals/evidence_list.html", context)


@public_page()
@of_the_example
def evidence_detail(request: HttpRequest, case: Case, evidence: uuid.UUID) -> HttpResponse:
    row = get_evidence(case, evidence)
    page = exhibit_page(case, row)
    context = {"case": case, "evidence": row, "page": page, "entered": particulars(page.exhibit)}
    return render(request, "appeals/evidence_read.html", context)


@of_the_example
def original(request: HttpRequest, case: Case, evidence: uuid.UUID) -> HttpResponse:
    row = get_evidence(case, evidence)
    response = HttpResponse(content_of(row.stored_as), content_type=row.media_type)
    return _for_everybody(attached(response, row.original_name, row.size))


@of_the_example
def picture(request: HttpRequest, case: Case, evidence: uuid.UUID) -> HttpResponse:
    content = picture_of(get_evidence(case, evidence).stored_as)
    return _for_everybody(guarded(HttpResponse(content, content_type="image/png")))


@public_page("checks=1")
@of_the_example
def letter(request: HttpRequest, case: Case) -> HttpResponse:
    page = letter_page(case, is_checked="checks" in request.GET)
    return render(request, "appeals/letter.html", {"case": case, "page": page})


@public_page()
@of_the_example
def letter_text(request: HttpRequest, case: Case) -> HttpResponse:
    context = {
        "case": case,
        "page": letter_page(case, is_checked=False),
        "text": plain_letter(case),
    }
    return render(request, "appeals/letter_text.html", context)


@public_page()
@of_the_example
def dossier(request: HttpRequest, case: Case) -> HttpResponse:
    return _dossier(request, case)


@of_the_example
@takes_a_place
def dossier_pdf(request: HttpRequest, case: Case) -> HttpResponse:
    """English, as it would be sent; `?copy=1`: with the Chinese beside it."""
    is_copy = request.GET.get("copy") == "1"
    try:
        content = example_pdf(with_chinese=is_copy)
    except DossierNotMade as failure:
        return _not_made(request, case, failure)
    response = HttpResponse(content, content_type="application/pdf")
    name = f"{NAME}{'-with-chinese' if is_copy else ''}.pdf"
    return _for_everybody(attached(response, name, len(content)))


@of_the_example
@takes_a_place
def dossier_package(request: HttpRequest, case: Case) -> HttpResponse | StreamingHttpResponse:
    try:
        package = example_package()
    except DossierNotMade as failure:
        return _not_made(request, case, failure)
    response = StreamingHttpResponse(package.chunks(), content_type="application/zip")
    return _for_everybody(attached(response, f"{NAME}.zip", package.size))


def _for_everybody(response: Answer) -> Answer:
    """Nothing in it is anybody's: it may be kept on its way, unlike what belongs to a case."""
    response["Cache-Control"] = "public, max-age=3600"
    return response


def _dossier(request: HttpRequest, case: Case, error: str = "", status: int = 200) -> HttpResponse:
    context = {"case": case, "page": dossier_page(case, is_there), "error": error}
    return render(request, "appeals/dossier.html", context, status=status)


def _not_made(request: HttpRequest, case: Case, failure: DossierNotMade) -> HttpResponse:
    response = _dossier(request, case, why_not_made(failure), status=503)
    response["Retry-After"] = "5"
    return response

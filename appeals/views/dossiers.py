"""The dossier of a case: looked over, and downloaded as PDF or with its originals as ZIP."""

from __future__ import annotations

from typing import TypeVar

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from appeals import actions
from appeals.dossier.of_case import dossier_of
from appeals.dossier.package import Package
from appeals.dossier.pdf import DossierNotMade, make_pdf
from appeals.dossier.sheets import Dossier
from appeals.evidence.handing_out import guarded
from appeals.letter.of_case import texts_of
from appeals.models import Case
from appeals.presenters.dossier_page import dossier_page
from appeals.sentences.names import listed

from .access import of_case
from .gate import takes_a_place

Answer = TypeVar("Answer", HttpResponse, StreamingHttpResponse)


@of_case
@require_safe
def dossier(request: HttpRequest, case: Case) -> HttpResponse:
    return _page(request, case)


@of_case
@takes_a_place
@require_safe
def dossier_pdf(request: HttpRequest, case: Case) -> HttpResponse:
    """English to send; `?copy=1`: with the Chinese beside it."""
    is_copy = request.GET.get("copy") == "1"
    made = _made(request, case)
    try:
        content = make_pdf(made, with_chinese=is_copy).content
    except DossierNotMade as failure:
        return _not_made(request, case, failure)
    _record(request, case, made, "copy" if is_copy else "pdf")
    name = "-with-chinese" if is_copy else ""
    response = HttpResponse(content, content_type="application/pdf")
    return attached(response, f"{_name(made)}{name}.pdf", len(content))


@of_case
@takes_a_place
@require_safe
def dossier_package(request: HttpRequest, case: Case) -> HttpResponse | StreamingHttpResponse:
    """Whoever gets less than was announced has no package: originals are checked on their way.

    One that is gone or has another size is found before anything is made or sent.
    """
    made = _made(request, case)
    if lost := Package.of(made, b"").lost():
        words = _("The package was not made: the original of %(exhibits)s is not in our storage.")
        exhibits = listed(one.exhibit for one in lost)
        return _page(request, case, words % {"exhibits": exhibits}, status=409)
    try:
        package = Package.of(made, make_pdf(made).content)
    except DossierNotMade as failure:
        return _not_made(request, case, failure)
    _record(request, case, made, "package")
    response = StreamingHttpResponse(package.chunks(), content_type="application/zip")
    return attached(response, f"{_name(made)}.zip", package.size)


def _made(request: HttpRequest, case: Case) -> Dossier:
    """`?gaps=declared`: to be sent as it is; what is open becomes a declared gap."""
    return dossier_of(case, texts_of(case), as_it_is=request.GET.get("gaps") == "declared")


def _record(request: HttpRequest, case: Case, made: Dossier, what: str) -> None:
    if request.method != "GET":  # asked whether it is there, and not downloaded
        return
    is_to_send = made.is_finished and what != "copy"
    actions.submissions.record_download(case, by=request.user, what=what, is_to_send=is_to_send)


def _page(request: HttpRequest, case: Case, error: str = "", status: int = 200) -> HttpResponse:
    context = {"case": case, "page": dossier_page(case), "error": error}
    return render(request, "appeals/dossier.html", context, status=status)


def _not_made(request: HttpRequest, case: Case, failure: DossierNotMade) -> HttpResponse:
    response = _page(request, case, why_not_made(failure), status=503)
    if failure.code == "busy":
        response["Retry-After"] = "5"
    return response


def why_not_made(failure: DossierNotMade) -> str:
    if failure.code == "busy":
        return _("Others are having theirs made right now. Try again in a few seconds.")
    if failure.code == "too-heavy":
        return _("The dossier was too much for us to make. Whoever runs this site can help.")
    return _("The dossier could not be made. Nothing is lost; whoever runs this site can help.")


def _name(made: Dossier) -> str:
    """ASCII: the shop's own name may be none."""
    return f"dossier-round-{made.round}" + ("" if made.is_finished else "-unfinished")


def attached(response: Answer, name: str, size: int) -> Answer:
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["Content-Length"] = str(size)
    return guarded(response)

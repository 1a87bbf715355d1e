"""Who may open what: every page of a case goes through here."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from appeals.actions.refusals import Gone
from appeals.models import Case, Evidence, Provider

View = Callable[..., HttpResponse]


def of_case(view: View) -> View:
    """Hand the view its case: one that this person may see, with everything the rules read.

    Everybody else gets 404, signed in or not, whether or not there is such a case; without a
    session the page also says where to sign in, for the owner who has been signed out. What was
    deleted while the view ran is 404 as well.
    """

    @login_not_required
    @wraps(view)
    def with_case(request: HttpRequest, code: uuid.UUID, **parts: Any) -> HttpResponse:
        if not request.user.is_authenticated:
            return render(request, "appeals/signed_out.html", status=404)
        cases = Case.objects.visible_to(request.user).select_related("owner").with_facts()
        try:
            return view(request, get_object_or_404(cases, code=code), **parts)
        except Gone:
            raise Http404 from None

    return with_case


def get_provider(case: Case, letter: str | None) -> Provider:
    """The provider under this letter, or 404; costs no query."""
    for provider in case.providers.all():
        if provider.letter == letter:
            return provider
    raise Http404


def get_evidence(case: Case, code: uuid.UUID) -> Evidence:
    """One file of the case, withdrawn ones too, or 404; costs no query."""
    for evidence in case.evidence.all():
        if evidence.code == code:
            return evidence
    raise Http404

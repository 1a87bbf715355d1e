"""Providers that nobody remembered: six places to look, and one's own other cases."""

from __future__ import annotations

import uuid

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from appeals import actions
from appeals.actions.refusals import TooManyProviders
from appeals.forms.places import CopyForm, PlacesForm, looked_before
from appeals.models import Case
from appeals.places import PLACES
from appeals.rules.names import fold
from appeals.sentences.names import listed

from .access import of_case
from .saying import too_many


@of_case
@require_http_methods(["GET", "HEAD", "POST"])
def provider_places(request: HttpRequest, case: Case) -> HttpResponse:
    """One form for all six: whichever button is pressed, no name that was typed is lost."""
    form = PlacesForm(
        request.POST if request.method == "POST" else None,
        initial=looked_before(case.places_looked),
    )
    if form.is_valid():
        done, undone = form.looked()
        actions.places.look(case, by=request.user, done=done, undone=undone)
        names = form.names()
        try:
            added = actions.providers.add_names(case, by=request.user, names=names)
        except TooManyProviders as refused:
            form.add_error(None, too_many(refused))
        else:
            _say(request, names, [one.name for one in added])
            return redirect("appeals:provider-places", case.code)
    parts = [
        {
            "place": place,
            "number": number,
            "looked": form[f"looked_{place.key}"],
            "names": form[f"names_{place.key}"],
        }
        for number, place in enumerate(PLACES.values(), start=1)
    ]
    context = {
        "case": case,
        "form": form,
        "parts": parts,
        "done": sum(key in PLACES for key in case.places_looked),
        "has_others": Case.objects.filter(owner=request.user).exclude(pk=case.pk).exists(),
    }
    status = 422 if form.is_bound else 200
    return render(request, "appeals/provider_places.html", context, status=status)


def _say(request: HttpRequest, names: list[str], added: list[str]) -> None:
    if added:
        text = ngettext("%(names)s was added.", "%(names)s were added.", len(added))
        messages.success(request, text % {"names": listed(added)})
    known = [name for name in names if name not in added]
    if known:
        text = ngettext("%(names)s is here already.", "%(names)s are here already.", len(known))
        messages.info(request, text % {"names": listed(known)})
    if not names:
        messages.success(request, _("Saved."))


@of_case
@require_http_methods(["GET", "HEAD", "POST"])
def provider_copy(request: HttpRequest, case: Case) -> HttpResponse:
    """First which of one's own cases, then which of its providers: nothing crosses unasked."""
    own = Case.objects.filter(owner=request.user).exclude(pk=case.pk)
    source = _source(request, own)
    if source is None:
        others = [one for one in own.prefetch_related("providers") if one.providers.all()]
        return render(request, "appeals/provider_copy.html", {"case": case, "others": others})
    here = {fold(one.name) for one in case.providers.all()}
    offered = [one for one in source.providers.all() if fold(one.name) not in here]
    form = CopyForm(request.POST if request.method == "POST" else None, offered=offered)
    if request.method == "POST" and not offered:
        return redirect(case)  # sent twice: all of them are here
    if form.is_valid():
        try:
            copied = actions.providers.copy(case, by=request.user, providers=form.chosen())
        except TooManyProviders as refused:
            form.add_error("providers", too_many(refused))
        else:
            _say(request, [one.name for one in copied], [one.name for one in copied])
            return redirect(case)
    context = {
        "case": case,
        "source": source,
        "form": form,
        "offered": offered,
        "known": [one for one in source.providers.all() if fold(one.name) in here],
    }
    status = 422 if form.is_bound else 200
    return render(request, "appeals/provider_copy.html", context, status=status)


def _source(request: HttpRequest, own: object) -> Case | None:
    """The case that `?from=` names, or 404 where it is none of one's own."""
    code = request.GET.get("from", "")
    if not code:
        return None
    try:
        wanted = uuid.UUID(code)
    except ValueError:
        raise Http404 from None
    found = own.prefetch_related("providers").filter(code=wanted).first()  # type: ignore[attr-defined]
    if found is None:
        raise Http404
    return found

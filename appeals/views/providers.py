"""Providers: added by name, filled in piece by piece on one page, deleted after a look."""

from __future__ import annotations

from contextlib import suppress

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from appeals import actions
from appeals.actions.refusals import Gone, StaleVersion
from appeals.forms.parts import FORMS, PartForm
from appeals.forms.providers import NewProviderForm
from appeals.models import Case, Provider
from appeals.presenters.provider_page import ProviderPage, below_field, provider_page
from appeals.rules.exhibits import proving_only
from appeals.sentences import links

from .access import get_provider, of_case
from .conflicts import conflict

#: Fields that need no way round them: a name is all that a provider must have, and the others
#: offer "not known" among their choices, or are a tick.
WITHOUT_WAY = {
    "name",
    "version",
    "made_from",
    "is_free",
    "free_sentence",
    "method",
    "shared_secret",
}


@of_case
@require_http_methods(["GET", "HEAD", "POST"])
def provider_create(request: HttpRequest, case: Case) -> HttpResponse:
    form = NewProviderForm(request.POST or None)
    if form.is_valid():
        provider = actions.providers.add(case, by=request.user, **form.cleaned_data)
        if "another" in request.POST:
            messages.success(request, _("%(name)s was added.") % {"name": provider.name})
            return redirect("appeals:provider-create", case.code)
        return redirect("appeals:provider-detail", case.code, provider.letter)
    status = 422 if form.is_bound else 200
    return render(
        request, "appeals/provider_create.html", {"case": case, "form": form}, status=status
    )


@of_case
@require_http_methods(["GET", "HEAD", "POST"])
def provider_detail(request: HttpRequest, case: Case, letter: str) -> HttpResponse:
    provider = get_provider(case, letter)
    page = provider_page(case, provider, case.assess())
    posted = request.POST.get("part", "") if request.method == "POST" else ""
    forms = {
        name: PartForm(name, provider, page.fields, request.POST if name == posted else None)
        for name in FORMS
    }
    if posted in forms and forms[posted].is_valid():
        return _save(request, case, provider, page, forms[posted])
    for form in forms.values():
        _put_ways(form, page)
    context = {
        "case": case,
        "provider": provider,
        "page": page,
        "forms": forms,
        "posted": forms.get(posted),
    }
    status = 422 if request.method == "POST" else 200
    return render(request, "appeals/provider_detail.html", context, status=status)


def _save(
    request: HttpRequest, case: Case, provider: Provider, page: ProviderPage, form: PartForm
) -> HttpResponse:
    here = links.to_provider(case.code, provider.letter)
    try:
        form.save(by=request.user)
    except StaleVersion as stale:
        hidden = {"part": form.name}
        return conflict(request, case, form.fields, stale, back=here, hidden=hidden, rows=form.rows)
    except Gone:
        messages.warning(request, _("This provider was deleted meanwhile."))
        return redirect(case)
    if field := request.POST.get("explain"):
        return redirect(links.to_explanation(case.code, provider=provider.letter, field=field))
    messages.success(request, _("Saved."))
    anchor = next((part.anchor for part in page.parts if form.name in part.forms), "")
    return redirect(f"{here}#{anchor}")


def _put_ways(form: PartForm, page: ProviderPage) -> None:
    """Under each field, the way to say that it is not known."""
    for name in form.fields.fields:
        if name in WITHOUT_WAY:
            continue
        html = below_field(name, form.fields[name].value(), page.fields)
        if html:
            form.fields.put_below(name, html)
    if form.name == "periods":
        form.below_rows = below_field("first_month", None, page.fields)


@of_case
@require_http_methods(["GET", "HEAD", "POST"])
def provider_delete(request: HttpRequest, case: Case, letter: str) -> HttpResponse:
    provider = get_provider(case, letter)
    if request.method == "POST":
        with suppress(Gone):  # deleted in another window: what was wanted is so
            actions.providers.delete(provider, by=request.user)
        messages.success(request, _("%(name)s was deleted.") % {"name": provider.name})
        return redirect(case)
    alone = {str(one) for one in proving_only(provider.letter, case.facts().evidence)}
    context = {
        "case": case,
        "provider": provider,
        "withdrawn": [one for one in case.evidence.all() if str(one.code) in alone],
        "back": reverse("appeals:provider-detail", args=[case.code, letter]),
    }
    return render(request, "appeals/provider_delete.html", context)

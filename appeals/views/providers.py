"""Providers: added by name, filled in piece by piece on one page, deleted after a look."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from appeals import actions, from_check
from appeals.actions.refusals import Gone, StaleVersion, TooManyProviders
from appeals.forms.parts import FORMS, PartForm, was_sent
from appeals.forms.providers import NewProviderForm
from appeals.models import Case, Provider
from appeals.presenters.provider_page import Part, ProviderPage, below_field, provider_page
from appeals.rules import next_step
from appeals.rules.exhibits import proving_only
from appeals.sentences import Named, Words, links

from .access import get_provider, of_case
from .conflicts import conflict
from .saying import said_at, say, too_many

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
    form = NewProviderForm(request.POST or None, initial={"after": case.letters_given})
    arrival = from_check.arriving(request.GET)
    carried = arrival.carried if arrival else None
    if form.is_valid() and (provider := _add(request, case, form, carried)):
        if "another" in request.POST:
            messages.success(request, _("%(name)s was added.") % {"name": provider.name})
            return redirect("appeals:provider-create", case.code)
        return redirect("appeals:provider-detail", case.code, provider.letter)
    status = 422 if form.is_bound else 200
    context = {"case": case, "form": form, "arrival": arrival}
    return render(request, "appeals/provider_create.html", context, status=status)


def _add(
    request: HttpRequest, case: Case, form: NewProviderForm, carried: from_check.Carried | None
) -> Provider | None:
    known = carried.fields() if carried else {}
    try:
        return actions.providers.add(case, by=request.user, **form.cleaned_data, **known)
    except TooManyProviders as refused:
        form.add_error("name", too_many(refused))
        return None


@of_case
@require_http_methods(["GET", "HEAD", "POST"])
def provider_detail(request: HttpRequest, case: Case, letter: str) -> HttpResponse:
    """All parts are sent together, whichever is saved: what was written in another one counts."""
    provider = get_provider(case, letter)
    assessment = case.assess()
    page = provider_page(case, provider, assessment)
    data = request.POST
    forms = {
        name: PartForm(name, provider, page.fields, data if was_sent(name, data) else None)
        for name in FORMS
    }
    pressed = data.get("part", "")
    sent = [form for form in forms.values() if form.is_bound]
    written = [form for form in sent if form.name == pressed or form.is_changed()]
    wrong = [form for form in written if not form.is_valid()]
    if sent and not wrong:
        return _save(request, case, provider, page, written)
    for form in forms.values():
        _put_ways(form, page)
    step = next_step(assessment.steps)
    context = {
        "case": case,
        "provider": provider,
        "page": page,
        "forms": forms,
        "written": {form.name for form in written},
        "wrong": [each for form in wrong for each in (form.fields, form.rows) if each is not None],
        "said": said_at(request, {part.anchor: _places(part, forms) for part in page.parts}),
        "step": Words.of(case).step(step) if step else None,
        "is_from_check": from_check.is_from_check(provider),
    }
    status = 422 if request.method == "POST" else 200
    return render(request, "appeals/provider_detail.html", context, status=status)


def _places(part: Part, forms: Mapping[str, PartForm]) -> set[str]:
    """The anchors within a part: its own, and that of each field."""
    fields = {f"field-{field}" for name in part.forms for field in forms[name].fields.fields}
    return {part.anchor, *fields, *(f"field-{name}" for name in part.forms)}


def _save(
    request: HttpRequest, case: Case, provider: Provider, page: ProviderPage, forms: list[PartForm]
) -> HttpResponse:
    here = links.to_provider(case.code, provider.letter)
    pressed = request.POST.get("part", "")
    stale: list[tuple[PartForm, StaleVersion]] = []
    for form in forms:
        try:
            form.save(by=request.user, is_pressed=form.name == pressed)
        except StaleVersion as refused:
            stale.append((form, refused))
        except Gone:
            messages.warning(request, _("This provider was deleted meanwhile."))
            return redirect(case)
    if stale:
        return _two_versions(request, case, stale, back=here)
    if field := request.POST.get("explain"):
        return redirect(links.to_explanation(case.code, provider=provider.letter, field=field))
    name = pressed or next((form.name for form in forms), "")
    anchor = next((part.anchor for part in page.parts if name in part.forms), "")
    return say(request, _("Saved."), then=f"{here}#{anchor}")


def _two_versions(
    request: HttpRequest, case: Case, stale: list[tuple[PartForm, StaleVersion]], back: str
) -> HttpResponse:
    """Of the first; what was written in the others goes along and is asked about after it."""
    (form, refused), *others = stale
    refused.row.refresh_from_db(fields=["version"])  # a part after it may have been saved
    hidden = {"part": form.name}
    for other, _refused in others:
        hidden |= other.as_sent()
    return conflict(request, case, form.fields, refused, back=back, hidden=hidden, rows=form.rows)


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
    words = Words.of(case)
    context = {
        "case": case,
        "provider": provider,
        "alone": [
            _("item %(label)s, %(demand)s")
            % {"label": Named.label(one), "demand": words.demand(one)}
            for one in case.facts().demands
            if one.provider == provider.letter
        ],
        "withdrawn": [one for one in case.evidence.all() if str(one.code) in alone],
        "back": reverse("appeals:provider-detail", args=[case.code, letter]),
    }
    return render(request, "appeals/provider_delete.html", context)

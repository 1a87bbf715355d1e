"""The page of one guide: reading it, saving drafts, publishing, and two who wrote at once."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from guides.models import Guide, Revision
from guides.publishing import (
    NotPublishable,
    StaleRevision,
    guide_facts,
    publish,
    save_draft,
)
from guides.rendering.structure import REQUIRED
from guides.usage import uses_of_guide

from . import presence
from .advising import show_advice
from .autosave import forget, restored, unsaved_on
from .column import Column
from .compare import with_live
from .conflict import keep_chosen, read_chosen, show_conflict
from .forms import AddGuideForm
from .history import mark
from .page import Page
from .rows import ACTS as ROW_ACTS
from .translations import heads_behind, match, show_behind

if TYPE_CHECKING:
    from .guides import GuideAdmin

BOTH = "both"


@dataclass
class Saved:
    """What one request saved: the newest revision of each language, and who was too late."""

    newest: dict[str, Revision] = field(default_factory=dict)
    drafts: list[Column] = field(default_factory=list)
    stale: list[Column] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Act:
    """What a button does once all that was typed is saved as drafts.

    `answer` gets what follows the colon in the button's value. `permission` is needed besides
    that of changing the guide. Where it is `for_languages`, `saved.newest` holds the newest
    revision of each language named there, changed or not.
    """

    answer: Callable[[HttpRequest, GuideAdmin, Page, Saved, str], HttpResponse]
    permission: str = ""
    for_languages: bool = False


@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest, admin: GuideAdmin, guide: Guide) -> HttpResponse:
    if not admin.has_view_permission(request, guide):
        raise PermissionDenied
    if request.method != "POST":
        is_whole = "whole" in request.GET
        if admin.has_change_permission(request, guide):
            return show(request, admin, restored(request, guide, is_whole=is_whole))
        return show(request, admin, Page(guide, is_whole=is_whole))
    if not admin.has_change_permission(request, guide):
        raise PermissionDenied
    name, _colon, which = request.POST.get("do", "").partition(":")
    act = ACTS.get(name, ACTS["save"])
    if act.permission and not request.user.has_perm(act.permission):
        raise PermissionDenied
    if name == "choose":
        return choose(request, admin, guide)
    page = Page(guide, request.POST)
    if name in VIEWS:
        page.is_whole = name == "whole"
        return show(request, admin, page)
    if name in ROW_ACTS:
        page.rearrange(name, which)
        return show(request, admin, page)
    if not page.is_valid():
        page.find_wrong()
        return show(request, admin, page, _("Nothing was saved yet"), 422)
    saved = save(request, page, publishing(page, which) if act.for_languages else [])
    forget(request, page, saved.stale)
    if saved.stale:
        return show_conflict(request, admin, page, saved.stale, saved.drafts)
    return act.answer(request, admin, page, saved, which)


def tell_saved(
    request: HttpRequest, admin: GuideAdmin, page: Page, saved: Saved, which: str
) -> HttpResponse:
    tell_drafts(request, saved)
    if not saved.drafts:
        messages.info(request, _("Nothing was changed, so nothing new was saved."))
    return to_page(request, page.guide)


def checked(
    request: HttpRequest, admin: GuideAdmin, page: Page, saved: Saved, which: str
) -> HttpResponse:
    tell_drafts(request, saved)
    mark(request, page.guide)
    return to_page(request, page.guide)


def bring_up(
    request: HttpRequest, admin: GuideAdmin, page: Page, saved: Saved, which: str, *, affects: bool
) -> HttpResponse:
    """Say that a translation follows its source, in one block or in all."""
    tell_drafts(request, saved)
    match(request, page, which, affects=affects)
    return to_page(request, page.guide)


def publishing(page: Page, which: str) -> list[str]:
    """The languages to publish: the one named, or all that have a text."""
    languages = [column.language for column in page.columns]
    if which != BOTH:
        return [language for language in languages if language == which]
    return [
        column.language
        for column in page.posted
        if column.seen is not None or any(column.typed_text().values())
    ]


def save(request: HttpRequest, page: Page, languages: Sequence[str]) -> Saved:
    """Every language that was changed becomes a draft, so that nothing typed is lost."""
    saved = Saved()
    source = page.source.seen
    for column in page.posted:
        is_wanted = column.is_changed(source) or facts_moved(column, languages)
        if not is_wanted and column.language not in languages:
            continue
        if column.is_stale:
            saved.stale.append(column)
            continue
        if is_wanted:
            try:
                revision = column.save(request.user, source)
            except StaleRevision as newer:
                column.edition = newer.latest.edition
                saved.stale.append(column)
                continue
            if revision.pk != (column.seen.pk if column.seen else None):
                saved.drafts.append(column)
            column.renew(revision)
            if column.is_source:
                source = revision
        if column.seen is not None:
            saved.newest[column.language] = column.seen
    return saved


def facts_moved(column: Column, languages: Sequence[str]) -> bool:
    """Whether the draft that goes live holds an older check than the form shows."""
    if column.language not in languages or column.facts is None or column.seen is None:
        return False
    return column.seen.facts != column.typed_facts()


def go_live(
    request: HttpRequest, admin: GuideAdmin, page: Page, saved: Saved, which: str
) -> HttpResponse:
    languages = publishing(page, which)
    coming = [
        saved.newest[column.language]
        for column in page.columns
        if column.language in saved.newest and column.language in languages and column.has_draft
    ]
    if not coming:
        tell_drafts(request, saved)
        messages.warning(request, _("There is nothing new to publish."))
        return to_page(request, page.guide)
    try:
        publish(coming, by=request.user)
    except NotPublishable as refused:
        page.refuse(refused.refusals)
        return show(request, admin, page, _("Not published yet; the draft is saved"), 422)
    tell_drafts(request, saved, but=[one.edition.language for one in coming])
    for revision in coming:
        tell_published(request, revision)
    return to_page(request, page.guide)


def choose(request: HttpRequest, admin: GuideAdmin, guide: Guide) -> HttpResponse:
    """The answer to the page with both texts."""
    chosen = read_chosen(guide, request.POST)
    wrong = chosen.wrong
    if wrong is not None:
        wrong.find_wrong()
        return show(request, admin, wrong, _("Nothing was saved yet"), 422)
    return keep_chosen(request, admin, chosen)


def tell_drafts(request: HttpRequest, saved: Saved, but: Sequence[str] = ()) -> None:
    columns = [column for column in saved.drafts if column.language not in but]
    for column in columns:
        messages.success(
            request,
            _("%(language)s: draft %(number)s saved.")
            % {"language": column.name, "number": column.made_from},
        )


def tell_published(request: HttpRequest, revision: Revision) -> None:
    words = _("%(title)s: revision %(number)s is live.") % {
        "title": revision.title,
        "number": revision.number,
    }
    address = revision.edition.get_absolute_url()
    messages.success(
        request, format_html('{} <a href="{}">{}</a>', words, address, _("See it on the site"))
    )


def to_page(request: HttpRequest, guide: Guide) -> HttpResponse:
    """Its page, as a whole text where it was shown so."""
    address = reverse("admin:guides_guide_change", args=[guide.pk])
    view = next((name for name in ("whole", "behind") if name in request.GET), "")
    return redirect(f"{address}?{view}=1" if view else address)


#: What each button does, by the first word of its value; without one the text is saved.
ACTS: dict[str, Act] = {
    "save": Act(tell_saved),
    "publish": Act(go_live, "guides.publish_guide", for_languages=True),
    "checked": Act(checked, "guides.publish_guide"),
    "match": Act(partial(bring_up, affects=True)),
    "unaffected": Act(partial(bring_up, affects=False)),
}
#: The two ways to see a text; what was typed comes along, and nothing is saved.
VIEWS = ("whole", "blocks")


def show(
    request: HttpRequest, admin: GuideAdmin, page: Page, summary: str = "", status: int = 200
) -> HttpResponse:
    """The page; a summary stands above it where something has to be mended."""
    live_source = page.source.live
    context: dict[str, Any] = admin.context(request, page.guide, page.title) | {
        "page": page,
        "summary": summary,
        "lagging": show_behind(page),
        "heads_behind": heads_behind(page),
        "only_behind": "behind" in request.GET and not page.is_whole,
        "advised": show_advice(page),
        "with_live": with_live(page),
        "unsaved": unsaved_on(request, page),
        "others": presence.others(page.guide, request.user),
        "required_parts": REQUIRED.get(page.guide.kind, ()),
        "states": [
            (column, column.behind(live_source), column.behind(page.source.latest))
            for column in page.columns
        ],
        "is_unsaved": request.method == "POST" and not summary,
        "uses": uses_of_guide(page.guide),
        "addresses": page.source.facts.fields["successor"].choices if page.source.facts else (),
    }
    return render(request, "admin/guides/guide/desk.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
def add(request: HttpRequest, admin: GuideAdmin) -> HttpResponse:
    """A guide begins with its address and a first draft; the rest is written on its page."""
    if not admin.has_add_permission(request):
        raise PermissionDenied
    form = AddGuideForm(
        request.POST if request.method == "POST" else None,
        # The board leads here from a word that nobody found.
        initial={"source_language": settings.LANGUAGE_CODE}
        | {name: request.GET[name] for name in ("kind", "title") if name in request.GET},
    )
    if form.is_valid():
        return redirect(reverse("admin:guides_guide_change", args=[begin(request, form).pk]))
    context = admin.context(request, None, _("Add a guide")) | {"form": form}
    status = 422 if form.is_bound else 200
    return render(request, "admin/guides/guide/add.html", context, status=status)


@transaction.atomic
def begin(request: HttpRequest, form: AddGuideForm) -> Guide:
    given = form.cleaned_data
    guide = Guide.objects.create(
        slug=given["slug"], kind=given["kind"], source_language=given["source_language"]
    )
    save_draft(
        guide=guide,
        language=guide.source_language,
        by=request.user,
        text={"title": given["title"], "body": given["body"]},
        made_from=0,
        facts=guide_facts(guide),
    )
    return guide

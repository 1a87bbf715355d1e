"""A guide as readers would see it: what is typed, or a saved revision; nothing is kept."""

from __future__ import annotations

import base64
from typing import TYPE_CHECKING, Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from guides.models import Edition, Guide, Revision
from guides.publishing import Refusal, guide_facts
from guides.rendering import Refused
from guides.sharing.cards import card_of
from guides.sharing.picture import draw
from guides.views.preview import page_of, with_facts

from .column import Column
from .page import Page, facts_shown

if TYPE_CHECKING:
    from .guides import GuideAdmin


@require_POST
def typed(request: HttpRequest, admin: GuideAdmin, pk: int, language: str) -> HttpResponse:
    """What stands in the form now, in that language."""
    guide = admin.guide_to_view(request, pk)
    page = Page(guide, request.POST)
    column = next((one for one in page.posted if one.language == language), None)
    if column is None:
        raise Http404
    if not page.is_valid():
        page.find_wrong()
        return show_refused(request, admin, page, column)
    revision = Revision(
        edition=Edition(guide=guide, language=language),
        number=column.made_from + 1,
        **column.typed_text(),
        facts=page.source.typed_facts() if page.source.is_posted else None,
    )
    words = [_("Preview of what is typed. Nothing was saved.")]
    if not column.is_source and revision.facts not in (None, guide_facts(guide)):
        words.append(
            _("The facts shown here go live with the text in %(language)s.")
            % {"language": page.source.name}
        )
    try:
        return answer(request, revision, *words)
    except Refused as refused:
        page.refuse(
            Refusal(language, "body", problem.message, problem.line, problem.code, guide.slug)
            for problem in refused.problems
        )
        return show_refused(request, admin, page, column)


@require_safe
def saved(
    request: HttpRequest, admin: GuideAdmin, pk: int, language: str, number: int
) -> HttpResponse:
    """A revision that is kept, live or not; its links between steps work."""
    guide = admin.guide_to_view(request, pk)
    revision = get_object_or_404(
        Revision.objects.select_related("edition__guide"),
        edition__guide=guide,
        edition__language=language,
        number=number,
    )
    words = _("Preview of revision %(number)s.") % {"number": number}
    try:
        return answer(request, revision, words)
    except Refused as refused:
        page = Page(guide)
        column = next(one for one in page.columns if one.language == language)
        context = admin.context(request, guide, _("This text cannot be shown yet")) | {
            "page": page,
            "column": column,
            "problems": refused.problems,
        }
        return render(request, "admin/guides/guide/preview_refused.html", context, status=422)


def show_refused(
    request: HttpRequest, admin: GuideAdmin, page: Page, column: Column
) -> HttpResponse:
    context = admin.context(request, page.guide, _("This text cannot be shown yet")) | {
        "page": page,
        "column": column,
    }
    return render(request, "admin/guides/guide/preview_refused.html", context, status=422)


def answer(request: HttpRequest, revision: Revision, *words: str) -> HttpResponse:
    """The page as a stranger gets it; raises `Refused` where the text cannot become one."""
    facts = revision.facts or source_facts(revision.edition.guide)
    # In the language of the desk; the page below speaks its own.
    bar = bar_of(revision, with_facts(revision.edition.guide, facts))
    response = page_of(request, revision, facts, messages=words, preview_bar=bar)
    response.headers["X-Robots-Tag"] = "noindex"
    return response


def bar_of(revision: Revision, guide: Guide) -> SafeString:
    """What stands above the page: as where it can be seen, and what a forwarded link shows."""
    card = card_of(revision, guide, revision.edition.language, timezone.localdate())
    picture = base64.b64encode(draw(card)).decode()
    context = {"picture": f"data:image/png;base64,{picture}", "alt": card.title}
    return render_to_string("components/_preview_bar.html", context)


def source_facts(guide: Guide) -> dict[str, Any]:
    """The facts that a translation is shown with: those of the newest text in the source
    language."""
    source = guide.editions.filter(language=guide.source_language).select_related("latest").first()
    return facts_shown(guide, source.latest if source else None)

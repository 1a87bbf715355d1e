"""Two revisions of one language beside each other: the draft with what is live, or any two."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from guides.changed_parts import compare_bodies
from guides.models import Guide
from guides.templatetags.reading import language_name
from guides.views import compared
from guides.views.history import number_in

from .history import kept_revision
from .page import Page

if TYPE_CHECKING:
    from .guides import GuideAdmin

#: The desk compares its place among its kind as well, which readers do not see.
FACTS = (*compared.SHOWN, "position")


@dataclass(frozen=True, slots=True)
class WithLive:
    """The way from what readers get to the newest draft of a language."""

    name: str
    address: str


def with_live(page: Page) -> list[WithLive]:
    """For each language whose newest text is not the one that readers get."""
    return [
        WithLive(column.name, address(page.guide, column.language, column.live.number, newest))
        for column in page.columns
        if column.live and column.latest and (newest := column.latest.number) != column.live.number
    ]


def address(guide: Guide, language: str, a: int, b: int) -> str:
    return reverse("admin:guides_guide_compare", args=[guide.pk, language, a, b])


@require_safe
def chosen(request: HttpRequest, admin: GuideAdmin, pk: int, language: str) -> HttpResponse:
    """From the list of revisions to the two that were chosen there."""
    guide = admin.guide_to_view(request, pk)
    a, b = sorted(number_in(request.GET.get(name, "")) for name in ("a", "b"))
    if a < 0 or a == b:
        messages.warning(request, _("Choose two different revisions to compare."))
        return redirect("admin:guides_guide_history", guide.pk)
    return redirect(address(guide, language, a, b))


@require_safe
def compare(
    request: HttpRequest, admin: GuideAdmin, pk: int, language: str, a: int, b: int
) -> HttpResponse:
    """What changed from the earlier to the later, in the text and in the facts."""
    guide = admin.guide_to_view(request, pk)
    before, after = (kept_revision(guide, language, number) for number in sorted((a, b)))
    bodies = compare_bodies(before.body, after.body, language)
    texts = compared.texts(before, after)
    facts = compared.facts(before, after, FACTS)
    title = _("%(language)s, revisions %(before)s and %(after)s") % {
        "language": language_name(language),
        "before": before.number,
        "after": after.number,
    }
    edition = after.edition
    context = admin.context(request, guide, title) | {
        "page": Page(guide),
        "language": language,
        "edition": edition,
        "sides": [before, after],
        "live": edition.live.revision_id if edition.live else None,
        "after": after,
        "texts": texts,
        "bodies": bodies,
        "facts": facts,
        "cited": compared.cited(before, after, bodies),
        "changes": len(texts) + bodies.changes,
        "is_same": not (texts or bodies.changes or facts),
    }
    return render(request, "admin/guides/guide/compare.html", context)

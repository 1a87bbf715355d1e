"""One guide, whatever its kind, and the ticks that a signed-in reader keeps in it."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.views.decorators.http import require_POST, require_safe

from .. import glossary, steps
from ..models import Edition, Guide, Progress
from . import guide_page
from .methods import answers
from .public import name_queries, public_page
from .self_check import check_detail
from .withdrawn import goes_on_with, withdrawn_in, withdrawn_page


@login_not_required
@require_safe
@public_page()
def guide_detail(request: HttpRequest, slug: str) -> HttpResponse:
    """At most four queries for a stranger, whatever the number of guides; one more where it is
    shown in another language than theirs."""
    editions = guide_page.live_editions(slug)
    if not editions:
        return withdrawn_page(request, slug)
    edition = guide_page.preferred(editions, get_language())
    guide = edition.guide
    around = guide_page.neighbours(edition, get_language())
    context = guide_page.shown(edition, edition.live.revision, around)
    context["languages"] = [one.language for one in editions]
    if edition.language != get_language():
        context |= taken_away(guide)
    if guide.kind == Guide.Kind.TERM:
        context["other_names"] = glossary.unsaid(edition.title, editions)
    if request.user.is_authenticated:
        context["done"] = Progress.objects.done(request.user, guide)
    return show_guide(request, context)


def taken_away(guide: Guide) -> dict[str, Any]:
    """Why it is not there in the reader's language, where it once was."""
    withdrawn = withdrawn_in(guide, get_language())
    if withdrawn is None:
        return {}
    return {"withdrawn": withdrawn, "go_on": goes_on_with(withdrawn, get_language())}


def show_guide(request: HttpRequest, context: dict[str, Any]) -> HttpResponse:
    """The page of that kind of guide; the desk's preview is shown by it too."""
    guide = context["guide"]
    if guide.kind == Guide.Kind.STEPS:
        return steps_detail(request, context)
    if guide.kind == Guide.Kind.CHECK:
        return check_detail(request, context)
    if guide.kind == Guide.Kind.METHOD:
        context["answers"] = answers(guide.method)
    if guide.kind == Guide.Kind.TERM:
        context["uses"] = guide_page.used_in(guide, get_language())
    context["ticked_part"] = last_part_with_tasks(context["parts"])
    context["terms"] = guide_page.terms_in(context["parts"], context["terms"])
    return render(request, f"guides/{guide.kind}.html", context)


def steps_detail(request: HttpRequest, context: dict[str, Any]) -> HttpResponse:
    parts = context["parts"]
    context["steps"] = steps.steps(parts)
    if "all" in request.GET:
        context |= {
            "parts": guide_page.numbered(parts),
            "ticked_part": last_part_with_tasks(parts),
            "terms": guide_page.terms_in(parts, context["terms"]),
            "then": "all",
        }
        return name_queries(render(request, "guides/steps_all.html", context), pages_of(parts))
    page = steps.page(parts, request.GET.get("step", ""))
    context |= {
        "page": page,
        "sources": guide_page.cited_in(page.part, context["sources"]),
        "terms": guide_page.terms_in([page.part], context["terms"]),
    }
    return name_queries(render(request, "guides/steps.html", context), pages_of(parts))


def pages_of(parts: list[steps.Part]) -> list[str]:
    """The queries under which a step guide has pages besides its first."""
    return ["all=1", *(f"step={part['id']}" for part in parts)]


def last_part_with_tasks(parts: list[steps.Part]) -> str:
    """The id of the part that is followed by the button that saves ticks; "" without any."""
    return next((part["id"] for part in reversed(parts) if part["tasks"]), "")


@require_POST
def guide_ticks(request: HttpRequest, slug: str) -> HttpResponse:
    """Keep what is ticked. `shown` names the boxes of the page: of these, the rest is unticked."""
    edition, _languages = guide_page.live_edition(slug)
    known = steps.tickable(edition.parts)
    ticked = known.intersection(request.POST.getlist("done"))
    shown = known.intersection(request.POST.getlist("shown"))
    Progress.objects.tick(request.user, edition.guide, sorted(ticked))
    Progress.objects.untick(request.user, edition.guide, sorted(shown - ticked))
    return redirect(back_to(edition, request.POST.get("then", "")))


def back_to(edition: Edition, then: str) -> str:
    """The page that was left, or the step that comes next: always one of this guide."""
    address = reverse("guides:guide-detail", args=[edition.guide.slug])
    if then == "all":
        return f"{address}?all=1"
    if then in {part["id"] for part in edition.parts}:
        return f"{address}?step={then}"
    return address

"""What a guide said and since when: all its publications, and what changed between any two."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.db.models import Exists, OuterRef
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from ..changed_parts import compare_bodies
from ..models import Edition, Publication
from .compared import cited, facts, texts
from .guide_page import preferred
from .public import public_page
from .withdrawn import with_successors

A_PAGE = 50
#: No revision has a number beyond this: databases keep it in four bytes.
MOST = 2**31 - 1


@dataclass(frozen=True, slots=True)
class Published:
    """One revision that readers got, for choosing it: its number and the day it went live first."""

    number: int
    publication: Publication


def published_edition(slug: str) -> Edition:
    """The edition whose history is told: that in the reader's language if it was ever published,
    else the source's; withdrawn ones count. 404 where nothing ever was. One query."""
    publications = Publication.objects.filter(edition=OuterRef("pk"))
    editions = (
        Edition.objects.filter(Exists(publications), guide__slug=slug)
        .select_related("guide__method", "live__revision")
        .defer("parts", "plain", "folded", "live__revision__body", "live__revision__facts")
    )
    found = list(editions)
    if not found:
        raise Http404
    return preferred(found, get_language())


@login_not_required
@require_safe
@public_page()
def history(request: HttpRequest, slug: str) -> HttpResponse:
    """Newest first. Three queries, whatever the number of publications; one more where a
    withdrawal names what to go on with."""
    edition = published_edition(slug)
    everything = list(
        edition.publications.select_related("revision")
        .only(
            "edition",
            "published_at",
            "withdrawn_because",
            "revision__number",
            "revision__title",
        )
        .order_by("-pk")
    )
    numbers = {one.revision.number: one for one in everything}  # the first time is the last here
    if "a" in request.GET or "b" in request.GET:
        return redirect(chosen(request, slug, numbers))
    page = Paginator(everything, A_PAGE).get_page(request.GET.get("page"))
    shown = [one.pk for one in page.object_list]
    page.object_list = list(
        Publication.objects.filter(pk__in=shown).with_text().with_neighbours().order_by("-pk")
    )
    with_successors(page.object_list, get_language())
    context = {
        "edition": edition,
        "guide": edition.guide,
        "title": everything[0].revision.title,
        "page": page,
        "count": len(everything),
        "withdrawals": sum(bool(one.withdrawn_because) for one in everything),
        "numbers": sorted(numbers.items(), reverse=True),
        "has_gaps": any(later - 1 != earlier for earlier, later in pairwise(sorted(numbers))),
    }
    return render(request, "guides/history.html", context)


def chosen(request: HttpRequest, slug: str, numbers: dict[int, Any]) -> str:
    """Where the two that were chosen are compared; 404 where one of them never was published."""
    pair = sorted(number_in(request.GET.get(name, "")) for name in ("a", "b"))
    if not numbers.keys() >= set(pair):
        raise Http404
    return reverse("guides:compare", args=[slug, *pair])


def number_in(text: str) -> int:
    """The number that this is, else -1, which no revision has."""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else -1


@login_not_required
@require_safe
@public_page()
def compare(request: HttpRequest, slug: str, a: int, b: int) -> HttpResponse:
    """What changed from one published revision to another; whatever never was published is 404,
    so that nothing but what readers once got is ever shown. Four queries at most."""
    address = reverse("guides:compare", args=[slug, *sorted([a, b])])
    if request.path != address:  # the later one first, or zeros before a number: there is no end
        return redirect(address)
    edition = published_edition(slug)
    before, after = published(edition, a, b)
    bodies = compare_bodies(before.revision.body, after.revision.body, edition.language)
    pair = before.revision, after.revision
    heads, known = texts(*pair), facts(*pair)
    context = {
        "edition": edition,
        "guide": edition.guide,
        "title": after.revision.title,
        "before": before,
        "after": after,
        "texts": heads,
        "bodies": bodies,
        "facts": known,
        "cited": cited(*pair, bodies),
        "changes": len(heads) + bodies.changes,
        "is_same": not (heads or bodies.changes or known),
        "is_noted": after.number_before == a,
        # The same numbers in another language are other publications.
        "elsewhere": reverse("guides:history", args=[slug]),
    }
    return render(request, "guides/compare.html", context)


def published(edition: Edition, a: int, b: int) -> Sequence[Any]:
    """The publications of these two revisions, each the latest of its revision. One query."""
    if b > MOST:
        raise Http404
    rows = (
        Publication.objects.filter(edition=edition, revision__number__in={a, b})
        .select_related("revision")
        .with_neighbours()
        .order_by("pk")
    )
    found = {one.revision.number: one for one in rows}
    if not found.keys() >= {a, b}:
        raise Http404
    return found[a], found[b]

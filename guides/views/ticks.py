"""What a browser kept for a stranger, added to the account of whoever signs in there."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator

from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_POST

from .. import steps
from ..models import Edition, OldSlug, Progress

#: Of one browser, in guides and in characters: more than anybody ticks here.
MOST_GUIDES, MOST_CHARACTERS = 300, 100_000
SLUG = re.compile(r"[a-z0-9_-]{1,80}", re.IGNORECASE)


@require_POST
def carry_ticks(request: HttpRequest) -> HttpResponse:
    """Add the ticks of all guides at once; none is ever taken away. Two queries, and
    more for guides that were renamed meanwhile.

    204 when the account has them all, so that the browser may forget its own. What no live
    guide has is passed over.
    """
    kept = read(request.POST.get("ticks", ""))
    known: dict[int, set[str]] = {}
    for edition, items in with_items(kept):
        ticked = steps.tickable(edition.parts).intersection(items)
        known.setdefault(edition.guide_id, set()).update(ticked)
    Progress.objects.carry(request.user, known)
    return HttpResponse(status=204)


def with_items(kept: dict[str, list[str]]) -> Iterator[tuple[Edition, list[str]]]:
    """Each live edition of these guides with what was ticked in it. One query, and two more for
    guides that were renamed since, or are gone."""
    editions = Edition.objects.live().select_related("guide").only("guide__slug", "parts")
    found = list(editions.filter(guide__slug__in=kept))
    yield from ((one, kept[one.guide.slug]) for one in found)
    others = kept.keys() - {one.guide.slug for one in found}
    renamed = OldSlug.objects.filter(slug__in=others).present() if others else {}
    for old, new in renamed.items():
        yield from ((one, kept[old]) for one in editions.filter(guide__slug=new))


def read(text: str) -> dict[str, list[str]]:
    """The ids that were ticked, by the address of their guide. Raises BadRequest."""
    try:
        kept = json.loads(text) if len(text) <= MOST_CHARACTERS else None
    except (ValueError, RecursionError):
        kept = None
    if not isinstance(kept, dict) or len(kept) > MOST_GUIDES:
        raise BadRequest("ticks are a list of ids for each guide")
    return {
        slug: [item for item in items if isinstance(item, str)]
        for slug, items in kept.items()
        if isinstance(items, list) and SLUG.fullmatch(slug)
    }

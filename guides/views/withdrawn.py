"""What readers get where a guide was taken away from them: since when, why, and where to go on."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language

from ..models import Edition, Guide, Publication
from .guide_page import in_language, listed_editions, preferred


def withdrawn_page(request: HttpRequest, slug: str) -> HttpResponse:
    """At the address of a guide of which no language is live: 410, so that no search keeps it.

    404 where nothing ever was. Two queries, and two for each successor that is gone as well.
    """
    gone = list(withdrawals(slug))
    if not gone:
        raise Http404
    newest = {one.edition_id: one for one in reversed(gone)}
    edition = preferred([one.edition for one in newest.values()], get_language())
    withdrawn = newest[edition.pk]
    context = {
        "withdrawn": withdrawn,
        "edition": edition,
        "guide": edition.guide,
        "title": withdrawn.revision.title,
        "go_on": goes_on_with(withdrawn, get_language()),
    }
    return render(request, "guides/withdrawn.html", context, status=410)


def withdrawn_in(guide: Guide, language: str) -> Publication | None:
    """The last publication of it in that language, where that was withdrawn. One query."""
    return withdrawals(guide.slug).filter(edition__language=language).first()


def withdrawals(slug: str) -> Any:
    """What ended there without anything in its place, of languages that are not live, newest
    first."""
    ended = Publication.objects.filter(edition__guide__slug=slug, edition__live__isnull=True)
    return ended.exclude(withdrawn_because="").with_text().order_by("-pk")


def goes_on_with(withdrawn: Publication, language: str) -> Edition | None:
    """What readers are sent on to: the successor, or where that is gone too, its own."""
    following, asked = withdrawn.succeeded_by_id, set()
    while following is not None and following not in asked:
        asked.add(following)
        if editions := list(listed_editions().filter(guide=following)):
            return preferred(editions, language)
        later = Publication.objects.filter(edition__guide=following, edition__live__isnull=True)
        named = later.exclude(succeeded_by=None).order_by("-pk")
        following = named.values_list("succeeded_by", flat=True).first()
    return None


def with_successors(publications: Iterable[Any], language: str) -> None:
    """Give each its `go_on`, the live guide that was named in its place, or None. One query,
    none where nothing names any."""
    rows = list(publications)
    named = {one.succeeded_by_id for one in rows} - {None}
    live = listed_editions().filter(guide__in=named) if named else ()
    known = {one.guide_id: one for one in in_language(live, language)}
    for one in rows:
        one.go_on = known.get(one.succeeded_by_id)

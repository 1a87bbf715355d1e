"""What the page of one guide shows, put together from stored facts. It never renders Markdown."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db.models import BooleanField, Case, F, JSONField, Q, Value, When
from django.http import Http404
from django.utils.translation import get_language

from .. import glossary, steps
from ..models import Edition, Guide, Progress, Revision, Source, User

Part = steps.Part

#: Guides that the page of a term names; the search finds the others.
MOST_USES = 12


@dataclass(frozen=True, slots=True)
class CitedSource:
    """One line of the list of sources, under the letter that the text uses for it."""

    letter: str
    source: Source
    title: str


@dataclass(frozen=True, slots=True)
class Neighbours:
    """What a guide's page says of other guides: what to read next, what holds today instead of a
    historic one, and the terms that its text marks."""

    related: list[Edition]
    successor: Edition | None
    terms: list[Edition]


@dataclass(frozen=True, slots=True)
class UnderWay:
    """The step guide that a reader ticked last, and how far it is done."""

    edition: Edition
    progress: steps.Progress


def live_editions(slug: str) -> list[Edition]:
    """The live editions of a guide with everything its page needs of them. One query."""
    editions = Edition.objects.live().select_related("guide__method", "live__revision")
    return list(editions.filter(guide__slug=slug).defer("plain", "folded", "live__revision__facts"))


def live_edition(slug: str) -> tuple[Edition, list[Edition]]:
    """The edition to show, and all there are; 404 where nothing is live. One query."""
    editions = live_editions(slug)
    if not editions:
        raise Http404
    return preferred(editions, get_language()), editions


def preferred(editions: Sequence[Edition], language: str) -> Edition:
    """The one in the reader's language, else the source, else whichever there is."""
    return min(editions, key=lambda edition: edition.distance_to(language))


def in_language(editions: Iterable[Edition], language: str) -> list[Edition]:
    """One edition a guide, the preferred one, in the order given."""
    of_guide: dict[int, list[Edition]] = {}
    for edition in editions:
        of_guide.setdefault(edition.guide_id, []).append(edition)
    return [preferred(same, language) for same in of_guide.values()]


def listed_editions() -> Any:
    """Live editions with what a row of a list shows of them."""
    return Edition.objects.live().with_text().select_related("guide__method")


def cited_sources(edition: Edition) -> list[CitedSource]:
    """In the order in which the text cites them. One query."""
    sources = Source.objects.in_bulk([line["key"] for line in edition.cited], field_name="key")
    return [
        CitedSource(line["letter"], source, source.title_in(edition.language))
        for line in edition.cited
        if (source := sources.get(line["key"]))
    ]


def cited_in(part: Part, sources: Iterable[CitedSource]) -> list[CitedSource]:
    """The sources that this part cites, under the letters of the whole guide."""
    return [line for line in sources if f'href="#source-{line.source.key}"' in part["html"]]


def neighbours(
    edition: Edition, language: str, related: Collection[str] | None = None
) -> Neighbours:
    """What its page says of other guides. One query.

    `related`: slugs that stand for those that are live, in a preview.
    """
    guide = edition.guide
    live = Guide.related.through.objects.filter(from_guide=guide.pk).values("to_guide")
    next_ones = Q(guide__in=live) if related is None else Q(guide__slug__in=related)
    marked = Q(guide__kind=Guide.Kind.TERM, guide__slug__in=edition.links) & ~Q(guide=guide.pk)
    # Looked up by their keys: with "or" alone, a database goes through every guide there is.
    keys = Guide.objects.order_by().values("pk")
    slugs = [*edition.links, *(related or ())]
    named = live.union(keys.filter(slug__in=slugs), keys.filter(pk=guide.successor_id))
    editions = (
        listed_editions()
        .filter(guide__in=named)
        .annotate(
            is_next=Case(When(next_ones, then=True), default=False, output_field=BooleanField()),
            # Of no other does a page need the text.
            paragraph=Case(When(marked, then=F("parts")), output_field=JSONField()),
        )
        .filter(next_ones | marked | Q(guide=guide.successor_id))
        .order_by("guide__kind", "guide__position", "guide__slug", "language")
    )
    shown = in_language(editions, language)
    successor = next((one for one in shown if one.guide_id == guide.successor_id), None)
    terms = [one for one in shown if one.paragraph is not None]
    for term in terms:
        term.parts = term.paragraph
    return Neighbours(
        related=[one for one in shown if one.is_next and one is not successor],
        successor=successor,
        terms=terms,
    )


def shown(edition: Edition, revision: Revision, around: Neighbours) -> dict[str, Any]:
    """What the page says of a revision to a stranger, whether it is live or previewed. One query.

    The caller adds `languages`, those the page exists in, and for a term its `other_names`.
    """
    return {
        "edition": edition,
        "guide": edition.guide,
        "revision": revision,
        "parts": edition.parts,
        "sources": cited_sources(edition),
        "related": around.related,
        "successor": around.successor,
        "terms": around.terms,
        "done": None,  # nobody is signed in
    }


def terms_in(parts: Iterable[Part], terms: Iterable[Edition]) -> list[Edition]:
    """Those of the terms that these parts mark, in the order of the text."""
    known = {term.guide.slug: term for term in terms}
    return [known[slug] for slug in glossary.linked_terms(parts) if slug in known]


def used_in(term: Guide, language: str) -> list[Edition]:
    """The first guides whose text marks that term, other terms last. One query."""
    is_term = Case(When(guide__kind=Guide.Kind.TERM, then=Value(1)), default=Value(0))
    editions = (
        listed_editions()
        .filter(linked=term)
        .exclude(guide=term)
        .order_by(is_term, "guide__standing", "guide__kind", "guide__position", "guide__slug")
    )
    # A guide has at most one edition a language, so these rows are enough guides.
    rows = editions[: MOST_USES * len(settings.LANGUAGES)]
    return in_language(rows, language)[:MOST_USES]


def numbered(parts: Sequence[Part]) -> list[Part]:
    """The parts of a step guide, each step with its `number`."""
    number = {part["id"]: at for at, part in enumerate(steps.steps(parts), 1)}
    return [part | {"number": number.get(part["id"])} for part in parts]


def unfinished_steps(user: User, language: str) -> UnderWay | None:
    """The step guide to go on with, None where none is half done. Three queries at most."""
    latest = (
        Progress.objects.filter(user=user, guide__kind=Guide.Kind.STEPS)
        .order_by("-done_at", "-pk")
        .values_list("guide", flat=True)[:1]
    )
    editions = list(
        Edition.objects.live()
        .select_related("guide", "live__revision")
        .filter(guide__in=list(latest))
        .defer("plain", "folded", "live__revision__body")
    )
    if not editions:
        return None
    edition = preferred(editions, language)
    progress = steps.progress(edition.parts, Progress.objects.done(user, edition.guide))
    return UnderWay(edition, progress) if progress.next_id else None

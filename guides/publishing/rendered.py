"""What a revision is rendered with and into: rendering on one side, rows on the other."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict
from functools import cached_property
from typing import Any

from django.urls import reverse
from django.utils import translation

from guides.models import Edition, Guide, OldSlug, Picture, Revision, Source
from guides.rendering import Context, Rendered, Target, anchors, pictures_in, render
from guides.rendering import Picture as ShownPicture
from guides.search import fold_edition

from .translations import lines_behind

#: Pages that a text may link to by name, and the names of their addresses.
PAGES = {
    "new-case": "appeals:case-create",
    "methods": "guides:methods",
    "terms": "guides:terms",
}


class Library:
    """Every guide and source as rendering sees them. Four queries, whatever is rendered, and
    one more for each translation: for the source that it follows.

    `coming` are revisions that are about to go live with the one that is rendered, and
    count as if they were.
    """

    def __init__(self, coming: Iterable[Revision] = ()) -> None:
        self.sources = dict(Source.objects.values_list("key", "grade"))
        self.editions = {
            (edition.guide_id, edition.language): edition
            for edition in Edition.objects.live().with_text()
        }
        self.titles: dict[int, dict[str, str]] = {}
        self.anchors: dict[int, Mapping[str, str]] = {}
        self.guides: dict[int, Guide] = {}
        for edition in self.editions.values():
            self._know(edition, edition.title)
        self._read_anchors()
        #: Facts that go live now, by guide: its other languages are rendered with them too.
        self.facts: dict[int, Mapping[str, Any]] = {}
        self.coming = {(one.edition.guide_id, one.edition.language): one for one in coming}
        for revision in self.coming.values():
            self._know(revision.edition, revision.title)
            if revision.facts is not None:
                self.facts[revision.edition.guide_id] = revision.facts
            self.anchors[revision.edition.guide_id] = anchors(revision.body)
        self.targets = {
            guide.slug: self._target(guide, self.titles[guide.pk]) for guide in self.guides.values()
        }
        for slug, present in OldSlug.objects.present().items():
            if present in self.targets:
                self.targets[slug] = self.targets[present]

    def _know(self, edition: Edition, title: str) -> None:
        self.guides[edition.guide_id] = edition.guide
        self.titles.setdefault(edition.guide_id, {})[edition.language] = title

    def _read_anchors(self) -> None:
        # From what rendering kept: ids are the same in every language.
        for guide, parts in Edition.objects.live().values_list("guide_id", "parts"):
            if guide not in self.anchors:
                self.anchors[guide] = {
                    name: part["id"] for part in parts for name in (part["id"], *part["tasks"])
                }

    def _target(self, guide: Guide, titles: Mapping[str, str]) -> Target:
        # The language it was first written in comes first: readers without their own get that.
        ordered = sorted(titles, key=lambda language: language != guide.source_language)
        return Target(
            slug=guide.slug,
            kind=guide.kind,
            titles={language: titles[language] for language in ordered},
            urls={language: guide.address_in(language) for language in ordered},
            anchors=self.anchors.get(guide.pk, {}),
        )

    def context(
        self,
        guide: Guide,
        language: str,
        *,
        is_reported: bool | None = None,
        behind: Mapping[int, str] | None = None,
        pictures: Mapping[str, ShownPicture] | None = None,
    ) -> Context:
        """What a text of that guide in that language may refer to."""
        return Context(
            guides=self.targets,
            sources=self.sources,
            pages=pages_in(language),
            is_reported=guide.is_reported if is_reported is None else is_reported,
            slug=guide.slug,
            behind=behind or {},
            pictures=pictures or {},
        )

    @cached_property
    def pictures(self) -> dict[str, ShownPicture]:
        """Every picture that a line may show, by key. One query, where a text shows any."""
        rows = Picture.objects.values_list("key", "pk", "width", "height", "taken_on")
        return {
            key: ShownPicture(reverse("picture", args=[pk]), width, height, taken_on)
            for key, pk, width, height, taken_on in rows
        }

    def source_of(self, revision: Revision) -> Revision | None:
        """What a translation is measured against; None for a source, and where none is live."""
        edition = revision.edition
        if edition.is_source:
            return None
        place = edition.guide_id, edition.guide.source_language
        source = self.editions.get(place)
        if place in self.coming or source is None or source.live is None:
            return self.coming.get(place)
        live = Revision.objects.select_related("edition")
        return live.filter(pk=source.live.revision_id).first()

    def render(self, revision: Revision) -> Rendered:
        """Raises `guides.rendering.Refused` with every reason."""
        guide = revision.edition.guide
        facts = revision.facts or self.facts.get(guide.pk, {})
        return render(
            revision.body,
            kind=facts.get("kind", guide.kind),
            language=revision.edition.language,
            context=self.context(
                guide,
                revision.edition.language,
                is_reported=facts.get("is_reported"),
                behind=lines_behind(revision, self.source_of(revision)),
                pictures=self.pictures if pictures_in(revision.body) else None,
            ),
        )


def pages_in(language: str) -> dict[str, str]:
    with translation.override(language):
        return {name: reverse(page) for name, page in PAGES.items()}


#: The columns of an edition that rendering makes.
RENDERED = ("parts", "plain", "links", "cited", "folded", "behind")


def keep(edition: Edition, rendered: Rendered) -> None:
    """Put what rendering made beside the edition; the caller saves it."""
    edition.parts = [asdict(part) for part in rendered.parts]
    edition.plain = rendered.plain
    edition.links = list(rendered.links)
    edition.cited = [{"key": key, "letter": letter} for key, letter in rendered.cited]
    # A preview is not found, so its edition has nothing that is live.
    edition.folded = folded(edition.live.revision, rendered) if edition.live else ""


def folded(revision: Revision, rendered: Rendered) -> str:
    """Its words as search compares them, with those that only lists and cards show."""
    return fold_edition(
        title=revision.title,
        keywords=revision.keywords,
        headings=[part.title for part in rendered.parts],
        summary="\u3000".join((revision.summary, revision.card, revision.when)),
        text=rendered.plain,
    )


def clear(edition: Edition) -> None:
    empty = Edition()
    for name in RENDERED:
        setattr(edition, name, getattr(empty, name))

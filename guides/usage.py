"""What points at a guide, a source or a picture: asked before somebody changes it.

Of cases nothing is shown but numbers. A model elsewhere whose rows point at guides is counted as
a whole, unless its manager has `in_use()`, which gives the rows that matter still; it may name
what those are in `in_use_name`, else they are called as all its rows are.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.db.models import F, Q, QuerySet

from guides.models import (
    AuthorizationMethod,
    Edition,
    Guide,
    OldSlug,
    Progress,
    Release,
    ReleaseItem,
    Source,
)
from guides.publishing.facts import present_facts
from guides.rendering.blocks import parse_blocks
from guides.rendering.marks import references, split_label

#: What belongs to a guide itself, is listed by name, or is nobody's decision.
_NOT_COUNTED = (AuthorizationMethod, Edition, Guide, OldSlug, Progress)
_WAITING = [Release.State.OPEN, Release.State.SCHEDULED]


@dataclass(frozen=True, slots=True)
class Mention:
    """An edition that names something: to readers, in its newest text, in a release to come."""

    edition: Edition
    is_live: bool
    is_newest: bool
    is_waiting: bool

    @property
    def title(self) -> str:
        return self.edition.latest.title if self.edition.latest else self.edition.guide.slug


@dataclass(frozen=True, slots=True)
class Count:
    """So many rows of another kind."""

    name: str
    count: int


@dataclass(frozen=True, slots=True)
class FactMention:
    """A guide whose facts name this one: to read next, or as what holds today."""

    guide: Guide
    title: str
    is_related: bool
    is_successor: bool
    #: Only in a draft so far.
    is_draft: bool


@dataclass(frozen=True)
class Uses:
    texts: list[Mention]
    facts: list[FactMention]
    releases: list[Release]
    counts: list[Count]

    @cached_property
    def total(self) -> int:
        rows = (self.texts, self.facts, self.releases)
        return sum(map(len, rows)) + sum(one.count for one in self.counts)


def uses_of_guide(guide: Guide) -> Uses:
    """Everything that points at it but itself, under every address that it has or had."""
    slugs = {guide.slug, *guide.old_slugs.values_list("slug", flat=True)}
    texts = mentions(f"[[{slug}" for slug in slugs)
    named = [one for slug in slugs for one in texts.get(("guide", slug), ())]
    return Uses(
        texts=[one for one in merged(named) if one.edition.guide_id != guide.pk],
        facts=facts_naming(guide, slugs),
        releases=list(
            Release.objects.filter(items__edition__guide=guide, state__in=_WAITING).distinct()
        ),
        counts=list(counted(guide)),
    )


def uses_of_source(source: Source) -> list[Mention]:
    return mentions([f"[@{source.key}"]).get(("source", source.key), [])


def uses_of_pictures() -> dict[str, list[Mention]]:
    """Where each is shown, by its key; one that is shown nowhere has no entry. Four queries."""
    return {name: found for (kind, name), found in mentions(["![["]).items() if kind == "picture"}


def uses_of_picture(key: str) -> list[Mention]:
    return mentions([f"![[{key}"]).get(("picture", key), [])


def merged(found: Iterable[Mention]) -> list[Mention]:
    """One for each edition, by guide and language."""
    by_edition: dict[int, Mention] = {}
    for one in found:
        other = by_edition.get(one.edition.pk, one)
        by_edition[one.edition.pk] = Mention(
            one.edition,
            one.is_live or other.is_live,
            one.is_newest or other.is_newest,
            one.is_waiting or other.is_waiting,
        )
    named = by_edition.values()
    return sorted(named, key=lambda one: (one.edition.guide.slug, one.edition.language))


# --- Texts ---------------------------------------------------------------------------------


def mentions(marks: Iterable[str]) -> dict[tuple[str, str], list[Mention]]:
    """By kind and name, the editions whose texts name something that begins with these marks.
    Four queries."""
    marks = list(marks)
    found: dict[tuple[str, str], dict[int, set[str]]] = defaultdict(lambda: defaultdict(set))
    for how, edition, body in bodies(marks):
        for name in names_in(body):
            found[name][edition].add(how)
    wanted = {edition for places in found.values() for edition in places}
    editions = list(
        Edition.objects.filter(pk__in=wanted)
        .select_related("guide", "latest")
        .defer("parts", "plain", "folded", "latest__body", "latest__facts")
        .order_by("guide__slug", "-language")
    )
    return {
        name: [
            Mention(one, *(how in places[one.pk] for how in ("live", "newest", "waiting")))
            for one in editions
            if one.pk in places
        ]
        for name, places in found.items()
    }


def bodies(marks: list[str]) -> Iterator[tuple[str, int, str]]:
    """How, edition and text of whatever holds one of these marks."""

    def holding(field: str) -> Q:
        found = Q()
        for mark in marks:
            found |= Q(**{f"{field}__contains": mark})
        return found

    for how, body in (("live", "live__revision__body"), ("newest", "latest__body")):
        rows = Edition.objects.filter(holding(body)).order_by()
        yield from ((how, *row) for row in rows.values_list("pk", body))
    items = ReleaseItem.objects.filter(holding("revision__body"), release__state__in=_WAITING)
    yield from (
        ("waiting", *row) for row in items.order_by().values_list("edition", "revision__body")
    )


def names_in(body: str) -> set[tuple[str, str]]:
    """The guides, sources and pictures that a text names, as (kind, slug or key)."""
    found = set()
    for block in parse_blocks(body):
        if block.kind == "picture":
            found.add(("picture", block.id))
            continue
        for kind, target in references(block.text):
            name = split_label(target)[0].partition("#")[0]
            if kind in ("guide", "source") and name.split():
                found.add((kind, name.split()[0]))
    return found


# --- Facts and other rows ------------------------------------------------------------------


def facts_naming(guide: Guide, slugs: set[str]) -> list[FactMention]:
    """Guides whose facts name it, live or in the newest draft. Two queries."""
    rows = (
        Edition.objects.filter(language=F("guide__source_language"), latest__isnull=False)
        .exclude(guide=guide)
        .select_related("guide")
        .only("guide__slug", "guide__successor", "latest__facts", "latest__title", "live")
        .select_related("latest")
        .order_by("guide__slug")
    )
    related = set(
        Guide.related.through.objects.filter(to_guide=guide).values_list("from_guide", flat=True)
    )
    found = []
    for row in rows:
        drafted = named_in(row.latest.facts or {}, slugs) if row.latest else (False, False)
        live = row.guide_id in related, row.guide.successor_id == guide.pk
        if any((*live, *drafted)):
            is_related, is_successor = (a or b for a, b in zip(live, drafted, strict=True))
            title = row.latest.title if row.latest else row.guide.slug
            found.append(FactMention(row.guide, title, is_related, is_successor, not any(live)))
    return found


def named_in(facts: Mapping[str, Any], slugs: set[str]) -> tuple[bool, bool]:
    """Whether these facts name one of them to read next, and as what holds today."""
    same = present_facts(facts, {})
    return bool(slugs.intersection(same["related"])), same["successor"] in slugs


def counted(guide: Guide) -> Iterator[Count]:
    """So many rows of every other kind that point at it, whoever's model that is."""
    for relation in Guide._meta.get_fields(include_hidden=True):
        model = relation.related_model
        is_reverse = relation.auto_created and not relation.concrete
        if not (is_reverse and isinstance(model, type)) or model in _NOT_COUNTED:
            continue
        if model._meta.auto_created:
            continue  # the table between two kinds that are known
        rows, name = in_use(model)
        if count := rows.filter(**{relation.field.name: guide}).count():
            yield Count(str(name), count)


def in_use(model: Any) -> tuple[QuerySet[Any], Any]:
    manager = model._default_manager
    of_use: Callable[[], QuerySet[Any]] | None = getattr(manager, "in_use", None)
    name = model._meta.verbose_name_plural
    if of_use is None:
        return manager.all(), name
    return of_use(), getattr(model, "in_use_name", name)

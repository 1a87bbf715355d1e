"""What differs between two revisions beside their text: title and keywords, facts, sources."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.utils.text import capfirst
from django.utils.translation import get_language, gettext

from ..changed_parts import Comparison
from ..differences import Kind, Line, Piece, compare
from ..models import AuthorizationMethod, Guide, OldSlug, Revision, Source
from ..publishing.facts import METHOD
from ..rendering import parse_blocks
from ..rendering.marks import references
from .guide_page import in_language, listed_editions

#: What readers see of a guide's facts; its place in lists is none of these.
SHOWN = (
    "standing", "is_reported", "reference", "agreement", "valid_from", "valid_to", "successor",
    "checked_on", "review_by", "related",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Row:
    """One thing that differs, under its name."""

    label: str
    lines: tuple[Line, ...]


def texts(before: Revision, after: Revision) -> list[Row]:
    """Title, forwarded title, summary, keywords and the like, where they differ."""
    return [
        Row(name_of(Revision, name), compare(getattr(before, name), getattr(after, name)))
        for name in Revision.TEXT_FIELDS
        if name != "body" and getattr(before, name) != getattr(after, name)
    ]


def facts(before: Revision, after: Revision, names: Sequence[str] = SHOWN) -> list[Row]:
    """Which of these facts differ, in words; none in a translation, which has none. One query at
    most, for the titles of guides."""
    old, new = before.facts, after.facts
    if not old or not new:
        return []
    changed = [name for name in names if old.get(name) != new.get(name)]
    titles = titles_of({*linked(old, changed), *linked(new, changed)})
    rows = [
        Row(name_of(Guide, name), replaced(said(name, old, titles), said(name, new, titles)))
        for name in changed
    ]
    was, now = old.get("method") or {}, new.get("method") or {}
    rows += [
        Row(name_of(AuthorizationMethod, name), replaced(choice(name, was), choice(name, now)))
        for name in METHOD
        if was.get(name) != now.get(name)
    ]
    return rows


def name_of(model: Any, field: str) -> str:
    return capfirst(str(model._meta.get_field(field).verbose_name))


def replaced(before: list[str], after: list[str]) -> tuple[Line, ...]:
    """Whole values: of a date or a choice nobody reads the half that stayed. One instead of
    another stands on its line."""
    if len(before) == len(after) == 1:
        return (Line(None, (Piece("taken", before[0]), Piece("added", after[0]))),)
    gone = [("taken", value) for value in before if value not in after]
    kept = [("added" if value not in before else "same", value) for value in after]
    return tuple(Line(None, (Piece(kind, value),)) for kind, value in [*gone, *kept])


def linked(values: Mapping[str, Any], changed: Iterable[str]) -> Iterable[str]:
    """The slugs of the guides that these facts name."""
    if "successor" in changed and values.get("successor"):
        yield values["successor"]
    if "related" in changed:
        yield from values.get("related") or ()


def titles_of(slugs: set[str]) -> dict[str, str]:
    """What readers know these guides by now, those that are still there."""
    if not slugs:
        return {}
    editions = listed_editions().filter(guide__slug__in=slugs)
    language = get_language() or settings.LANGUAGE_CODE
    titles = {one.guide.slug: one.title for one in in_language(editions, language)}
    if slugs <= titles.keys():
        return titles
    renamed = OldSlug.objects.filter(slug__in=slugs - titles.keys()).present()
    now = titles_of(set(renamed.values()))
    return titles | {old: now[new] for old, new in renamed.items() if new in now}


def said(name: str, values: Mapping[str, Any], titles: Mapping[str, str]) -> list[str]:
    """A fact in the reader's words, a line each; nothing where there is nothing to say."""
    value = values.get(name)
    if name == "standing":
        return [str(Guide.Standing(value).label)] if value in Guide.Standing else []
    if name == "is_reported":
        return [gettext("Yes") if value else gettext("No")]
    if name == "successor":
        return [titles.get(value, value)] if value else []
    if name == "related":
        return [titles.get(slug, slug) for slug in value or ()]
    if name == "agreement":
        texts = value or {}
        best = texts.get(get_language()) or next(iter(texts.values()), "")
        return [best] if best else []
    return [str(value)] if value else []


def choice(name: str, values: Mapping[str, Any]) -> list[str]:
    """A fact of a method in the words of its choice."""
    value = values.get(name)
    if isinstance(value, bool):
        return [gettext("Yes") if value else gettext("No")]
    if value in (None, ""):
        return []
    choices = dict(AuthorizationMethod._meta.get_field(name).flatchoices)
    return [str(choices.get(value, value))]


def cited(before: Revision, after: Revision, bodies: Comparison) -> list[Line]:
    """The sources behind what has changed, by key and title: those that only one of the two
    cites, and those that a changed paragraph names. One query at most."""
    old, new = keys_in(before.body), keys_in(after.body)
    named = set(re.findall(r"\[([^\s,\]]+)[,\]]", bodies.changed_text))
    differing: dict[str, Kind] = {key: "taken" for key in old if key not in new}
    differing |= {key: "added" for key in new if key not in old}
    differing |= {key: "same" for key in new if key in old and key in named}
    if not differing:
        return []
    sources = Source.objects.in_bulk(list(differing), field_name="key")
    language = get_language() or settings.LANGUAGE_CODE
    names = {key: f"[{key}] {source.title_in(language)}" for key, source in sources.items()}
    return [
        Line(None, (Piece(kind, names.get(key, f"[{key}]")),)) for key, kind in differing.items()
    ]


def keys_in(body: str) -> dict[str, None]:
    """The keys of the sources that a text cites, in its order."""
    names = (
        name.split()[0]
        for block in parse_blocks(body)
        for kind, name in references(block.text)
        if kind == "source" and name
    )
    return dict.fromkeys(name for name in names if name not in ("own", "site"))

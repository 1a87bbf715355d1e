"""Texts that a person brings in: drafts of theirs and changes of sources, and never anything live."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from guides import credentials
from guides.models import Edition, EditorialEvent, Guide, OldSlug, User

from .drafts import save_draft
from .facts import CHECKING, guide_facts, in_order, present_facts
from .files import write_edition
from .plan import lines_between
from .reading import FACTS_FILE, SOURCES, BundledGuide, Content
from .refusals import NotPublishable
from .samples import without_samples
from .sources import add_source, change_source, facts_now


@dataclass(frozen=True, slots=True)
class Step:
    """What becomes of one text or source: new, changed or unchanged."""

    name: str
    language: str
    outcome: str
    #: How many lines of a text are new or others.
    lines: int = 0
    #: The number of the newest revision here; 0: there was none.
    number: int = 0
    #: Whether that is a draft that nobody has published.
    is_over_draft: bool = False
    pk: int = 0


@dataclass(frozen=True)
class Bringing:
    """All steps, and what stands in the way; `digest` stands for both and for what is here now."""

    steps: list[Step] = field(default_factory=list)
    reasons: list[str] = field(default_factory=list)

    @property
    def digest(self) -> str:
        # Rows that are made and taken back get other keys each time.
        steps = [asdict(step) | {"pk": 0} for step in self.steps]
        known = json.dumps([steps, self.reasons], ensure_ascii=False)
        return hashlib.sha256(known.encode()).hexdigest()

    @property
    def changes(self) -> list[Step]:
        return [step for step in self.steps if step.outcome != "unchanged"]


class PlanChanged(Exception):
    """What would be done now is not what was shown."""


def plan(content: Content, *, by: User) -> Bringing:
    """What bringing this in would do; nothing is done."""
    with transaction.atomic():
        found = _do(content, by)
        transaction.set_rollback(True)
    return found


@transaction.atomic
def bring_in(content: Content, *, by: User, digest: str, name: str) -> Bringing:
    """Do what `plan` showed under that digest: all of it or nothing. Raises PlanChanged where it
    would be something else by now, or where something stands in the way."""
    found = _do(content, by)
    if found.reasons or found.digest != digest:
        raise PlanChanged
    EditorialEvent.objects.create(
        kind=EditorialEvent.Kind.IMPORTED,
        about=name[:80],
        by=by,
        details={"guides": len({step.name for step in found.changes if step.language})},
    )
    return found


def _do(content: Content, by: User) -> Bringing:
    found = Bringing()
    may_propose = any(
        by.has_perm(f"guides.{right}") for right in ("change_source", "add_sourcechange")
    )
    for key, facts in content.sources.items():
        _source(key, facts, by, found, may_propose=may_propose)
    present = _present(content)
    rows: dict[str, Guide] = {}
    for bundled in (one.at_present(present) for one in content.guides):
        guide = _guide(bundled, by, found)
        if guide is not None:
            rows[bundled.slug] = guide
            _texts(guide, bundled, by, found)
    return found


def _present(content: Content) -> dict[str, str]:
    """The addresses here of guides that were renamed, here or where the files come from."""
    present = OldSlug.objects.present()
    there = {new: old for old, new in content.renamed.items()}
    known = set(
        Guide.objects.filter(slug__in=[*there, *there.values()]).values_list("slug", flat=True)
    )
    return present | {
        new: old for new, old in there.items() if new not in known | present.keys() and old in known
    }


def _source(
    key: str, facts: Mapping[str, Any], by: User, found: Bringing, *, may_propose: bool
) -> None:
    here = facts_now(key)
    outcome = "unchanged" if here == facts else "new" if here is None else "changed"
    found.steps.append(Step(key, "", outcome))
    if outcome == "unchanged":
        return
    if any(credentials.find(words) for words in _words(facts)):
        said = _("%(file)s, %(field)s: this looks like a secret key.")
        found.reasons.append(said % {"file": SOURCES, "field": key})
        return
    if not may_propose:
        found.reasons.append(_("%(key)s: you may not change sources.") % {"key": key})
        return
    try:
        act = add_source if here is None else change_source
        act(key=key, facts=facts, by=by)
    except NotPublishable as refused:
        found.reasons.extend(f"{key}: {one.message}" for one in refused.refusals)


def _guide(bundled: BundledGuide, by: User, found: Bringing) -> Guide | None:
    guide = Guide.objects.filter(slug=bundled.slug).first()
    facts = bundled.facts
    if guide is None:
        if not by.has_perm("guides.add_guide"):
            found.reasons.append(_("%(slug)s: you may not begin guides.") % {"slug": bundled.slug})
            return None
        return Guide.objects.create(
            slug=bundled.slug, kind=facts["kind"], source_language=facts["source_language"]
        )
    if (guide.kind, guide.source_language) != (facts["kind"], facts["source_language"]):
        words = _(
            "%(slug)s: here this is another kind of guide, or first written in another language."
        )
        found.reasons.append(words % {"slug": bundled.slug})
        return None
    return guide


def _texts(guide: Guide, bundled: BundledGuide, by: User, found: Bringing) -> None:
    editions = {one.language: one for one in guide.editions.select_related("latest", "live")}
    for language in bundled.languages():
        text, edition = bundled.read(language), editions.get(language)
        is_source = language == guide.source_language
        before = edition.latest if edition else None
        facts = _facts(guide, bundled, edition) if is_source else None
        is_same = before is not None and before.text() == text
        if is_same and (not is_source or _is_same(before.facts if before else None, facts)):
            found.steps.append(Step(guide.slug, language, "unchanged", pk=guide.pk))
            continue
        found.reasons.extend(_secrets(guide.slug, language, text))
        found.reasons.extend(_secrets_of_facts(guide.slug, facts or {}))
        save_draft(
            guide=guide,
            language=language,
            by=by,
            text=text,
            made_from=before.number if before else 0,
            facts=facts,
            source_digests=None if is_source else bundled.source_digests(),
        )
        old = write_edition(before.text()) if before else ""
        found.steps.append(
            Step(
                guide.slug,
                language,
                "changed" if before else "new",
                lines_between(old, write_edition(text)),
                before.number if before else 0,
                bool(edition and edition.has_draft and before),
                guide.pk,
            )
        )


def _facts(guide: Guide, bundled: BundledGuide, edition: Edition | None) -> dict[str, Any]:
    """The facts of the file; that somebody checked it is only taken over where nobody did here."""
    facts = dict(bundled.facts)
    if edition is not None:
        here = guide_facts(guide)
        facts |= {name: here[name] for name in CHECKING}
    return facts


def _is_same(before: Mapping[str, Any] | None, facts: Mapping[str, Any] | None) -> bool:
    if before is None or facts is None:
        return before == facts
    present = OldSlug.objects.present()
    old, new = (in_order(present_facts(one, present)) for one in (before, facts))
    return {k: v for k, v in old.items() if k not in CHECKING} == {
        k: v for k, v in new.items() if k not in CHECKING
    }


def _secrets(slug: str, language: str, text: Mapping[str, str]) -> list[str]:
    words = _("%(file)s, %(field)s: this looks like a secret key.")
    return [
        words % {"file": f"{slug}/{language}.md", "field": name}
        for name, value in text.items()
        if credentials.find(without_samples(value, slug) if name == "body" else value)
    ]


def _secrets_of_facts(slug: str, facts: Mapping[str, Any]) -> list[str]:
    words = _("%(file)s, %(field)s: this looks like a secret key.")
    return [
        words % {"file": f"{slug}/{FACTS_FILE}", "field": name}
        for name, value in facts.items()
        if any(credentials.find(text) for text in _words(value))
    ]


def _words(value: Any) -> Iterator[str]:
    """Every text in a value of JSON, names included."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for name, one in value.items():
            yield name
            yield from _words(one)
    elif isinstance(value, list):
        for one in value:
            yield from _words(one)

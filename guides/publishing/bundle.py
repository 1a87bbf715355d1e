"""Bundled content in and out: what the release ships, and the same bytes back."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import F, Value

from guides.models import Edition, Guide, OldSlug, PageStamp, Revision, Source
from guides.models.edition import RELEASE_NOTE

from .bundled_pictures import add_pictures, read_pictures, write_pictures
from .drafts import save_draft
from .facts import guide_facts, with_later_check, without_checking
from .files import digest, digest_of, write_edition, write_json
from .going_live import publish
from .reading import BundledGuide, read_folder
from .renaming import rename
from .sources import propose, source_facts
from .sources import write as write_source

BUNDLE = Path(__file__).resolve().parent.parent / "content"


@dataclass
class Loaded:
    """What loading did, by slug or `slug language`; left alone is what was edited here."""

    sources: list[str] = field(default_factory=list)
    published: list[str] = field(default_factory=list)
    #: Where four eyes are wanted, of what the release itself did not bring.
    proposed: list[str] = field(default_factory=list)
    left_alone: list[str] = field(default_factory=list)


def read_guides(folder: Path) -> list[BundledGuide]:
    return read_folder(folder).guides


def read_sources(folder: Path) -> dict[str, Mapping[str, Any]]:
    return dict(read_folder(folder).sources)


def load(folder: Path = BUNDLE, report: Loaded | None = None) -> Loaded:
    """Bring in what changed since it was last loaded. One query when nothing did.

    A guide or edition that was edited here since then is left alone and reported; that
    somebody only marked it as checked does not count as edited. Where four eyes are wanted,
    another folder than the release's own only brings drafts and proposals. What was found out
    stands in `report` even where it is refused.
    """
    content = read_folder(folder)
    report = report or Loaded()
    if content.renamed:
        take_over_addresses(content.renamed)
    known = loaded_digests()
    guides = at_present(content.guides, renamed_here(known), report)
    changed_sources = {
        key: facts
        for key, facts in content.sources.items()
        if known.get((key, "")) != digest_of(facts)
    }
    is_bundled = folder.resolve() == BUNDLE
    waits = settings.EDITORIAL_FOUR_EYES and not is_bundled
    changed_guides = [guide for guide in guides if is_changed(guide, known)]
    pictures, otherwise_here = read_pictures(folder)
    report.left_alone += [f"picture {key}" for key in otherwise_here]
    if changed_sources or changed_guides or pictures:
        with transaction.atomic():
            add_pictures(pictures)
            load_sources(changed_sources, report, waits=waits)
            revisions = load_guides(changed_guides, report, renamed=content.renamed, waits=waits)
            if not waits:
                publish(revisions, by=None, is_bundled=is_bundled)
            PageStamp.objects.rise()
    return report


def is_changed(guide: BundledGuide, known: Mapping[tuple[str, str], str]) -> bool:
    return known.get((guide.slug, "facts")) != guide.facts_digest or any(
        known.get((guide.slug, language)) != digest(text) for language, text in guide.texts.items()
    )


def loaded_digests() -> dict[tuple[str, str], str]:
    """What was last loaded: sources by (key, ""), facts by (slug, "facts"), texts by language;
    and of guides that were renamed the present address by (the old one, "renamed")."""
    sources = Source.objects.values_list("key", Value(""), "loaded_digest").order_by()
    facts = Guide.objects.values_list("slug", Value("facts"), "loaded_digest").order_by()
    texts = Edition.objects.values_list(F("guide__slug"), "language", "loaded_digest").order_by()
    renamed = OldSlug.objects.values_list("slug", Value(RENAMED), F("guide__slug")).order_by()
    rows = sources.union(facts, texts, renamed, all=True)
    return {(name, part): seen for name, part, seen in rows if seen}


# --- addresses -----------------------------------------------------------------------------

#: Where `loaded_digests` keeps the addresses that guides had before.
RENAMED = "renamed"


def take_over_addresses(renamed: Mapping[str, str]) -> None:
    """Rename here what was renamed where these files come from."""
    with transaction.atomic():
        for old, new in renamed.items():
            guide = Guide.objects.filter(slug=old).first()
            if guide is not None and old != new:
                rename(guide=guide, to=new, by=None)


def keep_old_addresses(renamed: Mapping[str, str]) -> None:
    """Texts may go on naming guides by them, on a site that never saw these guides before too."""
    for old, new in renamed.items():
        guide = Guide.objects.called(new).first()
        if guide is not None and guide.slug != old:
            OldSlug.objects.get_or_create(slug=old, defaults={"guide": guide})


def renamed_here(known: Mapping[tuple[str, str], str]) -> dict[str, str]:
    return {name: now for (name, part), now in known.items() if part == RENAMED}


def at_present(
    guides: list[BundledGuide], present: Mapping[str, str], report: Loaded
) -> list[BundledGuide]:
    """Each under the address that it has here. Of two files for one guide the one at its present
    address counts."""
    if not present:
        return guides
    folders = {guide.slug for guide in guides}
    found = []
    for guide in guides:
        now = guide.at_present(present)
        if now.slug != guide.slug and now.slug in folders:
            report.left_alone.append(f"{guide.slug} facts")
        else:
            found.append(now)
    return found


# --- sources -------------------------------------------------------------------------------


def load_sources(sources: Mapping[str, Mapping[str, Any]], report: Loaded, *, waits: bool) -> None:
    present = Source.objects.in_bulk(list(sources), field_name="key")
    for key, facts in sources.items():
        source = present.get(key) or Source(key=key)
        here = source_facts(source) if source.pk else None
        if here is not None and digest_of(here) != source.loaded_digest:
            report.left_alone.append(f"source {key}")
        elif not waits:
            write_source(source, facts)
            source.loaded_digest = digest_of(facts)
            source.save()
            report.sources.append(key)
        elif propose(key, here, facts):
            report.proposed.append(f"source {key}")


# --- guides --------------------------------------------------------------------------------


def load_guides(
    guides: list[BundledGuide],
    report: Loaded,
    *,
    renamed: Mapping[str, str],
    waits: bool,
) -> list[Revision]:
    """All rows first and then all drafts, to be published together, since guides link to one
    another."""
    rows = {bundled.slug: guide_row(bundled) for bundled in guides}
    keep_old_addresses(renamed)
    revisions = []
    for bundled in guides:
        revisions += list(revise(rows[bundled.slug], bundled, report))
    names = [f"{one.edition.guide.slug} {one.edition.language}" for one in revisions]
    (report.proposed if waits else report.published).extend(names)
    return revisions


def guide_row(bundled: BundledGuide) -> Guide:
    guide, _made = Guide.objects.get_or_create(
        slug=bundled.slug,
        defaults={
            "kind": bundled.facts["kind"],
            "source_language": bundled.facts["source_language"],
        },
    )
    return guide


def revise(guide: Guide, bundled: BundledGuide, report: Loaded) -> Iterator[Revision]:
    """New revisions of what changed in the release and was not edited here."""
    editions = {edition.language: edition for edition in guide.editions.all()}
    facts = loadable_facts(guide, bundled, editions.get(guide.source_language), report)
    for language in bundled.languages():
        text = bundled.texts[language]
        edition = editions.get(language)
        is_source = language == guide.source_language
        if edition and was_edited(edition):
            report.left_alone.append(f"{guide.slug} {language}")
            continue
        is_same = edition is not None and edition.loaded_digest == digest(text)
        if is_same and not (is_source and facts):
            continue
        before = edition.latest if edition else None
        revision = save_draft(
            guide=guide,
            language=language,
            by=None,
            text=bundled.read(language),
            made_from=before.number if before else 0,
            facts=(facts or facts_again(guide, before)) if is_source else None,
            note=RELEASE_NOTE,
            source_digests=None if is_source else bundled.source_digests(),
        )
        Edition.objects.filter(pk=revision.edition_id).update(loaded_digest=digest(text))
        revision.edition.loaded_digest = digest(text)
        yield revision


def facts_again(guide: Guide, before: Revision | None) -> Mapping[str, Any] | None:
    """The facts that go live once more with a new text, with the check made here since."""
    return with_later_check(guide, before.facts) if before and before.facts else None


def loadable_facts(
    guide: Guide, bundled: BundledGuide, source: Edition | None, report: Loaded
) -> Mapping[str, Any] | None:
    """The release's facts; None where they are the loaded ones, or were edited here.

    They go live with the text in the source language, so an edited text keeps them back too:
    they count as loaded only when they are.
    """
    if guide.loaded_digest == bundled.facts_digest:
        return None
    here = guide_facts(guide)
    is_edited = guide.loaded_digest and digest(write_json(without_checking(here))) != (
        guide.loaded_digest
    )
    if is_edited or (source and was_edited(source)):
        report.left_alone.append(f"{guide.slug} facts")
        return None
    Guide.objects.filter(pk=guide.pk).update(loaded_digest=bundled.facts_digest)
    guide.loaded_digest = bundled.facts_digest
    return with_later_check(guide, bundled.facts)


def was_edited(edition: Edition) -> bool:
    """Whether somebody here has changed it since it was last loaded: wrote a draft, published
    another text, or withdrew it."""
    if edition.latest is None:
        return False
    if edition.has_draft or not edition.loaded_digest:
        return True
    return digest(write_edition(edition.latest.text())) != edition.loaded_digest


# --- out -----------------------------------------------------------------------------------


def export(folder: Path) -> list[Path]:
    """Write every live guide and the register as bundled files; answers with what was written."""
    written = [write(folder / "sources.json", write_json(all_sources()))]
    renamed = OldSlug.objects.order_by("slug").present()
    if renamed:
        written.append(write(folder / "renamed.json", write_json(renamed)))
    guides = Guide.objects.published().order_by("slug")
    for guide in guides.prefetch_related("editions__live__revision"):
        written.append(write(folder / guide.slug / "guide.json", write_json(guide_facts(guide))))
        for edition in guide.editions.all():
            if edition.live:
                text = write_edition(edition.live.revision.text())
                written.append(write(folder / guide.slug / f"{edition.language}.md", text))
    return [*written, *write_pictures(folder)]


def all_sources() -> dict[str, dict[str, Any]]:
    return {source.key: source_facts(source) for source in Source.objects.order_by("pk")}


def write(path: Path, text: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")
    return path

"""What bringing files in would do: found out by doing it, and taking it back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from pathlib import Path

from django.db import transaction

from guides.models import Edition, Source

from .bundle import Loaded, load
from .files import BadFile, write_edition
from .reading import Content, read_folder
from .refusals import NotPublishable

#: By slug and language, or under the old addresses of the guides that were renamed.
Texts = Mapping[tuple[str, str], str]


@dataclass(frozen=True, slots=True)
class Planned:
    """What becomes of one text, of the facts of a guide, or of a source: new, changed,
    proposed, left-alone or unchanged. `lines`: how many a text gains or changes."""

    name: str
    outcome: str
    lines: int = 0


@dataclass(frozen=True)
class Plan:
    """In the order of the files. With a reason against it nothing of it would be done."""

    items: list[Planned] = field(default_factory=list)
    reasons: list[str] = field(default_factory=list)


def plan_load(folder: Path) -> Plan:
    """What `bundle.load` would do with that folder; nothing is done."""
    before, sources = newest_texts(), set(Source.objects.values_list("key", flat=True))
    report, reasons = Loaded(), []
    try:
        with transaction.atomic():
            load(folder, report)
            transaction.set_rollback(True)
        content = read_folder(folder)
    except NotPublishable as refused:
        reasons = [str(one) for one in refused.refusals]
        content = read_folder(folder)
    except BadFile as why:
        return Plan(reasons=str(why).splitlines())
    return Plan(items_of(content, report, before, sources), reasons)


def items_of(content: Content, report: Loaded, before: Texts, sources: set[str]) -> list[Planned]:
    done = {*report.published, *report.proposed}
    items = [
        Planned(f"source {key}", "changed" if key in sources else "new") for key in report.sources
    ]
    items += [
        Planned(name, outcome)
        for outcome, names in (
            ("proposed", [one for one in report.proposed if one.startswith("source ")]),
            ("left-alone", report.left_alone),
        )
        for name in names
    ]
    for guide in content.guides:
        for language, text in guide.texts.items():
            name = f"{guide.slug} {language}"
            if name not in done:
                continue
            here = before.get((guide.slug, language))
            outcome = "new" if here is None else "changed"
            outcome = "proposed" if name in report.proposed else outcome
            items.append(Planned(name, outcome, lines_between(here or "", text)))
            done.discard(name)
    # Guides that have another address here.
    known = {one.name for one in items}
    items += [Planned(name, "changed") for name in sorted(done - known)]
    touched = len({one.name for one in items})
    texts = sum(len(guide.texts) for guide in content.guides) + len(content.sources)
    if texts > touched:
        items.append(Planned(str(texts - touched), "unchanged"))
    return items


def newest_texts() -> Texts:
    """Of every guide and language the newest text, as its file would have it. One query."""
    editions = Edition.objects.filter(latest__isnull=False).select_related("guide", "latest")
    editions = editions.defer("parts", "plain", "folded")
    return {
        (one.guide.slug, one.language): write_edition(one.latest.text())
        for one in editions
        if one.latest
    }


def lines_between(before: str, after: str) -> int:
    """By how many lines they differ: of each stretch the longer side."""
    matcher = SequenceMatcher(a=before.splitlines(), b=after.splitlines(), autojunk=False)
    return sum(
        max(end - start, new_end - new_start)
        for tag, start, end, new_start, new_end in matcher.get_opcodes()
        if tag != "equal"
    )

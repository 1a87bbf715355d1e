"""What keeps a revision from going live. Each check answers with refusals, and all are asked."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from guides import credentials
from guides.models import Edition, Guide, OldSlug, Revision
from guides.rendering import Refused, Rendered, compare_editions, is_chinese, parse_blocks

from .facts import present_links
from .refusals import Refusal
from .rendered import Library
from .samples import without_samples

#: Chinese characters that a forwarded card shows of a title; Latin letters are half as wide.
CARD_WIDTH = 24
#: Latin titles get the room of 24 Chinese characters and a little more, since letters vary.
LATIN_CARD_LENGTH = 60
TEXTS = ("title", "card", "summary", "keywords", "when", "body")


@dataclass(frozen=True, slots=True)
class Candidate:
    """A revision that wants to go live, and the source revision it is measured against."""

    revision: Revision
    source: Revision | None

    @property
    def guide(self) -> Guide:
        return self.revision.edition.guide

    @property
    def language(self) -> str:
        return self.revision.edition.language

    def refusal(self, field: str, message: str | Promise, code: str, line: int = 0) -> Refusal:
        return Refusal(self.language, field, message, line, code, self.guide.slug)


def candidates(revisions: Iterable[Revision]) -> list[Candidate]:
    """Each with the source edition's revision: the one that goes live with it, else the live one."""
    together = {(one.edition.guide_id, one.edition.language): one for one in revisions}
    made = []
    for revision in together.values():
        guide = revision.edition.guide
        source = together.get((guide.pk, guide.source_language))
        if source is None:
            edition = Edition.objects.filter(
                guide=guide, language=guide.source_language, live__isnull=False
            ).first()
            source = edition.live.revision if edition and edition.live else None
        is_translation = revision.edition.language != guide.source_language
        made.append(Candidate(revision, source if is_translation else None))
    return made


def check(candidate: Candidate, library: Library) -> tuple[list[Refusal], Rendered | None]:
    """Every refusal of one candidate, and what rendering made of it where it could."""
    rendered, refusals = rendering(candidate, library)
    for ask in (note, texts, card, facts, secrets, translation):
        refusals.extend(ask(candidate))
    return refusals, rendered


def rendering(candidate: Candidate, library: Library) -> tuple[Rendered | None, list[Refusal]]:
    try:
        return library.render(candidate.revision), []
    except Refused as refused:
        return None, [
            candidate.refusal("body", problem.message, problem.code, problem.line)
            for problem in refused.problems
        ]


def note(candidate: Candidate) -> Iterator[Refusal]:
    if not candidate.revision.note.strip():
        yield candidate.refusal(
            "note", _("Say in one sentence what changed and why, for readers."), "no-note"
        )


def texts(candidate: Candidate) -> Iterator[Refusal]:
    wanted = ["title", "card", "summary"]
    if candidate.guide.kind == Guide.Kind.METHOD:
        wanted.append("when")
    for field in wanted:
        if not getattr(candidate.revision, field).strip():
            yield candidate.refusal(
                field, _("This is shown to readers and cannot be empty."), "empty"
            )
    for field in TEXTS[:-1]:
        if "\n" in getattr(candidate.revision, field):
            yield candidate.refusal(field, _("This has to be one line."), "lines")


def width(text: str) -> float:
    """Its width in Chinese characters."""
    return sum(1 if unicodedata.east_asian_width(one) in "WF" else 0.5 for one in text)


def card(candidate: Candidate) -> Iterator[Refusal]:
    text = candidate.revision.card
    if is_chinese(candidate.language) and width(text) > CARD_WIDTH:
        yield candidate.refusal(
            "card", _("A forwarded card shows 24 Chinese characters; shorten this."), "card"
        )
    if not is_chinese(candidate.language) and len(text) > LATIN_CARD_LENGTH:
        yield candidate.refusal(
            "card", _("A forwarded card shows about 60 letters; shorten this."), "card"
        )


def facts(candidate: Candidate) -> Iterator[Refusal]:
    """Facts travel with the source language; a translation needs a guide that is checked."""
    found: Mapping[str, Any] | None = candidate.revision.facts
    if found is None:
        if candidate.guide.checked_on is None and candidate.source is None:
            yield candidate.refusal(
                "checked_on", _("Publish the original language first, or with this one."), "source"
            )
        return
    if not found.get("checked_on"):
        yield candidate.refusal(
            "checked_on", _("On which day was this compared with its sources?"), "not-checked"
        )
    if found.get("kind") == Guide.Kind.METHOD and not found.get("method"):
        yield candidate.refusal("method", _("A method needs its row of facts."), "no-method")
    if found.get("kind") == Guide.Kind.CLAUSE and not found.get("reference"):
        yield candidate.refusal("reference", _("A clause needs its number."), "no-reference")
    named = [slug for slug in (found.get("successor"), *found.get("related", ())) if slug]
    known = set(Guide.objects.filter(slug__in=named).values_list("slug", flat=True))
    known |= set(OldSlug.objects.filter(slug__in=set(named) - known).values_list("slug", flat=True))
    for slug in named:
        if slug not in known:
            field = "successor" if slug == found.get("successor") else "related"
            words = gettext("There is no guide at the address “%(slug)s”.") % {"slug": slug}
            yield candidate.refusal(field, words, "guide")


def secrets(candidate: Candidate) -> Iterator[Refusal]:
    for field in (*TEXTS, "note"):
        text = getattr(candidate.revision, field)
        if field == "body":
            text = without_samples(text, candidate.guide.slug)
        for found in credentials.find(text):
            line = text.count("\n", 0, found.start) + 1 if field == "body" else 0
            yield candidate.refusal(
                field, _("This looks like a secret key; remove it."), "secret", line
            )


def translation(candidate: Candidate) -> Iterator[Refusal]:
    """A translation has the blocks of its source; one that is behind may still be mended as it is."""
    if candidate.source is None:
        return
    own, source = candidate.revision.body, candidate.source.body
    blocks = parse_blocks(own)
    problems = compare_editions(parse_blocks(source), blocks)
    if problems and (present := OldSlug.objects.present()):
        # One of the two may link to a guide by the address that it had before.
        bodies = (present_links(body, present) for body in (source, own))
        problems = compare_editions(*map(parse_blocks, bodies))
    live = candidate.revision.edition.live
    if problems and live and not compare_editions(parse_blocks(live.revision.body), blocks):
        return
    for problem in problems:
        yield candidate.refusal("body", problem.message, problem.code, problem.line)

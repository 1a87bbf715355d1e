"""Translations that their source has left behind: by how much, since when, and where."""

from __future__ import annotations

import datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from guides.models import Edition, Publication, Revision
from guides.rendering import behind, parse_blocks
from guides.rendering.editions import behind_blocks, stretches

from .drafts import digests_of

#: Title, summary and keywords come before the blocks of the text.
HEAD = 3
#: What stands at a paragraph, by the language of the source.
ELSEWHERE = {
    "changed": _("changed in the other language"),
    "gone": _("no longer there in the other language"),
    "more": _("more follows here in the other language"),
}
WORDS = {
    "zh-hans": {
        "changed": _("changed in Chinese"),
        "gone": _("no longer there in Chinese"),
        "more": _("more follows here in Chinese"),
    },
    "en": {
        "changed": _("changed in English"),
        "gone": _("no longer there in English"),
        "more": _("more follows here in English"),
    },
}


def lines_behind(revision: Revision, source: Revision | None) -> dict[int, str]:
    """Words for each line of a translation that this source has left behind, in its language.

    Empty where it is not known which they are: it was never matched with the source, or its
    blocks are not those that it was matched with.
    """
    kept, blocks = revision.source_digests, parse_blocks(revision.body)
    if source is None or kept is None or len(kept) != HEAD + len(blocks):
        return {}
    words = WORDS.get(source.edition.language, ELSEWHERE)
    found: dict[int, str] = {}
    with override(revision.edition.language):
        for place, lag in behind_blocks(kept, digests_of(source)).items():
            at = place - HEAD
            # A note stands in a paragraph above it: what follows the note follows that.
            while lag == "more" and at > 0 and blocks[at].kind == "note":
                at -= 1
            if at >= 0:
                found.setdefault(blocks[at].line, f"[{words[lag]}]")
    return found


def how_far_behind(edition: Edition) -> dict[str, Any] | None:
    """`{"changes": 2, "since": "2026-11-20"}` of a live translation; None where it says what its
    source says, where that is not live, and where nobody ever matched the two."""
    if edition.is_source or edition.live is None:
        return None
    kept = edition.live.revision.source_digests
    guide = edition.guide
    source = (
        Edition.objects.live()
        .select_related("live__revision")
        .filter(guide=guide, language=guide.source_language)
        .first()
    )
    if kept is None or source is None or source.live is None:
        return None
    changes = behind(kept, digests_of(source.live.revision))
    if not changes:
        return None
    return {"changes": changes, "since": since(edition.live.revision, source.live).isoformat()}


def since(revision: Revision, live: Publication) -> datetime.date:
    """The day on which readers first got a source that this translation does not follow, where
    it still does not; `live` is what they get of it now."""
    left: Publication | None = None
    made: Publication | None = None  # as `left`, of a source that was never live as it was matched
    kept = revision.source_digests or []
    open_still = left_behind(kept, live.revision)
    publications = Publication.objects.filter(edition=live.edition_id).select_related("revision")
    for publication in publications.order_by("-pk").iterator(chunk_size=20):
        if not open_still & left_behind(kept, publication.revision):
            made = left
            break
        left = publication
        if publication.published_at >= revision.made_at:
            made = publication
    day = (made or live).published_at
    return timezone.localtime(day, timezone.get_default_timezone()).date()


def left_behind(kept: list[str], source: Revision) -> set[int]:
    """The places of a translation made from `kept` that this source has left behind."""
    return {place for one in stretches(kept, digests_of(source)) for place in one.places}

"""A translation brought up to its source: paragraph by paragraph, or the whole of it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import override

from guides.models import Edition, EditorialEvent, Revision, User
from guides.rendering import parse_blocks
from guides.rendering.editions import Lag, Stretch, stretches

from .drafts import StaleRevision, digests_of, save_draft

#: Older revisions of a source that are searched for a paragraph as it was; a translation that is
#: further behind is told what the source says now.
MOST_REVISIONS = 40


@dataclass(frozen=True, slots=True)
class BlockState:
    """What happened in the source to one block of what a translation was made from.

    `before` is the source's line as it was when last matched, None where it is not known any
    more; `after` what stands there now, several lines where more was added. Either is empty
    where there is none. `revision` is the number of the source's revision that changed it last,
    None where that lies too far back. `together` are the places that are matched at once: one,
    unless the source has not as many lines there as before. `source_places` is where it stands
    in the source now.
    """

    place: int
    lag: Lag
    before: str | None
    after: str
    revision: int | None
    together: tuple[int, ...]
    source_places: tuple[int, ...]


def block_states(translation: Revision, source: Revision) -> Mapping[int, BlockState]:
    """What became, up to this source, of each block that the translation was made from, by its
    place in `source_digests`: title, summary, keywords, then the lines of the text.

    Places that are not behind are not in it, and none is where the two were never matched. One
    query, of at most `MOST_REVISIONS` revisions, and none where nothing is behind.
    """
    kept = translation.source_digests
    if kept is None:
        return {}
    now = Lines.of(source)
    found = stretches(kept, now.digests)
    if not found:
        return {}
    gone = {kept[at] for one in found for at in range(one.start, one.end)}
    come = {now.digests[at] for one in found for at in range(one.live_start, one.live_end)}
    older = History(source, now, gone, come)
    states: dict[int, BlockState] = {}
    for stretch in found:
        for place in stretch.places:
            states.setdefault(place, state(place, stretch, kept, now, older))
    return states


def state(
    place: int, stretch: Stretch, kept: Sequence[str], now: Lines, older: History
) -> BlockState:
    here = now_at(place, stretch)
    before: str | None = ""
    if stretch.lag != "more":
        before = older.texts.get(kept[place])
    changed = [older.began.get(now.digests[at]) for at in here]
    if not here:
        changed = [older.ended.get(kept[place])]
    return BlockState(
        place=place,
        lag=stretch.lag if here else "gone",
        before=before,
        after="\n".join(now.texts[at] for at in here),
        revision=max((one for one in changed if one is not None), default=None),
        together=(place,) if stretch.is_even else tuple(stretch.places),
        source_places=here,
    )


def now_at(place: int, stretch: Stretch) -> tuple[int, ...]:
    """The source's blocks that stand for this place now: one each, and the last has the rest."""
    first = stretch.live_start + max(place - stretch.start, 0)
    last = first + 1 if place + 1 < stretch.end else stretch.live_end
    return tuple(range(first, min(last, stretch.live_end)))


@dataclass(frozen=True, slots=True)
class Lines:
    """The blocks of a revision: the digest and the line of each, title, summary, keywords first."""

    digests: tuple[str, ...]
    texts: tuple[str, ...]

    @classmethod
    def of(cls, revision: Revision) -> Lines:
        blocks = parse_blocks(revision.body)
        head = (revision.title, revision.summary, revision.keywords)
        return cls(
            tuple(digests_of(revision)),
            (*head, *(" ".join(block.source.split()) for block in blocks)),
        )

    def pairs(self) -> Iterable[tuple[str, str]]:
        return zip(self.digests, self.texts, strict=True)


class History:
    """What older revisions of a source said, read backwards from `now`, the newest of them."""

    def __init__(self, source: Revision, now: Lines, gone: set[str], come: set[str]) -> None:
        #: The line of each digest that is `gone`, as it was; what only moved still stands there.
        self.texts = {digest: text for digest, text in now.pairs() if digest in gone}
        #: The revision in which each that has `come` began to stand there, without a break.
        self.began: dict[str, int] = {}
        #: The revision that first went without what is gone.
        self.ended: dict[str, int] = {}
        missing, standing = gone - self.texts.keys(), set(come)
        later = source
        for revision in older_than(source):
            found = dict(Lines.of(revision).pairs())
            for digest in missing & found.keys():
                self.texts[digest] = found[digest]
                self.ended[digest] = later.number
            for digest in standing - found.keys():
                self.began[digest] = later.number
            missing -= found.keys()
            standing &= found.keys()
            if not missing and not standing:
                return
            later = revision


def older_than(source: Revision) -> Iterable[Revision]:
    older = Revision.objects.filter(edition=source.edition_id, number__lt=source.number)
    return older.only("number", "title", "summary", "keywords", "body").order_by("-number")[
        :MOST_REVISIONS
    ]


@transaction.atomic
def match_translation(
    *,
    edition: Edition,
    by: User | None,
    places: Collection[int] | None,
    affects: bool,
    made_from: int,
    source_number: int | None = None,
) -> Revision:
    """The same text once more, said to follow the newest text of its source: at these places of
    `source_digests`, or at all of them; the others stay as far behind as they were.

    `affects` says whether the translation was brought along; otherwise the change of the source
    does not concern it. `made_from` is the number of the revision that the page showed, and
    `source_number` that of the source that was compared with; with a newer one there,
    `StaleRevision` is raised and nothing is written. Where nothing of it is behind, the newest
    revision is the answer and nothing is written. Raises `ValueError` in a source language.
    Publishing it is another step.
    """
    edition = Edition.objects.select_related("guide", "latest", "live__revision").get(pk=edition.pk)
    if edition.is_source:
        raise ValueError("a source follows nothing")
    latest, source = edition.latest, newest_source(edition)
    if latest is None:
        raise ValueError("there is no translation yet")
    if latest.number != made_from:
        raise StaleRevision(latest)
    if source_number is not None and source.number != source_number:
        raise StaleRevision(source)
    wanted = matched(latest.source_digests, digests_of(source), places)
    if wanted is None or wanted == latest.source_digests:
        return latest
    revision = save_draft(
        guide=edition.guide,
        language=edition.language,
        by=by,
        text=latest.text(),
        made_from=made_from,
        source_digests=wanted,
        **note_of(edition, latest, affects),
    )
    kind = EditorialEvent.Kind.MATCHED if affects else EditorialEvent.Kind.UNAFFECTED
    EditorialEvent.objects.create(
        kind=kind,
        about=edition.guide.slug,
        language=edition.language,
        by=by,
        details={
            "revision": revision.number,
            "source": source.number,
            "blocks": None if places is None else len(set(places)),
        },
    )
    return revision


def newest_source(edition: Edition) -> Revision:
    """What its source says now, live or not: the text that lies beside it on the desk."""
    source = Edition.objects.select_related("latest").get(
        guide=edition.guide_id, language=edition.guide.source_language
    )
    if source.latest is None:
        raise ValueError("there is no source yet")
    return source.latest


def matched(
    kept: Sequence[str] | None, live: Sequence[str], places: Collection[int] | None
) -> list[str] | None:
    """The digests that a translation made from `kept` has after it was matched at these places
    with `live`; None where it is not known what it was made from, and not all of it is matched.

    Where the source has not as many lines as before, the lines of that stretch go together.
    """
    if places is None:
        return list(live)
    if kept is None:
        return None
    made, end = [], 0
    for stretch in stretches(kept, live):
        made += [*kept[end : stretch.start], *brought_along(kept, live, stretch, places)]
        end = stretch.end
    return [*made, *kept[end:]]


def brought_along(
    kept: Sequence[str], live: Sequence[str], stretch: Stretch, places: Collection[int]
) -> Sequence[str]:
    if not stretch.is_even:
        is_wanted = any(place in places for place in stretch.places)
        return (
            live[stretch.live_start : stretch.live_end]
            if is_wanted
            else kept[stretch.start : stretch.end]
        )
    return [
        live[stretch.live_start + at - stretch.start] if at in places else kept[at]
        for at in stretch.places
    ]


def note_of(edition: Edition, latest: Revision, affects: bool) -> dict[str, Any]:
    """What readers are told. A text that was changed keeps the note of its draft; one that stays
    as it is live says so by itself."""
    live = edition.live.revision if edition.live else None
    is_as_live = live is not None and latest.text() == live.text()
    if not is_as_live or (latest != live and latest.note):
        return {
            "note": latest.note,
            "is_minor": latest.is_minor,
            "corrects_report": latest.corrects_report,
        }
    with override(edition.language):
        note = (
            _("Compared with the other language; this text stays.")
            if affects
            else _("Compared with the other language: its change does not concern this text.")
        )
    return {"note": note, "is_minor": True}

"""What a translation has not followed yet, beside the blocks it is about, and saying that it has."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from django.contrib import messages
from django.core.exceptions import SuspiciousOperation
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from guides.differences import Line, Piece, compare
from guides.models import Revision
from guides.publishing import BlockState, StaleRevision, block_states, digests_of, match_translation
from guides.rendering import behind, parse_blocks

from .column import Column
from .page import Page
from .rows import HEAD, Cell, Row

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

#: The fields of the first digests: what stands above the text and has a source as well.
HEADS = ("title", "summary", "keywords")
#: Unchanged words around a change; longer ones are cut.
AROUND = 18
CUT = "……"

_HAPPENED: Mapping[str, StrOrPromise] = {
    "changed": gettext_lazy("The source changed here; the old translation stays."),
    "gone": gettext_lazy("The source no longer says this; the translation still does."),
    "more": gettext_lazy("The source added this; there is no translation of it yet."),
    "translated": gettext_lazy("The source added this; see whether its translation here is right."),
}
_UNAFFECTED: Mapping[str, StrOrPromise] = {
    "en": gettext_lazy("Does not concern the English"),
    "zh-hans": gettext_lazy("Does not concern the Chinese"),
}
_ALL_UNAFFECTED: Mapping[str, StrOrPromise] = {
    "en": gettext_lazy("None of it concerns the English"),
    "zh-hans": gettext_lazy("None of it concerns the Chinese"),
}
_CHANGED_IN: Mapping[str, tuple[StrOrPromise, StrOrPromise]] = {
    "changed": (gettext_lazy("Revision %(number)s changed:"), gettext_lazy("Changed:")),
    "gone": (gettext_lazy("Revision %(number)s took away:"), gettext_lazy("Taken away:")),
    "more": (gettext_lazy("Revision %(number)s added:"), gettext_lazy("Added:")),
}


@dataclass(frozen=True, slots=True)
class Sign:
    """One block that is behind: what its source said, what it says, and the words for both."""

    language: str
    source_language: str
    state: BlockState
    lines: Sequence[Line]
    #: Where it stands in the text, from 0; None in the fields above, and where nobody knows.
    at: int | None
    #: Beside the source stands the difference, beside the translation what can be done.
    is_source: bool = False
    is_translated: bool = False

    @property
    def happened(self) -> StrOrPromise:
        is_new = self.state.lag == "more" and self.is_translated
        return _HAPPENED["translated" if is_new else self.state.lag]

    @property
    def unaffected(self) -> StrOrPromise:
        return _UNAFFECTED[self.language]

    @property
    def changed_in(self) -> str:
        with_number, without = _CHANGED_IN[self.state.lag]
        if self.state.revision is None:
            return str(without)
        return str(with_number) % {"number": self.state.revision}

    @property
    def which(self) -> str:
        """What the buttons send: the language, and the place among what it was made from."""
        return f"{self.language}:{self.state.place}"

    @property
    def count(self) -> int:
        """How many blocks are matched at once."""
        together = self.state.source_places if self.state.lag == "more" else self.state.together
        return len(together)


@dataclass(frozen=True, slots=True)
class Lagging:
    """A translation that does not follow the newest text of its source. `elsewhere` are the
    blocks that have no field of their own on the page."""

    column: Column
    changes: int
    elsewhere: Sequence[Sign]
    #: The number of the source's draft that it is compared with; None where that is live.
    draft: int | None = None

    @property
    def unaffected(self) -> StrOrPromise:
        return _ALL_UNAFFECTED[self.column.language]


def show_behind(page: Page) -> list[Lagging]:
    """Put beside each field what its source did since; which translations are behind at all."""
    source = page.source.latest
    found = []
    for column in page.translations:
        if source is None or column.seen is None or column.seen.source_digests is None:
            continue
        changes = behind(column.seen.source_digests, digests_of(source))
        if changes:
            signs = signs_of(column, column.seen, source)
            elsewhere = [one for one in signs if not put(page, one)]
            draft = source.number if page.source.has_draft else None
            found.append(Lagging(column, changes, elsewhere, draft))
    return found


def signs_of(column: Column, seen: Revision, source: Revision) -> list[Sign]:
    count = len(parse_blocks(column.body))
    assert seen.source_digests is not None
    was, now = len(seen.source_digests) - HEAD, len(parse_blocks(source.body))
    made = []
    for state in block_states(seen, source).values():
        at = standing(state, was=was, now=now, count=count)
        is_there = at is not None and at < count
        made.append(
            Sign(
                language=column.language,
                source_language=column.guide.source_language,
                state=state,
                lines=difference(state),
                at=at if is_there else None,
            )
        )
    return made


def standing(state: BlockState, *, was: int, now: int, count: int) -> int | None:
    """Which block of a translation a change of its source is about: as long as it has the blocks
    it was made from, that of the same place; once it has those of the source, that one."""
    if count == was:
        return max(state.place - HEAD, 0) if state.place >= HEAD else None
    if count == now and state.source_places and state.source_places[0] >= HEAD:
        return state.source_places[0] - HEAD
    return None


def put(page: Page, sign: Sign) -> bool:
    """Beside its field, and the difference beside that of the source; False where there is none."""
    languages = [column.language for column in page.columns]
    if sign.state.place < HEAD:
        name = HEADS[sign.state.place]
        for language in {sign.language, page.source.language}:
            form = page.columns[languages.index(language)].form
            if name in form.fields:
                add(form[name], replace(sign, is_source=language != sign.language))
        return True
    rows = new_rows(page, sign) or [(row, sign) for row in rows_of(page, sign)]
    for row, told in rows:
        ours, theirs = row.cells[languages.index(sign.language)], row.cells[0]
        told = replace(told, is_translated=bool(ours.text.strip()))
        ours.behind = [*(ours.behind or ()), told]
        theirs.behind = [*(theirs.behind or ()), replace(told, is_source=True)]
    return bool(rows)


def new_rows(page: Page, sign: Sign) -> list[tuple[Row, Sign]]:
    """Where the source added something: the rows of what it added, each with its line."""
    source = page.source.latest
    if page.is_whole or sign.state.lag != "more" or source is None:
        return []
    if page.source.body != source.body:
        return []  # other places than those of the text that is shown
    rows = {row.cells[0].place: row for row in page.rows if row.cells[0].place is not None}
    added = zip(sign.state.source_places, sign.lines, strict=True)
    return [
        (rows[place - HEAD], replace(sign, lines=[line]))
        for place, line in added
        if place - HEAD in rows
    ]


def heads_behind(page: Page) -> set[str]:
    """The fields above the text beside which `show_behind` put something."""
    columns = [column.form for column in page.columns]
    return {
        name
        for name in HEADS
        for form in columns
        if name in form.fields and getattr(form[name], "behind", ())
    }


def add(field: object, sign: Sign) -> None:
    field.behind = [*getattr(field, "behind", ()), sign]  # type: ignore[attr-defined]


def rows_of(page: Page, sign: Sign) -> list[Row]:
    """The row with the field that holds this block; a field may hold several."""
    if page.is_whole or sign.at is None:
        return []
    before: Row | None = None
    for row in page.rows:
        cell: Cell = next(one for one in row.cells if one.language == sign.language)
        if cell.place is not None and cell.place > sign.at:
            break
        before = row if cell.place is not None else before
    return [before] if before else []


def difference(state: BlockState) -> Sequence[Line]:
    """What the source said and says now, without the long parts that stayed."""
    if state.before is None:
        return ()
    if state.before and state.after:
        lines = compare(state.before, state.after)
    else:
        kind = "added" if state.after else "taken"
        text = state.after or state.before
        lines = tuple(Line(None, (Piece(kind, one),)) for one in text.split("\n"))
    return [Line(line.number, shortened(line.pieces)) for line in lines]


def shortened(pieces: Sequence[Piece]) -> tuple[Piece, ...]:
    """The pieces of a line, of the unchanged ones what stands next to a change."""
    made = []
    for at, piece in enumerate(pieces):
        text = piece.text
        head = "" if at == 0 else text[:AROUND]
        tail = "" if at == len(pieces) - 1 else text[-AROUND:]
        if piece.kind == "same" and len(text) > len(head + tail) + len(CUT):
            piece = Piece("same", f"{head}{CUT}{tail}")
        made.append(piece)
    return tuple(made)


# --- Matching -----------------------------------------------------------------------------------


def match(request: HttpRequest, page: Page, which: str, *, affects: bool) -> None:
    """Say that a block, or all of a translation, follows its source: `which` is "en:5" or
    "en:all". What was typed is saved before; what happened is told as a message."""
    language, _colon, place = which.partition(":")
    column = next((one for one in page.translations if one.language == language), None)
    is_place = place.isascii() and place.isdigit() and len(place) < 6
    if column is None or column.edition is None or not (is_place or place == "all"):
        raise SuspiciousOperation("no such block")
    if column.latest is None or page.source.seen is None:
        raise SuspiciousOperation("there is no translation of it")
    try:
        revision = match_translation(
            edition=column.edition,
            by=request.user,
            places=[int(place)] if is_place else None,
            affects=affects,
            made_from=column.made_from,
            source_number=page.source.made_from,
        )
    except StaleRevision:
        messages.warning(
            request,
            _("Somebody saved a newer text meanwhile, so nothing was matched. Look at it first."),
        )
        return
    if revision.number == column.made_from:
        messages.info(request, _("Nothing was behind there."))
        return
    column.renew(revision)
    values = {"language": column.name, "number": revision.number}
    words = (
        _("%(language)s follows its source there: draft %(number)s. Readers see it once published.")
        if affects
        else _("The change does not concern %(language)s: draft %(number)s. Readers see it once published.")
    )  # fmt: skip
    messages.success(request, words % values)

"""The blocks of a guide level with each other: a row for each, in every language a field."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from itertools import zip_longest
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext_lazy as _

from guides.rendering import Block, parse_blocks

from .blocks import Piece, lines_of, split

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

#: What an editor calls each kind of block.
KINDS: Mapping[str, StrOrPromise] = {
    "heading": _("Part title"),
    "paragraph": _("Paragraph"),
    "item": _("List item"),
    "number": _("Numbered item"),
    "quote": _("Quotation"),
    "head": _("Table head"),
    "row": _("Table row"),
    "task": _("To do"),
    "answer": _("Answer"),
    "fine": _("Example: fine"),
    "care": _("Example: care"),
    "never": _("Example: never"),
    "stop": _("Stop sign"),
    "stuck": _("If stuck"),
    "note": _("Side note"),
    "picture": _("Picture"),
    "unknown": _("Not understood"),
    "": _("New"),
}
#: Characters of text that fit on one line of a field, a Chinese one counting for two.
LINE = 44
#: Digests of title, summary and keywords come before those of the blocks.
HEAD = 3

#: Each row has, for each language, what its field holds; None where nothing stands there.
Pieces = list[list[Piece | None]]


@dataclass
class Cell:
    """One field. `line` and `last` are the lines of the text it holds, from 1, and `place` the
    place of its block among all of them; both are 0 and None in an empty field.

    `behind` and `advice` are for what others have to say at this place.
    """

    language: str
    number: int
    text: str
    gap: int | None
    line: int = 0
    last: int = 0
    place: int | None = None
    errors: list[Any] = field(default_factory=list)
    behind: Any = None
    advice: list[Any] = field(default_factory=list)

    @property
    def id(self) -> str:
        return f"id_{self.language}-block-{self.number}"

    @property
    def rows(self) -> int:
        """How many lines of a field its text fills, about."""
        return sum(1 + width(line) // LINE for line in self.text.split("\n"))


@dataclass
class Row:
    """One block in every language; `part` is the title of the part that it stands in."""

    number: int
    kind: str
    part: str
    cells: list[Cell]

    @property
    def is_behind(self) -> bool:
        """Whether a translation in it has not followed its source."""
        return any(cell.behind for cell in self.cells)

    @property
    def name(self) -> StrOrPromise:
        return KINDS.get(self.kind, KINDS["unknown"])


def width(text: str) -> int:
    return sum(2 if one > "\u2e7f" else 1 for one in text)


def aligned(bodies: Sequence[str], made_from: Sequence[Sequence[str] | None]) -> Pieces:
    """The pieces of each text beside those of the first, which is their source.

    Where the kinds of both are the same, each stands beside its like. Otherwise what a
    translation was made from says so: `made_from` has the digests of the source's blocks, one
    for each block of that translation. Without them kinds and ids are compared.
    """
    rows: Pieces = [[piece] for piece in split(bodies[0])]
    for body, digests in zip(bodies[1:], made_from[1:], strict=True):
        ours, theirs = keys(bodies[0], body, digests)
        rows = beside(rows, ours, split(body), theirs)
    return rows


def keys(
    source: str, translation: str, digests: Sequence[str] | None
) -> tuple[list[str], list[str]]:
    """For each block of both a word that is the same where they belong together."""
    ours, theirs = parse_blocks(source), parse_blocks(translation)
    kinds = [f"{one.depth} {one.kind}" for one in ours]
    if kinds == [f"{one.depth} {one.kind}" for one in theirs]:
        return kinds, kinds
    if digests is not None and len(digests) == len(theirs):
        return [one.digest for one in ours], list(digests)
    return [named(one) for one in ours], [named(one) for one in theirs]


def named(block: Block) -> str:
    return f"{block.depth} {block.kind} {block.id}"


def beside(
    rows: Pieces, ours: Sequence[str], pieces: Sequence[Piece], theirs: Sequence[str]
) -> Pieces:
    """The rows with one field more; what belongs to none of them gets a row of its own."""
    count = len(rows[0]) if rows else 1
    places = [at for at, row in enumerate(rows) if row[0] is not None][: len(ours)]
    made: Pieces = []
    done = 0
    matcher = SequenceMatcher(a=ours, b=theirs, autojunk=False)
    for _tag, _start, end, other_start, other_end in matcher.get_opcodes():
        upto = places[end] if end < len(places) else len(rows)
        for row, piece in zip_longest(rows[done:upto], pieces[other_start:other_end]):
            made.append([*(row or [None] * count), piece])
        done = upto
    # A text without a block is one field.
    for row, piece in zip_longest(rows[done:], pieces[len(theirs) :]):
        made.append([*(row or [None] * count), piece])
    return made


def zipped(columns: Sequence[Sequence[Piece]]) -> Pieces:
    """The fields of each language beside each other, in the order they came in."""
    return [list(row) for row in zip_longest(*columns)]


def sent_rows(rows: Pieces) -> Pieces:
    """Rows as a form sends them, with one for each block that somebody typed into one field."""
    made: Pieces = []
    for row in rows:
        parts = [pieces_of(piece) for piece in row]
        made += [list(each) for each in zip_longest(*parts)]
    return made


def pieces_of(piece: Piece | None) -> list[Piece | None]:
    if piece is None or piece.is_empty:
        return [piece]
    first, *rest = split(piece.text)
    above = None if piece.gap is None and not first.gap else (piece.gap or 0) + (first.gap or 0)
    return [Piece(first.text, above), *(Piece(one.text, one.gap or None) for one in rest)]


def laid_out(pieces: Pieces, languages: Sequence[str], bodies: Sequence[str]) -> list[Row]:
    """The rows of a page. Empty rows stay; without any there is one to begin in."""
    rows: list[Row] = []
    cells = [Cells(language, body) for language, body in zip(languages, bodies, strict=True)]
    part = ""
    for number, row in enumerate(pieces or [[None] * len(cells)], 1):
        made = [one.cell(number, piece) for one, piece in zip(cells, row, strict=True)]
        blocks = [block for block, _cell in made if block is not None]
        block = blocks[0] if blocks else None
        if block is not None and block.kind == "heading":
            part = block.text
        rows.append(Row(number, block.kind if block else "", part, [cell for _b, cell in made]))
    return rows


class Cells:
    """The fields of one language, told one after the other where they stand in its text."""

    def __init__(self, language: str, body: str) -> None:
        self.language = language
        self.lines = iter(at for at, line in enumerate(lines_of(body), 1) if line.strip())
        self.blocks = {block.line: (at, block) for at, block in enumerate(parse_blocks(body))}

    def cell(self, number: int, piece: Piece | None) -> tuple[Block | None, Cell]:
        if piece is None:
            return None, Cell(self.language, number, "", None)
        filled = [line for line in lines_of(piece.text) if line.strip()]
        lines = [line for _text, line in zip(filled, self.lines, strict=False)]
        found = [self.blocks[line] for line in lines if line in self.blocks]
        place, block = found[0] if found else (None, None)
        cell = Cell(self.language, number, piece.text, piece.gap, place=place)
        if lines:
            cell.line, cell.last = lines[0], lines[-1]
        return block, cell


# --- Where no script moves them -----------------------------------------------------------------


def rearranged(rows: Pieces, act: str, at: int) -> Pieces:
    """The rows after one was added below that number, moved or taken away; rows count from 1.

    Empty lines around what moved are counted anew.
    """
    made = [list(row) for row in rows]
    if act == "add":
        made.insert(at, [Piece("")] * len(made[0] if made else ()))
    elif act == "drop" and 1 <= at <= len(made):
        del made[at - 1]
        forget_gaps(made, at - 1, at)
    elif act in ("up", "down"):
        first = at - 1 if act == "up" else at
        if 1 <= first < len(made):
            made[first - 1], made[first] = made[first], made[first - 1]
            forget_gaps(made, first - 1, first + 2)
    return made


def forget_gaps(rows: Pieces, start: int, end: int) -> None:
    for row in rows[start:end]:
        row[:] = [piece and Piece(piece.text) for piece in row]


ACTS = ("add", "drop", "up", "down")

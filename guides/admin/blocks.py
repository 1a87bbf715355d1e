"""A text as fields, one a block, and the fields as a text again: nothing is lost on the way."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import zip_longest

from guides.rendering import parse_blocks
from guides.rendering.blocks import VERDICTS

#: More empty lines than this between two blocks mean no more to anybody.
MOST_EMPTY = 99
#: Kinds that stand line under line; between any others is an empty one.
TOGETHER = {"item", "number", "task", "answer", "example", "table"}


@dataclass(frozen=True, slots=True)
class Piece:
    """What one field holds: a line, or several where somebody typed them, and how many empty
    lines stand above it; None where its kind is to say."""

    text: str
    gap: int | None = None

    @property
    def is_empty(self) -> bool:
        return not self.text.strip()


def split(body: str) -> list[Piece]:
    """A piece for each block, in their order. The rule of a table, which is none, stays in the
    field of the line above it."""
    pieces: list[Piece] = []
    gap = blocks = 0
    known = {block.line for block in parse_blocks(body)}
    for number, line in enumerate(lines_of(body), 1):
        if not line.strip():
            gap += 1
            continue
        if pieces and (number not in known or not blocks):
            last = pieces.pop()
            pieces.append(Piece(last.text + "\n" * (gap + 1) + line, last.gap))
        else:
            pieces.append(Piece(line, gap))
        blocks += number in known
        gap = 0
    return pieces


def join(pieces: Sequence[Piece]) -> str:
    """The text of these fields. An emptied one goes away; one that holds several lines becomes
    as many blocks; nothing follows the last line."""
    made: list[str] = []
    owed = 0  # above fields that were emptied
    for piece in pieces:
        if piece.is_empty:
            owed = max(owed, piece.gap or 0)
            continue
        gap, inner = piece.gap, 0
        for line in lines_of(piece.text):
            if not line.strip():
                inner += 1
                continue
            if not made:
                above = (pieces[0].gap or 0) + inner
            elif gap is None:
                above = max(fitting(made[-1], line), owed, inner)
            else:
                above = max(apart(made[-1], line), owed, gap) + inner
            made += [""] * min(above, MOST_EMPTY) + [line]
            gap, owed, inner = None, 0, 0
    return "\n".join(made)


def from_fields(texts: Iterable[str], gaps: Iterable[str]) -> list[Piece]:
    """The pieces that a form sends."""
    return [
        Piece((text or "").replace("\r\n", "\n"), number(gap))
        for text, gap in zip_longest(texts, gaps)
        if text is not None
    ]


def number(gap: str | None) -> int | None:
    if gap and gap.isascii() and gap.isdigit() and len(gap) < 4:
        return min(int(gap), MOST_EMPTY)
    return None


def lines_of(text: str) -> list[str]:
    return text.replace("\r\n", "\n").split("\n")


def fitting(above: str, line: str) -> int:
    """How many empty lines belong between two lines: none inside a list, a table or a box."""
    if line.startswith(" "):
        return 0
    kind = kind_of(line)
    return 0 if kind in TOGETHER and kind == kind_of(above) else 1


def apart(above: str, line: str) -> int:
    """How many empty lines have to be between two blocks: a paragraph is never a part of what
    stands above it, unless that is the title of its part."""
    if line.startswith(" ") or kind_of(line) != "paragraph":
        return 0
    return 0 if kind_of(above) == "heading" else 1


def kind_of(line: str) -> str:
    """What a line is by itself; the lines of a table and all examples are of one kind."""
    found = parse_blocks(line)
    kind = found[0].kind if found else "rule"
    if kind in ("head", "row", "rule"):
        return "table"
    return "example" if kind in VERDICTS else kind

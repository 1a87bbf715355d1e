"""Two texts, and what changed from one to the other: by character in Chinese, by word in Latin."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import groupby, zip_longest
from typing import Literal

Kind = Literal["same", "added", "taken"]

#: A Latin word or number is one token, and so is every other character by itself.
_TOKEN = re.compile(r"[A-Za-z0-9À-ɏ]+(?:['’-][A-Za-z0-9À-ɏ]+)*|\s+|.", re.DOTALL)
#: Lines that share less than this are two lines, not one that changed.
_ALIKE = 0.35
#: Unchanged lines left around a change; longer runs of them are folded.
_AROUND = 1
#: Fewer than these are shown as they are.
_FOLD_FROM = 4


@dataclass(frozen=True, slots=True)
class Piece:
    kind: Kind
    text: str


@dataclass(frozen=True, slots=True)
class Line:
    """One line with its pieces in reading order. `number` counts in the later text, from 1; it
    is None where the line is gone from there."""

    number: int | None
    pieces: tuple[Piece, ...]

    @property
    def is_changed(self) -> bool:
        return any(piece.kind != "same" for piece in self.pieces)


@dataclass(frozen=True, slots=True)
class Run:
    """Lines that stand together. A folded one has not changed, nor have its neighbours."""

    lines: tuple[Line, ...]
    is_folded: bool


def compare(before: str, after: str) -> tuple[Line, ...]:
    """Every line of both texts in order, each with what was added to it and taken from it."""
    ours, theirs = before.split("\n"), after.split("\n")
    matcher = SequenceMatcher(a=ours, b=theirs, autojunk=False)
    lines: list[Line] = []
    for tag, from_, to, first, last in matcher.get_opcodes():
        if tag == "equal":
            lines += [_whole("same", theirs[at], at + 1) for at in range(first, last)]
        else:
            lines += _replaced(ours[from_:to], theirs[first:last], first + 1)
    return tuple(lines)


def folded(lines: Sequence[Line]) -> tuple[Run, ...]:
    """The same lines, long unchanged runs set apart so that a page can fold them."""
    near = {
        at + step
        for at, line in enumerate(lines)
        if line.is_changed
        for step in range(-_AROUND, _AROUND + 1)
    }
    runs: list[Run] = []
    for is_near, group in groupby(enumerate(lines), key=lambda each: each[0] in near):
        together = tuple(line for _at, line in group)
        runs.append(Run(together, is_folded=not is_near and len(together) >= _FOLD_FROM))
    return tuple(runs)


def _whole(kind: Kind, text: str, number: int | None) -> Line:
    return Line(number, (Piece(kind, text),))


def _replaced(before: Sequence[str], after: Sequence[str], number: int) -> Iterator[Line]:
    for step, (old, new) in enumerate(zip_longest(before, after)):
        if new is None:
            yield _whole("taken", old, None)
        elif old is None:
            yield _whole("added", new, number + step)
        else:
            pieces = _pieces(old, new)
            if pieces:
                yield Line(number + step, pieces)
            else:
                yield _whole("taken", old, None)
                yield _whole("added", new, number + step)


def _pieces(old: str, new: str) -> tuple[Piece, ...]:
    """The pieces of one line that changed; none where the two are hardly alike."""
    ours, theirs = _TOKEN.findall(old), _TOKEN.findall(new)
    matcher = SequenceMatcher(a=ours, b=theirs, autojunk=False)
    if matcher.real_quick_ratio() < _ALIKE or matcher.ratio() < _ALIKE:
        return ()
    pieces: list[Piece] = []
    for tag, from_, to, first, last in matcher.get_opcodes():
        if tag == "equal":
            pieces.append(Piece("same", "".join(theirs[first:last])))
            continue
        if to > from_:
            pieces.append(Piece("taken", "".join(ours[from_:to])))
        if last > first:
            pieces.append(Piece("added", "".join(theirs[first:last])))
    return tuple(pieces)

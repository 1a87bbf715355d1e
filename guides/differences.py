"""Two texts, and what changed from one to the other: by character in Chinese, by word in Latin."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import groupby, zip_longest
from typing import Literal, TypeAlias

Kind = Literal["same", "added", "taken"]
#: As SequenceMatcher has them: what became of ours[from:to], which is theirs[first:last] now.
Opcode: TypeAlias = tuple[str, int, int, int, int]

#: A Latin word or number is one token, and so is every other character by itself.
_TOKEN = re.compile(r"[A-Za-z0-9À-ɏ]+(?:['’-][A-Za-z0-9À-ɏ]+)*|\s+|.", re.DOTALL)
#: Lines that share less than this are two lines, not one that changed.
_ALIKE = 0.35
#: Steps that one comparison may take, about half a second: six hundred words written anew on one
#: line. A character repeated ten thousand times, or as many in pairs turned round, takes more.
_MOST_STEPS = 500_000
#: Of all pairs of tokens, every how manieth counts as a step beside those of equal ones.
_FAR_APART = 20
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
    """Every line of both texts in order, each with what was added to it and taken from it.

    Where that would take too long, what differs is told less finely: whole lines, or all between
    the first and the last that differ.
    """
    ours, theirs = before.split("\n"), after.split("\n")
    left = _Left(_MOST_STEPS)
    lines: list[Line] = []
    for tag, from_, to, first, last in left.opcodes(ours, theirs) or _around(ours, theirs):
        if tag == "equal":
            lines += [_whole("same", theirs[at], at + 1) for at in range(first, last)]
        else:
            lines += _replaced(ours[from_:to], theirs[first:last], first + 1, left)
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


class _Left:
    """What one comparison may still take: its time grows with the pairs of equal tokens, and with
    the length of both where all that is equal lies in small pieces."""

    def __init__(self, steps: int) -> None:
        self.steps = steps

    def opcodes(
        self, ours: Sequence[str], theirs: Sequence[str], alike: float = 0
    ) -> Sequence[Opcode] | None:
        """What makes theirs of ours; none where they share less than `alike`. None: too much."""
        known = Counter(theirs)
        steps = sum(count * known[token] for token, count in Counter(ours).items())
        steps += len(ours) * len(theirs) // _FAR_APART
        if steps > self.steps:
            return None
        self.steps -= steps
        matcher = SequenceMatcher(a=ours, b=theirs, autojunk=False)
        if alike and (matcher.real_quick_ratio() < alike or matcher.ratio() < alike):
            return []
        return matcher.get_opcodes()


def _around(ours: Sequence[str], theirs: Sequence[str]) -> Iterator[Opcode]:
    """The same beginning, what differs as a whole, the same end."""
    most = min(len(ours), len(theirs))
    begin = next((at for at in range(most) if ours[at] != theirs[at]), most)
    end = next((at for at in range(most - begin) if ours[-1 - at] != theirs[-1 - at]), most - begin)
    yield "equal", 0, begin, 0, begin
    if end < len(ours) - begin or end < len(theirs) - begin:
        yield "replace", begin, len(ours) - end, begin, len(theirs) - end
    yield "equal", len(ours) - end, len(ours), len(theirs) - end, len(theirs)


def _replaced(
    before: Sequence[str], after: Sequence[str], number: int, left: _Left
) -> Iterator[Line]:
    for step, (old, new) in enumerate(zip_longest(before, after)):
        if new is None:
            yield _whole("taken", old, None)
        elif old is None:
            yield _whole("added", new, number + step)
        elif old == new:  # between lines of which there were too many
            yield _whole("same", new, number + step)
        else:
            pieces = _pieces(old, new, left)
            if pieces:
                yield Line(number + step, pieces)
            else:
                yield _whole("taken", old, None)
                yield _whole("added", new, number + step)


def _pieces(old: str, new: str, left: _Left) -> tuple[Piece, ...]:
    """The pieces of one line that changed; none where the two are hardly alike."""
    ours, theirs = _TOKEN.findall(old), _TOKEN.findall(new)
    opcodes = left.opcodes(ours, theirs, _ALIKE)
    if opcodes is None:
        opcodes = list(_around(ours, theirs))
    pieces: list[Piece] = []
    for tag, from_, to, first, last in opcodes:
        if tag == "equal":
            pieces.append(Piece("same", "".join(theirs[first:last])))
            continue
        if to > from_:
            pieces.append(Piece("taken", "".join(ours[from_:to])))
        if last > first:
            pieces.append(Piece("added", "".join(theirs[first:last])))
    return tuple(piece for piece in pieces if piece.text)

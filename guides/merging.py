"""Two texts made from the same one, put together line by line."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher


@dataclass(frozen=True, slots=True)
class Merged:
    """`is_clean`: nowhere did both change the same lines; where they did, mine stand here."""

    text: str
    is_clean: bool


@dataclass(frozen=True, slots=True)
class _Change:
    """before[first:last] became these lines."""

    first: int
    last: int
    lines: tuple[str, ...]


def merge(before: str, mine: str, theirs: str) -> Merged:
    """The text with what both changed since `before`."""
    base = before.split("\n")
    sides = [_changes(base, mine.split("\n")), _changes(base, theirs.split("\n"))]
    made: list[str] = []
    at, is_clean = 0, True
    while any(sides):
        first, last, ours, others = _together(sides)
        made += base[at:first]
        old = base[first:last]
        my_lines, their_lines = _applied(old, ours, first), _applied(old, others, first)
        if my_lines == old:
            my_lines = their_lines
        elif their_lines not in (old, my_lines):
            is_clean = False
        made += my_lines
        at = last
    return Merged("\n".join(made + base[at:]), is_clean)


def _changes(base: Sequence[str], text: Sequence[str]) -> list[_Change]:
    opcodes = SequenceMatcher(a=base, b=text, autojunk=False).get_opcodes()
    return [
        _Change(first, last, tuple(text[begin:end]))
        for tag, first, last, begin, end in opcodes
        if tag != "equal"
    ]


def _together(sides: Sequence[list[_Change]]) -> tuple[int, int, list[_Change], list[_Change]]:
    """The next changes that touch each other, taken from both sides, and the lines they span."""
    first = min(side[0].first for side in sides if side)
    last = first
    found: tuple[list[_Change], list[_Change]] = ([], [])
    has_grown = True
    while has_grown:
        has_grown = False
        for side, taken in zip(sides, found, strict=True):
            while side and side[0].first <= last:
                change = side.pop(0)
                taken.append(change)
                last = max(last, change.last)
                has_grown = True
    return first, last, *found


def _applied(old: Sequence[str], changes: Sequence[_Change], begin: int) -> list[str]:
    """Those lines, which begin at that place, with these changes."""
    made: list[str] = []
    at = begin
    for change in changes:
        made += old[at - begin : change.first - begin]
        made += change.lines
        at = change.last
    return made + list(old[at - begin :])

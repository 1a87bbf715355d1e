"""Where a word too long for its column may be broken: nothing is added to the text itself."""

from __future__ import annotations

import re

#: Words of fewer bytes fit every column.
LONG_WORD = 22
EVERY = 8

_WORD = re.compile(r"[^\s\u2E80-\U0003FFFF]+")
_AFTER = re.compile(r"(?<=[@._/\-])")


def broken(text: str) -> list[str]:
    """The text in pieces; between two of them a line may end. They join to the same text."""
    pieces = [""]
    at = 0
    for match in _WORD.finditer(text):
        word = match[0]
        if len(word.encode()) < LONG_WORD:
            continue
        pieces[-1] += text[at : match.start()]
        first, *rest = _parts(word)
        pieces[-1] += first
        pieces += rest
        at = match.end()
    pieces[-1] += text[at:]
    return pieces


def _parts(word: str) -> list[str]:
    return [
        part[start : start + EVERY]
        for part in _AFTER.split(word)
        for start in range(0, len(part), EVERY)
    ]

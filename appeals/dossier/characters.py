"""Which characters the fonts of the sheets can show; those that they cannot are named.

A page that leaves out a character in silence changes a name. So a character that no font has,
and one that has no shape of its own (it may turn the reading direction, or hide), is printed as
its number: `[U+20BB7]`.
"""

from __future__ import annotations

import unicodedata
from functools import cache
from pathlib import Path

#: Two lines of ranges: what all faces of the Latin font have, and what the Chinese font has.
RANGES = Path(__file__).parent / "characters.txt"

_SHAPELESS = {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}
_MARKS = {"Mn", "Mc", "Me"}


@cache
def fonts() -> tuple[frozenset[str], frozenset[str]]:
    latin, chinese = RANGES.read_text("ascii").splitlines()
    return _characters(latin), _characters(chinese)


def _characters(ranges: str) -> frozenset[str]:
    found: set[str] = set()
    for each in ranges.split():
        first, _dash, last = each.partition("-")
        found.update(map(chr, range(int(first, 16), int(last or first, 16) + 1)))
    return frozenset(found)


def named(character: str) -> str:
    return f"[U+{ord(character):04X}]"


class Naming:
    """Makes texts printable and remembers what had to be named."""

    def __init__(self) -> None:
        self.missing: set[str] = set()

    def printable(self, text: str) -> str:
        if text.isascii() and text.isprintable():
            return text
        whole = []
        before = ""
        for each in text:
            shown = each
            if not _is_shown(each, before):
                self.missing.add(each)
                shown = named(each)
            whole.append(shown)
            before = shown[-1]
        return "".join(whole)

    def report(self) -> tuple[str, ...]:
        """What was named, each once, in order."""
        return tuple(map(named, sorted(self.missing)))


def _is_shown(character: str, before: str) -> bool:
    category = unicodedata.category(character)
    if category in _SHAPELESS:
        return False
    latin, chinese = fonts()
    if category in _MARKS:
        # A mark is drawn in the font of the letter that it stands on, or not at all; which font
        # punctuation is drawn in hangs on the language of the text.
        is_on_a_letter = unicodedata.category(before or " ")[0] in "LNM"
        return is_on_a_letter and any(
            character in font and before in font for font in (latin, chinese)
        )
    return character in latin or character in chinese

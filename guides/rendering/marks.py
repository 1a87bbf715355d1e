"""The marks that stand in a line, as patterns: what rendering and comparing both look for."""

from __future__ import annotations

import re
from collections.abc import Iterator

# Every quantifier is bounded, and none of these sets contains the mark that ends it.
CODE = r"(?<!\\)`([^`\n]{1,300})`"
ESCAPE = r"\\([\\`*_{}\[\]()<>#&|!-])"
NOTE = r"\[\^([^\[\]\n]{0,60})\]"
CITATION = r"\[@([^\[\]\n]{0,80})\]"
BUTTON = r"\{([^{}\n]{0,200})\}"
GUIDE = r"\[\[([^\[\]\n]{0,300})\]\]"
LINK = r"(!?)\[([^\[\]\n]{0,300})\]\(([^()\n]{0,1000})(\)?)"
BOLD = r"\*\*([^*\n]{1,500})\*\*"

BARS = "|｜"
_BAR = re.compile(rf"\\.|{CODE}|{GUIDE}|{BUTTON}|(?P<bar>[{BARS}])")
_ALL = re.compile(rf"{CODE}|\\.|(?P<mark>{NOTE}|{CITATION}|{GUIDE}|{LINK})")


def split_bars(text: str) -> list[str]:
    """The pieces between the bars that stand outside code, links and buttons, trimmed."""
    pieces, start = [], 0
    for match in _BAR.finditer(text):
        if match["bar"]:
            pieces.append(text[start : match.start()].strip())
            start = match.end()
    return [*pieces, text[start:].strip()]


def split_label(text: str) -> tuple[str, str]:
    """What stands before the first bar, and after it (empty without one)."""
    first, *rest = re.split(rf"[{BARS}]", text, maxsplit=1)
    return first.strip(), "".join(rest).strip()


def references(text: str) -> Iterator[tuple[str, str]]:
    """What a line refers to, as (kind, target): kinds are note, source, guide and external.

    An external address counts as one, whatever it is: each language may have its own page.
    """
    for match in _ALL.finditer(text):
        mark = match["mark"] or ""
        if mark.startswith("[^"):
            yield "note", mark[2:-1].strip()
        elif mark.startswith("[@"):
            yield "source", " ".join(mark[2:-1].split())
        elif mark.startswith("[["):
            yield "guide", split_label(mark[2:-2])[0]
        elif mark:
            yield "external", ""

"""A block as plain words, for comparing what two texts say: its marks, as a reader knows them."""

from __future__ import annotations

import re
from dataclasses import dataclass

from django.utils.translation import gettext as translate
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from . import marks
from .blocks import Block, parse_blocks
from .context import is_chinese
from .marks import split_label

_MARKS = re.compile(
    rf"(?P<code>{marks.CODE})|(?P<escape>{marks.ESCAPE})|(?P<note>{marks.NOTE})"
    rf"|(?P<citation>{marks.CITATION})|(?P<button>{marks.BUTTON})|(?P<guide>{marks.GUIDE})"
    rf"|(?P<link>{marks.LINK})|(?P<bold>{marks.BOLD})"
)
_TASK = re.compile(r"(?P<words>.*?)(?:\s*->\s*(?P<link>\[\[.*))?")
#: What a page shows of a line beside its words: its place in a list, its verdict, its box.
_SHOWN_AS = {
    "item": _("• %(text)s"),
    "answer": _("• %(text)s"),
    "quote": _("“%(text)s”"),
    "fine": _("Fine: %(text)s"),
    "care": _("With care: %(text)s"),
    "never": _("Do not use: %(text)s"),
    "stop": _("Stop: %(text)s"),
    "stuck": _("When stuck: %(text)s"),
    "note": _("Side note: %(text)s"),
    "task": _("To do: %(text)s"),
    "picture": _("Picture: %(text)s"),
}


@dataclass(frozen=True, slots=True)
class Readable:
    """One block. `text` is what is read of it, on one line; `source` the line as written."""

    text: str
    source: str
    is_heading: bool
    id: str


def readable(body: str, language: str) -> tuple[Readable, ...]:
    """Every block of a body as readers of that language know it. Raises nothing."""
    with override(language):
        return tuple(
            Readable(
                text=_shown(block, language) or " ".join(block.source.split()),
                source=" ".join(block.source.split()),
                is_heading=block.kind == "heading",
                id=block.id,
            )
            for block in parse_blocks(body)
        )


def _shown(block: Block, language: str) -> str:
    if block.kind in ("head", "row"):
        return " · ".join(words(cell, language) for cell in block.cells)
    text = words(block.text, language)
    if block.kind == "number":
        return f"{block.number}. {text}"
    if block.kind == "task":
        text = _task(block.text, language)
    if not text or block.kind not in _SHOWN_AS:
        return text
    return str(_SHOWN_AS[block.kind]) % {"text": text}


def _task(text: str, language: str) -> str:
    """What to do, the hint, and where the button leads."""
    found = _TASK.fullmatch(text)
    assert found  # it takes every line
    pieces = [words(piece, language) for piece in marks.split_bars(found["words"])]
    if found["link"]:
        pieces.append(f"→ {words(found['link'], language)}")
    return " · ".join(pieces)


def words(text: str, language: str) -> str:
    """A line without its marks; of a citation stays the key of its source."""
    return " ".join(_MARKS.sub(lambda mark: _read(mark, language), text).split())


def _read(mark: re.Match[str], language: str) -> str:
    whole = mark[0]
    match mark.lastgroup:
        case "code":
            return whole[1:-1]
        case "escape":
            return whole[1:]
        case "note":
            return ""  # the number; the note itself is a block of its own
        case "citation":
            return _cited(whole[2:-1])
        case "button":
            chinese, english = split_label(whole[1:-1])
            if not english:
                return f"「{chinese}」" if is_chinese(language) else chinese
            return (
                f"「{chinese}」 {english}" if is_chinese(language) else f"{english} 「{chinese}」"
            )
        case "guide":
            name, label = split_label(whole[2:-2])
            return label or name
        case "link":
            label, _separator, address = whole.partition("](")
            return f"{label.lstrip('![')} ({address.rstrip(')')})"
    return whole[2:-2]


def _cited(what: str) -> str:
    key, *rest = what.split()[:2] or [""]
    if key == "site":
        return ""
    if key == "own":
        words = translate("our advice")
    elif rest:
        words = f"{key}, " + translate("inferred")
    else:
        words = key
    return f"[{words}]"

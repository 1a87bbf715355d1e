"""The sentences of a block as they are read: without marks, each with what it cites."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from guides.rendering import Block, is_chinese
from guides.rendering.marks import (
    BOLD,
    BUTTON,
    CITATION,
    CODE,
    ESCAPE,
    GUIDE,
    LINK,
    NOTE,
    split_bars,
    split_label,
)

#: Stands for a citation, so that it stays with the sentence before it.
_CITED = "\ue000"
#: Stands for a button, which is no word of the sentence.
_BUTTON = "\ue001"
#: Stands around code, which is repeated as it is and not said.
_CODE = "\ue002"
_MARKS = re.compile(
    rf"(?P<code>{CODE})|(?P<escape>{ESCAPE})|(?P<note>{NOTE})|(?P<citation>{CITATION})"
    rf"|(?P<button>{BUTTON})|(?P<guide>{GUIDE})|(?P<link>{LINK})|(?P<bold>{BOLD})"
)
_CHINESE_END = re.compile(rf"[。！？；]+[”’」』）{_CITED}]*")
_LATIN_END = re.compile(
    rf"[.!?;]+[\"'”’){_CITED}]*(?=\s+[\"'“‘(]*[A-Z\u4e00-\u9fff{_BUTTON}]|\s*$)"
    rf"|;[{_CITED}]*(?=\s)|[。！？]"
)
#: Stands around the words of a link, which may be the name of a page.
LINKED = "\ue003"
#: What is said by others: it is repeated and not said.
_QUOTED = re.compile(rf"“[^”]*”|「[^」]*」|‘[^’]*’|\"[^\"]*\"|{_CODE}[^{_CODE}]*{_CODE}")
_TASK_LINK = re.compile(r"\s*->\s*\[\[.*$")
_BOLD_BEGINNING = re.compile(r"\*\*([^*\n]{1,200})\*\*\s*")


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence of a block. `text` is what is read, buttons by their name, and `bare` the same
    without them. `said` leaves out what it quotes and holds the words of a link between two
    `LINKED`. `cites` are the keys of its sources."""

    text: str
    said: str
    bare: str
    cites: tuple[str, ...]

    @property
    def is_question(self) -> bool:
        return self.text.rstrip("”’」』）\"') ").endswith(("？", "?"))


def sentences(block: Block, language: str) -> list[Sentence]:
    """What is read of one block, in order."""
    return [one for piece in pieces(block) for one in of_text(piece, language)]


def pieces(block: Block) -> Iterator[str]:
    """The parts of a block that no sentence spans."""
    if block.kind in ("head", "row"):
        yield from block.cells
    elif block.kind == "task":
        yield from split_bars(_TASK_LINK.sub("", block.text))
    elif block.kind in ("note", "item") and (bold := _BOLD_BEGINNING.match(block.text)):
        # The title of a note or item, and what is said under it.
        yield bold[1]
        yield block.text[bold.end() :].lstrip("：:，, ")
    else:
        yield block.text


def of_text(text: str, language: str) -> list[Sentence]:
    cites: list[str] = []
    buttons: list[str] = []
    plain = _read(text, language, cites, buttons)
    end = _CHINESE_END if is_chinese(language) else _LATIN_END
    found = []
    for one in _cut(plain, end):
        count = one.count(_CITED)
        keys, cites = tuple(cites[:count]), cites[count:]
        names, buttons = buttons[: one.count(_BUTTON)], buttons[one.count(_BUTTON) :]
        without = one.replace(_CITED, "").strip()
        if not without.strip(f" .。；;：:，,{_BUTTON}"):
            continue
        named = _named(without, names)
        said = _QUOTED.sub("“”", named)
        found.append(Sentence(_shown(named), said, _shown(without.replace(_BUTTON, " ")), keys))
    return found


def _shown(text: str) -> str:
    return " ".join(text.replace(_CODE, "").replace(LINKED, "").split())


def _cut(text: str, end: re.Pattern[str]) -> Iterator[str]:
    start = 0
    for match in end.finditer(text):
        yield text[start : match.end()]
        start = match.end()
    if start < len(text):
        yield text[start:]


def _named(text: str, names: Sequence[str]) -> str:
    for name in names:
        text = text.replace(_BUTTON, name, 1)
    return text


def _read(text: str, language: str, cites: list[str], buttons: list[str]) -> str:
    """The text without its marks; what it cites and the names of its buttons are put aside."""

    def read(mark: re.Match[str]) -> str:
        whole = mark[0]
        match mark.lastgroup:
            case "code":
                return _CODE + whole[1:-1] + _CODE
            case "escape":
                return whole[1:]
            case "note":
                return ""
            case "citation":
                cites.append(" ".join(whole[2:-1].split()[:1]))
                return _CITED
            case "button":
                first, second = split_label(whole[1:-1].rstrip("?？"))
                buttons.append(first if is_chinese(language) or not second else second)
                return _BUTTON
            case "guide":
                name, label = split_label(whole[2:-2])
                words = label or ("" if name.startswith("@") else name)
                return LINKED + words + LINKED
            case "link":
                return LINKED + whole.partition("](")[0].lstrip("![") + LINKED
        # Bold words may hold other marks.
        return _read(whole[2:-2], language, cites, buttons)

    return _MARKS.sub(read, text)

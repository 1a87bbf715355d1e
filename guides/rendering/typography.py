"""What every line gets after its marks: ties, language marks, and a last look for leftovers."""

from __future__ import annotations

import re
from xml.etree.ElementTree import Element

from django.utils.translation import gettext_lazy as _

from .context import is_chinese
from .marks import ESCAPE
from .run import Run

# Keeps a note's number, a citation's letter and its word on the line of the word before.
TIE = "\u2060"
TIED = ("ref", "cite", "grade")
UNWRITTEN = ("ref", "cite", "grade", "unconfirmed", "visually-hidden")
# Words of the site, in the language of the page.
OURS = ("grade", "unconfirmed", "visually-hidden", "verdict")

_LEFTOVERS = (
    (
        re.compile(r"<[A-Za-z/!?]"),
        _("HTML is not used. For the character itself write \\<."),
        "html",
    ),
    (re.compile(r"&(?:#\w+|\w+);"), _("Write the character itself, not its entity."), "entity"),
    (
        re.compile(r"[\[\]{}*`]"),
        _("“%(mark)s” is not understood here: is a mark left open?"),
        "mark",
    ),
)

_SUSPECT = re.compile(r"[<&\[\]{}*`]")

# Possessive, and only from the start of a word: long lines of letters cost no second look.
_WORD = r"(?<![A-Za-z0-9])[A-Za-z][A-Za-z0-9’'&./_-]*+"
_LATIN = re.compile(rf"{_WORD}(?:[,;:]? [(“\"]?{_WORD}[)”\"]?)+")
_HAN = re.compile(
    r"[「『《]?[\u3400-\u9fff]+(?:[，、：；·。！？「」『』《》（）]+[\u3400-\u9fff]+)*[」』》]?"
)

# Escaped characters and code live in private use until the last look is over: bounds.py lets
# none of these in from outside.
_BASE = 0xE000
_SHOWN = {_BASE + code: chr(code) for code in range(0x20, 0x7F)}
_HIDDEN = {code: chr(_BASE + code) for code in range(0x20, 0x7F)}


def hide(text: str) -> str:
    return text.translate(_HIDDEN)


def show(text: str) -> str:
    return text if text.isascii() else text.translate(_SHOWN)


def class_of(node: Element) -> str:
    """The first class of an element, which is what it is."""
    return node.get("class", "").split(" ")[0]


def finish(parent: Element, run: Run) -> None:
    """Flatten, tie and mark the children of a line, and refuse what was not understood."""
    _flatten(parent)
    _tie(parent)
    for node in list(parent.iter()):
        _look_for_leftovers(node, run)
    _mark_languages(parent, run.language)
    for node in parent.iter():
        node.text = show(node.text) if node.text else node.text
        node.tail = show(node.tail) if node.tail else node.tail


def plain_title(text: str, run: Run) -> str:
    """A title, which has no marks but escapes."""
    holder = Element("span")
    holder.text = re.sub(ESCAPE, lambda found: hide(found[1]), text)
    _look_for_leftovers(holder, run)
    return show(holder.text)


def with_languages(text: str, language: str) -> Element:
    """A span of plain text with its runs of the other language marked."""
    holder = Element("span")
    holder.text = text
    _mark_languages(holder, language)
    return holder


def written(node: Element) -> str:
    """The text of an element as its author wrote it: no numbers, letters or words of grade."""
    return " ".join(_text(node).replace(TIE, "").split())


def _text(node: Element) -> str:
    pieces = [node.text or ""]
    for child in node:
        if class_of(child) not in UNWRITTEN:
            pieces.append(_text(child))
        pieces.append(child.tail or "")
    return "".join(pieces)


def _flatten(parent: Element) -> None:
    """Replace each `together` by what it holds: a mark can only be made as one element."""
    for index in range(len(parent) - 1, -1, -1):
        node = parent[index]
        if class_of(node) == "together":
            children = list(node)
            children[-1].tail = (children[-1].tail or "") + (node.tail or "")
            parent.remove(node)
            for child in reversed(children):
                parent.insert(index, child)


def _tie(parent: Element) -> None:
    before: Element | None = None
    for node in parent:
        if class_of(node) in TIED:
            if before is None:
                parent.text = parent.text + TIE if parent.text else parent.text
            else:
                before.tail = (before.tail or "") + TIE
        before = node


def _look_for_leftovers(node: Element, run: Run) -> None:
    for text in (node.text, node.tail):
        if not text or not _SUSPECT.search(text):
            continue
        for pattern, message, code in _LEFTOVERS:
            if found := pattern.search(text):
                run.refuse(message, code, mark=found[0])


def _mark_languages(node: Element, language: str) -> None:
    """Wrap the runs of the other language in spans, everywhere but in code and marked text."""
    other, pattern = ("en", _LATIN) if is_chinese(language) else ("zh-Hans", _HAN)
    for child in list(node):
        is_ours = class_of(child) in OURS
        if child.tag != "code" and "lang" not in child.attrib and not is_ours:
            _mark_languages(child, language)
        if child.tail:
            pieces = _split(child.tail, pattern, other)
            child.tail, position = pieces[0], list(node).index(child) + 1
            for made in reversed(pieces[1]):
                node.insert(position, made)
    if node.text:
        node.text, made_first = _split(node.text, pattern, other)
        for made in reversed(made_first):
            node.insert(0, made)


def _split(text: str, pattern: re.Pattern[str], other: str) -> tuple[str, list[Element]]:
    """The text up to the first run, and a span with its tail for each run."""
    found = list(pattern.finditer(text))
    spans = []
    for match, following in zip(found, [*found[1:], None], strict=False):
        span = Element("span", {"lang": other})
        span.text = match[0]
        span.tail = text[match.end() : following.start() if following else len(text)]
        spans.append(span)
    return text[: found[0].start()] if found else text, spans

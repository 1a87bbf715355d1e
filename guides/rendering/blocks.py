"""One line, one block: what each line of a body is, where it stands, and its digest."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from .bounds import lines_of
from .marks import split_bars
from .problems import Problem, said

VERDICTS = ("fine", "care", "never")
BOXES = ("stop", "stuck")
MAX_CELLS = 6
BOX_INDENT = 4

_QUOTES = '"“”「」'
_ID = r"\{#(?P<id>[^{}]*)\}"
_NAME = r"[a-z0-9-]{1,60}"
_FORMS = {
    "heading": re.compile(rf"##(?!#)\s*(?P<text>.*?)\s*{_ID}"),
    "note": re.compile(r"\[\^(?P<id>[^\[\]]*)\][:：]\s*(?P<text>.*)"),
    "box": re.compile(rf"!!!\s*(?P<kind>{'|'.join(BOXES)})\s*[{_QUOTES}](?P<text>.*)[{_QUOTES}]"),
    "picture": re.compile(r"!\[\[ ?(?P<id>[^\[\]|｜ ]{1,200}) ?(?:[|｜] ?(?P<text>.*?) ?)?\]\]"),
    "task": re.compile(rf"- \[ ?\] (?P<text>.*?)\s*{_ID}"),
    "example": re.compile(rf"- \[(?P<kind>{'|'.join(VERDICTS)})\] (?P<text>.*)"),
    "answer": re.compile(
        rf"- (?P<unsure>\[[?？]\] )?(?P<text>.*?) ?-> ?(?P<next>end|[#＃]{_NAME})"
        rf"(?P<outcomes>(?: [+＋][#＃]{_NAME})*)"
    ),
    "item": re.compile(r"- (?!\[[^\[\]@^]{0,12}\](?![(\[]))(?P<text>.*)"),
    "number": re.compile(r"(?P<number>[0-9]{1,3})\. (?P<text>.*)"),
    "quote": re.compile(r"> ?(?P<text>.*)"),
    "rule": re.compile(r"[|｜](?:\s*-{3,}\s*[|｜])+"),
    "row": re.compile(r"[|｜](?P<text>.*)[|｜]"),
}
_MARKED = {"item", "number", "quote", "note", "task", "answer", *VERDICTS}
IN_A_BOX = {"paragraph", "item", "number"}
# What opens a line and is none of the forms above. Stock Markdown would make something of it, or
# show it as it is; both lose what the writer meant.
_NOT_A_PARAGRAPH = re.compile(
    r"#|!!!|!\[|[-+*](?!\*)|\*{3}|=+$|_{3}|~{3}|`{3}|[|｜]|:{3}|\[[^\]]*\]:"
)
_SECOND_MARK = re.compile(r"#|>|[-+*] |[-+*]$|[0-9]{1,3}\. |!!!|[|｜]|\[[ x]?\] ")


@dataclass(frozen=True, slots=True)
class Block:
    """One non-empty line. `text` is what is left of it without its marks; a row keeps its bars.

    `depth` is 1 inside a box, else 0. Kinds: heading, paragraph, item, number, quote, head, row,
    task, answer, fine, care, never, stop, stuck, note, picture, unknown. Of a picture, `id` is its
    key and `text` the words that stand for it.

    Of an answer, `next` is the id of the part that comes next or `end`, `outcomes` the ids of
    those it collects, and `is_unsure` says that it is marked as not remembered.
    """

    line: int
    depth: int
    kind: str
    source: str
    text: str
    id: str = ""
    number: int = 0
    next: str = ""
    outcomes: tuple[str, ...] = ()
    is_unsure: bool = False

    @property
    def digest(self) -> str:
        return digest(self.kind, self.source, self.depth)

    @property
    def cells(self) -> list[str]:
        return split_bars(self.text)


def digest(kind: str, line: str, depth: int = 0) -> str:
    """16 hex digits that change when the line says something else, and not with its spacing."""
    words = " ".join(unicodedata.normalize("NFC", line).split())
    known = f"{depth}\n{kind}\n{words}".encode("utf-8", "backslashreplace")
    return hashlib.sha256(known).hexdigest()[:16]


def digests(*, title: str, summary: str, keywords: str, body: str) -> tuple[str, ...]:
    """The digests of an edition in order: title, summary, keywords, then the body's blocks."""
    head = {"title": title, "summary": summary, "keywords": keywords}
    return (
        *(digest(kind, line) for kind, line in head.items()),
        *(block.digest for block in parse_blocks(body)),
    )


def parse_blocks(body: str) -> tuple[Block, ...]:
    """The blocks of a body. Raises nothing: a line that is not understood is `unknown`."""
    return read(body)[0]


def anchors(body: str) -> Mapping[str, str]:
    """Each id of a body that links may name, with the id of its part."""
    found, part = {}, ""
    for block in parse_blocks(body):
        if block.kind == "heading":
            part = block.id
        if block.kind in ("heading", "task"):
            found[block.id] = part
    return found


def pictures_in(body: str) -> tuple[str, ...]:
    """The keys of the pictures that a body shows, each once, in its order."""
    if "![[" not in body:
        return ()
    shown = (block.id for block in parse_blocks(body) if block.kind == "picture" and block.id)
    return tuple(dict.fromkeys(shown))


def read(body: str) -> tuple[tuple[Block, ...], tuple[Problem, ...]]:
    """The blocks of a body and what is wrong with the form of its lines."""
    reader = _Reader()
    for number, line in enumerate(lines_of(body), 1):
        if line.strip():
            reader.take(number, line)
        else:
            reader.end_table()
    reader.end_table()
    reader.end_box()
    return tuple(reader.blocks), tuple(reader.problems)


class _Reader:
    """Reads line after line, remembering only the list, table or box that is open."""

    def __init__(self) -> None:
        self.blocks: list[Block] = []
        self.problems: list[Problem] = []
        self.table: list[Block] = []
        self.has_rule = False
        self.box: Block | None = None
        self.box_is_empty = False
        self.last_line = -1
        self.last_number = {0: 0, 1: 0}

    def refuse(self, line: int, message: str, code: str) -> None:
        self.problems.append(Problem(line, message, code))

    def take(self, number: int, line: str) -> None:
        source = line.rstrip()
        indent = len(source) - len(source.lstrip(" "))
        # The forms below would try every way to share out a long run of spaces.
        text = " ".join(source.split())
        if indent not in (0, BOX_INDENT):
            self.refuse(
                number, said(_("Lines are indented by four spaces, in a box, or not.")), "indent"
            )
        depth = int(indent > 0)
        form, found = _form(text)
        if form not in ("row", "rule"):
            self.end_table()
        if depth and self.box is None:
            self.refuse(number, said(_("Only lines of a box are indented.")), "indent")
        if depth and form not in IN_A_BOX:
            self.refuse(number, said(_("In a box stand paragraphs and lists only.")), "in-a-box")
        if not depth:
            self.end_box()
        if form == "rule":
            self.take_rule(number)
        elif form == "unknown":
            self.refuse(number, _why_unknown(text), "unknown-line")
            self.add(Block(number, depth, "unknown", source, text))
        else:
            self.add(_block(number, depth, form, source, found))
        self.last_line = number

    def add(self, block: Block) -> None:
        if block.kind == "row":
            block = self.take_row(block)
        self.check(block)
        if block.kind in BOXES:
            self.box, self.box_is_empty = block, True
        elif block.depth:
            self.box_is_empty = False
        if block.kind != "note":
            self.last_number[block.depth] = block.number
            if not block.depth:
                self.last_number[1] = 0
        self.blocks.append(block)

    def check(self, block: Block) -> None:
        line, last = block.line, self.blocks[-1] if self.blocks else None
        # What stands for a picture is asked for in words of its own.
        if not block.text and block.kind not in ("unknown", "head", "row", "picture"):
            self.refuse(line, said(_("There is a mark here, but no text.")), "empty")
        has_mark = block.depth or block.kind in _MARKED
        if has_mark and _SECOND_MARK.match(block.text):
            self.refuse(line, said(_("A line begins with one mark only.")), "two-marks")
        wrapped = block.kind == "paragraph" and not block.depth and self.last_line == line - 1
        if wrapped and last and last.kind != "heading":
            message = said(
                _("A paragraph is one line. Join it to the line above, or leave an empty line.")
            )
            self.refuse(line, message, "wrapped")
        if block.kind == "number" and block.number != self.last_number[block.depth] + 1:
            message = said(
                _("This number would be shown as %(number)s. Lists count from 1."),
                number=self.last_number[block.depth] + 1,
            )
            self.refuse(line, message, "number")

    def take_row(self, block: Block) -> Block:
        is_head = not self.table
        if is_head:
            block = Block(block.line, block.depth, "head", block.source, block.text)
        elif not self.has_rule and len(self.table) == 1:
            message = said(_("The second line of a table is its rule: | --- | --- |"))
            self.refuse(block.line, message, "table")
        self.table.append(block)
        count, wanted = len(block.cells), len(self.table[0].cells)
        if count > MAX_CELLS:
            message = said(_("A row has at most %(limit)s cells."), limit=MAX_CELLS)
            self.refuse(block.line, message, "table")
        if count != wanted:
            message = said(
                _("This row has %(count)s cells, the first one has %(wanted)s."),
                count=count,
                wanted=wanted,
            )
            self.refuse(block.line, message, "table")
        return block

    def take_rule(self, line: int) -> None:
        if len(self.table) != 1 or self.has_rule:
            self.refuse(
                line, said(_("A rule stands once, below the first row of a table.")), "table"
            )
        self.has_rule = True

    def end_table(self) -> None:
        if self.table and (not self.has_rule or len(self.table) < 2):
            message = said(_("A table is a first row, a rule and at least one more row."))
            self.refuse(self.table[0].line, message, "table")
        self.table, self.has_rule = [], False

    def end_box(self) -> None:
        if self.box and self.box_is_empty:
            message = said(_("Nothing stands in this box. Indent its lines by four spaces."))
            self.refuse(self.box.line, message, "in-a-box")
        self.box = None


def _block(line: int, depth: int, form: str, source: str, found: Mapping[str, str | None]) -> Block:
    return Block(
        line=line,
        depth=depth,
        kind=found.get("kind") or form,
        source=source,
        text=found["text"] or "",
        id=(found.get("id") or "").strip(),
        number=int(found.get("number") or 0),
        next=(found.get("next") or "").lstrip("#＃"),
        outcomes=tuple(re.findall(_NAME, found.get("outcomes") or "")),
        is_unsure=bool(found.get("unsure")),
    )


def _form(text: str) -> tuple[str, dict[str, str | None]]:
    for form, pattern in _FORMS.items():
        if found := pattern.fullmatch(text):
            return form, found.groupdict()
    if _NOT_A_PARAGRAPH.match(text):
        return "unknown", {"text": text}
    return "paragraph", {"text": text}


def _why_unknown(text: str) -> str:
    for pattern, message in _REASONS:
        if re.match(pattern, text):
            return said(message)
    return said(_("This line is not understood."))


_REASONS = (
    (r"##(?!#)", _("A part needs an id at its end: ## Title {#id}")),
    (r"#", _("There is one kind of heading: ## Title {#id}")),
    (r"!!!", _('A box begins with !!! stop "Title" or !!! stuck "Title".')),
    (r"!\[", _("A picture is a line of its own: ![[key|What it shows]]")),
    (r"- \[ ?\]", _("A thing to do needs an id at its end: - [ ] What to do {#id}")),
    (r"- \[x\]", _("A thing to do is written with an empty box: - [ ] What to do {#id}")),
    (r"- \[[?？]\]", _("An answer is: - Words -> #next +#outcome, or -> end")),
    (r"- \[", _("An example begins with [fine], [care] or [never].")),
    (r"[-*_=~`]{3}", _("Rules and fenced blocks are not used.")),
    (r"[-+*]", _("A list item begins with a hyphen and a space.")),
    (r"[|｜]", _("A row of a table begins and ends with a bar.")),
)


def list_kind(block: Block) -> str:
    """Which kind of list or table a block belongs to with its neighbours; empty for none."""
    if block.kind in VERDICTS:
        return "examples"
    if block.kind in ("head", "row"):
        return "table"
    return block.kind if block.kind in ("item", "number", "task") else ""

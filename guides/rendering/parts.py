"""Makes the parts of a page from their blocks."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from xml.etree.ElementTree import Element, SubElement

from django.utils.translation import gettext as translate
from django.utils.translation import gettext_lazy as _

from .blocks import BOXES, VERDICTS, Block, list_kind
from .inline import Inliner, element
from .marks import GUIDE, split_bars
from .notes import MadeNote, Note, endnotes, place
from .questions import answers_of, verdicts_of
from .run import Run
from .sanitizing import to_html
from .structure import Section
from .typography import class_of, plain_title, with_languages, written

MAX_QUOTED_WORDS = 25
MAX_QUOTED_CHARACTERS = 50

# A block with the lines of its box.
Nested = tuple[Block, list[Block]]

# What a picture without words is told, by the language of the text.
WITHOUT_WORDS = {
    "zh-hans": _("A picture needs words in Chinese: name the button and where it is."),
    "en": _("A picture needs words in English: name the button and where it is."),
    "": _("A picture needs words: name the button and where it is."),
}
# Pixels of the column of text, beyond which a picture is shown smaller than it is.
COLUMN = 578

_NOTE = re.compile(r"\*\*(?P<title>[^*]{1,100})\*\*\s*(?P<text>.+)")
_TASK = re.compile(rf"(?P<words>(?:(?!->).)*)(?:->\s*(?P<link>{GUIDE}))?")
# Elements that hold the words of a block, where the block has a list or a button beside them.
TEXTS = ("p", "example", "task")
_TAGS = {"item": "ul", "number": "ol", "task": "ul", "examples": "ul"}


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer of a question: what it says, as text and as safe HTML, and what follows.

    `id` is its place among the answers, from 1; `next` the id of a later question, or `end`.
    """

    id: str
    text: str
    html: str
    next: str
    outcomes: tuple[str, ...]
    is_unsure: bool


@dataclass(frozen=True, slots=True)
class Part:
    """One part of a page. `html` is safe to show; `items` are its plain list items as text.

    In a self-check a question has `answers` and an outcome a `verdict`; neither is in `html`.
    """

    id: str
    title: str
    html: str
    tasks: tuple[str, ...]
    notes: tuple[Note, ...]
    items: tuple[str, ...]
    answers: tuple[Answer, ...] = ()
    verdict: str = ""


class PartMaker:
    """Makes one part after another. `plain` collects what was written, a line for each block."""

    def __init__(self, run: Run, definitions: dict[str, Block]) -> None:
        self.rendering = run
        self.inline = Inliner(run)
        self.definitions = definitions
        self.plain: list[str] = []
        self.notes: list[MadeNote] = []
        self.items: list[str] = []
        self.is_check = False

    def make(self, section: Section, kind: str = "") -> Part:
        self.notes, self.items = [], []
        self.is_check = kind == "check"
        verdicts = verdicts_of(section) if self.is_check else ()
        title = section.heading.text if section.heading else ""
        if title:
            self.rendering.scope.line = section.line
            title = plain_title(title, self.rendering)
            self.plain.append(title)
        answers = tuple(self.answers(section)) if self.is_check else ()
        elements = [*self.lag_of_titles(section), *self.elements(_nested(section.blocks))]
        if self.notes:
            elements.append(endnotes(self.notes))
        return Part(
            id=section.id,
            title=title,
            html=to_html(elements),
            tasks=tuple(block.id for block in section.blocks if block.kind == "task"),
            notes=tuple(made.note for made in self.notes),
            items=tuple(self.items),
            answers=answers,
            verdict=verdicts[0].kind if verdicts else "",
        )

    def answers(self, section: Section) -> Iterator[Answer]:
        for number, block in enumerate(answers_of(section), 1):
            self.rendering.scope.line = block.line
            text = plain_title(block.text, self.rendering)
            self.plain.append(text)
            marked = with_languages(text, self.rendering.language)
            yield Answer(
                id=str(number),
                text=text,
                html=to_html([marked]),
                next=block.next,
                outcomes=block.outcomes,
                is_unsure=block.is_unsure,
            )

    def elements(self, blocks: Sequence[Nested]) -> list[Element]:
        made: list[Element] = []
        for kind, group in groupby(blocks, key=lambda nested: list_kind(nested[0])):
            if kind == "table":
                made.extend([self.table(rows) for rows in _tables(group)])
            elif kind == "examples" and self.is_check:  # the reason; its verdict stands apart
                reasons = [(self.with_notes(block, "p"), block) for block, _inner in group]
                made.extend([self.with_lag(*reason) for reason in reasons])
            elif kind:
                listed = Element("ol" if self.is_check and kind == "task" else _TAGS[kind])
                if kind in ("task", "examples"):
                    listed.set("class", "tasks" if kind == "task" else kind)
                listed.extend([self.with_lag(self.item(block), block) for block, _inner in group])
                made.append(listed)
            else:
                standing = [(self.standing(block, inner), block) for block, inner in group]
                made.extend([self.with_lag(*one) for one in standing])
        return made

    def with_lag(self, made: Element, block: Block) -> Element:
        """The element, with words where its source has left it behind. What is searched and
        compared goes without them: they are none of the text."""
        words = self.rendering.context.behind.get(block.line)
        if words:
            first = made[0] if len(made) else made
            first = first[-1] if first.tag == "label" else first
            first = made[-1] if made.tag == "figure" else first
            holds_text = first.tag in ("p", "summary", "figcaption") or class_of(first) in TEXTS
            place = first if holds_text else made
            at = len(place)
            while at and class_of(place[at - 1]) == "note" and not place[at - 1].tail:
                at -= 1  # beside the last sentence, and not below the notes that follow it
            place.insert(at, element("span", text=f" {words}", **{"class": "behind"}))
        return made

    def lag_of_titles(self, section: Section) -> Iterator[Element]:
        """What is said above a part whose heading or answers its source has left behind."""
        titles = [block for block in section.blocks if block.kind == "answer"]
        for block in (*([section.heading] if section.heading else []), *titles):
            if block.line in self.rendering.context.behind:
                yield self.with_lag(Element("p"), block)

    def standing(self, block: Block, inner: list[Block]) -> Element:
        if block.kind in BOXES:
            return self.box(block, inner)
        if block.kind == "quote":
            return self.quotation(block)
        if block.kind == "picture":
            return self.picture(block)
        return self.with_notes(block, "p")

    def item(self, block: Block) -> Element:
        if block.kind == "task":
            return self.task(block)
        if block.kind in VERDICTS:
            return self.example(block)
        return self.with_notes(block, "li")

    def with_notes(self, block: Block, tag: str) -> Element:
        """A paragraph or plain list item; `details` may not stand in a `p`."""
        made = Element(tag)
        with self.rendering.unit(block.line, notes=not block.depth) as unit:
            self.inline.fill(made, block.text)
        self.plain.append(written(made))
        if tag == "li" and block.kind == "item" and not block.depth:
            self.items.append(self.plain[-1])
        notes = [self.note(key) for key in unit.notes if key in self.definitions]
        if not notes:
            return made
        self.notes += notes
        place(made, notes)
        made.tag = "div"
        made.set("class", "p")
        if tag == "p":
            return made
        item = Element(tag)
        item.append(made)
        return item

    def note(self, key: str) -> MadeNote:
        block = self.definitions[key]
        text = Element("div")
        found = _NOTE.fullmatch(block.text)
        with self.rendering.unit(block.line) as unit:
            unit.is_note = True
            if not found:
                self.rendering.refuse(
                    _("A note is one line and begins with its title in bold: **Title** Text."),
                    "note",
                )
            title = plain_title(found["title"], self.rendering) if found else key
            self.inline.fill(text, found["text"] if found else block.text)
        self.plain.append(f"{title} {written(text)}")
        note = Note(self.rendering.note_numbers[key], f"note-{key}", title)
        # Beside the title, since a note may be folded.
        heading = self.with_lag(with_languages(title, self.rendering.language), block)
        return MadeNote(note, heading, text)

    def quotation(self, block: Block) -> Element:
        quotation = Element("blockquote")
        with self.rendering.unit(block.line):
            text = self.inline.fill(SubElement(quotation, "p"), block.text)
            self.plain.append(written(text))
            words = len(re.findall(r"[A-Za-z0-9][A-Za-z0-9’'-]*", self.plain[-1]))
            characters = len(re.findall(r"[\u3400-\u9fff]", self.plain[-1]))
            if words > MAX_QUOTED_WORDS or characters > MAX_QUOTED_CHARACTERS:
                self.rendering.refuse(
                    _(
                        "A quotation has at most %(words)s Latin words or %(characters)s Chinese "
                        "characters."
                    ),
                    "long-quotation",
                    words=MAX_QUOTED_WORDS,
                    characters=MAX_QUOTED_CHARACTERS,
                )
        return quotation

    def picture(self, block: Block) -> Element:
        """Its words stand in the text, so that they are reviewed, translated and kept with it."""
        run = self.rendering
        run.scope.line = block.line
        figure = Element("figure", {"class": "picture"})
        alt = plain_title(block.text, run)
        if not alt:
            run.refuse(WITHOUT_WORDS.get(run.language, WITHOUT_WORDS[""]), "alt")
        shown = run.picture(block.id)
        caption = SubElement(figure, "figcaption")
        if shown:
            size = {"width": str(shown.width), "height": str(shown.height)}
            when = {"loading": "lazy", "decoding": "async"}
            figure.insert(0, Element("img", {"src": shown.url, "alt": alt, **size, **when}))
            taken = translate("Taken on %(date)s") % {"date": shown.taken_on.isoformat()}
            caption.text = taken
            if shown.width > COLUMN:
                caption.text = f"{taken} "
                SubElement(caption, "a", {"href": shown.url}).text = translate("See it large")
        self.plain.append(alt)
        return figure

    def task(self, block: Block) -> Element:
        what, hint, link = self.task_pieces(block)
        item = Element("li", {"id": f"do-{block.id}"})
        label = item
        if not self.is_check:  # nothing of a self-check is kept, so nothing is ticked
            label = SubElement(item, "label")
            tick = {"type": "checkbox", "name": "done", "value": block.id, "form": "ticks"}
            SubElement(label, "input", tick)
        with self.rendering.unit(block.line, must_cite=bool(hint)) as unit:
            unit.takes_links = False  # a link in a label would tick or follow, who knows
            texts = [self.inline.fill(SubElement(label, "span", {"class": "task"}), what)]
            unit.takes_links = True
            if hint:
                texts.append(self.inline.fill(SubElement(item, "span", {"class": "hint"}), hint))
            for button in self.inline.fill(Element("span"), link):
                button.set("class", "button")
                item.append(button)
                texts.append(button)
        self.plain.append(" · ".join(written(text) for text in texts))
        return item

    def task_pieces(self, block: Block) -> tuple[str, str, str]:
        """What to do, the hint and the link; each but the first may be empty."""
        found = _TASK.fullmatch(block.text)
        pieces = split_bars(found["words"]) if found else [""]
        if not found or not pieces[0] or len(pieces) > 2:
            self.rendering.scope.line = block.line
            self.rendering.refuse(
                _("A thing to do is: - [ ] What | Hint -> [[guide#id|Button]] {#id}"), "task"
            )
            return block.text, "", ""
        return pieces[0], "".join(pieces[1:]), found["link"] or ""

    def example(self, block: Block) -> Element:
        words = {
            "fine": translate("Fine"),
            "care": translate("With care"),
            "never": translate("Do not use"),
        }
        item = Element("li")
        with self.rendering.unit(block.line):
            text = self.inline.fill(SubElement(item, "span", {"class": "example"}), block.text)
        verdict = {"class": f"verdict verdict-{block.kind}"}
        item.append(element("span", text=words[block.kind], **verdict))
        self.plain.append(f"{written(text)} {words[block.kind]}")
        return item

    def box(self, block: Block, inner: list[Block]) -> Element:
        self.rendering.scope.line = block.line
        title = plain_title(block.text, self.rendering)
        self.plain.append(title)
        if block.kind == "stop":
            box = Element("div", {"class": "stop"})
            head = SubElement(box, "p", {"class": "stop-title"})
        else:
            box = Element("details", {"class": "stuck"})
            head = SubElement(box, "summary")
        marked = with_languages(title, self.rendering.language)
        head.text = marked.text
        head.extend(marked)
        box.extend(self.elements([(line, []) for line in inner]))
        return box

    def table(self, rows: list[Block]) -> Element:
        """A citation somewhere in it is enough; each cell knows its column, for narrow screens."""
        holder = Element("div", {"class": "table"})
        table = SubElement(holder, "table")
        head, body = SubElement(table, "thead"), SubElement(table, "tbody")
        columns: list[str] = []
        with self.rendering.unit(rows[0].line) as unit:
            for row in rows:
                unit.line = row.line
                unit.grades.clear()  # a row is read by itself: it says again how well it is known
                is_head = row.kind == "head"
                line = SubElement(head if is_head else body, "tr")
                cells = []
                for number, text in enumerate(row.cells):
                    cell = SubElement(line, "th" if is_head else "td")
                    if is_head:
                        cell.set("scope", "col")
                    elif number < len(columns):
                        cell.set("data-label", columns[number])
                    cells.append(written(self.inline.fill(cell, text)))
                self.with_lag(line[-1], row)
                columns = columns or cells
                self.plain.append(" | ".join(cells))
        return holder


def _tables(group: Iterable[Nested]) -> list[list[Block]]:
    """The rows of each table: two may follow one another."""
    tables: list[list[Block]] = []
    for block, _inner in group:
        if block.kind == "head" or not tables:
            tables.append([])
        tables[-1].append(block)
    return tables


def _nested(blocks: Sequence[Block]) -> list[Nested]:
    """The blocks that are shown, indented lines gathered into the box they stand in.

    Notes are shown where they are used, answers beside the text; a line that was not understood has been refused.
    """
    nested: list[Nested] = []
    for block in blocks:
        if block.kind in ("note", "answer", "unknown"):
            continue
        if block.depth and nested:
            nested[-1][1].append(block)
        else:
            nested.append((block, []))
    return nested

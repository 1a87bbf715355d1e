"""Side notes: where they stand in their paragraph, and their list for paper."""

from __future__ import annotations

import re
from dataclasses import dataclass
from xml.etree.ElementTree import Element, SubElement

from .typography import TIE, class_of

# Stands for a number, a letter or a word of grade while sentences are looked for: it belongs to
# whatever it follows.
_MARK = "\ufffc"
_CLOSING = rf"[”’」』）)\]\"'{TIE}{_MARK}]*+"
_SENTENCE_END = re.compile(
    rf"(?<![。！？.!?])(?:[。！？][。！？.!?]*+"
    rf"|[.!?]++(?={_CLOSING}(?:\s+[“‘\"'(]*[A-ZÀ-ÖØ-Þ]|\s*$))){_CLOSING}"
)
_AFTER_THE_END = re.compile(rf"[。！？.!?]{_CLOSING}$")


@dataclass(frozen=True, slots=True)
class Note:
    """A note as the page lists it; `id` is that of its text."""

    number: int
    id: str
    title: str


@dataclass(frozen=True, slots=True)
class MadeNote:
    """A note that was rendered, its title and its text as elements."""

    note: Note
    title: Element
    text: Element


def place(paragraph: Element, notes: list[MadeNote]) -> None:
    """Put each note right after the sentence that refers to it."""
    after: dict[tuple[int, int], list[Element]] = {}
    for made in notes:
        after.setdefault(_end_of_sentence(paragraph, made.note.id), []).append(_folded(made))
    for (index, offset), folded in sorted(after.items(), reverse=True):
        _insert(paragraph, index, offset, folded)


def endnotes(notes: list[MadeNote]) -> Element:
    """All notes of a part as a numbered list, for paper."""
    ordered = Element("ol", {"class": "endnotes", "start": str(notes[0].note.number)})
    for made in notes:
        item = SubElement(ordered, "li")
        title = SubElement(item, "strong")
        _copy(made.title, title)
        title.tail = " "
        text = SubElement(item, "span")
        _copy(made.text, text)
    return ordered


def _folded(made: MadeNote) -> Element:
    details = Element("details", {"class": "note"})
    summary = SubElement(details, "summary")
    _copy(made.title, summary)
    text = SubElement(details, "div", {"id": made.note.id})
    _copy(made.text, text)
    return details


def _copy(source: Element, target: Element) -> None:
    target.text = source.text
    target.extend(source)


def _end_of_sentence(paragraph: Element, note_id: str) -> tuple[int, int]:
    """(child, offset) of the place: so many characters into the tail of that child.

    Child -1 is the paragraph's own text. A place within bold or a link moves behind it.
    """
    flat, places, reference = _flat(paragraph, note_id)
    start = reference + 1
    if _AFTER_THE_END.search(flat[:reference]):
        while start < len(flat) and flat[start] in _MARK + TIE:
            start += 1
        return places[start]
    found = _SENTENCE_END.search(flat, start)
    return places[found.end() if found else len(flat)]


def _flat(paragraph: Element, note_id: str) -> tuple[str, list[tuple[int, int]], int]:
    """The text with marks as one character each, the place before each character and the end,
    and where the reference of the note is."""
    text = paragraph.text or ""
    places = [(-1, offset) for offset in range(len(text))]
    reference = 0
    for index, child in enumerate(paragraph):
        if class_of(child) in ("ref", "cite", "grade"):
            inner = _MARK
            if child.get("href") == f"#{note_id}":
                reference = len(text)
        else:
            inner = "".join(child.itertext())
        tail = child.tail or ""
        # The place before an element's own text is behind the element before it; a place
        # further in is behind the element itself.
        previous = paragraph[index - 1].tail if index else paragraph.text
        before = (index - 1, len(previous or ""))
        places += [before] * bool(inner) + [(index, 0)] * (len(inner) - 1)
        places += [(index, offset) for offset in range(len(tail))]
        text += inner + tail
    last = len(paragraph) - 1
    places.append((last, len((paragraph[last].tail if last >= 0 else paragraph.text) or "")))
    return text, places, reference


def _insert(paragraph: Element, index: int, offset: int, elements: list[Element]) -> None:
    tail = (paragraph[index].tail if index >= 0 else paragraph.text) or ""
    if index >= 0:
        paragraph[index].tail = tail[:offset]
    else:
        paragraph.text = tail[:offset]
    elements[-1].tail = tail[offset:]
    for position, element in enumerate(elements, index + 1):
        paragraph.insert(position, element)

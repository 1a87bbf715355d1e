"""Two published texts, part by part: what was added, taken away, and what stayed as it was."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from guides.differences import Line, Piece, compare
from guides.rendering.readable import Readable, readable


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph of both texts. `leads_elsewhere`: it reads the same, but what stands behind
    its words (where a link leads, under which name a note is kept) has changed."""

    pieces: tuple[Piece, ...]
    leads_elsewhere: bool = False

    @property
    def text(self) -> str:
        """All of it, what was added and what was taken away."""
        return "".join(piece.text for piece in self.pieces)

    @property
    def is_changed(self) -> bool:
        return self.leads_elsewhere or any(piece.kind != "same" for piece in self.pieces)


@dataclass(frozen=True, slots=True)
class Stretch:
    """Paragraphs that stand together: all of them have changed, or none has."""

    paragraphs: tuple[Paragraph, ...]
    is_changed: bool


@dataclass(frozen=True, slots=True)
class Section:
    """A part of the text: its heading (None before the first one) and what is below it."""

    heading: Paragraph | None
    paragraphs: tuple[Paragraph, ...]

    @property
    def title(self) -> str:
        pieces = self.heading.pieces if self.heading else ()
        return "".join(piece.text for piece in pieces if piece.kind != "taken")

    @property
    def changes(self) -> int:
        """How many paragraphs have changed, the heading among them."""
        return sum(each.is_changed for each in self.every())

    @property
    def stretches(self) -> tuple[Stretch, ...]:
        grouped = groupby(self.paragraphs, key=lambda each: each.is_changed)
        return tuple(Stretch(tuple(group), changed) for changed, group in grouped)

    def every(self) -> tuple[Paragraph, ...]:
        return (*([self.heading] if self.heading else []), *self.paragraphs)


@dataclass(frozen=True, slots=True)
class Comparison:
    """`sections` in reading order, of which some have not changed."""

    sections: tuple[Section, ...]

    @property
    def changed(self) -> tuple[Section, ...]:
        return tuple(each for each in self.sections if each.changes)

    @property
    def same(self) -> tuple[Section, ...]:
        return tuple(each for each in self.sections if not each.changes)

    @property
    def changes(self) -> int:
        return sum(each.changes for each in self.sections)

    @property
    def changed_text(self) -> str:
        """Every paragraph that has changed, a line each."""
        return "\n".join(
            paragraph.text
            for section in self.changed
            for paragraph in section.every()
            if paragraph.is_changed
        )

    @property
    def unchanged(self) -> int:
        return sum(len(each.every()) for each in self.sections) - self.changes


def compare_bodies(before: str, after: str, language: str) -> Comparison:
    """Both bodies as readers know them, compared paragraph by paragraph.

    Takes about a second at most, however hostile the texts: `guides.differences` then tells
    less finely what differs.
    """
    old, new = readable(before, language), readable(after, language)
    lines = compare("\n".join(one.text for one in old), "\n".join(one.text for one in new))
    return Comparison(tuple(_sections(_set_apart(_paired(lines, old, new)))))


def _paired(
    lines: Sequence[Line], old: Sequence[Readable], new: Sequence[Readable]
) -> Iterator[tuple[Paragraph, str]]:
    """Each line as a paragraph, with the id of the heading that it is in either text, else ""."""
    at = 0  # in the earlier text, whose lines have no numbers
    for line in lines:
        if not any(piece.text for piece in line.pieces):
            continue  # a text without any block
        was = now = None
        if line.number is None or any(piece.kind != "added" for piece in line.pieces):
            was = old[at]
            at += 1
        if line.number is not None:
            now = new[line.number - 1]
        elsewhere = bool(was and now and was.text == now.text and was.source != now.source)
        headings = [each.id for each in (now, was) if each and each.is_heading]
        yield Paragraph(line.pieces, leads_elsewhere=elsewhere), "".join(headings[:1])


def _set_apart(paragraphs: Iterable[tuple[Paragraph, str]]) -> Iterator[tuple[Paragraph, str]]:
    """A part that went before the one that came in its place, not line by line between it."""

    def side(each: tuple[Paragraph, str]) -> str:
        kinds = {piece.kind for piece in each[0].pieces}
        return kinds.pop() if len(kinds) == 1 else "same"

    for is_replaced, group in groupby(paragraphs, key=lambda each: side(each) != "same"):
        run = list(group)
        went = {name for each, name in run if name and side((each, name)) == "taken"}
        came = {name for each, name in run if name and side((each, name)) == "added"}
        if is_replaced and went and came and went.isdisjoint(came):
            run.sort(key=lambda each: side(each) == "added")
        yield from run


def _sections(paragraphs: Iterable[tuple[Paragraph, str]]) -> Iterator[Section]:
    heading: Paragraph | None = None
    below: list[Paragraph] = []
    name = ""
    for paragraph, anchor in paragraphs:
        if not anchor:
            below.append(paragraph)
        elif heading and not below and anchor == name:
            # A heading written anew is one that changed, not one part gone and another come.
            heading = Paragraph((*heading.pieces, *paragraph.pieces))
        else:
            if heading or below:
                yield Section(heading, tuple(below))
            heading, below, name = paragraph, [], anchor
    if heading or below:
        yield Section(heading, tuple(below))

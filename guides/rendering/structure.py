"""What parts a guide of each kind has, and which ids they may carry."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from django.utils.translation import gettext_lazy as _

from .blocks import VERDICTS, Block
from .problems import Problem, said

KINDS = ("clause", "method", "steps", "check", "requirement", "article", "term")
# The parts a kind must have, in this order. Others may stand between and after them.
REQUIRED = {
    "clause": ("short", "now", "says", "examples"),
    "method": ("what", "after", "end"),
    "requirement": ("asked", "why", "serves", "not"),
    "steps": ("before", "done"),
}
# What some of them are for, and how many of it they hold at least. Screens without evidence
# show the first three items of `serves`.
HOLDS = {
    ("clause", "now"): (("task",), 1, _("Here stand things to do: - [ ] What to do {#id}")),
    ("clause", "examples"): (VERDICTS, 1, _("Here stand examples: - [fine], - [care], - [never]")),
    ("requirement", "serves"): (("item",), 3, _("Here stand at least three items of a list.")),
}
TERM_PART = "term"

_ID = re.compile(r"[a-z0-9-]{1,60}")
RESERVED_PREFIXES = ("b-", "note-", "do-", "source-", "page-")
# Browsers make ids properties of `window`: none may carry the name of what a script looks for
# there. `ticks` is the form that things to do belong to.
RESERVED = frozenset(
    [
        "constructor",
        "cookie",
        "document",
        "forms",
        "frames",
        "location",
        "opener",
        "parent",
        "prototype",
        "self",
        "ticks",
        "top",
        "window",
    ]
)


@dataclass(frozen=True, slots=True)
class Section:
    """A part as written: its heading and the blocks below it. A term's has no heading."""

    heading: Block | None
    blocks: tuple[Block, ...]

    @property
    def id(self) -> str:
        return self.heading.id if self.heading else TERM_PART

    @property
    def line(self) -> int:
        return (self.heading or self.blocks[0]).line


def sections(blocks: Sequence[Block], kind: str) -> tuple[tuple[Section, ...], list[Problem]]:
    """The parts of a body, and what is wrong with their order, number and ids."""
    starts = [index for index, block in enumerate(blocks) if block.kind == "heading"]
    before = tuple(blocks[: starts[0]] if starts else blocks)
    found = tuple(
        Section(blocks[start], tuple(blocks[start + 1 : end]))
        for start, end in pairwise([*starts, len(blocks)])
    )
    if kind == "term":
        return _term(before, found)
    problems = [*_check_ids(blocks), *_check_required(found, kind)]
    if before:
        message = said(_("Text stands in parts. Begin with ## Title {#id}"))
        problems.append(Problem(before[0].line, message, "outside-parts"))
    if not blocks:
        problems.append(Problem(1, said(_("There is no text yet.")), "empty"))
    if kind != "check":
        problems += [_no_answer(block) for block in blocks if block.kind == "answer"]
    for section in found:
        if not any(block.kind != "note" for block in section.blocks):
            problems.append(Problem(section.line, said(_("This part is empty.")), "empty"))
    return found, problems


def _no_answer(block: Block) -> Problem:
    return Problem(block.line, said(_("Answers stand in a self-check only.")), "answer")


def _term(
    blocks: tuple[Block, ...], found: tuple[Section, ...]
) -> tuple[tuple[Section, ...], list[Problem]]:
    paragraphs = [block for block in blocks if block.kind != "note"]
    if found or len(paragraphs) != 1 or paragraphs[0].kind != "paragraph":
        line = found[0].line if found else blocks[-1].line if blocks else 1
        message = said(_("A term is explained in one paragraph, without a heading."))
        return (), [Problem(line, message, "parts")]
    return (Section(None, blocks),), _check_ids(blocks)


def _check_ids(blocks: Sequence[Block]) -> list[Problem]:
    problems, seen = [], set()
    for block in blocks:
        if block.kind not in ("heading", "task", "note"):
            continue
        # Notes are counted apart: their ids are `note-…` on the page.
        name = (block.kind == "note", block.id)
        if not _ID.fullmatch(block.id):
            message = said(_("An id is written in small letters, digits and hyphens."))
            problems.append(Problem(block.line, message, "id"))
        elif block.kind != "note" and _is_reserved(block.id):
            message = said(_("The id “%(id)s” is used by the page itself."), id=block.id)
            problems.append(Problem(block.line, message, "id"))
        elif name in seen:
            message = said(_("The id “%(id)s” is used twice."), id=block.id)
            problems.append(Problem(block.line, message, "id"))
        seen.add(name)
    return problems


def _is_reserved(name: str) -> bool:
    return name in RESERVED or name.startswith(RESERVED_PREFIXES)


def _check_required(found: Sequence[Section], kind: str) -> list[Problem]:
    ids = [section.id for section in found]
    required = REQUIRED.get(kind, ())
    problems = [
        Problem(1, said(_("The part {#%(id)s} is missing."), id=each), "parts")
        for each in required
        if each not in ids
    ]
    places = [ids.index(each) for each in required if each in ids]
    if places != sorted(places):
        message = said(_("The parts stand in this order: %(ids)s."), ids=", ".join(required))
        problems.append(Problem(found[places[0]].line, message, "parts"))
    if kind == "steps" and not problems and (places != [0, len(ids) - 1] or len(ids) < 3):
        message = said(_("A step guide is {#before}, at least one step, and {#done}."))
        problems.append(Problem(1, message, "parts"))
    for section in found:
        if (kind, section.id) in HOLDS:
            kinds, least, words = HOLDS[kind, section.id]
            held = [block for block in section.blocks if block.kind in kinds and not block.depth]
            if len(held) < least:
                problems.append(Problem(section.line, said(words), "parts"))
    return problems

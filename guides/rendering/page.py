"""From a body to the parts of a page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from .blocks import Block, anchors, read
from .bounds import too_much, unwanted, visible
from .context import Context
from .parts import Part, PartMaker
from .problems import Problem, Refused, said
from .questions import check_questions
from .run import Run
from .structure import KINDS, sections


@dataclass(frozen=True, slots=True)
class Rendered:
    """What rendering makes of a body.

    `plain` has a line for each block, notes after their paragraph; `ids` are those of parts and
    things to do, in order; `links` the slugs linked to, each once; `cited` the (key, letter) of
    each source in the order of its letter.
    """

    parts: tuple[Part, ...]
    plain: str
    ids: tuple[str, ...]
    links: tuple[str, ...]
    cited: tuple[tuple[str, str], ...]
    blocks: tuple[Block, ...]


def render(body: str, *, kind: str, language: str, context: Context) -> Rendered:
    """The parts of a guide of that kind, with the words the site adds in that language.

    Raises `Refused` with every problem; lines count from 1 at the top of the body.
    """
    if problems := too_much(body):
        raise Refused(problems)
    problems = [*unwanted(body)]
    body = visible(body)
    blocks, found = read(body)
    problems += found
    if kind not in KINDS:
        message = said(_("“%(kind)s” is no kind of guide."), kind=kind)
        raise Refused([*problems, Problem(1, message, "kind")])
    parts_as_written, found_in_parts = sections(blocks, kind)
    problems += found_in_parts
    if kind == "check":
        problems += check_questions(parts_as_written)
    run = Run(language, context, anchors(body), problems)
    definitions = {block.id: block for block in reversed(blocks) if block.kind == "note"}
    with override(language):
        maker = PartMaker(run, definitions)
        parts = []
        for section in parts_as_written:
            if kind == "steps":
                run.next_note = 1
            parts.append(maker.make(section, kind))
    _check_notes(blocks, run)
    if problems:
        raise Refused(problems)
    return Rendered(
        parts=tuple(parts),
        plain="\n".join(maker.plain),
        ids=tuple(block.id for block in blocks if block.kind in ("heading", "task")),
        links=tuple(run.links),
        cited=tuple(run.cited.items()),
        blocks=blocks,
    )


def _check_notes(blocks: Sequence[Block], run: Run) -> None:
    defined = {block.id for block in blocks if block.kind == "note"}
    for block in blocks:
        if block.kind == "note" and block.id not in run.note_numbers:
            message = said(_("The note “%(key)s” is not used."), key=block.id)
            run.problems.append(Problem(block.line, message, "note"))
    for key, line in run.note_lines.items():
        if key not in defined:
            message = said(_("The note “%(key)s” is not written."), key=key)
            run.problems.append(Problem(line, message, "note"))

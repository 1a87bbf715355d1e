"""Two editions of one guide: whether they say the same things in the same order."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import zip_longest
from typing import TYPE_CHECKING, Literal

from django.utils.translation import gettext_lazy as _

from .blocks import Block
from .marks import references
from .problems import Problem, said

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

Lag = Literal["changed", "gone", "more"]

_DIFFERENT = {
    "note": _("Not the notes of line %(line)s in the other language: %(names)s"),
    "source": _("Not the sources of line %(line)s in the other language: %(names)s"),
    "guide": _("Not the links of line %(line)s in the other language: %(names)s"),
    "picture": _("Not the picture of line %(line)s in the other language: %(names)s"),
    "external": _("Not as many links to other sites as line %(line)s in the other language."),
    "target": _("Not the targets of line %(line)s in the other language: %(names)s"),
    "unsure": _("Marked [?] here or in line %(line)s of the other language, and not in both."),
}

_KINDS = {
    "heading": _("a part"),
    "paragraph": _("a paragraph"),
    "item": _("a list item"),
    "number": _("a numbered item"),
    "quote": _("a quotation"),
    "head": _("the first row of a table"),
    "row": _("a row of a table"),
    "task": _("a thing to do"),
    "fine": _("an example that is fine"),
    "care": _("an example that needs care"),
    "never": _("an example of what not to do"),
    "stop": _("a stop sign"),
    "stuck": _("a box for who is stuck"),
    "note": _("a note"),
    "answer": _("an answer"),
    "picture": _("a picture"),
    "unknown": _("a line that is not understood"),
}


def compare_editions(source: Sequence[Block], translation: Sequence[Block]) -> tuple[Problem, ...]:
    """Where a translation does not match its source; lines are those of the translation.

    Blocks must be of the same kinds and depths in the same order; the first that is not ends the
    comparison, since all after it would differ too. Within a block, ids, links, sources and notes
    must be the same, in any order.
    """
    problems: list[Problem] = []
    for ours, theirs in zip_longest(source, translation):
        if ours is None or theirs is None or (ours.kind, ours.depth) != (theirs.kind, theirs.depth):
            return (*problems, _first_difference(ours, theirs, translation))
        problems += _differences(ours, theirs)
    return tuple(problems)


@dataclass(frozen=True, slots=True)
class Stretch:
    """Blocks `start` to `end` of what a translation was made from, where the source now has its
    blocks `live_start` to `live_end` instead; the ends are not among them."""

    start: int
    end: int
    live_start: int
    live_end: int

    @property
    def size(self) -> int:
        return max(self.end - self.start, self.live_end - self.live_start)

    @property
    def is_even(self) -> bool:
        """Whether each block has one that stands for it now."""
        return self.end - self.start == self.live_end - self.live_start

    @property
    def lag(self) -> Lag:
        if self.start == self.end:
            return "more"
        return "gone" if self.live_start == self.live_end else "changed"

    @property
    def places(self) -> range:
        """Where it is told: at its blocks, and at the block before what is new."""
        return range(self.start, self.end) or range(max(self.start - 1, 0), max(self.start, 1))


def stretches(kept: Sequence[str], live: Sequence[str]) -> tuple[Stretch, ...]:
    """Where a translation made from `kept` is behind the source's `live` digests, in order."""
    matcher = SequenceMatcher(a=kept, b=live, autojunk=False)
    return tuple(Stretch(*ends) for tag, *ends in matcher.get_opcodes() if tag != "equal")


def behind(kept: Sequence[str], live: Sequence[str]) -> int:
    """By how many blocks a translation made from `kept` is behind the source's `live` digests."""
    return sum(stretch.size for stretch in stretches(kept, live))


def behind_blocks(kept: Sequence[str], live: Sequence[str]) -> dict[int, Lag]:
    """Which blocks of a translation made from `kept` are concerned, by their place in it, and
    what became of each in the source: changed, gone, or followed by more."""
    found: dict[int, Lag] = {}
    for stretch in stretches(kept, live):
        for place in stretch.places:
            found.setdefault(place, stretch.lag)
    return found


def _first_difference(
    ours: Block | None, theirs: Block | None, translation: Sequence[Block]
) -> Problem:
    if theirs is None and ours:
        line = translation[-1].line if translation else 1
        message = said(
            _("The translation ends here; the source goes on in line %(line)s (%(kind)s)."),
            line=ours.line,
            kind=_described(ours),
        )
        return Problem(line, message, "blocks")
    if ours is None or theirs is None:
        line = theirs.line if theirs else 1
        message = said(_("The source has no block here: it ended before."))
        return Problem(line, message, "blocks")
    message = said(
        _("This is %(found)s; line %(line)s of the source is %(wanted)s."),
        found=_described(theirs),
        wanted=_described(ours),
        line=ours.line,
    )
    return Problem(theirs.line, message, "blocks")


def _described(block: Block) -> StrOrPromise:
    name = _KINDS[block.kind]
    return said(_("%(kind)s in a box"), kind=name) if block.depth else name


def _references(block: Block) -> Iterator[tuple[str, str]]:
    """What a block refers to: in its text, and, as an answer, what follows from it."""
    if block.kind == "picture":
        yield "picture", block.id
        return
    yield from references(block.text)
    if block.next:
        yield "target", f"-> {block.next}"
    for name in block.outcomes:
        yield "target", f"+{name}"
    if block.is_unsure:
        yield "unsure", ""


def _differences(ours: Block, theirs: Block) -> list[Problem]:
    problems = []
    if ours.id != theirs.id and ours.kind != "picture":
        message = said(
            _("The id here is “%(found)s”, in line %(line)s of the source “%(wanted)s”."),
            found=theirs.id,
            wanted=ours.id,
            line=ours.line,
        )
        problems.append(Problem(theirs.line, message, "ids"))
    wanted, found = Counter(_references(ours)), Counter(_references(theirs))
    unequal = [*(wanted - found), *(found - wanted)]
    for kind, words in _DIFFERENT.items():
        names = [name for each, name in unequal if each == kind]
        if names:
            sentence = said(words, line=ours.line, names=", ".join(sorted(set(names))))
            problems.append(Problem(theirs.line, sentence, f"{kind}s"))
    return problems

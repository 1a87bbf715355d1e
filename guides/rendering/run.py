"""One rendering under way: what it may refer to, and what it has met so far."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from difflib import get_close_matches
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from .context import Context, Picture, Target
from .problems import Problem, said

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

_LETTERS = "abcdefghijklmnopqrstuvwxyz"


@dataclass(slots=True)
class Scope:
    """One paragraph, item, table or other unit that carries its own citation."""

    line: int
    takes_notes: bool = False
    takes_links: bool = True
    is_note: bool = False
    is_cited: bool = False
    grades: set[str] = field(default_factory=set)
    notes: list[str] = field(default_factory=list)


@dataclass(slots=True)
class Run:
    """What the marks of all lines share. `anchors` are those of the text that is rendered."""

    language: str
    context: Context
    anchors: Mapping[str, str]
    problems: list[Problem] = field(default_factory=list)
    cited: dict[str, str] = field(default_factory=dict)
    links: dict[str, None] = field(default_factory=dict)
    note_numbers: dict[str, int] = field(default_factory=dict)
    note_lines: dict[str, int] = field(default_factory=dict)
    next_note: int = 1
    scope: Scope = field(default_factory=lambda: Scope(1))

    def refuse(self, message: StrOrPromise, code: str, **values: object) -> None:
        self.problems.append(Problem(self.scope.line, said(message, **values), code))

    @contextmanager
    def unit(self, line: int, *, notes: bool = False, must_cite: bool = True) -> Iterator[Scope]:
        """Collect the citations and notes of one unit; refuse it where it cites nothing."""
        outer, self.scope = self.scope, Scope(line, takes_notes=notes)
        try:
            yield self.scope
            self.scope.line = line
            if must_cite and not self.scope.is_cited:
                self.refuse(
                    _(
                        "Where is this from? End with a source such as [@s31], with [@own] for "
                        "advice of this site, or with [@site] for what it says of itself."
                    ),
                    "no-citation",
                )
        finally:
            self.scope = outer

    def letter(self, key: str) -> str:
        """The letter of a source, given in the order of first use: a … z, aa, ab, …"""
        if key not in self.cited:
            number, letters = len(self.cited), ""
            while number >= 0:
                letters = _LETTERS[number % 26] + letters
                number = number // 26 - 1
            self.cited[key] = letters
        return self.cited[key]

    def note_number(self, key: str) -> int:
        self.note_numbers[key] = self.next_note
        self.note_lines[key] = self.scope.line
        self.next_note += 1
        return self.note_numbers[key]

    def link(self, name: str) -> tuple[str, str, str] | None:
        """(address, title, language) of `slug`, `slug#id` or `@page`; None where it is refused."""
        if name.startswith("@"):
            if name[1:] in self.context.pages:
                return self.context.pages[name[1:]], "", self.language
            self.refuse(_("There is no page “%(name)s”."), "link", name=name)
            return None
        slug, _mark, anchor = name.partition("#")
        target = self.context.guides.get(slug)
        if target is None:
            self.refuse(_("There is no guide “%(slug)s”."), "link", slug=slug)
            return None
        # It may be named by an address that it had before.
        known = self.anchors if target.slug == self.context.slug else target.anchors
        if anchor and anchor not in known:
            self.refuse(
                _("The guide “%(slug)s” has no part or thing to do “%(anchor)s”."),
                "link",
                slug=slug,
                anchor=anchor,
            )
            return None
        self.links[target.slug] = None
        language = self.language if self.language in target.urls else next(iter(target.urls), "")
        address = target.urls.get(language, "") + _place(target, anchor, known.get(anchor, ""))
        return address, target.titles.get(language, slug), language

    def picture(self, key: str) -> Picture | None:
        """The picture of that key; None where it is refused."""
        found = self.context.pictures.get(key)
        if found is None:
            unknown = sum(problem.code == "picture" for problem in self.problems)
            # Looking for the nearest of many keys takes a while: not once more for every line.
            looked = () if unknown > 10 else self.context.pictures
            near = get_close_matches(key[:60], looked, n=1)
            if near:
                self.refuse(
                    _("There is no picture called %(key)s. Did you mean %(near)s?"),
                    "picture",
                    key=key,
                    near=near[0],
                )
            else:
                self.refuse(_("There is no picture called %(key)s."), "picture", key=key)
        return found

    def is_term(self, name: str) -> bool:
        target = self.context.guides.get(name.partition("#")[0])
        return target is not None and target.kind == "term"


def _place(target: Target, anchor: str, part: str) -> str:
    """Where in a guide's page an id is: a step guide shows one part at a time, a self-check
    what the answers lead to."""
    if not anchor or target.kind == "check":
        return ""
    fragment = f"#{anchor}" if anchor == part else f"#do-{anchor}"
    if target.kind != "steps":
        return fragment
    return f"?step={part}" + (fragment if anchor != part else "")

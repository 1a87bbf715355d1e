"""The marks in a line, as processors of Python-Markdown; no other module knows that package.

Of its own processors only the tree walk that applies these is kept. Labels are plain text: a mark
within a mark is refused, so no element is ever made from the text of another.
"""

from __future__ import annotations

import re
from typing import Any, cast
from urllib.parse import urlsplit
from xml.etree.ElementTree import Element, SubElement

import markdown
from django.utils.translation import gettext as translate
from django.utils.translation import gettext_lazy as _
from markdown.inlinepatterns import InlineProcessor
from markdown.treeprocessors import InlineProcessor as TreeWalk
from markdown.util import INLINE_PLACEHOLDER_RE, STX, AtomicString, Registry

from . import marks
from .context import html_language, is_chinese
from .run import Run
from .typography import finish, hide

_HAN = re.compile(r"[\u3400-\u9fff]")
_ANOTHER_MARK = re.compile(r"[\[\]{}*`]")
_SAFE_ADDRESS = re.compile(r"https://[\x21-\x7e]+")


class Nested(Exception):
    """A label holds another mark."""


class Mark(InlineProcessor):
    """A mark whose first group is plain text."""

    pattern_source = ""

    def __init__(self, inliner: markdown.Markdown, run: Run) -> None:
        super().__init__(self.pattern_source, inliner)
        self.inliner = inliner
        self.rendering = run

    def handleMatch(  # type: ignore[override]  # as the base class has it since Markdown 3
        self, m: re.Match[str], data: str
    ) -> tuple[Element | str, int, int]:
        try:
            made = self.make(*(self.plain(group or "") for group in m.groups()))
        except Nested:
            self.rendering.refuse(_("A mark cannot stand within another mark."), "nested")
            made = ""
        return made, m.start(), m.end()

    def make(self, *groups: str) -> Element | str:
        raise NotImplementedError

    def plain(self, text: str) -> str:
        """The text with escaped characters put back; raises `Nested` for anything else."""
        stash = _tree_walk(self.inliner).stashed_nodes

        def restore(found: re.Match[str]) -> str:
            node = stash.get(found[1])
            if not isinstance(node, str):
                raise Nested
            return node

        plain = INLINE_PLACEHOLDER_RE.sub(restore, text) if STX in text else text
        if _ANOTHER_MARK.search(plain):
            raise Nested
        return plain


class Code(Mark):
    pattern_source = marks.CODE

    def plain(self, text: str) -> str:
        return text

    def make(self, *groups: str) -> Element:
        return element("code", text=hide(groups[0]))


class Escape(Mark):
    pattern_source = marks.ESCAPE

    def plain(self, text: str) -> str:
        return text

    def make(self, *groups: str) -> str:
        return hide(groups[0])


class NoteReference(Mark):
    pattern_source = marks.NOTE

    def make(self, *groups: str) -> Element | str:
        run, key = self.rendering, groups[0].strip()
        if not run.scope.takes_notes:
            run.refuse(
                _("A note can only be used in a paragraph or a plain list item."), "note-place"
            )
            return ""
        if key in run.note_numbers:
            run.refuse(_("The note “%(key)s” is used twice."), "note", key=key)
            return ""
        run.scope.notes.append(key)
        number = run.note_number(key)
        return element("a", text=str(number), **{"class": "ref", "href": f"#note-{key}"})


class Citation(Mark):
    pattern_source = marks.CITATION

    def make(self, *groups: str) -> Element | str:
        run = self.rendering
        key, *rest = groups[0].split() or [""]
        run.scope.is_cited = True  # a wrong one is refused below; it need not be missed as well
        if key == "site" and not rest:
            return ""  # the site speaks of itself: there is nothing that a word would add
        if key == "own" and not rest:
            advice = self.grade("own")
            return "" if advice is None else advice
        if rest not in ([], ["inferred"]):
            run.refuse(_("A citation is [@s31], [@s31 inferred], [@own] or [@site]."), "citation")
            return ""
        if key not in run.context.sources:
            run.refuse(_("There is no source “%(key)s”."), "citation", key=key)
            return ""
        letter = element("a", text=run.letter(key), **{"class": "cite", "href": f"#source-{key}"})
        word = self.grade("inferred" if rest else run.context.sources[key])
        if word is None:
            return letter
        both = element("span", **{"class": "together"})
        both.extend([letter, word])
        return both

    def grade(self, grade: str) -> Element | None:
        """The word of a grade, once a paragraph; None where the reader knows already."""
        run = self.rendering
        known = grade == "official" or (grade == "third-party" and run.context.is_reported)
        if known or grade in run.scope.grades:
            return None
        run.scope.grades.add(grade)
        words = {
            "mirror": translate("mirrored copy"),
            "third-party": translate("reported"),
            "inferred": translate("inferred"),
            "own": translate("our advice"),
        }
        return element("span", text=words[grade], **{"class": f"grade grade-{grade}"})


class Button(Mark):
    """A button or menu of Seller Central, in the words of its screens."""

    pattern_source = marks.BUTTON

    def make(self, *groups: str) -> Element | str:
        run, text = self.rendering, groups[0]
        if text.startswith(("#", ":")):
            run.refuse(
                _("An id stands after the title of a part or a thing to do only."), "attribute"
            )
            return ""
        is_unconfirmed = text.endswith(("?", "？"))
        chinese, english = marks.split_label(text.rstrip("?？") if is_unconfirmed else text)
        if not english:
            chinese, english = "", chinese
        if not english or _HAN.search(english) or marks.split_label(english)[1]:
            run.refuse(
                _("A button is {Chinese|English}, or {English} where only that is known."), "button"
            )
            return ""
        names = [element("span", text=english, lang="en")]
        if chinese:
            names.append(element("span", text=f"「{chinese}」", lang="zh-Hans"))
        if is_chinese(run.language):
            names.reverse()
        for name in names[:-1]:
            name.tail = " "
        button = element("span", **{"class": "ui"})
        button.extend(names)
        if not is_unconfirmed:
            return button
        both = element("span", **{"class": "together"})
        button.tail = " "
        word = element(
            "span", text=translate("button text not verified"), **{"class": "unconfirmed"}
        )
        both.extend([button, word])
        return both


class GuideLink(Mark):
    pattern_source = marks.GUIDE

    def make(self, *groups: str) -> Element | str:
        run = self.rendering
        name, label = marks.split_label(groups[0])
        if not run.scope.takes_links:
            run.refuse(_("A link cannot stand here."), "link-place")
            return ""
        found = run.link(name)
        if found is None:
            return ""
        address, title, language = found
        if not (label or title):
            run.refuse(_("This link needs words: [[%(name)s|words]]"), "link", name=name)
        link = element("a", text=label or title, href=address)
        if run.is_term(name):
            link.set("class", "term")  # a script may open it in place
        if language != run.language:
            link.set("hreflang", html_language(language))
            if not label:
                link.set("lang", html_language(language))
        return link


class ExternalLink(Mark):
    pattern_source = marks.LINK

    def make(self, *groups: str) -> Element | str:
        run, (picture, label, address, end) = self.rendering, groups
        if picture:
            run.refuse(_("A picture is a line of its own: ![[key|What it shows]]"), "picture")
            return ""
        if not run.scope.takes_links:
            run.refuse(_("A link cannot stand here."), "link-place")
            return ""
        if not (end and label.strip() and is_external(address)):
            run.refuse(
                _("A link to another site is [words](https://…), without spaces or brackets."),
                "link",
            )
            return ""
        link = element("a", text=label, **{"class": "external", "rel": "noopener", "href": address})
        words = SubElement(link, "span", {"class": "visually-hidden"})
        words.text = AtomicString(" " + translate("(opens another site)"))
        return link


class Bold(Mark):
    pattern_source = marks.BOLD

    def make(self, *groups: str) -> Element | str:
        (text,) = groups
        if text != text.strip():
            self.rendering.refuse(_("Bold begins and ends with a letter, not a space."), "bold")
            return ""
        return element("strong", text=text)


# Code and escapes first: what stands in them is no mark. Links to pages (`[[@methods]]`) before
# citations (`[@s31]`). Bold last: it must find the others.
_MARKS: tuple[type[Mark], ...] = (
    Code, Escape, GuideLink, NoteReference, Citation, Button, ExternalLink, Bold,
)  # fmt: skip


class Inliner:
    """Turns the text of a line into the children of an element."""

    def __init__(self, run: Run) -> None:
        self.rendering = run
        self.markdown = markdown.Markdown()
        patterns: Registry[Any] = Registry()
        for priority, mark in enumerate(reversed(_MARKS)):
            patterns.register(mark(self.markdown, run), mark.__name__, priority)
        self.walk = _tree_walk(self.markdown)
        self.walk.inlinePatterns = patterns

    def fill(self, parent: Element, text: str) -> Element:
        """Put the text, its marks made into elements, into an empty element, and return that."""
        self.check_places(text)
        holder = Element("div")
        parent.text = text
        holder.append(parent)
        self.walk.run(holder)
        finish(parent, self.rendering)
        return parent

    def check_places(self, text: str) -> None:
        """Notes and sources before the Chinese full stop, after the English one, without a space."""
        run = self.rendering
        if "![[" in re.sub(marks.CODE, "", text):
            run.refuse(_("A picture is a line of its own: ![[key|What it shows]]"), "picture")
        if re.search(r"\s\[[@^][^\[\]]*\]", text):
            run.refuse(_("No space stands before a note or a source."), "place")
        if is_chinese(run.language):
            # The source at the end of a note is that of all its sentences.
            if re.search(r"。\[[@^]", text) and not run.scope.is_note:
                run.refuse(_("In Chinese, notes and sources stand before 。"), "place")
        elif re.search(r"\[[@^][^\[\]]*\]\.(\s|$)", text):
            run.refuse(_("Notes and sources stand after the full stop."), "place")


def _tree_walk(inliner: markdown.Markdown) -> TreeWalk:
    return cast(TreeWalk, inliner.treeprocessors["inline"])


def element(tag: str, *, text: str = "", **attributes: str) -> Element:
    """An element whose text no other mark is looked for in."""
    made = Element(tag, attributes)
    made.text = AtomicString(text)
    return made


def is_external(address: str) -> bool:
    """Whether a link may lead there: https, a host in ASCII, nobody's name before it."""
    if not _SAFE_ADDRESS.fullmatch(address) or re.search(r"[\\<>\"'`^{}|]", address):
        return False
    try:
        parts = urlsplit(address)
        return bool(parts.hostname and "." in parts.hostname and "@" not in parts.netloc)
    except ValueError:
        return False

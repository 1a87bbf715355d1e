"""All rules over one text: every warning, with the line or the field that it is about."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from guides.rendering import Block, is_chinese
from guides.rendering.problems import said

from .figures import figures
from .glossary import Glossary, Term
from .handing_over import hands_over
from .lengths import too_long
from .promises import guesses_a_wait, promises
from .retired import is_retired
from .sentences import Sentence, of_text, sentences

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

#: Words at the head of a text that are sentences, and are read as such.
HEAD = ("title", "card", "summary", "when")
#: Cited on behalf of this site.
OWN = {"own", "site"}
#: So much of a sentence is repeated beside what is said about it.
EXCERPT = 40

_WORDS = {
    "handing-over": _(
        "This may tell readers to give a key, secret, token or password to somebody. "
        "Say instead what they should do, or write it as an example of what not to do."
    ),
    "promise": _("This reads like a promise. Nobody can say how an appeal ends, or how likely."),
    "wait": _("This guesses how long something takes. Name who says so, or leave it out."),
    "figure": _("No source stands behind %(words)s in this paragraph."),
    "term": _("The glossary writes “%(wanted)s”, not “%(found)s”."),
    "long-chinese": _("A sentence of %(count)s characters; up to 40 are easy to take in."),
    "long": _("A sentence of %(count)s words; up to 30 are easy to take in."),
    "retired": _(
        "MWS was shut down in 2024, and this reads like a step to take today. "
        "Say that it was so then, or give the guide the standing “historic”."
    ),
}


@dataclass(frozen=True, slots=True)
class Advice:
    """One warning. `field` is body, title, card, summary or when; `line` counts the lines of the
    body from 1 and is 0 elsewhere; `place` is that of the block, from 0, and None elsewhere."""

    field: str
    line: int
    place: int | None
    code: str
    message: StrOrPromise
    excerpt: str


def advise(
    blocks: Sequence[Block],
    *,
    language: str,
    kind: str,
    standing: str,
    glossary: Iterable[Term],
    grades: Collection[str],
    head: Mapping[str, str] | None = None,
    slug: str = "",
) -> tuple[Advice, ...]:
    """Everything about a text that its editor should look at again, in the order of the text.

    `grades` are the keys of the sources that are registered: what cites none of them, nor this
    site's own advice, stands without a source. `head` holds title, card, summary and when,
    `slug` is that of the guide: a term's page may call it what it likes.
    """
    text = _Text(language, standing, Glossary(glossary, language, slug), grades)
    found = [
        Advice(field, 0, None, code, message, excerpt)
        for field in HEAD
        for code, message, excerpt in text.head((head or {}).get(field, ""), field)
    ]
    for place, block in enumerate(blocks):
        if block.kind == "unknown" or (kind == "check" and block.kind == "answer"):
            continue
        for code, message, excerpt in text.block(block):
            found.append(Advice("body", block.line, place, code, message, excerpt))
    return tuple(found)


Found = Iterator[tuple[str, "StrOrPromise", str]]


@dataclass(frozen=True, slots=True)
class _Text:
    language: str
    standing: str
    glossary: Glossary
    grades: Collection[str]

    def head(self, words: str, field: str) -> Found:
        """A line above the body: it cites nothing and needs no source; a title may be long."""
        line = Block(0, 0, "heading" if field in ("title", "card") else "paragraph", words, words)
        for sentence in of_text(words, self.language):
            yield from self.sentence(line, sentence, cited=())

    def block(self, block: Block) -> Found:
        read = sentences(block, self.language)
        cited = {key for one in read for key in one.cites if key in self.grades or key in OWN}
        for sentence in read:
            yield from self.sentence(block, sentence, cited)
            words = [] if cited else figures(block, sentence, self.language)
            if words:
                quoted = ", ".join(f"“{one}”" for one in dict.fromkeys(words))
                yield "figure", said(_WORDS["figure"], words=quoted), _excerpt(sentence)

    def sentence(self, block: Block, sentence: Sentence, cited: Collection[str]) -> Found:
        excerpt = _excerpt(sentence)
        if hands_over(block, sentence, self.language, self.standing):
            yield "handing-over", _WORDS["handing-over"], excerpt
        if promises(block, sentence, self.language):
            yield "promise", _WORDS["promise"], excerpt
        if guesses_a_wait(block, sentence, self.language, cited):
            yield "wait", _WORDS["wait"], excerpt
        if is_retired(block, sentence, self.language, self.standing):
            yield "retired", _WORDS["retired"], excerpt
        for one in dict.fromkeys(self.glossary.misnomers(block, sentence)):
            message = said(_WORDS["term"], wanted=one.wanted, found=one.found)
            yield "term", message, excerpt
        count = None if block.kind == "heading" else too_long(block, sentence, self.language)
        if count:
            words = _WORDS["long-chinese" if is_chinese(self.language) else "long"]
            yield "long", said(words, count=count), excerpt


def _excerpt(sentence: Sentence) -> str:
    text = sentence.text
    return text if len(text) <= EXCERPT else f"{text[:EXCERPT].rstrip()}…"

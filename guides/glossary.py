"""Terms as other pages show them: opened in place, listed at a page's end, by letters."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby

from django.utils.safestring import SafeString, mark_safe

from .models import Edition
from .rendering import is_chinese
from .steps import Part

#: Where what begins with no letter stands.
OTHER = "#"

# In the HTML of a part: letters and numbers that lead to lists of its own page, and notes.
_OF_ITS_PAGE = re.compile(
    r'\u2060?<a [^>]*class="(?:cite|ref)"[^>]*>[^<]*</a>'
    r'|<details class="note">.*?</details>|<ol class="endnotes".*?</ol>',
    re.DOTALL,
)
_PARAGRAPH = re.compile(r'^<(p|div)(?: class="p")?>(.*)</\1>$', re.DOTALL)
_TERM_LINK = re.compile(r'<a href="[^"]*/guides/([a-z0-9-]+)/[^"]*" class="term"')
_TAG_OR_TEXT = re.compile(r"<[^>]+>|[^<]+")
_SENTENCE_END = re.compile(
    r"[。！？][”’」』）\u2060]*|[.!?][”’\"')\u2060]*(?=\s+[“‘\"'(]*[A-Z]|\s*$)"
)


@dataclass(frozen=True, slots=True)
class Entry:
    """A term in one language, and its names in the others."""

    edition: Edition
    others: Sequence[Edition]

    @property
    def other_names(self) -> list[Edition]:
        return unsaid(self.edition.title, self.others)

    @property
    def opening(self) -> SafeString:
        return first_sentence(definition(self.edition))

    @property
    def letter(self) -> str:
        return letter(sorted_under(self.edition))


def definition(edition: Edition) -> SafeString:
    """A term's paragraph for another page: without what leads to the lists of its own."""
    html = _OF_ITS_PAGE.sub("", edition.parts[0]["html"]) if edition.parts else ""
    paragraph = _PARAGRAPH.match(html)
    # Rendering alone fills `parts`, and sanitizes what it puts there.
    return mark_safe(paragraph[2] if paragraph else "")  # noqa: S308


def words_of(keywords: str) -> list[str]:
    """The words of a line of keywords, each once."""
    words = (word.strip() for word in re.split("[,，、]", keywords))
    return list(dict.fromkeys(word for word in words if word))


def linked_terms(parts: Iterable[Part]) -> list[str]:
    """The slugs of the terms that these parts mark, each once, in the order of the text."""
    html = "".join(part["html"] for part in parts)
    return list(dict.fromkeys(_TERM_LINK.findall(html)))


def unsaid(title: str, others: Iterable[Edition]) -> list[Edition]:
    """Those whose title does not stand in brackets in this one already."""
    said = letters_of(title)
    return [one for one in others if letters_of(one.title) not in said]


def letters_of(title: str) -> str:
    return re.sub(r"[\W_]+", "", title.casefold())


def first_sentence(html: SafeString) -> SafeString:
    """Of a definition, up to the first end of a sentence that stands in no element, with the
    words of grade that follow it."""
    depth, ended, kept = 0, False, ""
    for piece in _TAG_OR_TEXT.findall(html):
        if piece.startswith("<"):
            if ended and not depth and not piece.startswith('<span class="grade'):
                break
            depth += -1 if piece.startswith("</") else 1
            kept += piece
            continue
        end = _SENTENCE_END.search(piece) if not depth else None
        if ended and not depth:
            break
        kept += piece[: end.end()] if end else piece
        ended = ended or end is not None
        if end and end.end() < len(piece):
            break
    # A cut between elements of what was safe.
    return mark_safe(kept)  # noqa: S308


def sorted_under(edition: Edition) -> str:
    """What decides a term's place: in Chinese its pinyin, elsewhere its title."""
    pinyin = edition.live.revision.sort if edition.live and is_chinese(edition.language) else ""
    return (pinyin or edition.title).casefold()


def letter(words: str) -> str:
    first = words[:1].upper()
    return first if "A" <= first <= "Z" else OTHER


def entries(editions: Iterable[Edition], language: str) -> list[Entry]:
    """One entry a term, in the order of the alphabet; of its editions that in this language,
    else the one it was written in."""
    of_guide: dict[int, list[Edition]] = {}
    for edition in editions:
        of_guide.setdefault(edition.guide_id, []).append(edition)
    made = []
    for same in of_guide.values():
        same.sort(key=lambda one: one.distance_to(language))
        made.append(Entry(same[0], same[1:]))
    return sorted(made, key=lambda one: (one.letter == OTHER, sorted_under(one.edition)))


def by_letter(listed: Iterable[Entry]) -> list[tuple[str, list[Entry]]]:
    return [(key, list(group)) for key, group in groupby(listed, key=lambda one: one.letter)]

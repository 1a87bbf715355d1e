"""Terms as other pages show them: opened in place, listed at a page's end, by letters."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby

from django.utils.safestring import SafeString, mark_safe

from .models import Edition
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
_TERM_LINK = re.compile(r'<a [^>]*href="[^"]*/guides/([a-z0-9-]+)/[^"]*"[^>]*class="term"')
_FIRST_SENTENCE = re.compile(
    r"(.+?(?:[。！？][”’」』）]*|[.!?][”’\"')]*(?=\s+[“‘\"'(]*[A-Z]|\s*$)))"
)


@dataclass(frozen=True, slots=True)
class Entry:
    """A term in one language, and its names in the others."""

    edition: Edition
    others: Sequence[Edition]

    @property
    def opening(self) -> str:
        return first_sentence(self.edition.plain)

    @property
    def letter(self) -> str:
        return letter(sorted_under(self.edition))


def definition(edition: Edition) -> SafeString:
    """A term's paragraph for another page: without what leads to the lists of its own."""
    html = _OF_ITS_PAGE.sub("", edition.parts[0]["html"]) if edition.parts else ""
    paragraph = _PARAGRAPH.match(html)
    # Rendering alone fills `parts`, and sanitizes what it puts there.
    return mark_safe(paragraph[2] if paragraph else "")  # noqa: S308


def linked_terms(parts: Iterable[Part]) -> list[str]:
    """The slugs of the terms that these parts mark, each once, in the order of the text."""
    html = "".join(part["html"] for part in parts)
    return list(dict.fromkeys(_TERM_LINK.findall(html)))


def first_sentence(text: str) -> str:
    """Of a term's plain text, whose first line is its paragraph."""
    line = text.partition("\n")[0]
    found = _FIRST_SENTENCE.match(line)
    return found[1] if found else line


def sorted_under(edition: Edition) -> str:
    """What decides a term's place: in Chinese its pinyin, elsewhere its title."""
    revision = edition.live.revision
    words = (revision.sort if edition.language.startswith("zh") else "") or revision.title
    return words.casefold()


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
        same.sort(key=lambda one: (one.language != language, not one.is_source))
        made.append(Entry(same[0], same[1:]))
    return sorted(made, key=lambda one: (one.letter == OTHER, sorted_under(one.edition)))


def by_letter(listed: Iterable[Entry]) -> list[tuple[str, list[Entry]]]:
    return [(key, list(group)) for key, group in groupby(listed, key=lambda one: one.letter)]

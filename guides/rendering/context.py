"""What a text may refer to: other guides, sources, pages. Plain values, no database."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass, field

GRADES = ("official", "mirror", "third-party")


@dataclass(frozen=True, slots=True)
class Target:
    """A guide that a link may name.

    `titles` and `urls` have an entry for each language it exists in, best fallback first;
    `anchors` maps each id that can be linked to (parts and things to do) to its part.
    """

    slug: str
    kind: str
    titles: Mapping[str, str]
    urls: Mapping[str, str]
    anchors: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture that a line may show: where it is, its size in pixels, and when it was taken."""

    url: str
    width: int
    height: int
    taken_on: datetime.date


@dataclass(frozen=True, slots=True)
class Context:
    """Everything outside the text that rendering depends on.

    `guides` by slug; `sources` gives the grade of each key; `pages` the address of each page of
    the site (`new-case`, `methods`) in the edition's language. `slug` names the guide that is
    rendered, so that links into itself follow the text at hand and not what was live before.
    `pictures` by key. `behind` has words for each line of a translation that its source has left behind.
    """

    guides: Mapping[str, Target] = field(default_factory=dict)
    sources: Mapping[str, str] = field(default_factory=dict)
    pages: Mapping[str, str] = field(default_factory=dict)
    is_reported: bool = False
    slug: str = ""
    behind: Mapping[int, str] = field(default_factory=dict)
    pictures: Mapping[str, Picture] = field(default_factory=dict)


def html_language(code: str) -> str:
    """The language tag that HTML wants: `zh-hans` becomes `zh-Hans`."""
    first, *rest = code.split("-")
    return "-".join([first, *(part.title() if len(part) == 4 else part.upper() for part in rest)])


def is_chinese(code: str) -> bool:
    return code.split("-")[0] == "zh"

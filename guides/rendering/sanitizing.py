"""The last gate: only the elements, attributes and addresses that rendering itself makes."""

from __future__ import annotations

import re
from xml.etree.ElementTree import Element, tostring

import nh3

TAGS = {
    "a", "blockquote", "code", "details", "div", "figcaption", "figure", "img", "input", "label",
    "li", "ol", "p", "span", "strong", "summary", "table", "tbody", "td", "th", "thead", "tr", "ul",
}  # fmt: skip
ATTRIBUTES = {
    "a": {"class", "href", "hreflang", "lang"},
    "div": {"class", "id"},
    "img": {"alt", "height", "src", "width"},
    "input": {"value"},
    "li": {"id"},
    "ol": {"class", "start"},
    "span": {"class", "lang"},
    "td": {"data-label"},
    **{tag: {"class"} for tag in ("details", "figure", "p", "ul")},
}
FIXED = {
    "a": {"rel": {"noopener"}},
    "img": {"loading": {"lazy"}, "decoding": {"async"}},
    "input": {"type": {"checkbox"}, "name": {"done"}, "form": {"ticks"}},
    "th": {"scope": {"col"}},
}
CLASSES = {
    "behind", "button", "cite", "endnotes", "example", "examples", "external", "grade",
    "grade-inferred", "grade-mirror", "grade-own", "grade-third-party", "hint", "note", "p", "picture",
    "ref", "stop",
    "stop-title", "stuck", "table", "task", "tasks", "term", "ui", "unconfirmed", "verdict",
    "verdict-care", "verdict-fine", "verdict-never", "visually-hidden",
}  # fmt: skip
# An id of a note or a thing to do; those of parts are written by templates, from checked ids.
_ID = re.compile(r"(?:note|do)-[a-z0-9-]{1,80}")
# https, a path of this site (never `//host`), or an id of this page.
_HREF = re.compile(r"https://[^\s\\]+|/(?![/\\])[^\s\\]*|\?[^\s\\]*|#[a-z0-9-]+")
# A picture of this site, and nothing else: what is fetched tells who reads.
_SRC = re.compile(r"/pictures/[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/")
_SIDE = re.compile(r"[1-9][0-9]{0,4}")
_PLAIN = re.compile(r"[A-Za-z0-9-]{1,80}")


_ALLOWED = {
    "id": _ID, "href": _HREF, "src": _SRC, "width": _SIDE, "height": _SIDE, "value": _PLAIN,
    "lang": _PLAIN, "hreflang": _PLAIN,
}  # fmt: skip


def _keep(tag: str, attribute: str, value: str) -> str | None:
    if attribute == "class":
        return " ".join(name for name in value.split() if name in CLASSES) or None
    pattern = _ALLOWED.get(attribute)
    return value if pattern is None or pattern.fullmatch(value) else None


_cleaner = nh3.Cleaner(
    tags=TAGS,
    attributes=ATTRIBUTES,
    tag_attribute_values=FIXED,
    attribute_filter=_keep,
    link_rel=None,
    url_schemes={"https"},
)


def to_html(elements: list[Element]) -> str:
    """The elements as HTML that carries no script, style, frame or foreign address form."""
    return _cleaner.clean("".join(tostring(each, "unicode", "html") for each in elements))

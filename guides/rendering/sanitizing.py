"""The last gate: only the elements, attributes and addresses that rendering itself makes."""

from __future__ import annotations

import re
from xml.etree.ElementTree import Element, tostring

import nh3

TAGS = {
    "a", "blockquote", "code", "details", "div", "input", "label", "li", "ol", "p", "span",
    "strong", "summary", "table", "tbody", "td", "th", "thead", "tr", "ul",
}  # fmt: skip
ATTRIBUTES = {
    "a": {"class", "href", "hreflang", "lang"},
    "div": {"class", "id"},
    "input": {"value"},
    "li": {"id"},
    "ol": {"class", "start"},
    "span": {"class", "lang"},
    "td": {"data-label"},
    **{tag: {"class"} for tag in ("details", "p", "ul")},
}
FIXED = {
    "a": {"rel": {"noopener"}},
    "input": {"type": {"checkbox"}, "name": {"done"}, "form": {"ticks"}},
    "th": {"scope": {"col"}},
}
CLASSES = {
    "behind", "button", "cite", "endnotes", "example", "examples", "external", "grade",
    "grade-inferred", "grade-mirror", "grade-own", "grade-third-party", "hint", "note", "p", "ref", "stop",
    "stop-title", "stuck", "table", "task", "tasks", "term", "ui", "unconfirmed", "verdict",
    "verdict-care", "verdict-fine", "verdict-never", "visually-hidden",
}  # fmt: skip
# An id of a note or a thing to do; those of parts are written by templates, from checked ids.
_ID = re.compile(r"(?:note|do)-[a-z0-9-]{1,80}")
# https, a path of this site (never `//host`), or an id of this page.
_HREF = re.compile(r"https://[^\s\\]+|/(?![/\\])[^\s\\]*|\?[^\s\\]*|#[a-z0-9-]+")
_PLAIN = re.compile(r"[A-Za-z0-9-]{1,80}")


def _keep(tag: str, attribute: str, value: str) -> str | None:
    if attribute == "class":
        return " ".join(name for name in value.split() if name in CLASSES) or None
    allowed = {"id": _ID, "href": _HREF, "value": _PLAIN, "lang": _PLAIN, "hreflang": _PLAIN}
    pattern = allowed.get(attribute)
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

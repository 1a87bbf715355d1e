"""A small world of guides, sources and pages to render texts in."""

from __future__ import annotations

import datetime
from typing import Any

from guides.rendering import Context, Picture, Refused, Rendered, Target, render

PICTURE = "11111111-2222-3333-4444-555555555555"
PICTURES = {
    "menu": Picture(f"/pictures/{PICTURE}/", 1200, 700, datetime.date(2026, 11, 8)),
    "small": Picture(f"/pictures/{PICTURE}/", 300, 200, datetime.date(2026, 11, 9)),
}
LANGUAGES = ("zh-hans", "en")

GUIDES = {
    "exposed": Target(
        slug="exposed",
        kind="steps",
        titles={"zh-hans": "密钥给出去了", "en": "My key was shared"},
        urls={"zh-hans": "/zh-hans/guides/exposed/", "en": "/en/guides/exposed/"},
        anchors={"before": "before", "revoke": "revoke", "look": "revoke"},
    ),
    "clause-2-7": Target(
        slug="clause-2-7",
        kind="clause",
        titles={"zh-hans": "条款 2.7", "en": "Clause 2.7"},
        urls={"zh-hans": "/zh-hans/guides/clause-2-7/", "en": "/en/guides/clause-2-7/"},
        anchors={"short": "short", "ask": "now"},
    ),
    "only-chinese": Target(
        slug="only-chinese",
        kind="article",
        titles={"zh-hans": "只有中文"},
        urls={"zh-hans": "/zh-hans/guides/only-chinese/"},
    ),
    "secret-key": Target(
        slug="secret-key",
        kind="term",
        titles={"zh-hans": "密钥", "en": "Secret key"},
        urls={"zh-hans": "/zh-hans/guides/secret-key/", "en": "/en/guides/secret-key/"},
    ),
}
SOURCES = {"s1": "mirror", "s2": "official", "s23": "third-party", "s31": "official"}


def context(language: str, **changes: Any) -> Context:
    pages = {"new-case": f"/{language}/appeals/new/", "methods": f"/{language}/methods/"}
    known = {"guides": GUIDES, "sources": SOURCES, "pages": pages, "pictures": PICTURES}
    return Context(**known | changes)


def rendered(
    body: str, *, kind: str = "article", language: str = "zh-hans", **changes: Any
) -> Rendered:
    return render(body, kind=kind, language=language, context=context(language, **changes))


def html(text: str, **options: Any) -> str:
    """What the lines make as the only part of an article."""
    return rendered(f"## T {{#t}}\n\n{text}", **options).parts[0].html


def plain(text: str, **options: Any) -> str:
    return rendered(f"## T {{#t}}\n\n{text}", **options).plain.removeprefix("T\n")


def refusals(body: str, **options: Any) -> list[tuple[int, str]]:
    """(line, code) of each problem; empty where the text is accepted."""
    try:
        rendered(body, **options)
    except Refused as refused:
        return [(problem.line, problem.code) for problem in refused.problems]
    return []


def refused(text: str, **options: Any) -> list[str]:
    """The codes of what is wrong with lines that are the only part of an article."""
    return [code for _line, code in refusals(f"## T {{#t}}\n\n{text}", **options)]

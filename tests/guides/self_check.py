"""The bundled self-check as rendering leaves it, without a database."""

from __future__ import annotations

from dataclasses import asdict
from functools import cache
from typing import Any

from guides.publishing import bundle
from guides.publishing.files import read_edition
from guides.rendering import Context, Target, anchors, render

SLUG = "self-check"
LANGUAGES = ("zh-hans", "en")


@cache
def bundled_parts(language: str) -> list[dict[str, Any]]:
    guides = {guide.slug: guide for guide in bundle.read_guides(bundle.BUNDLE)}
    known = {
        slug: Target(
            slug=slug,
            kind=guide.facts["kind"],
            titles=dict.fromkeys(LANGUAGES, slug),
            urls={one: f"/{one}/guides/{slug}/" for one in LANGUAGES},
            anchors=anchors(guide.texts["zh-hans"]),
        )
        for slug, guide in guides.items()
    }
    sources = {key: one["grade"] for key, one in bundle.read_sources(bundle.BUNDLE).items()}
    pages = {"methods": "/methods/", "new-case": "/new/"}
    body = read_edition(guides[SLUG].texts[language])["body"]
    context = Context(known, sources, pages, slug=SLUG)
    return [
        asdict(part)
        for part in render(body, kind="check", language=language, context=context).parts
    ]

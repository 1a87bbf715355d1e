"""Guides that search knows without rendering them, and what its page says."""

from __future__ import annotations

import html
import re
from typing import Any

from django.test import Client

from guides.models import Edition, SearchMiss
from guides.search import fold_edition
from tests.factories import make_guide, make_live_edition


def publish(slug: str, language: str = "en", *, text: str = "", **changes: Any) -> Edition:
    """A live guide that search knows, without rendering it."""
    facts = {
        name: changes.pop(name) for name in ("kind", "standing", "is_reported") if name in changes
    }
    written = {"title": slug, "summary": "A summary", "keywords": ""} | changes
    folded = fold_edition(
        title=written["title"],
        keywords=written["keywords"],
        headings=[],
        summary=written["summary"],
        text=text,
    )
    edition = make_live_edition(make_guide(slug, **facts), language, plain=text, **written)
    edition.folded = folded
    edition.save()
    return edition


def also_in(edition: Edition, language: str, *, text: str, title: str) -> None:
    """The same guide in another language."""
    other = make_live_edition(edition.guide, language, plain=text, title=title)
    other.folded = fold_edition(title=title, keywords="", headings=[], summary="", text=text)
    other.save()


def ask(client: Client, query: str, language: str = "en", **more: Any) -> str:
    answer = client.get(f"/{language}/search/", {"q": query} | more)
    assert answer.status_code == 200
    return answer.content.decode()


def titles(page: str) -> list[str]:
    return re.findall(r"<h2[^>]*><a [^>]*>(.*?)</a></h2>", page)


def status(page: str) -> str:
    said = re.search(r'role="status">(.*?)</div>', page, re.DOTALL)
    assert said
    return html.unescape(re.sub(r"\s+", " ", re.sub(r"<[^>]+>", "", said[1])).strip())


def misses() -> list[tuple[str, str, int]]:
    return list(SearchMiss.objects.order_by("pk").values_list("query", "language", "times"))

"""A guide in two languages with one source, saved and not yet published."""

from __future__ import annotations

from typing import Any

import pytest

from guides.models import Guide, Revision
from guides.publishing import save_draft
from tests import factories

ZH = {
    "title": "标题",
    "card": "结论",
    "summary": "摘要",
    "keywords": "词",
    "body": "## 部分 {#part}\n\n一句话[@s1]。",
}
EN = {
    "title": "Title",
    "card": "Conclusion",
    "summary": "Summary",
    "keywords": "word",
    "body": "## Part {#part}\n\nOne sentence.[@s1]",
}


def make_facts(**changes: Any) -> dict[str, Any]:
    facts = {
        "kind": "article",
        "position": 1,
        "standing": "current",
        "is_reported": False,
        "valid_from": None,
        "valid_to": None,
        "successor": None,
        "reference": "",
        "agreement": None,
        "checked_on": "2026-11-23",
        "review_by": "2027-02-21",
        "related": [],
        "source_language": "zh-hans",
        "method": None,
    }
    return facts | changes


@pytest.fixture
def guide(db: None) -> Guide:
    factories.make_source("s1")
    return Guide.objects.create(slug="a-guide", kind="article")


@pytest.fixture
def zh(guide: Guide) -> Revision:
    return draft(guide, "zh-hans")


@pytest.fixture
def en(guide: Guide, zh: Revision) -> Revision:
    return draft(guide, "en")


def draft(guide: Guide, language: str, **changes: Any) -> Revision:
    """A new revision of that edition, from its latest; facts only in the source language.

    A `body` is put below the heading that every article needs: its first line is line 3.
    """
    edition = guide.editions.filter(language=language).first()
    latest = edition.latest if edition else None
    text = latest.text() if latest else dict(ZH if language == "zh-hans" else EN)
    known = {name: changes.pop(name) for name in list(changes) if name in text}
    if "body" in known:
        known["body"] = f"## Part {{#part}}\n\n{known['body']}"
    facts = make_facts() if language == "zh-hans" and latest is None else None
    return save_draft(
        guide=guide,
        language=language,
        text=text | known,
        made_from=latest.number if latest else 0,
        **{"by": None, "note": "Why", "facts": facts} | changes,
    )

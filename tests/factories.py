"""Plain functions that make what a test needs, with sane defaults."""

from __future__ import annotations

import itertools
from typing import Any

from django.utils import timezone

from appeals.models import Case, Provider
from guides.models import Edition, Guide, Publication, Revision, Source, User

_numbers = itertools.count(1)


def make_user(**changes: Any) -> User:
    fields = {"email": f"person{next(_numbers)}@example.com", "language": "en"} | changes
    return User.objects.create_user(password=fields.pop("password", "pass-word-123"), **fields)


def make_source(key: str = "s1", **changes: Any) -> Source:
    fields: dict[str, Any] = {
        "titles": {"zh-hans": f"来源 {key}", "en": f"Source {key}"},
        "grade": Source.Grade.OFFICIAL,
        "address": f"https://example.com/{key}",
    }
    return Source.objects.create(key=key, **fields | changes)


def make_guide(slug: str | None = None, **changes: Any) -> Guide:
    fields: dict[str, Any] = {"kind": Guide.Kind.ARTICLE, "checked_on": "2026-11-23"}
    return Guide.objects.create(slug=slug or f"guide-{next(_numbers)}", **fields | changes)


def make_live_edition(guide: Guide, language: str = "zh-hans", **changes: Any) -> Edition:
    """A published edition without going through publishing: parts are given, not rendered."""
    text = {"title": "标题", "card": "标题", "summary": "摘要", "body": ""}
    rendered = {"parts": [], "plain": "", "links": [], "cited": []}
    for name in rendered:
        if name in changes:
            rendered[name] = changes.pop(name)
    edition = Edition.objects.create(guide=guide, language=language, **rendered)
    revision = Revision.objects.create(edition=edition, number=1, **text | changes)
    edition.latest = revision
    edition.live = Publication.objects.create(
        edition=edition, revision=revision, published_at=timezone.now()
    )
    edition.save()
    return edition


def make_case(owner: User | None = None, **changes: Any) -> Case:
    return Case.objects.create(owner=owner or make_user(), **{"store": "示例店 US"} | changes)


def make_provider(case: Case, name: str = "ERP 甲", **changes: Any) -> Provider:
    case.letters_given += 1
    case.save(update_fields=["letters_given"])
    letter = changes.pop("letter", chr(ord("A") + case.letters_given - 1))
    return Provider.objects.create(case=case, letter=letter, name=name, **changes)

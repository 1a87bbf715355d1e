"""Plain functions that make what a test needs, with sane defaults."""

from __future__ import annotations

import base64
import datetime
import hashlib
import itertools
from typing import Any

from django.utils import timezone

from appeals import actions, presets
from appeals.models import Case, Evidence, Provider
from guides.models import Edition, Guide, Picture, Publication, Revision, Source, User

#: The smallest PNG there is, white.
DOT = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAIAAACQd1PeAAAADElEQVR42mP4//8/AAX+Av4zEpUUAAAAAElFTkSuQmCC"
)

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


def make_picture(key: str = "menu", **changes: Any) -> Picture:
    """A picture of 1 × 1 pixel that says to be larger: nothing here looks at its bytes."""
    fields: dict[str, Any] = {
        "content": DOT,
        "media_type": "image/png",
        "width": 1200,
        "height": 700,
        "size": len(DOT),
        "sha256": hashlib.sha256(DOT).hexdigest(),
        "alt": {"zh-hans": "右上角的菜单", "en": "The menu at the top right"},
        "taken_on": datetime.date(2026, 11, 8),
    }
    return Picture.objects.create(key=key, **fields | changes)


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
    edition.linked.set(Guide.objects.filter(slug__in=rendered["links"]))
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


def make_checklist() -> None:
    """The shipped preset, with the guides that it names."""
    for row in presets.PRESETS[presets.SEPTEMBER_2018]:
        Guide.objects.get_or_create(
            slug=row.guide, defaults={"kind": Guide.Kind.REQUIREMENT, "checked_on": "2026-11-23"}
        )
    presets.load()


def open_case(owner: User | None = None, **changes: Any) -> Case:
    """A case with the demands of the shipped preset; its notice is of 2018-09-12, no deadline."""
    make_checklist()
    fields: dict[str, Any] = {
        "store": "示例店 US",
        "company": "示例贸易有限公司",
        "notice_on": datetime.date(2018, 9, 12),
        "has_no_deadline": True,
    }
    return actions.cases.open_case(by=owner or make_user(), **fields | changes)


def make_evidence(case: Case, **changes: Any) -> Evidence:
    """A row without bytes: an upload of which nothing is said yet."""
    number = next(_numbers)
    fields: dict[str, Any] = {
        "stored_as": f"{number:032x}",
        "original_name": f"file-{number}.pdf",
        "media_type": "application/pdf",
        "size": 1000,
        "pages": 1,
        "sha256": f"{number:064x}",
        "uploaded_by": case.owner,
    }
    return Evidence.objects.create(case=case, **fields | changes)

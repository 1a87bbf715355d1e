"""A guide's facts as plain values, and setting them; the order of keys is that of its file."""

from __future__ import annotations

import datetime
import re
from collections.abc import Mapping
from typing import Any

from django.conf import settings

from guides.models import AuthorizationMethod, EditorialEvent, Guide

PLAIN = (
    "kind", "position", "standing", "is_reported", "valid_from", "valid_to", "successor",
    "reference", "agreement", "checked_on", "review_by", "related", "source_language", "method",
)  # fmt: skip
DATES = ("valid_from", "valid_to", "checked_on", "review_by")
METHOD = (
    "era", "verdict", "secret_held_by", "ended_by", "is_listed", "renewal_days", "renews",
    "handed_over",
)  # fmt: skip
#: Set by checking, which is not editing.
CHECKING = ("checked_on", "review_by")


def guide_facts(guide: Guide) -> dict[str, Any]:
    """The live facts of a guide, dates as ISO text, other guides by slug. Three queries."""
    method = AuthorizationMethod.objects.filter(guide=guide).first()
    related = guide.related.through.objects.filter(from_guide=guide).order_by("pk")
    facts: dict[str, Any] = {name: getattr(guide, name) for name in PLAIN if hasattr(guide, name)}
    facts |= {name: _iso(getattr(guide, name)) for name in DATES}
    facts["agreement"] = by_language(guide.agreement) if guide.agreement else None
    facts["successor"] = guide.successor.slug if guide.successor else None
    facts["related"] = list(related.values_list("to_guide__slug", flat=True))
    facts["method"] = {name: getattr(method, name) for name in METHOD} if method else None
    return {name: facts[name] for name in PLAIN}


def in_order(facts: Mapping[str, Any]) -> dict[str, Any]:
    """These facts in the order of their file: PostgreSQL gives the keys of JSON back in its own."""
    found = {name: facts[name] for name in PLAIN if name in facts}
    if found.get("agreement"):
        found["agreement"] = by_language(found["agreement"])
    if found.get("method"):
        found["method"] = {name: found["method"][name] for name in METHOD}
    return found


def present_facts(facts: Mapping[str, Any], present: Mapping[str, str]) -> dict[str, Any]:
    """These facts with the guides that they name at the addresses that those have now."""
    successor = facts.get("successor")
    return dict(facts) | {
        "successor": present.get(successor, successor) if successor else None,
        "related": [present.get(slug, slug) for slug in facts.get("related") or ()],
    }


#: How a text begins to name a guide: all of it, or what stands before its label or anchor.
_NAMED = re.compile(r"(?<=\[\[)([a-z0-9-]{1,80})(?=[\]|｜#])")


def present_links(body: str, present: Mapping[str, str]) -> str:
    """The text with the guides that it links to at the addresses that those have now."""
    return _NAMED.sub(lambda found: present.get(found[1], found[1]), body)


def without_checking(facts: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in facts.items() if name not in CHECKING}


def with_later_check(guide: Guide, facts: Mapping[str, Any]) -> dict[str, Any]:
    """These facts, but never with an older check than the one that somebody here made since, nor
    with a day of review that somebody put off since. One query where those differ."""
    written, here = (str(facts.get("checked_on") or ""), str(guide.checked_on or ""))
    is_later = guide.checked_by_id is not None and here > written
    if is_later or (here == written and was_put_off(guide, facts.get("review_by"))):
        return dict(facts) | {name: _iso(getattr(guide, name)) for name in CHECKING}
    return dict(facts)


def was_put_off(guide: Guide, review_by: str | None) -> bool:
    """Whether the review that was due on that day has been postponed."""
    if review_by is None or str(guide.review_by or "") <= review_by:
        return False
    put_off = EditorialEvent.objects.filter(kind=EditorialEvent.Kind.POSTPONED, about=guide.slug)
    return put_off.filter(details__before=review_by).exists()


def apply_facts(guide: Guide, facts: Mapping[str, Any]) -> None:
    """Make these the live facts of the guide: its row, its related guides, its method."""
    for name in PLAIN:
        if name not in ("successor", "related", "method", *DATES):
            setattr(guide, name, facts[name])
    for name in DATES:
        setattr(guide, name, _date(facts[name]))
    guide.successor = _guide(facts["successor"]) if facts["successor"] else None
    guide.save()
    # Their order is the editor's: rows are made anew, and read back by their key.
    guide.related.clear()
    for slug in facts["related"]:
        guide.related.add(_guide(slug))
    if facts["method"]:
        AuthorizationMethod.objects.update_or_create(guide=guide, defaults=facts["method"])
    else:
        AuthorizationMethod.objects.filter(guide=guide).delete()


def by_language(texts: Mapping[str, str]) -> dict[str, str]:
    """In the site's order of languages: PostgreSQL gives the keys of JSON back in its own."""
    return {code: texts[code] for code, _name in settings.LANGUAGES if code in texts}


def _guide(slug: str) -> Guide:
    return Guide.objects.called(slug).get()


def _iso(value: datetime.date | str | None) -> str | None:
    return value.isoformat() if isinstance(value, datetime.date) else value


def _date(value: str | None) -> datetime.date | None:
    return datetime.date.fromisoformat(value) if value else None

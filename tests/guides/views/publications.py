"""A guide with a history, published for real, and what a page says with its marks made plain."""

from __future__ import annotations

import re
from html import unescape
from typing import Any

import time_machine
from django.db.models import F
from django.http import HttpResponse

from guides.models import Edition, Guide, Publication, Revision
from guides.publishing import publish, save_draft, withdraw
from tests.guides.publishing.conftest import draft


def put_live(
    guide: Guide, language: str = "zh-hans", on: str = "2026-11-01", **changes: Any
) -> Any:
    """The next revision of that edition, live at noon of that day in Shanghai."""
    with time_machine.travel(f"{on}T12:00:00+08:00", tick=False):
        revision = draft(guide, language, **changes)
        publish([revision], by=revision.made_by)
    return revision


def take_away(guide: Guide, language: str, on: str, because: str) -> None:
    with time_machine.travel(f"{on}T12:00:00+08:00", tick=False):
        edition = Edition.objects.select_related("guide").get(guide=guide, language=language)
        withdraw(edition=edition, by=None, because=because)


def add_publications(edition: Edition, count: int) -> None:
    """Rows alone, for pages that have to carry many."""
    first = edition.revisions.count() + 1
    texts = edition.latest.text() | {"note": "Why", "edition": edition}
    Revision.objects.bulk_create(
        Revision(number=number, **texts) for number in range(first, first + count)
    )
    added = edition.revisions.filter(number__gte=first).order_by("number")
    Publication.objects.bulk_create(
        Publication(
            edition=edition,
            revision=revision,
            published_at=revision.made_at,
            ended_at=revision.made_at,
        )
        for revision in added
    )


def seen(response: HttpResponse) -> str:
    """What `main` says, marks written out: [+ added +] and [- taken -]."""
    page = response.content.decode()
    main = page[page.index("<main") : page.index("</main>")]
    for tag, sign in (("ins", "+"), ("del", "-")):
        main = main.replace(f"<{tag}>", f"[{sign}").replace(f"</{tag}>", f"{sign}]")
    main = re.sub(r'<span class="visually-hidden">[^<]*</span>', "", main)
    return " ".join(unescape(re.sub(r"<[^>]*>", " ", main)).split())


def changed_since(slug: str = "clause-2-4", by: Any = None) -> None:
    """A bundled guide published once more in its source language: a word, a line less, a source,
    the title and the facts; its translation is behind from then on. A reader had reported it."""
    edition = Edition.objects.select_related("guide", "latest").get(
        guide__slug=slug, language=F("guide__source_language")
    )
    text = edition.latest.text()
    lines = text["body"].split("\n")
    last = max(at for at, line in enumerate(lines) if line.startswith("- "))
    del lines[last]
    body = "\n".join(lines).replace("，", "，也", 3).replace("[@own]", "[@own][@s2]", 2)
    revision = save_draft(
        guide=edition.guide,
        language=edition.language,
        by=by,
        text=text | {"body": body, "title": text["title"] + "（新）"},
        made_from=edition.latest.number,
        note="改准了几处，<b>去掉一处。",
        is_minor=True,
        corrects_report=True,
        facts=edition.latest.facts | {"checked_on": "2026-11-24", "standing": "historic"},
    )
    publish([revision], by=by)

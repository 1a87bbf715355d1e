"""A check that was put off stays put off, whatever was drafted before."""

from __future__ import annotations

import datetime

from guides.models import Guide, Revision
from guides.publishing import guide_facts, publish
from guides.publishing.postponing import postpone
from tests import factories

from .conftest import draft, make_facts

TODAY = datetime.date(2026, 11, 24)
DUE, LATER, SOONER = "2026-11-30", "2026-12-31", "2026-12-15"


def test_an_older_draft_does_not_undo_it_and_a_newer_one_may(guide: Guide, zh: Revision) -> None:
    somebody = factories.make_user()
    first = draft(guide, "zh-hans", title="一", facts=make_facts(review_by=DUE))
    publish([first], by=somebody)
    before = draft(guide, "zh-hans", title="二", facts=make_facts(review_by=DUE))
    guide.refresh_from_db()

    postpone(
        guide=guide,
        to=datetime.date.fromisoformat(LATER),
        because="The page is being moved.",
        by=somebody,
        today=TODAY,
    )
    publish([before], by=somebody)
    assert guide_facts(Guide.objects.get(pk=guide.pk))["review_by"] == LATER

    after = draft(guide, "zh-hans", title="三", facts=make_facts(review_by=SOONER))
    publish([after], by=somebody)
    assert guide_facts(Guide.objects.get(pk=guide.pk))["review_by"] == SOONER

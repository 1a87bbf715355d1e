"""Releases: several guides and languages live together or not at all, now or at their time."""

from __future__ import annotations

import datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import time_machine

from config import clockwork
from guides.models import Edition, EditorialEvent, Guide, Publication, Release, Revision
from guides.moments import NoSuchTime, moment, told
from guides.publishing import NotPublishable, publish, releases, schedule, withdraw
from guides.publishing.releases import ReleaseChanged

from .conftest import draft

NOW = datetime.datetime(2026, 11, 24, 4, 0, tzinfo=datetime.UTC)
#: 09:00 in Beijing.
AT = datetime.datetime(2026, 12, 1, 1, 0, tzinfo=datetime.UTC)
LATER = AT + datetime.timedelta(minutes=7)
ZONE = "Asia/Shanghai"

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _now() -> Any:
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def other(guide: Guide) -> Revision:
    return draft(Guide.objects.create(slug="other", kind="article"), "zh-hans")


def codes(refusals: Any) -> list[str]:
    return [one.code for one in refusals]


def refused(**given: Any) -> list[str]:
    with pytest.raises(NotPublishable) as caught:
        releases.give_time(**{"at": AT, "zone": ZONE} | given)
    return codes(caught.value.refusals)


def kinds() -> list[str]:
    events = EditorialEvent.objects.filter(kind__contains="schedul") | (
        EditorialEvent.objects.filter(kind__contains="released")
    )
    return list(events.order_by("pk").values_list("kind", flat=True))


def test_guides_and_languages_go_live_together(
    editor: Any, zh: Revision, en: Revision, other: Revision
) -> None:
    release = releases.make(name="SP-API 更新", by=editor, revisions=[zh, en, other])
    draft(zh.edition.guide, "zh-hans", title="更新的稿")

    assert releases.check(release=release, by=editor) == []
    assert not Publication.objects.exists(), "a check writes nothing"
    releases.publish_now(release=release, by=editor)

    live = Edition.objects.live().values_list("live__revision__title", flat=True)
    assert sorted(live) == ["Title", "标题", "标题"], "a newer draft does not slip in"
    release.refresh_from_db()
    assert (release.state, release.ended_at) == ("live", NOW)
    event = EditorialEvent.objects.get(kind="released")
    assert (event.about, event.by, len(event.details["texts"])) == ("SP-API 更新", editor, 3)


def test_one_refusal_keeps_all_of_it_back_and_every_one_is_said(
    editor: Any, guide: Guide, zh: Revision, other: Revision
) -> None:
    wrong = draft(guide, "zh-hans", body="没有来源。", note="")
    release = releases.make(name="一批", by=editor, revisions=[other])
    releases.put_in(release=release, revisions=[wrong])

    found = releases.check(release=release, by=editor)
    with pytest.raises(NotPublishable) as caught:
        releases.publish_now(release=release, by=editor)

    assert set(codes(found)) == set(codes(caught.value.refusals)) >= {"no-note", "no-citation"}
    assert {one.slug for one in found} == {"a-guide"}
    assert not Edition.objects.live().exists()
    assert Release.objects.get().state == "open"


def test_it_goes_live_at_its_time_and_once(editor: Any, zh: Revision, en: Revision) -> None:
    release = schedule([zh, en], at=AT, zone=ZONE, by=editor)

    assert set(Edition.objects.values_list("publish_at", flat=True)) == {AT}
    assert list(releases.scheduled()) == [release]
    assert releases.when(release) == "2026-12-01 09:00 北京时间"
    clockwork.publish_releases()
    assert not Edition.objects.live().exists(), "not before its time"
    with time_machine.travel(LATER, tick=False):
        assert releases.due(LATER) == [release.pk]
        clockwork.publish_releases()
        clockwork.publish_releases()
        assert releases.publish_due(release.pk, LATER) is None

    assert Publication.objects.count() == 2
    assert {one.published_at for one in Publication.objects.all()} == {LATER}
    assert {one.published_by for one in Publication.objects.all()} == {editor}
    release.refresh_from_db()
    assert (release.state, release.publish_at, release.ended_at) == ("live", AT, LATER)
    assert set(Edition.objects.values_list("publish_at", flat=True)) == {None}
    assert kinds() == ["scheduled", "released"]


def test_its_time_is_changed_taken_away_and_it_is_cancelled(editor: Any, zh: Revision) -> None:
    release = schedule([zh], at=AT, zone=ZONE, by=editor, name="一批")

    releases.give_time(release=release, at=LATER, zone="Europe/London", by=editor)
    assert releases.when(release) == "2026-12-01 01:07 伦敦"
    newest = EditorialEvent.objects.first()
    assert newest.details["before"] == "2026-12-01 09:00 Asia/Shanghai"
    releases.take_time_away(release=release, by=editor)
    assert Release.objects.get().state == "open"
    releases.give_time(release=release, at=AT, zone=ZONE, by=editor)
    releases.cancel(release=release, by=editor)

    assert set(Edition.objects.values_list("publish_at", flat=True)) == {None}
    assert releases.due(LATER) == []
    for change in (releases.cancel, releases.take_time_away, releases.publish_now):
        with pytest.raises(ReleaseChanged):
            change(release=release, by=editor)
    assert kinds() == ["scheduled", "scheduled", "unscheduled", "scheduled", "unscheduled"]
    assert not Edition.objects.live().exists()


def test_a_time_is_refused_with_all_that_stands_against_it(
    editor: Any, guide: Guide, zh: Revision, other: Revision
) -> None:
    first = schedule([zh], at=AT, zone=ZONE, by=editor)
    newer = draft(guide, "zh-hans", note="", body="没有来源。")
    second = releases.make(name="另一批", by=editor, revisions=[newer, other])

    found = refused(release=second, by=editor, at=NOW)
    empty = releases.make(name="空", by=editor)

    assert set(found) == {"past", "elsewhere", "no-note", "no-citation"}
    assert refused(release=empty, by=editor) == ["nothing"]
    assert list(releases.scheduled()) == [first]
    with pytest.raises(ReleaseChanged):
        releases.put_in(release=first, revisions=[newer])
    with pytest.raises(ReleaseChanged):
        releases.publish_now(release=second, by=editor, seen=[other.pk])


def test_what_cannot_go_live_at_its_time_waits_with_the_reasons(
    editor: Any, guide: Guide, zh: Revision, other: Revision
) -> None:
    release = schedule([zh, other], at=AT, zone=ZONE, by=editor)
    publish([draft(guide, "zh-hans", title="先上了")], by=editor)

    with time_machine.travel(LATER, tick=False):
        clockwork.publish_releases()
        clockwork.publish_releases()

    release.refresh_from_db()
    assert (release.state, release.publish_at) == ("open", AT)
    (kept,) = release.refusals
    assert (kept["code"], kept["slug"], kept["language"]) == ("older", "a-guide", "zh-hans")
    assert kept["message"]["en"].startswith("Revision 1 is older than revision 2")
    assert kept["message"].keys() == {"zh-hans", "en"}
    assert Edition.objects.live().count() == 1
    assert kinds() == ["scheduled", "not-released"], "it is not tried again by itself"
    assert set(Edition.objects.values_list("publish_at", flat=True)) == {None}
    releases.take_out(release=release, editions=[zh.edition_id])
    releases.publish_now(release=release, by=editor)
    assert Release.objects.get().refusals == []


@pytest.mark.parametrize("lost", ["is_active", "is_staff", "is_superuser", "the account"])
def test_it_goes_live_in_the_name_of_somebody_who_still_may(
    lost: str, editor: Any, zh: Revision
) -> None:
    release = schedule([zh], at=AT, zone=ZONE, by=editor)
    if lost == "the account":
        Release.objects.update(scheduled_by=None)
    else:
        setattr(editor, lost, False)
        editor.save()

    releases.publish_due(release.pk, LATER)

    release.refresh_from_db()
    assert release.state == "open"
    assert [one["code"] for one in release.refusals] == ["nobody"]
    assert not Edition.objects.live().exists()


def test_a_text_published_by_hand_meanwhile_is_said(editor: Any, zh: Revision) -> None:
    release = schedule([zh], at=AT, zone=ZONE, by=editor)
    publish([zh], by=editor)

    assert codes(releases.check(release=release, by=editor)) == ["live"]
    releases.publish_due(release.pk, LATER)
    release.refresh_from_db()
    assert [one["code"] for one in release.refusals] == ["live"]
    assert Publication.objects.count() == 1


def test_what_waits_for_its_time_is_not_withdrawn(editor: Any, guide: Guide, zh: Revision) -> None:
    publish([zh], by=None)
    schedule([draft(guide, "zh-hans", title="二")], at=AT, zone=ZONE, by=editor, name="一批")

    with pytest.raises(NotPublishable) as caught:
        withdraw(edition=zh.edition, by=editor, because="过时了")

    assert codes(caught.value.refusals) == ["scheduled"]
    assert "“一批”" in str(caught.value.refusals[0].message)


def test_one_that_fails_keeps_no_other_back(
    editor: Any, zh: Revision, other: Revision, monkeypatch: Any, caplog: Any
) -> None:
    broken = schedule([zh], at=AT, zone=ZONE, by=editor)
    whole = schedule([other], at=AT, zone=ZONE, by=editor)
    real = releases.publish_due

    def publish_due(pk: int, now: Any) -> Any:
        if pk == broken.pk:
            raise ZeroDivisionError
        return real(pk, now)

    monkeypatch.setattr(releases, "publish_due", publish_due)

    with time_machine.travel(LATER, tick=False):
        clockwork.publish_releases()

    assert Release.objects.get(pk=whole.pk).state == "live"
    assert Release.objects.get(pk=broken.pk).state == "scheduled"
    assert f"release {broken.pk}" in caplog.text


class TestMoments:
    def test_an_hour_that_there_is_not_is_no_time(self) -> None:
        with pytest.raises(NoSuchTime):
            moment(datetime.date(2027, 3, 14), datetime.time(2, 30), "America/Los_Angeles")

    def test_an_hour_that_comes_twice_is_the_first(self) -> None:
        twice = moment(datetime.date(2026, 11, 1), datetime.time(1, 30), "America/Los_Angeles")

        assert twice.comes_twice
        assert twice.at.utcoffset() == datetime.timedelta(hours=-7)
        once = moment(datetime.date(2026, 12, 1), datetime.time(9), ZONE)
        assert (once.at, once.comes_twice) == (AT, False)

    def test_a_zone_without_words_has_its_name(self) -> None:
        assert told(AT, "Africa/Lagos") == "2026-12-01 02:00 Africa/Lagos"
        assert told(AT.astimezone(ZoneInfo("Asia/Tokyo")), ZONE) == "2026-12-01 09:00 北京时间"


def test_withdrawing_with_a_successor_needs_no_reason_and_with_neither_is_refused(
    editor: Any, zh: Revision, other: Revision
) -> None:
    publish([zh], by=None)
    withdrawn = Edition.objects.get(pk=zh.edition_id)
    successor = other.edition.guide

    with pytest.raises(NotPublishable) as nothing:
        withdraw(edition=withdrawn, by=editor, because=" ")
    with pytest.raises(NotPublishable) as not_live:
        withdraw(edition=withdrawn, by=editor, because="", successor=successor)
    with pytest.raises(NotPublishable) as itself:
        withdraw(
            edition=withdrawn,
            by=editor,
            because="AKIA" + "IOSFODNN7EXAMPLZ wJalrXUtnFEMIK7MDENGbPxRfiCYzzzzzzzzKEYA",
            successor=withdrawn.guide,
        )
    publish([other], by=None)
    withdraw(edition=withdrawn, by=editor, because="", successor=successor)

    assert codes(nothing.value.refusals) == ["no-reason"]
    assert codes(not_live.value.refusals) == ["successor"]
    assert codes(itself.value.refusals) == ["secret", "itself"]
    ended = Publication.objects.get(edition=withdrawn)
    assert ended.succeeded_by == successor
    assert ended.withdrawn_because
    event = EditorialEvent.objects.get(kind="withdrawn")
    assert event.details["successor"] == "other"

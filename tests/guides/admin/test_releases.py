"""Releases on the desk: put together, checked, at a time, live, and nothing typed is lost."""

from __future__ import annotations

import datetime
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from guides.models import Edition, EditorialEvent, Guide, Publication, Release, ReleaseItem
from guides.publishing import publish, releases, save_draft
from tests.guides.publishing.conftest import EN, ZH, make_facts

from .conftest import address as desk_address
from .conftest import newest, sent, staff

NOW = datetime.datetime(2026, 11, 24, 4, 0, tzinfo=datetime.UTC)
TIME = {"day": "2026-12-01", "time": "09:00", "zone": "Asia/Shanghai"}


@pytest.fixture(autouse=True)
def _now() -> Any:
    with time_machine.travel(NOW, tick=False):
        yield


def write(guide: Guide, language: str, **changes: Any) -> Any:
    latest = newest(guide, language)
    text = (latest.text() if latest else ZH) | changes
    note = changes.pop("note", "改一句")
    return save_draft(
        guide=guide, language=language, by=None, text=text, note=note,
        made_from=latest.number if latest else 0, facts=None if latest else make_facts(),
    )  # fmt: skip


@pytest.fixture
def draft(guide: Guide) -> Any:
    return write(guide, "zh-hans", title="改过的标题")


@pytest.fixture
def other(guide: Guide) -> Any:
    return write(Guide.objects.create(slug="other", kind="article"), "zh-hans", title="另一篇")


def at(name: str, *args: Any) -> str:
    return reverse(f"admin:guides_release_{name}", args=args)


def press(client: Client, release: Release, do: str, **sent: Any) -> Any:
    """What a browser sends from the page of a release with that button."""
    seen = ReleaseItem.objects.filter(release=release).order_by("pk")
    data = {"name": release.name, "seen": ",".join(str(one.revision_id) for one in seen)}
    return client.post(at("change", release.pk), data | {"do": do} | sent, follow=True)


def test_it_is_put_together_from_drafts_and_goes_live(
    as_editor: Client, guide: Guide, draft: Any, other: Any
) -> None:
    begun = as_editor.post(at("add"), {"name": "SP-API 更新"}, follow=True)
    release = Release.objects.get()
    page = begun.content.decode()
    assert "改过的标题" in page
    assert "另一篇" in page
    assert "There is nothing" not in page

    press(as_editor, release, "add", add=[draft.edition_id, other.edition_id])
    later = write(guide, "zh-hans", title="更新的标题")
    page = as_editor.get(at("change", release.pk)).content.decode()
    assert f"There is a newer draft: {later.number}" in page
    assert reverse("admin:guides_guide_compare", args=[guide.pk, "zh-hans", 1, 2]) in page
    checked = press(as_editor, release, "check")
    assert "Nothing stands in the way" in checked.content.decode()
    press(as_editor, release, f"take:{draft.edition_id}")
    press(as_editor, release, f"remove:{other.edition_id}")
    assert [one.revision for one in ReleaseItem.objects.all()] == [later]
    done = press(as_editor, release, "publish", name="改了名", add=[other.edition_id])

    assert "“改了名” is live, all of it." in done.content.decode()
    assert Edition.objects.get(pk=draft.edition_id).title == "更新的标题"
    assert Edition.objects.get(pk=other.edition_id).title == "另一篇", "ticked is put in first"
    over = press(as_editor, release, "publish")
    assert over.status_code == 409
    assert "改了名" in as_editor.get(at("changelist")).content.decode()


def test_every_refusal_leads_to_its_place_and_nothing_typed_is_lost(
    as_editor: Client, editor: Any, guide: Guide, other: Any
) -> None:
    wrong = write(guide, "zh-hans", body="## 部分 {#part}\n\n没有来源。")
    release = releases.make(name="一批", by=editor, revisions=[wrong])

    answer = press(as_editor, release, "publish", add=[other.edition_id], **TIME)

    page = answer.content.decode()
    assert answer.status_code == 422
    assert "This cannot go live yet" in page
    place = reverse("admin:guides_guide_change", args=[guide.pk])
    assert page.count(f'href="{place}#id_zh-hans-block-2"') == 2, (
        "in the summary and beside the text"
    )
    assert 'value="2026-12-01"' in page
    assert 'value="09:00"' in page
    assert ReleaseItem.objects.count() == 2, "what was ticked is in it"
    assert Publication.objects.filter(edition=other.edition_id).count() == 0
    moved = as_editor.post(
        at("change", release.pk), {"name": "一批", "do": "check", "seen": ""} | TIME
    )
    assert moved.status_code == 422
    unnamed = press(as_editor, release, "add", name="", **TIME)
    assert unnamed.status_code == 422
    assert 'href="#id_name"' in unnamed.content.decode()
    assert 'value="09:00"' in unnamed.content.decode()


def test_another_button_keeps_a_time_that_was_typed(
    as_editor: Client, editor: Any, draft: Any
) -> None:
    release = releases.make(name="一批", by=editor)

    answer = press(as_editor, release, "add", add=[draft.edition_id], **TIME)

    assert answer.redirect_chain[-1][0].endswith(
        "?day=2026-12-01&time=09%3A00&zone=Asia%2FShanghai"
    )
    assert 'value="2026-12-01"' in answer.content.decode()
    assert ReleaseItem.objects.count() == 1


def test_it_is_given_a_time_which_is_changed_and_taken_away(
    as_editor: Client, editor: Any, draft: Any
) -> None:
    editor.time_zone = "America/New_York"
    editor.save()
    release = releases.make(name="一批", by=editor, revisions=[draft])

    given = press(as_editor, release, "schedule", **TIME).content.decode()
    release.refresh_from_db()
    assert "“一批” goes live: 2026-12-01 09:00 Beijing time." in given
    assert "for you 2026-11-30 20:00 New York (Eastern time)" in given
    assert release.state == "scheduled"
    assert "2026-12-01 09:00 Beijing time" in as_editor.get(at("changelist")).content.decode()
    twice = press(
        as_editor, release, "schedule", day="2027-10-31", time="１:30", zone="Europe/London"
    )
    assert "2027-10-31 01:30 London" in twice.content.decode()
    assert "That hour comes twice" in twice.content.decode()
    assert press(as_editor, release, "add", add=[draft.edition_id]).status_code == 200
    press(as_editor, release, "unschedule")
    release.refresh_from_db()
    assert (release.state, release.publish_at) == ("open", None)


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"day": "2027-03-14", "time": "02:30", "zone": "America/New_York"}, "put forward over it"),
        ({"day": "2026-11-24", "time": "11:59"}, "This time has passed"),
        ({"time": "half past nine"}, "Write the time like 22:59."),
        ({"day": "", "time": ""}, "This is still empty"),
        ({"zone": "Mars/Olympus"}, "This can no longer be chosen"),
    ],
)
def test_a_time_that_cannot_be_is_said_beside_its_field(
    as_editor: Client, editor: Any, draft: Any, changes: dict[str, str], words: str
) -> None:
    release = releases.make(name="一批", by=editor, revisions=[draft])

    answer = press(as_editor, release, "schedule", **TIME | changes)

    page = answer.content.decode()
    assert answer.status_code == 422
    assert page.count(words) >= 2, "in the summary and at the field"
    assert Release.objects.get().state == "open"
    assert not EditorialEvent.objects.filter(kind="scheduled").exists()


def test_what_could_not_go_live_says_why(
    as_editor: Client, editor: Any, guide: Guide, draft: Any
) -> None:
    release = releases.schedule(
        [draft], at=NOW + datetime.timedelta(hours=1), zone="Asia/Shanghai", by=editor
    )
    publish([write(guide, "zh-hans", title="先上了")], by=editor)
    releases.publish_due(release.pk, NOW + datetime.timedelta(hours=2))

    page = as_editor.get(at("change", release.pk)).content.decode()

    assert "This could not go live at its time, 2026-11-24 13:00 Beijing time" in page
    assert "Revision 2 is older than revision 3" in page
    assert "Could not go live" in as_editor.get(at("changelist")).content.decode()


def test_a_release_that_somebody_changed_meanwhile_is_looked_over_first(
    as_editor: Client, editor: Any, draft: Any, other: Any
) -> None:
    release = releases.make(name="一批", by=editor, revisions=[draft])
    sent = {"name": "一批", "seen": str(draft.pk), "do": "publish"} | TIME
    releases.put_in(release=release, revisions=[other])

    answer = as_editor.post(at("change", release.pk), sent)

    assert answer.status_code == 409
    assert "Somebody changed this release meanwhile" in answer.content.decode()
    assert 'value="09:00"' in answer.content.decode()
    assert not Publication.objects.filter(revision=draft).exists()


def test_cancelling_is_asked_once_more(as_editor: Client, editor: Any, draft: Any) -> None:
    release = releases.make(name="一批", by=editor, revisions=[draft])

    assert as_editor.get(at("cancel", release.pk)).status_code == 200
    done = as_editor.post(at("cancel", release.pk), follow=True)

    assert "“一批” was cancelled." in done.content.decode()
    assert Release.objects.get().state == "cancelled"
    assert as_editor.get(at("cancel", release.pk)).status_code == 302
    assert as_editor.get(at("change", release.pk)).status_code == 200


def test_from_a_guide_to_a_release_of_one_or_into_another(
    as_editor: Client, editor: Any, guide: Guide, draft: Any
) -> None:
    write(guide, "en", **EN | {"title": "Changed"})
    known = releases.make(name="一批", by=editor)
    page = as_editor.get(at("of", guide.pk)).content.decode()
    assert "draft 2" in page
    one = {"drafts": [draft.edition_id], "into": "new", "name": "只这一篇", "zone": "UTC"}

    refused = as_editor.post(at("of", guide.pk), one | {"day": "2020-01-01", "time": "09:00"})
    assert refused.status_code == 422
    assert "This time has passed" in refused.content.decode()
    assert Release.objects.count() == 1, "what is refused makes nothing"
    led = as_editor.post(
        desk_address("change", guide.pk), sent(guide, zh_title="三") | {"do": "release"}
    )
    assert led.headers["Location"] == at("of", guide.pk)
    assert newest(guide, "zh-hans").title == "三", "what was typed is saved first"
    timed = as_editor.post(at("of", guide.pk), one | TIME, follow=True)
    assert "“只这一篇” goes live: 2026-12-01 09:00 Beijing time." in timed.content.decode()
    waits = as_editor.get(desk_address("change", guide.pk)).content.decode()
    assert "Goes live 2026-12-01 09:00 Beijing time" in waits
    assert "already waits for its time" in as_editor.get(at("of", guide.pk)).content.decode()
    both = [draft.edition_id, newest(guide, "en").edition_id]
    as_editor.post(at("of", guide.pk), {"drafts": both, "into": known.pk, "zone": "UTC"})
    assert ReleaseItem.objects.filter(release=known).count() == 2
    page = as_editor.get(at("change", known.pk)).content.decode()
    assert "This already waits in “只这一篇”" in page
    nothing = as_editor.post(at("of", guide.pk), {"into": "new"})
    assert nothing.status_code == 422
    assert "Nothing is ticked yet" in nothing.content.decode()


def test_who_may(editor: Any, guide: Guide, draft: Any) -> None:
    release = releases.make(name="一批", by=editor, revisions=[draft])
    reader, publisher = staff("view_guide"), staff("view_guide", "publish_guide")
    pages = [at("changelist"), at("change", release.pk)]

    for page in pages:
        assert staff().get(page).status_code == 403
        answer = reader.get(page)
        assert answer.status_code == 200
        assert "<button" not in answer.content.decode().partition("<main")[2].partition("</main")[0]
        assert publisher.get(page).status_code == 200
    for page in (at("add"), at("cancel", release.pk), at("of", guide.pk)):
        assert reader.get(page).status_code == 403
        assert reader.post(page, {"name": "x"}).status_code == 403
    page = reverse("admin:guides_guide_change", args=[guide.pk])
    assert at("of", guide.pk) in publisher.get(page).content.decode(), "the way to publish"
    assert at("of", guide.pk) not in reader.get(page).content.decode()
    assert press(reader, release, "publish").status_code == 403
    assert Release.objects.get().state == "open"
    assert press(publisher, release, "publish").status_code == 200
    assert Release.objects.get().state == "live"
    assert publisher.get(at("change", 10**20)).status_code == 404

"""Who did what, as sentences that can be narrowed down and lead to what they are about."""

from __future__ import annotations

import datetime
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from guides.models import EditorialEvent, Guide, Release, Source, User
from guides.publishing import approve, send_back, submit
from guides.publishing.renaming import rename
from tests import factories

from .conftest import newest, staff

pytestmark = pytest.mark.django_db

PAGE = "/admin/guides/editorialevent/"


def told(client: Client, **asked: str) -> list[str]:
    """The sentences of the page, newest first."""
    lines = client.get(PAGE, asked).context["lines"]
    return [f"{one.who} {one.before}{one.about.title}{one.after}" for one in lines]


@pytest.fixture
def ann(db: None) -> User:
    return factories.make_user(email="ann@example.com", is_staff=True)


@pytest.fixture
def answered(guide: Guide, editor: User, ann: User) -> Guide:
    from tests.guides.publishing.conftest import draft

    draft(guide, "en", by=editor, title="New title", note="why")
    submit(edition=newest(guide, "en").edition, by=editor)
    send_back(revision=newest(guide, "en"), by=ann, reason="Say <b>why</b>.")
    submit(edition=newest(guide, "en").edition, by=editor)
    approve(revision=newest(guide, "en"), by=ann)
    return guide


def test_acts_are_sentences_with_a_link(as_editor: Client, answered: Guide) -> None:
    assert told(as_editor)[:5] == [
        "ann@example.com approved New title, English, revision 2",
        "You sent New title, English, revision 2 for review",
        "ann@example.com sent back New title, English, revision 2: Say <b>why</b>.",
        "You sent New title, English, revision 2 for review",
        "You saved draft 2 of New title, English",
    ]
    page = as_editor.get(PAGE).content.decode()
    assert f'<a href="/admin/guides/guide/{answered.pk}/change/">New title</a>' in page
    assert "Say &lt;b&gt;why&lt;/b&gt;." in page
    one = EditorialEvent.objects.get(kind="sent-back")
    kept = as_editor.get(f"{PAGE}{one.pk}/change/").content.decode()
    assert "sent back New title, English, revision 2" in kept


def test_they_are_narrowed_down(as_editor: Client, answered: Guide, ann: User) -> None:
    today = timezone.localdate()
    tomorrow = (today + datetime.timedelta(days=1)).isoformat()

    assert len(told(as_editor, who=str(ann.pk))) == 2
    assert len(told(as_editor, who="release")) == 2
    assert len(told(as_editor, kind="sent-back")) == 1
    assert len(told(as_editor, kind="submitted", language="zh-hans")) == 0
    assert len(told(as_editor, about="new TITLE")) == len(told(as_editor, about="a-guide")) == 9
    assert told(as_editor, about="elsewhere") == []
    assert told(as_editor, since=tomorrow) == []
    assert len(told(as_editor, since=today.isoformat(), until=today.isoformat())) == 9
    # What cannot be read narrows nothing, and says so beside its field.
    assert len(told(as_editor, since="soon", who="999", kind="none")) == 9
    assert "field-error" in as_editor.get(PAGE, {"since": "soon"}).content.decode()


def test_what_it_is_about_is_found_again_or_told_by_its_name(
    as_editor: Client, guide: Guide, editor: User, django_assert_max_num_queries: Any
) -> None:
    kind = EditorialEvent.Kind
    source, release = Source.objects.get(key="s1"), Release.objects.create(name="Three texts")
    rename(guide=guide, to="another-address", by=editor)
    for what, about, details in (
        (kind.SOURCE_CHANGED, "s1", {"before": {"version": "1"}, "after": {"version": "2"}}),
        (kind.SOURCE_CHANGED, "gone", {}),
        (kind.RELEASED, "Three texts", {"release": release.pk}),
        (kind.PICTURE_REMOVED, "old-menu", {}),
        (kind.MISS_HANDLED, "二审", {"times": 5}),
        (kind.CHECKED, "never-there", {}),
    ):
        EditorialEvent.objects.create(kind=what, about=about, details=details, by=editor)

    with django_assert_max_num_queries(18):
        as_editor.get(PAGE)
    lines = as_editor.get(PAGE).context["lines"]

    assert [one.about.title for one in lines[:6]] == [
        "never-there", "二审", "old-menu", "Three texts", "gone", source.title_in("en"),
    ]  # fmt: skip
    assert [bool(one.about.url) for one in lines[:6]] == [False, False, False, True, False, True]
    assert lines[6].about.title == "Title"
    assert {one.about.title for one in lines[7:]} == {"Title", "标题"}
    assert all(one.about.url for one in lines[6:])


def test_it_is_paged_and_read_only_by_who_may(
    as_editor: Client, guide: Guide, editor: User
) -> None:
    for _number in range(60):
        EditorialEvent.objects.create(kind="checked", about="a-guide", by=editor)

    first = as_editor.get(PAGE, {"kind": "checked"})
    assert len(first.context["lines"]) == 50
    assert 'href="?kind=checked&amp;page=2"' in first.content.decode()
    assert len(as_editor.get(PAGE, {"kind": "checked", "page": "2"}).context["lines"]) == 10
    assert as_editor.get(PAGE, {"page": "x"}).status_code == 200
    assert as_editor.post(PAGE).status_code == 405
    assert staff("view_guide").get(PAGE).status_code == 403
    assert staff("view_editorialevent").get(PAGE).status_code == 200

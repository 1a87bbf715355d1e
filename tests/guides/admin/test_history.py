"""Revisions, restoring one, and marking as checked."""

from __future__ import annotations

import datetime
from typing import Any

import time_machine

from guides.models import Edition, EditorialEvent, Guide, Revision
from guides.publishing import save_draft
from tests.guides.publishing.conftest import EN, ZH

from .conftest import address, newest, sent, staff


def test_it_lists_every_revision_and_what_readers_got(as_editor: Any, guide: Guide) -> None:
    as_editor.post(
        address("change", guide.pk),
        sent(guide, zh_title="二", zh_note="第二次", zh_is_minor="on") | {"do": "publish:zh-hans"},
    )

    page = as_editor.get(address("history", guide.pk)).content.decode()

    assert "第二次" in page
    assert "Minor change" in page
    assert page.count("Live since") == 2
    assert address("revision", guide.pk, "zh-hans", 2) in page


def test_the_list_takes_as_many_queries_whatever_its_length(
    as_editor: Any, guide: Guide, django_assert_max_num_queries: Any
) -> None:
    as_editor.get(address("history", guide.pk))
    with django_assert_max_num_queries(40) as few:
        as_editor.get(address("history", guide.pk))
    for number in range(1, 8):
        text = ZH | {"title": f"第 {number} 稿"}
        save_draft(guide=guide, language="zh-hans", by=None, text=text, made_from=number)

    with django_assert_max_num_queries(len(few)):
        as_editor.get(address("history", guide.pk))


def test_one_revision_shows_what_it_changed(as_editor: Any, guide: Guide) -> None:
    data = sent(guide, zh_title="标题改", zh_body=ZH["body"].replace("一句", "两句"))
    as_editor.post(address("change", guide.pk), data | {"facts-standing": "historic", "do": "save"})

    page = as_editor.get(address("revision", guide.pk, "zh-hans", 2)).content.decode()

    assert "Changed since revision 1" in page
    assert "</span>改<span" in page
    assert "</span>一<span" in page
    assert "</span>两<span" in page
    assert "historic" in page
    assert as_editor.get(address("revision", guide.pk, "zh-hans", 3)).status_code == 404


def test_restoring_makes_a_draft(as_editor: Any, editor: Any, guide: Guide) -> None:
    as_editor.post(address("change", guide.pk), sent(guide, en_title="Worse") | {"do": "save"})

    answer = as_editor.post(address("restore", guide.pk, "en", 1), follow=True)

    draft = newest(guide, "en")
    assert (draft.number, draft.title, draft.made_by) == (3, EN["title"], editor)
    assert "draft 3 has the text of revision 1" in answer.content.decode()
    assert Edition.objects.get(guide=guide, language="en").live.revision.number == 1


@time_machine.travel(datetime.datetime(2026, 12, 1, 20, 0, tzinfo=datetime.UTC))
def test_checked_is_one_click_and_takes_the_editors_day(
    as_editor: Any, editor: Any, guide: Guide
) -> None:
    answer = as_editor.post(address("checked", guide.pk))

    guide.refresh_from_db()
    assert answer.headers["Location"] == address("change", guide.pk)
    assert guide.checked_on == datetime.date(2026, 12, 2), "it is tomorrow in Shanghai"
    assert guide.checked_by == editor
    assert guide.review_by == datetime.date(2027, 3, 2)
    assert Revision.objects.count() == 2


def test_checked_leads_back_to_the_list_it_was_clicked_in(as_editor: Any, guide: Guide) -> None:
    there = "http://testserver/admin/guides/guide/?review=due"
    elsewhere = "https://elsewhere.example/admin/"

    back = as_editor.post(address("checked", guide.pk), headers={"referer": there})
    safe = as_editor.post(address("checked", guide.pk), headers={"referer": elsewhere})

    assert back.headers["Location"] == there
    assert safe.headers["Location"] == address("change", guide.pk)


def test_each_needs_its_method_and_its_right(as_editor: Any, guide: Guide) -> None:
    restore, checked = address("restore", guide.pk, "en", 1), address("checked", guide.pk)
    withdraw = address("withdraw", guide.pk, "en")

    assert as_editor.get(restore).status_code == 405
    assert as_editor.get(checked).status_code == 405
    assert as_editor.put(withdraw).status_code == 405
    assert as_editor.post(address("history", guide.pk)).status_code == 405
    reader, writer = staff("view_guide"), staff("view_guide", "change_guide")
    assert reader.post(restore).status_code == 403
    assert writer.post(restore).status_code == 302
    assert writer.post(checked).status_code == 403
    assert writer.get(withdraw).status_code == 403
    assert writer.post(withdraw, {"because": "x"}).status_code == 403
    assert staff().get(address("history", guide.pk)).status_code == 403
    assert staff().get(address("revision", guide.pk, "en", 1)).status_code == 403
    assert not EditorialEvent.objects.filter(kind="checked").exists()

"""The page of one guide: drafts, publishing, and what stands in their way."""

from __future__ import annotations

import datetime
from typing import Any

import pytest
import time_machine

from guides.models import Edition, EditorialEvent, Guide, Publication, Revision
from guides.publishing import approve, submit
from tests import factories
from tests.guides.publishing.conftest import ZH, make_facts

from .conftest import address, newest, sent, staff

KEY = "AKIA" + "IOSFODNN7EXAMPLE" + " " + "wJalrXUtnFEMI/K7MDENG/" + "bPxRfiCYEXAMPLEKEY"


def test_it_shows_both_languages_side_by_side(as_editor: Any, guide: Guide) -> None:
    page = as_editor.get(address("change", guide.pk))

    assert page.status_code == 200
    assert 'name="zh-hans-block"' in page.content.decode()
    assert 'name="en-block"' in page.content.decode()
    assert "Matches the other language." in page.content.decode()


def test_it_saves_what_was_changed_as_a_draft(as_editor: Any, editor: Any, guide: Guide) -> None:
    data = sent(guide, zh_title="新标题", zh_note="换了标题") | {"do": "save"}

    answer = as_editor.post(address("change", guide.pk), data, follow=True)

    draft = newest(guide, "zh-hans")
    assert (draft.number, draft.title, draft.note, draft.made_by) == (
        2,
        "新标题",
        "换了标题",
        editor,
    )
    assert newest(guide, "en").number == 1, "what was not touched is not saved again"
    assert Edition.objects.get(guide=guide, language="zh-hans").live.revision.title == ZH["title"]
    assert "draft 2 saved" in answer.content.decode()


def test_it_saves_nothing_where_nothing_was_changed(as_editor: Any, guide: Guide) -> None:
    as_editor.post(address("change", guide.pk), sent(guide) | {"do": "save"})

    assert Revision.objects.count() == 2


def test_browsers_line_ends_change_nothing(as_editor: Any, guide: Guide) -> None:
    data = sent(guide, zh_body=ZH["body"].replace("\n", "\r\n") + "\r\n") | {"do": "save"}

    as_editor.post(address("change", guide.pk), data)

    assert Revision.objects.count() == 2


def test_it_publishes_one_language(as_editor: Any, editor: Any, guide: Guide) -> None:
    data = sent(guide, en_title="Better", en_note="clearer", zh_title="没发布") | {
        "do": "publish:en"
    }

    answer = as_editor.post(address("change", guide.pk), data, follow=True)

    live = Edition.objects.get(guide=guide, language="en").live
    assert (live.revision.title, live.published_by) == ("Better", editor)
    chinese = Edition.objects.get(guide=guide, language="zh-hans")
    assert chinese.live.revision.title == ZH["title"]
    assert newest(guide, "zh-hans").title == "没发布", "the other language is kept as a draft"
    assert "revision 2 is live" in answer.content.decode()


def test_it_publishes_both(as_editor: Any, guide: Guide) -> None:
    data = sent(guide, zh_title="甲", zh_note="改", en_title="A", en_note="changed")

    as_editor.post(address("change", guide.pk), data | {"do": "publish:both"})

    titles = Publication.objects.filter(ended_at=None).values_list("revision__title", flat=True)
    assert set(titles) == {"甲", "A"}


def test_it_says_that_there_is_nothing_new(as_editor: Any, guide: Guide) -> None:
    answer = as_editor.post(
        address("change", guide.pk), sent(guide) | {"do": "publish:both"}, follow=True
    )

    assert "There is nothing new to publish." in answer.content.decode()
    assert Publication.objects.count() == 2


def test_facts_travel_with_the_source_language(as_editor: Any, guide: Guide) -> None:
    data = sent(guide, zh_note="成了历史") | {
        "facts-standing": "historic",
        "facts-valid_to": "2024-03-31",
        "do": "publish:zh-hans",
    }

    as_editor.post(address("change", guide.pk), data)

    guide.refresh_from_db()
    assert guide.is_historic
    assert guide.valid_to.isoformat() == "2024-03-31"


@time_machine.travel(datetime.datetime(2026, 12, 1, 12, 0, tzinfo=datetime.UTC))
def test_a_later_check_is_the_editors_and_moves_the_next_review(
    as_editor: Any, editor: Any, guide: Guide
) -> None:
    data = sent(guide, zh_note="重新核对") | {
        "facts-checked_on": "2026-12-01",
        "do": "publish:zh-hans",
    }

    as_editor.post(address("change", guide.pk), data)

    guide.refresh_from_db()
    assert guide.review_by.isoformat() == "2027-03-01"
    assert guide.checked_by == editor


def test_a_check_marked_since_is_not_set_back(as_editor: Any, editor: Any, guide: Guide) -> None:
    Guide.objects.filter(pk=guide.pk).update(checked_on="2026-12-05", checked_by=editor)
    guide.refresh_from_db()

    data = sent(guide, zh_title="改", zh_note="改") | {"do": "publish:zh-hans"}
    as_editor.post(address("change", guide.pk), data)

    guide.refresh_from_db()
    assert guide.checked_on.isoformat() == "2026-12-05"


def test_what_publishing_refuses_stands_at_its_field(as_editor: Any, guide: Guide) -> None:
    data = sent(guide, zh_body="## 部分 {#part}\n\n没有来源。\n\n[[nowhere]][@s1]", en_title="")

    answer = as_editor.post(address("change", guide.pk), data | {"do": "publish:both"})

    page = answer.content.decode()
    assert answer.status_code == 422
    assert "Not published yet; the draft is saved" in page
    assert "Line 3, “没有来源。”" in page
    assert "Line 5, “[[nowhere]][@s1]”" in page
    assert 'href="#id_zh-hans-body" data-line="3"' in page
    assert 'href="#id_en-title"' in page
    assert "没有来源。" in page
    assert newest(guide, "zh-hans").number == 2
    assert 'name="zh-hans-made_from" value="2"' in page, "sending it again is not stale"
    assert Publication.objects.count() == 2


def test_mending_what_was_refused_goes_on_from_the_draft(as_editor: Any, guide: Guide) -> None:
    first = sent(guide, zh_body="## 部分 {#part}\n\n没有来源。", zh_note="试")
    as_editor.post(address("change", guide.pk), first | {"do": "publish:zh-hans"})

    second = sent(guide, zh_body="## 部分 {#part}\n\n有来源[@s1]。", zh_note="试")
    answer = as_editor.post(address("change", guide.pk), second | {"do": "publish:zh-hans"})

    assert answer.status_code == 302
    live = Edition.objects.get(guide=guide, language="zh-hans").live
    assert live.revision.body.endswith("有来源[@s1]。")


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        pytest.param("zh_summary", "长" * 501, "room for 500", id="too long"),
        pytest.param("zh_body", f"## 部分 {{#part}}\n\n{KEY}[@s1]", "was not saved", id="a secret"),
        pytest.param("facts_position", "first", "whole number", id="no number"),
        pytest.param("facts_valid_to", "someday", "2018-05-03", id="no date"),
    ],
)
def test_what_cannot_be_kept_stays_on_the_page(
    as_editor: Any, guide: Guide, field: str, value: str, words: str
) -> None:
    data = sent(guide, en_title="Kept on the page", **{field: value}) | {"do": "save"}

    answer = as_editor.post(address("change", guide.pk), data)

    page = answer.content.decode()
    assert answer.status_code == 422
    assert "Nothing was saved yet" in page
    assert words in page
    assert "Kept on the page" in page
    assert Revision.objects.count() == 2


def test_dates_the_wrong_way_round_are_refused(as_editor: Any, guide: Guide) -> None:
    data = sent(guide) | {"facts-valid_from": "2024-02-01", "facts-valid_to": "2024-01-01"}

    answer = as_editor.post(address("change", guide.pk), data)

    assert answer.status_code == 422
    assert "They may be swapped" in answer.content.decode()


def test_a_translation_is_behind_until_it_is_matched(as_editor: Any, guide: Guide) -> None:
    data = sent(guide, zh_body=ZH["body"].replace("一句话", "另一句话"), zh_note="改")
    as_editor.post(address("change", guide.pk), data | {"do": "publish:zh-hans"})
    assert "Behind by 1 block:" in as_editor.get(address("change", guide.pk)).content.decode()

    data = sent(guide, en_note="matched", en_matched="on") | {"do": "publish:en"}
    as_editor.post(address("change", guide.pk), data)

    assert (
        "Matches the other language." in as_editor.get(address("change", guide.pk)).content.decode()
    )


def test_matching_takes_the_text_that_is_saved_with_it(as_editor: Any, guide: Guide) -> None:
    data = sent(
        guide,
        zh_body=ZH["body"].replace("一句话", "另一句话"),
        zh_note="改",
        en_body=newest(guide, "en").body.replace("One", "Another"),
        en_note="follows",
        en_matched="on",
    )

    as_editor.post(address("change", guide.pk), data | {"do": "publish:both"})

    assert (
        "Matches the other language." in as_editor.get(address("change", guide.pk)).content.decode()
    )


def test_with_four_eyes_nothing_goes_live_that_nobody_else_approved(
    as_editor: Any, guide: Guide, settings: Any
) -> None:
    settings.EDITORIAL_FOUR_EYES = True
    data = sent(guide, en_title="Mine", en_note="mine") | {"do": "publish:en"}

    answer = as_editor.post(address("change", guide.pk), data, follow=True)

    assert "a reviewer has to approve it first" in answer.content.decode()
    assert newest(guide, "en").title == "Mine", "the draft is kept"
    approver = factories.make_user(is_staff=True, is_superuser=True)
    submit(edition=newest(guide, "en").edition, by=None)
    approve(revision=newest(guide, "en"), by=approver)
    as_editor.post(address("change", guide.pk), sent(guide) | {"do": "publish:en"})
    assert Edition.objects.get(guide=guide, language="en").live.revision.title == "Mine"


# --- Who may -------------------------------------------------------------------------------


def test_strangers_and_readers_do_not_get_in(anonymous: Any, as_owner: Any, guide: Guide) -> None:
    assert anonymous.get(address("change", guide.pk)).status_code == 302
    assert as_owner.get(address("change", guide.pk), follow=True).status_code in {403, 404}


def test_staff_without_rights_get_403(guide: Guide) -> None:
    assert staff().get(address("change", guide.pk)).status_code == 403


def test_who_may_read_sees_texts_and_no_buttons(guide: Guide) -> None:
    reader = staff("view_guide")

    page = reader.get(address("change", guide.pk)).content.decode()

    assert ZH["title"] in page
    assert "<textarea" not in page
    assert "Save draft" not in page
    assert reader.post(address("change", guide.pk), sent(guide)).status_code == 403


def test_who_may_write_does_not_publish(guide: Guide) -> None:
    writer = staff("view_guide", "change_guide")
    data = sent(guide, en_title="A draft", en_note="new")

    assert "Publish both" not in writer.get(address("change", guide.pk)).content.decode()
    assert writer.post(address("change", guide.pk), data | {"do": "publish:en"}).status_code == 403
    assert newest(guide, "en").number == 1
    assert writer.post(address("change", guide.pk), data | {"do": "save"}).status_code == 302
    assert newest(guide, "en").title == "A draft"


def test_nobody_deletes_a_guide(as_editor: Any, guide: Guide) -> None:
    assert as_editor.post(address("delete", guide.pk), {"post": "yes"}).status_code == 403
    assert Guide.objects.filter(pk=guide.pk).exists()


def test_it_refuses_other_methods(as_editor: Any, guide: Guide) -> None:
    assert as_editor.put(address("change", guide.pk)).status_code == 405


@pytest.mark.parametrize("number", ["9", "x", "-1", "²"])
def test_a_form_made_from_no_known_revision_is_refused(
    as_editor: Any, guide: Guide, number: str
) -> None:
    data = sent(guide, zh_title="甲") | {"zh-hans-made_from": number}

    assert as_editor.post(address("change", guide.pk), data).status_code == 400


def test_an_unknown_guide_is_not_found(as_editor: Any, guide: Guide) -> None:
    assert as_editor.get("/admin/guides/guide/999/change/").status_code == 404
    assert as_editor.get("/admin/guides/guide/nothing/change/").status_code == 404


# --- Adding --------------------------------------------------------------------------------


def test_a_guide_begins_with_a_first_draft(as_editor: Any, db: None) -> None:
    data = {
        "slug": "new-one",
        "kind": "article",
        "source_language": "en",
        "title": "New",
        "body": "",
    }

    answer = as_editor.post(address("add"), data)

    guide = Guide.objects.get(slug="new-one")
    assert answer.headers["Location"] == address("change", guide.pk)
    assert newest(guide, "en").facts["kind"] == "article"
    assert as_editor.get(address("change", guide.pk)).status_code == 200
    assert EditorialEvent.objects.get().about == "new-one"


@pytest.mark.parametrize("slug", ["a-guide", "Upper", "under_score", "", "ünder"])
def test_an_address_is_free_and_plain(as_editor: Any, guide: Guide, slug: str) -> None:
    data = {"slug": slug, "kind": "article", "source_language": "en", "title": "Kept", "body": ""}

    answer = as_editor.post(address("add"), data)

    assert answer.status_code == 422
    assert "Kept" in answer.content.decode()
    assert Guide.objects.count() == 1


def test_adding_needs_its_right(guide: Guide) -> None:
    assert staff("view_guide", "change_guide").get(address("add")).status_code == 403


def test_a_method_asks_for_its_row_of_facts(as_editor: Any, db: None) -> None:
    data = {"slug": "m", "kind": "method", "source_language": "zh-hans", "title": "甲", "body": ""}
    as_editor.post(address("add"), data)
    guide = Guide.objects.get(slug="m")

    facts = {
        "method-era": "sp-api",
        "method-verdict": "fine",
        "method-secret_held_by": "seller",
        "method-ended_by": "seller",
        "method-is_listed": "true",
        "method-renews": "nothing",
        "method-renewal_days": "365",
        "method-handed_over": "consent",
    }
    refused = as_editor.post(address("change", guide.pk), sent(guide) | facts)
    kept = as_editor.post(
        address("change", guide.pk), sent(guide) | facts | {"method-renews": "authorization"}
    )

    assert refused.status_code == 422
    assert "Leave this empty where nothing is renewed." in refused.content.decode()
    assert kept.status_code == 302
    assert newest(guide, "zh-hans").facts["method"]["renewal_days"] == 365


def test_a_clause_carries_its_number_and_agreement(as_editor: Any, guide: Guide) -> None:
    clause = Guide.objects.create(slug="clause", kind="clause")
    data = sent(clause, zh_title="条") | {
        "facts-reference": "2.4",
        "facts-agreement_zh-hans": "协议",
        "facts-related": "a-guide",
    }

    as_editor.post(address("change", clause.pk), data)

    facts = newest(clause, "zh-hans").facts
    assert (facts["reference"], facts["agreement"]) == ("2.4", {"zh-hans": "协议"})
    assert facts["related"] == ["a-guide"]
    assert facts.keys() == make_facts().keys()

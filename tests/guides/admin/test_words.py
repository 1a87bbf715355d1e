"""What the desk says to a writer: which field, which line, which guide, and nothing misleading."""

from __future__ import annotations

import datetime
from html import unescape
from typing import Any

import time_machine
from django.utils import timezone

from guides.models import Edition, EditorialEvent, Guide
from tests.guides.publishing.conftest import EN, ZH

from .conftest import address, newest, sent, staff
from .test_desk import KEY


def post(client: Any, guide: Guide, do: str, **changes: Any) -> str:
    """The answer's page as a reader sees its characters."""
    facts = {name: changes.pop(name) for name in list(changes) if name.startswith("facts-")}
    data = sent(guide, **changes) | facts | {"do": do}
    return unescape(client.post(address("change", guide.pk), data, follow=True).content.decode())


def test_a_refusal_repeats_what_was_typed_in_full(as_editor: Any, guide: Guide) -> None:
    body = EN["body"] + "\n\n<script>alert(1)</script>[@own]"

    page = post(as_editor, guide, "publish:en", en_body=body, en_note="new")

    assert page.count("Line 5, “<script>alert(1)</script…”: HTML is not used.") == 2


def test_facts_are_named_without_a_language(as_editor: Any, guide: Guide) -> None:
    page = post(as_editor, guide, "publish:zh-hans", zh_note="改", **{"facts-checked_on": ""})

    assert ">Checked on: On which day was this compared" in page


def test_an_unknown_guide_is_named(as_editor: Any, guide: Guide) -> None:
    page = post(as_editor, guide, "publish:zh-hans", zh_note="改", **{"facts-related": "gone"})

    assert "There is no guide at the address “gone”." in page


def test_nobody_has_checked_tomorrow(as_editor: Any, guide: Guide) -> None:
    later = (timezone.localdate() + datetime.timedelta(days=2)).isoformat()

    page = post(as_editor, guide, "save", **{"facts-checked_on": later})

    assert "This day is still to come." in page
    assert newest(guide, "zh-hans").number == 1


@time_machine.travel(datetime.datetime(2026, 11, 24, 11, 0, tzinfo=datetime.UTC))
def test_where_it_is_tomorrow_already_is_today(as_editor: Any, guide: Guide) -> None:
    post(as_editor, guide, "save", **{"facts-checked_on": "2026-11-25"})

    assert newest(guide, "zh-hans").facts["checked_on"] == "2026-11-25"


def test_a_secret_is_refused_with_its_line(as_editor: Any, guide: Guide) -> None:
    page = post(as_editor, guide, "save", zh_body=f"{ZH['body']}\n\n{KEY}")

    assert "Line 5: This looks like" in page
    assert 'href="/en/guides/exposed/?step=revoke"' in page
    assert newest(guide, "zh-hans").number == 1


def test_an_address_with_capitals_is_told_what_it_may_hold(as_editor: Any, db: None) -> None:
    page = as_editor.post("/admin/guides/guide/add/", {"slug": "Upper_case"}).content.decode()

    assert "Use small letters, digits and hyphens." in page
    assert "underscores" not in page


def test_a_translation_that_only_matches_needs_no_note(as_editor: Any, guide: Guide) -> None:
    body = ZH["body"].replace("一句话", "一句话了")
    changes = {"zh_body": body, "zh_note": "错字", "en_matched": "on"}

    page = post(as_editor, guide, "publish:both", **changes)

    english = Edition.objects.get(guide=guide, language="en").live.revision
    assert (english.number, english.is_minor, english.body) == (2, True, EN["body"])
    assert english.note == "Compared with the other language; this text stays."
    assert "Behind by" not in page


def test_a_changed_translation_asks_for_its_note(as_editor: Any, guide: Guide) -> None:
    changes = {"zh_title": "改", "zh_note": "改", "en_matched": "on", "en_title": "Changed"}

    page = post(as_editor, guide, "publish:both", **changes)

    assert "What changed and why, English: Say in one sentence" in page


def test_publishing_a_draft_does_not_say_that_nothing_was_changed(
    as_editor: Any, guide: Guide
) -> None:
    post(as_editor, guide, "save", en_title="Better", en_note="clearer")

    page = post(as_editor, guide, "publish:en")

    assert "revision 2 is live" in page
    assert "Nothing was changed" not in page


def test_checking_keeps_what_was_typed(as_editor: Any, guide: Guide) -> None:
    page = post(as_editor, guide, "checked", zh_title="写到一半")

    guide.refresh_from_db()
    assert newest(guide, "zh-hans").title == "写到一半"
    assert Edition.objects.get(guide=guide, language="zh-hans").live.revision.title == ZH["title"]
    assert EditorialEvent.objects.filter(kind="checked").exists()
    assert "写到一半: checked on" in page


def test_checking_is_for_those_who_may_publish(guide: Guide) -> None:
    writer = staff("view_guide", "change_guide")

    data = sent(guide) | {"do": "checked"}

    assert writer.post(address("change", guide.pk), data).status_code == 403
    assert not EditorialEvent.objects.filter(kind="checked").exists()

"""What is typed is kept by itself, for the person alone, and nothing is lost in any order."""

from __future__ import annotations

import datetime
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from guides.models import Draft, Guide, Revision, User
from guides.publishing import save_draft, unsaved
from tests import factories
from tests.conftest import signed_in
from tests.guides.publishing.conftest import EN, ZH

from .conftest import address, newest, sent, staff

# Looks like a secret key, and opens nothing.
KEY = "wJalrXUtnFEMI/K7MDENG/" + "bPxRfiCYEXAMPLEKEY"


def autosave(client: Client, guide: Guide, **changes: Any) -> Any:
    return client.post(address("autosave", guide.pk), sent(guide, **changes))


def colleague() -> tuple[User, Client]:
    person = factories.make_user(email="colleague@example.com", is_staff=True, is_superuser=True)
    return person, signed_in(person)


def page_of(client: Client, guide: Guide) -> str:
    return client.get(address("change", guide.pk)).content.decode()


def test_what_is_typed_is_kept_and_shown_again_until_it_is_saved(
    as_editor: Any, editor: User, guide: Guide
) -> None:
    editor.time_zone = "Asia/Tokyo"
    editor.save()
    at = datetime.datetime(2026, 11, 24, 6, 32, tzinfo=datetime.UTC)
    with time_machine.travel(at, tick=False):
        answer = autosave(as_editor, guide, zh_title="还没写完", en_title=EN["title"])
        page = page_of(as_editor, guide)

    told = answer.json()
    assert answer.status_code == 200
    assert (told["words"], told["errors"], told["others"]) == ("Saved 15:32", {}, [])
    draft = Draft.objects.get()  # the English one says what its revision says
    assert (draft.person, draft.language, draft.made_from) == (editor, "zh-hans", 1)
    assert draft.typed["zh-hans-title"] == ["还没写完"]
    assert draft.typed["facts-standing"] == ["current"]
    assert Revision.objects.count() == 2
    assert 'value="还没写完"' in page
    assert "This is what you had not finished saving at 15:32." in page
    assert told["versions"] == {"zh-hans-draft": unsaved.version_of(draft), "en-draft": ""}
    assert f'name="zh-hans-draft" value="{told["versions"]["zh-hans-draft"]}"' in page

    data = sent(guide, zh_title="写完了", zh_draft=told["versions"]["zh-hans-draft"])
    assert as_editor.post(address("change", guide.pk), data | {"do": "save"}).status_code == 302
    assert newest(guide, "zh-hans").title == "写完了"
    assert not Draft.objects.exists()
    assert "not finished saving" not in page_of(as_editor, guide)


def test_blocks_come_back_as_blocks_and_as_a_whole(as_editor: Any, guide: Guide) -> None:
    data = sent(guide)
    del data["zh-hans-body"]
    data |= {
        "zh-hans-block": ["## 部分 {#part}", "第一句[@s1]。", ""],
        "zh-hans-gap": ["0", "1", ""],
    }

    assert as_editor.post(address("autosave", guide.pk), data).status_code == 200

    page = page_of(as_editor, guide)
    assert "第一句[@s1]。</textarea>" in page
    assert "desk-whole" not in page
    whole = as_editor.get(address("change", guide.pk) + "?whole=1").content.decode()
    assert "## 部分 {#part}\n\n第一句[@s1]。</textarea>" in whole


def test_it_goes_away_where_it_is_undone_or_thrown_away(as_editor: Any, guide: Guide) -> None:
    seen = autosave(as_editor, guide, en_title="Other").json()["versions"]["en-draft"]

    told = autosave(as_editor, guide, en_draft=seen).json()
    assert (told["words"], told["versions"]["en-draft"]) == ("Same as what is saved", "")
    assert not Draft.objects.exists()

    seen = autosave(as_editor, guide, en_title="Other", en_note="").json()["versions"]["en-draft"]
    as_editor.post(address("discard", guide.pk), {"en-draft": "older"})
    assert Draft.objects.count() == 1
    as_editor.post(address("discard", guide.pk), {"en-draft": seen})
    assert not Draft.objects.exists()
    assert newest(guide, "en").number == 1


def test_a_secret_is_kept_nowhere_and_said_at_its_field(as_editor: Any, guide: Guide) -> None:
    data = sent(guide, en_title="Kept all the same") | {"facts-related": f"Secret Key: {KEY}"}
    data["zh-hans-block"] = ["一句", f"密钥 Secret Key: {KEY}"]

    answer = as_editor.post(address("autosave", guide.pk), data)

    told = answer.json()
    assert answer.status_code == 422
    assert set(told["errors"]) == {"facts-related:0", "zh-hans-block:1"}
    assert told["errors"]["zh-hans-block:1"].startswith(
        "This looks like a secret key, so it was not saved; your text is still on the page."
    )
    assert KEY not in answer.content.decode()
    assert [one.language for one in Draft.objects.all()] == ["en"]
    assert KEY not in str(Draft.objects.values())


def test_what_no_revision_could_hold_is_kept_within_bounds(as_editor: Any, guide: Guide) -> None:
    long = "长" * 250  # a title may have 200 characters
    odd = {
        "en-odd name": "x",
        "en-": "y",
        "xx-title": "z",
        "en-choice": "mine",
        "en-mine-body": "m",
    }
    data = sent(guide, zh_title=long + "\x00") | odd | {"facts-checked_on": "yesterday"}

    assert as_editor.post(address("autosave", guide.pk), data).status_code == 200
    typed = Draft.objects.get().typed
    assert typed["zh-hans-title"] == [long]
    assert typed["facts-checked_on"] == ["yesterday"]
    assert not set(typed) & set(odd)
    assert "yesterday" in page_of(as_editor, guide)

    huge = as_editor.post(address("autosave", guide.pk), sent(guide, en_body="x" * 300_000))
    many = sent(guide) | {f"en-field{number}": "x" for number in range(150)}
    for answer in (huge, as_editor.post(address("autosave", guide.pk), many)):
        assert answer.status_code == 422
        assert answer.json()["words"] == "Not saved: this is longer than any guide can be."
    assert not Draft.objects.filter(language="en").exists()
    for wrong in ({}, {"en-made_from": "7"}, {"en-made_from": "x"}):
        assert as_editor.post(address("autosave", guide.pk), wrong).status_code == 400


def test_the_longest_guide_is_kept_block_by_block(as_editor: Any, guide: Guide) -> None:
    data = sent(guide)
    for language in ("zh-hans", "en"):
        del data[f"{language}-body"]
        data |= {f"{language}-block": ["x"] * 1_500, f"{language}-gap": ["1"] * 1_500}

    assert as_editor.post(address("autosave", guide.pk), data).status_code == 200
    assert len(Draft.objects.get(language="en").typed["en-block"]) == 1_500


def test_nobody_sees_or_touches_the_drafts_of_others(
    as_editor: Any, editor: User, guide: Guide
) -> None:
    seen = autosave(as_editor, guide, zh_title="只给我看").json()["versions"]["zh-hans-draft"]
    other, there = colleague()

    assert "只给我看" not in page_of(there, guide)
    autosave(there, guide, zh_title="同事的", zh_draft=seen)
    there.post(address("discard", guide.pk), {"zh-hans-draft": seen})
    data = sent(guide, zh_summary="同事存了", zh_draft=seen)
    there.post(address("change", guide.pk), data | {"do": "save"})
    assert {one.person: one.typed["zh-hans-title"] for one in Draft.objects.all()} == {
        editor: ["只给我看"],
        other: ["同事的"],
    }
    for client, status in ((staff("view_guide"), 403), (Client(), 302), (staff(), 403)):
        assert autosave(client, guide, en_title="x").status_code == status
    assert staff("view_guide").post(address("discard", guide.pk)).status_code == 403
    assert as_editor.get(address("autosave", guide.pk)).status_code == 405
    other.delete()
    assert Draft.objects.get().person == editor


def test_two_windows_of_one_person_lose_nothing(as_editor: Any, guide: Guide) -> None:
    first = autosave(as_editor, guide, zh_title="这个窗口").json()["versions"]["zh-hans-draft"]

    answer = autosave(as_editor, guide, zh_title="那个窗口")  # opened before, knows no draft
    assert answer.status_code == 409
    assert "another window" in answer.json()["words"]
    again = autosave(as_editor, guide, zh_title="这个窗口，接着写", zh_draft=first)
    assert again.status_code == 200
    second = again.json()["versions"]["zh-hans-draft"]

    data = sent(guide, zh_title="那个窗口") | {"do": "save"}
    assert as_editor.post(address("change", guide.pk), data).status_code == 302
    assert newest(guide, "zh-hans").title == "那个窗口"
    page = page_of(as_editor, guide)
    assert 'value="这个窗口，接着写"' in page
    assert "saved revision 2" in page
    late = sent(guide, zh_title="这个窗口，接着写", zh_draft=second) | {"zh-hans-made_from": "1"}
    answer = as_editor.post(address("change", guide.pk), late | {"do": "save"})
    assert answer.status_code == 409
    assert "from another window" in answer.content.decode()
    assert Draft.objects.get().typed["zh-hans-title"] == ["这个窗口，接着写"]


@pytest.mark.parametrize("quicker", ["editor", "colleague"])
def test_two_people_lose_nothing_whoever_saves_first(
    as_editor: Any, guide: Guide, quicker: str
) -> None:
    _person, there = colleague()
    titles = {as_editor: "我的", there: "同事的"}
    forms = {one: sent(guide, zh_title=title) for one, title in titles.items()}
    versions = {
        one: one.post(address("autosave", guide.pk), data).json()["versions"]["zh-hans-draft"]
        for one, data in forms.items()
    }
    order = [as_editor, there] if quicker == "editor" else [there, as_editor]

    statuses = [
        one.post(
            address("change", guide.pk),
            forms[one] | {"zh-hans-draft": versions[one], "do": "save"},
        ).status_code
        for one in order
    ]

    assert statuses == [302, 409]
    assert newest(guide, "zh-hans").title == titles[order[0]]
    assert Draft.objects.get().typed["zh-hans-title"] == [titles[order[1]]]
    assert f'value="{titles[order[1]]}"' in page_of(order[1], guide)


def test_it_says_who_else_is_writing_and_where(as_editor: Any, guide: Guide) -> None:
    _person, there = colleague()
    body = ZH["body"] + "\n\n又一句[@s1]。"
    number = len([line for line in body.split("\n") if line.strip()])
    autosave(there, guide, zh_body=body, en_title="Another")
    Draft.objects.update(saved_at=timezone.now() - datetime.timedelta(minutes=3, seconds=5))

    page = page_of(as_editor, guide)
    assert "colleague@example.com 3 minutes ago, English, title" in page
    assert f"colleague@example.com 3 minutes ago, 简体中文, paragraph {number}" in page
    assert "又一句" not in page
    assert len(autosave(as_editor, guide).json()["others"]) == 2
    assert "colleague@example.com" not in page_of(there, guide).split('class="desk-head')[1]

    Draft.objects.update(saved_at=timezone.now() - datetime.timedelta(minutes=16))
    assert "colleague@example.com" not in page_of(as_editor, guide)


def test_what_was_saved_before_the_crash_is_no_unfinished_work(
    as_editor: Any, editor: User, guide: Guide
) -> None:
    autosave(as_editor, guide, en_title="Saved", zh_title="还没存")
    save_draft(guide=guide, language="en", by=editor, text=EN | {"title": "Saved"}, made_from=1)

    page = page_of(as_editor, guide)

    assert "saved revision 2" not in page
    assert 'value="还没存"' in page
    data = sent(
        guide,
        en_title="Saved and on",
        en_draft=unsaved.version_of(Draft.objects.get(language="en")),
    )
    assert as_editor.post(address("change", guide.pk), data | {"do": "save"}).status_code == 302
    assert newest(guide, "en").title == "Saved and on"
    assert [one.language for one in Draft.objects.all()] == ["zh-hans"]


def test_a_draft_of_a_new_language_needs_no_edition(as_editor: Any, editor: User) -> None:
    guide = Guide.objects.create(slug="one-language", kind="article")
    save_draft(guide=guide, language="zh-hans", by=editor, text=ZH, made_from=0)

    autosave(as_editor, guide, en_title="First words")

    assert Draft.objects.get().language == "en"
    assert not guide.editions.filter(language="en").exists()
    assert 'value="First words"' in page_of(as_editor, guide)

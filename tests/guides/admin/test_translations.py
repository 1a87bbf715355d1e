"""Beside the blocks of a translation stands what its source did, and what can be said of it."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.test import Client
from django.utils.translation import override

from guides.admin.page import Page
from guides.admin.translations import show_behind
from guides.models import EditorialEvent, Guide, Revision, User
from guides.publishing import digests_of, publish, save_draft
from tests import factories
from tests.conftest import signed_in
from tests.guides.publishing.conftest import EN, ZH, make_facts

from .conftest import address, newest, sent, staff

BODY = "## 部分 {#part}\n\n钥匙自己保管，任何人都不给[@s1]。\n\n- 第二条[@s1]。\n- 第三条[@s1]。"
ENGLISH = "## Part {#part}\n\nKeep your keys.[@s1]\n\n- Second.[@s1]\n- Third.[@s1]"
CHANGED = BODY.replace("任何人都不给", "不交给任何第三方").replace("第三条", "第四条")


@pytest.fixture
def guide(editor: User) -> Guide:
    factories.make_source("s1")
    guide = Guide.objects.create(slug="a-guide", kind="article")
    zh = save_draft(guide=guide, language="zh-hans", by=editor, text=ZH | {"body": BODY},
                    made_from=0, facts=make_facts(), note="新")  # fmt: skip
    en = save_draft(guide=guide, language="en", by=editor, text=EN | {"body": ENGLISH},
                    made_from=0, note="new", source_digests=digests_of(zh))  # fmt: skip
    publish([zh, en], by=None)
    guide.refresh_from_db()
    return guide


def change(guide: Guide, *, is_live: bool = True, **text: str) -> Revision:
    before = newest(guide, "zh-hans")
    revision = save_draft(guide=guide, language="zh-hans", by=None, text=before.text() | text,
                          made_from=before.number, note="改")  # fmt: skip
    if is_live:
        publish([revision], by=None)
    return revision


def page(client: Client, guide: Guide, query: str = "") -> str:
    return client.get(address("change", guide.pk) + query).content.decode()


def press(client: Client, guide: Guide, do: str, **changes: Any) -> str:
    data = sent(guide, **changes) | {"do": do}
    answer = client.post(address("change", guide.pk), data, follow=True)
    assert answer.status_code == 200
    return answer.content.decode()


def signs(text: str) -> list[str]:
    return re.findall(r'value="match:([^"]+)"', text)


def test_what_changed_stands_beside_both_and_one_is_matched(
    as_editor: Client, guide: Guide
) -> None:
    assert signs(page(as_editor, guide)) == []
    assert "desk-sign" not in page(as_editor, guide)
    change(guide, body=CHANGED, title="新标题")

    text = page(as_editor, guide)

    assert signs(text) == ["en:all", "en:0", "en:4", "en:6"]
    assert "Revision 2 changed:" in text
    # By character in Chinese, and the long rest cut away.
    taken = re.findall(r"<del>(.*?)</del>", text)
    assert any("人都不给" in one and "任" not in one for one in taken)
    assert "The source changed here; the old translation stays." in text
    assert "Keep your keys." in text
    assert "Does not concern the English" in text

    # What was typed is saved first.
    text = press(as_editor, guide, "match:en:4", en_summary="Another summary")

    assert signs(text) == ["en:all", "en:0", "en:6"]
    made = newest(guide, "en")
    assert (made.number, made.summary) == (3, "Another summary")
    assert "draft 2 saved" in text
    assert "follows its source there: draft 3." in text

    text = press(as_editor, guide, "unaffected:en:6")

    assert signs(text) == ["en:all", "en:0"]
    assert "does not concern" in text
    kinds = EditorialEvent.objects.filter(language="en").values_list("kind", flat=True)
    assert {"matched", "unaffected"} <= set(kinds)

    text = press(as_editor, guide, "match:en:all")

    assert signs(text) == []
    assert newest(guide, "en").source_digests == digests_of(newest(guide, "zh-hans"))
    assert "Nothing was behind there." in press(as_editor, guide, "match:en:all")


def test_a_translation_that_only_follows_again_goes_live_with_its_own_note(
    as_editor: Client, guide: Guide
) -> None:
    change(guide, body=CHANGED)

    press(as_editor, guide, "unaffected:en:all")
    press(as_editor, guide, "publish:en")

    edition = guide.editions.get(language="en")
    assert edition.behind is None
    assert edition.live.revision.is_minor
    assert "does not concern this text" in edition.live.revision.note


def test_only_what_is_behind_and_nothing_is_lost_by_it(as_editor: Client, guide: Guide) -> None:
    change(guide, body=CHANGED)
    assert "Show only the 2 blocks behind" in page(as_editor, guide)

    text = page(as_editor, guide, "?behind=1")

    hidden = re.findall(r'data-number="(\d)" hidden', text)
    assert hidden == ["1", "3"]
    # They are sent all the same.
    assert text.count('name="en-block"') >= 4
    answer = as_editor.post(
        address("change", guide.pk) + "?behind=1", sent(guide) | {"do": "match:en:all"}
    )
    assert answer["Location"].endswith("?behind=1")
    assert newest(guide, "en").body == ENGLISH
    assert "No translation here is behind." in page(as_editor, guide, "?behind=1")


def test_what_is_gone_and_what_was_added(as_editor: Client, guide: Guide) -> None:
    added = "\n\n新的一段[@s1]。\n\n又一段[@s1]。"
    change(guide, body=BODY.replace("- 第二条[@s1]。\n", "") + added)

    text = page(as_editor, guide)

    # Beside each of the new blocks; they are matched together.
    assert signs(text) == ["en:all", "en:5", "en:6", "en:6"]
    assert "Revision 2 took away:" in text
    assert text.count("Revision 2 added:") == 2
    assert text.count("there is no translation of it yet") == 2
    assert "2 blocks changed together and are matched together." in text
    # As a whole text there is no field for each: they stand above.
    assert sorted(signs(page(as_editor, guide, "?whole=1"))) == ["en:5", "en:6", "en:all"]


def test_once_it_was_translated_the_sign_stands_at_the_new_block(guide: Guide) -> None:
    change(guide, body=BODY + "\n\n新的一段[@s1]。")
    before = newest(guide, "en")
    save_draft(guide=guide, language="en", by=None, made_from=1,
               text=before.text() | {"body": ENGLISH + "\n\nA new one.[@s1]"})  # fmt: skip

    shown = Page(guide)
    (lagging,) = show_behind(shown)

    assert lagging.changes == 1
    behind = [row for row in shown.rows if row.is_behind]
    assert [row.cells[1].text for row in behind] == ["A new one.[@s1]"]
    source, translation = behind[0].cells
    assert source.behind[0].is_source
    assert not translation.behind[0].is_source
    assert translation.behind[0].is_translated
    assert lagging.draft is None


def test_nobody_matches_with_a_text_they_have_not_seen(as_editor: Client, guide: Guide) -> None:
    change(guide, body=CHANGED)
    data = sent(guide) | {"do": "match:en:4"}
    change(guide, body=CHANGED.replace("第四条", "第五条"))

    answer = as_editor.post(address("change", guide.pk), data, follow=True)

    assert "nothing was matched" in answer.content.decode()
    assert newest(guide, "en").number == 1


@pytest.mark.parametrize("which", ["en:x", "en:", "fr:all", "zh-hans:all", "en:9999999", ""])
def test_what_no_button_sends_is_refused(as_editor: Client, guide: Guide, which: str) -> None:
    answer = as_editor.post(address("change", guide.pk), sent(guide) | {"do": f"match:{which}"})

    assert answer.status_code == 400


def test_who_may_only_read_sees_it_and_has_no_button(guide: Guide) -> None:
    change(guide, body=CHANGED)
    reader = staff("view_guide")

    text = page(reader, guide)

    assert "The source changed here" in text
    assert signs(text) == []
    answer = reader.post(address("change", guide.pk), sent(guide) | {"do": "match:en:all"})
    assert answer.status_code == 403


def test_missing_is_another_word_than_behind(as_editor: Client) -> None:
    factories.make_source("s1")
    guide = Guide.objects.create(slug="alone", kind="article")
    save_draft(guide=guide, language="zh-hans", by=None, text=ZH, made_from=0, facts=make_facts())

    text = page(as_editor, guide)

    assert "Missing" in text
    assert "ehind by" not in text


# --- Advice -------------------------------------------------------------------------------


def test_warnings_stand_at_their_blocks_and_keep_nobody_from_anything(
    as_editor: Client, guide: Guide
) -> None:
    assert "desk-advi" not in page(as_editor, guide)
    body = ENGLISH.replace("Keep your keys.", "Send your Secret Key to the provider.")

    text = press(as_editor, guide, "save", en_body=body, en_summary="We guarantee reinstatement.")

    assert newest(guide, "en").body == body
    assert "2 things to look at again; they keep nothing from going live" in text
    assert text.count("This may tell readers to give a key") == 2  # in the list, and at its block
    assert re.search(
        r'<a href="#id_en-block-2">English: <span lang="en">Send your Secret Key', text
    )
    assert re.search(r'<a href="#id_en-summary">English: <span lang="en">We guarantee', text)
    whole = page(as_editor, guide, "?whole=1")
    assert re.search(r'<a href="#id_en-body">English: <span lang="en">Send', whole)

    press(as_editor, guide, "publish:en", en_note="Why")
    assert guide.editions.get(language="en").live.revision.body == body


def test_they_are_said_in_the_language_of_the_desk(editor: User, guide: Guide) -> None:
    change(guide, is_live=False, body=BODY.replace("任何人都不给", "再把密码告诉代运营"))
    with override("zh-hans"):
        where = address("change", guide.pk)
    text = signed_in(editor).get(where).content.decode()

    assert "desk-advice" in text
    assert "告诉代运营" in text

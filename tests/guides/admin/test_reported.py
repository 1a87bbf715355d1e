"""What corrects a mistake that a reader reported: said at the desk, listed with thanks."""

from __future__ import annotations

import pytest
from django.test import Client

from guides.models import Guide, User
from guides.publishing import save_draft

from .conftest import address, newest, sent


def test_it_is_off_until_somebody_says_so(as_editor: Client, guide: Guide) -> None:
    as_editor.post(address("change", guide.pk), sent(guide, zh_title="二") | {"do": "save"})

    assert not newest(guide, "zh-hans").corrects_report


def test_publishing_with_it_lists_the_change_with_thanks(as_editor: Client, guide: Guide) -> None:
    changes = {"zh_title": "二", "zh_note": "改了按钮的名称。", "zh_corrects_report": "on"}

    as_editor.post(address("change", guide.pk), sent(guide, **changes) | {"do": "publish:zh-hans"})

    assert newest(guide, "zh-hans").corrects_report
    assert not newest(guide, "en").corrects_report
    page = as_editor.get("/en/changes/").content.decode()
    assert "Mistakes that readers pointed out" not in page  # that is another edition
    page = as_editor.get("/zh-hans/changes/").content.decode()
    assert 'id="thanked"' in page
    assert "改了按钮的名称。" in page


def test_a_draft_keeps_it_and_the_next_one_begins_without(as_editor: Client, guide: Guide) -> None:
    page = address("change", guide.pk)
    changes = {"zh_title": "二", "zh_note": "改了。", "zh_corrects_report": "on"}
    as_editor.post(page, sent(guide, **changes) | {"do": "save"})
    assert "zh-hans-corrects_report" in sent(guide)

    as_editor.post(page, sent(guide) | {"do": "publish:zh-hans"})

    assert newest(guide, "zh-hans").number == 2
    assert "zh-hans-corrects_report" not in sent(guide)


def test_saying_it_of_the_same_text_makes_a_new_draft(as_editor: Client, guide: Guide) -> None:
    page = address("change", guide.pk)
    as_editor.post(page, sent(guide, zh_title="二", zh_note="改了。") | {"do": "save"})

    as_editor.post(page, sent(guide, zh_corrects_report="on") | {"do": "save"})

    assert (newest(guide, "zh-hans").number, newest(guide, "zh-hans").corrects_report) == (3, True)


def test_it_survives_two_who_write_at_once(as_editor: Client, guide: Guide, editor: User) -> None:
    changes = sent(guide, zh_title="我的", zh_note="改了。", zh_corrects_report="on")
    save_draft(
        guide=guide,
        language="zh-hans",
        by=editor,
        text=newest(guide, "zh-hans").text() | {"title": "别人的"},
        made_from=1,
        note="别人",
    )

    answer = as_editor.post(address("change", guide.pk), changes | {"do": "save"})

    assert answer.status_code == 409
    hidden = '<input type="hidden" name="zh-hans-corrects_report" value="True">'
    assert hidden in answer.content.decode()


@pytest.mark.parametrize("said", [True, False])
def test_the_revisions_show_it(as_editor: Client, guide: Guide, said: bool) -> None:
    changes = {"zh_title": "二", "zh_note": "改了。"} | (
        {"zh_corrects_report": "on"} if said else {}
    )
    as_editor.post(address("change", guide.pk), sent(guide, **changes) | {"do": "save"})

    page = as_editor.get(address("history", guide.pk)).content.decode()

    assert page.count("Pointed out by a reader") == int(said)

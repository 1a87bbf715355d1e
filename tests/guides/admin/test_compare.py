"""Comparing at the desk: the draft with what is live, and any two revisions."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from guides.models import Guide, User
from guides.publishing import save_draft
from tests.guides.publishing.conftest import EN, ZH

from .conftest import address, newest, staff


@pytest.fixture
def drafts(guide: Guide, editor: User) -> None:
    facts = newest(guide, "zh-hans").facts | {"standing": "historic", "position": 9}
    text = ZH | {"title": ZH["title"] + "了", "body": ZH["body"] + "\n\n新的一句[@s1]。"}
    save_draft(
        guide=guide, language="zh-hans", by=editor, text=text, facts=facts, made_from=1, note="为此"
    )
    english = EN | {"body": EN["body"] + "\n\nOne more sentence[@s1]."}
    save_draft(guide=guide, language="en", by=editor, text=english, made_from=1)


def added(text: str) -> str:
    return f'[Added: </span>{text}<span class="visually-hidden">]</span></ins>'


def test_the_draft_is_one_click_from_what_is_live(
    as_editor: Any, guide: Guide, drafts: None
) -> None:
    there = address("compare", guide.pk, "zh-hans", 1, 2)

    assert f'href="{there}"' in as_editor.get(address("change", guide.pk)).content.decode()
    page = as_editor.get(there).content.decode()

    assert added("了") in page
    assert added("新的一句[s1]。") in page
    assert "为此" in page
    assert added("Historic") in page
    assert added("9") in page


def test_any_two_are_chosen_from_the_list(as_editor: Any, guide: Guide, drafts: None) -> None:
    listed = as_editor.get(address("history", guide.pk)).content.decode()
    assert listed.count('name="a"') == listed.count('name="b"') == 4
    choose = address("compare_chosen", guide.pk, "en")

    answer = as_editor.get(choose, {"a": "2", "b": "1"})
    assert answer.url == address("compare", guide.pk, "en", 1, 2)
    page = as_editor.get(answer.url).content.decode()
    assert "One more sentence" in page
    assert "Facts of the guide" not in page

    for wrong in ({"a": "1", "b": "1"}, {"a": "1"}, {}, {"a": "x", "b": "-1"}):
        answer = as_editor.get(choose, wrong, follow=True)
        assert "Choose two different revisions to compare." in answer.content.decode()


def test_whoever_may_see_the_guide_may_compare_and_nobody_else(guide: Guide, drafts: None) -> None:
    there = address("compare", guide.pk, "en", 1, 2)

    assert staff("view_guide").get(there).status_code == 200
    assert staff("view_source").get(there).status_code == 403
    assert Client().get(there).status_code == 302
    assert staff("view_guide").post(there).status_code == 405
    for a, b, language in ((1, 3, "en"), (2**40, 1, "en"), (1, 2, "fr")):
        there = address("compare", guide.pk, language, a, b)
        assert staff("view_guide").get(there).status_code == 404

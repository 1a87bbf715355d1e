"""Two who wrote at once: both texts are shown, and none is lost whichever way is taken."""

from __future__ import annotations

from html.parser import HTMLParser
from typing import Any

import pytest

from guides.models import Guide, Revision
from guides.publishing import save_draft
from tests import factories
from tests.guides.publishing.conftest import ZH

from .conftest import address, newest, sent


@pytest.fixture
def late(guide: Guide) -> dict[str, Any]:
    """A form made from revision 1, sent after a colleague saved revision 2."""
    data = sent(guide, zh_title="我的标题", zh_note="我的")
    save_draft(
        guide=guide,
        language="zh-hans",
        by=factories.make_user(email="colleague@example.com"),
        text=ZH | {"title": "同事的标题", "summary": "同事的摘要"},
        made_from=1,
        note="同事的",
    )
    return data | {"do": "save"}


class Fields(HTMLParser):
    """The fields of the form on a page, as a browser would send them."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.values: dict[str, str] = {}
        self.inside = ""
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag == "input" and given.get("name"):
            self.values[str(given["name"])] = given.get("value") or ""
        if tag == "textarea":
            self.inside = str(given["name"])
            self.values[self.inside] = ""

    def handle_endtag(self, tag: str) -> None:
        if tag == "textarea":
            self.values[self.inside] = self.values[self.inside].removeprefix("\n")
            self.inside = ""

    def handle_data(self, data: str) -> None:
        if self.inside:
            self.values[self.inside] += data


def test_a_late_form_gets_both_texts(as_editor: Any, guide: Guide, late: dict[str, Any]) -> None:
    answer = as_editor.post(address("change", guide.pk), late)

    page = answer.content.decode()
    assert answer.status_code == 409
    assert "colleague@example.com" in page
    assert 'value="我的标题"' in page
    assert "同事" in page
    assert newest(guide, "zh-hans").number == 2


def test_mine_goes_on_top_and_keeps_what_only_they_changed(
    as_editor: Any, editor: Any, guide: Guide, late: dict[str, Any]
) -> None:
    page = as_editor.post(address("change", guide.pk), late).content.decode()

    answer = as_editor.post(address("change", guide.pk), Fields(page).values | {"do": "save"})

    kept = newest(guide, "zh-hans")
    assert answer.status_code == 302
    assert (kept.number, kept.title, kept.summary) == (3, "我的标题", "同事的摘要")
    assert (kept.note, kept.made_by) == ("我的", editor)
    assert kept.body == ZH["body"]
    assert kept.facts == Revision.objects.get(number=1, edition=kept.edition).facts


def test_theirs_stays_and_mine_is_in_the_history(
    as_editor: Any, guide: Guide, late: dict[str, Any]
) -> None:
    page = as_editor.post(address("change", guide.pk), late).content.decode()

    as_editor.post(address("change", guide.pk), Fields(page).values | {"do": "theirs"})

    assert newest(guide, "zh-hans").title == "同事的标题"
    mine = Revision.objects.get(edition__guide=guide, edition__language="zh-hans", number=3)
    assert mine.title == "我的标题"


def test_a_third_who_was_quicker_still_is_told(
    as_editor: Any, guide: Guide, late: dict[str, Any]
) -> None:
    page = as_editor.post(address("change", guide.pk), late).content.decode()
    save_draft(guide=guide, language="zh-hans", by=None, text=ZH | {"title": "第三个"}, made_from=2)

    answer = as_editor.post(address("change", guide.pk), Fields(page).values | {"do": "save"})

    assert answer.status_code == 409
    assert 'value="我的标题"' in answer.content.decode()


def test_the_other_language_is_saved_all_the_same(
    as_editor: Any, guide: Guide, late: dict[str, Any]
) -> None:
    answer = as_editor.post(address("change", guide.pk), late | {"en-title": "Saved"})

    assert answer.status_code == 409
    assert "What you wrote in English was saved as draft 2." in answer.content.decode()
    assert newest(guide, "en").title == "Saved"


def test_who_wrote_elsewhere_is_not_disturbed(
    as_editor: Any, guide: Guide, late: dict[str, Any]
) -> None:
    untouched = late | {"zh-hans-title": ZH["title"], "zh-hans-note": "", "en-title": "Mine"}

    answer = as_editor.post(address("change", guide.pk), untouched)

    assert answer.status_code == 302
    assert newest(guide, "en").title == "Mine"


def test_nobody_publishes_what_they_have_not_seen(
    as_editor: Any, guide: Guide, late: dict[str, Any]
) -> None:
    unseen = late | {"zh-hans-title": ZH["title"], "zh-hans-note": "", "do": "publish:both"}

    assert as_editor.post(address("change", guide.pk), unseen).status_code == 409


def test_facts_are_merged_field_by_field(as_editor: Any, guide: Guide) -> None:
    data = sent(guide) | {"facts-position": "9", "do": "save"}
    theirs = newest(guide, "zh-hans").facts | {"standing": "historic", "is_reported": True}
    save_draft(guide=guide, language="zh-hans", by=None, text=ZH, made_from=1, facts=theirs)

    page = as_editor.post(address("change", guide.pk), data).content.decode()
    as_editor.post(address("change", guide.pk), Fields(page).values | {"do": "save"})

    kept = newest(guide, "zh-hans").facts
    assert (kept["position"], kept["standing"], kept["is_reported"]) == (9, "historic", True)

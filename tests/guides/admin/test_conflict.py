"""Two who wrote at once: both texts are shown, and none is lost whichever way is taken."""

from __future__ import annotations

from html.parser import HTMLParser
from typing import Any

import pytest

from guides.models import Draft, Guide, Revision
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
        is_chosen = given.get("type") != "radio" or "checked" in given
        if tag == "input" and given.get("name") and is_chosen:
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


def chosen(client: Any, guide: Guide, page: str, **changes: Any) -> Any:
    """What the page answers, with the choice and the fields given."""
    values = Fields(page).values | {"do": "choose"}
    values |= {f"zh-hans-{name}": value for name, value in changes.items()}
    return client.post(address("change", guide.pk), values)


def history(guide: Guide) -> list[str]:
    kept = Revision.objects.filter(edition__guide=guide, edition__language="zh-hans")
    return [revision.title for revision in kept.order_by("number")]


def test_mine_goes_on_top_and_keeps_what_only_they_changed(
    as_editor: Any, editor: Any, guide: Guide, late: dict[str, Any]
) -> None:
    page = as_editor.post(address("change", guide.pk), late).content.decode()

    answer = chosen(as_editor, guide, page)

    kept = newest(guide, "zh-hans")
    assert answer.status_code == 302
    assert (kept.number, kept.title, kept.summary) == (3, "我的标题", "同事的摘要")
    assert (kept.note, kept.made_by) == ("我的", editor)
    assert kept.body == ZH["body"]
    assert kept.facts == Revision.objects.get(number=1, edition=kept.edition).facts
    assert not Draft.objects.exists()


def test_theirs_stays_and_mine_is_in_the_history(
    as_editor: Any, guide: Guide, late: dict[str, Any]
) -> None:
    page = as_editor.post(address("change", guide.pk), late).content.decode()

    chosen(as_editor, guide, page, choice="theirs", title="合成到一半")

    assert history(guide) == [ZH["title"], "同事的标题", "我的标题", "同事的标题"]


def test_what_is_put_together_stands_on_top_of_both(
    as_editor: Any, guide: Guide, late: dict[str, Any]
) -> None:
    page = as_editor.post(address("change", guide.pk), late).content.decode()

    chosen(as_editor, guide, page, choice="merged", title="合成的标题")

    assert history(guide) == [ZH["title"], "同事的标题", "我的标题", "合成的标题"]
    assert newest(guide, "zh-hans").summary == "同事的摘要"


def test_blocks_of_both_are_put_together(as_editor: Any, guide: Guide) -> None:
    data = sent(guide)
    lines = [line for line in data.pop("zh-hans-body").split("\n") if line]
    data |= {"zh-hans-block": [*lines, "我加的[@s1]。"], "zh-hans-gap": [""] * len(lines)}
    theirs = ZH["body"].replace(lines[0], lines[0] + "\n\n同事加的[@s1]。")
    save_draft(guide=guide, language="zh-hans", by=None, text=ZH | {"body": theirs}, made_from=1)

    answer = as_editor.post(address("change", guide.pk), data | {"do": "save"})
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "You wrote in different places" in page
    assert chosen(as_editor, guide, page).status_code == 302

    body = newest(guide, "zh-hans").body
    assert "同事加的" in body
    assert body.endswith("我加的[@s1]。")
    mine = Revision.objects.get(edition__guide=guide, edition__language="zh-hans", number=3)
    assert "同事加的" not in mine.body
    assert "我加的" in mine.body


def test_who_chooses_nothing_finds_it_on_the_page_of_the_guide(
    as_editor: Any, guide: Guide, late: dict[str, Any]
) -> None:
    as_editor.post(address("change", guide.pk), late)

    page = as_editor.get(address("change", guide.pk)).content.decode()

    assert 'value="我的标题"' in page
    assert "colleague@example.com saved revision 2" in page
    assert newest(guide, "zh-hans").number == 2


def test_what_cannot_be_kept_is_said_and_nothing_is_lost(
    as_editor: Any, guide: Guide, late: dict[str, Any]
) -> None:
    page = as_editor.post(address("change", guide.pk), late).content.decode()

    answer = chosen(as_editor, guide, page, choice="merged", title="长" * 201)
    assert answer.status_code == 422
    assert "长" * 201 in answer.content.decode()
    assert newest(guide, "zh-hans").number == 2
    # Nobody asked for the one put together: it may be as it is.
    assert chosen(as_editor, guide, page, choice="theirs", title="长" * 201).status_code == 302


def test_a_third_who_was_quicker_still_is_told(
    as_editor: Any, guide: Guide, late: dict[str, Any]
) -> None:
    page = as_editor.post(address("change", guide.pk), late).content.decode()
    save_draft(guide=guide, language="zh-hans", by=None, text=ZH | {"title": "第三个"}, made_from=2)

    answer = chosen(as_editor, guide, page)

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
    chosen(as_editor, guide, page)

    kept = newest(guide, "zh-hans").facts
    assert (kept["position"], kept["standing"], kept["is_reported"]) == (9, "historic", True)

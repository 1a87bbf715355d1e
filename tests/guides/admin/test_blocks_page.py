"""The page of one guide block by block: what it sends, what it says, and what it offers."""

from __future__ import annotations

import re
from html import unescape
from typing import Any

import pytest

from guides.admin.page import Page
from guides.models import Guide, Revision
from guides.publishing import save_draft
from tests import factories
from tests.guides.publishing.conftest import EN, ZH

from .conftest import address, newest, sent, staff
from .test_desk import KEY


def by_block(guide: Guide, do: str = "save", **changes: Any) -> dict[str, Any]:
    """What a browser sends; `zh_block` are the fields of the text where they were changed."""
    data = sent(guide, **changes) | {"do": do}
    for at, column in enumerate(Page(guide).columns):
        data.pop(f"{column.language}-body", None)
        cells = [row.cells[at] for row in Page(guide).rows]
        data.setdefault(f"{column.language}-block", [cell.text for cell in cells])
        gaps = ["" if cell.gap is None else str(cell.gap) for cell in cells]
        data.setdefault(f"{column.language}-gap", gaps)
    return data


def post(client: Any, guide: Guide, do: str = "save", **changes: Any) -> tuple[int, str]:
    answer = client.post(address("change", guide.pk), by_block(guide, do, **changes), follow=True)
    return answer.status_code, unescape(answer.content.decode())


def fields(page: str, language: str) -> list[str]:
    found = re.findall(rf'<textarea name="{language}-block"[^>]*>\n(.*?)</textarea>', page, re.S)
    return found[:-1]  # the last is the blank one that a script copies


def test_it_has_a_field_for_each_block_of_both_languages(as_editor: Any, guide: Guide) -> None:
    page = unescape(as_editor.get(address("change", guide.pk)).content.decode())

    assert fields(page, "zh-hans") == [one for one in ZH["body"].split("\n") if one]
    assert fields(page, "en") == [one for one in EN["body"].split("\n") if one]
    assert "Block 2, Paragraph," in page


def test_sending_it_back_changes_nothing(as_editor: Any, guide: Guide) -> None:
    """Not even where empty lines are not as this view would set them."""
    odd = f"\n{ZH['body']}\n  \n\nwrapped\nlines"
    save_draft(guide=guide, language="zh-hans", by=None, text=ZH | {"body": odd}, made_from=1)

    post(as_editor, guide)
    assert Revision.objects.count() == 3

    post(as_editor, guide, zh_title="甲")
    assert newest(guide, "zh-hans").number == 3
    assert newest(guide, "zh-hans").body == odd


def test_fields_with_several_lines_and_none_become_blocks(as_editor: Any, guide: Guide) -> None:
    title, *_rest = ZH["body"].split("\n")

    post(as_editor, guide, zh_block=[title, "甲[@s1]。\r\n乙[@s1]。"])
    assert newest(guide, "zh-hans").body == f"{title}\n\n甲[@s1]。\n\n乙[@s1]。"

    guide.refresh_from_db()
    post(as_editor, guide, zh_block=[title, "", "乙[@s1]。"])
    assert newest(guide, "zh-hans").body == f"{title}\n\n乙[@s1]。"


def test_a_refusal_stands_at_its_block(as_editor: Any, guide: Guide) -> None:
    title, *_rest = EN["body"].split("\n")

    status, page = post(
        as_editor,
        guide,
        "publish:en",
        en_block=[title, "No source.", "[[nowhere]][@s1]"],
        en_note="x",
    )

    assert status == 422
    assert 'href="#id_en-block-2"' in page
    assert 'href="#id_en-block-3"' in page
    assert "Block 3, English:" in page
    assert 'aria-describedby="id_en-block-3_error"' in page
    assert fields(page, "en")[1:] == ["No source.", "[[nowhere]][@s1]"]
    assert newest(guide, "en").number == 2


def test_a_secret_is_shown_at_its_block_and_nothing_is_saved(as_editor: Any, guide: Guide) -> None:
    status, page = post(as_editor, guide, zh_block=[ZH["body"].split("\n")[0], f"{KEY}[@s1]"])

    assert status == 422
    assert 'href="#id_zh-hans-block-2"' in page
    assert KEY in fields(page, "zh-hans")[1]
    assert Revision.objects.count() == 2


def test_a_text_without_blocks_is_refused_at_its_language(as_editor: Any, guide: Guide) -> None:
    status, page = post(as_editor, guide, "publish:en", en_block=["", ""], en_note="x")

    assert status == 422
    assert 'href="#column-en"' in page


@pytest.mark.parametrize(
    ("do", "order"),
    [
        ("add:1", [0, None, 1]),
        ("add:end", [0, 1, None]),
        ("up:2", [1, 0]),
        ("down:1", [1, 0]),
        ("drop:1", [1]),
        ("drop:nothing", [0, 1]),
        ("up:99999999", [0, 1]),
    ],
)
def test_without_a_script_the_page_comes_back_with_what_was_typed(
    as_editor: Any, guide: Guide, do: str, order: list[int | None]
) -> None:
    typed = ["typed", "in both"]

    status, page = post(as_editor, guide, do, zh_block=typed, en_block=typed, en_title="Typed")

    assert status == 200
    for language in ("zh-hans", "en"):
        assert fields(page, language) == ["" if at is None else typed[at] for at in order]
    assert 'value="Typed"' in page
    assert Revision.objects.count() == 2


def test_both_ways_to_see_a_text_keep_what_was_typed(as_editor: Any, guide: Guide) -> None:
    _status, page = post(as_editor, guide, "whole", en_block=["## T {#t}", "- a", "- b"])
    assert 'name="en-body"' in page
    assert "\n## T {#t}\n\n- a\n- b</textarea>" in page

    data = sent(guide, en_body="## T {#t}\n\n- a\n- c") | {"do": "blocks"}
    page = as_editor.post(address("change", guide.pk), data).content.decode()
    assert fields(page, "en") == ["## T {#t}", "- a", "- c"]
    assert Revision.objects.count() == 2

    whole = as_editor.get(address("change", guide.pk) + "?whole=1").content.decode()
    assert 'name="zh-hans-body"' in whole
    data = sent(guide, en_title="Saved") | {"do": "save"}
    answer = as_editor.post(address("change", guide.pk) + "?whole=1", data)
    assert answer.url.endswith("?whole=1")


def test_a_term_has_its_pinyin(as_editor: Any, db: None) -> None:
    term = Guide.objects.create(slug="a-term", kind="term")

    page = as_editor.get(address("change", term.pk)).content.decode()
    assert 'name="zh-hans-sort"' in page
    assert 'name="en-sort"' not in page

    data = {"zh-hans-made_from": "0", "zh-hans-title": "令牌", "zh-hans-sort": "lingpai"}
    facts = {
        f"facts-{name}": value for name, value in {"standing": "current", "position": 0}.items()
    }
    as_editor.post(address("change", term.pk), data | facts | {"do": "save"})
    assert newest(term, "zh-hans").sort == "lingpai"


def test_a_preview_takes_blocks_and_shows_what_is_forwarded(as_editor: Any, guide: Guide) -> None:
    data = by_block(guide, en_title="Typed title")

    page = as_editor.post(address("preview", guide.pk, "en"), data).content.decode()

    assert "Typed title" in page
    assert 'data-as="phone"' in page
    assert 'src="data:image/png;base64,' in page


def test_the_toolbar_chooses_from_what_there_is(as_editor: Any, guide: Guide) -> None:
    picture = factories.make_picture()
    url = address("choices")

    found = as_editor.get(url).json()

    assert found["guide"] == [
        {"key": "a-guide", "kind": "article", "titles": {"en": EN["title"], "zh-hans": ZH["title"]}}
    ]
    assert [one["key"] for one in found["source"]] == ["s1"]
    assert found["term"] == []
    assert found["picture"] == [
        {"key": "menu", "titles": picture.alt, "picture": picture.get_absolute_url()}
    ]
    assert staff().get(url).status_code == 403
    assert as_editor.post(url).status_code == 405

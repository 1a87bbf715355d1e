"""No page of the desk needs anything that the content policy forbids."""

from __future__ import annotations

from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest

from guides.models import EditorialEvent, Guide, Publication, Source, User
from guides.publishing import save_draft
from tests.guides.publishing.conftest import ZH
from tests.test_html import errors_in

from .conftest import address, sent


class Forbidden(HTMLParser):
    """Inline styles, inline scripts, handlers in attributes, and anything of another host."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.found: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        for name, value in given.items():
            if name == "style" or name.startswith("on"):
                self.found.append(f"<{tag} {name}>")
            if name in ("src", "href", "action") and (value or "").startswith("javascript:"):
                self.found.append(f"<{tag} {name}={value}>")
            is_drawn_here = tag == "img" and (value or "").startswith("data:image/")
            if name == "src" and "//" in (value or "") and not is_drawn_here:
                self.found.append(f"<{tag} src={value}>")
        if tag == "style" or (tag == "script" and not given.get("src")):
            self.found.append(f"<{tag}>")
        is_fetched = given.get("rel") in ("stylesheet", "icon")
        if tag == "link" and is_fetched and "//" in (given.get("href") or ""):
            self.found.append(f"<link {given['href']}>")


def pages(guide: Guide, person: User) -> list[str]:
    event, publication = EditorialEvent.objects.first(), Publication.objects.first()
    source = Source.objects.get()
    return [
        "/admin/",
        "/admin/guides/",
        "/admin/guides/guide/",
        "/admin/guides/guide/?q=nothing",
        address("add"),
        address("change", guide.pk),
        address("history", guide.pk),
        address("revision", guide.pk, "zh-hans", 1),
        address("saved", guide.pk, "en", 1),
        address("withdraw", guide.pk, "en"),
        "/admin/guides/source/",
        "/admin/guides/source/add/",
        f"/admin/guides/source/{source.pk}/change/",
        f"/admin/guides/source/{source.pk}/history/",
        "/admin/guides/user/",
        "/admin/guides/user/add/",
        f"/admin/guides/user/{person.pk}/change/",
        "/admin/auth/group/add/",
        "/admin/guides/editorialevent/",
        f"/admin/guides/editorialevent/{event.pk}/change/",
        "/admin/guides/publication/",
        f"/admin/guides/publication/{publication.pk}/change/",
    ]


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_no_page_holds_anything_inline(
    as_editor: Any, editor: User, guide: Guide, language: str
) -> None:
    editor.language = language
    editor.save()

    for page in pages(guide, editor):
        answer = as_editor.get(page)
        assert answer.status_code == 200, page
        assert Forbidden(answer.content.decode()).found == [], page


def test_nor_do_refusals_and_conflicts(as_editor: Any, guide: Guide) -> None:
    bad = sent(guide, zh_body="nothing") | {"do": "publish:both"}
    answers = [
        as_editor.post(address("preview", guide.pk, "zh-hans"), bad),
        as_editor.post(address("withdraw", guide.pk, "en"), {"because": ""}),
        as_editor.post(address("add"), {}),
    ]
    save_draft(guide=guide, language="zh-hans", by=None, text=ZH | {"title": "甲"}, made_from=1)
    answers.append(as_editor.post(address("change", guide.pk), bad))
    answers.append(
        as_editor.post(address("change", guide.pk), sent(guide, en_title="") | {"do": "publish:en"})
    )

    assert [one.status_code for one in answers] == [422, 422, 422, 409, 422]
    for answer in answers:
        assert Forbidden(answer.content.decode()).found == []


def test_its_pages_are_valid(as_editor: Any, editor: User, guide: Guide, tmp_path: Path) -> None:
    """The list and the forms of the stock admin aside: those are as Django writes them."""
    bad = sent(guide, zh_body="nothing") | {"do": "publish:both"}
    made = {
        page: as_editor.get(page).content.decode()
        for page in pages(guide, editor)
        if page.startswith("/admin/guides/guide/") and "?" not in page
    }
    made["422"] = as_editor.post(address("change", guide.pk), bad).content.decode()
    made["preview"] = as_editor.post(address("preview", guide.pk, "zh-hans"), bad).content.decode()
    late = sent(guide, zh_title="乙") | {"zh-hans-made_from": "1", "do": "save"}
    made["409"] = as_editor.post(address("change", guide.pk), late).content.decode()

    # Where a browser has no picker for days, the field takes what is typed.
    assert [one for one in errors_in(made, tmp_path) if "“date” input type" not in one] == []


def test_it_would_find_what_is_forbidden() -> None:
    page = '<p style="x"><a onclick="x" href="javascript:x"><script>x</script><style></style>'

    assert len(Forbidden(page).found) == 5

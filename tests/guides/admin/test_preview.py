"""Previews: the very page that readers would get, and nothing kept."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings

from guides.models import Edition, Guide, Progress, Revision
from guides.publishing.bundle import load
from tests.guides.publishing.conftest import ZH

from .conftest import address, newest, sent, staff


def test_it_shows_what_is_typed_and_keeps_nothing(as_editor: Any, guide: Guide) -> None:
    data = sent(guide, zh_title="只是看看", zh_body="## 部分 {#part}\n\n只看一眼[@s1]。")

    answer = as_editor.post(address("preview", guide.pk, "zh-hans"), data)

    page = answer.content.decode()
    assert answer.status_code == 200
    assert "<h1>只是看看</h1>" in page
    assert "只看一眼" in page
    assert "Nothing was saved." in page
    assert Revision.objects.count() == 2
    assert Edition.objects.get(guide=guide, language="zh-hans").parts[0]["html"].find("只看") < 0


def test_it_is_no_page_for_search_engines(as_editor: Any, guide: Guide) -> None:
    answer = as_editor.post(address("preview", guide.pk, "en"), sent(guide))

    assert answer.headers["X-Robots-Tag"] == "noindex"
    assert 'lang="en"' in answer.content.decode()


def test_facts_show_as_typed(as_editor: Any, guide: Guide) -> None:
    data = sent(guide) | {"facts-standing": "historic", "facts-checked_on": "2026-09-24"}

    page = as_editor.post(address("preview", guide.pk, "en"), data).content.decode()

    assert "Historic" in page
    assert "2026-09-24" in page
    guide.refresh_from_db()
    assert not guide.is_historic


def test_a_text_that_cannot_be_shown_says_why_by_line(as_editor: Any, guide: Guide) -> None:
    data = sent(guide, en_body="## Part {#part}\n\nNo source here.\n\n### No")

    answer = as_editor.post(address("preview", guide.pk, "en"), data)

    page = answer.content.decode()
    assert answer.status_code == 422
    assert "Line 3, “No source here.”" in page
    assert "Line 5, “### No”" in page


def test_a_field_that_cannot_be_read_is_named(as_editor: Any, guide: Guide) -> None:
    data = sent(guide) | {"facts-checked_on": "someday"}

    answer = as_editor.post(address("preview", guide.pk, "en"), data)

    assert answer.status_code == 422
    assert "Checked on" in answer.content.decode()


def test_a_saved_revision_can_be_seen(as_editor: Any, guide: Guide) -> None:
    as_editor.post(address("change", guide.pk), sent(guide, en_title="Second") | {"do": "save"})

    page = as_editor.get(address("saved", guide.pk, "en", 2)).content.decode()

    assert "<h1>Second</h1>" in page
    assert "Preview of revision 2." in page
    assert as_editor.get(address("saved", guide.pk, "en", 9)).status_code == 404


def test_a_saved_revision_that_cannot_be_shown_says_why(as_editor: Any, guide: Guide) -> None:
    as_editor.post(address("change", guide.pk), sent(guide, en_body="No part.") | {"do": "save"})

    answer = as_editor.get(address("saved", guide.pk, "en", 2))

    assert answer.status_code == 422
    assert "Line 1:" in answer.content.decode()


def test_it_asks_for_the_right_and_the_method(as_editor: Any, guide: Guide) -> None:
    preview, saved = address("preview", guide.pk, "en"), address("saved", guide.pk, "en", 1)

    assert as_editor.get(preview).status_code == 405
    assert as_editor.post(saved).status_code == 405
    assert staff().post(preview, sent(guide)).status_code == 403
    assert staff().get(saved).status_code == 403
    assert as_editor.post(address("preview", guide.pk, "fr"), sent(guide)).status_code == 404


@pytest.fixture(scope="module")
def slugs() -> list[str]:
    """One bundled guide of each kind."""
    found: dict[str, str] = {}
    for path in sorted((Path(settings.BASE_DIR) / "guides" / "content").glob("*/guide.json")):
        found.setdefault(json.loads(path.read_text("utf-8"))["kind"], path.parent.name)
    return list(found.values())


def test_it_is_the_published_page_for_every_kind_of_guide(
    as_editor: Any, anonymous: Any, slugs: list[str]
) -> None:
    load()

    for slug in slugs:
        guide = Guide.objects.get(slug=slug)
        if guide.kind == Guide.Kind.CHECK:
            continue  # readers get one question at a time: below
        for language in ("zh-hans", "en"):
            preview = f"{address('preview', guide.pk, language)}?all=1"
            previewed = as_editor.post(preview, sent(guide)).content.decode()
            published = anonymous.get(f"/{language}/guides/{slug}/?all=1").content.decode()

            assert main(previewed) == main(published), f"{slug} {language}"
    assert not Progress.objects.exists()


def test_a_self_check_is_previewed_as_a_whole(as_editor: Any) -> None:
    load()
    guide = Guide.objects.get(slug="self-check")
    parts = Edition.objects.get(guide=guide, language="en").parts

    typed = as_editor.post(address("preview", guide.pk, "en"), sent(guide)).content.decode()
    saved = as_editor.get(address("saved", guide.pk, "en", newest(guide, "en").number))

    assert main(typed) == main(saved.content.decode())
    for part in parts:
        assert f'<h2 id="{part["id"]}">' in typed
        assert part["html"] in typed
        for answer in part["answers"]:
            assert f"<li>{answer['html']} → " in typed
            for outcome in answer["outcomes"]:
                assert f'+ <a href="#{outcome}">' in typed


def main(page: str) -> str:
    """Without its foot: what is not live has no address to share, no history and no feedback."""
    page = re.sub(r'<section class="spread part page-foot.*?</section>', "", page, flags=re.DOTALL)
    return page[page.index("<main") : page.index("</main>")]


def test_steps_of_a_saved_revision_lead_on(as_editor: Any, editor: Any) -> None:
    load()
    guide = Guide.objects.get(slug="authorize-today")
    number = newest(guide, "en").number

    first = as_editor.get(address("saved", guide.pk, "en", number)).content.decode()
    step = first.split('href="?step=')[1].split('"')[0]
    second = as_editor.get(f"{address('saved', guide.pk, 'en', number)}?step={step}")

    assert second.status_code == 200
    assert f'id="{step}"' in second.content.decode()


def test_the_title_of_the_typed_text_is_not_live(
    as_editor: Any, anonymous: Any, guide: Guide
) -> None:
    as_editor.post(address("preview", guide.pk, "zh-hans"), sent(guide, zh_title="没有发布"))

    assert ZH["title"] in anonymous.get("/zh-hans/guides/a-guide/").content.decode()


def test_facts_that_a_translation_does_not_bring_along_are_said(
    as_editor: Any, guide: Guide
) -> None:
    words = "The facts shown here go live with the text in 简体中文."
    same = as_editor.post(address("preview", guide.pk, "en"), sent(guide)).content.decode()
    data = sent(guide) | {"facts-standing": "historic"}
    english = as_editor.post(address("preview", guide.pk, "en"), data).content.decode()
    chinese = as_editor.post(address("preview", guide.pk, "zh-hans"), data).content.decode()

    assert words in english
    assert words not in same
    assert words not in chinese

"""A translation that its source has left behind says so, and where, until it is matched again."""

from __future__ import annotations

import datetime
import io
from typing import Any

import pytest
import time_machine
from django.core.management import call_command

from guides.models import Edition, Guide, Publication, Revision
from guides.publishing import digests_of, publish, save_draft, withdraw

from .conftest import draft

ZH = (
    "第一句[@s1]。\n\n- 第二条[@s1]。\n- 第三条[^n][@s1]。"
    "\n\n[^n]: **旁注** 一句[@s1]。\n\n> 引文[@s1]\n\n- [ ] 先看 {#look}"
)
EN = (
    "First.[@s1]\n\n- Second.[@s1]\n- Third.[^n][@s1]"
    "\n\n[^n]: **Note** One.[@s1]\n\n> Quoted[@s1]\n\n- [ ] Look {#look}"
)


@pytest.fixture
def both(guide: Guide) -> Guide:
    """Published together on 1 November, the translation matched with its source."""
    with time_machine.travel("2026-11-01T12:00:00+08:00", tick=False):
        source = draft(guide, "zh-hans", body=ZH)
        translation = draft(guide, "en", body=EN, source_digests=digests_of(source))
        publish([source, translation], by=None)
    return guide


def on(day: str, guide: Guide, language: str, **changes: Any) -> Revision:
    with time_machine.travel(f"{day}T12:00:00+08:00", tick=False):
        revision = draft(guide, language, **changes)
        publish([revision], by=None)
    return revision


def english(guide: Guide) -> Edition:
    return guide.editions.get(language="en")


def html(guide: Guide) -> str:
    return "".join(part["html"] for part in english(guide).parts)


def mark(words: str) -> str:
    return f'<span class="behind"> [{words}]</span>'


def test_one_that_follows_its_source_says_nothing(both: Guide) -> None:
    assert english(both).behind is None
    assert "behind" not in html(both)


def test_it_says_by_how_much_and_since_when_as_soon_as_the_source_goes_on(both: Guide) -> None:
    on("2026-11-10", both, "zh-hans", body=ZH.replace("第一句", "头一句"))
    on("2026-11-20", both, "zh-hans", body=ZH.replace("第一句", "头一句").replace("二条", "两条"))

    assert english(both).behind == {"changes": 2, "since": "2026-11-10"}


@pytest.mark.parametrize(
    ("old", "new", "marked"),
    [
        pytest.param(
            "第一句", "头一句", f"<p>First.%s{mark('changed in Chinese')}", id="paragraph"
        ),
        pytest.param("二条", "两条", f"<li>Second.%s{mark('changed in Chinese')}", id="item"),
        pytest.param(
            "三条", "四条", f"{mark('changed in Chinese')}<details", id="item, before its note"
        ),
        pytest.param(
            "** 一句", "** 两句", f"Note{mark('changed in Chinese')}</summary>", id="note"
        ),
        pytest.param("引文", "原文", f"Quoted%s{mark('changed in Chinese')}</p>", id="quotation"),
        pytest.param(
            "先看", "再看", f">Look{mark('changed in Chinese')}</span></label>", id="thing to do"
        ),
        pytest.param(
            "- 第二条[@s1]。\n", "", f"Second.%s{mark('no longer there in Chinese')}", id="gone"
        ),
        pytest.param(
            "\n\n> ",
            "\n\n新的一段[@s1]。\n\n> ",
            f"{mark('more follows here in Chinese')}<details",
            id="more, before a note",
        ),
    ],
)
def test_it_marks_the_paragraph_concerned(both: Guide, old: str, new: str, marked: str) -> None:
    on("2026-11-10", both, "zh-hans", body=ZH.replace(old, new))

    found = html(both)
    cite = '\u2060<a class="cite" href="#source-s1">a</a>'
    assert marked.replace("%s", cite) in found.replace("</details>", "")
    # A note is there twice: beside its sentence, and in the list for paper.
    assert found.count('class="behind"') == (2 if "Note" in marked else 1)


def test_a_heading_is_marked_above_its_part(both: Guide) -> None:
    text = both.editions.get(language="zh-hans").latest.text()
    text["body"] = text["body"].replace("## Part", "## 另名")
    changed = save_draft(
        guide=both, language="zh-hans", by=None, text=text, made_from=1, note="Renamed."
    )
    publish([changed], by=None)

    assert html(both).startswith(f"<p>{mark('changed in Chinese')}</p>")


def test_what_is_searched_and_compared_goes_without_the_marks(both: Guide) -> None:
    on("2026-11-10", both, "zh-hans", body=ZH.replace("第一句", "头一句"))

    edition = english(both)
    assert "changed" not in edition.plain
    assert "changed in chinese" not in edition.folded


def test_matching_the_translation_takes_the_notice_away(both: Guide) -> None:
    source = on("2026-11-10", both, "zh-hans", body=ZH.replace("第一句", "头一句"))

    on("2026-11-12", both, "en", source_digests=digests_of(source), note="Compared.")

    assert english(both).behind is None
    assert "behind" not in html(both)


def test_mending_a_word_of_the_translation_does_not(both: Guide) -> None:
    on("2026-11-10", both, "zh-hans", body=ZH.replace("第一句", "头一句"))

    on("2026-11-12", both, "en", body=EN.replace("First", "The first"))

    assert english(both).behind == {"changes": 1, "since": "2026-11-10"}
    assert 'class="behind"' in html(both)


def test_a_source_that_goes_back_to_what_was_translated_has_left_nothing_behind(
    both: Guide,
) -> None:
    on("2026-11-10", both, "zh-hans", body=ZH.replace("第一句", "头一句"))
    on("2026-11-12", both, "zh-hans", body=ZH)
    assert english(both).behind is None

    on("2026-11-14", both, "zh-hans", body=ZH.replace("第一句", "首句"))

    assert english(both).behind == {"changes": 1, "since": "2026-11-14"}


def test_both_at_once_with_a_translation_that_was_not_matched(both: Guide) -> None:
    with time_machine.travel("2026-11-10T12:00:00+08:00", tick=False):
        source = draft(both, "zh-hans", body=ZH.replace("第一句", "头一句"))
        translation = draft(both, "en", title="Another title")
        for order in ([translation, source], [source, translation]):
            publish(order, by=None)

            assert english(both).behind == {"changes": 1, "since": "2026-11-10"}
            assert 'class="behind"' in html(both)


def test_a_new_title_counts(both: Guide) -> None:
    on("2026-11-10", both, "zh-hans", title="新标题", keywords="新词")

    assert english(both).behind == {"changes": 2, "since": "2026-11-10"}
    assert "behind" not in html(both)


def test_without_a_live_source_there_is_nothing_to_be_behind(both: Guide) -> None:
    on("2026-11-10", both, "zh-hans", body=ZH.replace("第一句", "头一句"))

    source = both.editions.select_related("guide").get(language="zh-hans")
    withdraw(edition=source, by=None, because="Why")

    assert english(both).behind is None
    assert "behind" not in html(both)


def test_one_that_was_withdrawn_is_behind_nothing(both: Guide) -> None:
    on("2026-11-10", both, "zh-hans", body=ZH.replace("第一句", "头一句"))

    withdraw(edition=english(both), by=None, because="Why")

    assert english(both).behind is None


def test_one_that_was_never_matched_claims_nothing(guide: Guide) -> None:
    publish([draft(guide, "zh-hans", body=ZH), draft(guide, "en", body=EN)], by=None)

    on("2026-11-10", guide, "zh-hans", body=ZH.replace("第一句", "头一句"))

    assert english(guide).behind is None


def test_one_made_from_a_draft_that_never_went_live_counts_from_its_own_time(guide: Guide) -> None:
    with time_machine.travel("2026-11-01T12:00:00+08:00", tick=False):
        source = draft(guide, "zh-hans", body=ZH)
        publish([source], by=None)
        never = draft(guide, "zh-hans", body=ZH.replace("第一句", "第零句"))
    with time_machine.travel("2026-11-05T12:00:00+08:00", tick=False):
        translation = draft(guide, "en", body=EN, source_digests=digests_of(never))
        publish([translation], by=None)
    assert english(guide).behind == {"changes": 1, "since": "2026-11-01"}

    on("2026-11-10", guide, "zh-hans", body=ZH.replace("第一句", "头一句"))

    assert english(guide).behind == {"changes": 1, "since": "2026-11-10"}


def test_rendering_all_again_keeps_what_was_found(both: Guide) -> None:
    on("2026-11-10", both, "zh-hans", body=ZH.replace("第一句", "头一句"))
    expected = english(both).behind, html(both)
    Edition.objects.update(behind=None)

    call_command("render_guides", stdout=io.StringIO())

    assert (english(both).behind, html(both)) == expected


def test_the_day_is_that_of_the_site(both: Guide) -> None:
    # One in the morning in Shanghai is the day before in London.
    with time_machine.travel("2026-11-10T01:00:00+08:00", tick=False):
        publish([draft(both, "zh-hans", body=ZH.replace("第一句", "头一句"))], by=None)

    assert english(both).behind["since"] == "2026-11-10"
    last = Publication.objects.order_by("-pk").first()
    assert last.published_at.astimezone(datetime.UTC).day == 9

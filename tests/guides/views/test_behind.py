"""A page that its source has left behind, and one that is not there in this language."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from guides.models import Guide
from guides.publishing import digests_of, publish, save_draft
from tests import factories
from tests.guides.publishing.conftest import make_facts

from .publications import put_live, seen

pytestmark = pytest.mark.django_db

ZH = "第一句[@s1]。\n\n第二句[@s1]。"
EN = "First.[@s1]\n\nSecond.[@s1]"


@pytest.fixture
def guide(db: None) -> Guide:
    """Live in both languages, matched."""
    factories.make_source("s1")
    guide = Guide.objects.create(slug="a-guide", kind="article")
    source = put_live(guide, body=ZH)
    put_live(guide, "en", body=EN, source_digests=digests_of(source))
    return guide


def test_a_page_that_follows_its_source_says_nothing(client: Client, guide: Guide) -> None:
    for language in ("zh-hans", "en"):
        answer = client.get(f"/{language}/guides/a-guide/").content.decode()
        assert "notice" not in answer.partition("<main")[2]


def test_the_source_alone_at_the_desk_shows_at_once_in_the_translation(
    client: Client, guide: Guide
) -> None:
    put_live(guide, on="2026-11-20", body=ZH.replace("一", "头").replace("第二", "末"))

    english, chinese = (client.get(f"/{code}/guides/a-guide/") for code in ("en", "zh-hans"))

    page = seen(english)
    assert "This English page is behind the Chinese one by 2 changes, since 2026-11-20" in page
    assert page.count("[changed in Chinese]") == 2
    link = '<a href="/zh-hans/guides/a-guide/" hreflang="zh-Hans" lang="zh-Hans">简体中文</a>'
    assert link in english.content.decode()
    assert "changed in" not in seen(chinese)
    assert "behind" not in chinese.content.decode()


def test_one_change_is_one_change(client: Client, guide: Guide) -> None:
    put_live(guide, on="2026-11-20", body=ZH.replace("一", "头"))

    page = seen(client.get("/en/guides/a-guide/"))

    assert "This English page is behind the Chinese one by 1 change," in page


def test_the_matched_translation_takes_the_notice_away(client: Client, guide: Guide) -> None:
    source = put_live(guide, on="2026-11-20", body=ZH.replace("一", "头"))
    put_live(guide, "en", on="2026-11-21", source_digests=digests_of(source))

    assert "behind" not in client.get("/en/guides/a-guide/").content.decode()


def test_a_chinese_page_may_be_behind_as_well(client: Client, guide: Guide) -> None:
    other = Guide.objects.create(slug="other", kind="article", source_language="en")
    source = put_live(other, "en", body=EN, facts=make_facts(source_language="en"))
    put_live(other, body=ZH, facts=None, source_digests=digests_of(source))
    put_live(other, "en", on="2026-11-20", body=EN.replace("First", "Begin"))

    answer = client.get("/zh-hans/guides/other/").content.decode()

    assert answer.count('class="behind"') == 1
    assert '<a href="/en/guides/other/" hreflang="en" lang="en">English</a>' in answer


def test_steps_say_it_on_each_page_that_is_concerned(client: Client, db: None) -> None:
    factories.make_source("s1")
    steps = Guide.objects.create(slug="steps", kind="steps")
    body = "{}[@s1]\n\n## A {{#before}}\n\na[@s1]\n\n## B {{#one}}\n\nb[@s1]\n\n## C {{#done}}\n\nc[@s1]"
    body = body.partition("\n\n")[2].format()
    text = {"title": "T", "card": "T", "summary": "S", "keywords": "", "body": body}
    source = live(steps, "zh-hans", text, facts=make_facts(kind="steps"))
    live(steps, "en", text, source_digests=digests_of(source))
    live(steps, "zh-hans", text | {"body": body.replace("b[", "bb[")}, made_from=1)

    concerned = client.get("/en/guides/steps/?step=one").content.decode()
    other = client.get("/en/guides/steps/?step=done").content.decode()

    assert '<span class="behind"> [changed in Chinese]</span>' in concerned
    assert 'class="behind"' not in other
    for page in (concerned, other):
        assert "This English page is behind" in page


def live(guide: Guide, language: str, text: dict[str, str], made_from: int = 0, **more: Any) -> Any:
    revision = save_draft(
        guide=guide, language=language, by=None, text=text, made_from=made_from, note="Why", **more
    )
    publish([revision], by=None)
    return revision


def test_missing_is_another_sentence_with_a_link(client: Client, db: None) -> None:
    factories.make_source("s1")
    put_live(Guide.objects.create(slug="a-guide", kind="article"))

    answer = client.get("/en/guides/a-guide/")

    assert "Not in English yet; shown in Chinese" in seen(answer)
    assert "behind" not in answer.content.decode()
    assert '<a href="/zh-hans/guides/a-guide/" hreflang="zh-Hans"' in answer.content.decode()


def test_lists_say_it_in_a_word(client: Client, guide: Guide) -> None:
    assert ">Behind<" not in client.get("/en/guides/").content.decode()

    put_live(guide, on="2026-11-20", body=ZH.replace("一", "头"))

    assert client.get("/en/guides/").content.decode().count(">Behind<") == 1
    assert "chip-outline" not in client.get("/zh-hans/guides/").content.decode()


def test_it_costs_no_query(
    client: Client, guide: Guide, django_assert_max_num_queries: Any
) -> None:
    put_live(guide, on="2026-11-20", body=ZH.replace("一", "头"))

    with django_assert_max_num_queries(4):
        client.get("/en/guides/a-guide/")

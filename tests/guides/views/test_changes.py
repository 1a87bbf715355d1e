"""What changed on the site, by day, and the feed of it."""

from __future__ import annotations

from typing import Any
from xml.etree import ElementTree

import pytest
import time_machine
from django.test import Client

from guides.models import Edition, Guide, Publication, User
from guides.publishing import publish
from tests import factories
from tests.guides.publishing.conftest import draft, make_facts

from .publications import add_publications, put_live, seen, take_away

pytestmark = pytest.mark.django_db

HERE = "/zh-hans/changes/"
FEED = "/zh-hans/changes/feed/"
ATOM = "{http://www.w3.org/2005/Atom}"


@pytest.fixture(autouse=True)
def _source(db: None) -> None:
    factories.make_source("s1")


@pytest.fixture
def person() -> User:
    return factories.make_user(email="someone@example.com", is_staff=True)


def make(slug: str, kind: str = "article") -> Guide:
    return Guide.objects.create(slug=slug, kind=kind)


def release(count: int, on: str, **changes: Any) -> list[Guide]:
    """So many guides that one release brings, or brings anew."""
    guides = [Guide.objects.get_or_create(slug=f"g{n}", kind="article")[0] for n in range(count)]
    with time_machine.travel(f"{on}T12:00:00+08:00", tick=False):
        texts = [{"title": f"指南 {n}。", **changes} for n in range(count)]
        publish([draft(one, "zh-hans", **text) for one, text in zip(guides, texts)], by=None)  # noqa: B905
    return guides


def test_newest_days_come_first_with_their_notes(client: Client, person: User) -> None:
    guide = make("a-guide")
    put_live(guide, on="2026-11-03", by=person, title="头一篇", note="新写的。")
    put_live(guide, on="2026-11-20", by=person, title="改过", note="把“任何人”改准。")

    answer = client.get(HERE)

    page = seen(answer)
    assert page.index("11-20") < page.index("把“任何人”改准。") < page.index("11-03")
    assert page.index("11-03") < page.index("新写的。")
    assert 'href="/zh-hans/guides/a-guide/compare/1/2/"' in answer.content.decode()
    assert "someone" not in answer.content.decode()


def test_a_new_guide_is_told_from_a_change(client: Client, person: User) -> None:
    put_live(make("a-guide"), "zh-hans", by=person)

    answer = client.get(HERE).content.decode()

    assert answer.count('<span class="chip chip-outline">') == 1
    assert "/compare/" not in answer


def test_it_holds_this_language_alone(client: Client, person: User) -> None:
    guide = make("a-guide")
    put_live(guide, note="中文的说明", by=person)
    put_live(guide, "en", note="An English note", by=person)

    assert "An English note" not in seen(client.get(HERE))
    assert "中文的说明" not in seen(client.get("/en/changes/"))


def test_minor_ones_are_marked_and_can_be_left_out(client: Client, person: User) -> None:
    guide = make("a-guide")
    put_live(guide, by=person)
    put_live(guide, by=person, title="二", note="错字。", is_minor=True)

    everything, without = client.get(HERE), client.get(f"{HERE}?minor=no")

    assert "小改" in seen(everything)
    assert "错字。" in seen(everything)
    assert "错字。" not in seen(without)
    assert 'href="?minor=no"' in everything.content.decode()
    assert '<a href="?" aria-current="true">' in without.content.decode()


def test_kinds_that_there_are_can_be_chosen(client: Client, person: User) -> None:
    put_live(make("an-article"), by=person, title="一篇文章")
    clause = make_facts(kind="clause", reference="2.4")
    body = "\n\n".join(
        [
            "a[@s1]", "## S {#short}", "b[@s1]", "## N {#now}", "- [ ] Do {#do}", "## T {#says}",
            "c[@s1]", "## E {#examples}", "- [fine] d[@s1]",
        ]
    )  # fmt: skip
    put_live(make("a-clause", "clause"), by=person, title="一条条款", facts=clause, body=body)

    page = client.get(f"{HERE}?kind=clause")

    assert "一条条款" in seen(page)
    assert "一篇文章" not in seen(page)
    tabs = page.content.decode().partition('class="tabs"')[2].partition("</ul>")[0]
    assert '<a href="?kind=clause" aria-current="true">条款</a>' in tabs
    assert '<a href="?kind=article">文章</a>' in tabs
    assert "?kind=steps" not in tabs
    assert 'href="?kind=clause&amp;minor=no"' in tabs


@pytest.mark.parametrize(
    "query",
    ["?kind=none", "?month=2026-13", "?month=99999-01", "?month=x", "?minor=maybe", "?page=x"],
)
def test_what_it_does_not_know_counts_as_not_said(client: Client, person: User, query: str) -> None:
    put_live(make("a-guide"), by=person, title="一篇文章")

    assert "一篇文章" in seen(client.get(HERE + query))


def test_a_release_of_many_guides_is_one_line_a_day(client: Client) -> None:
    release(8, "2026-11-03")
    release(8, "2026-11-20", summary="新摘要")

    answer = client.get(HERE).content.decode()

    changed, new = answer.split('<li class="change-fold">')[1:]
    for fold in (changed, new):
        assert fold.index("<details>") < fold.index("指南 7。") < fold.index("</details>")
    assert changed.count('/compare/1/2/"') == 8
    assert "/compare/" not in new


def test_a_few_guides_of_a_release_are_rows_like_others(client: Client) -> None:
    release(4, "2026-11-03")

    assert "<details" not in client.get(HERE).content.decode().partition("<main")[2]


def test_what_people_publish_is_never_folded(client: Client, person: User) -> None:
    for number in range(8):
        put_live(make(f"g{number}"), by=person, note=f"说明 {number}")

    answer = client.get(HERE)

    assert "change-fold" not in answer.content.decode()
    assert "说明 7" in seen(answer)


def test_months_further_back_are_links(client: Client, person: User) -> None:
    guide = make("a-guide")
    put_live(guide, on="2026-09-30", by=person, note="九月。")
    put_live(guide, on="2026-11-01", by=person, title="二", note="十一月。")

    newest, older = client.get(HERE), client.get(f"{HERE}?month=2026-09")

    assert "十一月。" in seen(newest)
    assert "九月。" not in seen(newest)
    assert '<a class="button" href="?month=2026-09">' in newest.content.decode()
    assert "九月。" in seen(older)
    assert "十一月。" not in seen(older)
    assert '<a href="?month=2026-11">2026-11</a>' in older.content.decode()


def test_a_month_begins_at_midnight_of_the_site(client: Client, person: User) -> None:
    with time_machine.travel("2026-11-01T00:30:00+08:00", tick=False):
        publish([draft(make("a-guide"), "zh-hans", by=None, title="月初")], by=person)

    page = client.get(f"{HERE}?month=2026-11")

    assert '<time datetime="2026-11-01">' in page.content.decode()
    assert "月初" in seen(page)


def test_a_month_with_very_many_comes_in_pages(client: Client) -> None:
    put_live(make("a-guide"))
    add_publications(Edition.objects.get(), 450)
    Publication.objects.update(published_by=factories.make_user())

    month = Publication.objects.last().published_at.strftime("%Y-%m")
    newest = client.get(f"{HERE}?month={month}")
    last = client.get(f"{HERE}?month={month}&page=3")

    assert f'href="?month={month}&amp;page=2"' in newest.content.decode()
    assert newest.content.decode().count('class="change-link"') == 200
    assert last.content.decode().count('class="change-link"') == 50


def test_mistakes_that_readers_pointed_out_are_listed_with_thanks(
    client: Client, person: User
) -> None:
    guide = make("a-guide")
    put_live(guide, by=person, on="2026-10-01")
    put_live(guide, by=person, on="2026-10-30", title="二", note="按钮名称。", corrects_report=True)
    put_live(guide, by=person, on="2026-11-02", title="三", note="别的。")

    page = client.get(HERE).content.decode()
    thanked = page.partition('id="thanked"')[2].partition("</section>")[0]

    assert "按钮名称。" in thanked
    assert "2026-10-30" in thanked
    assert "别的。" not in thanked
    assert 'id="thanked"' not in client.get(f"{HERE}?month=2026-10").content.decode()


def test_what_was_withdrawn_is_said_with_its_reason(client: Client, person: User) -> None:
    guide = make("a-guide")
    put_live(guide, by=person, on="2026-11-01", title="没有了")
    take_away(guide, "zh-hans", "2026-11-05", "来源的日期核不上。")

    answer = client.get(HERE)

    assert "2026-11-05 · 来源的日期核不上。" in seen(answer)
    # The guide is gone: its titles lead to its history.
    assert 'href="/zh-hans/guides/a-guide/"' not in answer.content.decode()
    assert answer.content.decode().count('href="/zh-hans/guides/a-guide/history/"') == 2


def test_a_month_in_which_something_was_only_withdrawn_has_its_page(
    client: Client, person: User
) -> None:
    guide = make("a-guide")
    put_live(guide, by=person, on="2026-09-01")
    put_live(guide, by=person, on="2026-09-02", title="二", is_minor=True)
    take_away(guide, "zh-hans", "2026-10-05", "来源的日期核不上。")

    for address in (HERE, f"{HERE}?minor=no", f"{HERE}?month=2026-10"):
        page = seen(client.get(address))
        assert "2026-10-05 · 来源的日期核不上。" in page
        assert "还没有发布" not in page
    put_live(make("b-guide"), by=person, on="2026-11-01")
    assert "来源的日期核不上。" not in seen(client.get(HERE))
    assert "来源的日期核不上。" in seen(client.get(f"{HERE}?month=2026-10"))


def test_nothing_unpublished_is_ever_shown(client: Client, person: User) -> None:
    guide = make("a-guide")
    put_live(guide, by=person)
    draft(guide, "zh-hans", title="没发布的", note="秘密", corrects_report=True)
    draft(make("b-guide"), "zh-hans", title="没发布的")

    for address in (HERE, FEED):
        answer = client.get(address).content.decode()
        assert "没发布的" not in answer
        assert "秘密" not in answer


def test_before_anything_was_published_it_says_so(client: Client) -> None:
    assert client.get(HERE).status_code == 200
    assert ElementTree.fromstring(client.get(FEED).content).findall(f"{ATOM}entry") == []


def test_it_can_only_be_read_and_sets_no_cookie(client: Client) -> None:
    for address in (HERE, FEED):
        assert client.post(address).status_code == 405
        assert not client.get(address).cookies


@pytest.mark.parametrize("count", [1, 30])
def test_it_costs_five_queries_however_much_was_published(
    client: Client, person: User, count: int, django_assert_num_queries: Any
) -> None:
    release(count, "2026-11-03")
    for number in range(count):
        put_live(make(f"other{number}"), by=person, corrects_report=True)

    with django_assert_num_queries(5):
        client.get(HERE)
    with django_assert_num_queries(1):
        client.get(FEED)


def entries(client: Client, address: str = FEED) -> list[dict[str, str]]:
    feed = ElementTree.fromstring(client.get(address).content)
    return [
        {
            "title": entry.findtext(f"{ATOM}title"),
            "summary": entry.findtext(f"{ATOM}summary"),
            "id": entry.findtext(f"{ATOM}id"),
            "updated": entry.findtext(f"{ATOM}updated"),
            "link": entry.find(f"{ATOM}link").get("href"),
        }
        for entry in feed.findall(f"{ATOM}entry")
    ]


def test_the_feed_has_a_note_a_date_and_the_difference(
    client: Client, person: User, settings: Any
) -> None:
    settings.SITE_URL = "https://keyright.example"
    guide = make("a-guide")
    put_live(guide, on="2026-11-01", by=person, title="一", note="新写的。")
    put_live(guide, on="2026-11-20", by=person, title="二", note="A < B & “引号”")

    newest, first = entries(client)

    site = "https://keyright.example/zh-hans/guides/a-guide"
    assert newest == {
        "title": "二",
        "summary": "A &lt; B &amp; “引号”",
        "id": "tag:keyright.example,2026:zh-hans/a-guide/2/20261120040000000000",
        "updated": "2026-11-20T04:00:00+00:00",
        "link": f"{site}/compare/1/2/",
    }
    assert (first["link"], first["summary"]) == (f"{site}/history/", "新写的。")
    assert client.get(newest["link"].removeprefix("https://keyright.example")).status_code == 200


def test_its_ids_stay_when_something_else_is_published(client: Client, person: User) -> None:
    guide = make("a-guide")
    put_live(guide, by=person)
    before = entries(client)

    put_live(guide, on="2026-11-20", by=person, title="二")
    take_away(guide, "zh-hans", "2026-11-21", "为什么")

    assert entries(client)[1:] == before
    assert len({one["id"] for one in entries(client)}) == 2


def test_the_feed_says_what_it_is(client: Client, person: User, settings: Any) -> None:
    settings.SITE_URL = "https://keyright.example"
    put_live(make("a-guide"), by=person)

    answer = client.get(FEED)

    assert answer["Content-Type"] == "application/atom+xml; charset=utf-8"
    feed = ElementTree.fromstring(answer.content)
    language = feed.get("{http://www.w3.org/XML/1998/namespace}lang")
    links = {
        (one.get("rel"), one.get("hreflang")): one.get("href")
        for one in feed.findall(f"{ATOM}link")
    }
    assert language == "zh-Hans"
    assert links == {
        ("alternate", None): "https://keyright.example/zh-hans/changes/",
        ("self", None): "https://keyright.example/zh-hans/changes/feed/",
        ("alternate", "en"): "https://keyright.example/en/changes/feed/",
    }
    assert feed.findtext(f"{ATOM}id") == "https://keyright.example/zh-hans/changes/feed/"


def test_the_page_names_its_feed(client: Client) -> None:
    link = '<link rel="alternate" type="application/atom+xml"'

    page = client.get("/en/changes/").content.decode()

    assert f'{link} title="Keyright: what changed" href="/en/changes/feed/">' in page


def test_the_feed_is_whole_whatever_was_typed(client: Client, person: User) -> None:
    strange = "\x0b]]><b>\U0001f511\ufffe"
    put_live(make("a-guide"), by=person, title="A & <b>", note=f"Why {strange}")

    (entry,) = entries(client)

    assert entry["title"].endswith("A & <b>")
    assert entry["summary"] == "Why ]]&gt;&lt;b&gt;\U0001f511"


def test_the_feed_ends_somewhere(client: Client) -> None:
    put_live(make("a-guide"))
    add_publications(Edition.objects.get(), 80)

    assert len(entries(client)) == 50

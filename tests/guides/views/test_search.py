"""The page of search: what it finds and says, what it costs, and what it keeps of nobody."""

from __future__ import annotations

import datetime
import html
import re
from typing import Any
from urllib.parse import unquote

import pytest
from django.db import OperationalError
from django.test import Client
from django.test.utils import override_settings

from guides.models import AuthorizationMethod, Edition, SearchMiss
from guides.publishing.older import render_what_search_lacks
from guides.search import fold_edition
from guides.views.search import ON_A_PAGE, rows_in
from tests.factories import make_guide, make_live_edition
from tests.guides.secret_texts import SECRETS

pytestmark = pytest.mark.django_db


def publish(slug: str, language: str = "en", *, text: str = "", **changes: Any) -> Edition:
    """A live guide that search knows, without rendering it."""
    facts = {
        name: changes.pop(name) for name in ("kind", "standing", "is_reported") if name in changes
    }
    written = {"title": slug, "summary": "A summary", "keywords": ""} | changes
    folded = fold_edition(
        title=written["title"],
        keywords=written["keywords"],
        headings=[],
        summary=written["summary"],
        text=text,
    )
    edition = make_live_edition(make_guide(slug, **facts), language, plain=text, **written)
    edition.folded = folded
    edition.save()
    return edition


def also_in(edition: Edition, language: str, *, text: str, title: str) -> None:
    """The same guide in another language."""
    other = make_live_edition(edition.guide, language, plain=text, title=title)
    other.folded = fold_edition(title=title, keywords="", headings=[], summary="", text=text)
    other.save()


def ask(client: Client, query: str, language: str = "en", **more: Any) -> str:
    answer = client.get(f"/{language}/search/", {"q": query} | more)
    assert answer.status_code == 200
    return answer.content.decode()


def titles(page: str) -> list[str]:
    return re.findall(r"<h2[^>]*><a [^>]*>(.*?)</a></h2>", page)


def status(page: str) -> str:
    said = re.search(r'role="status">(.*?)</div>', page, re.DOTALL)
    assert said
    return html.unescape(re.sub(r"\s+", " ", re.sub(r"<[^>]+>", "", said[1])).strip())


def misses() -> list[tuple[str, str, int]]:
    return list(SearchMiss.objects.order_by("pk").values_list("query", "language", "times"))


# --- What it finds -------------------------------------------------------------------------


def test_it_shows_the_sentence_with_the_words_marked(client: Client) -> None:
    publish("a-guide", title="A guide", text="Keep it. Then revoke <b>the</b> access & wait.")

    page = ask(client, "revoke")

    assert titles(page) == ["A guide"]
    assert "Then <mark>revoke</mark> &lt;b&gt;the&lt;/b&gt; access &amp; wait." in page
    assert status(page) == "1 result"


def test_the_names_of_a_term_find_the_same_and_are_told(client: Client) -> None:
    publish("secret-key", "zh-hans", kind="term", title="密钥（Secret Key）", keywords="私钥")
    publish("exposed", "zh-hans", title="怎么收回", text="把私钥给了别人")
    publish("other", "zh-hans", title="别的", text="没有")

    page = ask(client, "secret key", "zh-hans")

    assert titles(page) == ["密钥（Secret Key）", "怎么收回"]
    assert "密钥" in status(page)
    assert "私钥" in status(page)


def test_a_name_of_the_other_language_leads_to_a_term(client: Client) -> None:
    term = publish("token", "zh-hans", kind="term", title="令牌")
    also_in(term, "en", text="A word.", title="Token")
    publish("a-guide", "zh-hans", title="别的", text="令牌可以撤销")

    assert sorted(titles(ask(client, "token", "zh-hans"))) == ["令牌", "别的"]


def test_a_guide_is_found_once_in_the_reader_s_language(client: Client) -> None:
    guide = publish("both", "zh-hans", title="两种", text="revoke 撤销")
    also_in(guide, "en", text="You revoke it", title="Both")

    assert titles(ask(client, "revoke")) == ["Both"]
    assert titles(ask(client, "revoke", "zh-hans")) == ["两种"]
    assert titles(ask(client, "撤销")) == []


def test_a_guide_only_in_the_other_language_is_found_and_marked(client: Client) -> None:
    publish("chinese", "zh-hans", title="只有中文", text="先撤销授权")

    page = ask(client, "撤销")

    assert titles(page) == ["只有中文"]
    assert '<span class="chip" lang="zh-Hans">简体中文</span>' in page
    assert '<p lang="zh-Hans">先<mark>撤销</mark>授权</p>' in page


@pytest.mark.parametrize("languages", [("en", "zh-hans"), ("zh-hans", "en")])
def test_in_a_language_that_nothing_is_in_each_guide_is_found_once(
    languages: tuple[str, str],
) -> None:
    first = publish("both", languages[0], title="First", text="revoke")
    also_in(first, languages[1], text="revoke", title="Second")

    assert [row.key for row in rows_in("fr")] == [first.pk]


def test_what_is_not_live_is_not_found(client: Client) -> None:
    gone = publish("gone", text="revoke")
    gone.live = None
    gone.save()

    assert titles(ask(client, "revoke")) == []


def test_each_result_says_how_far_to_trust_it(client: Client) -> None:
    publish("old", title="Old", text="revoke", standing="historic", is_reported=True, kind="clause")
    method = publish("way", title="A way", text="revoke", kind="method")
    AuthorizationMethod.objects.create(
        guide=method.guide, era="sp-api", verdict="never", secret_held_by="seller",
        ended_by="seller", handed_over="consent",
    )  # fmt: skip

    page = ask(client, "revoke")

    new, old = page.split('class="hit-about"')[1:]
    assert "Do not use" in new
    assert ">Current<" in new
    assert "Historic" not in new
    assert 'class="mark' in new
    assert ">Historic<" in old
    assert ">Reported<" in old
    assert ">Clause<" in old


def test_pages_that_lack_a_word_follow_and_this_is_said(client: Client) -> None:
    publish("all", title="All", text="revoke the token")
    publish("some", title="Some", text="revoke")

    page = ask(client, "revoke token")

    assert titles(page) == ["All", "Some"]
    assert "pages with some of them follow" in status(page)


# --- Filters and pages ---------------------------------------------------------------------


def test_filters_are_links_with_counts_and_keep_one_another(client: Client) -> None:
    publish("a", title="Clause", text="revoke", kind="clause", standing="historic")
    publish("b", title="Steps", text="revoke", kind="steps")
    publish("c", title="More steps", text="revoke", kind="steps", standing="historic")

    page = html.unescape(ask(client, "revoke", kind="steps"))

    filters = page[
        page.index('class="rail search-filters"') : page.index(
            "</nav>", page.index("search-filters")
        )
    ]
    found = re.findall(
        r'href="([^"]*)"[^>]*?( aria-current="true")?><span>(.*?)</span> <span class="number">(\d+)',
        filters,
    )
    assert found == [
        ("?q=revoke", "", "All", "3"),
        ("?q=revoke&kind=clause", "", "Clauses", "1"),
        ("?q=revoke&kind=steps", ' aria-current="true"', "Step guides", "2"),
        ("?q=revoke&kind=steps", ' aria-current="true"', "All", "2"),
        ("?q=revoke&kind=steps&standing=current", "", "Current", "1"),
        ("?q=revoke&kind=steps&standing=historic", "", "Historic", "1"),
    ]
    assert sorted(titles(page)) == ["More steps", "Steps"]


def test_a_filter_without_results_is_left_by_its_link(client: Client) -> None:
    publish("a", title="Clause", text="revoke", kind="clause")

    page = ask(client, "revoke", kind="steps")

    assert titles(page) == []
    assert status(page) == "0 results"
    assert 'href="?q=revoke"' in page
    assert not misses()


def test_many_results_come_in_pages(client: Client) -> None:
    for number in range(ON_A_PAGE + 2):
        publish(f"guide-{number:02}", text="revoke")

    first, second = ask(client, "revoke"), ask(client, "revoke", page=2)

    assert len(titles(first)) == ON_A_PAGE
    assert len(titles(second)) == 2
    assert not set(titles(first)) & set(titles(second))
    assert 'rel="next nofollow" href="?q=revoke&amp;page=2"' in first
    assert 'href="?q=revoke"' in second
    assert f'start="{ON_A_PAGE + 1}"' in second


@pytest.mark.parametrize("more", [{"page": "x"}, {"page": "99"}, {"page": "-1"}, {"kind": "no"}])
def test_what_makes_no_sense_is_as_if_it_were_not_there(client: Client, more: Any) -> None:
    publish("a", title="A", text="revoke")

    assert titles(ask(client, "revoke", **more)) == ["A"]


# --- Nothing found -------------------------------------------------------------------------


def test_the_empty_page_helps_and_the_miss_is_counted_without_a_person(client: Client) -> None:
    for _ in range(2):
        page = ask(client, " 大象  冰箱 ", "zh-hans")
    ask(client, "Fridge")

    assert "大象 冰箱" in page
    assert 'href="/zh-hans/terms/"' in page
    assert misses() == [("大象 冰箱", "zh-hans", 2), ("fridge", "en", 1)]
    fields = {field.name for field in SearchMiss._meta.get_fields()}
    assert fields == {"id", "query", "language", "day", "times"}


def test_a_miss_that_grows_in_small_letters_fits_its_column(client: Client) -> None:
    ask(client, "ß" * 100)

    assert misses() == [("s" * 100, "en", 1)]


def test_each_day_counts_for_itself(client: Client, time_machine: Any) -> None:
    for day in (1, 2):
        time_machine.move_to(datetime.datetime(2026, 11, day, 12, tzinfo=datetime.UTC))
        ask(client, "fridge")

    assert [one.day.day for one in SearchMiss.objects.order_by("day")] == [1, 2]


def test_nothing_is_counted_of_who_only_asks_for_the_head(client: Client) -> None:
    assert client.head("/en/search/", {"q": "fridge"}).status_code == 200
    assert client.post("/en/search/", {"q": "fridge"}).status_code == 405
    assert not misses()


@pytest.mark.parametrize(
    "query", ["a@example.com", "call 13800138000", "amzn1.sellerA2XYZ12345", "A1B2C3D4E5F6G7"]
)
def test_what_may_name_somebody_is_not_counted(client: Client, query: str) -> None:
    page = ask(client, query)

    assert "Nothing for" in page
    assert "We counted" not in page
    assert not misses()


def test_no_more_than_so_many_are_counted_a_day(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(SearchMiss, "MOST_A_DAY", 2)
    for query in ("fridge", "elephant", "giraffe", "fridge"):
        page = ask(client, query)

    assert misses() == [("fridge", "en", 2), ("elephant", "en", 1)]
    assert "We counted" in page


def test_a_miss_that_cannot_be_written_keeps_the_page_from_nobody(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_args: object) -> None:
        raise OperationalError("database is locked")

    monkeypatch.setattr(SearchMiss.objects, "record", full)

    assert "Nothing for" in ask(client, "fridge")


@pytest.mark.parametrize("secret", [pytest.param(one[1], id=one[0]) for one in SECRETS[:120:8]])
def test_a_secret_is_not_searched_for_nor_kept_nor_repeated(client: Client, secret: str) -> None:
    page = ask(client, secret + " and more")

    assert "looks like a secret key" in status(page)
    assert "/en/guides/exposed/" in page
    assert 'value=""' in page
    assert secret[:8] not in html.unescape(unquote(page))
    assert not misses()


def test_a_secret_is_seen_where_the_question_is_cut(client: Client) -> None:
    page = ask(client, "x" * 80 + " " + SECRETS[0][1])

    assert "looks like a secret key" in status(page)
    assert not misses()


# --- Hostile and absurd --------------------------------------------------------------------

ABSURD = [
    *(
        "",
        " ",
        "\t\n",
        "a",
        "密",
        "😀",
        "👩‍👩‍👧",
        "%",
        "_",
        "%_%",
        "\\",
        "\\\\'",
        "'",
        '"',
        "';--",
        "\0",
        "a\0b",
    ),
    *(
        "' OR 1=1 --",
        "{{ 7 }}",
        "<script>alert(1)</script>",
        "&amp;",
        "AND OR NOT",
        "key*",
        "+key -x",
    ),
    *(
        "title:key",
        "(((",
        "[a-z]+",
        "^$",
        "\u202emoc",
        "\ufeff",
        "\ud800".encode("utf-8", "surrogatepass").decode("utf-8", "replace"),
    ),
    *("a" * 10_000, "密" * 10_000, "密钥 " * 5000, "😀" * 5000, "[" * 10_000, "\u0301" * 9000),
]


@pytest.mark.parametrize("query", [pytest.param(one, id=f"{n}") for n, one in enumerate(ABSURD)])
def test_any_query_gets_a_normal_page(client: Client, query: str) -> None:
    publish("a-guide", title="A guide", text="密钥 key %_\\ '")

    page = ask(client, query)

    assert page.count("<h1") == 1
    assert "<script>alert" not in page
    assert len(page) < 20_000


def test_bytes_that_are_no_text_get_a_normal_page(client: Client) -> None:
    assert client.get("/en/search/?q=%ED%A0%80%FF%00&q=b&kind[]=x").status_code == 200


def test_of_a_long_query_the_beginning_is_searched_and_this_is_said(client: Client) -> None:
    publish("a-guide", title="A guide", text="revoke")

    page = ask(client, "revoke " * 100)

    assert titles(page) == ["A guide"]
    assert "Only the first 100 characters" in status(page)


def test_without_a_query_there_are_ways_on(client: Client) -> None:
    page = ask(client, "")

    assert 'href="/en/terms/"' in page
    assert not status(page)
    assert not misses()


# --- Cost and quiet ------------------------------------------------------------------------


@pytest.mark.parametrize(("query", "queries"), [("revoke", 3), ("fridge", 4)])
def test_its_queries_do_not_grow_with_the_guides(
    client: Client, django_assert_max_num_queries: Any, query: str, queries: int
) -> None:
    for number in range(3 * ON_A_PAGE):
        publish(f"guide-{number}", text="revoke", kind="term" if number % 2 else "article")

    with django_assert_max_num_queries(queries):
        ask(client, query)


def test_a_stranger_gets_no_cookie(client: Client) -> None:
    answer = client.get("/en/search/", {"q": "fridge"})

    assert not answer.cookies
    assert "csrfmiddlewaretoken" not in answer.content.decode()


def test_every_page_has_one_way_to_search(client: Client, owner: Any, as_owner: Client) -> None:
    for person in (client, as_owner):
        for path in ("", "guides/", "search/", "nothing-here/"):
            page = person.get(f"/en/{path}").content.decode()
            assert page.count('role="search" action="/en/search/"') == 1, path
    for path in ("appeals/", "account/"):
        assert 'role="search" action="/en/search/"' in as_owner.get(f"/en/{path}").content.decode()


@override_settings(DEBUG=False)
def test_the_page_that_was_not_found_has_a_search_field_and_three_ways_on(client: Client) -> None:
    answer = client.get("/en/nothing-here/")

    page = answer.content.decode()
    assert answer.status_code == 404
    assert "stamp-field is-empty" in page
    assert '<input type="search" id="search" name="q"' in page
    assert page.count('class="door-title') == 3


# --- What an older release left ------------------------------------------------------------


def test_what_was_kept_before_there_was_a_search_is_rendered_again(client: Client) -> None:
    edition = make_live_edition(
        make_guide("a-guide"), "en", title="Old", body="## A {#a}\n\nRevoke it.[@own]"
    )

    assert titles(ask(client, "revoke")) == []
    assert render_what_search_lacks() == []

    assert titles(ask(client, "revoke")) == ["Old"]
    edition.refresh_from_db()
    assert edition.folded.startswith(" old\n")

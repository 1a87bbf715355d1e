"""The page of search: what it finds and says, and what it costs."""

from __future__ import annotations

import html
import re
from typing import Any

import pytest
from django.test import Client
from django.test.utils import override_settings

from guides.models import AuthorizationMethod
from guides.publishing.older import render_what_search_lacks
from guides.views.search import LOOKED_AT, ON_A_PAGE, rows_in
from tests.factories import make_guide, make_live_edition

from .searching import also_in, ask, misses, publish, status, titles

pytestmark = pytest.mark.django_db


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


def test_no_more_is_sent_than_is_looked_at(client: Client) -> None:
    """The server takes no address of 64 kB: seven thousand Chinese characters."""
    for address in ("/en/search/", "/en/"):
        fields = re.findall(r'<input type="search"[^>]*>', client.get(address).content.decode())
        assert fields
        assert all(f' maxlength="{LOOKED_AT}"' in field for field in fields)


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

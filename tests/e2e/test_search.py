"""A seller looks for what they call it, and is led to the page that answers."""

from __future__ import annotations

import re

from playwright.sync_api import Page, expect

from guides.models import SearchMiss

from .checks import found_by_axe, sticking_out
from .conftest import Visit
from .words import say, title


def then_it_is_told(page: Page, words: str) -> None:
    """To whoever sees it, and to a screen reader."""
    expect(page.get_by_role("status")).to_contain_text(words)


def test_from_the_header_to_the_page_that_answers(visit: Visit) -> None:
    # At a desk, from any page: typed as sellers write it, sent with the enter key.
    page = visit("zh-hans")
    page.goto("/zh-hans/guides/about/")
    field = page.get_by_role("search").get_by_role("searchbox")
    field.fill("Secret Key给了别人")
    field.press("Enter")
    expect(page).to_have_url(re.compile(r"/zh-hans/search/\?q=Secret"))
    then_it_is_told(page, "「密钥」")
    first = page.locator(".hits > li").first
    expect(first.get_by_role("link")).to_have_text(title("exposed", "zh-hans"))
    expect(first.locator("mark").first).to_have_text("密钥")
    expect(page.get_by_role("searchbox")).to_have_value("Secret Key给了别人")

    # The filters, by keyboard, and back again.
    filters = page.get_by_role("navigation", name=say("zh-hans", "Filters"))
    clauses = filters.get_by_role("link", name=say("zh-hans", "Clauses"))
    clauses.focus()
    page.keyboard.press("Enter")
    expect(clauses).to_have_attribute("aria-current", "true")
    assert set(page.locator(".hit-about > span:first-child").all_inner_texts()) == {"条款"}
    expect(page.locator(".hits .chip").first).to_have_text(say("zh-hans", "Historic"))
    page.go_back()
    expect(first.get_by_role("link")).to_have_text(title("exposed", "zh-hans"))

    # On to the next page, over to English with the same question, and into a result.
    page.get_by_role("link", name=say("zh-hans", "Next page")).click()
    expect(page).to_have_url(re.compile("page=2"))
    page.locator("[data-language]").click()
    expect(page).to_have_url(re.compile(r"/en/search/\?q=Secret.*page=2"))
    page.get_by_role("searchbox").fill("revoke access")
    page.get_by_role("button", name=say("en", "Search")).click()
    expect(page.locator("mark").first).to_have_text(re.compile("revoke", re.IGNORECASE))
    page.locator(".hits").get_by_role("link").first.click()
    expect(page).to_have_url(re.compile("/en/guides/"))


def test_on_a_phone_and_with_nothing_found(visit: Visit) -> None:
    # The header has a link there; the page has the field.
    page = visit("zh-hans", 320, is_mobile=True, has_touch=True)
    page.goto("/zh-hans/")
    expect(page.get_by_role("search")).to_have_count(0)
    page.get_by_role("link", name=say("zh-hans", "Search"), exact=True).tap()
    page.get_by_role("searchbox").fill("大象冰箱")
    page.get_by_role("button", name=say("zh-hans", "Search")).tap()
    then_it_is_told(page, "没有找到“大象冰箱”")
    assert not sticking_out(page)
    assert not found_by_axe(page)
    miss = SearchMiss.objects.get()
    assert (miss.query, miss.language, miss.times) == ("大象冰箱", "zh-hans", 1)

    page.get_by_role("status").get_by_role("link", name="术语表").tap()
    expect(page).to_have_url(re.compile("/zh-hans/terms/$"))

    # A page that is not there has the field as well.
    lost = visit("zh-hans", 320, may_fail=True)
    lost.goto("/zh-hans/nothing-here/")
    lost.get_by_role("searchbox").fill("令牌")
    lost.get_by_role("searchbox").press("Enter")
    expect(lost.locator(".hits > li").first).to_be_visible()
    assert not sticking_out(lost)

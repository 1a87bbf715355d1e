"""A reader meets words they do not know, and reads on where they were."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Locator, Page, expect

from tests import factories
from tests.guides.views.parts import make_part

from .checks import found_by_axe, sticking_out
from .conftest import Visit
from .words import title

TERMS = ("secret-key", "refresh-token")
#: What is at the middle of an element is that element itself: nothing covers it.
IS_COVERED = """(link) => {
  const box = link.getClientRects()[0];
  const top = document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2);
  return !link.contains(top);
}"""


@pytest.fixture
def article(site: str) -> str:
    """Two marked terms in one paragraph, and one more that ends another."""
    secret, token = (f'<a href="/zh-hans/guides/{slug}/" class="term">{slug}</a>' for slug in TERMS)
    words = "不要把它交给别人，也不要贴到群里。" * 6
    html = f"<p>先说{secret}：{words}再说{token}：{words}</p><p>最后是{secret}</p><p>{words}</p>"
    parts = [make_part("one", title="第一部分", html=html)]
    guide = factories.make_guide("on-keys")
    factories.make_live_edition(guide, "zh-hans", parts=parts, links=list(TERMS))
    return "/zh-hans/guides/on-keys/"


class Reader:
    def __init__(self, page: Page, article: str) -> None:
        self.page, self.article = page, article
        page.goto(article)

    @property
    def terms(self) -> Locator:
        return self.page.locator(".parts p > a.term")

    @property
    def opened(self) -> Locator:
        return self.page.locator(".definition")

    def then_only_this_is_open(self, number: int, slug: str) -> None:
        expect(self.opened).to_have_count(1)
        expect(self.opened).to_contain_text(title(slug, "zh-hans"))
        expect(self.opened).to_be_in_viewport()
        for at, link in enumerate(self.terms.all()):
            expect(link).to_have_attribute("aria-expanded", "true" if at == number else "false")
        assert not self.terms.nth(number).evaluate(IS_COVERED)
        expect(self.page).to_have_url(re.compile(f"{self.article}$"))

    def then_nothing_is_open(self) -> None:
        expect(self.opened).to_have_count(0)
        assert self.page.locator(".parts [aria-expanded=true]").count() == 0


def test_a_marked_term_opens_where_it_stands(visit: Visit, article: str) -> None:
    # On a phone, by tapping.
    reader = Reader(visit("zh-hans", 320, has_touch=True, is_mobile=True), article)
    reader.terms.nth(0).tap()
    reader.then_only_this_is_open(0, "secret-key")
    assert not sticking_out(reader.page)
    reader.terms.nth(1).tap()
    reader.then_only_this_is_open(1, "refresh-token")
    reader.terms.nth(1).tap()
    reader.then_nothing_is_open()
    reader.terms.nth(2).tap()
    reader.then_only_this_is_open(2, "secret-key")
    reader.page.locator("h2#one").tap()
    reader.then_nothing_is_open()

    # At a desk, by keyboard.
    reader = Reader(visit("zh-hans", 1280), article)
    page = reader.page
    reader.terms.nth(0).focus()
    page.keyboard.press("Enter")
    reader.then_only_this_is_open(0, "secret-key")
    assert not found_by_axe(page)
    page.keyboard.press("Tab")
    name = reader.opened.get_by_role("link", name=title("secret-key", "zh-hans"))
    expect(name).to_be_focused()
    page.keyboard.press("Escape")
    reader.then_nothing_is_open()
    expect(reader.terms.nth(0)).to_be_focused()
    page.keyboard.press("Escape")  # closes nothing more, and loses nothing
    expect(reader.terms.nth(0)).to_be_focused()

    # By mouse; on paper the list at the end stands for what is open.
    reader.terms.nth(1).click()
    reader.then_only_this_is_open(1, "refresh-token")
    page.emulate_media(media="print")
    expect(reader.opened).to_be_hidden()
    for slug in TERMS:
        expect(page.locator(f"#page-term-{slug} dd")).to_be_visible()
    page.emulate_media(media="screen")
    reader.opened.get_by_role("link").first.click()
    expect(page).to_have_url(re.compile("/zh-hans/guides/refresh-token/$"))

    # Without scripts it is a link, and the list is there as well.
    reader = Reader(visit("zh-hans", 390, java_script_enabled=False), article)
    expect(reader.page.locator("#page-terms")).to_be_visible()
    expect(reader.page.locator("#page-term-secret-key dd")).to_be_visible()
    reader.terms.nth(0).click()
    expect(reader.page.get_by_role("heading", level=1)).to_have_text(title("secret-key", "zh-hans"))

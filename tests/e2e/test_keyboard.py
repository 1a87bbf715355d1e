"""The site by keyboard alone: what comes first, what can be reached, and where one is."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from .conftest import Visit
from .words import LANGUAGES, say

PAGES = ["", "guides/clause-2-4/", "guides/exposed/?step=revoke", "methods/", "account/login/"]

# Everything that the tab key should come to, once each, in the order of the page.
STOPS = """() => [...document.querySelectorAll("a[href], button, input, select, textarea, summary")]
  .filter((one) => one.type !== "hidden" && !one.disabled && one.checkVisibility(
    {visibilityProperty: true, contentVisibilityAuto: true}))
  .filter((one) => one.type !== "radio" || one.checked || !document.querySelector(
    `input[type=radio][name="${one.name}"]:checked`))
  .map((one) => (one.dataset.stop ??= String(Math.random())))"""

# Where the focus is, and what is wrong with how it shows.
FOCUS = """() => {
  const one = document.activeElement;
  if (one === document.body) return null;
  const box = one.getBoundingClientRect(), style = getComputedStyle(one);
  const wrong = [];
  if (!one.matches(":focus-visible")) wrong.push("is not shown as focused");
  if (style.outlineStyle === "none" || parseFloat(style.outlineWidth) < 2)
    wrong.push(`has the outline ${style.outline}`);
  if (!box.width || box.bottom <= 0 || box.top >= innerHeight) wrong.push("is out of view");
  return {stop: one.dataset.stop, wrong: wrong.map((what) =>
    `${one.outerHTML.slice(0, 120)} ${what}`)};
}"""


def tab_through(page: Page) -> tuple[list[str], list[str]]:
    """The stops of the tab key, in order, and what was wrong at any of them."""
    stops: list[str] = []
    wrong: list[str] = []
    while True:
        page.keyboard.press("Tab")
        focus = page.evaluate(FOCUS)
        if focus is None or focus["stop"] in stops:
            return stops, wrong
        stops.append(focus["stop"])
        wrong += focus["wrong"]


@pytest.mark.parametrize("width", [390, 1280], ids=["phone", "desk"])
@pytest.mark.parametrize("path", PAGES, ids=lambda path: path or "home")
def test_the_tab_key_reaches_everything_in_order(visit: Visit, path: str, width: int) -> None:
    page = visit("zh-hans", width)
    page.goto(f"/zh-hans/{path}")
    expected = page.evaluate(STOPS)

    stops, wrong = tab_through(page)

    assert not wrong, "\n".join(wrong)
    assert stops == expected


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_first_stop_leads_to_the_content(visit: Visit, language: str) -> None:
    page = visit(language)
    page.goto(f"/{language}/guides/clause-2-4/")

    page.keyboard.press("Tab")
    skip = page.get_by_role("link", name=say(language, "Skip to the content"))
    expect(skip).to_be_focused()
    expect(skip).to_be_in_viewport()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")

    assert page.evaluate("document.activeElement.closest('main') !== null")


def test_a_note_opens_and_closes_by_keyboard(visit: Visit) -> None:
    page = visit("zh-hans", 390)
    page.goto("/zh-hans/guides/clause-2-4/")
    note = page.locator("#note-api")
    expect(note).to_be_hidden()

    page.locator("a.ref[href='#note-api']").press("Enter")
    expect(note).to_be_visible()
    page.keyboard.press("Escape")

    expect(note).to_be_hidden()
    assert page.evaluate("document.activeElement.tagName") == "SUMMARY"


def test_a_step_is_ticked_and_left_by_keyboard(visit: Visit) -> None:
    page = visit("en")
    page.goto("/en/guides/exposed/?step=revoke")

    page.locator("input[value='stop-app']").press("Space")
    expect(page.locator("input[value='stop-app']")).to_be_checked()
    page.get_by_role("link", name="Done, next step").press("Enter")

    expect(page.locator(".dots [aria-current=step] .dot-number")).to_have_text("2")
    expect(page.locator(".dots .is-done")).to_have_count(1)

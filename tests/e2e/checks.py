"""What holds on every page: nothing for axe to find, nothing to scroll sideways, room to hit."""

from __future__ import annotations

from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

axe = Axe()

# WCAG 1.4.12: nothing is lost when a reader sets these.
WIDER_TEXT = """
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(`
    * { line-height: 1.5 !important; letter-spacing: 0.12em !important;
        word-spacing: 0.16em !important; }
    p { margin-bottom: 2em !important; }
  `);
  document.adoptedStyleSheets = [sheet];
"""
USUAL_TEXT = "document.adoptedStyleSheets = []"

# What sticks out of the page to the right, innermost first; "" is the page itself.
WIDER_THAN_PAGE = """() => {
  const root = document.documentElement;
  if (root.scrollWidth <= root.clientWidth) return [];
  const out = [...document.body.querySelectorAll("*")].filter((element) =>
    element.getBoundingClientRect().right > root.clientWidth + 0.5);
  return out.reverse().slice(0, 5).map((element) => element.outerHTML.slice(0, 160)).concat(
    `${root.scrollWidth} px in ${root.clientWidth}`);
}"""

# Text that its own box cuts off. On purpose are what is meant for the ear alone, in a box of one
# pixel, and the end of the crumbs, which says again what the heading below it says in full.
CUT_OFF = """() => [...document.body.querySelectorAll("*")].filter((element) => {
  const style = getComputedStyle(element);
  const hides = /hidden|clip/.test(style.overflowX + style.overflowY);
  const isTextless = !element.textContent.trim() || element.closest(".crumbs [aria-current]");
  if (!hides || isTextless || element.clientWidth <= 1) return false;
  return element.scrollWidth > element.clientWidth + 1
    || element.scrollHeight > element.clientHeight + 1;
}).map((element) => element.outerHTML.slice(0, 160))"""

# Links and controls with a box smaller than `least`; links inside a sentence are exempt (2.5.8).
TOO_SMALL = """([selector, least]) => [...document.querySelectorAll(selector)].filter((element) => {
  const box = element.getBoundingClientRect();
  const isShown = element.checkVisibility() && !element.closest(".visually-hidden, .skip");
  return isShown && (box.height < least - 0.5 || box.width < Math.min(least, 24) - 0.5);
}).map((element) => {
  const box = element.getBoundingClientRect();
  return `${box.width.toFixed(1)} × ${box.height.toFixed(1)}: ${element.outerHTML.slice(0, 120)}`;
})"""


COLOURS_ONLY = {"runOnly": {"type": "rule", "values": ["color-contrast"]}}
# More than half of axe's time goes into colours, and those are the same in every language.
BUT_COLOURS = {"rules": {"color-contrast": {"enabled": False}}}
CONTROLS = ".button, button, nav a, select, input:not([type=hidden], [type=checkbox], [type=radio])"
# In a list or a sentence of links, 24 is enough; in running text the line decides (2.5.8).
LINKS = "summary, .header-tools a, .site-footer a, .chips > a, .rows a"


# Axe would fetch the style sheets once more, for the one rule about locked orientation, and looks
# for what they import in the wrong place: see test_no_sheet_locks_the_orientation.
AXE = {"resultTypes": ["violations"], "preload": False}


def found_by_axe(page: Page, **options: Any) -> list[str]:
    page.wait_for_load_state()  # a link was followed perhaps, and the styles are on their way
    results = axe.run(page, options=AXE | options)
    return [results.generate_report()] if results.violations_count else []


def sticking_out(page: Page) -> list[str]:
    page.wait_for_load_state()
    return page.evaluate(WIDER_THAN_PAGE)


def lost_in_wider_text(page: Page) -> list[str]:
    page.evaluate(WIDER_TEXT)
    found = page.evaluate(WIDER_THAN_PAGE) + page.evaluate(CUT_OFF)
    page.evaluate(USUAL_TEXT)
    return found


def hard_to_hit(page: Page) -> list[str]:
    """Controls under 44 px high or 24 wide, and other links apart from a sentence under 24."""
    return page.evaluate(TOO_SMALL, [CONTROLS, 44]) + page.evaluate(TOO_SMALL, [LINKS, 24])


def faults_of_layout(page: Page, *, in_dark: bool = True) -> list[str]:
    """Everything above, on a phone and at a desk, and reflow at 320 pixels (WCAG 1.4.10).

    Axe takes most of the time, and colours do not depend on the language: `in_dark`, it looks at a
    desk, and at the colours of the dark scheme on a phone; else on a phone, at all but colours. A
    page that is laid out in both languages is looked at in all three ways.
    """
    faults = []
    for width in (1280, 390, 320):
        page.set_viewport_size({"width": width, "height": 800})
        found = sticking_out(page) + hard_to_hit(page)
        if width == 1280 and in_dark:
            found += found_by_axe(page)
        if width == 390 and not in_dark:
            found += found_by_axe(page, **BUT_COLOURS)
        if width == 390 and in_dark:
            page.emulate_media(color_scheme="dark")
            found += found_by_axe(page, **COLOURS_ONLY)
            page.emulate_media(color_scheme="light")
        faults += [f"{width} px: {fault}" for fault in found]
    faults += [f"wider text: {fault}" for fault in lost_in_wider_text(page)]
    return faults

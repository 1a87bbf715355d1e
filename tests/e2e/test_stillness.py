"""Nothing moves while a page comes, however late its scripts and pictures are."""

from __future__ import annotations

import time

from playwright.sync_api import Page, Route

from .conftest import Visit

ADDRESSES = [
    "",
    "guides/clause-2-4/",
    "guides/suspended/",
    "guides/exposed/",
    "guides/secret-key/",
    "search/?q=MWS",
]
#: Every move that nobody asked for, with what moved.
LISTEN = """
window.moves = [];
new PerformanceObserver((list) => {
  for (const entry of list.getEntries()) {
    moves.push((entry.sources || []).map(({node}) => node && (node.className || node.nodeName)));
  }
}).observe({type: "layout-shift", buffered: true});
"""


def test_nothing_moves_when_scripts_come_late(visit: Visit) -> None:
    page = visit()
    page.add_init_script(LISTEN)
    page.route("**/*.js", late)
    faults = []

    for width in (390, 1280):
        page.set_viewport_size({"width": width, "height": 844})
        for address in ADDRESSES:
            page.goto(f"/en/{address}")
            faults += [f"{width} {address}: {moved}" for moved in moves(page)]

    assert faults == []
    page.evaluate("document.querySelector('main').style.paddingTop = '200px'")
    assert moves(page)  # it would be seen


def late(route: Route) -> None:
    time.sleep(0.1)
    route.continue_()


def moves(page: Page) -> list[str]:
    page.evaluate("new Promise((done) => requestAnimationFrame(() => setTimeout(done, 50)))")
    return list(page.evaluate("moves"))

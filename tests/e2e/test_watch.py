"""The watch and the checks themselves: each says so when something is wrong."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, Route

from . import checks
from .conftest import Visit
from .watch import Watch

POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:"
BEGINNING = "<!doctype html><html lang='en'><title>A page</title><main><h1>A page</h1>"


def show(page: Page, site: str, html: str) -> Watch:
    """That page as the site would send it, and a watch of its own on it."""
    watch = Watch(page.context, site)

    def answer(route: Route) -> None:
        route.fulfill(
            body=BEGINNING + html,
            content_type="text/html",
            headers={"Content-Security-Policy": POLICY},
        )

    page.route("**/made-up/", answer)
    page.goto("/made-up/")
    page.wait_for_load_state("networkidle")
    page.wait_for_timeout(100)
    return watch


@pytest.fixture
def page_alone(site: str, new_context: object) -> Page:
    """Without the watch that ends every other test."""
    return new_context(base_url=site, viewport={"width": 390, "height": 844}).new_page()  # type: ignore[operator]


@pytest.mark.parametrize(
    ("html", "fault"),
    [
        pytest.param("<p style='color: red'>", "content policy: style-src", id="inline style"),
        pytest.param("<script>var a</script>", "content policy: script-src", id="inline script"),
        pytest.param("<img src='http://example.com/a.png' alt=''>", "another host", id="host"),
        pytest.param("<img src='/missing.png' alt=''>", "404 from", id="missing file"),
        pytest.param("<script src='/static/js/none.js'></script>", "404 from", id="no script"),
    ],
)
def test_the_watch_sees(page_alone: Page, site: str, html: str, fault: str) -> None:
    watch = show(page_alone, site, html)

    assert fault in "\n".join(watch.faults)


def test_the_watch_sees_an_error_in_a_script(page_alone: Page, site: str) -> None:
    watch = show(page_alone, site, "")

    page_alone.evaluate("setTimeout(() => nothing.here)")
    page_alone.wait_for_timeout(100)

    assert "nothing is not defined" in "\n".join(watch.faults)


def test_the_watch_says_nothing_of_a_sound_page(visit: Visit, site: str) -> None:
    page = visit()
    watch = Watch(page.context, site)

    page.goto("/zh-hans/")
    page.goto("/zh-hans/nothing-here/")
    page.wait_for_load_state("networkidle")

    assert watch.faults == []


@pytest.mark.parametrize(
    ("html", "fault"),
    [
        pytest.param("<img src='data:,'>", "image-alt", id="axe"),
        pytest.param("<button>Go</button>", "<button>Go", id="a low button"),
        pytest.param(f"<p>{'wide' * 200}", "390 px", id="a wide word"),
    ],
)
def test_the_checks_see(page_alone: Page, site: str, html: str, fault: str) -> None:
    show(page_alone, site, html)

    assert fault in "\n".join(checks.faults_of_layout(page_alone, in_dark=True))


def test_the_checks_see_text_that_is_cut_off(page_alone: Page, site: str) -> None:
    show(page_alone, site, "<p id='low'>A sentence that needs its line.")
    page_alone.evaluate("low.style.overflow = 'hidden', low.style.height = '1em'")

    assert "low" in "\n".join(checks.lost_in_wider_text(page_alone))

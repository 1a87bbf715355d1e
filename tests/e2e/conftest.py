"""A browser, a running site with the bundled guides, and a watch on everything it does."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as django_settings
from django.test import Client
from playwright.sync_api import Page

from tests.bundled import Rows, put_back

from .watch import Watch

HERE = Path(__file__).parent
HEIGHTS = {320: 640, 390: 844, 1280: 800}
LOCALES = {"zh-hans": "zh-CN", "en": "en-US"}

#: A second list takes the place of the first, so Playwright's stands here too. The last two would
#: start a process for the address bar's menu in every window, half of what opening one costs.
NOT_WANTED = (
    "AimEnabled,AvoidCorsURLLoaderRestartOnRedirect,AvoidUnnecessaryBeforeUnloadCheckSync,"
    "DestroyProfileOnBrowserClose,HttpsFirstBalancedModeAutoEnable,HttpsUpgrades,LensOverlay,"
    "MediaRouter,NetworkTimeServiceQuerying,OptimizationHints,PaintHolding,PreconnectToSearch,"
    "TcpPortRandomizationWin,ThirdPartyStoragePartitioning,WebUIOmniboxPopup,WebUIOmniboxAimPopup"
)

Visit = Callable[..., Page]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if HERE in item.path.parents:
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    # Whatever Playwright would have brought is not asked for: see `make test`.
    chromium = os.environ.get("CHROMIUM") or shutil.which("chromium")
    if chromium is None:
        pytest.fail("no Chromium was found; name it with CHROMIUM=/path/to/chromium")
    args = [
        "--no-sandbox",
        "--disable-gpu",
        "--disable-quic",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
        f"--disable-features={NOT_WANTED}",
        # Nothing but this machine has a name: what a page asked for elsewhere would not leave.
        "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost, EXCLUDE 127.0.0.1",
    ]
    return browser_type_launch_args | {"executable_path": chromium, "args": args}


@pytest.fixture(scope="session")
def base_url() -> None:
    """Each browser is told the site's; the plugin's own fixture is of a kind pytest gives up."""


@pytest.fixture(scope="session", autouse=True)
def _orm_beside_the_browser() -> None:
    # Playwright keeps an event loop in this thread, and Django takes that for asynchronous code.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"


@pytest.fixture
def site(bundled_rows: Rows, transactional_db: None, live_server: Any) -> str:
    """The address of a running site that has the bundled guides and nobody's account."""
    put_back(bundled_rows)
    return str(live_server.url)


@pytest.fixture
def visit(site: str, new_context: Any) -> Iterator[Visit]:
    """Opens a browser of its own for somebody; ends the test with what no page may do."""
    watched = []

    def open_browser(
        language: str = "zh-hans",
        width: int = 1280,
        person: Any = None,
        may_fail: bool = False,
        scripts_may_fail: bool = False,
        **changes: Any,
    ) -> Page:
        context = new_context(
            base_url=site,
            locale=LOCALES[language],
            viewport={"width": width, "height": HEIGHTS[width]},
            reduced_motion="reduce",
            **changes,
        )
        context.set_default_timeout(15_000)
        watch = Watch(context, site, may_fail=may_fail, scripts_may_fail=scripts_may_fail)
        watched.append((context, watch))
        if person is not None:
            context.add_cookies([session_cookie(person, site)])
        return context.new_page()

    yield open_browser

    for context, _watch in watched:
        for page in context.pages:
            page.wait_for_timeout(0)  # what the browser has sent by now arrives
        context.close()
    faults = [fault for _context, watch in watched for fault in watch.faults]
    assert not faults, "\n".join(faults)


def session_cookie(person: Any, site: str) -> dict[str, str]:
    """Signed in without the pages for it, which have a journey of their own."""
    client = Client()
    client.force_login(person)
    name = django_settings.SESSION_COOKIE_NAME
    return {"name": name, "value": client.cookies[name].value, "url": site}

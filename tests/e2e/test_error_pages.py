"""What is shown when something is refused or breaks, laid out for everyone."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Page, expect

from guides.views import listing

from .checks import faults_of_layout
from .conftest import Visit
from .states import in_each_language


def send_sign_in(page: Page) -> None:
    page.locator("[name=login]").fill("somebody@example.com")
    page.locator("[name=password]").fill("not-the-password")
    page.locator("main .button-primary").click()


def assert_laid_out(page: Page, language: str) -> None:
    faults = faults_of_layout(page, in_dark=language == "zh-hans")
    assert not faults, "\n".join(faults)


@in_each_language
def test_a_form_without_its_cookie(visit: Visit, language: str) -> None:
    page = visit(language)
    page.goto(f"/{language}/account/login/")

    page.context.clear_cookies()
    with page.expect_response(lambda answer: answer.status == 403):
        send_sign_in(page)

    expect(page.get_by_role("heading", level=1)).to_be_visible()
    assert_laid_out(page, language)


@in_each_language
def test_too_many_tries(visit: Visit, language: str, settings: Any) -> None:
    settings.ACCOUNT_RATE_LIMITS = {"login": "1/m/ip"}
    page = visit(language)

    for status in (200, 429):
        page.goto(f"/{language}/account/login/")
        with page.expect_response(lambda answer: answer.request.method == "POST") as sent:
            send_sign_in(page)
        assert (sent.value.status == 429) == (status == 429)

    expect(page.get_by_role("heading", level=1)).to_be_visible()
    assert_laid_out(page, language)


@in_each_language
def test_a_fault_of_ours(visit: Visit, language: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_args: object) -> None:
        raise RuntimeError("broken on purpose")

    monkeypatch.setattr(listing, "listed_editions", broken)
    page = visit(language, may_fail=True)

    answer = page.goto(f"/{language}/")

    assert answer is not None
    assert answer.status == 500
    assert_laid_out(page, language)

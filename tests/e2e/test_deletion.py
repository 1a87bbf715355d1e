"""Deleting by keyboard and without scripts: what goes is said, a wrong name keeps what was typed."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Page, expect

from appeals import actions
from appeals.evidence import storage
from appeals.models import Case, Evidence
from config.people import make_account
from guides.models import User
from tests import factories
from tests.appeals.evidence.files import picture

from .checks import faults_of_layout
from .conftest import Visit
from .words import LANGUAGES, say

PASSWORD = "pass-word-123"


@pytest.fixture
def person(site: str) -> User:
    return make_account("seller@example.com", PASSWORD, language="en")


@pytest.fixture
def evidence(person: User) -> Evidence:
    from django.core.files.uploadedfile import SimpleUploadedFile

    case = factories.open_case(person)
    actions.consents.give(by=person, language="en")
    upload = SimpleUploadedFile("receipt.png", picture("PNG"), "image/png")
    return actions.evidence.add(case, by=person, upload=upload)


def tab_to(page: Page, locator: Any) -> None:
    for _ in range(80):
        if locator.evaluate("(one) => one === document.activeElement"):
            return
        page.keyboard.press("Tab")
    raise AssertionError("the tab key does not come by it")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("width", [390, 1280], ids=["phone", "desk"])
def test_a_case_is_deleted_by_keyboard_without_scripts(
    visit: Visit, person: User, evidence: Evidence, language: str, width: int
) -> None:
    page = visit(language, width, person, java_script_enabled=False)
    page.goto(f"/{language}/appeals/{evidence.case.code}/edit/")
    way = page.get_by_role("link", name=say(language, "Delete this case for good"))
    tab_to(page, way)
    page.keyboard.press("Enter")
    name = page.locator("input[name=name]")

    tab_to(page, name)
    page.keyboard.type("另一家店")
    page.keyboard.press("Enter")

    expect(page.locator(".error-summary")).to_be_visible()
    expect(name).to_have_value("另一家店")
    assert Case.objects.exists()
    tab_to(page, name)
    page.keyboard.press("Control+A")
    page.keyboard.type("示例店us")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_role("status")).to_contain_text("示例店 US")
    expect(page).to_have_url(f"/{language}/appeals/")
    assert not Case.objects.exists()
    assert not storage.is_stored(evidence.stored_as)


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_account_is_deleted_without_scripts(
    visit: Visit, person: User, evidence: Evidence, language: str
) -> None:
    page = visit(language, 390, person, java_script_enabled=False)
    page.goto(f"/{language}/account/")
    page.get_by_role("link", name=say(language, "Delete the account")).click()
    button = page.get_by_role("button", name=say(language, "Delete the account"))

    page.locator("input[name=password]").fill("something else 1")
    button.click()
    expect(page.locator(".error-summary")).to_be_visible()
    page.locator("input[name=password]").fill(PASSWORD)
    button.click()

    expect(page.get_by_role("heading", level=1)).to_have_text(
        say(language, "The account was deleted")
    )
    assert not User.objects.exists()
    assert not storage.is_stored(evidence.stored_as)
    page.goto(f"/{language}/account/")
    expect(page).to_have_url(f"/{language}/account/login/?next=/{language}/account/")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("width", [320, 390, 1280])
def test_the_pages_hold_together_with_and_without_errors(
    visit: Visit, person: User, evidence: Evidence, language: str, width: int
) -> None:
    page = visit(language, width, person)
    case = f"/{language}/appeals/{evidence.case.code}"
    for path in (f"{case}/delete/", f"{case}/keeping/", f"/{language}/account/delete/"):
        page.goto(path)
        assert faults_of_layout(page) == []
    page.goto(f"{case}/delete/")
    page.locator("main form button[type=submit]").click()
    page.locator(".error-summary").wait_for()
    assert faults_of_layout(page) == []

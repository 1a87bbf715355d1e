"""Somebody opens an account, forgets the password, and comes back: in a browser, by the pages."""

from __future__ import annotations

import re

import pytest
from django.core import mail
from django.core.cache import cache
from playwright.sync_api import Page, expect

from .checks import faults_of_layout
from .conftest import Visit
from .words import LANGUAGES, speaker

ADDRESS, PASSWORD, NEW_PASSWORD = "person@example.com", "pass-word-123", "new-pass-word-456"


@pytest.fixture(autouse=True)
def _nothing_counted(_own_folders: None) -> None:
    cache.clear()  # how often somebody tried to sign in


class Person:
    """One person's way through the account, told step by step."""

    def __init__(self, page: Page, language: str, has_scripts: bool) -> None:
        self.page, self.language, self.has_scripts = page, language, has_scripts
        self.say = speaker(language)

    def fill(self, label: str, value: str) -> None:
        self.page.get_by_label(self.say(label), exact=True).fill(value)

    def press(self, name: str) -> None:
        self.page.locator("main").get_by_role("button", name=self.say(name), exact=True).click()

    def follow(self, name: str) -> None:
        self.page.locator("main").get_by_role("link", name=self.say(name), exact=True).click()

    def then_the_page_is(self, heading: str) -> None:
        expect(self.page.get_by_role("heading", level=1)).to_have_text(self.say(heading))
        if self.has_scripts:  # axe is one
            assert faults_of_layout(self.page) == []

    def then_the_summary_has_the_focus_and_leads_to(self, anchor: str) -> None:
        summary = self.page.locator(".error-summary")
        expect(summary).to_be_focused()
        summary.get_by_role("link").first.click()
        expect(self.page.locator(f"#{anchor}")).to_be_focused()

    # --- A new account

    def given_the_page_for_a_new_account(self) -> None:
        self.page.goto(f"/{self.language}/account/login/")
        self.then_the_page_is("Sign in")
        self.follow("New account")
        self.then_the_page_is("New account")

    def when_half_of_it_is_wrong(self) -> None:
        self.fill("E-mail address", "person")
        self.fill("Password", "tiny-one")
        self.press("Open the account")

    def then_it_says_so_and_keeps_the_address(self) -> None:
        self.then_the_page_is("New account")
        self.then_the_summary_has_the_focus_and_leads_to("id_email")
        expect(self.page.get_by_label(self.say("E-mail address"), exact=True)).to_have_value(
            "person"
        )

    def when_it_is_put_right(self) -> None:
        self.fill("E-mail address", ADDRESS)
        self.fill("Password", PASSWORD)
        self.press("Open the account")

    def then_the_cases_are_open(self) -> None:
        expect(self.page).to_have_url(re.compile(rf"/{self.language}/appeals/$"))
        self.page.wait_for_load_state()  # or what is still on its way would count as failed

    # --- The account itself

    def when_another_zone_is_chosen(self) -> None:
        self.page.goto(f"/{self.language}/account/")
        self.then_the_page_is("Account")
        self.page.get_by_label(self.say("Time zone")).select_option("America/New_York")
        self.press("Save")

    def then_it_is_kept(self) -> None:
        expect(self.page.get_by_role("status")).to_have_text(self.say("Saved."))
        expect(self.page.get_by_label(self.say("Time zone"))).to_have_value("America/New_York")

    def when_they_sign_out(self) -> None:
        self.press("Sign out")
        expect(self.page).to_have_url(re.compile(rf"/{self.language}/$"))
        self.page.wait_for_load_state()

    # --- Coming back

    def when_they_come_back_with_a_wrong_password(self) -> None:
        self.page.goto(f"/{self.language}/appeals/")
        self.fill("E-mail address", ADDRESS)
        self.fill("Password", "wrong-password")
        self.press("Sign in")

    def then_they_are_told(self) -> None:
        self.then_the_page_is("Sign in")
        expect(self.page.locator(".error-summary")).to_contain_text(
            self.say("Address and password do not match. Check both, or set a new password.")
        )

    def when_they_ask_for_a_new_one_and_open_the_mail(self) -> None:
        self.follow("Forgot the password")
        self.then_the_page_is("Set a new password")
        self.fill("E-mail address", ADDRESS)
        self.press("Send me the link")
        self.then_the_page_is("Check your mail")
        [link] = re.findall(r"http://localhost\S+/password/reset/key/\S+", mail.outbox[-1].body)
        self.page.goto(link)
        self.then_the_page_is("Set a new password")

    def when_they_look_at_what_they_type(self) -> None:
        password = self.page.get_by_label(self.say("New password"), exact=True)
        show = self.page.locator(".shows")
        if not self.has_scripts:
            expect(show).to_be_hidden()
            return
        password.fill(NEW_PASSWORD)
        show.click()
        expect(password).to_have_attribute("type", "text")
        expect(show).to_have_attribute("aria-pressed", "true")
        show.click()
        expect(password).to_have_attribute("type", "password")

    def then_the_new_one_lets_them_in(self) -> None:
        self.fill("New password", NEW_PASSWORD)
        self.press("Save the new password")
        self.then_the_page_is("The new password is set")
        self.follow("Sign in")
        self.fill("E-mail address", ADDRESS)
        self.fill("Password", NEW_PASSWORD)
        self.press("Sign in")
        self.then_the_cases_are_open()


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("has_scripts", [True, False], ids=["scripts", "without"])
def test_somebody_opens_an_account_and_comes_back(
    visit: Visit, language: str, has_scripts: bool
) -> None:
    page = visit(language, 390, java_script_enabled=has_scripts)
    person = Person(page, language, has_scripts)

    person.given_the_page_for_a_new_account()
    person.when_half_of_it_is_wrong()
    person.then_it_says_so_and_keeps_the_address()
    person.when_it_is_put_right()
    person.then_the_cases_are_open()
    person.when_another_zone_is_chosen()
    person.then_it_is_kept()
    person.when_they_sign_out()
    person.when_they_come_back_with_a_wrong_password()
    person.then_they_are_told()
    person.when_they_ask_for_a_new_one_and_open_the_mail()
    person.when_they_look_at_what_they_type()
    person.then_the_new_one_lets_them_in()

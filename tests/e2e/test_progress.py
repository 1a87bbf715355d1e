"""Steps done before signing in and after, on a machine that others use as well."""

from __future__ import annotations

import re

import pytest
from django.core.cache import cache
from playwright.sync_api import Page, expect

from guides.models import Guide, Progress
from tests import factories

from .conftest import Visit
from .words import speaker

ADDRESS, PASSWORD = "person@example.com", "pass-word-123"
STEPS, RESCUE = "authorize-today", "exposed"
#: Not `wait_for_function`, which the policy of the site refuses where it has to ask twice.
UNTIL_FORGOTTEN = """new Promise((done) => {
  const look = () => (localStorage.length ? setTimeout(look, 20) : done());
  look();
})"""
#: Everything this browser keeps of what was ticked.
KEPT = "() => Object.entries(localStorage).filter(([key]) => key.includes('ticks')).join(';')"


@pytest.fixture(autouse=True)
def _nothing_counted(_own_folders: None) -> None:
    cache.clear()  # how often somebody tried to sign in


class Reader:
    def __init__(self, page: Page) -> None:
        self.page = page
        self.say = speaker("en")

    def first_step(self, slug: str) -> None:
        self.page.goto(f"/en/guides/{slug}/")
        self.page.locator(".step-onward .button-primary").click()

    def given_ticks_in_two_guides(self) -> None:
        self.first_step(STEPS)
        self.page.locator(".step-onward .button-primary").click()
        expect(self.page.locator(".dots .is-done")).to_have_count(1)
        self.page.goto(f"/en/guides/{RESCUE}/?step=revoke")
        self.page.locator("input[type=checkbox][value='stop-app']").check()
        assert STEPS in self.page.evaluate(KEPT)
        assert RESCUE in self.page.evaluate(KEPT)
        # What cannot be read keeps nothing else back.
        self.page.evaluate("localStorage.setItem('keyright.ticks.a', '{')")

    def when_they_sign_in(self) -> None:
        self.page.get_by_role("banner").get_by_role("link", name=self.say("Sign in")).click()
        self.page.get_by_label(self.say("E-mail address"), exact=True).fill(ADDRESS)
        self.page.get_by_label(self.say("Password"), exact=True).fill(PASSWORD)
        with self.page.expect_response(re.compile("/en/ticks/$")) as carried:
            self.page.locator("main .button-primary").click()
        assert carried.value.status == 204

    def then_the_ticks_of_both_sides_are_there(self) -> None:
        # Signing in led to the cases: no guide was opened for it.
        expect(self.page).to_have_url(re.compile("/en/appeals/"))
        self.page.evaluate(UNTIL_FORGOTTEN)
        self.page.goto(f"/en/guides/{STEPS}/")
        expect(self.page.locator(".dots .is-done")).to_have_count(2)
        self.page.goto(f"/en/guides/{RESCUE}/?step=revoke")
        expect(self.page.locator("input[type=checkbox][value='stop-app']")).to_be_checked()

    def when_they_take_a_tick_away(self) -> None:
        with self.page.expect_response(re.compile("/ticks/$")):
            self.page.locator("input[type=checkbox][value='stop-app']").uncheck()
        expect(self.page.locator(".save-state")).to_have_text(self.say("Saved"))

    def when_they_sign_out(self) -> None:
        self.page.get_by_role("banner").get_by_role("link", name=self.say("Sign out")).click()
        self.page.locator("main .button-primary").click()
        expect(
            self.page.get_by_role("banner").get_by_role("link", name=self.say("Sign in"))
        ).to_be_visible()

    def then_nothing_of_the_account_is_left(self) -> None:
        for slug in (STEPS, RESCUE):
            self.page.goto(f"/en/guides/{slug}/?all=1")
            expect(self.page.locator("input:checked")).to_have_count(0)
            self.first_step(slug)
            expect(self.page.locator(".dots .is-done")).to_have_count(0)
        assert not re.search(r'\["', self.page.evaluate(KEPT))


def test_ticks_go_to_the_account_and_not_to_the_next_reader(visit: Visit) -> None:
    person = factories.make_user(email=ADDRESS, password=PASSWORD)
    steps, rescue = (Guide.objects.get(slug=slug) for slug in (STEPS, RESCUE))
    done = steps.edition("en").parts[2]["id"]
    Progress.objects.tick(person, steps, [done])  # on another device
    reader = Reader(visit("en", 390))

    reader.given_ticks_in_two_guides()
    reader.when_they_sign_in()
    reader.then_the_ticks_of_both_sides_are_there()
    reader.when_they_take_a_tick_away()
    assert "stop-app" not in Progress.objects.done(person, rescue)
    reader.when_they_sign_out()
    reader.then_nothing_of_the_account_is_left()

    assert len(Progress.objects.done(person, steps)) == 2

"""Writing at the desk: it saves itself, comes back after a crash, and tells who else writes."""

from __future__ import annotations

import re

from playwright.sync_api import Page, expect

from guides.models import Draft, Guide, User
from tests import factories

from .checks import found_by_axe, sticking_out
from .conftest import Visit, session_cookie

# Looks like a secret key, and opens nothing.
KEY = "wJalrXUtnFEMI/K7MDENG/" + "bPxRfiCYEXAMPLEKEY"
SAVED = re.compile(r"^Saved \d\d:\d\d$")


class Writer:
    """Somebody with the page of a guide open."""

    def __init__(self, visit: Visit, person: User, guide: Guide) -> None:
        self.person, self.guide = person, guide
        self.page: Page = visit("en", person=person, scripts_may_fail=True)
        self.open()

    def open(self) -> None:
        self.page.goto(f"/admin/guides/guide/{self.guide.pk}/change/")
        self.page.wait_for_load_state("networkidle")

    def writes(self, text: str) -> None:
        """And looks back at this window, which saves without waiting for a pause."""
        self.page.locator("[name=en-block]").nth(1).fill(text)
        self.page.evaluate("dispatchEvent(new Event('focus'))")

    def then_it_says(self, words: str | re.Pattern[str]) -> None:
        expect(self.page.locator("[data-state]")).to_have_text(words)

    def then_the_page_is_for_everyone(self) -> None:
        assert not sticking_out(self.page)
        assert not found_by_axe(self.page)

    def kept(self) -> str:
        draft = Draft.objects.filter(person=self.person, language="en").first()
        return draft.typed["en-block"][1] if draft else ""


def test_what_is_written_outlives_whatever_goes_wrong(visit: Visit) -> None:
    guide = Guide.objects.get(slug="clause-2-4")
    people = [factories.make_user(is_staff=True, is_superuser=True) for _ in range(2)]
    writer = Writer(visit, people[0], guide)
    page = writer.page

    page.locator("[name=en-block]").nth(1).fill("One.")
    writer.then_it_says(SAVED)
    assert writer.kept() == "One."
    expect(page.locator("[data-discard]")).to_be_visible()

    page.context.set_offline(True)
    writer.writes("Two.")
    writer.then_it_says(
        "Not saved: you are offline. Your text is still here and will be saved when you reconnect."
    )
    page.context.set_offline(False)
    writer.then_it_says(SAVED)
    assert writer.kept() == "Two."

    page.context.clear_cookies()
    writer.writes("Three.")
    writer.then_it_says("You were signed out. Sign in to return here; what was saved is safe.")
    site = re.match(r"https?://[^/]+", page.url)
    assert site is not None
    page.context.add_cookies([session_cookie(people[0], site[0])])
    page.evaluate("dispatchEvent(new Event('focus'))")
    writer.then_it_says(SAVED)
    assert writer.kept() == "Three."

    writer.writes(f"密钥 Secret Key: {KEY}")
    writer.then_it_says("Not saved")
    expect(page.locator("[data-error] .field-error")).to_contain_text("looks like a secret key")
    writer.then_the_page_is_for_everyone()
    assert writer.kept() == "Three."
    writer.writes("Four.")
    writer.then_it_says(SAVED)
    expect(page.locator("[data-error] .field-error")).to_have_count(0)

    page.goto("about:blank")  # as a crash would leave it
    writer.open()
    expect(page.locator("[name=en-block]").nth(1)).to_have_value("Four.")
    expect(page.locator(".desk-unsaved")).to_contain_text("you had not finished saving")
    page.set_viewport_size({"width": 390, "height": 800})
    writer.then_the_page_is_for_everyone()

    colleague = Writer(visit, people[1], guide)
    expect(colleague.page.locator("[data-present]")).to_contain_text("just now, English, paragraph")
    colleague.writes("Mine.")
    colleague.then_it_says(SAVED)
    colleague.page.locator("#desk-form button[name=do][value=save]").last.click()
    expect(colleague.page.locator(".messagelist")).to_be_visible()

    page.locator("#desk-form button[name=do][value=save]").last.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Two texts at once; choose one")
    page.locator("[name=en-choice][value=mine]").check()
    page.get_by_role("button", name="Save the one chosen").click()
    expect(page.locator(".messagelist")).to_contain_text("kept in the revisions")
    bodies = list(guide.editions.get(language="en").revisions.values_list("body", flat=True)[:2])
    assert "Four." in bodies[0]
    assert "Mine." in bodies[1]
    assert not Draft.objects.exists()

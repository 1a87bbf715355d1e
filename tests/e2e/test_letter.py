"""Writing the letter: it saves itself, survives what goes wrong, and loses nothing."""

from __future__ import annotations

import re
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from appeals import actions
from appeals.models import Case, LetterSection
from guides.models import User
from tests.example_case import make_example

from .checks import faults_of_layout, found_by_axe
from .conftest import Visit, session_cookie
from .states import in_each_language

# Looks like a secret key, and opens nothing.
KEY = "wJalrXUtnFEMI/K7MDENG/" + "bPxRfiCYEXAMPLEKEY"
SAVED = re.compile(r"^Saved \d\d:\d\d$")


@pytest.fixture
def case(site: str) -> Case:
    return make_example().case


class Writer:
    """A seller with the third section open."""

    def __init__(self, visit: Visit, case: Case, **changes: Any) -> None:
        self.case = case
        self.page: Page = visit("en", person=case.owner, **changes)
        self.open()

    def open(self, query: str = "?section=3") -> None:
        self.page.goto(f"/en/appeals/{self.case.code}/letter/{query}")

    def write(self, english: str | None = None, chinese: str | None = None) -> None:
        for name, text in (("english", english), ("chinese", chinese)):
            if text is not None:
                self.page.locator(f"[name={name}]").fill(text)

    def save(self) -> None:
        self.page.get_by_role("button", name="Save this section").click()

    def then_it_says(self, words: str | re.Pattern[str]) -> None:
        expect(self.page.locator("[data-state]")).to_have_text(words)

    def text(self, language: str = "en") -> str:
        found = LetterSection.objects.filter(
            demand__case=self.case, demand__ordinal=3, language=language
        )
        return found.get().text if found else ""


def saved_elsewhere(case: Case, english: str, chinese: str = "", demand: int = 3) -> None:
    there = LetterSection.objects.filter(demand__case=case, demand__ordinal=demand)
    actions.letters.save(
        case,
        by=case.owner,
        demand=demand,
        texts={"en": english, "zh-hans": chinese},
        versions={one.language: one.version for one in there},
    )


def test_it_saves_itself_after_a_pause(visit: Visit, case: Case) -> None:
    seller = Writer(visit, case)

    seller.write("It sent labels.", "它打面单。")

    seller.then_it_says(SAVED)
    assert (seller.text(), seller.text("zh-hans")) == ("It sent labels.", "它打面单。")
    seller.write("It sent labels home.")
    expect(seller.page.locator("[name=english_version]")).to_have_value("2")
    assert seller.text() == "It sent labels home."
    assert not found_by_axe(seller.page)


def test_it_saves_on_leaving(visit: Visit, case: Case) -> None:
    seller = Writer(visit, case)

    seller.write("It sent labels.")
    seller.page.get_by_role("link", name="Close").click()
    expect(seller.page.locator("textarea")).to_have_count(0)

    for _ in range(50):
        if seller.text():
            break
        seller.page.wait_for_timeout(100)
    assert seller.text() == "It sent labels."


def test_the_button_does_not_run_into_what_saves_itself(visit: Visit, case: Case) -> None:
    seller = Writer(visit, case)

    seller.write("It sent labels.")
    seller.page.evaluate("""() => {
      dispatchEvent(new Event("focus"));  // it begins to save what is there now
      document.querySelector("[name=english]").value = "It sent labels home.";
      document.querySelector("[data-autosave] [type=submit]").click();
    }""")

    expect(seller.page).to_have_url(re.compile(r"\?checks=1#section-3$"))
    assert seller.text() == "It sent labels home."


def test_without_a_network_nothing_is_lost(visit: Visit, case: Case) -> None:
    seller = Writer(visit, case, scripts_may_fail=True)
    seller.page.wait_for_load_state("networkidle")  # the icon comes last
    seller.page.context.set_offline(True)

    seller.write("It sent labels.")
    seller.then_it_says(
        "Not saved: you are offline. Your text is still here and will be saved when you reconnect."
    )
    assert seller.text() == ""
    seller.page.context.set_offline(False)

    seller.then_it_says(SAVED)
    assert seller.text() == "It sent labels."


def test_signed_out_and_in_again_nothing_is_lost(visit: Visit, case: Case) -> None:
    seller = Writer(visit, case, scripts_may_fail=True)
    seller.page.context.clear_cookies()

    seller.write("It sent labels.")
    seller.then_it_says("You were signed out. Sign in to return here; what was saved is safe.")
    expect(seller.page.get_by_role("link", name="Sign in, in another window")).to_be_visible()
    expect(seller.page.locator("[name=english]")).to_have_value("It sent labels.")
    assert seller.text() == ""

    # In another window; coming back to this one tells the script.
    owner = User.objects.get(pk=case.owner_id)
    site = re.match(r"https?://[^/]+", seller.page.url)
    assert site is not None
    seller.page.context.add_cookies([session_cookie(owner, site[0])])
    seller.page.evaluate("dispatchEvent(new Event('focus'))")

    seller.then_it_says(SAVED)
    expect(seller.page.get_by_role("link", name="Sign in, in another window")).to_be_hidden()
    assert seller.text() == "It sent labels."


def test_a_secret_is_refused_at_its_field(visit: Visit, case: Case) -> None:
    seller = Writer(visit, case, scripts_may_fail=True)

    seller.write("It sent labels.", f"密钥 Secret Key: {KEY}")
    seller.then_it_says("Not saved")
    error = seller.page.locator("#field-chinese .field-error")
    expect(error).to_contain_text("This looks like a secret key")
    expect(seller.page.locator("[name=chinese]")).to_have_attribute("aria-invalid", "true")
    assert not found_by_axe(seller.page)
    assert seller.text() == seller.text("zh-hans") == ""

    seller.write(chinese="没有了。")
    seller.then_it_says(SAVED)
    expect(error).to_have_count(0)


def test_two_windows_on_one_section(visit: Visit, case: Case) -> None:
    saved_elsewhere(case, "It sent labels.")
    seller = Writer(visit, case, scripts_may_fail=True)
    saved_elsewhere(case, "It printed labels.")

    seller.write("It sent labels home.")
    seller.then_it_says(re.compile("^Not saved: this section was changed elsewhere"))
    assert seller.text() == "It printed labels."
    seller.save()

    page = seller.page
    expect(page.get_by_role("heading", level=1)).to_have_text("Two versions; choose one")
    expect(page.locator(".version ins").first).to_contain_text("printed")
    expect(page.locator("[name=english]")).to_have_value("It sent labels home.")
    faults = faults_of_layout(page, in_dark=True)
    assert not faults, "\n".join(faults)
    page.get_by_role("button", name="Save my version").click()
    expect(page).to_have_url(re.compile("#section-3$"))
    assert seller.text() == "It sent labels home."


def test_without_scripts_the_button_saves_and_both_texts_are_shown(
    visit: Visit, case: Case
) -> None:
    seller = Writer(visit, case, java_script_enabled=False)
    seller.write("It sent labels.")
    seller.save()
    expect(seller.page.locator(".message")).to_have_text("Saved.")
    assert seller.text() == "It sent labels."

    seller.open()
    saved_elsewhere(case, "It printed labels.")
    seller.write("It sent labels home.")
    seller.save()
    expect(seller.page.get_by_role("heading", level=1)).to_have_text("Two versions; choose one")
    seller.page.get_by_role("link", name="Keep the saved one").click()

    expect(seller.page.locator("#section-3")).to_contain_text("It printed labels.")
    seller.page.locator("#section-3").get_by_role("link", name="Earlier texts").click()
    seller.page.get_by_role("button", name="Bring back 3").click()
    assert seller.text() == "It sent labels home."


def test_the_plain_text_is_copied(visit: Visit, case: Case) -> None:
    saved_elsewhere(case, "It sent labels.")
    seller = Writer(visit, case, permissions=["clipboard-read", "clipboard-write"])
    seller.open("text/")

    seller.page.get_by_role("button", name="Copy").click()

    expect(seller.page.get_by_role("status")).to_have_text("Copied")
    copied = seller.page.evaluate("navigator.clipboard.readText()")
    assert "It sent labels." in copied


PAGES = {
    "begun": "letter/",
    "checks": "letter/?checks=1",
    "writing": "letter/?checks=1&section=3",
    "history": "letter/3/history/?language=en&one=1&other=2",
    "text": "letter/text/",
}


@in_each_language
@pytest.mark.parametrize("path", PAGES.values(), ids=list(PAGES))
def test_its_pages_are_laid_out_for_everyone(
    visit: Visit, case: Case, path: str, language: str
) -> None:
    saved_elsewhere(case, "An earlier text.")
    saved_elsewhere(case, "A service called Label Bee printed labels (C-3-9).", "打面单。")
    saved_elsewhere(case, "It never happens again. You closed it wrongly.", demand=6)
    page = visit(language, person=case.owner)

    page.goto(f"/{language}/appeals/{case.code}/{path}")
    page.evaluate("document.querySelectorAll('details').forEach((each) => (each.open = true))")

    faults = faults_of_layout(page, in_dark=True)
    assert not faults, "\n".join(faults)

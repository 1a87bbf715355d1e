"""From the first sending to the second: sealed, replied to, marked, filled in, compared."""

from __future__ import annotations

import datetime
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from appeals import actions
from appeals.models import Case, Submission
from tests import factories
from tests.appeals.rounds import (
    LONG_REPLY,
    in_the_second_round,
    loaded,
    ready_to_send,
    replied,
    sealed,
)

from .checks import faults_of_layout
from .conftest import Visit
from .words import LANGUAGES


@pytest.fixture
def case(site: str) -> Case:
    """Everything that the notice asks is there, files with their bytes; it is confirmed."""
    return ready_to_send(factories.make_user(email="seller@example.com"))


class Seller:
    """The owner, on the pages of one case."""

    def __init__(self, visit: Visit, case: Case, **changes: Any) -> None:
        self.case = case
        self.page: Page = visit("en", person=case.owner, **changes)

    def goes_to(self, path: str = "") -> None:
        self.page.goto(f"/en/appeals/{self.case.code}/{path}")

    def presses(self, name: str) -> None:
        self.page.get_by_role("main").get_by_role("button", name=name, exact=True).click()

    def follows(self, name: str) -> None:
        self.page.get_by_role("main").get_by_role("link", name=name, exact=True).first.click()

    def sees(self, words: str) -> None:
        expect(self.page.get_by_role("main")).to_contain_text(words)

    def does_not_see(self, words: str) -> None:
        expect(self.page.get_by_role("main")).not_to_contain_text(words)

    def seals(self, number: int) -> None:
        self.goes_to(f"submissions/{number}/")
        self.page.locator("[name=sent_where]").fill("Seller Central")
        self.page.locator("[name=is_sent]").check()
        self.presses("Record and seal")
        self.sees(f"Dossier of round {number}, sealed")

    def pastes_the_reply(self) -> None:
        self.follows("Record reply")
        self.page.locator("[name=reply_text]").fill(LONG_REPLY)
        self.page.get_by_label("It asks for more").check()
        today = datetime.datetime.now(tz=datetime.UTC).date()
        self.page.locator("[name=reply_on]").fill(today.isoformat())
        self.page.locator("[name=reply_has_no_deadline]").check()
        self.presses("Save")
        expect(self.page.get_by_role("heading", level=1)).to_have_text("Reply to round 1")

    def marks(self, line: int, choice: str, label: str) -> None:
        self.page.locator(f"#line-{line} .notice-line-text a").click()
        self.page.locator("[name=asks]").select_option(choice)
        self.page.locator("[name=label]").fill(label)
        self.presses("Note it")
        expect(self.page.locator(f"#line-{line} .demand-box")).to_have_text(label)

    def answers(self, ordinal: int) -> None:
        self.goes_to(f"letter/?section={ordinal}")
        self.page.locator("[name=english]").fill("Mr Li keeps them.")
        self.presses("Save this section")

    def confirms(self) -> None:
        self.goes_to("confirmation/")
        self.page.locator("[name=is_confirmed]").check()
        self.page.locator("main form .button-primary").click()
        self.sees("8 of 8 ready")


@pytest.mark.parametrize("has_scripts", [True, False], ids=["scripts", "no scripts"])
def test_two_rounds(visit: Visit, case: Case, has_scripts: bool) -> None:
    seller = Seller(visit, case, java_script_enabled=has_scripts)

    seller.seals(1)
    seller.goes_to()
    seller.sees("Waiting for a reply. Do not resend unless something changed.")
    seller.does_not_see("Record submission")
    seller.pastes_the_reply()
    seller.marks(2, "new-case", "1.")
    seller.marks(3, "new-case", "2.")

    seller.goes_to()
    seller.sees("5 of 8 ready")
    seller.sees("asks 2 things that were not asked before")
    for ordinal in (8, 9):
        seller.answers(ordinal)
    seller.confirms()
    seller.goes_to("dossier/")
    seller.sees("Dossier, round 2")
    seller.sees("Answer to the reply of")
    seller.seals(2)
    seller.goes_to("timeline/")
    seller.sees("Dossier of round 2, sealed")
    seller.sees("Round 2, item 1")
    seller.goes_to("submissions/1/compare/2/")
    seller.sees("From round 1 to round 2")
    expect(seller.page.locator("ins").filter(has_text="Mr Li keeps them.").first).to_be_visible()
    assert Submission.objects.filter(case=case).count() == 2


def test_a_line_is_marked_by_keyboard(visit: Visit, case: Case) -> None:
    replied(sealed(case), reply_text=LONG_REPLY)
    seller = Seller(visit, case)
    seller.goes_to("submissions/1/reply/")
    keyboard = seller.page.keyboard

    seller.page.locator("#line-2 .notice-line-text a").focus()
    keyboard.press("Enter")
    seller.page.wait_for_url("**/reply/lines/2/**")
    seller.page.locator("[name=asks]").focus()
    keyboard.type("Added in its words, asked once")
    keyboard.press("Tab")
    keyboard.press("ControlOrMeta+A")
    keyboard.type("1.")
    keyboard.press("Tab")
    expect(seller.page.get_by_role("button", name="Note it")).to_be_focused()
    keyboard.press("Enter")

    expect(seller.page.locator("#line-2 .demand-box")).to_have_text("1.")


def waiting(case: Case) -> None:
    sealed(case)


def closed(case: Case) -> None:
    sealed(case)
    now = loaded(case)
    actions.cases.close(now, by=now.owner, version=now.version, closed_as="partly", lesson="Ask.")


def nothing_more(case: Case) -> None:
    """As it is."""


PAGES = {
    "to be recorded": (nothing_more, "{case}/submissions/1/"),
    "waiting": (waiting, "{case}/submissions/1/"),
    "waiting list": (waiting, ""),
    "waiting timeline": (waiting, "{case}/timeline/"),
    "reply to be pasted": (waiting, "{case}/submissions/1/reply/"),
    "outcome": (waiting, "{case}/outcome/"),
    "closed": (closed, "{case}/outcome/"),
    "closed list": (closed, ""),
    "replied": (in_the_second_round, "{case}/submissions/1/"),
    "reply": (in_the_second_round, "{case}/submissions/1/reply/"),
    "reply as a whole": (in_the_second_round, "{case}/submissions/1/reply/?edit=1"),
    "a line of the reply": (in_the_second_round, "{case}/submissions/1/reply/lines/2/?of=8"),
    "an item of the reply": (in_the_second_round, "{case}/demands/8/"),
    "compared": (in_the_second_round, "{case}/submissions/1/compare/2/"),
    "second overview": (in_the_second_round, "{case}/"),
    "second timeline": (in_the_second_round, "{case}/timeline/"),
    "second dossier": (in_the_second_round, "{case}/dossier/"),
}


@pytest.mark.parametrize("name", PAGES)
def test_its_pages_are_laid_out_for_everyone(visit: Visit, case: Case, name: str) -> None:
    before, path = PAGES[name]
    before(case)
    for language in LANGUAGES:
        page = visit(language, person=case.owner)

        page.goto(f"/{language}/appeals/{path.format(case=case.code)}")

        faults = faults_of_layout(page, in_dark=language == "zh-hans")
        assert not faults, "\n".join([language, *faults])


def test_what_is_wrong_stands_at_its_field(visit: Visit, case: Case) -> None:
    seller = Seller(visit, case, may_fail=True)
    seller.goes_to("submissions/1/")
    seller.page.locator("[name=sent_where]").fill("Seller Central")
    seller.presses("Record and seal")
    seller.sees("Tick the sentence to seal the dossier.")

    faults = faults_of_layout(seller.page)
    assert not faults, "\n".join(faults)
    expect(seller.page.locator("[name=sent_where]")).to_have_value("Seller Central")

"""A seller on a phone answers the self-check by keyboard, prints it, and carries it into a case."""

from __future__ import annotations

import re

import pypdfium2
from playwright.sync_api import Locator, Page, expect

from appeals.models import Provider
from guides.models import Edition
from tests import factories

from .checks import found_by_axe, sticking_out
from .conftest import Visit
from .words import letters, speaker

HERE = "/zh-hans/guides/self-check/"
PASSWORD = "a long password of its own"
# A key, from a person, in an account registered for it; two things in a chat, people who left,
# and a renewal that is due. The fourth question is left out.
CHOICES = {1: 3, 2: 2, 3: 2, 5: 4, 6: 2, 7: 2}


class Seller:
    """What somebody does who has only a keyboard, and what they see."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.say = speaker("zh-hans")
        parts = Edition.objects.get(guide__slug="self-check", language="zh-hans").parts
        self.titles = {part["id"]: part["title"] for part in parts}
        self.questions = [part for part in parts if part["answers"]]

    def heading(self) -> Locator:
        return self.page.locator(".check-title")

    def chosen(self) -> Locator:
        return self.page.locator("input[name=answer]:checked")

    def tab_to(self, selector: str) -> None:
        for _press in range(60):
            if self.page.evaluate("(one) => !!document.activeElement?.matches(one)", selector):
                return
            self.page.keyboard.press("Tab")
        raise AssertionError(f"the tab key does not come to {selector}")

    def when_they_begin(self) -> None:
        self.page.goto(HERE)

    def when_they_choose(self, number: int) -> None:
        self.tab_to("input[name=answer]")
        self.page.keyboard.press("Space")
        for _press in range(number - 1):
            self.page.keyboard.press("ArrowDown")
        expect(self.chosen()).to_have_value(str(number))

    def when_they_go_on(self) -> None:
        self.page.keyboard.press("Enter")

    def when_they_go_on_without_an_answer(self) -> None:
        self.tab_to(".check-onward .button-primary")
        self.page.keyboard.press("Enter")

    def then_the_question_is(self, number: int) -> None:
        expect(self.heading()).to_have_text(self.questions[number - 1]["title"])
        of_all = self.say("Question %(n)s of %(total)s", n=number, total=7)
        expect(self.page.locator("#page-count")).to_have_text(of_all)
        assert not sticking_out(self.page)

    def then_they_are_told_to_choose(self) -> None:
        missing = self.page.locator("#page-missing")
        expect(missing).to_have_text(self.say("Choose an answer. If none fits, take the last one."))
        expect(self.page.locator("input[name=answer]").first).to_be_focused()
        assert not found_by_axe(self.page)

    def when_they_go_back_and_forward_again(self) -> None:
        """Once by the browser, once by the page: what they chose is still chosen."""
        self.page.go_back()
        self.then_the_question_is(2)
        self.page.go_forward()
        self.then_the_question_is(3)
        self.tab_to("a.button")
        self.page.keyboard.press("Enter")
        self.then_the_question_is(2)
        expect(self.chosen()).to_have_value(str(CHOICES[2]))
        self.tab_to("input[name=answer]")
        self.when_they_go_on()
        self.then_the_question_is(3)

    def then_the_outcome_is_shown_with_its_reasons(self) -> None:
        expect(self.page.get_by_role("heading", level=1)).to_contain_text("6")
        outcomes = self.page.locator(".outcome")
        expect(outcomes).to_have_count(7)
        expect(outcomes.first).to_contain_text(self.titles["secret"])
        expect(outcomes.first).to_contain_text("一串密钥")
        expect(self.page.locator(".answers > li")).to_have_count(6)
        assert self.page.context.cookies() == []
        assert not sticking_out(self.page)
        assert not found_by_axe(self.page)

    def then_it_prints_whole(self) -> None:
        self.page.emulate_media(media="print")
        expect(self.page.locator("#page-take")).to_be_hidden()
        expect(self.page.locator(".site-header")).to_be_hidden()
        self.page.emulate_media(media="screen")
        pdf = pypdfium2.PdfDocument(self.page.pdf(prefer_css_page_size=True))
        text = letters("".join(page.get_textpage().get_text_range() for page in pdf))
        for name in ("secret", "private", "sent-secret", "leavers", "name", "sent-data", "renew"):
            assert letters(self.titles[name]) in text
        for number in CHOICES:
            assert letters(self.questions[number - 1]["title"]) in text

    def when_they_carry_it_into_a_case(self, email: str) -> None:
        """Signing in comes between, and back."""
        self.tab_to(".outcome-ways a")
        self.page.keyboard.press("Enter")
        self.page.locator("input[name=login]").fill(email)
        self.page.locator("input[name=password]").fill(PASSWORD)
        self.page.keyboard.press("Enter")
        expect(self.page).to_have_url(re.compile(r"/appeals/new/\?from=self-check&a=[0-9a-f]{4}-"))
        assert not found_by_axe(self.page)

    def when_they_open_the_case(self) -> None:
        self.page.locator("#id_notice_on").fill("2018-09-12")
        self.page.locator("#id_store").fill("示例店")
        self.page.locator("#id_carried").fill("ERP 甲")
        self.page.keyboard.press("Enter")
        self.page.wait_for_url(re.compile(r"/appeals/[0-9a-f-]{36}/"))

    def then_the_provider_is_there(self) -> None:
        provider = Provider.objects.get()
        assert (provider.name, provider.method, provider.shared_secret, provider.ended) == (
            "ERP 甲",
            "keys",
            "yes",
            "nothing",
        )
        self.page.goto(provider.get_absolute_url())
        expect(self.page.locator(".case-head")).to_contain_text(self.say("Self-check"))
        expect(self.page.locator("input[name=method]:checked")).to_have_value("keys")


def test_the_check_by_keyboard_on_a_phone_into_a_case(visit: Visit) -> None:
    person = factories.make_user(password=PASSWORD)
    seller = Seller(visit(width=390))

    seller.when_they_begin()
    seller.then_the_question_is(1)
    assert not found_by_axe(seller.page)
    seller.when_they_go_on_without_an_answer()
    seller.then_they_are_told_to_choose()
    for number, choice in CHOICES.items():
        seller.then_the_question_is(number)
        if number == 3:
            seller.when_they_go_back_and_forward_again()
        seller.when_they_choose(choice)
        seller.when_they_go_on()
    seller.then_the_outcome_is_shown_with_its_reasons()
    seller.then_it_prints_whole()
    seller.when_they_carry_it_into_a_case(person.email)
    seller.when_they_open_the_case()
    seller.then_the_provider_is_there()


def test_without_scripts_it_is_the_same_check(visit: Visit) -> None:
    seller = Seller(visit(width=390, java_script_enabled=False))

    seller.when_they_begin()
    seller.page.locator(".check-onward .button-primary").click()
    expect(seller.page.locator("#page-missing")).to_be_visible()
    for number, choice in {1: 1, 5: 1, 6: 1, 7: 4}.items():
        seller.then_the_question_is(number)
        seller.page.locator(f"input[name=answer][value='{choice}']").check()
        seller.page.locator(".check-onward .button-primary").click()

    expect(seller.page.get_by_role("heading", level=1)).to_have_text(seller.titles["none"])
    expect(seller.page.locator("[data-print]")).to_be_hidden()
    seller.page.locator(".answer-change").first.click()
    seller.then_the_question_is(1)
    expect(seller.chosen()).to_have_value("1")

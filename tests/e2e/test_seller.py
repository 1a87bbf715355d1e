"""A suspended seller: from opening an account to six of six."""

from __future__ import annotations

import re

import pytest
from django.utils.translation import override
from playwright.sync_api import FilePayload, Locator, Page, expect

from appeals.models import Case, Demand, Event, Evidence, Provider
from appeals.rules.assessment import Tally
from appeals.sentences import of_tally
from guides.models import User
from tests.appeals.evidence.files import paper

from .checks import found_by_axe, sticking_out
from .conftest import Visit
from .words import LANGUAGES, speaker

EMAIL, PASSWORD = "seller@example.com", "calm-paper-exact-ledger"
NOTICE = """Dear seller,
Your account has been deactivated.
1. How you learned of the services.
2. The providers and their main contacts."""

STORE, COMPANY = "示例店 US", "示例贸易有限公司"
PROVIDER, COMPANY_OF_PROVIDER = "ERP 甲", "某某软件有限公司"
# Looks like a secret key, and opens nothing.
KEY = "wJalrXUtnFEMI/K7MDENG/" + "bPxRfiCYEXAMPLEKEY"

in_each_language = pytest.mark.parametrize("language", LANGUAGES)
at_each_width = pytest.mark.parametrize("width", [390, 1280], ids=["phone", "desk"])
with_and_without = pytest.mark.parametrize("has_scripts", [True, False], ids=["scripts", "plain"])


class Seller:
    """One seller's way, told step by step."""

    def __init__(self, page: Page, language: str, width: int, has_scripts: bool) -> None:
        self.page, self.language, self.width = page, language, width
        self.has_scripts = has_scripts
        self.say = speaker(language)
        self.main = page.locator("main")
        self.files = 0

    def press(self, button: str, within: Locator | None = None, **values: str) -> None:
        """A button, or a link that looks like one."""
        name = self.say(button, **values)
        place = within or self.main
        named = place.get_by_role("button", name=name, exact=True)
        named.or_(place.get_by_role("link", name=name, exact=True)).first.click()

    def write(self, within: Locator | None = None, **fields: str) -> None:
        for name, text in fields.items():
            (within or self.main).locator(f"[name={name}]").fill(text)

    def then_the_page_is(self, heading: str) -> None:
        expect(self.page.get_by_role("heading", level=1)).to_have_text(heading)
        assert not sticking_out(self.page)
        if self.has_scripts:  # axe is one
            assert not found_by_axe(self.page)

    # --- An account, and the notice

    def given_a_stranger_who_wants_to_start_a_case(self) -> None:
        self.page.goto(f"/{self.language}/guides/suspended/")
        self.page.get_by_role("link", name=self.say("Start a case")).first.click()
        self.then_the_page_is(self.say("Sign in"))

    def when_they_open_an_account(self) -> None:
        self.main.get_by_role("link", name=self.say("New account")).click()
        self.then_the_page_is(self.say("New account"))
        self.write(email=EMAIL, password1=PASSWORD)
        self.press("Open the account")

    def then_they_are_where_they_wanted_to_go(self) -> None:
        self.then_the_page_is(self.say("Copy in the notice"))
        assert User.objects.get().email == EMAIL

    def when_they_forget_the_date_of_the_notice(self) -> None:
        self.write(notice_text=NOTICE, store=STORE, company=COMPANY)
        self.press("Start the case")

    def then_they_are_told_and_nothing_typed_is_lost(self) -> None:
        summary = self.main.locator(".error-summary")
        expect(summary).to_be_focused()
        expect(self.main.locator("[name=notice_text]")).to_have_value(NOTICE)
        assert not Case.objects.exists()
        if self.has_scripts:
            assert not found_by_axe(self.page)
        summary.get_by_role("link").click()
        expect(self.main.locator("[name=notice_on]")).to_be_focused()

    def when_they_give_the_date(self) -> None:
        self.write(notice_on="2018-09-12")
        self.main.locator("[name=has_no_deadline]").check()
        self.press("Start the case")

    # --- The notice, line by line

    def then_they_read_it_line_by_line(self) -> None:
        self.then_the_page_is(self.say("Notice"))
        expect(self.main.locator(".notice-lines > li")).to_have_count(4)

    def when_they_say_what_two_lines_ask_for(self) -> None:
        """The page has a guess for each, which they look at and take."""
        for line, item in ((3, 1), (4, 2)):
            self.main.locator(f"#line-{line} a").first.click()
            expect(self.main.locator("[name=asks]")).to_have_value(f"ask-{item}")
            self.press("Note it")

    def then_each_shows_the_number_that_it_has_there(self) -> None:
        expect(self.main.locator("#line-4 .demand-box")).to_have_text("2.")
        assert Demand.objects.get(ordinal=2).wording == NOTICE.splitlines()[3][3:]

    def when_they_move_an_item_and_move_it_back(self) -> None:
        self.main.locator("#demand-1 [name=after]").click()
        expect(self.main.locator(".demands tbody tr").first).to_have_id("demand-2")
        self.main.locator("#demand-1 [name=before]").click()
        expect(self.main.locator(".demands tbody tr").first).to_have_id("demand-1")
        self.press("All marked, back to the case")

    # --- The overview

    def then_so_many_items_are_ready(self, ready: int) -> None:
        self.then_the_page_is(STORE)
        with override(self.language):
            tally = of_tally(Tally(ready=ready, explained=0, of=6))
        expect(self.main.locator(".ledger")).to_contain_text(tally)

    def when_they_add_a_provider(self) -> None:
        self.main.locator(".quick-add [name=name]").fill(PROVIDER)
        self.press("Add", self.main.locator(".quick-add"))

    def when_they_follow_the_next_step(self) -> None:
        self.main.locator("section:has(#next-step) .button-primary").click()

    def when_they_go_back_to_the_case(self) -> None:
        self.main.locator(".crumbs").get_by_role("link", name=STORE).click()

    # --- The provider

    def part(self, name: str) -> Locator:
        return self.main.locator(f".work-form:has(button[name=part][value={name}])")

    def save(self, part: str, **fields: str) -> None:
        self.write(self.part(part), **fields)
        self.part(part).get_by_role("button", name=self.say("Save"), exact=True).click()

    def when_a_key_slips_into_their_text(self) -> None:
        self.save("found", found=f"同行推荐。Secret Key: {KEY}")

    def then_it_is_refused_and_stays_on_the_page_alone(self) -> None:
        refusal = self.say(
            "This looks like a secret key, so it was not saved; your text is still on the page. "
            "Remove the key and save again. If anyone else has it, [revoke it first]."
        ).translate({ord(bracket): None for bracket in "[]"})
        expect(self.part("found")).to_contain_text(refusal)
        expect(self.part("found").locator("[name=found]")).to_have_value(re.compile(KEY[:6]))
        assert Provider.objects.get().found == ""

    def when_they_write_down_what_they_know(self) -> None:
        self.save("found", found="同行在微信群里推荐，2018 年 2 月。")
        expect(self.saved()).to_be_visible()
        self.save(
            "contacts",
            legal_name=COMPANY_OF_PROVIDER,
            web_site="erp.example",
            email="a@erp.example",
        )
        self.save("described", did="同步订单和库存。", received="开通邮件和每周报表。")

    def saved(self) -> Locator:
        return self.page.get_by_role("status").get_by_text(self.say("Saved."), exact=True)

    def when_they_swap_the_months_of_use(self) -> None:
        rows = {"periods_rows-0-first": "2018-08", "periods_rows-0-last": "2018-03"}
        self.save("periods", **rows)

    def then_they_are_told_that_they_may_be_swapped(self) -> None:
        sentence = self.say("The end month is before the start month. They may be swapped.")
        expect(self.part("periods").get_by_text(sentence)).to_be_visible()
        expect(self.part("periods").locator("[name=periods_rows-0-last]")).to_have_value("2018-03")

    def when_they_set_the_months_right(self) -> None:
        rows = {"periods_rows-0-first": "2018-03", "periods_rows-0-last": "2018-08"}
        self.save("periods", **rows)

    # --- Evidence

    def when_they_add_a_copy_of_what_they_received(self) -> None:
        self.press("Add a file", self.main.locator("#demand-3"))
        self.choose(self.a_paper("welcome.pdf"))

    def a_paper(self, name: str) -> FilePayload:
        self.files += 1  # each with bytes of its own
        content = b"0 0 %d 10 re f" % (10 * self.files)
        return {"name": name, "mimeType": "application/pdf", "buffer": paper(content=content)}

    def choose(self, *files: FilePayload) -> None:
        self.main.locator("[name=files]").set_input_files(list(files))
        if not self.has_scripts:
            self.press("Keep these files")

    def then_they_are_asked_for_consent_first(self) -> None:
        if self.has_scripts:
            waits = self.say("Waits until you tick the box above")
            expect(self.main.locator(".upload")).to_contain_text(waits)
        else:
            expect(self.main.locator(".error-summary")).to_be_focused()
        assert not Evidence.objects.exists()

    def when_they_consent(self) -> None:
        self.main.locator("[name=consent]").check()
        if not self.has_scripts:
            self.choose(self.a_paper("welcome.pdf"))

    def go_on_once_kept(self, count: int) -> None:
        """Without a script the answer leads on by itself."""
        if self.has_scripts:
            expect(self.main.locator(".upload[data-state=kept]")).to_have_count(count)
            self.press("Say what each shows")

    def when_they_say_what_it_shows(self) -> None:
        self.go_on_once_kept(1)
        self.then_the_page_is(self.say("Say what this file shows"))
        expect(self.main.locator("[name=proofs][value='3/A']")).to_be_checked()
        self.main.locator("[name=kind][value=email]").check()
        self.write(shows="开通邮件", about_on="2018-03-02")
        self.press("Save")

    def then_they_are_asked_for_two_months_of_payment(self) -> None:
        lead = self.main.locator(".lead")
        expect(lead).to_contain_text(PROVIDER)

    def when_they_try_a_file_that_cannot_be_kept(self) -> None:
        self.choose({"name": "zhifu.xlsx", "mimeType": "text/plain", "buffer": b"month,amount"})

    def then_they_are_told_which_files_can(self) -> None:
        refused = self.main.locator(".taken .is-refused, .upload[data-state=refused]")
        expect(refused).to_contain_text("PDF")
        if self.has_scripts:
            assert not found_by_axe(self.page)

    def when_they_add_two_receipts_at_once(self) -> None:
        self.choose(self.a_paper("zhifu-0305.pdf"), self.a_paper("zhifu-0405.pdf"))

    def when_they_say_which_month_each_pays(self) -> None:
        self.go_on_once_kept(2)
        for month in ("2018-03", "2018-04"):
            self.then_the_page_is(self.say("Say what this file shows"))
            self.main.locator("[name=kind][value=payment]").check()
            self.main.locator(f"[name=proofs][value='5/A/{month}']").check()
            self.write(about_on=f"{month}-05", payer=COMPANY, payees=COMPANY_OF_PROVIDER)
            self.press("Save")

    def then_both_months_count(self) -> None:
        expect(self.main.locator("#demand-5")).to_contain_text("2 / 2")
        assert not sticking_out(self.page)

    # --- The confirmation

    def then_the_table_tells_the_same_where_there_is_room(self) -> None:
        expect(self.main.locator("table.matrix")).to_be_visible(visible=self.width == 1280)
        expect(self.main.locator(".phone-lists")).to_be_visible(visible=self.width == 390)

    def when_they_confirm(self) -> None:
        self.when_they_follow_the_next_step()
        self.then_the_page_is(self.say("Read, then confirm"))
        self.main.locator("[name=is_confirmed]").check()
        self.press("Confirm")

    def when_they_look_at_the_timeline(self) -> None:
        self.main.locator(".case-links").get_by_role("link", name=self.say("Timeline")).click()

    def then_it_has_everything_they_did(self) -> None:
        self.then_the_page_is(self.say("Timeline"))
        lines = self.main.locator(".day-lines li")
        expect(lines).to_have_count(Event.objects.count())
        for exhibit in ("A-3-1", "A-5-1", "A-5-2"):
            expect(lines.filter(has_text=exhibit).first).to_be_visible()


@in_each_language
@at_each_width
@with_and_without
def test_a_seller_comes_to_six_of_six(
    visit: Visit, language: str, width: int, has_scripts: bool
) -> None:
    page = visit(language, width, java_script_enabled=has_scripts, scripts_may_fail=has_scripts)
    seller = Seller(page, language, width, has_scripts)

    seller.given_a_stranger_who_wants_to_start_a_case()
    seller.when_they_open_an_account()
    seller.then_they_are_where_they_wanted_to_go()
    seller.when_they_forget_the_date_of_the_notice()
    seller.then_they_are_told_and_nothing_typed_is_lost()
    seller.when_they_give_the_date()
    seller.then_they_read_it_line_by_line()
    seller.when_they_say_what_two_lines_ask_for()
    seller.then_each_shows_the_number_that_it_has_there()
    seller.when_they_move_an_item_and_move_it_back()
    seller.then_so_many_items_are_ready(0)
    seller.when_they_add_a_provider()
    seller.when_a_key_slips_into_their_text()
    seller.then_it_is_refused_and_stays_on_the_page_alone()
    seller.when_they_write_down_what_they_know()
    seller.when_they_swap_the_months_of_use()
    seller.then_they_are_told_that_they_may_be_swapped()
    seller.when_they_set_the_months_right()
    seller.when_they_add_a_copy_of_what_they_received()
    seller.then_they_are_asked_for_consent_first()
    seller.when_they_consent()
    seller.when_they_say_what_it_shows()
    seller.when_they_go_back_to_the_case()
    seller.then_so_many_items_are_ready(4)
    seller.when_they_follow_the_next_step()
    seller.then_they_are_asked_for_two_months_of_payment()
    seller.when_they_try_a_file_that_cannot_be_kept()
    seller.then_they_are_told_which_files_can()
    seller.when_they_add_two_receipts_at_once()
    seller.when_they_say_which_month_each_pays()
    seller.then_both_months_count()
    seller.when_they_go_back_to_the_case()
    seller.then_so_many_items_are_ready(5)
    seller.then_the_table_tells_the_same_where_there_is_room()
    seller.when_they_confirm()
    seller.then_so_many_items_are_ready(6)
    seller.when_they_look_at_the_timeline()
    seller.then_it_has_everything_they_did()

"""A careful reader, not in trouble yet: from the home page to the last step, and onto paper."""

from __future__ import annotations

import re

import pypdfium2
import pytest
from playwright.sync_api import Locator, Page, expect

from guides.models import Edition

from .checks import found_by_axe, sticking_out
from .conftest import Visit
from .words import LANGUAGES, OTHER, letters, speaker, title

CLAUSE, STEPS, RESCUE = "clause-2-4", "authorize-today", "exposed"

in_each_language = pytest.mark.parametrize("language", LANGUAGES)
at_each_width = pytest.mark.parametrize("width", [390, 1280], ids=["phone", "desk"])


class Reader:
    """One reader's way through the site, told step by step."""

    def __init__(self, page: Page, language: str, width: int, has_scripts: bool) -> None:
        self.page, self.language, self.width = page, language, width
        self.has_scripts = has_scripts
        self.say = speaker(language)

    def link(self, name: str, within: Locator | None = None) -> Locator:
        return (within or self.page.locator("main")).get_by_role("link", name=name).first

    def then_the_page_is(self, heading: str) -> None:
        expect(self.page.get_by_role("heading", level=1)).to_have_text(heading)
        assert not sticking_out(self.page)
        if self.has_scripts:  # axe is one
            assert not found_by_axe(self.page)

    # --- Understanding the clause

    def given_the_home_page(self) -> None:
        self.page.goto(f"/{self.language}/")

    def when_they_ask_for_the_clause(self) -> None:
        self.link(self.say("Explain 2.4 and 2.7 to me")).click()

    def then_the_clause_is_shown_with_its_check(self) -> None:
        self.then_the_page_is(title(CLAUSE, self.language))
        stamp = self.page.locator(".head .stamp")
        expect(stamp.locator("time").first).to_be_visible()
        stamp.locator("summary").click()
        expect(stamp.get_by_text(self.say("Checked by"), exact=True)).to_be_visible()

    def when_they_follow_the_number_of_a_note(self) -> None:
        self.page.locator("a.ref[href='#note-reset']").click()

    def then_the_note_is_open(self) -> None:
        expect(self.page.locator("#note-reset")).to_be_visible()
        expect(self.page.locator("#note-reset")).to_be_in_viewport()

    # --- Choosing a method

    def when_they_compare_the_methods(self) -> None:
        self.link(self.say("Methods"), self.page.get_by_role("banner")).click()

    def then_each_method_has_its_verdict_and_answers(self) -> None:
        self.then_the_page_is(self.say("Three ways to authorize: which one"))
        shown = self.comparison()
        for verdict in ("Fine", "With care", "Do not use"):
            expect(shown.get_by_text(self.say(verdict), exact=True).first).to_be_visible()
        question = shown.get_by_text(self.say("Can it be ended alone"), exact=True)
        expect(question).to_have_count(3 if self.width == 390 else 1)

    def comparison(self) -> Locator:
        """A table where there is room, else one block after the other; never both."""
        shown, hidden = ".methods-blocks", ".methods-table"
        if self.width == 1280:
            shown, hidden = hidden, shown
        expect(self.page.locator(hidden)).to_be_hidden()
        return self.page.locator(shown)

    # --- Following the steps

    def when_they_open_the_steps(self) -> None:
        self.link(title(STEPS, self.language), self.comparison()).click()

    def then_they_are_led_through_every_step(self) -> None:
        self.then_the_page_is(title(STEPS, self.language))
        parts = Edition.objects.get(guide__slug=STEPS, language=self.language).parts
        self.link(self.say("Begin with step 1")).click()
        for number, part in enumerate(parts[1:-1], 1):
            expect(self.page.locator(".step-title")).to_have_text(part["title"])
            here = self.page.locator(".dots [aria-current=step] .dot-number")
            expect(here).to_have_text(str(number))
            assert not sticking_out(self.page)
            self.link(self.say("Done, next step")).click()
        expect(self.page.locator(".step-title")).to_have_text(parts[-1]["title"])
        expect(self.link(self.say("Previous step"))).to_be_visible()

    def then_the_steps_they_did_are_marked(self) -> None:
        done = self.page.locator(".dots .is-done")
        expect(done).to_have_count(self.page.locator(".dots li").count())
        self.page.reload()
        expect(done).to_have_count(self.page.locator(".dots li").count())

    # --- Ticking, and reading on in the other language

    def when_they_tick_what_is_done(self) -> None:
        self.page.goto(f"/{self.language}/guides/{RESCUE}/?step=revoke")
        self.page.locator("input[value='stop-app']").check()

    def then_the_tick_stays_in_this_browser(self) -> None:
        self.page.reload()
        expect(self.page.locator("input[value='stop-app']")).to_be_checked()
        expect(self.page.locator("input[value='stop-unknown']")).not_to_be_checked()
        kept_here = self.say("Your progress stays on this device. Sign in to continue on another.")
        expect(self.page.get_by_text(kept_here)).to_be_visible()
        assert self.page.context.cookies() == []

    def then_nothing_is_promised_about_ticks(self) -> None:
        """Without scripts there is nothing that would keep them."""
        kept_here = self.say("Your progress stays on this device. Sign in to continue on another.")
        expect(self.page.get_by_text(kept_here)).to_be_hidden()

    def when_they_switch_the_language(self) -> None:
        self.page.get_by_role("banner").locator("[data-language]").click()

    def then_the_same_step_is_shown(self) -> None:
        there = OTHER[self.language]
        expect(self.page).to_have_url(re.compile(rf"/{there}/guides/{RESCUE}/\?step=revoke"))
        self.then_the_page_is(title(RESCUE, there))
        if self.has_scripts:
            expect(self.page.locator("input[value='stop-app']")).to_be_checked()

    def when_they_switch_the_language_at_a_heading(self) -> None:
        self.page.goto(f"/{self.language}/guides/{CLAUSE}/#examples")
        self.when_they_switch_the_language()

    def then_the_same_heading_is_in_view(self) -> None:
        there = OTHER[self.language]
        expect(self.page).to_have_url(re.compile(rf"/{there}/guides/{CLAUSE}/#examples$"))
        expect(self.page.locator("#examples")).to_be_in_viewport()

    def when_they_read_a_part_and_go_up_to_switch(self) -> None:
        self.page.goto(f"/{self.language}/guides/{CLAUSE}/")
        self.page.locator("#says").evaluate("heading => heading.scrollIntoView()")
        self.page.wait_for_timeout(1200)  # they rest there, as somebody who reads does
        self.when_they_switch_the_language()

    def then_they_are_at_that_part(self) -> None:
        there = OTHER[self.language]
        expect(self.page).to_have_url(re.compile(rf"/{there}/guides/{CLAUSE}/#says$"))

    # --- On paper

    def when_they_print_the_clause(self) -> None:
        self.page.goto(f"/{self.language}/guides/{CLAUSE}/")
        document = pypdfium2.PdfDocument(self.page.pdf(prefer_css_page_size=True))
        texts = [page.get_textpage().get_text_range() for page in document]
        self.paper = letters("".join(texts))

    def then_notes_and_sources_are_on_paper(self) -> None:
        on_screen = self.page.locator("#note-reset").text_content() or ""
        assert letters(on_screen)[:20] in self.paper
        addresses = self.page.locator(".source-address").all_text_contents()
        assert addresses
        assert not [one for one in addresses if letters(one) not in self.paper]
        assert letters(title(CLAUSE, self.language)) in self.paper


@in_each_language
@at_each_width
def test_a_reader_finds_out_and_follows_the_steps(visit: Visit, language: str, width: int) -> None:
    reader = Reader(visit(language, width), language, width, has_scripts=True)

    reader.given_the_home_page()
    reader.when_they_ask_for_the_clause()
    reader.then_the_clause_is_shown_with_its_check()
    reader.when_they_follow_the_number_of_a_note()
    reader.then_the_note_is_open()
    reader.when_they_compare_the_methods()
    reader.then_each_method_has_its_verdict_and_answers()
    reader.when_they_open_the_steps()
    reader.then_they_are_led_through_every_step()
    reader.then_the_steps_they_did_are_marked()
    reader.when_they_tick_what_is_done()
    reader.then_the_tick_stays_in_this_browser()
    reader.when_they_switch_the_language()
    reader.then_the_same_step_is_shown()
    reader.when_they_switch_the_language_at_a_heading()
    reader.then_the_same_heading_is_in_view()
    reader.when_they_read_a_part_and_go_up_to_switch()
    reader.then_they_are_at_that_part()
    reader.when_they_print_the_clause()
    reader.then_notes_and_sources_are_on_paper()


@in_each_language
@at_each_width
def test_a_reader_needs_no_scripts(visit: Visit, language: str, width: int) -> None:
    page = visit(language, width, java_script_enabled=False)
    reader = Reader(page, language, width, has_scripts=False)

    reader.given_the_home_page()
    reader.when_they_ask_for_the_clause()
    reader.then_the_clause_is_shown_with_its_check()
    reader.when_they_follow_the_number_of_a_note()
    reader.then_the_note_is_open()
    reader.when_they_compare_the_methods()
    reader.then_each_method_has_its_verdict_and_answers()
    reader.when_they_open_the_steps()
    reader.then_they_are_led_through_every_step()
    reader.when_they_tick_what_is_done()
    reader.then_nothing_is_promised_about_ticks()
    reader.when_they_switch_the_language()
    reader.then_the_same_step_is_shown()
    reader.when_they_print_the_clause()
    reader.then_notes_and_sources_are_on_paper()

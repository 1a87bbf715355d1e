"""An editor corrects a guide: draft, preview, publish, see it live, and meets a colleague there."""

from __future__ import annotations

import pytest
from playwright.sync_api import Locator, Page, expect

from guides.models import Edition, Guide, Revision
from tests import factories

from .checks import found_by_axe, sticking_out
from .conftest import Visit
from .words import LANGUAGES, speaker, title

EMAIL, PASSWORD = "editor@example.com", "pass-word-123"
CLAUSE = "clause-2-4"
CORRECTED = {
    "zh-hans": "第 2.4 条：标识符和凭证",
    "en": "Clause 2.4: identifiers and credentials",
}
NOTE = "Shorter title"

in_each_language = pytest.mark.parametrize("language", LANGUAGES)
at_each_width = pytest.mark.parametrize("width", [390, 1280], ids=["phone", "desk"])


class Editor:
    """One editor's way, told step by step. The desk speaks the language of the account."""

    def __init__(self, page: Page, language: str, visit: Visit) -> None:
        self.page, self.language, self.visit = page, language, visit
        self.say = speaker(language)

    def field(self, name: str, language: str | None = None) -> Locator:
        return self.page.locator(f"#desk-form [name={language or self.language}-{name}]")

    def press(self, button: str, **values: str) -> None:
        self.page.get_by_role("button", name=self.say(button, **values), exact=True).click()

    def then_all_can_use_the_page(self) -> None:
        assert not sticking_out(self.page)
        assert not found_by_axe(self.page)

    def then_it_says(self, words: str) -> None:
        expect(self.page.locator(".messagelist")).to_contain_text(words)

    # --- To the guide

    def given_somebody_who_opens_the_desk(self) -> None:
        factories.make_user(
            email=EMAIL, password=PASSWORD, language=self.language, is_staff=True, is_superuser=True
        )
        self.page.goto("/admin/")

    def when_they_sign_in(self) -> None:
        self.page.locator("[name=login]").fill(EMAIL)
        self.page.locator("[name=password]").fill(PASSWORD)
        self.page.locator("main").get_by_role("button").filter(visible=True).last.click()
        expect(self.page.locator("#user-tools, .desk-person").first).to_contain_text(EMAIL)
        self.then_all_can_use_the_page()

    def when_they_look_for_the_guide(self) -> None:
        self.page.locator("#content, nav").get_by_role(
            "link", name=self.say("Guides")
        ).first.click()
        self.then_all_can_use_the_page()
        self.page.get_by_role("link", name=title(CLAUSE, self.language)).first.click()
        expect(self.page.get_by_role("heading", level=1)).to_have_text(title(CLAUSE, "zh-hans"))
        self.then_all_can_use_the_page()

    # --- Correct, preview, publish

    def when_they_correct_the_title_in_both_languages(self) -> None:
        for language in LANGUAGES:
            self.field("title", language).fill(CORRECTED[language])

    def then_the_preview_shows_it_in_a_tab_of_its_own(self) -> None:
        with self.page.expect_popup() as opened:
            self.press("Preview %(language)s", language="English")
        preview = opened.value
        expect(preview.get_by_role("heading", level=1)).to_have_text(CORRECTED["en"])
        expect(
            preview.get_by_text(self.say("Preview of what is typed. Nothing was saved."))
        ).to_be_visible()
        assert not sticking_out(preview)
        assert not found_by_axe(preview)
        preview.close()
        assert Revision.objects.filter(edition__guide__slug=CLAUSE).count() == len(LANGUAGES)

    def when_they_publish_without_saying_why(self) -> None:
        self.press("Publish both")

    def then_they_are_asked_for_a_note_and_keep_their_draft(self) -> None:
        summary = self.page.locator(".error-summary")
        expect(summary).to_be_visible()
        expect(self.field("title", "en")).to_have_value(CORRECTED["en"])
        self.then_all_can_use_the_page()
        assert self.what_strangers_read("en") != CORRECTED["en"]

    def when_they_say_why(self) -> None:
        for language in LANGUAGES:
            self.field("note", language).fill(NOTE)
        self.press("Publish both")

    def then_strangers_read_it_in_both_languages(self) -> None:
        expect(self.page.locator(".messagelist a").first).to_be_visible()
        for language in LANGUAGES:
            assert self.what_strangers_read(language) == CORRECTED[language]

    def what_strangers_read(self, language: str) -> str:
        stranger = self.visit(language)
        stranger.goto(f"/{language}/guides/{CLAUSE}/")
        return stranger.get_by_role("heading", level=1).text_content() or ""

    # --- Two at once

    def when_a_colleague_is_quicker(self) -> None:
        """Both have the page open; the colleague saves first."""
        colleague = self.visit("en", person=factories.make_user(is_staff=True, is_superuser=True))
        colleague.goto(self.page.url)
        colleague.locator("#desk-form [name=en-summary]").fill("A colleague wrote this.")
        colleague.get_by_role("button", name="Save draft", exact=True).last.click()
        expect(colleague.locator(".messagelist")).to_be_visible()
        self.field("summary", "en").fill("I wrote this.")
        self.press_last("Save draft")

    def press_last(self, button: str) -> None:
        self.page.get_by_role("button", name=self.say(button), exact=True).last.click()

    def then_both_texts_are_kept(self) -> None:
        main = self.page.locator("#content")
        for text in ("A colleague wrote this.", "I wrote this."):
            expect(main.get_by_text(text).first).to_be_visible()
        self.then_all_can_use_the_page()

    def when_they_keep_the_newest(self) -> None:
        self.page.locator("[name=en-choice][value=theirs]").check()
        self.press("Save the one chosen")

    def then_the_other_is_in_the_revisions(self) -> None:
        edition = Edition.objects.get(guide__slug=CLAUSE, language="en")
        assert edition.latest.summary == "A colleague wrote this."
        self.page.get_by_role("link", name=self.say("Revisions"), exact=True).first.click()
        self.then_all_can_use_the_page()
        assert edition.revisions.filter(summary="I wrote this.").exists()

    # --- Checked

    def when_they_find_a_guide_still_true(self) -> None:
        guide = Guide.objects.get(slug="mws")
        self.page.goto(f"/admin/guides/guide/{guide.pk}/change/")
        self.press("Checked, nothing changed")

    def then_it_is_marked_with_their_check(self) -> None:
        expect(self.page.locator(".messagelist")).to_be_visible()
        assert Guide.objects.get(slug="mws").checked_by.email == EMAIL


@in_each_language
@at_each_width
def test_an_editor_corrects_a_guide(visit: Visit, language: str, width: int) -> None:
    editor = Editor(visit(language, width), language, visit)

    editor.given_somebody_who_opens_the_desk()
    editor.when_they_sign_in()
    editor.when_they_look_for_the_guide()
    editor.when_they_correct_the_title_in_both_languages()
    editor.then_the_preview_shows_it_in_a_tab_of_its_own()
    editor.when_they_publish_without_saying_why()
    editor.then_they_are_asked_for_a_note_and_keep_their_draft()
    editor.when_they_say_why()
    editor.then_strangers_read_it_in_both_languages()
    editor.when_a_colleague_is_quicker()
    editor.then_both_texts_are_kept()
    editor.when_they_keep_the_newest()
    editor.then_the_other_is_in_the_revisions()
    editor.when_they_find_a_guide_still_true()
    editor.then_it_is_marked_with_their_check()

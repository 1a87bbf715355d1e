"""The whole way of a text: written, translated, pictured, reviewed, released, read, restored.

Three people of one role each, with four eyes on. The watch ends it on any breach of the content
policy; axe finds nothing, and nothing of the stock admin had to be excused.
"""

from __future__ import annotations

import datetime
import io
from typing import Any

from django.contrib.auth.models import Group
from django.utils import timezone
from PIL import Image
from playwright.sync_api import Locator, Page, expect

from config.clockwork import tick
from guides.models import Edition, Guide, Release, User
from tests import factories

from .checks import found_by_axe, sticking_out
from .conftest import Visit

FIRST, SECOND = "clause-2-4", "clause-2-7"
LANGUAGES = ("zh-hans", "en")
NEW = {
    "zh-hans": "需要软件帮忙，就去授权。",
    "en": " Authorize software that shall help.",
}
MENDED = "Authorize a service that shall help."
NOTE = {"zh-hans": "说得更短", "en": "Said in fewer words"}
ALT = {"zh-hans": "右上角的菜单，第二项", "en": "The menu at the top right, second item"}


class Colleague:
    """Somebody at the desk, which speaks English to them."""

    def __init__(self, visit: Visit, role: str) -> None:
        self.person: User = factories.make_user(is_staff=True, language="en")
        self.person.groups.add(Group.objects.get(name=role))
        self.page: Page = visit("en", person=self.person)

    def opens(self, guide: Guide, place: str = "change/") -> None:
        self.page.goto(f"/admin/guides/guide/{guide.pk}/{place}")

    def presses(self, name: str, inside: str = "main, #content") -> None:
        button = self.page.locator(inside).get_by_role("button", name=name, exact=True)
        button.filter(visible=True).first.click()

    def is_told(self, words: str) -> None:
        expect(self.page.locator(".messagelist")).to_contain_text(words)

    def can_use_the_page(self) -> None:
        assert not sticking_out(self.page)
        assert not found_by_axe(self.page)

    def block(self, language: str, place: int) -> Locator:
        return self.page.locator(f"#desk-form [name={language}-block]").nth(place)

    def says_why(self) -> None:
        for language in LANGUAGES:
            self.page.locator(f"#desk-form [name={language}-note]").fill(NOTE[language])

    def answers(self, guide: Guide, language: str, button: str, reason: str = "") -> None:
        self.opens(guide, f"review/{language}/")
        if reason:
            self.page.locator("[name=reason]").fill(reason)
        self.presses(button)
        expect(self.page.locator(".messagelist")).to_be_visible()


def a_picture() -> dict[str, Any]:
    made = io.BytesIO()
    Image.new("RGB", (640, 360), "#dde").save(made, "PNG")
    return {"name": "menu.png", "mimeType": "image/png", "buffer": made.getvalue()}


def adds_a_picture(writer: Colleague) -> None:
    page = writer.page
    page.goto("/admin/guides/picture/add/")
    page.locator("[name=file]").set_input_files(a_picture())
    for language in LANGUAGES:
        page.locator(f"[name='alt_{language}']").fill(ALT[language])
    page.locator("[name=taken_on]").fill("2026-11-08")
    writer.can_use_the_page()
    page.locator("[name=_save]").click()
    expect(page.locator(".messagelist")).to_be_visible()


def writes(writer: Colleague, guide: Guide) -> None:
    """Both languages of one paragraph, and the picture below it by the toolbar."""
    writer.opens(guide)
    writer.can_use_the_page()
    for language in LANGUAGES:
        block = writer.block(language, 1)
        block.fill(block.input_value() + NEW[language])
    writer.says_why()
    if guide.slug == FIRST:
        writer.block("zh-hans", 1).focus()
        writer.page.locator("[data-chooses=picture]").click()
        writer.page.locator(".desk-choices button").first.click()
    writer.presses("Send for review")
    writer.is_told("was sent for review.")


def test_from_a_draft_to_readers_and_back(visit: Visit, settings: Any) -> None:
    settings.EDITORIAL_FOUR_EYES = True
    first, second = Guide.objects.get(slug=FIRST), Guide.objects.get(slug=SECOND)
    writer, reviewer, publisher = (
        Colleague(visit, role) for role in ("writer", "reviewer", "publisher")
    )

    # Written, with a picture, in both languages; sent back once.
    adds_a_picture(writer)
    for guide in (first, second):
        writes(writer, guide)
    reviewer.page.goto("/admin/")
    expect(reviewer.page.locator("main, #content").first).to_contain_text(title_of(first))
    reviewer.can_use_the_page()
    reviewer.answers(first, "en", "Send back", "Say who may help.")
    writer.opens(first)
    expect(writer.page.locator("#content")).to_contain_text("Say who may help.")
    block = writer.block("en", 1)
    block.fill(block.input_value().replace("software", "a service"))
    writer.presses("Send for review")
    writer.is_told("was sent for review.")
    for guide in (first, second):
        for language in LANGUAGES:
            reviewer.answers(guide, language, "Approve")

    # Released together at a time, two guides in two languages.
    publisher.page.goto("/admin/guides/release/add/")
    publisher.page.locator("[name=name]").fill("Shorter clauses")
    publisher.presses("Begin a release")
    page = publisher.page
    boxes = page.locator("[name=add]")
    expect(boxes).to_have_count(4)
    for box in boxes.all():
        box.check()
    day = timezone.localdate() + datetime.timedelta(days=2)
    page.locator("[name=day]").fill(day.isoformat())
    page.locator("[name=time]").fill("09:00")
    publisher.presses("Give it this time")
    publisher.is_told("09:00")
    publisher.can_use_the_page()
    assert MENDED not in what_readers_get(first, "en")
    Release.objects.update(publish_at=timezone.now() - datetime.timedelta(seconds=1))
    tick()

    # Read by a visitor.
    reader = visit("en")
    for guide in (first, second):
        for language in LANGUAGES:
            reader.goto(f"/{language}/guides/{guide.slug}/")
            wanted = MENDED if (guide, language) == (first, "en") else NEW[language].strip()
            expect(reader.locator("main")).to_contain_text(wanted)
            assert not found_by_axe(reader)
    reader.goto(f"/en/guides/{FIRST}/")
    picture = reader.locator(".picture img")
    picture.scroll_into_view_if_needed()
    expect(picture).to_have_attribute("alt", ALT["en"])
    reader.wait_for_function("document.querySelector('.picture img').naturalWidth === 640")

    # The source goes on; its translation is behind, and is matched.
    writer.opens(first)
    block = writer.block("zh-hans", 1)
    block.fill(block.input_value().replace("就去授权", "去后台授权"))
    writer.presses("Save draft", "#desk-form")
    writer.is_told("saved")
    sign = writer.page.locator(".desk-sign")
    expect(sign).to_have_count(1)
    writer.can_use_the_page()
    writer.presses("Mark as matched")
    expect(writer.page.locator(".desk-sign")).to_have_count(0)
    assert MENDED in what_readers_get(first, "en")

    # And what was there before comes back as a new draft.
    writer.opens(first, "revisions/zh-hans/1/")
    writer.presses("Restore as a draft")
    writer.is_told("has the text of revision 1")
    edition = Edition.objects.get(guide=first, language="zh-hans")
    assert edition.latest.body == edition.revisions.get(number=1).body


def what_readers_get(guide: Guide, language: str) -> str:
    """The second block of the live text."""
    body = Edition.objects.get(guide=guide, language=language).live.revision.body
    return [line for line in body.split("\n") if line][1]


def title_of(guide: Guide) -> str:
    return Edition.objects.get(guide=guide, language="en").latest.title

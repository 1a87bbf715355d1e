"""Adding files: chosen, dropped or pasted, each for itself."""

from __future__ import annotations

import base64
import re
from typing import Any

import pytest
from playwright.sync_api import Dialog, Route, expect

from appeals import actions
from appeals.models import Case, Consent, Evidence
from tests.appeals.evidence.files import archive, picture
from tests.example_case import make_example

from .checks import faults_of_layout
from .conftest import Visit
from .states import in_each_language
from .uploading import Seller, how, payload, pdf

PNG = picture("PNG", (60, 40))


@pytest.fixture
def case(site: str) -> Case:
    """A case whose files are those of the test alone."""
    example = make_example()
    actions.consents.give(by=example.owner, language="en")
    return example.fresh


@in_each_language
def test_of_several_each_is_told_what_became_of_it(visit: Visit, case: Case, language: str) -> None:
    first = Seller(visit, case, language)
    first.choose(pdf("first.pdf"))
    first.then_it_is("kept", "first.pdf")
    seller = Seller(visit, case, language)

    seller.choose(pdf("again.pdf"), payload("notes.txt", b"only words"), pdf("other.pdf", 20))

    seller.then_it_is("same", "again.pdf", "Open it")
    expect(seller.row("again.pdf").get_by_role("link")).to_have_attribute(
        "href", re.compile(str(Evidence.objects.get(original_name="first.pdf").code))
    )
    expect(seller.row("notes.txt").locator(".taken-why")).to_have_text(how("text", language))
    seller.then_it_is("kept", "other.pdf", "Kept, exactly as it is.")
    seller.then_it_counts(
        seller.say("Saved: %(done)s of %(all)s.", done=2, all=3),
        seller.say("Not saved: %(count)s.", count=1),
    )
    assert seller.names() == ["first.pdf", "other.pdf"]
    assert not faults_of_layout(seller.page, in_dark=language == "zh-hans")

    seller.page.get_by_role("link", name=seller.say("Say what each shows")).click()
    expect(seller.page.locator("h1")).to_have_text(seller.say("Say what this file shows"))
    expect(seller.page.locator(".file-box img")).to_have_js_property("complete", True)
    assert not faults_of_layout(seller.page)


@pytest.mark.parametrize("width", [390, 320])
def test_a_phone_has_room_for_every_state(visit: Visit, case: Case, width: int) -> None:
    seller = Seller(visit, case, "zh-hans", width)
    held = seller.hold_what_is_sent()
    long_name = "a-very-long-name-of-a-payment-receipt-from-the-bank-2018-05-03-final.pdf"

    seller.choose(pdf(long_name), pdf("b.pdf", 20), pdf("c.pdf", 30), payload("d.txt", b"words"))
    seller.then_it_is("sending", long_name)
    expect(seller.row("c.pdf")).to_have_attribute("data-state", "waiting")
    assert not faults_of_layout(seller.page, in_dark=True)

    seller.press("Cancel", "c.pdf")
    held[0].abort()
    seller.then_it_is("broken", long_name)
    assert not faults_of_layout(seller.page, in_dark=True)


def dropped(seller: Seller, event: str, name: str, data: bytes) -> None:
    transfer = seller.page.evaluate_handle(
        """([name, data]) => {
          const bytes = Uint8Array.from(atob(data), (letter) => letter.charCodeAt(0));
          const transfer = new DataTransfer();
          transfer.items.add(new File([bytes], name, { type: "image/png" }));
          return transfer;
        }""",
        [name, base64.b64encode(data).decode()],
    )
    seller.page.dispatch_event("[data-dropbox]", event, {"dataTransfer": transfer})


def test_a_file_is_dropped(visit: Visit, case: Case) -> None:
    seller = Seller(visit, case)

    dropped(seller, "dragover", "dropped.png", PNG)
    expect(seller.page.locator("[data-dropbox]")).to_have_class(re.compile("is-over"))
    dropped(seller, "drop", "dropped.png", PNG)

    seller.then_it_is("kept", "dropped.png")
    expect(seller.page.locator("[data-dropbox]")).not_to_have_class(re.compile("is-over"))
    assert seller.names() == ["dropped.png"]


def test_a_folder_that_is_dropped_is_said_to_be_one(visit: Visit, case: Case) -> None:
    seller = Seller(visit, case)

    # A browser hands folders only to a hand.
    seller.page.evaluate(
        """() => {
          const event = new Event("drop", { bubbles: true, cancelable: true });
          const item = { kind: "file", webkitGetAsEntry: () => ({ isDirectory: true }) };
          const files = [new File([], "receipts")];
          event.dataTransfer = { types: ["Files"], items: [item], files };
          document.body.dispatchEvent(event);
        }"""
    )

    words = "This is a folder, so it was not saved. Open it and choose the files in it."
    seller.then_it_is("refused", "receipts", words)
    assert seller.names() == []


def test_a_screenshot_is_pasted_and_gets_a_name(visit: Visit, case: Case) -> None:
    seller = Seller(visit, case)

    seller.page.evaluate(
        """(data) => {
          const bytes = Uint8Array.from(atob(data), (letter) => letter.charCodeAt(0));
          const clipboardData = new DataTransfer();
          clipboardData.items.add(new File([bytes], "image.png", { type: "image/png" }));
          document.dispatchEvent(new ClipboardEvent("paste", { clipboardData, bubbles: true }));
        }""",
        base64.b64encode(PNG).decode(),
    )

    seller.then_it_is("kept", "screenshot-")
    (name,) = seller.names()
    assert re.fullmatch(r"screenshot-\d{8}-\d{6}\.png", name)


def test_two_travel_at_once_and_leaving_then_asks(visit: Visit, case: Case) -> None:
    seller = Seller(visit, case)
    held = seller.hold_what_is_sent()
    asked: list[str] = []

    def stay(dialog: Dialog) -> None:
        asked.append(dialog.type)
        dialog.dismiss()

    seller.choose(pdf("a.pdf", 10), pdf("b.pdf", 20), pdf("c.pdf", 30))
    seller.then_it_is("waiting", "c.pdf", "Waits for its turn")
    seller.then_it_counts("Saved: 0 of 3.", "Being sent, or waiting: 3.")
    assert len(held) == 2
    seller.page.on("dialog", stay)
    seller.page.locator(".crumbs a").first.click(no_wait_after=True)
    expect(seller.row("a.pdf")).to_be_visible()
    for route in held[:2]:
        route.continue_()
    seller.then_it_is("kept", "a.pdf")
    seller.then_it_is("kept", "b.pdf")
    seller.page.wait_for_timeout(100)
    held[2].continue_()
    seller.then_it_is("kept", "c.pdf")

    assert asked == ["beforeunload"]
    assert seller.names() == ["a.pdf", "b.pdf", "c.pdf"]
    seller.page.locator(".crumbs a").first.click()
    seller.page.wait_for_url(re.compile("/appeals/$"))
    assert asked == ["beforeunload"]


@in_each_language
def test_what_is_too_large_does_not_travel(
    visit: Visit, case: Case, language: str, settings: Any
) -> None:
    settings.EVIDENCE_FILE_LIMIT = 2**20
    seller = Seller(visit, case, language)
    held = seller.hold_what_is_sent()

    seller.choose(payload("large.pdf", b"%PDF-1.7\n" + bytes(3 * 2**19)))

    seller.then_it_is(
        "refused",
        "large.pdf",
        "This file is %(size)s; the limit is %(limit)s. Download or scan a smaller original.",
        size="1.5\N{NO-BREAK SPACE}MB",
        limit="1.0\N{NO-BREAK SPACE}MB",
    )
    assert held == []


OTHER_TYPES = {
    "heic": ("IMG_0012.HEIC", b"\0\0\0\x18ftypheic" + bytes(200_000)),
    "word": ("letter.docx", archive("word/document.xml")),
    "email": ("mail.eml", b"Received: from a\r\nMIME-Version: 1.0\r\n\r\nHello"),
    "zip": ("papers.zip", archive("a.txt")),
}


@in_each_language
def test_other_types_are_told_how_to_hand_them_in(visit: Visit, case: Case, language: str) -> None:
    seller = Seller(visit, case, language)
    sizes: list[int] = []

    def measure(route: Route) -> None:
        sizes.append(len(route.request.post_data_buffer or b""))
        route.continue_()

    seller.route(measure)
    seller.choose(*(payload(name, data) for name, data in OTHER_TYPES.values()))

    for kind, (name, _data) in OTHER_TYPES.items():
        seller.then_it_is("refused", name)
        expect(seller.row(name)).to_contain_text(how(kind, language))
    assert len(sizes) == 4
    assert max(sizes) < 80_000  # the beginning and the end are enough
    assert seller.names() == []


def test_a_full_case_is_said_with_its_limits(visit: Visit, case: Case, settings: Any) -> None:
    settings.EVIDENCE_CASE_LIMIT = 500
    seller = Seller(visit, case)
    expect(seller.page.locator("[data-room]")).to_contain_text("0\N{NO-BREAK SPACE}bytes of 500")

    seller.choose(pdf("a.pdf", 10))
    seller.then_it_is("kept", "a.pdf")
    expect(seller.page.locator("[data-room]")).not_to_contain_text("0\N{NO-BREAK SPACE}bytes of")
    seller.choose(pdf("b.pdf", 20))

    seller.then_it_is("refused", "b.pdf")
    expect(seller.row("b.pdf")).to_contain_text(re.compile(r"This case holds \d+\sbytes of 500"))
    assert seller.names() == ["a.pdf"]


def test_the_first_file_waits_for_consent_and_needs_not_be_chosen_again(
    visit: Visit, case: Case
) -> None:
    Consent.objects.all().delete()
    seller = Seller(visit, case)

    seller.choose(pdf())
    seller.then_it_is("waiting", "receipt.pdf", "Waits until you tick the box above")
    assert seller.names() == []
    seller.page.locator("[name=consent]").check()

    seller.then_it_is("kept", "receipt.pdf")
    assert Consent.objects.get().user == case.owner


def test_one_that_was_kept_by_mistake_is_removed(visit: Visit, case: Case) -> None:
    seller = Seller(visit, case)
    seller.choose(pdf("right.pdf", 10), pdf("wrong.pdf", 20))
    seller.then_it_is("kept", "right.pdf")
    seller.then_it_is("kept", "wrong.pdf")

    seller.row("wrong.pdf").get_by_role("link", name="Remove wrong.pdf").click()
    seller.page.locator("main form button").click()

    expect(seller.page.locator(".exhibit-rows li")).to_have_count(1)
    assert seller.names() == ["right.pdf"]


def test_what_was_chosen_before_the_script_came_is_taken(visit: Visit, case: Case) -> None:
    seller = Seller(visit, case)
    slow: list[Route] = []
    seller.page.route(re.compile(r"/upload[.\w]*\.js$"), lambda route: slow.append(route))
    seller.page.reload(wait_until="commit")
    seller.choose(pdf())
    seller.page.wait_for_timeout(200)
    slow[0].continue_()

    seller.then_it_is("kept", "receipt.pdf")


def test_the_keyboard_is_enough(visit: Visit, case: Case) -> None:
    seller = Seller(visit, case)
    page = seller.page
    choose = page.get_by_role("button", name="Choose files")

    choose.focus()
    with page.expect_file_chooser() as chooser:
        page.wait_for_timeout(200)  # until the browser knows that it is to hand the dialog over
        page.keyboard.press("Enter")
    chooser.value.set_files([payload("notes.txt", b"words"), payload("more.txt", b"more words")])
    seller.then_it_is("refused", "notes.txt")
    seller.then_it_is("refused", "more.txt")
    page.keyboard.press("Tab")
    expect(seller.row("notes.txt").get_by_role("button")).to_be_focused()
    page.keyboard.press("Enter")

    expect(seller.row("notes.txt")).to_have_count(0)
    expect(seller.row("more.txt")).to_be_focused()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(choose).to_be_focused()
    seller.then_it_counts()


@in_each_language
def test_without_scripts_the_form_sends_all_of_them(
    visit: Visit, case: Case, language: str
) -> None:
    seller = Seller(visit, case, language, java_script_enabled=False)
    for words in ("Choose files", "Or drop them here.", "Took a screenshot? Paste it (Ctrl+V)."):
        expect(seller.page.get_by_text(seller.say(words))).not_to_be_visible()

    seller.choose(pdf("a.pdf", 10), payload("notes.txt", b"only words"), pdf("b.pdf", 20))
    seller.page.get_by_role("button", name=seller.say("Keep these files")).click()

    expect(seller.page.locator(".taken .is-ready")).to_have_count(2)
    expect(seller.page.locator(".taken .is-refused")).to_contain_text("notes.txt")
    assert seller.names() == ["a.pdf", "b.pdf"]
    seller.choose(pdf("c.pdf", 30))
    seller.page.get_by_role("button", name=seller.say("Keep these files")).click()
    expect(seller.page.locator("h1")).to_have_text(seller.say("Say what this file shows"))


def test_what_cannot_be_drawn_is_shown_by_its_type(
    visit: Visit, case: Case, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("appeals.evidence.handing_out.DRAW", ("/bin/true",))
    seller = Seller(visit, case)
    seller.choose(pdf())
    seller.then_it_is("kept", "receipt.pdf")

    seller.row("receipt.pdf").get_by_role("link").first.click()

    expect(seller.page.locator(".file-type")).to_have_text("PDF")
    expect(seller.page.locator(".file-box img")).to_have_count(0)

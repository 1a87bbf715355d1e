"""Adding files: chosen, dropped or pasted, each for itself, through whatever goes wrong."""

from __future__ import annotations

import base64
import re
from collections.abc import Callable
from typing import Any

import pytest
from django.conf import settings as django_settings
from django.utils.translation import override
from playwright.sync_api import Dialog, Locator, Page, Route, expect

from appeals import actions
from appeals.evidence import children
from appeals.evidence.refusals import EvidenceRefused, message
from appeals.models import Case, Consent, Evidence
from tests.appeals.evidence.files import archive, paper, picture
from tests.example_case import make_example

from .checks import faults_of_layout, found_by_axe
from .conftest import Visit, session_cookie
from .states import in_each_language
from .words import say

Payload = dict[str, Any]
#: Where the form is sent to, and nothing else on the page.
SENT_TO = re.compile(r"/evidence/new/")
PNG = picture("PNG", (60, 40))


@pytest.fixture
def case(site: str) -> Case:
    """A case whose files are those of the test alone."""
    example = make_example()
    actions.consents.give(by=example.owner, language="en")
    return example.fresh


def pdf(name: str = "receipt.pdf", width: int = 10) -> Payload:
    """Another width is another file."""
    return payload(name, paper(content=b"0 0 %d 10 re f" % width))


def payload(name: str, data: bytes) -> Payload:
    return {"name": name, "mimeType": "", "buffer": data}


def how(kind: str, language: str) -> str:
    """How to hand in what is not kept as it is."""
    with override(language):
        return message(EvidenceRefused("type", type=kind))


class Seller:
    """Somebody with the page open on which files are added."""

    def __init__(
        self, visit: Visit, case: Case, language: str = "en", width: int = 1280, **changes: Any
    ) -> None:
        self.case, self.language = case, language
        changes = {"scripts_may_fail": True} | changes
        self.page: Page = visit(language, width, person=case.owner, **changes)
        self.open()

    def open(self) -> None:
        self.page.goto(f"/{self.language}/appeals/{self.case.code}/evidence/new/")

    def choose(self, *files: Payload) -> None:
        self.page.locator("[name=files]").set_input_files(list(files))

    def row(self, name: str) -> Locator:
        return self.page.locator(".upload").filter(has_text=name)

    def press(self, words: str, name: str) -> None:
        self.row(name).get_by_role("button", name=self.say(words)).press("Enter")

    def say(self, words: str, /, **values: Any) -> str:
        return say(self.language, words, **values)

    def then_it_is(self, state: str, name: str, words: str = "", **values: Any) -> None:
        expect(self.row(name)).to_have_attribute("data-state", state)
        if words:
            expect(self.row(name)).to_contain_text(self.say(words, **values))

    def then_it_counts(self, *sentences: str) -> None:
        expect(self.page.locator("form [role=status]")).to_have_text(" ".join(sentences))

    def names(self) -> list[str]:
        kept = Evidence.objects.filter(case=self.case).order_by("original_name")
        return list(kept.values_list("original_name", flat=True))

    def route(self, handle: Callable[[Route], None], times: int | None = None) -> None:
        """What becomes of files that are sent; the page itself comes as ever."""

        def sent(route: Route) -> None:
            if route.request.method == "POST":
                handle(route)
            else:
                route.fallback()

        self.page.route(SENT_TO, sent, times=times)

    def hold_what_is_sent(self) -> list[Route]:
        held: list[Route] = []
        self.route(held.append)
        return held

    def let_through(self) -> None:
        self.page.unroute(SENT_TO)


BROKEN = "Not saved: the connection broke off. The file is still on this page; send it again."
OFFLINE = (
    "Not saved: you are offline. The file is still on this page and is sent when you reconnect."
)
AT_A_BUSY_TIME = (
    "The site is busy, so this is not saved yet. It is sent again in %(seconds)s seconds, by "
    "itself."
)
SIGNED_OUT = "You were signed out. Sign in to return here; what was saved is safe."


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


def test_one_is_cancelled_and_sent_after_all(visit: Visit, case: Case) -> None:
    seller = Seller(visit, case)
    seller.hold_what_is_sent()

    seller.choose(pdf())
    seller.then_it_is("sending", "receipt.pdf")
    seller.press("Cancel", "receipt.pdf")

    seller.then_it_is("cancelled", "receipt.pdf", "Cancelled, so it was not saved.")
    expect(seller.row("receipt.pdf").get_by_role("button", name="Send again")).to_be_focused()
    assert seller.names() == []
    seller.let_through()
    seller.press("Send again", "receipt.pdf")
    seller.then_it_is("kept", "receipt.pdf")
    expect(seller.row("receipt.pdf")).to_be_focused()
    assert seller.names() == ["receipt.pdf"]


@in_each_language
def test_a_broken_connection_costs_one_file_a_second_try(
    visit: Visit, case: Case, language: str
) -> None:
    seller = Seller(visit, case, language)
    seller.route(lambda route: route.abort(), times=1)

    seller.choose(pdf("a.pdf", 10), pdf("b.pdf", 20), pdf("c.pdf", 30))

    seller.then_it_is("kept", "c.pdf")
    broken = seller.page.locator(".upload[data-state=broken]")
    expect(broken).to_have_count(1)
    expect(broken).to_contain_text(seller.say(BROKEN))
    assert len(seller.names()) == 2
    assert not found_by_axe(seller.page)
    broken.get_by_role("button", name=seller.say("Send again")).click()
    seller.then_it_counts(seller.say("Saved: %(done)s of %(all)s.", done=3, all=3))
    assert seller.names() == ["a.pdf", "b.pdf", "c.pdf"]


@in_each_language
def test_without_a_network_it_waits_and_goes_by_itself(
    visit: Visit, case: Case, language: str
) -> None:
    seller = Seller(visit, case, language)
    seller.page.wait_for_load_state("networkidle")
    seller.page.context.set_offline(True)

    seller.choose(pdf())
    seller.then_it_is("broken", "receipt.pdf", OFFLINE)
    assert seller.names() == []
    seller.page.context.set_offline(False)

    seller.then_it_is("kept", "receipt.pdf")
    assert seller.names() == ["receipt.pdf"]


def test_an_answer_that_was_lost_is_no_second_file(visit: Visit, case: Case) -> None:
    seller = Seller(visit, case)

    def lose_the_answer(route: Route) -> None:
        route.fetch()
        route.abort()

    seller.route(lose_the_answer, times=1)
    seller.choose(pdf())
    seller.then_it_is("broken", "receipt.pdf", BROKEN)
    seller.press("Send again", "receipt.pdf")

    seller.then_it_is("same", "receipt.pdf", "Open it")
    seller.then_it_counts("Saved: 1 of 1.")
    assert seller.names() == ["receipt.pdf"]


@pytest.mark.parametrize("is_token_gone", [False, True], ids=["session", "session and token"])
@in_each_language
def test_whoever_was_signed_out_loses_no_file(
    visit: Visit, case: Case, site: str, language: str, is_token_gone: bool
) -> None:
    seller = Seller(visit, case, language)
    context = seller.page.context
    context.clear_cookies(name=django_settings.SESSION_COOKIE_NAME)
    if is_token_gone:
        context.clear_cookies(name=django_settings.CSRF_COOKIE_NAME)

    seller.choose(pdf("a.pdf", 10), pdf("b.pdf", 20), pdf("c.pdf", 30))

    seller.then_it_is("signed-out", "a.pdf", SIGNED_OUT)
    seller.then_it_is("waiting", "c.pdf")
    sign_in = seller.row("a.pdf").get_by_role("link")
    expect(sign_in).to_have_attribute("href", re.compile(r"/account/login/\?next=.*evidence/new"))
    expect(sign_in).to_have_attribute("target", "_blank")
    assert seller.names() == []
    assert not found_by_axe(seller.page)
    # Signing in has its own journey; what is left is to come back to this window.
    context.add_cookies([session_cookie(case.owner, site)])
    seller.page.evaluate("dispatchEvent(new Event('focus'))")

    seller.then_it_counts(seller.say("Saved: %(done)s of %(all)s.", done=3, all=3))
    assert seller.names() == ["a.pdf", "b.pdf", "c.pdf"]


def test_at_a_busy_time_it_goes_again_by_itself(visit: Visit, case: Case) -> None:
    seller = Seller(visit, case)
    # As the server answers before it hands anything to the site.
    busy = {"status": 503, "headers": {"Retry-After": "2"}, "body": "Many uploads right now."}
    seller.route(lambda route: route.fulfill(**busy), times=1)

    seller.choose(pdf())

    seller.then_it_is("busy", "receipt.pdf", AT_A_BUSY_TIME, seconds=2)
    seller.then_it_is("kept", "receipt.pdf")
    assert seller.names() == ["receipt.pdf"]


def test_where_checking_has_no_turn_it_can_be_sent_at_once(
    visit: Visit, case: Case, monkeypatch: pytest.MonkeyPatch
) -> None:
    seller = Seller(visit, case)
    with monkeypatch.context() as busy, children.turn(), children.turn():
        busy.setattr(children, "PATIENCE", 0.05)
        seller.choose(pdf())
        seller.then_it_is("busy", "receipt.pdf", AT_A_BUSY_TIME, seconds=5)

    seller.press("Send again", "receipt.pdf")

    seller.then_it_is("kept", "receipt.pdf")


def test_a_fault_of_the_site_keeps_the_file_on_the_page(visit: Visit, case: Case) -> None:
    seller = Seller(visit, case)
    seller.route(lambda route: route.fulfill(status=500, body="<h1>Oh</h1>"), times=1)

    seller.choose(pdf())

    words = (
        "Sorry, this file was not saved because something failed on our side. It is still on this "
        "page; send it again in a while."
    )
    seller.then_it_is("failed", "receipt.pdf", words)
    seller.press("Send again", "receipt.pdf")
    seller.then_it_is("kept", "receipt.pdf")


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


def test_what_was_chosen_before_the_script_came_is_taken(visit: Visit, case: Case) -> None:
    seller = Seller(visit, case)
    slow: list[Route] = []
    seller.page.route(re.compile(r"/upload[.\w]*\.js$"), slow.append)
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

    seller.row("receipt.pdf").get_by_role("link").click()

    expect(seller.page.locator(".file-type")).to_have_text("PDF")
    expect(seller.page.locator(".file-box img")).to_have_count(0)

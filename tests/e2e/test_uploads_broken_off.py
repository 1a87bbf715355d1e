"""Files on their way, and whatever goes wrong there: none is lost, and none kept twice."""

from __future__ import annotations

import re

import pytest
from django.conf import settings as django_settings
from playwright.sync_api import Route, expect

from appeals import actions
from appeals.models import Case
from guides import children
from tests.example_case import make_example

from .checks import found_by_axe
from .conftest import Visit, session_cookie
from .states import in_each_language
from .uploading import Seller, pdf

BROKEN = "Not saved: the connection broke off. The file is still on this page; send it again."
OFFLINE = (
    "Not saved: you are offline. The file is still on this page and is sent when you reconnect."
)
AT_A_BUSY_TIME = (
    "The site is busy, so this is not saved yet. It is sent again in %(seconds)s seconds, by "
    "itself."
)
SIGNED_OUT = "You were signed out. Sign in to return here; what was saved is safe."


@pytest.fixture
def case(site: str) -> Case:
    """A case whose files are those of the test alone."""
    example = make_example()
    actions.consents.give(by=example.owner, language="en")
    return example.fresh


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

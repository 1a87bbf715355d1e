"""An impatient hand: two clicks where one was meant."""

from __future__ import annotations

from playwright.sync_api import expect

from appeals.models import Case
from tests import factories

from .conftest import Visit

TWO_CLICKS = """
() => {
  const button = document.querySelector("main form button[type=submit]");
  button.click();
  setTimeout(() => button.click(), 20);
}
"""


def test_two_clicks_send_a_form_once(visit: Visit) -> None:
    owner = factories.make_user(email="impatient@example.com")
    page = visit("en", person=owner)
    page.goto("/en/appeals/new/")
    page.locator("[name=notice_on]").fill("2018-09-12")
    page.locator("[name=store]").fill("My shop US")
    sent: list[str] = []
    page.on("request", lambda one: sent.append(one.url) if one.method == "POST" else None)

    page.evaluate(TWO_CLICKS)

    expect(page.get_by_role("heading", level=1)).to_have_text("My shop US")
    assert len(sent) == 1
    assert Case.objects.filter(owner=owner).count() == 1

"""An impatient hand: two clicks where one was meant."""

from __future__ import annotations

from playwright.sync_api import expect

from appeals.models import Case
from tests import factories

from .conftest import Visit


def test_two_clicks_open_one_case(visit: Visit) -> None:
    owner = factories.make_user(email="impatient@example.com")
    page = visit("en", person=owner)
    page.goto("/en/appeals/new/")
    page.locator("[name=notice_on]").fill("2018-09-12")
    page.locator("[name=store]").fill("My shop US")

    page.locator("main form button[type=submit]").dblclick()

    expect(page.get_by_role("heading", level=1)).to_have_text("My shop US")
    assert Case.objects.filter(owner=owner).count() == 1

"""Signing in, where one lands, what is said when it fails, and signing out."""

from __future__ import annotations

import uuid
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from config.people import make_account
from guides.models import User

from .conftest import PASSWORD


@pytest.fixture
def person(db: None) -> User:
    return make_account("person@example.com", PASSWORD, language="en")


@pytest.fixture
def staff(db: None) -> User:
    return make_account("staff@example.com", PASSWORD, is_staff=True, is_superuser=True)


def sign_in(client: Client, person: User, path: str = "/en/account/login/", **more: str) -> Any:
    return client.post(path, {"login": person.email, "password": PASSWORD, **more})


def test_it_lands_on_the_cases(client: Client, person: User) -> None:
    assert sign_in(client, person).url == "/en/appeals/"


def test_the_address_may_be_written_in_capitals(client: Client, person: User) -> None:
    answer = client.post(
        "/en/account/login/", {"login": "Person@Example.com", "password": PASSWORD}
    )

    assert answer.url == "/en/appeals/"


def test_it_leads_back_to_where_one_was(client: Client, person: User) -> None:
    turned_away = client.get("/en/appeals/new/?a=1")

    assert turned_away.url == "/en/account/login/?next=/en/appeals/new/%3Fa%3D1"
    page = client.get(turned_away.url)
    assert 'name="next" value="/en/appeals/new/?a=1"' in page.text
    assert "You were signed out" not in page.text
    assert "/en/account/signup/?next=" in page.text
    # The language switch keeps it as well.
    assert "/zh-hans/account/login/?next=/en/appeals/new/" in page.text
    assert sign_in(client, person, next="/en/appeals/new/?a=1").url == "/en/appeals/new/?a=1"


@pytest.mark.parametrize(
    "target",
    ["https://evil.example/", "//evil.example/x", "/\\evil.example", "javascript:alert(1)"],
)
def test_it_leads_nowhere_else(client: Client, person: User, target: str) -> None:
    assert sign_in(client, person, next=target).url == "/en/appeals/"
    client.logout()
    assert sign_in(client, person, f"/en/account/login/?next={target}").url == "/en/appeals/"


def test_another_name_of_the_machine_is_elsewhere(client: Client, person: User) -> None:
    assert sign_in(client, person, next="http://localhost/x").url == "/en/appeals/"


def test_a_wrong_password_is_told_without_saying_which_was_wrong(
    client: Client, person: User
) -> None:
    said = []
    for login in (person.email, "nobody@example.com"):
        page = client.post("/en/account/login/", {"login": login, "password": "wrong-password"})
        assert f'value="{login}"' in page.text
        assert "wrong-password" not in page.text
        said.append("Address and password do not match." in page.text)

    assert said == [True, True]


def test_after_five_wrong_ones_it_asks_to_wait(client: Client, person: User) -> None:
    for _time in range(5):
        client.post("/en/account/login/", {"login": person.email, "password": "wrong-password"})

    page = sign_in(client, person)

    assert "Too many attempts with this address." in page.text


def test_too_many_requests_get_a_page_with_a_way_on(
    client: Client, db: None, settings: Any
) -> None:
    settings.ACCOUNT_RATE_LIMITS = {"login": "1/m/ip"}
    client.post("/en/account/login/", {"login": "a@example.com", "password": "x"})

    page = client.post("/en/account/login/", {"login": "a@example.com", "password": "x"})

    assert page.status_code == 429
    assert "Too many attempts" in page.text
    assert "Wait five minutes, then try again." in page.text


def test_a_closed_account_stays_out(client: Client, person: User) -> None:
    User.objects.update(is_active=False)

    answer = sign_in(client, person)

    assert answer.url == "/en/account/inactive/"
    assert "This account is closed" in client.get(answer.url).text
    assert client.get("/en/account/").status_code == 302


def test_a_secret_in_the_place_of_the_address_is_refused(client: Client, db: None) -> None:
    token = f"amzn.mws.{uuid.UUID(int=2**127)}"

    page = client.post("/en/account/login/", {"login": token, "password": "x"})

    assert "an MWS authorization token" in page.text


class TestWhenItRanOut:
    def test_a_forgotten_session_says_so(self, client: Client, person: User) -> None:
        sign_in(client, person)
        client.session.flush()

        turned_away = client.get("/en/appeals/new/")

        assert turned_away.url == "/en/account/login/?next=/en/appeals/new/&expired=1"
        assert "what was saved is safe" in client.get(turned_away.url).text

    def test_a_form_leads_back_to_its_page(self, client: Client, db: None) -> None:
        answer = client.post(
            reverse("appeals:case-create"),
            {"store": "x"},
            headers={"referer": "http://testserver/en/appeals/new/?step=2"},
        )

        assert answer.url.endswith("?next=/en/appeals/new/%3Fstep%3D2&expired=1")

    def test_the_page_of_another_site_is_not_one(self, client: Client, db: None) -> None:
        answer = client.post(
            "/en/appeals/new/", headers={"referer": "https://evil.example/en/appeals/"}
        )

        assert answer.url == "/en/account/login/?next=/en/appeals/new/&expired=1"


class TestTheDesk:
    def test_it_has_no_sign_in_of_its_own(self, client: Client, db: None) -> None:
        first = client.get("/admin/", follow=True)

        assert first.redirect_chain[-1][0].endswith("/account/login/?next=/admin/")
        assert 'name="next" value="/admin/"' in first.text

    def test_staff_land_there(self, client: Client, staff: User) -> None:
        assert sign_in(client, staff, next="/admin/").url == "/admin/"
        assert client.get("/admin/").status_code == 200
        assert client.get("/admin/login/?next=/admin/guides/").url == "/admin/guides/"
        assert client.get("/admin/login/?next=https://evil.example/").url == "/admin/"

    def test_others_are_told_that_they_may_not(self, client: Client, person: User) -> None:
        sign_in(client, person)

        assert client.get("/admin/login/").status_code == 403


class TestSigningOut:
    def test_it_asks_first_and_ends_the_session(self, client: Client, person: User) -> None:
        sign_in(client, person)

        assert client.get("/en/account/logout/").status_code == 200
        assert client.get("/en/account/").status_code == 200
        answer = client.post("/en/account/logout/")
        assert answer.url == "/en/"
        assert client.get("/en/account/").status_code == 302

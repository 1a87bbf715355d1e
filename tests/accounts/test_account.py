"""The account's own pages: language and zone, the address; none of it in a cache."""

from __future__ import annotations

from typing import Any

import pytest
from allauth.account.models import EmailAddress
from django.core import mail
from django.test import Client
from django.utils import timezone

from config.middleware import own_time
from config.people import make_account
from guides.models import User

from .conftest import PASSWORD, link_in_mail

PAGES = [
    "login/",
    "signup/",
    "password/reset/",
    "password/reset/done/",
    "password/reset/key/done/",
    "password/reset/key/1-nonsense/",
    "confirm-email/",
    "confirm-email/nonsense/",
    "inactive/",
]
OWN_PAGES = ["", "email/", "password/change/", "logout/", "reauthenticate/"]


@pytest.fixture
def person(db: None) -> User:
    return make_account("person@example.com", PASSWORD, language="en")


@pytest.fixture
def as_person(client: Client, person: User) -> Client:
    client.post("/en/account/login/", {"login": person.email, "password": PASSWORD})
    return client


def check(page: Any, language: str) -> None:
    assert page.status_code == 200
    assert f'<html lang="{language}">' in page.text
    assert page.text.count("<h1>") == 1
    assert "no-store" in page.headers["Cache-Control"]
    assert page.headers["Referrer-Policy"] == "same-origin"
    assert "style=" not in page.text


@pytest.mark.parametrize("path", PAGES)
def test_pages_for_strangers(db: None, client: Client, path: str) -> None:
    check(client.get(f"/zh-hans/account/{path}"), "zh-Hans")
    check(client.get(f"/en/account/{path}"), "en")


@pytest.mark.parametrize("path", OWN_PAGES)
def test_own_pages(as_person: Client, path: str) -> None:
    check(as_person.get(f"/zh-hans/account/{path}"), "zh-Hans")
    check(as_person.get(f"/en/account/{path}"), "en")


@pytest.mark.parametrize("path", ["", "email/", "password/change/", "reauthenticate/"])
def test_own_pages_are_not_for_strangers(db: None, client: Client, path: str) -> None:
    assert client.get(f"/en/account/{path}").url.startswith("/en/account/login/?next=")


class TestLanguageAndZone:
    def test_it_saves_both_and_goes_on_in_that_language(
        self, as_person: Client, person: User
    ) -> None:
        answer = as_person.post(
            "/en/account/", {"language": "zh-hans", "time_zone": "America/Los_Angeles"}
        )

        assert answer.url == "/zh-hans/account/"
        person.refresh_from_db()
        assert (person.language, person.time_zone) == ("zh-hans", "America/Los_Angeles")
        # Asked without a language, the site answers in the account's.
        assert as_person.get("/").url == "/zh-hans/"

    @pytest.mark.parametrize(
        "sent",
        [
            {"language": "fr", "time_zone": "Asia/Shanghai"},
            {"language": "en", "time_zone": "Mars/Phobos"},
            {"language": "", "time_zone": ""},
        ],
    )
    def test_it_refuses_what_there_is_not(
        self, as_person: Client, person: User, sent: dict[str, str]
    ) -> None:
        page = as_person.post("/en/account/", sent)

        assert page.status_code == 422
        assert "error-summary" in page.text
        person.refresh_from_db()
        assert (person.language, person.time_zone) == ("en", "Asia/Shanghai")

    def test_a_zone_that_is_not_listed_stays_choosable(
        self, as_person: Client, person: User
    ) -> None:
        User.objects.update(time_zone="Pacific/Port_Moresby")

        page = as_person.get("/en/account/")

        assert '<option value="Pacific/Port_Moresby" selected>' in page.text
        sent = {"language": "en", "time_zone": "Pacific/Port_Moresby"}
        assert as_person.post("/en/account/", sent).status_code == 302

    def test_times_are_told_in_that_zone(self, rf: Any, person: User, settings: Any) -> None:
        request = rf.get("/")
        request.COOKIES[settings.SESSION_COOKIE_NAME] = "x"
        request.user = person
        person.time_zone = "America/New_York"
        told = own_time(lambda _request: timezone.get_current_timezone_name())

        assert told(request) == "America/New_York"
        person.time_zone = "Nowhere/Else"
        assert told(request) == "Asia/Shanghai"
        assert timezone.get_current_timezone_name() == "Asia/Shanghai"

    def test_only_reading_and_saving_are_answered(self, as_person: Client) -> None:
        assert as_person.delete("/en/account/").status_code == 405


class TestTheAddress:
    def confirm_password(self, client: Client) -> None:
        client.post("/en/account/reauthenticate/", {"password": PASSWORD})

    def test_a_new_one_takes_the_old_ones_place_once_confirmed(
        self, as_person: Client, person: User
    ) -> None:
        self.confirm_password(as_person)

        as_person.post("/en/account/email/", {"email": "moved@example.com", "action_add": "1"})

        assert mail.outbox[-1].to == ["moved@example.com"]
        page = as_person.get("/en/account/email/")
        assert "moved@example.com" in page.text
        assert "Keep the current address" in page.text
        person.refresh_from_db()
        assert person.email == "person@example.com"

        as_person.post(link_in_mail())
        person.refresh_from_db()
        assert person.email == "moved@example.com"
        assert [row.email for row in EmailAddress.objects.all()] == ["moved@example.com"]

    def test_it_asks_for_the_password_first_and_then_goes_on(self, as_person: Client) -> None:
        asked = as_person.post(
            "/en/account/email/", {"email": "moved@example.com", "action_add": "1"}
        )

        assert asked.url == "/en/account/reauthenticate/?next=/en/account/email/" or (
            asked.url == "/en/account/reauthenticate/?next=%2Fen%2Faccount%2Femail%2F"
        )
        page = as_person.get(asked.url)
        assert 'name="next" value="/en/account/email/"' in page.text
        as_person.post(asked.url, {"password": PASSWORD, "next": "/en/account/email/"})
        assert mail.outbox[-1].to == ["moved@example.com"]

    def test_it_can_be_taken_back(self, as_person: Client) -> None:
        self.confirm_password(as_person)
        as_person.post("/en/account/email/", {"email": "moved@example.com", "action_add": "1"})

        as_person.post("/en/account/email/", {"email": "moved@example.com", "action_remove": "1"})

        assert "moved@example.com was removed" in as_person.get("/en/account/email/").text
        assert EmailAddress.objects.count() == 1

    def test_the_own_one_is_refused(self, as_person: Client) -> None:
        page = as_person.post(
            "/en/account/email/", {"email": "person@example.com", "action_add": "1"}
        )

        assert "This is your address already." in page.text

    def test_one_of_somebody_else_is_not_told_and_never_taken(
        self, as_person: Client, person: User
    ) -> None:
        make_account("other@example.com", PASSWORD)
        self.confirm_password(as_person)

        answer = as_person.post(
            "/en/account/email/", {"email": "other@example.com", "action_add": "1"}
        )

        assert answer.url == "/en/account/email/"
        page = as_person.get(link_in_mail())
        assert "This address belongs to another account" in page.text
        as_person.post(link_in_mail())
        person.refresh_from_db()
        assert person.email == "person@example.com"

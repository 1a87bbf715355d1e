"""Setting a new password by mail, changing it, and giving it once more."""

from __future__ import annotations

from typing import Any

import pytest
from django.core import mail
from django.test import Client

from config.people import make_account
from guides.models import User

from .conftest import PASSWORD, link_in_mail

NEW = "new-pass-word-456"


@pytest.fixture
def person(db: None) -> User:
    return make_account("person@example.com", PASSWORD, language="en")


def sign_in(client: Client, password: str) -> Any:
    return client.post("/en/account/login/", {"login": "person@example.com", "password": password})


@pytest.fixture
def as_person(client: Client, person: User) -> Client:
    sign_in(client, PASSWORD)
    return client


class TestByMail:
    def test_it_leads_through_the_mail_to_signing_in(self, client: Client, person: User) -> None:
        elsewhere = Client()
        sign_in(elsewhere, PASSWORD)

        asked = client.post("/en/account/password/reset/", {"email": "Person@example.com"})
        assert asked.url == "/en/account/password/reset/done/"
        assert client.get(asked.url).status_code == 200

        page = client.get(link_in_mail(), follow=True)
        # The key is no longer in the address of the page with the form.
        path = page.redirect_chain[-1][0]
        assert path.endswith("-set-password/")
        assert 'autocomplete="new-password"' in page.text
        done = client.post(path, {"password1": NEW})
        assert done.url == "/en/account/password/reset/key/done/"
        assert "Sign in with the new password." in client.get(done.url).text

        assert "error-summary" in sign_in(Client(), PASSWORD).text
        assert sign_in(Client(), NEW).url == "/en/appeals/"
        assert elsewhere.get("/en/account/").status_code == 302

    def test_the_link_works_once(self, client: Client, person: User) -> None:
        client.post("/en/account/password/reset/", {"email": person.email})
        path = client.get(link_in_mail(), follow=True).redirect_chain[-1][0]
        client.post(path, {"password1": NEW})

        page = Client().get(link_in_mail())

        assert "This link no longer works" in page.text
        assert "/en/account/password/reset/" in page.text

    def test_a_weak_password_is_refused(self, client: Client, person: User) -> None:
        client.post("/en/account/password/reset/", {"email": person.email})
        path = client.get(link_in_mail(), follow=True).redirect_chain[-1][0]

        page = client.post(path, {"password1": "tiny-one"})

        assert "shorter than 10 characters" in page.text
        assert "tiny-one" not in page.text

    def test_the_mail_is_in_the_language_of_the_account(self, client: Client, person: User) -> None:
        client.post("/zh-hans/account/password/reset/", {"email": person.email})

        message = mail.outbox[0]
        assert message.subject == "Keyright: set a new password"
        assert "wants to set a new password for person@example.com" in message.body
        assert link_in_mail().startswith("/en/account/password/reset/key/")
        assert message.alternatives == []

    def test_an_unknown_address_gets_the_same_answer_and_another_mail(
        self, client: Client, db: None
    ) -> None:
        asked = client.post("/en/account/password/reset/", {"email": "nobody@example.com"})

        assert asked.url == "/en/account/password/reset/done/"
        assert "There is no account with this address." in mail.outbox[0].body
        assert link_in_mail() == "/en/account/signup/"


class TestChanging:
    def test_it_keeps_this_device_and_signs_the_others_out(
        self, as_person: Client, person: User
    ) -> None:
        elsewhere = Client()
        sign_in(elsewhere, PASSWORD)

        answer = as_person.post(
            "/en/account/password/change/", {"oldpassword": PASSWORD, "password1": NEW}
        )

        assert answer.url == "/en/account/"
        assert "The new password is saved." in as_person.get("/en/account/").text
        assert elsewhere.get("/en/account/").status_code == 302

    def test_it_asks_for_the_current_one(self, as_person: Client) -> None:
        page = as_person.post(
            "/en/account/password/change/", {"oldpassword": "wrong-one", "password1": NEW}
        )

        assert "This is not your current password." in page.text
        assert sign_in(Client(), PASSWORD).url == "/en/appeals/"

    def test_an_account_without_one_is_led_to_set_it(self, as_person: Client, person: User) -> None:
        person.set_unusable_password()
        person.save()
        as_person.force_login(person)

        assert as_person.get("/en/account/password/change/").url == "/en/account/password/set/"
        assert as_person.get("/en/account/password/set/").status_code == 200
        as_person.post("/en/account/password/set/", {"password1": NEW})
        assert sign_in(Client(), NEW).url == "/en/appeals/"


class TestOnceMore:
    def test_a_wrong_one_is_told(self, as_person: Client) -> None:
        page = as_person.post("/en/account/reauthenticate/", {"password": "wrong-password"})

        assert "This is not your password." in page.text

    def test_the_right_one_leads_back(self, as_person: Client) -> None:
        answer = as_person.post(
            "/en/account/reauthenticate/", {"password": PASSWORD, "next": "/en/account/email/"}
        )

        assert answer.url == "/en/account/email/"

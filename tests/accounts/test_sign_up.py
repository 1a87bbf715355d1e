"""From a new account to the confirmed address, in both languages, in public and on a machine."""

from __future__ import annotations

from typing import Any

import pytest
from allauth.account.models import EmailAddress
from django.core import mail
from django.core.cache import cache
from django.test import Client

from config.people import make_account
from guides.models import User

from .conftest import PASSWORD, link_in_mail

NEW = {"email": "new@example.com", "password1": PASSWORD}


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_it_leads_from_the_form_through_the_mail_to_the_cases(
    db: None, client: Client, language: str
) -> None:
    sent = client.post(f"/{language}/account/signup/", NEW)

    assert sent.url == f"/{language}/account/confirm-email/"
    assert client.get(sent.url).status_code == 200
    person = User.objects.get(email="new@example.com")
    assert person.language == language
    assert not EmailAddress.objects.get(user=person).verified

    confirming = client.get(link_in_mail())
    assert confirming.status_code == 200
    assert "new@example.com" in confirming.text
    assert not EmailAddress.objects.get(user=person).verified

    landed = client.post(link_in_mail())
    assert landed.url == f"/{language}/appeals/"
    assert EmailAddress.objects.get(user=person).verified
    assert client.get(f"/{language}/account/").status_code == 200


def test_the_mail_is_plain_short_and_carries_one_link(db: None, client: Client) -> None:
    client.post("/en/account/signup/", NEW)

    message = mail.outbox[0]
    assert message.to == ["new@example.com"]
    assert message.subject == "Keyright: confirm your address"
    assert message.alternatives == []
    assert "opened a Keyright account with new@example.com" in message.body
    assert "never asks for your Secret Key" in message.body
    assert link_in_mail().startswith("/en/account/confirm-email/")
    assert PASSWORD not in message.body


def test_the_link_in_another_browser_leads_to_signing_in(db: None, client: Client) -> None:
    client.post("/en/account/signup/", NEW)

    landed = Client().post(link_in_mail())

    assert landed.url == "/en/account/login/"


def test_a_link_works_once(db: None, client: Client) -> None:
    client.post("/en/account/signup/", NEW)
    client.post(link_in_mail())

    page = Client().get(link_in_mail())

    assert "This link no longer works" in page.text
    assert 'method="post"' not in page.text


def test_a_wrong_link_says_what_to_do(db: None, client: Client) -> None:
    page = client.get("/en/account/confirm-email/nonsense/")

    assert page.status_code == 200
    assert "This link no longer works" in page.text
    assert "/en/account/login/" in page.text


def test_until_then_nobody_signs_in_and_the_mail_comes_again(db: None, client: Client) -> None:
    client.post("/en/account/signup/", NEW)
    cache.clear()

    answer = Client().post("/en/account/login/", {"login": NEW["email"], "password": PASSWORD})

    assert answer.url == "/en/account/confirm-email/"
    assert len(mail.outbox) == 2


def test_a_taken_address_is_not_told_to_whoever_asks(db: None, client: Client) -> None:
    make_account("new@example.com", PASSWORD, language="zh-hans")

    answer = client.post("/en/account/signup/", NEW | {"password1": "another-password"})

    assert answer.url == "/en/account/confirm-email/"
    assert User.objects.count() == 1
    # In the language of the account, not of the page.
    assert "/zh-hans/account/login/" in mail.outbox[0].body
    assert "/zh-hans/account/password/reset/" in mail.outbox[0].body


@pytest.mark.parametrize(
    ("sent", "words"),
    [
        ({"email": "", "password1": PASSWORD}, "This is still empty. Please fill it in."),
        ({"email": "new", "password1": PASSWORD}, "such as name@example.com"),
        ({"email": "new@example.com", "password1": "tiny-one"}, "shorter than 10 characters"),
        ({"email": "new@example.com", "password1": "password123"}, "Many people use this password"),
        (
            {"email": "new@example.com", "password1": "new@example.com"},
            "too much like your e-mail address",
        ),
    ],
    ids=["no address", "half an address", "short", "common", "the address itself"],
)
def test_it_says_what_is_wrong(db: None, client: Client, sent: dict[str, str], words: str) -> None:
    page = client.post("/en/account/signup/", sent)

    assert words in page.text
    assert "error-summary" in page.text
    assert not User.objects.exists()
    assert f'value="{sent["email"]}"' in page.text or not sent["email"]
    assert sent["password1"] not in page.text.replace(sent["email"] or "-", "")


class TestOnAMachine:
    """A site that only this machine can open: no mail server, no confirmation asked for."""

    @pytest.fixture(autouse=True)
    def _local(self, settings: Any, tmp_path: Any, _in_public: None) -> None:
        settings.SITE_IS_LOCAL = True
        settings.ACCOUNT_EMAIL_VERIFICATION = "optional"
        settings.EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
        settings.EMAIL_FILE_PATH = tmp_path / "mail"

    def test_it_signs_in_at_once_and_says_where_the_mail_lies(
        self, db: None, client: Client, tmp_path: Any
    ) -> None:
        landed = client.post("/en/account/signup/", NEW)

        assert landed.url == "/en/appeals/"
        page = client.get("/en/account/email/")
        assert f"{tmp_path}/mail/" in page.text
        [file] = (tmp_path / "mail").iterdir()
        assert "confirm-email" in file.read_text()

    def test_the_page_after_asking_says_so_too(
        self, db: None, client: Client, tmp_path: Any
    ) -> None:
        for path in ("/en/account/confirm-email/", "/en/account/password/reset/done/"):
            assert f"{tmp_path}/mail/" in client.get(path).text

    def test_a_taken_address_is_told(self, db: None, client: Client) -> None:
        make_account("new@example.com", PASSWORD)

        page = client.post("/en/account/signup/", NEW)

        assert "There is an account with this address already." in page.text


def test_in_public_no_folder_is_named(db: None, client: Client) -> None:
    assert "newest file" not in client.get("/en/account/confirm-email/").text


@pytest.mark.parametrize("method", ["get", "post"])
def test_nobody_signs_up_where_no_mail_could_confirm_it(
    db: None, client: Client, settings: Any, method: str
) -> None:
    settings.MAIL_IS_SENT = False

    answer = getattr(client, method)("/en/account/signup/", NEW)

    assert "cannot send mail yet" in answer.content.decode()
    assert not User.objects.exists()

"""The example editor and seller."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from django.test import Client

from appeals.models import Case, Evidence
from config import demo
from guides.models import User
from guides.roles import ROLES

pytestmark = pytest.mark.django_db


def test_it_makes_a_case_that_lacks_one_month_and_the_confirmation() -> None:
    call_command("demo", verbosity=0)

    tally = Case.objects.with_facts().get().assess().tally
    assert (tally.ready + tally.explained, tally.of) == (4, 6)


def test_both_can_sign_in_at_once() -> None:
    call_command("demo", verbosity=0)

    for email in (demo.EDITOR, demo.SELLER):
        answer = Client().post(
            "/en/account/login/", {"login": email, "password": demo.PASSWORD}, follow=True
        )
        assert answer.wsgi_request.user.email == email


def test_a_second_time_it_changes_nothing() -> None:
    call_command("demo", verbosity=0)
    call_command("demo", verbosity=0)

    assert User.objects.count() == 2 + len(ROLES)
    assert Case.objects.count() == 1
    assert Evidence.objects.count() == 7


def test_it_refuses_a_site_that_others_can_open(settings: Any) -> None:
    settings.SITE_IS_LOCAL = False

    with pytest.raises(CommandError, match="local site"):
        call_command("demo", verbosity=0)

    assert not User.objects.exists()


@pytest.mark.parametrize(
    ("email", "password", "why"),
    [
        ("nobody", "a-long-password-1", "valid email"),
        ("a@example.com", "short", "shorter than 10"),
        ("editor@example.com", "a-long-password-1", "already"),
    ],
)
def test_an_admin_needs_a_good_address_and_password(
    monkeypatch: pytest.MonkeyPatch, editor: User, email: str, password: str, why: str
) -> None:
    monkeypatch.setenv("ADMIN_EMAIL", email)
    monkeypatch.setenv("ADMIN_PASSWORD", password)

    with pytest.raises(CommandError, match=why):
        call_command("make_admin")


def test_an_admin_can_open_the_desk(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ADMIN_EMAIL", "a@example.com")
    monkeypatch.setenv("ADMIN_PASSWORD", "a-long-password-1")

    call_command("make_admin", verbosity=0)

    client = Client()
    client.post("/en/account/login/", {"login": "a@example.com", "password": "a-long-password-1"})
    assert client.get("/admin/").status_code == 200

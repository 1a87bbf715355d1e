"""How long a sign-in lasts, and that a reader who does not sign in gets no cookie."""

from __future__ import annotations

import datetime
from typing import Any

import pytest
import time_machine
from django.conf import settings as django_settings
from django.contrib.sessions.models import Session
from django.test import Client

from config.people import make_account
from guides.models import User
from tests import factories

from .conftest import PASSWORD

START = datetime.datetime(2026, 11, 1, 8, tzinfo=datetime.UTC)
HOUR = datetime.timedelta(hours=1)
DAY = datetime.timedelta(days=1)
COOKIE = django_settings.SESSION_COOKIE_NAME


@pytest.fixture
def clock() -> Any:
    with time_machine.travel(START, tick=False) as traveller:
        yield traveller


def signed_in(**fields: Any) -> Client:
    person = make_account("person@example.com", PASSWORD, language="en", **fields)
    client = Client()
    client.post("/en/account/login/", {"login": person.email, "password": PASSWORD})
    return client


def is_in(client: Client) -> bool:
    return client.get("/en/account/").status_code == 200


def cookie_age(client: Client) -> int:
    return int(client.cookies[COOKIE]["max-age"])


def test_thirty_days_from_signing_in(db: None, clock: Any) -> None:
    client = signed_in()

    assert cookie_age(client) == 30 * 24 * 3600
    clock.move_to(START + 30 * DAY - HOUR)
    assert is_in(client)


def test_and_not_longer(db: None, clock: Any) -> None:
    client = signed_in()

    clock.move_to(START + 30 * DAY + HOUR)
    assert not is_in(client)


def test_a_visit_renews_them(db: None, clock: Any) -> None:
    client = signed_in()

    clock.move_to(START + 20 * DAY)
    assert is_in(client)
    assert cookie_age(client) == 30 * 24 * 3600
    clock.move_to(START + 49 * DAY)
    assert is_in(client)
    clock.move_to(START + 80 * DAY)
    assert not is_in(client)


def test_they_are_renewed_once_a_day_at_most(db: None, clock: Any) -> None:
    client = signed_in()
    first = Session.objects.get().expire_date

    clock.move_to(START + 23 * HOUR)
    client.cookies[COOKIE]["max-age"] = "untouched"
    is_in(client)
    assert Session.objects.get().expire_date == first
    assert client.cookies[COOKIE]["max-age"] == "untouched"

    clock.move_to(START + 24 * HOUR)
    is_in(client)
    assert Session.objects.get().expire_date == first + DAY


def test_staff_have_twelve_hours_from_the_first_answer_on(db: None, clock: Any) -> None:
    client = signed_in(is_staff=True)

    assert cookie_age(client) == 12 * 3600
    assert Session.objects.get().expire_date == START + 12 * HOUR
    clock.move_to(START + 13 * HOUR)
    assert not is_in(client)


def test_staff_are_renewed_once_an_hour_at_most(db: None, clock: Any) -> None:
    client = signed_in(is_staff=True)

    clock.move_to(START + datetime.timedelta(minutes=59))
    is_in(client)
    assert Session.objects.get().expire_date == START + 12 * HOUR

    clock.move_to(START + 11 * HOUR)
    is_in(client)
    assert Session.objects.get().expire_date == START + 23 * HOUR


def test_whoever_becomes_staff_has_their_session_cut_short(db: None, clock: Any) -> None:
    client = signed_in()
    User.objects.update(is_staff=True)

    is_in(client)

    assert Session.objects.get().expire_date == START + 12 * HOUR


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_a_reader_gets_no_cookie_and_costs_no_session(
    db: None, client: Client, language: str
) -> None:
    guide = factories.make_guide(slug="some-guide")
    factories.make_live_edition(guide, language)
    paths = ["", "guides/", "guides/some-guide/", "methods/", "guides/there-is-none/"]

    for path in [*(f"/{language}/{path}" for path in paths), "/", "/robots.txt", "/nowhere/"]:
        answer = client.get(path)
        assert not answer.cookies, path
        assert "Set-Cookie" not in answer.headers, path
    assert not Session.objects.exists()


def test_being_turned_away_gives_none_either(db: None, client: Client) -> None:
    assert not client.get("/en/appeals/").cookies


def test_the_cookie_is_for_the_server_alone(db: None) -> None:
    cookie = signed_in().cookies[COOKIE]

    assert cookie["httponly"]
    assert cookie["samesite"] == "Lax"

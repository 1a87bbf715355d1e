"""A search that finds nothing: what the page offers, and what is kept of nobody."""

from __future__ import annotations

import datetime
import html
from typing import Any
from urllib.parse import unquote

import pytest
from django.db import OperationalError
from django.test import Client

from guides.models import SearchMiss
from tests.guides.secret_texts import SECRETS

from .searching import ask, misses, status

pytestmark = pytest.mark.django_db


def test_the_empty_page_helps_and_the_miss_is_counted_without_a_person(client: Client) -> None:
    for _ in range(2):
        page = ask(client, " 大象  冰箱 ", "zh-hans")
    ask(client, "Fridge")

    assert "大象 冰箱" in page
    assert 'href="/zh-hans/terms/"' in page
    assert misses() == [("大象 冰箱", "zh-hans", 2), ("fridge", "en", 1)]
    fields = {field.name for field in SearchMiss._meta.get_fields()}
    assert fields == {"id", "query", "language", "day", "times", "handled_at"}


def test_a_miss_that_grows_in_small_letters_fits_its_column(client: Client) -> None:
    ask(client, "ß" * 100)

    assert misses() == [("s" * 100, "en", 1)]


def test_each_day_counts_for_itself(client: Client, time_machine: Any) -> None:
    for day in (1, 2):
        time_machine.move_to(datetime.datetime(2026, 11, day, 12, tzinfo=datetime.UTC))
        ask(client, "fridge")

    assert [one.day.day for one in SearchMiss.objects.order_by("day")] == [1, 2]


def test_nothing_is_counted_of_who_only_asks_for_the_head(client: Client) -> None:
    assert client.head("/en/search/", {"q": "fridge"}).status_code == 200
    assert client.post("/en/search/", {"q": "fridge"}).status_code == 405
    assert not misses()


@pytest.mark.parametrize(
    "query", ["a@example.com", "call 13800138000", "amzn1.sellerA2XYZ12345", "A1B2C3D4E5F6G7"]
)
def test_what_may_name_somebody_is_not_counted(client: Client, query: str) -> None:
    page = ask(client, query)

    assert "Nothing for" in page
    assert "We counted" not in page
    assert not misses()


def test_no_more_than_so_many_are_counted_a_day(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(SearchMiss, "MOST_A_DAY", 2)
    for query in ("fridge", "elephant", "giraffe", "fridge"):
        page = ask(client, query)

    assert misses() == [("fridge", "en", 2), ("elephant", "en", 1)]
    assert "We counted" in page


def test_a_miss_that_cannot_be_written_keeps_the_page_from_nobody(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_args: object) -> None:
        raise OperationalError("database is locked")

    monkeypatch.setattr(SearchMiss.objects, "record", full)

    assert "Nothing for" in ask(client, "fridge")


@pytest.mark.parametrize("secret", [pytest.param(one[1], id=one[0]) for one in SECRETS[:120:8]])
def test_a_secret_is_not_searched_for_nor_kept_nor_repeated(client: Client, secret: str) -> None:
    page = ask(client, secret + " and more")

    assert "looks like a secret key" in status(page)
    assert "/en/guides/exposed/" in page
    assert 'value=""' in page
    assert secret[:8] not in html.unescape(unquote(page))
    assert not misses()


def test_a_secret_is_seen_where_the_question_is_cut(client: Client) -> None:
    page = ask(client, "x" * 80 + " " + SECRETS[0][1])

    assert "looks like a secret key" in status(page)
    assert not misses()

"""The database is held by others: a sentence and the form once more, and nothing is lost."""

from __future__ import annotations

import re
import sqlite3
import threading
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from html import unescape
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import translation

from appeals import actions
from appeals.models import Case, Evidence
from tests import factories
from tests.appeals.views.conftest import upload

pytestmark = pytest.mark.django_db(transaction=True)

HERE = {"headers": {"origin": "http://testserver"}}
TYPED = "老板的微信群里看到的 <b>ERP</b>\nand a second line"


@pytest.fixture
def case(owner: Any) -> Case:
    actions.consents.give(by=owner, language="en")
    return factories.open_case(owner)


@pytest.fixture
def person(owner: Any) -> Client:
    """As a browser is answered: with a page, not with an exception."""
    client = Client(raise_request_exception=False)
    client.force_login(owner)
    client.get(reverse("appeals:case-create"))  # the session is written once a day
    return client


@pytest.fixture
def held(case: Case) -> Iterator[Callable[[], AbstractContextManager[None]]]:
    """Somebody else writes to the case, and is not through when we are told to give up."""
    with connection.cursor() as cursor:
        cursor.execute(
            "PRAGMA busy_timeout = 100"
            if connection.vendor == "sqlite"
            else "SET lock_timeout = '100ms'"
        )
    yield lambda: holding(case)
    with connection.cursor() as cursor:  # for the tests after it, which may wait
        cursor.execute(
            "PRAGMA busy_timeout = 20000" if connection.vendor == "sqlite" else "RESET lock_timeout"
        )


@contextmanager
def holding(case: Case) -> Iterator[None]:
    if connection.vendor == "sqlite":
        other = sqlite3.connect(connection.settings_dict["NAME"], isolation_level=None)
        other.execute("BEGIN IMMEDIATE")
        try:
            yield
        finally:
            other.execute("ROLLBACK")
            other.close()
        return
    started, is_over = threading.Event(), threading.Event()

    def hold() -> None:
        from django.db import transaction

        with transaction.atomic():
            Case.objects.select_for_update().get(pk=case.pk)
            started.set()
            is_over.wait(30)
        connection.close()

    thread = threading.Thread(target=hold)
    thread.start()
    started.wait(30)
    try:
        yield
    finally:
        is_over.set()
        thread.join()


def address(name: str, case: Case, language: str = "en") -> str:
    with translation.override(language):
        return reverse(f"appeals:{name}", args=[case.code])


def form_of(page: str) -> dict[str, str]:
    """What the button of the page would send."""
    form = re.search(r'<form method="post" action="([^"]*)">(.*?)</form>', page, re.S)
    assert form is not None
    pairs = re.findall(r'<input type="hidden" name="([^"]*)" value="([^"]*)">', form[2], re.S)
    assert "csrfmiddlewaretoken" in dict(pairs)
    return {"action": unescape(form[1])} | {
        unescape(name): unescape(value) for name, value in pairs if name != "csrfmiddlewaretoken"
    }


@pytest.mark.parametrize(
    ("language", "said"),
    [("en", "This could not be saved just now"), ("zh-hans", "这次没能保存")],
)
def test_what_was_typed_is_on_the_page_and_goes_again(
    person: Client, case: Case, held: Any, language: str, said: str
) -> None:
    provider = actions.providers.add(case, by=case.owner, name="ERP 甲")
    sent = {"part": "found", "version": "1", "found": TYPED}
    with translation.override(language):
        url = reverse("appeals:provider-detail", args=[case.code, "A"]) + "?from=table"
    with held():
        answer = person.post(url, sent, **HERE)

    page = answer.content.decode()
    assert answer.status_code == 503
    assert answer["Retry-After"] == "5"
    assert said in page
    again = form_of(page)
    assert again.pop("action") == url
    assert again == sent
    provider.refresh_from_db()
    assert provider.found == ""
    assert person.post(url, again, **HERE).status_code == 302
    provider.refresh_from_db()
    assert provider.found.splitlines() == TYPED.splitlines()


def test_nobody_waits_for_ever() -> None:
    if connection.vendor == "sqlite":
        assert connection.settings_dict["OPTIONS"]["timeout"] == 20
        return
    connection.close()  # without what the tests above have set
    with connection.cursor() as cursor:
        cursor.execute("SHOW lock_timeout")
        assert cursor.fetchone() == ("20s",)


def test_a_file_is_asked_for_once_more(person: Client, case: Case, held: Any) -> None:
    with held():
        answer = person.post(address("evidence-create", case), {"files": upload()}, **HERE)

    assert answer.status_code == 503
    assert "go back and send it again" in answer.content.decode()
    assert 'method="post"' not in answer.content.decode()
    assert not Evidence.objects.exists()


def test_another_site_puts_no_form_on_the_page(person: Client, case: Case, held: Any) -> None:
    with held():
        answer = person.post(
            address("provider-create", case),
            {"name": "Somebody else's words"},
            headers={"origin": "https://elsewhere.example"},
        )

    assert answer.status_code == 503
    assert "Somebody else" not in answer.content.decode()


def test_whoever_only_reads_waits_for_nobody(person: Client, case: Case, held: Any) -> None:
    with held():
        answers = [
            person.get(address(name, case)).status_code
            for name in ("case-detail", "notice", "timeline", "evidence-list", "letter")
        ]

    assert answers == [200] * 5


def test_a_database_that_lacks_a_table_is_our_failure_and_no_matter_of_waiting(
    person: Client, case: Case, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: Any, **__: Any) -> None:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1 FROM no_such_table")

    monkeypatch.setattr(actions.providers, "add", broken)

    assert person.post(address("provider-create", case), {"name": "x"}, **HERE).status_code == 500


def test_a_password_is_on_no_page(held: Any) -> None:
    client = Client(raise_request_exception=False)
    with translation.override("en"), held():
        answer = client.post(
            reverse("account_signup"),
            {"email": "new@example.com", "password1": "a-long-password-1"},
            **HERE,
        )

    if answer.status_code == 302:  # PostgreSQL: nobody holds the table of accounts
        return
    assert answer.status_code == 503
    assert "a-long-password-1" not in answer.content.decode()
    assert 'method="post"' not in answer.content.decode()

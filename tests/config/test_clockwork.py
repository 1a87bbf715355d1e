"""What happens by itself: once, however many processes try."""

from __future__ import annotations

import datetime
from typing import Any

import pytest
import time_machine
from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.models import Session
from django.core.cache import caches
from django.core.management import call_command
from django.db import DatabaseError, connection
from django.utils import timezone

from appeals.models import Event
from config import clockwork
from guides.models import Lease
from tests import factories

NOW = timezone.now()
ALL = [
    *("publish_releases", "delete_due_files", "mend_files"),
    *("clear_sessions", "clear_counts", "check_links"),
]
IN_DATABASE = {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "counts"}
pytestmark = pytest.mark.django_db


def test_one_holder_at_a_time() -> None:
    assert Lease.objects.take("tick", "first", NOW, 60)
    assert not Lease.objects.take("tick", "second", NOW, 60)


def test_a_holder_may_renew_its_own() -> None:
    Lease.objects.take("tick", "first", NOW, 60)

    assert Lease.objects.take("tick", "first", NOW + datetime.timedelta(seconds=30), 60)


def test_a_holder_that_crashed_is_replaced_when_its_time_is_over() -> None:
    Lease.objects.take("tick", "first", NOW, 60)

    assert Lease.objects.take("tick", "second", NOW + datetime.timedelta(seconds=60), 60)


def test_only_the_holder_gives_back() -> None:
    Lease.objects.take("tick", "first", NOW, 60)
    Lease.objects.give_back("tick", "second", NOW)
    assert not Lease.objects.take("tick", "second", NOW, 60)

    Lease.objects.give_back("tick", "first", NOW)

    assert Lease.objects.take("tick", "second", NOW, 60)


def test_it_lets_go_of_counts_that_are_over(settings: Any) -> None:
    settings.CACHES = {"default": IN_DATABASE}
    call_command("createcachetable", verbosity=0)
    cache = caches["default"]
    cache.set("over", 1, timeout=60)
    cache.set("counting", 1, timeout=7200)

    with time_machine.travel(timezone.now() + datetime.timedelta(minutes=10)):
        call_command("tick", verbosity=0)

    with connection.cursor() as cursor:
        cursor.execute("SELECT cache_key FROM counts")
        assert [key for (key,) in cursor.fetchall()] == [":1:counting"]


def test_it_clears_expired_sessions_and_no_others() -> None:
    for days in (-1, 1):
        session = SessionStore()
        session["a"] = days
        session.set_expiry(timezone.now() + datetime.timedelta(days=days))
        session.save()

    call_command("tick", verbosity=0)

    assert [one.get_decoded()["a"] for one in Session.objects.all()] == [1]


def test_nothing_runs_while_another_holds_the_lease() -> None:
    Lease.objects.take(clockwork.LEASE, "elsewhere", timezone.now(), 60)

    assert clockwork.tick() == []


def test_a_task_runs_again_only_when_it_is_due(time_machine: Any) -> None:
    done_at: dict[str, datetime.datetime] = {}
    time_machine.move_to(NOW, tick=False)
    assert clockwork.tick(done_at) == ALL

    time_machine.move_to(NOW + datetime.timedelta(minutes=59), tick=False)
    assert clockwork.tick(done_at) == ["publish_releases", "delete_due_files", "check_links"]
    time_machine.move_to(NOW + datetime.timedelta(minutes=60), tick=False)

    assert clockwork.tick(done_at) == [name for name in ALL if name != "check_links"]


def test_a_file_that_is_gone_is_said_and_keeps_nothing_else_from_running(
    caplog: pytest.LogCaptureFixture,
) -> None:
    factories.make_evidence(factories.make_case(), stored_as="0" * 32)

    assert clockwork.tick() == ALL
    assert "1 evidence without a file" in caplog.text


def test_a_task_that_breaks_is_said_and_keeps_no_other_from_running(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    ran: list[bool] = []

    def broken() -> None:
        raise RuntimeError("why")

    def after_it() -> None:
        ran.append(True)

    monkeypatch.setattr(clockwork, "TASKS", ((broken, 1), (after_it, 1)))
    clockwork.tick()

    assert ran == [True]
    assert "broken failed" in caplog.text
    assert "RuntimeError: why" in caplog.text


def test_without_a_database_the_lease_is_given_back(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken() -> None:
        raise DatabaseError("gone")

    monkeypatch.setattr(clockwork, "TASKS", ((broken, 1),))
    with pytest.raises(DatabaseError):
        clockwork.tick()

    assert Lease.objects.take(clockwork.LEASE, "next", timezone.now(), 60)


def test_files_go_by_themselves_where_that_was_chosen_and_the_time_is_over() -> None:
    closed_at = NOW - datetime.timedelta(days=181)
    closed = {"closed_as": "upheld", "closed_at": closed_at}
    chosen = factories.make_case(delete_files_after=180, **closed)
    not_chosen = factories.make_case(**closed)
    for case in (chosen, not_chosen):
        factories.make_evidence(case)

    clockwork.tick()

    assert not chosen.evidence.exists()
    assert not_chosen.evidence.exists()
    lines = Event.objects.filter(kind=Event.Kind.FILES_DELETED)
    assert [one.case_code for one in lines] == [chosen.code]

"""A process is killed while it saves, publishes or makes a release live: what it leaves is the
old state or the new one, and the next process does the rest."""

from __future__ import annotations

import json
import os
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.db import connection

#: For the tables of the database that is copied; its own these tests do not touch.
pytestmark = pytest.mark.django_db
ROOT = Path(__file__).resolve().parents[3]
#: Of the database, where it is on a server.
NAME = f"killed_{os.getpid()}"


@pytest.fixture(scope="session")
def database(
    django_db_setup: None, django_db_blocker: Any, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[dict[str, str]]:
    """An empty one of its own, on the same kind of server, as its processes find it."""
    folder = tmp_path_factory.mktemp("killed")
    with django_db_blocker.unblock():
        if connection.vendor == "sqlite":
            connection.ensure_connection()
            copy = sqlite3.connect(folder / "keyright.sqlite3")
            connection.connection.backup(copy)
            copy.close()
        else:
            with connection.cursor() as cursor:
                cursor.execute(f"CREATE DATABASE {NAME}")
    if connection.vendor == "sqlite":
        yield {"VAR_DIR": str(folder), "DATABASE_URL": ""}
        return
    address = os.environ["DATABASE_URL"].partition("?")
    own = address[0].rpartition("/")[0] + f"/{NAME}{address[1]}{address[2]}"
    environment = {"VAR_DIR": str(folder), "DATABASE_URL": own}
    run("manage", environment, ["manage.py", "migrate", "-v0"])
    yield environment
    with django_db_blocker.unblock(), connection.cursor() as cursor:
        cursor.execute(f"DROP DATABASE {NAME} WITH (FORCE)")


def run(what: str, environment: dict[str, str], words: list[str]) -> str:
    given = {name: value for name, value in (os.environ | environment).items() if value}
    if not environment["DATABASE_URL"]:
        given.pop("DATABASE_URL", None)
    done = subprocess.run(
        [sys.executable, "-W", "ignore", *words],
        env=given, cwd=ROOT, capture_output=True, text=True, check=False, timeout=120,
    )  # fmt: skip
    assert done.returncode == 0, f"{what}: {done.stderr}"
    return done.stdout


@pytest.fixture(scope="session")
def killed(database: dict[str, str]) -> dict[str, Any]:
    said = run("processes", database, ["-m", "tests.guides.faults.child"])
    found: dict[str, Any] = json.loads(said.splitlines()[-1])
    return found


@pytest.mark.parametrize("action", ["save", "publish", "release"])
def test_a_killed_process_leaves_the_old_state_or_the_new_one(
    action: str, killed: dict[str, Any]
) -> None:
    old, new, points = (killed[action][name] for name in ("old", "new", "points"))

    assert old != new
    assert len(points) >= 8
    for point, ended, left in points:
        assert ended == -signal.SIGKILL, point
        assert left == (new if point == "after the commit" else old), point


@pytest.mark.parametrize("action", ["save", "publish", "release"])
def test_the_next_process_does_it_whole_and_once(action: str, killed: dict[str, Any]) -> None:
    new = killed[action]["new"]

    assert killed[action]["again"] == [new, new]
    if action == "release":
        assert new["releases"] == ["live"]
        assert [title for _latest, title, *_rest in new["editions"]] == [
            *("Title 1", "标题 1"),
            *("Title 0", "标题 0"),
        ]
        assert [kind for kind, _language in new["events"]].count("released") == 1

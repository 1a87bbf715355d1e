"""What every test stands on: three people, no network, nothing left behind in the project."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import hypothesis
import pytest
from django.conf import settings as django_settings
from django.test import Client
from django.utils import timezone, translation

from tests import factories
from tests.bundled import Rows, load_rows, put_back

LOOPBACK = {"127.0.0.1", "::1", "localhost"}


def pytest_configure() -> None:
    # No test is timed: a machine that is busy with others fails none.
    hypothesis.settings.register_profile("untimed", deadline=None)
    hypothesis.settings.load_profile("untimed")
    # No test outlives a power cut: its database need not wait for the disk.
    options = django_settings.DATABASES["default"].get("OPTIONS", {})
    if "init_command" in options:
        options["init_command"] = options["init_command"].replace("=FULL", "=OFF")
    # Hashing passwords and static files well is slow on purpose, and not what is tested.
    django_settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    django_settings.STORAGES["staticfiles"] = {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
    }
    # Written with every test, read by none: answers to other hosts are tests of their own.
    django_settings.ALLOWED_HOSTS = [*django_settings.ALLOWED_HOSTS, "testserver"]


@pytest.fixture(autouse=True)
def _no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    """Only this machine is reached; anything else fails the test that tries."""
    connect = socket.socket.connect

    def guarded(self: socket.socket, address: Any) -> None:
        if self.family in {socket.AF_INET, socket.AF_INET6} and address[0] not in LOOPBACK:
            raise AssertionError(f"a test tried to reach {address[0]}")
        connect(self, address)

    monkeypatch.setattr(socket.socket, "connect", guarded)


@pytest.fixture(autouse=True)
def _own_folders(settings: Any, tmp_path: Path) -> None:
    settings.EVIDENCE_ROOT = tmp_path / "evidence"
    settings.FILE_UPLOAD_TEMP_DIR = tmp_path
    settings.CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}


@pytest.fixture(autouse=True)
def _own_language() -> Iterator[None]:
    """A request leaves its language and time zone active; the next test begins without."""
    yield
    translation.deactivate()
    timezone.deactivate()


@pytest.fixture(scope="session")
def bundled_rows(django_db_setup: None, django_db_blocker: Any) -> Rows:
    with django_db_blocker.unblock():
        return load_rows()


@pytest.fixture
def bundled(bundled_rows: Rows, db: None) -> None:
    """The guides and checklists of the release, as a new site has them."""
    put_back(bundled_rows)


@pytest.fixture
def owner(db: None) -> Any:
    return factories.make_user(email="owner@example.com")


@pytest.fixture
def stranger(db: None) -> Any:
    return factories.make_user(email="stranger@example.com")


@pytest.fixture
def editor(db: None) -> Any:
    return factories.make_user(email="editor@example.com", is_staff=True, is_superuser=True)


def signed_in(person: Any) -> Client:
    client = Client()
    client.force_login(person)
    return client


@pytest.fixture
def as_owner(owner: Any) -> Client:
    return signed_in(owner)


@pytest.fixture
def as_stranger(stranger: Any) -> Client:
    return signed_in(stranger)


@pytest.fixture
def as_editor(editor: Any) -> Client:
    return signed_in(editor)


@pytest.fixture
def anonymous() -> Client:
    return Client()

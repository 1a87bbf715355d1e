"""A process that deletes a case, or an account, and dies at a named point of it.

`python -m tests.appeals.faults.deleting <what> [point]`; DIED is its answer where it died there.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import Any

from . import child


def main(words: list[str]) -> None:
    import django
    from django.conf import settings

    settings.STORAGES["staticfiles"] = {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
    }
    django.setup()
    what, *points = words
    for point in points:
        POINTS[point]()
    {"case": delete_case, "account": delete_account}[what]()


def delete_case() -> None:
    """As a browser sends it."""
    from appeals.models import Case

    case = Case.objects.get()
    post("appeals:case-delete", [case.code], {"name": case.store})


def delete_account() -> None:
    post("account_delete", [], {"password": "pass-word-123"})


def post(name: str, parts: list[object], fields: dict[str, str]) -> None:
    from django.test import Client
    from django.urls import reverse

    from guides.models import User

    client = Client(SERVER_NAME="127.0.0.1")
    client.force_login(User.objects.get())
    answer = client.post(reverse(name, args=parts), fields)
    assert answer.status_code == 302, answer.content.decode()


def storage() -> Any:
    from appeals.evidence import storage

    return storage


def case() -> Any:
    from appeals.models import Case

    return Case


def event() -> Any:
    from appeals.models.event import EventQuerySet

    return EventQuerySet


#: In the order in which a deletion comes by them.
POINTS: dict[str, Callable[[], None]] = {
    "before the lines go": lambda: child.dies(event(), "forget"),
    "amid the transaction": lambda: child.dies(event(), "forget", after=True),
    "before the commit": lambda: child.dies(case(), "delete", after=True),
    "after the commit": lambda: child.dies(storage(), "remove"),
    "between two files": lambda: child.dies(storage(), "remove", after=True),
    "before the preview": lambda: child.dies(storage(), "remove_preview"),
    "after the last": lambda: child.dies(storage(), "remove_preview", after=True, turn=2),
}

if __name__ == "__main__":
    main(sys.argv[1:])

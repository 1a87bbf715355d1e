"""What happens by itself, one task after the other; each is safe to run twice or after a crash."""

from __future__ import annotations

import datetime
import logging
import os
import socket
from collections.abc import Callable

from django.conf import settings
from django.core.cache import caches
from django.core.cache.backends.db import DatabaseCache
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from appeals.actions import deletion
from guides import links
from guides.models import Lease
from guides.publishing import releases

log = logging.getLogger("keyright.clockwork")

LEASE = "tick"
#: Longer than a round of all tasks takes; a holder that crashed is replaced after it.
LEASE_SECONDS = 600


def clear_sessions() -> None:
    call_command("clearsessions")


def clear_counts() -> None:
    """Who tried to sign in from where is counted for minutes; the cache would keep the rows."""
    cache = caches["default"]
    if not isinstance(cache, DatabaseCache):
        return  # another one lets go of them by itself
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            f"DELETE FROM {connection.ops.quote_name(cache._table)} WHERE expires < %s",  # noqa: S608
            [connection.ops.adapt_datetimefield_value(timezone.now())],
        )


def mend_files() -> None:
    """What it cannot mend is for the operator to read, and keeps nothing else from running."""
    try:
        call_command("check_files", verbosity=0)
    except CommandError as why:
        log.error("%s", why)


def delete_due_files() -> None:
    """What owners chose to let go after closing: checked again under each case's lock."""
    deletion.delete_due(timezone.now())


def check_links() -> None:
    """Other sites are only asked where whoever runs this one wants it."""
    if settings.LINK_CHECKS:
        links.check_due()


def publish_releases() -> None:
    """What has its time, each release by itself: one that fails keeps no other back."""
    now = timezone.now()
    for pk in releases.due(now):
        try:
            releases.publish_due(pk, now)
        except DatabaseError:
            raise
        except Exception:
            log.exception("release %s failed", pk)


#: Task and how many seconds apart it is wanted.
TASKS: tuple[tuple[Callable[[], None], int], ...] = (
    (publish_releases, 60),
    (delete_due_files, 60),
    (mend_files, 3600),
    (clear_sessions, 3600),
    (clear_counts, 3600),
    # Last: it waits for others.
    (check_links, 300),
)


def _run(task: Callable[[], None]) -> None:
    """One that fails is tried again when it is due, and keeps no other from running."""
    try:
        task()
    except DatabaseError:
        raise  # no other would run either
    except Exception:
        log.exception("%s failed", task.__name__)


def tick(done_at: dict[str, datetime.datetime] | None = None) -> list[str]:
    """Run what is due, and answer with the names of what ran.

    Nothing runs while another process holds the lease. `done_at` remembers between two calls
    in one process when each task last ran; without it everything is due.
    """
    done_at = {} if done_at is None else done_at
    now = timezone.now()
    holder = f"{socket.gethostname()}:{os.getpid()}"
    if not Lease.objects.take(LEASE, holder, now, LEASE_SECONDS):
        return []
    ran = []
    try:
        for task, every in TASKS:
            name = task.__name__
            last = done_at.get(name)
            # A clock that was set back counts as long enough.
            if last is None or not 0 <= (now - last).total_seconds() < every:
                _run(task)
                done_at[name] = now
                ran.append(name)
    finally:
        Lease.objects.give_back(LEASE, holder, timezone.now())
    return ran

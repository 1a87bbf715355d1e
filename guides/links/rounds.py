"""One round of asking: the addresses whose turn it is, a few at a time, until the time is over."""

from __future__ import annotations

import datetime
import time
from collections import Counter
from collections.abc import Iterable
from urllib.parse import urlsplit

from django.conf import settings
from django.db import transaction
from django.db.models import F, Q
from django.utils import timezone

from guides.models import LinkCheck

from .addresses import all_addresses
from .asking import Answer, Asker

FINE_DAYS, FAILING_HOURS = 7, 12
MOST_A_ROUND, MOST_A_HOST = 20, 4
#: Nothing more is asked after so many seconds: what else happens by itself is waiting.
ROUND_SECONDS = 40.0


def check_due(
    now: datetime.datetime | None = None,
    *,
    asker: Asker | None = None,
    seconds: float = ROUND_SECONDS,
) -> list[str]:
    """Ask what is due and keep each answer as it comes; the addresses that were asked.

    Never within a transaction: an answer may be long in coming.
    """
    keep_in_step()
    asker = asker or Asker(f"Keyright link check (+{settings.SITE_URL})")
    until = time.monotonic() + seconds
    asked = []
    for check in chosen(due(now or timezone.now())):
        if time.monotonic() >= until:
            break
        record(check, asker.ask(check.address), timezone.now() if now is None else now)
        asked.append(check.address)
    return asked


def keep_in_step() -> None:
    """A row for each address that the site leads to, and none for others."""
    wanted = all_addresses()
    known = set(LinkCheck.objects.values_list("address", flat=True))
    with transaction.atomic():
        LinkCheck.objects.bulk_create(
            [LinkCheck(address=address) for address in sorted(wanted - known)],
            ignore_conflicts=True,
        )
        for gone in in_hundreds(sorted(known - wanted)):
            LinkCheck.objects.filter(address__in=gone).delete()


def in_hundreds(addresses: list[str]) -> Iterable[list[str]]:
    return (addresses[at : at + 100] for at in range(0, len(addresses), 100))


def due(now: datetime.datetime) -> list[LinkCheck]:
    """Those never asked first, then those that waited longest; failing ones come sooner."""
    is_due = (
        Q(checked_at=None)
        | Q(failures=0, checked_at__lte=now - datetime.timedelta(days=FINE_DAYS))
        | Q(failures__gt=0, checked_at__lte=now - datetime.timedelta(hours=FAILING_HOURS))
    )
    waiting = LinkCheck.objects.filter(is_due)
    return list(waiting.order_by(F("checked_at").asc(nulls_first=True), "pk"))


def chosen(checks: Iterable[LinkCheck]) -> list[LinkCheck]:
    """As many as one round takes, and few of one host: it is asked with pauses between."""
    hosts: Counter[str] = Counter()
    taken: list[tuple[int, LinkCheck]] = []
    for check in checks:
        host = host_of(check.address)
        if hosts[host] < MOST_A_HOST and len(taken) < MOST_A_ROUND:
            hosts[host] += 1
            taken.append((hosts[host], check))
    return [check for _turn, check in sorted(taken, key=lambda one: one[0])]


def host_of(address: str) -> str:
    try:
        return urlsplit(address).hostname or ""
    except ValueError:
        return ""


def record(check: LinkCheck, answer: Answer, now: datetime.datetime) -> None:
    """Keep what it answered. What was ignored stays so as long as it fails in the same way."""
    is_fine = answer.answer == LinkCheck.Answer.FINE
    LinkCheck.objects.filter(pk=check.pk).update(
        answer=answer.answer,
        status=answer.status,
        checked_at=now,
        failing_since=None if is_fine else check.failing_since or now,
        failures=0 if is_fine else min(check.failures + 1, 32767),
    )
    if answer.answer != check.answer:
        LinkCheck.objects.filter(pk=check.pk).update(ignored_because="")

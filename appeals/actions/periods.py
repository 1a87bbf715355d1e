"""The months in which a provider was used."""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict, dataclass

from django.db import transaction
from django.db.models import F

from appeals.models import Event, Provider, UsePeriod
from guides.models import User

from .providers import named
from .rows import fresh, locked, record, write


@dataclass(frozen=True, slots=True)
class Span:
    """From and to, each the first day of its month; without an end: still in use."""

    first: datetime.date
    last: datetime.date | None = None
    is_approximate: bool = False
    sentence: str = ""  # why it is approximate; needed where it is

    @classmethod
    def of(cls, period: UsePeriod) -> Span:
        return cls(period.first, period.last, period.is_approximate, period.sentence)

    def __str__(self) -> str:
        return f"{self.first:%Y-%m}/{self.last:%Y-%m}" if self.last else f"{self.first:%Y-%m}/"


@transaction.atomic
def add(provider: Provider, *, by: User, span: Span) -> UsePeriod:
    case = locked(provider.case_id)
    current = fresh(provider)
    period = UsePeriod.objects.create(provider=current, **asdict(span))
    Provider.objects.filter(pk=current.pk).update(version=F("version") + 1)
    record(case, Event.Kind.PERIODS_CHANGED, by=by, added=[str(span)], **named(current))
    return period


@transaction.atomic
def replace(provider: Provider, *, by: User, version: int, spans: Sequence[Span]) -> bool:
    """Make these its periods; whether anything changed.

    A period that is still among them keeps its row, and with it the sentence about a finding
    there. Raises StaleVersion with both lists as `periods`.
    """
    case = locked(provider.case_id)
    current = fresh(provider)
    present = list(current.periods.all())
    wanted, kept = Counter(spans), Counter(Span.of(period) for period in present)
    both = (sorted(kept.elements(), key=_order), sorted(spans, key=_order))
    if not write(current, version=version, values={}, beside={"periods": both}):
        return False
    added, removed = wanted - kept, kept - wanted
    for period in present:
        span = Span.of(period)
        if removed[span]:
            removed[span] -= 1
            period.delete()
    UsePeriod.objects.bulk_create(
        UsePeriod(provider=current, **asdict(span)) for span in added.elements()
    )
    record(
        case,
        Event.Kind.PERIODS_CHANGED,
        by=by,
        added=sorted(map(str, added.elements())),
        removed=sorted(map(str, (kept - wanted).elements())),
        **named(current),
    )
    return True


def _order(span: Span) -> tuple[str, str]:
    return str(span), span.sentence

"""In which months a provider was used, and when its access ended."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from .facts import Ended, ProviderFacts
from .months import Month, months_between


@dataclass(frozen=True, slots=True)
class Use:
    """The months of use of one provider."""

    months: tuple[Month, ...]  # in order, each once
    # Where the first month is not known: up to here a month may be one of use, although
    # nothing shows that yet.
    unknown_until: Month | None = None

    def is_outside(self, month: Month) -> bool:
        """Whether use in this month contradicts what is on record. Never where nothing is."""
        if not self.months or month in self.months:
            return False
        return self.unknown_until is None or month > self.unknown_until


def has_ended(provider: ProviderFacts, today: date) -> bool:
    """Whether access or the secret has ended. A date still to come has ended nothing."""
    return provider.ended is not None and (provider.ended_on is None or provider.ended_on <= today)


def access_ended_on(provider: ProviderFacts, today: date) -> date | None:
    """The day access ended; None if it goes on, if that is not known, or the day is not."""
    if provider.ended is Ended.ACCESS and has_ended(provider, today):
        return provider.ended_on
    return None


def open_end(notice_on: date | None, ended_on: date | None, today: date) -> Month:
    """Up to which month "still in use" reaches."""
    return Month.of(min((day for day in (notice_on, ended_on) if day), default=today))


def months_of_use(
    provider: ProviderFacts, still: Month, proven: Iterable[Month], *, first_is_unknown: bool
) -> Use:
    """The union of the provider's periods, month by month; open ends reach `still`.

    Where the first month is explained as not known, the months in `proven` count too, up to
    the end of the periods.
    """
    months: set[Month] = set()
    reached: Month | None = None
    for period in sorted(provider.periods, key=lambda period: period.first):
        # What is said to have begun was used in that month at least.
        last = max(period.first, still) if period.last is None else period.last
        # Each month is walked through once, however many periods hold it.
        first = period.first if reached is None else max(period.first, reached + 1)
        months.update(months_between(first, last))
        reached = last if reached is None else max(reached, last)
    if not first_is_unknown:
        return Use(tuple(sorted(months)))
    until = max(months, default=still)
    months.update(month for month in proven if month <= until)
    return Use(tuple(sorted(months)), until)

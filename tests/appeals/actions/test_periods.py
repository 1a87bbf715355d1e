"""Months of use: added, replaced, removed; what stays keeps its row."""

from __future__ import annotations

import datetime

import pytest
from django.db import IntegrityError, transaction

from appeals import actions
from appeals.actions.periods import Span
from appeals.actions.refusals import StaleVersion
from appeals.models import Event, UsePeriod
from tests import factories


def day(month, year=2018):
    return datetime.date(year, month, 1)


SPRING, SUMMER = Span(day(3), day(5)), Span(day(6), day(8))


@pytest.fixture
def provider(case):
    return factories.make_provider(case)


def spans(provider):
    return [Span.of(period) for period in provider.periods.all()]


def test_it_adds_a_period(provider, owner, events):
    actions.periods.add(provider, by=owner, span=Span(day(3)))

    provider.refresh_from_db()
    assert spans(provider) == [Span(day(3))]
    assert provider.version == 2
    (event,) = events()
    assert event.kind == Event.Kind.PERIODS_CHANGED
    assert event.details == {"letter": "A", "provider": "ERP 甲", "added": ["2018-03/"]}


def test_it_removes_a_period(provider, owner, events):
    actions.periods.add(provider, by=owner, span=SPRING)

    assert actions.periods.replace(provider, by=owner, version=2, spans=[])

    assert spans(provider) == []
    assert events()[-1].details["removed"] == ["2018-03/2018-05"]


def test_replacing_keeps_the_rows_that_stay(provider, owner, events):
    kept = actions.periods.add(provider, by=owner, span=SPRING)
    actions.periods.add(provider, by=owner, span=Span(day(7)))

    assert actions.periods.replace(provider, by=owner, version=3, spans=[SUMMER, SPRING])

    assert spans(provider) == [SPRING, SUMMER]
    assert provider.periods.filter(pk=kept.pk).exists()
    assert events()[-1].details["added"] == ["2018-06/2018-08"]
    assert events()[-1].details["removed"] == ["2018-07/"]


def test_replacing_by_the_same_changes_nothing(provider, owner, events):
    actions.periods.add(provider, by=owner, span=SPRING)

    assert not actions.periods.replace(provider, by=owner, version=1, spans=[SPRING])

    assert len(events()) == 1


def test_a_stale_list_is_refused_with_both(provider, owner):
    actions.periods.add(provider, by=owner, span=SPRING)

    with pytest.raises(StaleVersion) as refused:
        actions.periods.replace(provider, by=owner, version=1, spans=[SUMMER])

    assert refused.value.current == {"periods": [SPRING]}
    assert refused.value.sent == {"periods": [SUMMER]}
    assert spans(provider) == [SPRING]


def test_the_sentence_alone_is_a_change(provider, owner):
    actions.periods.add(provider, by=owner, span=Span(day(3), None, True, "凭邮件记得"))
    wanted = Span(day(3), None, True, "凭银行流水")

    assert actions.periods.replace(provider, by=owner, version=2, spans=[wanted])

    assert spans(provider) == [wanted]


@pytest.mark.parametrize(
    "span",
    [
        pytest.param(Span(day(5), day(3)), id="backwards"),
        pytest.param(Span(datetime.date(2018, 3, 2)), id="not a whole month"),
        pytest.param(Span(day(3), datetime.date(2018, 5, 31)), id="an end inside a month"),
        pytest.param(Span(day(3), is_approximate=True), id="approximate without saying why"),
    ],
)
def test_the_database_refuses_what_is_no_period(provider, owner, events, span):
    with pytest.raises(IntegrityError), transaction.atomic():
        actions.periods.add(provider, by=owner, span=span)

    assert not UsePeriod.objects.exists()
    assert events() == []

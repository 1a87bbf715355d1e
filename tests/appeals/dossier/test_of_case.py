"""A dossier from the rows of a case: what is recorded, and nothing of today."""

from __future__ import annotations

import datetime
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.utils import timezone

from appeals import actions
from appeals.dossier.inputs import LetterText
from appeals.dossier.of_case import dossier_of
from appeals.models import Case
from tests.factories import make_evidence, make_provider, open_case

pytestmark = pytest.mark.django_db

DAY = datetime.datetime(2018, 9, 20, 1, 40, tzinfo=datetime.UTC)


@pytest.fixture
def case(owner: object) -> Case:
    """One provider with a receipt for May, filed on that day; still in use."""
    with time_machine.travel(DAY, tick=False):
        case = open_case(owner)  # type: ignore[arg-type]
        provider = make_provider(case, legal_name="示例科技有限公司", method="keys")
        provider.periods.create(first="2018-03-01")
        demand = case.demands.get(ordinal=5)
        paper = make_evidence(
            case,
            kind="payment",
            shows="五月回单",
            about_on=datetime.date(2018, 5, 3),
            exhibit_letter="A",
            exhibit_ordinal=5,
            exhibit_number=1,
        )
        paper.proofs.create(demand=demand, provider=provider, month=datetime.date(2018, 5, 1))
        Case.objects.filter(pk=case.pk).update(changed_at=timezone.now())
    return Case.objects.with_facts().get(pk=case.pk)


def test_it_holds_what_is_recorded(case: Case) -> None:
    dossier = dossier_of(case, [LetterText(1, "A colleague told us.")])

    [member] = dossier.members
    assert member.name == "A-5-1_payment_2018-05.pdf"
    assert member.stored_as
    assert dossier.notice_on == "2018-09-12"
    assert dossier.store == "示例店 US"
    assert dossier.items[0].text.english == (("A colleague told us.",),)


def test_it_costs_no_query(case: Case, django_assert_num_queries: object) -> None:
    with django_assert_num_queries(0):  # type: ignore[operator]
        dossier_of(case)


def test_it_is_the_same_on_another_day_in_another_zone(case: Case) -> None:
    first = dossier_of(case)

    with (
        time_machine.travel(DAY + datetime.timedelta(days=400)),
        timezone.override(ZoneInfo("America/Los_Angeles")),
    ):
        later = dossier_of(Case.objects.with_facts().get(pk=case.pk))

    assert later == first
    assert first.changed_at == DAY


def test_a_change_moves_its_date(case: Case, owner: object) -> None:
    with time_machine.travel(DAY + datetime.timedelta(days=2), tick=False):
        actions.confirmations.confirm(
            case,
            by=owner,  # type: ignore[arg-type]
            digest=case.assess(DAY).digest,
            text="I confirm.",
        )
    changed = Case.objects.with_facts().get(pk=case.pk)

    dossier = dossier_of(changed)

    assert dossier.changed_at == DAY + datetime.timedelta(days=2)
    assert dossier.confirmed is not None
    assert dossier.confirmed.text.english == (("I confirm.",),)


def test_the_day_of_withdrawal_is_that_of_the_notices_zone(case: Case) -> None:
    late = datetime.datetime(2018, 9, 15, 18, tzinfo=datetime.UTC)
    case.evidence.update(withdrawn_at=late)

    dossier = dossier_of(Case.objects.with_facts().get(pk=case.pk))

    [row] = dossier.index[0].rows
    assert row.title.english == (
        ("Withdrawn on 2018-09-16. The number is kept and not used again.",),
    )

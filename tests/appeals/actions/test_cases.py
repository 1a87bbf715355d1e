"""Opening a case or a register, its particulars, its notice and its deadline."""

from __future__ import annotations

import datetime

import pytest
from django.db import IntegrityError, transaction

from appeals import actions
from appeals.actions.refusals import Gone, NoNotice, StaleVersion
from appeals.models import Case, Checklist, Event
from appeals.models.demand import Standing
from tests import factories

NOTICE_ON = datetime.date(2018, 9, 12)


def events(case):
    return list(Event.objects.filter(case_code=case.code).order_by("pk"))


def last_event(case):
    return events(case)[-1]


def test_it_opens_a_case_that_asks_what_the_preset_asks(owner):
    factories.make_checklist()

    case = actions.cases.open_case(by=owner, store="示例店", notice_on=NOTICE_ON)

    demands = list(case.demands.all())
    assert [demand.ordinal for demand in demands] == [1, 2, 3, 4, 5, 6, 7]
    assert [demand.rule for demand in demands] == [
        *("learned", "contacts", "described", "used", "paid", "confirmed", "ended")
    ]
    assert [demand.months for demand in demands] == [None, None, None, None, 2, None, None]
    assert demands[6].standing == Standing.ADVISED
    assert demands[5].scope == "case"
    assert case.ordinals_given == 7
    assert case.owner == owner


def test_opening_leaves_one_event_with_the_day_of_the_notice(owner):
    case = factories.open_case(owner)

    (event,) = events(case)

    assert event.kind == Event.Kind.CASE_OPENED
    assert event.by_id == owner.pk
    assert event.details == {"notice_on": "2018-09-12", "preset": "sept-2018"}


def test_a_case_keeps_its_demands_when_the_preset_changes(owner):
    case = factories.open_case(owner)

    Checklist.objects.get().requirements.filter(label="7").delete()

    assert case.demands.count() == 7


def test_opening_without_the_preset_leaves_nothing(owner):
    with pytest.raises(Checklist.DoesNotExist):
        actions.cases.open_case(by=owner, store="示例店", notice_on=NOTICE_ON)

    assert not Case.objects.exists()
    assert not Event.objects.exists()


def test_a_register_has_the_same_demands_and_no_notice(owner):
    factories.make_checklist()

    case = actions.cases.open_register(by=owner, store="示例店 UK", payer_names=("王某",))

    assert case.is_register
    assert case.demands.count() == 7
    assert case.payer_names == ["王某"]


def test_it_changes_particulars_and_says_which(owner):
    case = factories.open_case(owner)

    changed = actions.cases.change(
        case, by=owner, version=1, company="新公司", store=case.store, payer_names=["王某"]
    )

    case.refresh_from_db()
    assert set(changed) == {"company", "payer_names"}
    assert (case.company, case.payer_names, case.version) == ("新公司", ["王某"], 2)
    assert last_event(case).details == {"fields": ["company", "payer_names"]}


def test_nothing_changed_leaves_no_event(owner):
    case = factories.open_case(owner)

    assert actions.cases.change(case, by=owner, version=1, company=case.company) == ()

    assert len(events(case)) == 1
    assert Case.objects.get().version == 1


def test_a_form_made_from_an_older_case_is_refused_with_both_values(owner):
    case = factories.open_case(owner)
    actions.cases.change(case, by=owner, version=1, company="甲公司", marketplace="DE")

    with pytest.raises(StaleVersion) as refused:
        actions.cases.change(case, by=owner, version=1, company="乙公司", marketplace="DE")

    assert refused.value.current == {"company": "甲公司"}
    assert refused.value.sent == {"company": "乙公司"}
    assert refused.value.row.version == 2
    assert Case.objects.get().company == "甲公司"
    assert len(events(case)) == 2


def test_sending_the_same_form_twice_is_no_conflict(owner):
    case = factories.open_case(owner)
    actions.cases.change(case, by=owner, version=1, company="甲公司")

    assert actions.cases.change(case, by=owner, version=1, company="甲公司") == ()


def test_it_is_not_fooled_by_a_form_that_assigned_to_the_instance(owner):
    case = factories.open_case(owner)
    case.company = "表单里的公司"

    changed = actions.cases.change(case, by=owner, version=1, company="表单里的公司")

    assert changed == ("company",)


def test_a_case_that_is_gone_is_said_to_be(owner):
    case = factories.make_case(owner)
    Case.objects.filter(pk=case.pk).delete()

    with pytest.raises(Gone):
        actions.cases.change(case, by=owner, version=1, company="甲公司")


def test_a_notice_makes_a_register_an_appeal(owner):
    case = factories.make_case(owner)

    actions.cases.record_notice(
        case, by=owner, version=1, notice_on=NOTICE_ON, notice_text="Your account …"
    )

    case.refresh_from_db()
    assert not case.is_register
    assert last_event(case).kind == Event.Kind.NOTICE_RECORDED
    assert "Your account" not in str(last_event(case).details)


def test_a_notice_needs_its_day(owner):
    case = factories.make_case(owner)

    with pytest.raises(NoNotice):
        actions.cases.record_notice(case, by=owner, version=1, notice_text="Your account …")


@pytest.mark.parametrize(
    ("fields", "kind"),
    [
        pytest.param({"notice_text": "x"}, Event.Kind.NOTICE_CHANGED, id="the text"),
        pytest.param(
            {"has_no_deadline": False, "deadline_on": datetime.date(2018, 9, 28)},
            Event.Kind.DEADLINE_SET,
            id="only the deadline",
        ),
    ],
)
def test_a_notice_can_be_corrected(owner, fields, kind):
    case = factories.open_case(owner)

    actions.cases.record_notice(case, by=owner, version=1, **fields)

    assert last_event(case).kind == kind


def test_it_sets_the_deadline_as_the_notice_gives_it(owner):
    case = factories.open_case(owner)

    actions.cases.set_deadline(
        case,
        by=owner,
        version=1,
        deadline_on=datetime.date(2018, 9, 28),
        deadline_time=datetime.time(22, 59),
        time_zone="America/Los_Angeles",
    )

    case.refresh_from_db()
    assert case.deadline_on == datetime.date(2018, 9, 28)
    assert not case.has_no_deadline
    assert last_event(case).details["deadline_time"] == "22:59"


def test_it_clears_the_deadline(owner):
    case = factories.open_case(owner)

    actions.cases.set_deadline(case, by=owner, version=1)

    case.refresh_from_db()
    assert (case.deadline_on, case.has_no_deadline) == (None, False)


def test_a_register_has_no_deadline(owner):
    case = factories.make_case(owner)

    with pytest.raises(NoNotice):
        actions.cases.set_deadline(case, by=owner, version=1, has_no_deadline=True)


@pytest.mark.parametrize(
    "fields",
    [
        pytest.param({"has_no_deadline": True, "deadline_on": NOTICE_ON}, id="one and none"),
        pytest.param({"deadline_time": datetime.time(9)}, id="a time without a day"),
    ],
)
def test_the_database_refuses_a_deadline_at_odds_with_itself(owner, fields):
    case = factories.open_case(owner)

    with pytest.raises(IntegrityError), transaction.atomic():
        actions.cases.set_deadline(case, by=owner, version=1, **fields)

    assert len(events(case)) == 1

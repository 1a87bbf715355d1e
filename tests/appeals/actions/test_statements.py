"""Askings, the owner's confirmation, consent."""

from __future__ import annotations

import datetime

import pytest
from django.db import IntegrityError, transaction

from appeals import actions
from appeals.actions.refusals import FactsChanged, NotTheOwner, WrongPlace
from appeals.models import Asking, Case, Confirmation, Consent, Event
from appeals.rules.cells import State
from tests import factories

TODAY = datetime.date(2018, 9, 20)


def assess(case):
    return Case.objects.get(pk=case.pk).assess()


def test_a_cell_is_marked_as_asked(case, owner, events):
    factories.make_provider(case, "ERP 甲")

    actions.askings.ask(case, by=owner, demand=2, provider="A", whom="客服小李", on=TODAY)

    (asked,) = assess(case).cell(2, "A").asked
    assert (asked.of, asked.on) == ("客服小李", TODAY)
    (event,) = events()
    assert event.kind == Event.Kind.ASKED
    assert event.details == {
        "letter": "A",
        "provider": "ERP 甲",
        "demand": 2,
        "label": "2",
        "on": "2018-09-20",
    }


def test_asking_again_replaces_the_mark(case, owner):
    factories.make_provider(case)
    actions.askings.ask(case, by=owner, demand=2, provider="A", whom="甲", on=TODAY)

    actions.askings.ask(case, by=owner, demand=2, provider="A", whom="乙", on=TODAY)

    assert Asking.objects.get().whom == "乙"


def test_the_mark_can_be_taken_back(case, owner, events):
    factories.make_provider(case)
    actions.askings.ask(case, by=owner, demand=2, provider="A", whom="甲", on=TODAY)

    actions.askings.take_back(case, by=owner, demand=2, provider="A")
    actions.askings.take_back(case, by=owner, demand=2, provider="A")

    assert not Asking.objects.exists()
    assert [event.kind for event in events()] == ["asked", "asking-removed"]


@pytest.mark.parametrize(
    "place",
    [
        {"demand": 2},
        {"demand": 2, "provider": "Z"},
        {"demand": 6, "provider": "A"},
        {"demand": 9, "provider": "A"},
    ],
)
def test_only_a_cell_can_be_asked_for(case, owner, place):
    factories.make_provider(case)

    with pytest.raises(WrongPlace):
        actions.askings.ask(case, by=owner, whom="甲", on=TODAY, **place)


@pytest.mark.parametrize("with_provider", [True, False])
def test_the_database_keeps_one_mark_a_cell(case, with_provider):
    provider = factories.make_provider(case) if with_provider else None
    cell = {"demand": case.demands.get(ordinal=2), "provider": provider}
    Asking.objects.create(whom="甲", asked_on=TODAY, **cell)

    with pytest.raises(IntegrityError), transaction.atomic():
        Asking.objects.create(whom="乙", asked_on=TODAY, **cell)


def test_the_owner_confirms_the_facts_that_were_shown(case, owner, events):
    digest = assess(case).digest

    actions.confirmations.confirm(case, by=owner, digest=digest, text="我确认以上属实。")

    assert assess(case).cell(6).state is State.READY
    confirmation = Confirmation.objects.get()
    assert (confirmation.round, confirmation.text) == (1, "我确认以上属实。")
    assert events()[-1].kind == Event.Kind.CONFIRMED


def test_what_changed_while_reading_is_not_confirmed(case, owner):
    digest = assess(case).digest
    actions.providers.add(case, by=owner, name="工具乙")

    with pytest.raises(FactsChanged):
        actions.confirmations.confirm(case, by=owner, digest=digest, text="属实")

    assert not Confirmation.objects.exists()


def test_nobody_else_confirms(case, stranger):
    with pytest.raises(NotTheOwner):
        actions.confirmations.confirm(case, by=stranger, digest=assess(case).digest, text="属实")


def test_consent_is_given_once_a_text(owner, stranger):
    assert not actions.consents.is_given(owner)

    actions.consents.give(by=owner, language="zh-hans")
    actions.consents.give(by=owner, language="en")

    assert actions.consents.is_given(owner)
    assert not actions.consents.is_given(stranger)
    assert Consent.objects.get().language == "zh-hans"


def test_a_new_text_is_asked_for_again(owner, monkeypatch):
    actions.consents.give(by=owner, language="en")

    monkeypatch.setattr(actions.consents, "TEXT_VERSION", "2027-01")

    assert not actions.consents.is_given(owner)

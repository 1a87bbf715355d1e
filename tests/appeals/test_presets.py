"""The checklist that a case is opened with, loaded by a command that may run again."""

from __future__ import annotations

import pytest
from django.core.management import CommandError, call_command
from django.db import IntegrityError, transaction

from appeals import presets
from appeals.models import Checklist, Requirement
from guides.models import Guide
from tests import factories


@pytest.fixture
def guides(db):
    for slug in ("learned", "contacts", "described", "used", "paid", "confirmed", "ended"):
        factories.make_guide(f"item-{slug}", kind=Guide.Kind.REQUIREMENT)


def run():
    call_command("load_checklists", verbosity=0)


def test_it_loads_the_six_items_and_our_advice(guides):
    run()

    rows = Requirement.objects.filter(checklist__key="sept-2018").values_list(
        "position", "label", "rule", "months", "scope", "standing", "guide__slug"
    )
    assert list(rows) == [
        (1, "1", "learned", None, "provider", "asked", "item-learned"),
        (2, "2", "contacts", None, "provider", "asked", "item-contacts"),
        (3, "3", "described", None, "provider", "asked", "item-described"),
        (4, "4", "used", None, "provider", "asked", "item-used"),
        (5, "5", "paid", 2, "provider", "asked", "item-paid"),
        (6, "6", "confirmed", None, "case", "asked", "item-confirmed"),
        (7, "7", "ended", None, "provider", "advised", "item-ended"),
    ]


def test_a_second_time_changes_nothing(guides, django_assert_max_num_queries):
    run()
    before = list(Requirement.objects.values_list("pk", flat=True))

    with django_assert_max_num_queries(5):
        assert presets.load() == []

    assert list(Requirement.objects.values_list("pk", flat=True)) == before


def test_it_mends_what_was_changed(guides):
    run()
    Requirement.objects.filter(label="5").update(months=3)

    assert presets.load() == ["sept-2018"]

    assert Requirement.objects.get(label="5").months == 2


def test_without_the_guides_it_says_which_and_loads_nothing(db):
    factories.make_guide("item-learned")

    with pytest.raises(CommandError, match=r"item-contacts.*load_guides"):
        run()

    assert not Checklist.objects.exists()


@pytest.mark.parametrize(("rule", "months"), [("paid", None), ("paid", 0), ("used", 2)])
def test_the_database_ties_months_to_payment(guides, rule, months):
    checklist = Checklist.objects.create(key="other")

    with pytest.raises(IntegrityError), transaction.atomic():
        Requirement.objects.create(
            checklist=checklist,
            position=1,
            label="1",
            scope="provider",
            rule=rule,
            months=months,
            standing="asked",
            guide=Guide.objects.first(),
        )

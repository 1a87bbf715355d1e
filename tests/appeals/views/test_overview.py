"""The overview: its numbers, its next step, what it costs."""

from __future__ import annotations

import datetime
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from appeals import actions
from appeals.actions.periods import Span
from appeals.models import Case, Proof, Provider
from appeals.rules.exhibits import letter
from tests import factories

from .conftest import address

pytestmark = pytest.mark.django_db


def fill(case: Case, providers: int, files: int) -> None:
    """Providers with months of use, and files that prove a payment of each in turn."""
    paid = case.demands.get(rule="paid")
    made = [
        factories.make_provider(case, f"Service {number}", letter=letter(number))
        for number in range(1, providers + 1)
    ]
    for one in made:
        span = Span(datetime.date(2018, 1, 1), datetime.date(2018, 8, 1))
        actions.periods.replace(one, by=case.owner, version=1, spans=[span])
    for number in range(files):
        whom = made[number % len(made)]
        evidence = factories.make_evidence(
            case,
            kind="invoice",
            exhibit_letter=whom.letter,
            exhibit_ordinal=5,
            exhibit_number=number + 1,
        )
        month = datetime.date(2018, number % 8 + 1, 1)
        Proof.objects.create(evidence=evidence, demand=paid, provider=whom, month=month)


def renew_session(client: Client) -> None:
    """It is written once a day, by whatever page is opened first."""
    client.get(reverse("appeals:case-create"))


@pytest.mark.parametrize(("providers", "files"), [(2, 5), (40, 1000)])
def test_it_takes_at_most_thirteen_queries(
    as_owner: Client,
    case: Case,
    providers: int,
    files: int,
    django_assert_max_num_queries: Any,
) -> None:
    fill(case, providers, files)
    renew_session(as_owner)

    with django_assert_max_num_queries(13):
        answer = as_owner.get(case.get_absolute_url())

    assert answer.status_code == 200
    assert len(answer.context["overview"].rows) == providers


def test_the_list_of_cases_does_not_grow_either(
    as_owner: Client, owner: Any, django_assert_max_num_queries: Any
) -> None:
    for _ in range(5):
        fill(factories.open_case(owner), 2, 4)
    renew_session(as_owner)

    with django_assert_max_num_queries(13):
        assert as_owner.get(reverse("appeals:case-list")).status_code == 200


def test_an_empty_case_asks_for_the_first_provider_on_the_page_itself(
    as_owner: Client, case: Case
) -> None:
    answer = as_owner.get(case.get_absolute_url())

    page = answer.content.decode()
    assert "0 of 6 ready" in page
    assert "Start with the ones you remember. A name is enough." in page
    assert f'action="{address("provider-create", case)}"' in page


def test_a_cell_is_named_in_full_and_leads_to_its_demand(
    as_owner: Client, case: Case, provider: Provider
) -> None:
    page = as_owner.get(case.get_absolute_url()).content.decode()

    assert 'aria-label="ERP 甲, item 5: Proof of payment, missing: ' in page
    assert f'href="{address("provider-detail", case, "A")}#demand-5"' in page


def test_each_month_leads_to_adding_proof_for_it(
    as_owner: Client, case: Case, provider: Provider
) -> None:
    page = as_owner.get(case.get_absolute_url()).content.decode()

    url = address("evidence-create", case) + "?provider=A&amp;demand=5&amp;month=2018-04"
    assert url in page


def test_advice_stands_below_and_is_not_counted(
    as_owner: Client, case: Case, provider: Provider
) -> None:
    answer = as_owner.get(case.get_absolute_url())

    shown = answer.context["overview"]
    assert [item.ordinal for item in shown.advised] == [7]
    assert 7 not in [item.ordinal for item in shown.items]


def test_skipping_shows_the_step_after_and_keeps_nothing(
    as_owner: Client, case: Case, provider: Provider
) -> None:
    first = as_owner.get(case.get_absolute_url()).context["step"]

    second = as_owner.get(first.skip_url).context["step"]

    assert second.title != first.title
    assert as_owner.get(case.get_absolute_url()).context["step"].title == first.title


def test_a_register_says_who_still_has_access(as_owner: Client, owner: Any) -> None:
    factories.make_checklist()
    register = actions.cases.open_register(by=owner, store="Register")
    factories.make_provider(register, shared_secret="yes")

    page = as_owner.get(register.get_absolute_url()).content.decode()

    assert "1 of 1, 1 holds a key" in page
    assert "The key is still in their hands" in page
    assert "Record the notice" in page

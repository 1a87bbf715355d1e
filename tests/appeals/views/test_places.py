"""Six places to look, and providers copied from one's own other cases."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from appeals import actions
from appeals.actions.refusals import NotTheOwner
from appeals.models import Case, Event
from appeals.places import PLACES
from tests import factories

from .conftest import address

pytestmark = pytest.mark.django_db


def named(case: Case) -> list[str]:
    return [one.name for one in case.providers.order_by("pk")]


def test_each_place_says_how_to_look(as_owner: Client, case: Case) -> None:
    html = as_owner.get(address("provider-places", case)).content.decode()

    assert len(PLACES) == 6
    for place in PLACES.values():
        assert str(place.name).replace("'", "&#x27;") in html
        assert len(place.how) >= 2
        for step in place.how:
            assert str(step).replace("'", "&#x27;") in html
    assert (
        address("provider-places", case) in as_owner.get(case.get_absolute_url()).content.decode()
    )


def test_what_turns_up_becomes_providers_with_a_name_and_nothing_else(
    as_owner: Client, case: Case
) -> None:
    sent = {
        "names_mailbox": "ERP 甲\n工具乙\n",
        "names_chats": "erp甲\n物流丙",
        "looked_mailbox": "on",
    }

    answer = as_owner.post(address("provider-places", case), sent, follow=True)

    assert named(case) == ["ERP 甲", "工具乙", "物流丙"]
    assert {one.found + one.web_site for one in case.providers.all()} == {""}
    html = answer.content.decode()
    assert "ERP 甲, 工具乙, 物流丙 were added." in html
    assert "erp甲 is here already." in html
    case.refresh_from_db()
    assert case.places_looked == ["mailbox"]
    assert "Looked through: 1 of 6" in html


def test_sent_twice_nothing_is_there_twice(as_owner: Client, case: Case) -> None:
    for _twice in range(2):
        as_owner.post(address("provider-places", case), {"names_payments": "ERP 甲"})

    assert named(case) == ["ERP 甲"]


def test_two_tabs_keep_each_other_s_ticks(as_owner: Client, case: Case) -> None:
    as_owner.post(address("provider-places", case), {"looked_mailbox": "on"})
    as_owner.post(address("provider-places", case), {"looked_chats": "on"})
    case.refresh_from_db()
    assert case.places_looked == ["mailbox", "chats"]

    sent = {"shown": ["mailbox", "chats"], "looked_chats": "on"}
    as_owner.post(address("provider-places", case), sent)

    case.refresh_from_db()
    assert case.places_looked == ["chats"]
    kinds = Event.objects.filter(kind="places-looked").order_by("pk")
    assert [(one.details["places"], one.details["is_done"]) for one in kinds] == [
        (["mailbox"], True),
        (["chats"], True),
        (["mailbox"], False),
    ]


def test_a_secret_among_the_names_is_refused_and_nothing_lost(as_owner: Client, case: Case) -> None:
    sent = {"names_mailbox": "ERP 甲", "names_chats": "password: Abc12345"}

    answer = as_owner.post(address("provider-places", case), sent)

    assert answer.status_code == 422
    assert "ERP 甲" in answer.content.decode()
    assert not case.providers.exists()


@pytest.fixture
def other(owner: Any) -> Case:
    """Another store of the same person, with a provider that has everything."""
    made = factories.open_case(owner, store="Store B")
    actions.providers.add(
        made,
        by=owner,
        name="Tool B",
        legal_name="Tool B Ltd",
        web_site="b.example",
        email="b@b.example",
        found="a secret story",
        did="everything",
        is_free=True,
    )
    return made


def test_name_and_contacts_are_copied_and_nothing_else(
    as_owner: Client, case: Case, other: Case
) -> None:
    assert "Store B" in as_owner.get(address("provider-copy", case)).content.decode()
    url = address("provider-copy", case) + f"?from={other.code}"
    (offered,) = as_owner.get(url).context["offered"]

    as_owner.post(url, {"providers": [offered.pk]})

    copied = case.providers.get()
    assert (copied.name, copied.legal_name, copied.web_site, copied.email) == (
        "Tool B",
        "Tool B Ltd",
        "b.example",
        "b@b.example",
    )
    assert (copied.found, copied.did, copied.is_free) == ("", "", False)
    details = Event.objects.filter(case_code=case.code, kind="provider-added").get().details
    assert "Store B" not in str(details)
    actions.providers.change(offered, by=other.owner, version=1, email="new@b.example")
    copied.refresh_from_db()
    assert copied.email == "b@b.example"


def test_what_is_here_is_not_offered_again(as_owner: Client, case: Case, other: Case) -> None:
    url = address("provider-copy", case) + f"?from={other.code}"
    (offered,) = as_owner.get(url).context["offered"]
    for _twice in range(2):
        assert as_owner.post(url, {"providers": [offered.pk]}).status_code == 302

    assert named(case) == ["Tool B"]
    assert "already" in as_owner.get(url).content.decode()


def test_nothing_chosen_is_said(as_owner: Client, case: Case, other: Case) -> None:
    url = address("provider-copy", case) + f"?from={other.code}"

    answer = as_owner.post(url, {})

    assert answer.status_code == 422
    assert "Nothing is ticked yet" in answer.content.decode()


def test_nothing_comes_from_a_stranger_s_case(
    as_owner: Client, case: Case, stranger: Any, owner: Any
) -> None:
    theirs = factories.open_case(stranger, store="Not yours")
    provider = actions.providers.add(theirs, by=stranger, name="Theirs")

    assert "Not yours" not in as_owner.get(address("provider-copy", case)).content.decode()
    for wanted in (str(theirs.code), "nonsense", str(case.code)):
        url = address("provider-copy", case) + f"?from={wanted}"
        assert as_owner.get(url).status_code == 404
        assert as_owner.post(url, {"providers": [provider.pk]}).status_code == 404
    with pytest.raises(NotTheOwner):
        actions.providers.copy(case, by=owner, providers=[provider])
    assert not case.providers.exists()


def test_the_list_of_cases_costs_the_same_for_many(
    as_owner: Client, case: Case, owner: Any, django_assert_max_num_queries: Any
) -> None:
    for number in range(6):
        made = factories.open_case(owner, store=f"Store {number}")
        actions.providers.add(made, by=owner, name="Tool")
    as_owner.get(address("provider-copy", case))

    with django_assert_max_num_queries(16):
        assert as_owner.get(address("provider-copy", case)).status_code == 200
    with django_assert_max_num_queries(16):
        assert as_owner.get(address("provider-places", case)).status_code == 200


@pytest.mark.parametrize("page", ["provider-create", "provider-places", "provider-copy"])
def test_beyond_the_limit_it_is_said_and_what_was_typed_stays(
    as_owner: Client, case: Case, owner: Any, settings: Any, page: str
) -> None:
    other = factories.open_case(owner)
    new = factories.make_provider(other, "The last one")
    for name in ("One that is here", "Another that is here"):
        factories.make_provider(case, name)
    settings.CASE_PROVIDER_LIMIT = 2
    sent = {
        "provider-create": {"name": "The last one"},
        "provider-places": {"names_mailbox": "The last one"},
        "provider-copy": {"providers": [new.pk]},
    }[page]

    answer = as_owner.post(address(page, case) + f"?from={other.code}", sent)

    assert answer.status_code == 422
    assert "A case holds at most 2 providers" in answer.content.decode()
    assert "The last one" in answer.content.decode()
    assert case.providers.count() == 2

"""The timeline's page: its filters, its pages, its corrections."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from appeals import actions
from appeals.models import Case, Correction, Event
from tests import factories

from .conftest import address

pytestmark = pytest.mark.django_db


def shown(client: Client, case: Case, query: str = "") -> list[str]:
    rounds = client.get(address("timeline", case) + query).context["rounds"]
    return [told.line.sentence for one in rounds for day in one.days for told in day.lines]


def happen(case: Case, kind: str = "case-changed", by: int | None = None, **details: Any) -> Event:
    fields = {"fields": ["company"]} | details
    by_id = case.owner.pk if by is None else by
    return Event.objects.create(case_code=case.code, kind=kind, by_id=by_id, details=fields)


def test_it_comes_in_pages(as_owner: Client, case: Case) -> None:
    for _ in range(70):
        happen(case)

    first = as_owner.get(address("timeline", case))

    assert len(shown(as_owner, case)) == 50
    assert "Page 1 of 2" in first.content.decode()
    assert first.context["earlier"] == "?page=2"
    assert len(shown(as_owner, case, "?page=2")) == 21
    assert shown(as_owner, case, "?page=2")[-1].startswith("opened the case")
    assert len(shown(as_owner, case, "?page=nonsense")) == 50


def test_a_page_costs_the_same_however_long_it_is(
    as_owner: Client, case: Case, django_assert_max_num_queries: Any
) -> None:
    for _ in range(120):
        happen(case)
    as_owner.get(address("timeline", case))

    with django_assert_max_num_queries(18):
        assert as_owner.get(address("timeline", case) + "?demand=5").status_code == 200
    with django_assert_max_num_queries(18):
        assert as_owner.get(address("timeline", case)).status_code == 200


def test_it_is_filtered_by_item(as_owner: Client, case: Case, owner: Any) -> None:
    demand = case.demands.get(ordinal=5)
    actions.demands.change(demand, by=owner, version=1, label="4.")
    happen(case)

    assert shown(as_owner, case, "?demand=5") == [
        "changed item 4, Proof of payment: number in the notice"
    ]
    page = as_owner.get(address("timeline", case) + "?demand=5")
    assert [one.label for one in page.context["items"] if one.is_chosen] == ["4."]
    assert page.context["item"] == "Proof of payment"
    assert len(shown(as_owner, case, "?demand=99")) == 3


def test_it_is_filtered_by_person(as_owner: Client, case: Case, stranger: Any) -> None:
    assert as_owner.get(address("timeline", case)).context["people"] == []
    happen(case, by=stranger.pk)

    page = as_owner.get(address("timeline", case))

    assert [one.label for one in page.context["people"]] == ["Everybody", "You", "Others"]
    assert shown(as_owner, case, "?by=others") == ["changed the case: company"]
    assert shown(as_owner, case, "?by=me")[0].startswith("opened the case")


def test_filters_are_kept_together(as_owner: Client, case: Case) -> None:
    page = as_owner.get(address("timeline", case) + "?about=files&demand=5")

    urls = {one.label: one.url for one in (*page.context["kinds"], *page.context["items"])}
    assert urls["All"] == "?demand=5"
    assert urls["All items"] == "?about=files"
    assert urls["3"] == "?about=files&demand=3"
    assert "Nothing of that kind has happened" in page.content.decode()


def test_files_and_downloads_are_in_it(as_owner: Client, case: Case, owner: Any) -> None:
    evidence = factories.make_evidence(case)
    actions.evidence.record_download(evidence, by=owner)

    assert shown(as_owner, case, "?about=files") == ["downloaded a file (PDF)"]


def test_a_line_is_corrected_by_adding(as_owner: Client, case: Case) -> None:
    event = Event.objects.of_case(case).get()
    url = address("event-detail", case, event.pk)

    answer = as_owner.post(url, {"sentence": "It came on the 11th."})

    assert answer.url == address("timeline", case) + f"#event-{event.pk}"
    html = as_owner.get(address("timeline", case)).content.decode()
    assert "Correction: It came on the 11th. (You, " in html
    assert "It came on the 11th." in as_owner.get(url).content.decode()


def test_an_empty_correction_and_a_secret_are_refused(as_owner: Client, case: Case) -> None:
    url = address("event-detail", case, Event.objects.of_case(case).get().pk)

    for sentence in ("", "password: Abc12345"):
        answer = as_owner.post(url, {"sentence": sentence})
        assert answer.status_code == 422
        assert sentence in answer.content.decode()
    assert not Correction.objects.exists()


def test_a_line_of_another_case_is_none_of_this(as_owner: Client, case: Case, owner: Any) -> None:
    other = factories.open_case(owner)
    event = Event.objects.of_case(other).get()

    assert as_owner.get(address("event-detail", case, event.pk)).status_code == 404


def test_days_are_those_of_the_reader(as_owner: Client, case: Case, owner: Any) -> None:
    owner.time_zone = "Pacific/Kiritimati"
    owner.save()
    late = timezone.datetime(2026, 11, 20, 23, 30, tzinfo=timezone.get_fixed_timezone(0))
    Event.objects.create(case_code=case.code, kind="confirmed", by_id=owner.pk, at=late, details={})

    (shown,) = as_owner.get(address("timeline", case)).context["rounds"]

    assert "2026-11-21" in [str(day.on) for day in shown.days]

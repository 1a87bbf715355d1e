"""Opening a case or a register, its list, its particulars."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from appeals.models import Case
from tests import factories

from .conftest import address

pytestmark = pytest.mark.django_db

SECRET = "amzn.mws.4ea38b7b-f563-7709-4bae-87aea0000000"


def test_the_list_without_a_case_says_what_to_do(as_owner: Client) -> None:
    page = as_owner.get(reverse("appeals:case-list")).content.decode()

    assert "Before you reply to a notice, take ten minutes to copy it in." in page


def test_the_list_tells_each_case_and_its_next_step(as_owner: Client, case: Case) -> None:
    page = as_owner.get(reverse("appeals:case-list")).content.decode()

    assert case.store in page
    assert "Add a provider" in page


def test_a_new_case_shows_what_it_will_ask(as_owner: Client) -> None:
    factories.make_checklist()

    page = as_owner.get(reverse("appeals:case-create")).content.decode()

    for name in ("Proof of payment", "Confirmation to comply", "our advice, not counted"):
        assert name in page


def test_a_case_needs_a_store_and_a_day(as_owner: Client) -> None:
    answer = as_owner.post(reverse("appeals:case-create"), {"notice_text": "kept on the page"})

    assert answer.status_code == 422
    assert set(answer.context["form"].errors) >= {"store", "notice_on"}
    assert "kept on the page" in answer.content.decode()
    assert not Case.objects.exists()


def test_a_key_in_the_notice_is_refused_and_stays_on_the_page(as_owner: Client) -> None:
    factories.make_checklist()
    sent = {"store": "S", "notice_on": "2018-09-12", "time_zone": "UTC", "notice_text": SECRET}

    answer = as_owner.post(reverse("appeals:case-create"), sent)

    assert answer.status_code == 422
    assert "it was not saved; your text is still on the" in answer.content.decode()
    assert SECRET in answer.content.decode()
    assert not Case.objects.exists()


@pytest.mark.parametrize(
    ("sent", "wrong"),
    [
        ({"deadline_on": "2018-09-15", "has_no_deadline": "on"}, "has_no_deadline"),
        ({"deadline_time": "10:00"}, "deadline_on"),
        ({"deadline_on": "soon"}, "deadline_on"),
        ({"deadline_on": "2018-09-01"}, "deadline_on"),
        ({"notice_on": "2099-01-01"}, "notice_on"),
        ({"time_zone": "Mars/Crater"}, "time_zone"),
    ],
)
def test_a_deadline_that_cannot_be_is_refused(
    as_owner: Client, sent: dict[str, str], wrong: str
) -> None:
    fields = {"store": "S", "notice_on": "2018-09-12", "time_zone": "UTC"} | sent

    answer = as_owner.post(reverse("appeals:case-create"), fields)

    assert answer.status_code == 422
    assert wrong in answer.context["form"].errors


def test_a_register_needs_a_store_alone(as_owner: Client) -> None:
    factories.make_checklist()

    as_owner.post(reverse("appeals:register-create"), {"store": "Register"})

    assert Case.objects.get().is_register


def test_particulars_are_changed(as_owner: Client, case: Case) -> None:
    sent = {"version": 1, "store": "New name", "payer_names": "Wang\n\n Li \nWang"}

    answer = as_owner.post(address("case-edit", case), sent)

    case.refresh_from_db()
    assert answer.url == case.get_absolute_url()
    assert (case.store, case.payer_names) == ("New name", ["Wang", "Li"])


def test_a_stale_form_shows_both_versions_and_writes_nothing(as_owner: Client, case: Case) -> None:
    url = address("case-edit", case)
    as_owner.post(url, {"version": 1, "store": "Theirs", "company": case.company})

    answer = as_owner.post(url, {"version": 1, "store": "Mine", "company": case.company})

    page = answer.content.decode()
    assert answer.status_code == 409
    assert "Theirs" in page
    assert 'value="Mine"' in page
    case.refresh_from_db()
    assert case.store == "Theirs"
    again = {"version": answer.context["form"].data["version"], "store": "Mine"}
    assert as_owner.post(url, again).status_code == 302
    case.refresh_from_db()
    assert case.store == "Mine"


def test_the_notice_is_shown_line_by_line(as_owner: Client, case: Case) -> None:
    case.notice_text = "First line.\n\n  Second <b>line</b>."
    case.save()

    page = as_owner.get(address("notice", case)).content.decode()

    assert "<span>First line.</span></a>" in page
    assert "Second &lt;b&gt;line&lt;/b&gt;." in page


def test_the_deadline_is_set_on_the_page_of_the_notice(as_owner: Client, case: Case) -> None:
    sent = {
        "version": case.version,
        "deadline_on": "2018-09-15",
        "deadline_time": "22:59",
        "time_zone": "America/Los_Angeles",
    }

    as_owner.post(address("notice", case), sent)

    case.refresh_from_db()
    assert (str(case.deadline_on), case.time_zone) == ("2018-09-15", "America/Los_Angeles")
    page = as_owner.get(address("notice", case)).content.decode()
    assert "2018-09-15 22:59 PDT" in page
    assert "2018-09-16 13:59 Beijing time" in page


def test_recording_a_notice_makes_a_register_an_appeal(as_owner: Client, owner: Any) -> None:
    factories.make_checklist()
    register = factories.actions.cases.open_register(by=owner, store="Register")
    sent = {"version": 1, "notice_on": "2018-09-12", "notice_text": "…", "time_zone": "UTC"}

    as_owner.post(address("notice", register), sent)

    register.refresh_from_db()
    assert not register.is_register

"""From the notice to "6 of 6", through the pages alone."""

from __future__ import annotations

import datetime

import pytest
from django.test import Client
from django.urls import reverse

from appeals.models import Case
from tests import factories

from .conftest import address, part, rows, upload

pytestmark = pytest.mark.django_db


def test_a_seller_gets_from_the_notice_to_six_of_six(as_owner: Client) -> None:
    factories.make_checklist()
    today = datetime.date.today()

    answer = as_owner.post(
        reverse("appeals:case-create"),
        {
            "store": "My shop US",
            "company": "Example Ltd",
            "notice_on": today.isoformat(),
            "notice_text": "Please tell us …",
            "time_zone": "Asia/Shanghai",
            "has_no_deadline": "on",
        },
    )
    case = Case.objects.get()
    assert answer.url == address("notice", case)

    as_owner.post(address("provider-create", case), {"name": "ERP A"})
    provider = case.providers.get()
    page = address("provider-detail", case, "A")
    as_owner.post(page, part("found", provider, found="A chat group"))
    contacts = {"name": "ERP A", "web_site": "https://example.com", "email": "a@example.com"}
    as_owner.post(page, part("contacts", provider, **contacts, **rows("contacts_rows", {})))
    as_owner.post(page, part("described", provider, did="Listings", received="Reports"))
    first, last = today.replace(day=1) - datetime.timedelta(days=100), today
    months = {"first": f"{first:%Y-%m}", "last": f"{last:%Y-%m}"}
    as_owner.post(page, part("periods", provider, **rows("periods_rows", months)))

    proofs = (["3/A"], [f"5/A/{first:%Y-%m}", f"5/A/{last:%Y-%m}"])
    for number, ticks in enumerate(proofs):
        answer = as_owner.post(
            address("evidence-create", case),
            {"consent": "on", "files": upload(size=40 + number)},
        )
        assert answer.status_code == 302
        evidence = case.evidence.unfiled().get()
        answer = as_owner.post(
            address("evidence-detail", case, evidence.code),
            {"version": evidence.version, "kind": "payment", "proofs": ticks},
        )
        assert answer.status_code == 302

    confirmation = address("confirmation", case)
    digest = as_owner.get(confirmation).context["form"]["digest"].value()
    as_owner.post(confirmation, {"digest": digest, "is_confirmed": "on"})

    answer = as_owner.get(case.get_absolute_url())
    assert "6 of 6 ready" in answer.content.decode()
    assert answer.context["step"].title == "Everything asked is here"

"""How much a case holds, where it is not a file or a provider: said where it was typed."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from appeals import actions
from appeals.models import Case

from .conftest import address

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("name", "parts", "sent"),
    [
        ("demand-create", [], {"wording": "Who keeps the credentials.", "scope": "case"}),
        ("notice-line", [2], {"asks": "new-case", "versions": "0:0"}),
    ],
)
def test_beyond_the_limit_of_items_it_is_said_and_what_was_typed_stays(
    as_owner: Client,
    case: Case,
    monkeypatch: pytest.MonkeyPatch,
    name: str,
    parts: list[int],
    sent: dict[str, Any],
) -> None:
    notice = "We need:\n1. Who keeps the credentials."
    Case.objects.filter(pk=case.pk).update(notice_text=notice)
    count = case.demands.count()
    monkeypatch.setattr(actions.demands, "MOST_DEMANDS", count)

    answer = as_owner.post(address(name, case, *parts), sent | {"label": "9."})

    assert answer.status_code == 422
    assert f"A case holds at most {count} items" in answer.content.decode()
    assert 'value="9."' in answer.content.decode()
    assert case.demands.count() == count


@pytest.mark.parametrize("name", ["case-create", "register-create"])
def test_beyond_the_limit_of_cases_nothing_is_opened_and_what_was_typed_stays(
    as_owner: Client, case: Case, owner: Any, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    monkeypatch.setattr(actions.cases, "MOST_CASES", 1)
    form = as_owner.get(reverse(f"appeals:{name}")).context["form"]
    code = form["code"].value() if "code" in form.fields else ""
    sent = {"store": "Another", "notice_on": "2018-09-12", "time_zone": "Asia/Shanghai"}

    answer = as_owner.post(reverse(f"appeals:{name}"), sent | {"code": code})

    assert answer.status_code == 422
    assert "An account holds at most 1 cases and registers" in answer.content.decode()
    assert 'value="Another"' in answer.content.decode()
    assert owner.cases.count() == 1

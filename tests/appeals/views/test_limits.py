"""How much a case holds, where it is not a file or a provider: said where it was typed."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

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

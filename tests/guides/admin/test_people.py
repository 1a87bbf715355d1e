"""Whoever hands out rights still opens no account of another person."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

pytestmark = pytest.mark.django_db


def test_nobody_sets_the_password_of_another(as_editor: Client, owner: Any) -> None:
    address = f"/admin/guides/user/{owner.pk}/password/"
    sent = {"usable_password": "true", "password1": "long-horse-47", "password2": "long-horse-47"}
    before = owner.password

    assert as_editor.get(address).status_code == 404
    assert as_editor.post(address, sent).status_code == 404
    owner.refresh_from_db()
    assert owner.password == before


@pytest.mark.parametrize("register", ["emailaddress", "emailconfirmation"])
def test_nobody_enters_an_address_for_another(as_editor: Client, register: str) -> None:
    assert as_editor.get(f"/admin/account/{register}/").status_code == 404
    assert as_editor.get(f"/admin/account/{register}/add/").status_code == 404


def test_people_and_their_rights_are_still_there(as_editor: Client, owner: Any) -> None:
    assert as_editor.get(f"/admin/guides/user/{owner.pk}/change/").status_code == 200

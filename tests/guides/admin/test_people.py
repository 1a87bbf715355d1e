"""Whoever hands out rights still opens no account of another person."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.auth.models import Group, Permission
from django.test import Client

from guides import roles
from guides.admin.people import RIGHTS
from guides.models import User

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


def test_a_person_is_given_a_role_and_gets_exactly_its_rights(
    as_editor: Client, owner: Any
) -> None:
    """The groups are there from the beginning, and stay what they are."""
    writer = Group.objects.get(name="writer")
    page = f"/admin/guides/user/{owner.pk}/change/"
    assert "Writes drafts" in as_editor.get(page).content.decode()

    sent = {"language": "en", "time_zone": "Asia/Shanghai", "is_active": "on", "is_staff": "on"}
    as_editor.post(page, sent | {"groups": [writer.pk]})

    person = User.objects.get(pk=owner.pk)
    assert {right.removeprefix("guides.") for right in person.get_all_permissions()} == (
        roles.BY_NAME["writer"].rights
    )
    listed = as_editor.get(f"/admin/guides/user/?role={writer.pk}").content.decode()
    assert owner.email in listed
    assert "editor@example.com</a>" not in listed


def test_what_a_role_may_do_is_read_and_not_changed(as_editor: Client) -> None:
    writer = Group.objects.get(name="writer")
    page = f"/admin/auth/group/{writer.pk}/"

    shown = as_editor.get(f"{page}change/").content.decode()
    assert "Guides: write drafts" in shown
    assert 'name="_save"' not in shown
    assert as_editor.post(f"{page}change/", {"name": "x"}).status_code == 403
    assert as_editor.post(f"{page}delete/", {"post": "yes"}).status_code == 403
    writer.permissions.add(Permission.objects.get(codename="publish_guide"))
    roles.make()
    held = set(writer.permissions.values_list("codename", flat=True))
    assert held == roles.BY_NAME["writer"].rights


def test_other_groups_are_made_from_the_same_rights(as_editor: Client) -> None:
    right = Permission.objects.get(codename="view_guide")

    as_editor.post("/admin/auth/group/add/", {"name": "Readers", "permissions": [right.pk]})

    group = Group.objects.get(name="Readers")
    assert list(group.permissions.all()) == [right]
    page = as_editor.get(f"/admin/auth/group/{group.pk}/change/").content.decode()
    assert 'name="_save"' in page


def test_every_right_of_a_role_has_a_name_for_the_desk() -> None:
    assert set().union(*(role.rights for role in roles.ROLES)) <= set(RIGHTS)

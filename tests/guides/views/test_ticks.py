"""Ticks of whoever is signed in."""

import pytest
from django.test import Client

from guides.models import Progress
from tests.factories import make_guide, make_live_edition
from tests.guides.views.parts import make_part, make_steps

pytestmark = pytest.mark.django_db

ADDRESS = "/en/guides/how/ticks/"


@pytest.fixture
def guide(db):
    guide = make_guide("how", kind="steps")
    parts = make_steps("one", "two")
    parts[1] = make_part("one", tasks=["look", "write"])
    make_live_edition(guide, "en", parts=parts)
    return guide


def test_it_keeps_what_is_ticked_and_goes_on(as_owner, owner, guide):
    response = as_owner.post(
        ADDRESS, {"shown": ["look", "write"], "done": ["look", "one"], "then": "two"}
    )

    assert response.status_code == 302
    assert response["Location"] == "/en/guides/how/?step=two"
    assert Progress.objects.done(owner, guide) == {"look", "one"}


def test_a_box_that_was_shown_and_is_empty_is_unticked(as_owner, owner, guide):
    Progress.objects.tick(owner, guide, ["look", "write", "two"])

    as_owner.post(ADDRESS, {"shown": ["look", "write"], "done": ["write"]})

    assert Progress.objects.done(owner, guide) == {"write", "two"}


def test_ticks_from_before_signing_in_are_added_to_what_there_is(as_owner, owner, guide):
    Progress.objects.tick(owner, guide, ["look"])

    as_owner.post(ADDRESS, {"done": ["write"]})

    assert Progress.objects.done(owner, guide) == {"look", "write"}


def test_what_the_guide_does_not_have_is_left_out(as_owner, owner, guide):
    as_owner.post(ADDRESS, {"done": ["look", "else", "x" * 500]})

    assert Progress.objects.done(owner, guide) == {"look"}


@pytest.mark.parametrize(
    ("then", "address"),
    [
        ("all", "/en/guides/how/?all=1"),
        ("", "/en/guides/how/"),
        ("https://example.com/", "/en/guides/how/"),
        ("//example.com", "/en/guides/how/"),
    ],
)
def test_it_only_goes_on_within_the_guide(as_owner, guide, then, address):
    assert as_owner.post(ADDRESS, {"then": then})["Location"] == address


def test_readers_do_not_see_each_others_ticks(as_owner, as_stranger, stranger, guide):
    as_owner.post(ADDRESS, {"done": ["look"]})

    assert Progress.objects.done(stranger, guide) == frozenset()


def test_a_stranger_is_asked_to_sign_in(client, guide):
    response = client.post(ADDRESS, {"done": ["look"]})

    assert response.status_code == 302
    assert response["Location"].startswith("/en/account/login/")
    assert not Progress.objects.exists()


def test_it_refuses_reading_and_forged_forms(as_owner, owner, guide):
    careful = Client(enforce_csrf_checks=True)
    careful.force_login(owner)

    assert as_owner.get(ADDRESS).status_code == 405
    assert careful.post(ADDRESS, {"done": ["look"]}).status_code == 403
    assert not Progress.objects.exists()


def test_a_guide_that_is_not_live_is_not_found(as_owner):
    make_guide("draft", kind="steps")

    assert as_owner.post("/en/guides/draft/ticks/").status_code == 404

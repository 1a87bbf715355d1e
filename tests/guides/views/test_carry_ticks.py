"""What a browser kept for a stranger, added to an account."""

import json

import pytest
from django.test import Client

from guides.models import Progress
from tests.factories import make_guide, make_live_edition
from tests.guides.views.parts import make_part, make_steps

pytestmark = pytest.mark.django_db

ADDRESS = "/en/ticks/"


@pytest.fixture
def guides(db):
    steps = make_guide("how", kind="steps")
    make_live_edition(steps, "en", parts=make_steps("one", "two"))
    clause = make_guide("clause", kind="clause")
    for language in ("en", "zh-hans"):
        make_live_edition(clause, language, parts=[make_part("now", tasks=["look", "write"])])
    return steps, clause


def carry(client, ticks):
    text = ticks if isinstance(ticks, str) else json.dumps(ticks)
    return client.post(ADDRESS, {"ticks": text})


def test_the_ticks_of_all_guides_are_added_at_once(as_owner, owner, guides):
    steps, clause = guides
    Progress.objects.tick(owner, steps, ["two"])

    answer = carry(as_owner, {"how": ["one"], "clause": ["look"]})

    assert answer.status_code == 204
    assert Progress.objects.done(owner, steps) == {"one", "two"}
    assert Progress.objects.done(owner, clause) == {"look"}


def test_it_can_be_sent_again(as_owner, owner, guides):
    for _time in range(2):
        assert carry(as_owner, {"how": ["one", "one"]}).status_code == 204

    assert Progress.objects.done(owner, guides[0]) == {"one"}


def test_what_no_live_guide_has_is_passed_over(as_owner, owner, guides):
    make_guide("draft")
    odd = {"how": ["one", "else", 5, None, ["x"]], "gone": ["one"], "draft": ["one"], "clause": "x"}

    assert carry(as_owner, odd | {"\x00": ["one"], "\ud800": ["one"]}).status_code == 204

    assert Progress.objects.filter(user=owner).count() == 1


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[]",
        "null",
        "{",
        "[" * 50_000,
        json.dumps({f"guide-{number}": [] for number in range(301)}),
        json.dumps({"how": ["x" * 100_000]}),
    ],
    ids=["nothing", "list", "null", "broken", "deep", "many", "long"],
)
def test_what_is_no_list_of_ticks_is_refused(as_owner, guides, text):
    assert carry(as_owner, text).status_code == 400
    assert not Progress.objects.exists()


def test_it_takes_as_many_queries_for_many_guides(as_owner, guides, django_assert_num_queries):
    for number in range(8):
        make_live_edition(make_guide(f"guide-{number}"), "en", parts=[make_part("a")])
    carry(as_owner, {"how": ["one"]})  # renews the session
    many = {f"guide-{number}": ["a"] for number in range(8)}

    with django_assert_num_queries(4):  # the session, the person, the guides, the ticks
        carry(as_owner, many)

    assert Progress.objects.count() == 9


def test_a_stranger_is_asked_to_sign_in(client, guides):
    answer = carry(client, {"how": ["one"]})

    assert answer.status_code == 302  # not the answer upon which a browser forgets
    assert not Progress.objects.exists()


def test_it_refuses_reading_and_forged_forms(as_owner, owner, guides):
    careful = Client(enforce_csrf_checks=True)
    careful.force_login(owner)

    assert as_owner.get(ADDRESS).status_code == 405
    assert carry(careful, {"how": ["one"]}).status_code == 403
    assert not Progress.objects.exists()


@pytest.mark.parametrize("path", ["", "guides/how/", "account/", "appeals/"])
def test_every_page_of_whoever_is_signed_in_carries_them(as_owner, client, guides, path):
    assert "data-carry" in as_owner.get(f"/en/{path}").content.decode()
    assert "data-carry" not in client.get(f"/en/{path}", follow=True).content.decode()

"""The home page: three doors, the last checks, and where a reader left off."""

import pytest

from guides.models import Progress
from tests.factories import make_guide, make_live_edition
from tests.guides.views.parts import make_steps

pytestmark = pytest.mark.django_db


def test_it_opens_three_doors_by_situation(client):
    page = client.get("/en/").content.decode()

    assert 'href="/en/guides/suspended/"' in page
    assert 'href="/en/methods/"' in page
    assert 'href="/en/guides/clause-2-4/"' in page


def test_the_small_door_leads_to_the_self_check(client):
    page = client.get("/en/").content.decode()
    doors = page[page.index('id="doors"') :]

    assert 'class="door-small"><a href="/en/guides/self-check/"' in doors


def test_terms_do_not_push_other_checks_away(client):
    for number in range(5):
        term = make_guide(f"term-{number}", kind="term", checked_on="2026-11-23")
        make_live_edition(term, "en", title="A term")
    make_live_edition(make_guide(checked_on="2026-11-20"), "en", title="An article")

    page = client.get("/en/").content.decode()

    assert "An article" in page
    assert "A term" not in page


def test_it_sets_no_cookie_for_a_stranger(client):
    response = client.get("/zh-hans/")

    assert not response.cookies
    assert "csrfmiddlewaretoken" not in response.content.decode()


def test_it_shows_the_three_latest_checks_newest_first(client):
    for day in (1, 2, 3, 4):
        guide = make_guide(f"checked-{day}", checked_on=f"2026-11-0{day}")
        make_live_edition(guide, "en", title=f"Checked on day {day}")
        make_live_edition(guide, "zh-hans", title=f"第 {day} 天核对")

    page = client.get("/en/").content.decode()

    shown = [page.index(f"Checked on day {day}") for day in (4, 3, 2)]
    assert shown == sorted(shown)
    assert "Checked on day 1" not in page
    assert "天核对" not in page


def test_of_checks_on_one_day_those_of_current_guides_come_first(client):
    for position, standing in enumerate(("historic", "current")):
        guide = make_guide(standing, standing=standing, position=position, checked_on="2026-11-23")
        make_live_edition(guide, "en", title=f"A {standing} guide")

    page = client.get("/en/").content.decode()

    assert page.index("A current guide") < page.index("A historic guide")


@pytest.mark.time_machine("2026-11-24")
def test_an_overdue_check_says_so_and_stays(client):
    guide = make_guide(checked_on="2026-08-01", review_by="2026-11-01")
    make_live_edition(guide, "en", title="Old check")

    page = client.get("/en/").content.decode()

    assert "Due for review 2026-08-01" in page
    assert "mark is-overdue" in page


def test_it_leads_back_to_the_step_one_was_at(as_owner, owner):
    guide = make_guide("how", kind="steps")
    make_live_edition(guide, "en", title="How", parts=make_steps("one", "two", "three"))
    Progress.objects.tick(owner, guide, ["one"])

    page = as_owner.get("/en/").content.decode()

    assert "/en/guides/how/?step=two" in page
    assert "How, step 2" in page
    assert "1 of 3 steps done" in page


def test_a_finished_guide_is_not_offered_again(as_owner, owner):
    guide = make_guide("how", kind="steps")
    make_live_edition(guide, "en", title="How", parts=make_steps("one"))
    Progress.objects.tick(owner, guide, ["one"])

    assert "Where you left off" not in as_owner.get("/en/").content.decode()


def test_it_costs_a_stranger_one_query(client, django_assert_num_queries):
    for number in range(8):
        make_live_edition(make_guide(f"guide-of-{number}"), "en")

    with django_assert_num_queries(1):
        client.get("/en/")

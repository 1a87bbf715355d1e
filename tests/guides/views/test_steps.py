"""A step guide, one step a page, and as one text."""

import pytest

from guides.models import Progress
from tests.factories import make_guide, make_live_edition, make_source
from tests.guides.views.parts import make_part, make_steps

pytestmark = pytest.mark.django_db


@pytest.fixture
def guide(db):
    make_source("s1")
    make_source("s2")
    guide = make_guide("how", kind="steps")
    parts = make_steps("one", "two")
    parts[1]["html"] = '<p>First.<a class="cite" href="#source-s1">a</a></p>'
    cited = [{"key": "s1", "letter": "a"}, {"key": "s2", "letter": "b"}]
    make_live_edition(guide, "en", title="How", parts=parts, cited=cited)
    return guide


def read(client, query=""):
    return client.get(f"/en/guides/how/{query}").content.decode()


def test_it_begins_ahead_of_step_one(client, guide):
    page = read(client)

    assert "Text of before." in page
    assert "Step 1 of 2" not in page
    assert "Begin with step 1" in page
    assert 'href="?step=one"' in page


def test_a_step_is_counted_and_leads_on_and_back(client, guide):
    page = read(client, "?step=two")

    assert "Step 2 of 2" in page
    assert 'href="?step=done" data-done="two"' in page
    assert '<a class="button" href="?step=one">' in page
    assert "First." not in page


def test_it_shows_where_one_is(client, guide):
    page = read(client, "?step=two")

    assert page.count('aria-current="step"') == 1


def test_the_last_page_leads_back_only(client, guide):
    page = read(client, "?step=done")

    assert "Text of done." in page
    assert "Done, next step" not in page
    assert '<a class="button" href="?step=two">' in page


def test_an_old_link_still_leads_to_the_guide(client, guide):
    response = client.get("/en/guides/how/?step=gone")

    assert response.status_code == 200
    assert "Text of before." in response.content.decode()


def test_a_step_lists_only_what_it_cites(client, guide):
    page = read(client, "?step=one")

    assert 'id="source-s1"' in page
    assert 'id="source-s2"' not in page


def test_all_steps_stand_on_one_page_for_paper_and_search(client, guide, settings):
    page = read(client, "?all=1")

    for part_id in ("before", "one", "two", "done"):
        assert f'<h2 id="{part_id}">' in page
    assert "Step 2 of 2" in page
    assert 'id="source-s2"' in page
    lasting = f'rel="canonical" href="{settings.SITE_URL}/en/guides/how/?all=1"'
    assert lasting in page
    assert lasting in read(client, "?step=one")


def test_a_historic_one_says_that_it_cannot_be_followed(client, guide):
    guide.standing = "historic"
    guide.successor = make_guide("today", kind="steps")
    guide.save()
    make_live_edition(guide.successor, "en", title="How it is done today")

    for query in ("", "?step=one", "?all=1"):
        page = read(client, query)
        assert "These steps can no longer be followed." in page
        assert "How it is done today" in page


def test_nobody_is_asked_whether_a_historic_step_is_done(client, as_owner, guide):
    guide.standing = "historic"
    guide.save()

    for reader in (client, as_owner):
        page = read(reader, "?step=one")
        assert "Next step" in page
        assert "Done, next step" not in page
        assert "Your progress stays on this device." not in page
    assert "See step 1" in read(client)


def test_a_reader_sees_what_is_done(as_owner, owner, guide):
    Progress.objects.tick(owner, guide, ["one"])

    page = read(as_owner, "?step=two")

    assert '<li data-step="one" class="is-done">' in page
    assert '<li data-step="two">' in page


def test_a_step_can_hold_things_to_do(as_owner, owner):
    guide = make_guide("tasks", kind="steps")
    parts = make_steps("one")
    parts[1] = make_part("one", tasks=["write-down"])
    make_live_edition(guide, "en", parts=parts)

    page = as_owner.get("/en/guides/tasks/?step=one").content.decode()

    assert '<input type="hidden" name="shown" value="write-down">' in page

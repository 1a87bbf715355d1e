"""One guide: what it shows, in which language, and what it costs."""

import pytest
from django.test import Client

from guides.models import Progress
from tests.factories import make_guide, make_live_edition, make_source
from tests.guides.views.parts import make_part, make_task
from tests.guides.views.test_guide_list import make_method

pytestmark = pytest.mark.django_db


@pytest.fixture
def clause(db):
    make_source("s1", version="2019-10-24", archived_address="https://example.org/kept")
    guide = make_guide(
        "clause-2-4",
        kind="clause",
        standing="historic",
        is_reported=True,
        review_by="2027-11-23",
        successor=make_guide("rules-today"),
    )
    make_live_edition(guide.successor, "en", title="The rules today")
    parts = [
        make_part(
            "short", title="In short", html='<p>Keep it.<a class="cite" href="#source-s1">a</a></p>'
        ),
        make_part("now", html=make_task("who") + make_task("replace"), tasks=["who", "replace"]),
        make_part("says", title="What it asks (in our own words)"),
    ]
    make_live_edition(
        guide, "en", title="Clause 2.4", card="Keep your keys", summary="A summary.", parts=parts,
        cited=[{"key": "s1", "letter": "a"}],
    )  # fmt: skip
    return guide


def test_it_shows_the_parts_under_their_ids(client, clause):
    page = client.get("/en/guides/clause-2-4/").content.decode()

    assert '<h2 id="short">In short</h2>' in page
    assert "Keep it." in page


def test_its_title_is_what_a_forwarded_card_shows(client, clause):
    page = client.get("/en/guides/clause-2-4/").content.decode()

    assert "<title>Keep your keys</title>" in page
    assert '<meta name="description" content="A summary.">' in page


def test_brackets_at_the_end_of_a_heading_stand_small_beside_it(client, clause):
    page = client.get("/en/guides/clause-2-4/").content.decode()

    assert 'What it asks <span class="part-note">in our own words</span>' in page


def test_it_says_historic_and_reported_and_names_what_holds_today(client, clause):
    page = client.get("/en/guides/clause-2-4/").content.decode()

    assert "Historic clause, kept for appeals" in page
    assert "Reported" in page
    assert "Today: The rules today" in page


def test_the_stamp_says_when_and_against_what_it_was_checked(client, clause, editor):
    page = client.get("/en/guides/clause-2-4/").content.decode()
    assert "Checked against a stored copy" in page
    assert "Next review 2027-11-23" in page
    assert "This release of the site" in page

    clause.checked_by = editor
    clause.save()

    page = client.get("/en/guides/clause-2-4/").content.decode()
    assert "Checked against the source" in page
    assert "An editor of this site" in page
    assert editor.email not in page


@pytest.mark.time_machine("2027-12-01")
def test_an_overdue_stamp_says_so(client, clause):
    page = client.get("/en/guides/clause-2-4/").content.decode()

    assert "stamp is-overdue" in page
    assert "Due for review" in page


def test_it_lists_its_sources_with_grade_version_and_links(client, clause):
    page = client.get("/en/guides/clause-2-4/").content.decode()

    assert 'id="source-s1"' in page
    assert "Source s1" in page
    assert "official text" in page
    assert "2019-10-24" in page
    assert 'href="https://example.com/s1"' in page
    assert 'href="https://example.org/kept"' in page


def test_it_names_its_lasting_address_and_its_languages(client, clause, settings):
    make_live_edition(clause, "zh-hans", title="第 2.4 条")

    page = client.get("/en/guides/clause-2-4/").content.decode()

    assert f'rel="canonical" href="{settings.SITE_URL}/en/guides/clause-2-4/"' in page
    assert f'hreflang="zh-Hans" href="{settings.SITE_URL}/zh-hans/guides/clause-2-4/"' in page


def test_a_missing_language_is_shown_in_the_other_with_a_notice(client, clause, settings):
    page = client.get("/zh-hans/guides/clause-2-4/").content.decode()

    assert '<html lang="zh-Hans">' in page
    assert '<div class="parts" lang="en">' in page
    assert "Keep it." in page
    assert 'class="spread notice"' in page
    assert f'rel="canonical" href="{settings.SITE_URL}/en/guides/clause-2-4/"' in page


def test_a_translated_guide_has_no_notice(client, clause):
    assert 'class="spread notice"' not in client.get("/en/guides/clause-2-4/").content.decode()


def test_the_language_switch_stays_on_the_page(client, clause):
    page = client.get("/en/guides/clause-2-4/?step=x").content.decode()

    assert 'href="/zh-hans/guides/clause-2-4/?step=x"' in page


def test_what_is_not_live_is_not_found_and_the_answer_leads_on(client):
    make_guide("draft")

    response = client.get("/en/guides/draft/")

    assert response.status_code == 404
    assert 'href="/en/guides/"' in response.content.decode()


def test_it_can_only_be_read(client, clause):
    assert client.post("/en/guides/clause-2-4/").status_code == 405


def test_a_stranger_gets_no_form_and_no_cookie(client, clause):
    response = client.get("/en/guides/clause-2-4/")

    # The one that is there leads to the search, and is for everyone.
    page = response.content.decode()
    assert page.count("<form") == page.count('role="search"') == 1
    assert 'method="post"' not in page
    assert not response.cookies


def test_a_reader_finds_ticks_again(as_owner, owner, clause):
    Progress.objects.tick(owner, clause, ["who"])

    page = as_owner.get("/en/guides/clause-2-4/").content.decode()

    assert 'value="who" checked' in page
    assert 'value="replace" checked' not in page
    assert '<form class="actions no-print" id="ticks"' in page


def test_a_method_shows_its_facts(client):
    guide = make_method("oauth", verdict="care", renewal_days=365, renews="authorization")
    make_live_edition(guide, "en", when="You use web software")

    page = client.get("/en/guides/oauth/").content.decode()

    assert "verdict-care" in page
    assert "Authorize again every 365 days" in page
    assert "You use web software" in page


@pytest.mark.parametrize("kind", ["article", "requirement"])
def test_other_kinds_open_with_their_summary(client, kind):
    make_live_edition(make_guide("one", kind=kind), "en", summary="First things first.")

    page = client.get("/en/guides/one/").content.decode()

    assert '<p class="lead">First things first.</p>' in page


def count_queries(client, django_assert_max_num_queries, most):
    with django_assert_max_num_queries(most) as captured:
        assert client.get("/en/guides/clause-2-4/").status_code == 200
    return len(captured)


@pytest.mark.parametrize(("person", "most"), [(None, 4), ("owner", 8)])
def test_it_takes_few_queries_whatever_the_number_of_guides(
    request, clause, django_assert_max_num_queries, person, most
):
    client = Client()
    if person:
        client.force_login(request.getfixturevalue(person))
        client.get("/en/guides/clause-2-4/")  # renews the session once a day
    before = count_queries(client, django_assert_max_num_queries, most)

    for number in range(10):
        guide = make_guide(f"another-{number}")
        make_live_edition(guide, "en")
        make_live_edition(guide, "zh-hans")
        clause.related.add(guide)
        make_source(f"s{number + 20}")

    assert count_queries(client, django_assert_max_num_queries, most) == before

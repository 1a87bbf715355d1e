"""All guides by kind."""

import pytest

from guides.models import AuthorizationMethod
from tests.factories import make_guide, make_live_edition

pytestmark = pytest.mark.django_db


def make_method(slug, **changes):
    guide = make_guide(slug, kind="method")
    facts = {
        "era": "sp-api",
        "verdict": "fine",
        "secret_held_by": "seller",
        "ended_by": "seller",
        "handed_over": "consent",
    }
    AuthorizationMethod.objects.create(guide=guide, **facts | changes)
    return guide


def test_it_groups_guides_by_kind_in_their_order(client):
    make_live_edition(make_guide("an-article", kind="article"), "en", title="An article")
    make_live_edition(make_guide("second", kind="clause", position=2), "en", title="Clause two")
    make_live_edition(make_guide("first", kind="clause", position=1), "en", title="Clause one")

    page = client.get("/en/guides/").content.decode()

    order = [page.index(title) for title in ("Clause one", "Clause two", "An article")]
    assert order == sorted(order)
    assert "3 guides, each with its sources" in page


def test_it_leaves_out_what_is_not_live_and_kinds_without_guides(client):
    make_guide("draft", kind="clause")
    make_live_edition(make_guide("an-article"), "en")

    page = client.get("/en/guides/").content.decode()

    assert "draft" not in page
    assert "kind-clause" not in page


def test_it_shows_the_verdict_on_what_is_current_and_that_the_rest_is_historic(client):
    old = make_method("old-way", verdict="fine", era="mws")
    old.standing = "historic"
    old.save()
    make_live_edition(old, "en", title="Old way")
    make_live_edition(make_method("a-way", verdict="never"), "en", title="A way")

    page = client.get("/en/guides/").content.decode()

    assert "verdict-never" in page
    assert "verdict-fine" not in page
    assert page.count(">Historic<") == 1


def test_a_guide_without_this_language_is_listed_in_its_own(client):
    make_live_edition(make_guide("chinese"), "zh-hans", title="只有中文")

    page = client.get("/en/guides/").content.decode()

    assert '<li lang="zh-Hans">' in page
    assert "只有中文" in page


def test_the_terms_are_one_row_that_leads_to_their_page(client):
    for number in (1, 2, 3):
        checked_on = f"2026-11-2{number}"
        term = make_guide(f"term-{number}", kind="term", checked_on=checked_on)
        make_live_edition(term, "en", title=f"Term {number}")
    make_live_edition(make_guide("an-article"), "en", title="An article")

    page = client.get("/en/guides/").content.decode()

    assert "Term 1" not in page
    assert "3 terms" in page
    assert "1 guide, with its sources" in page
    main = page[page.index("<main") :]
    assert main.count('href="/en/terms/"') == 1
    assert main.index("kind-article") < main.index("kind-term")
    assert 'datetime="2026-11-21"' in main[main.index("kind-term") :]  # the oldest of them


def test_it_costs_one_query_however_many_guides(client, django_assert_num_queries):
    for number in range(6):
        make_live_edition(make_method(f"method-{number}"), "en")

    with django_assert_num_queries(1):
        client.get("/en/guides/")

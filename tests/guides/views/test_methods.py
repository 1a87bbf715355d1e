"""The comparison, computed from the facts of each method."""

import pytest
from django.utils.translation import override

from guides.models import AuthorizationMethod
from guides.views.methods import answers
from tests.factories import make_guide, make_live_edition
from tests.guides.views.test_guide_list import make_method

pytestmark = pytest.mark.django_db


def test_it_compares_the_methods_of_today_and_on_request_those_of_mws(client):
    make_live_edition(make_method("now"), "en", title="Way of today")
    make_live_edition(make_method("then", era="mws"), "en", title="Way of then")

    today = client.get("/en/methods/").content.decode()
    mws = client.get("/en/methods/?era=mws").content.decode()

    assert "Way of today" in today
    assert "Way of then" not in today
    assert "Way of then" in mws
    assert "MWS no longer exists." in mws


def test_an_unknown_era_is_today(client):
    make_live_edition(make_method("now"), "en", title="Way of today")

    assert "Way of today" in client.get("/en/methods/?era=1999").content.decode()


def test_the_verdict_stands_first_in_the_table_and_in_each_block(client):
    make_live_edition(make_method("now", verdict="never"), "en")

    page = client.get("/en/methods/").content.decode()

    table = page[page.index('<table class="methods">') : page.index("</table>")]
    assert table.index("verdict-never") < table.index("What they are given")
    block = page[page.index('class="method-block"') :]
    assert block.index("verdict-never") < block.index("What they are given")


def test_it_names_what_judges_a_method_and_then_its_steps(client):
    guide = make_method("now")
    make_live_edition(guide, "en")
    rules = make_guide("rules-today")
    make_live_edition(rules, "en", title="Rules of today")
    clause = make_guide("clause-2-4", kind="clause", successor=rules)
    make_guide("clause-2-7", kind="clause", successor=rules)
    make_live_edition(clause, "en", title="Clause 2.4")
    steps = make_guide("authorize", kind="steps")
    make_live_edition(steps, "en", title="Five steps")
    article = make_guide("article")
    make_live_edition(article, "en", title="Some article")
    guide.related.add(steps, clause, rules, article)

    page = client.get("/en/methods/").content.decode()

    cell = page[page.index('<ul class="basis">') : page.index("</table>")]
    assert 'href="/en/guides/clause-2-4/">Clause 2.4</a>' in cell
    assert cell.count("Rules of today") == 1
    assert cell.index("Rules of today") < cell.index("Five steps")
    assert "Some article" not in page


def test_of_what_is_past_nobody_has_to_choose_and_a_verdict_is_of_its_time(client):
    for slug, verdict in (("token", "fine"), ("keys", "never")):
        method = make_method(slug, era="mws", verdict=verdict)
        make_live_edition(method, "en", when="You used web software then")

    page = client.get("/en/methods/?era=mws").content.decode()

    assert "<h1>MWS, until 2024: three ways compared</h1>" in page
    assert "Which one was mine?" in page
    assert "At the time: Fine" in page
    assert "At the time: Do not use" not in page


def test_it_helps_to_choose(client):
    make_live_edition(make_method("now"), "en", title="Way", when="You use web software")

    assert "You use web software" in client.get("/en/methods/").content.decode()


def test_it_is_as_fresh_as_its_oldest_guide(client):
    for slug, day in (("old", "2026-01-02"), ("new", "2026-11-23")):
        guide = make_method(slug)
        guide.checked_on = day
        guide.save()
        make_live_edition(guide, "en")

    page = client.get("/en/methods/").content.decode()

    assert "Checked against a stored copy on 2026-01-02" in page


def test_it_is_a_page_even_without_methods(client):
    assert client.get("/zh-hans/methods/").status_code == 200


def test_it_costs_three_queries_however_many_methods(client, django_assert_num_queries):
    clause = make_guide("clause-2-4", kind="clause")
    make_live_edition(clause, "en")
    for number in range(5):
        guide = make_method(f"method-{number}")
        make_live_edition(guide, "en")
        guide.related.add(clause)

    with django_assert_num_queries(3):
        client.get("/en/methods/")


@pytest.mark.parametrize(
    ("facts", "label", "answer"),
    [
        ({"renews": "authorization", "renewal_days": 365}, 4, "Authorize again every 365 days"),
        ({"renews": "secret", "renewal_days": 180}, 4, "Replace the secret every 180 days"),
        ({"renews": "nothing"}, 4, "No term was found"),
        ({"is_listed": True}, 3, "Yes, it is listed there"),
        ({"is_listed": False}, 3, "No, it looks like you"),
        ({"is_listed": None}, 3, "We could not find out"),
        ({"ended_by": "support"}, 2, "No: through Seller Support, and all others stop with it"),
        ({"secret_held_by": "provider"}, 1, "The other side"),
        ({"handed_over": "key-pair"}, 0, "Access key and Secret Key"),
    ],
)
def test_facts_are_answered_in_words(facts, label, answer):
    with override("en"):
        assert str(answers(AuthorizationMethod(**facts))[label][1]) == answer

"""The page of a provider: its parts saved with one another, ways round what is not known."""

from __future__ import annotations

import datetime
import re
from html import unescape
from typing import Any

import pytest
from django.test import Client

from appeals import actions
from appeals.actions.explanations import About
from appeals.models import Case, Provider
from appeals.rules.facts import ProofFacts
from tests import factories

from .conftest import address, part, rows

pytestmark = pytest.mark.django_db


@pytest.fixture
def url(case: Case, provider: Provider) -> str:
    return address("provider-detail", case, "A")


def test_a_name_is_enough(as_owner: Client, case: Case) -> None:
    answer = as_owner.post(address("provider-create", case), {"name": "ERP 甲"})

    assert answer.url == address("provider-detail", case, "A")


def test_one_more_can_be_added_at_once(as_owner: Client, case: Case) -> None:
    sent = {"name": "ERP 甲", "another": "1"}

    answer = as_owner.post(address("provider-create", case), sent)

    assert answer.url == address("provider-create", case)


def test_every_field_has_its_place(as_owner: Client, url: str) -> None:
    text = as_owner.get(url).content.decode()

    for name in (
        *("found", "name", "legal_name", "payees", "web_site", "email", "telephone", "app_name"),
        *("did", "received", "periods", "is_free", "method", "shared_secret", "ended"),
        *("ended_on", "ended_how"),
    ):
        assert f'id="field-{name}"' in text, name


def test_a_part_is_saved_alone_and_leads_back_to_it(
    as_owner: Client, url: str, provider: Provider
) -> None:
    answer = as_owner.post(url, part("found", provider, found="From a friend"))

    provider.refresh_from_db()
    assert answer.url == f"{url}#demand-1"
    assert (provider.found, provider.did) == ("From a friend", "Listings")


def sent_by_the_page(client: Client, url: str) -> dict[str, str]:
    """What a browser sends of the whole page as it was opened."""
    forms = client.get(url).context["forms"].values()
    fields = [field for form in forms for field in form.fields]
    rows = [form.rows for form in forms if form.rows is not None]
    fields += [field for each in rows for row in (each.management_form, *each) for field in row]
    values = {field.html_name: field.value() for field in fields}
    return {
        name: value.strftime("%Y-%m") if isinstance(value, datetime.date) else str(value)
        for name, value in values.items()
        if value not in (None, "", False)
    }


def hidden_in(answer: Any) -> dict[str, str]:
    """What the page of two versions sends along."""
    inputs = re.findall(r'<input type="hidden"[^>]*>', answer.content.decode())
    pairs = [
        (re.search(r'name="([^"]*)"', one), re.search(r'value="([^"]*)"', one)) for one in inputs
    ]
    return {name[1]: unescape(value[1]) for name, value in pairs if name and value}


def test_what_is_refused_stays_on_the_page(as_owner: Client, url: str, provider: Provider) -> None:
    answer = as_owner.post(url, part("found", provider, found="password: hunter2-Secret!"))

    assert answer.status_code == 422
    assert "hunter2-Secret!" in answer.content.decode()
    provider.refresh_from_db()
    assert provider.found == "A chat group"


def test_not_knowing_saves_first_and_then_asks_for_the_sentence(
    as_owner: Client, url: str, case: Case, provider: Provider
) -> None:
    sent = part("contacts", provider, name="Renamed", explain="telephone")

    answer = as_owner.post(url, sent | rows("contacts_rows", {}))

    provider.refresh_from_db()
    assert provider.name == "Renamed"
    assert answer.url == address("explanation", case) + "?provider=A&field=telephone"


def test_a_sentence_in_place_of_a_field_is_shown_there(
    as_owner: Client, owner: Any, url: str, case: Case
) -> None:
    about = About(provider="A", field="telephone")
    actions.explanations.write(
        case, by=owner, about=about, kind="not-known", sentence="Only by chat."
    )

    assert "I do not remember: Only by chat." in as_owner.get(url).content.decode()


def test_others_who_are_paid_need_a_sentence(
    as_owner: Client, url: str, provider: Provider
) -> None:
    sent = part("contacts", provider, name="ERP 甲")

    refused = as_owner.post(url, sent | rows("contacts_rows", {"name": "Agency"}))
    as_owner.post(
        url, sent | rows("contacts_rows", {"name": "Agency", "sentence": "It collects."}, {})
    )

    provider.refresh_from_db()
    assert refused.status_code == 422
    assert provider.payees == [{"name": "Agency", "sentence": "It collects."}]


def test_months_of_use_are_several_open_or_approximate(
    as_owner: Client, url: str, provider: Provider
) -> None:
    sent = rows(
        "periods_rows",
        {"first": "2018-01", "last": "2018-02"},
        {"first": "2018年5月", "is_approximate": "on", "sentence": "From the first invoice"},
        {},
    )

    as_owner.post(url, part("periods", provider) | sent)

    assert [str(one) for one in provider.periods.all()] == ["2018-01 – 2018-02", "2018-05 –"]
    assert provider.periods.last().sentence == "From the first invoice"


@pytest.mark.parametrize(
    ("row", "message"),
    [
        ({"first": "2018-05", "last": "2018-03"}, "They may be swapped."),
        ({"last": "2018-03"}, "Give the first month."),
        ({"first": "2018-05", "is_approximate": "on"}, "Say in a sentence what the months go by."),
        ({"first": "Easter"}, "Write the month like 2018-05."),
        ({"first": "2018-05", "last": "2081-07"}, "This month is still to come. Leave it empty"),
        ({"first": "2081-05"}, "This month is still to come. Look at the year"),
        ({"first": "2018-05", "sentence": "About"}, "Tick this, or empty the sentence below."),
    ],
)
def test_a_period_that_cannot_be_is_refused(
    as_owner: Client, url: str, provider: Provider, row: dict[str, str], message: str
) -> None:
    answer = as_owner.post(url, part("periods", provider) | rows("periods_rows", row))

    assert answer.status_code == 422
    assert message in answer.content.decode()
    assert [str(one) for one in provider.periods.all()] == ["2018-03 – 2018-08"]


def test_free_of_charge_keeps_its_sentence(
    as_owner: Client, url: str, case: Case, provider: Provider
) -> None:
    sent = part("free", provider, is_free="on", free_sentence="The free plan.")

    as_owner.post(url, sent)

    provider.refresh_from_db()
    assert provider.is_free
    assert case.explanations.get(field="is_free").sentence == "The free plan."
    as_owner.post(url, part("free", provider))
    assert not case.explanations.exists()


def test_an_end_that_is_still_to_come_is_refused(
    as_owner: Client, url: str, provider: Provider
) -> None:
    answer = as_owner.post(url, part("access", provider, ended="access", ended_on="2099-01-01"))

    assert answer.status_code == 422
    assert "This day is still to come." in answer.content.decode()


def test_a_finding_is_shown_with_its_ways_out(
    as_owner: Client, url: str, provider: Provider
) -> None:
    as_owner.post(url, part("access", provider, method="keys", shared_secret="yes"))

    text = as_owner.get(url).content.decode()

    assert "Take back the key that ERP 甲 holds" in text
    assert "It has been taken back" in text


def test_a_stale_part_shows_both_and_can_be_saved_again(
    as_owner: Client, url: str, provider: Provider
) -> None:
    old = part("found", provider, found="Mine")
    as_owner.post(url, part("found", provider, found="Theirs"))

    answer = as_owner.post(url, old)

    assert answer.status_code == 409
    text = answer.content.decode()
    assert "Theirs" in text
    assert ">\nMine</textarea>" in text
    assert '<input type="hidden" name="part" value="found">' in text


def test_what_another_part_changed_is_no_conflict(
    as_owner: Client, url: str, provider: Provider
) -> None:
    """Two tabs, two parts: each form was made before the other was saved."""
    forms = as_owner.get(url).context["forms"]
    made_from = {name: forms[name].fields["made_from"].value() for name in ("found", "periods")}
    first, second = part("found", provider, found="Here"), part("periods", provider)
    months = rows("periods_rows", {"first": "2018-06", "last": "2018-07"})

    answers = [
        as_owner.post(url, first | {"found-made_from": made_from["found"]}),
        as_owner.post(url, second | months | {"periods-made_from": made_from["periods"]}),
    ]

    assert [answer.status_code for answer in answers] == [302, 302]
    assert [str(one) for one in provider.periods.all()] == ["2018-06 – 2018-07"]


def test_what_was_written_in_other_parts_is_saved_too(
    as_owner: Client, url: str, provider: Provider
) -> None:
    """Who writes in three parts and saves the last one has written in three."""
    sent = sent_by_the_page(as_owner, url) | {"found": "Mine", "did": "Orders", "part": "periods"}
    sent |= {"periods_rows-0-last": "2018-07"}

    answer = as_owner.post(url, sent)

    provider.refresh_from_db()
    assert answer.url == f"{url}#demand-4"
    assert (provider.found, provider.did) == ("Mine", "Orders")
    assert [str(one) for one in provider.periods.all()] == ["2018-03 – 2018-07"]


def test_one_part_that_is_refused_loses_nothing_of_the_others(
    as_owner: Client, url: str, provider: Provider
) -> None:
    sent = sent_by_the_page(as_owner, url) | {"found": "Mine", "part": "periods"}

    answer = as_owner.post(url, sent | {"periods_rows-0-last": "2018-01"})

    text = answer.content.decode()
    assert answer.status_code == 422
    assert ">\nMine</textarea>" in text
    assert "They may be swapped." in text
    provider.refresh_from_db()
    assert provider.found == "A chat group"


def test_a_part_that_was_only_sent_along_undoes_nothing(
    as_owner: Client, url: str, provider: Provider
) -> None:
    """The other tab is older, and nothing was written in that part there."""
    old = sent_by_the_page(as_owner, url)
    as_owner.post(url, sent_by_the_page(as_owner, url) | {"found": "Newer", "part": "found"})

    answer = as_owner.post(url, old | {"did": "Orders", "part": "described"})

    provider.refresh_from_db()
    assert answer.status_code == 302
    assert (provider.found, provider.did) == ("Newer", "Orders")


def test_a_part_that_was_changed_elsewhere_does_not_hold_up_the_others(
    as_owner: Client, url: str, provider: Provider
) -> None:
    old = sent_by_the_page(as_owner, url)
    as_owner.post(url, sent_by_the_page(as_owner, url) | {"found": "Theirs", "part": "found"})

    first = as_owner.post(url, old | {"found": "Mine", "did": "Orders", "part": "found"})
    second = as_owner.post(url, hidden_in(first) | {"found": "Mine"})

    provider.refresh_from_db()
    assert [first.status_code, second.status_code] == [409, 302]
    assert (provider.found, provider.did) == ("Mine", "Orders")


def test_two_parts_that_were_both_changed_elsewhere_are_asked_about_in_turn(
    as_owner: Client, url: str, provider: Provider
) -> None:
    old = sent_by_the_page(as_owner, url)
    theirs = sent_by_the_page(as_owner, url) | {"found": "Theirs", "did": "Theirs"}
    as_owner.post(url, theirs | {"part": "found"})

    first = as_owner.post(url, old | {"found": "Mine", "did": "Mine", "part": "described"})
    second = as_owner.post(url, hidden_in(first) | {"found": "Mine"})
    third = as_owner.post(url, hidden_in(second) | {"did": "Mine"})

    provider.refresh_from_db()
    assert [first.status_code, second.status_code, third.status_code] == [409, 409, 302]
    assert (provider.found, provider.did) == ("Mine", "Mine")


def test_what_was_done_is_said_at_its_place_with_the_next_step(
    as_owner: Client, url: str, provider: Provider
) -> None:
    sent = sent_by_the_page(as_owner, url) | {"did": "Orders", "part": "described"}

    page = as_owner.post(url, sent, follow=True)

    said = page.content.decode().partition('id="demand-3"')[2].partition("</section>")[0]
    assert "Saved." in said
    assert "Next step" in said
    assert "Saved." not in as_owner.get(url).content.decode()


def test_stale_months_show_both_lists(as_owner: Client, url: str, provider: Provider) -> None:
    old = part("periods", provider)
    theirs, mine = {"first": "2018-01", "last": "2018-02"}, {"first": "2018-06", "last": "2018-07"}
    as_owner.post(url, part("periods", provider) | rows("periods_rows", theirs))

    answer = as_owner.post(url, old | rows("periods_rows", mine))

    assert answer.status_code == 409
    assert "2018-01 to 2018-02" in answer.content.decode()
    assert 'value="2018-06"' in answer.content.decode()


def test_deleting_says_first_what_goes(
    as_owner: Client, case: Case, url: str, provider: Provider
) -> None:
    evidence = factories.make_evidence(case)
    actions.evidence.file(
        evidence,
        by=case.owner,
        version=1,
        kind="page",
        shows="A screen",
        proofs=[ProofFacts(3, "A")],
    )
    delete = address("provider-delete", case, "A")

    assert "A screen" in as_owner.get(delete).content.decode()
    assert case.providers.exists()
    assert as_owner.post(delete).url == case.get_absolute_url()
    assert not case.providers.exists()


def test_a_letter_that_is_not_there_is_not_found(as_owner: Client, case: Case) -> None:
    assert as_owner.get(address("provider-detail", case, "Q")).status_code == 404

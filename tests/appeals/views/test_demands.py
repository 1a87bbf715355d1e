"""The page of the notice: lines that are marked, items that are added, moved and left out."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from appeals import actions
from appeals.models import Case, Demand, Provider
from appeals.rules.facts import ProofFacts
from tests import factories

from .conftest import address

pytestmark = pytest.mark.django_db

NOTICE = """To review this, we need the following:
1. Each third-party service that had access, with its main contact.
2. Payment records for no fewer than two months for each service.
3. Proof that each service no longer has access.
4. The name of the person who keeps the credentials.
You do not need to explain how you found the services.
Please submit this by November 27, 2026."""


@pytest.fixture
def case(owner: Any) -> Case:
    return factories.open_case(owner, notice_text=NOTICE)


def demand(case: Case, ordinal: int) -> Demand:
    return Demand.objects.get(case=case, ordinal=ordinal)


def open_line(client: Client, case: Case, number: int, query: str = "") -> Any:
    return client.get(address("notice-line", case, number) + query)


def mark(client: Client, case: Case, number: int, query: str = "", **sent: Any) -> Any:
    """Opens the line and sends its form back, as it was or with other choices; where nothing is
    suggested, as something new."""
    form = open_line(client, case, number, query).context["mark"]
    fields = {name: form[name].value() for name in form.fields}
    fields = {name: value for name, value in fields.items() if value is not None}
    fields["asks"] = fields.get("asks") or "new-case"
    return client.post(address("notice-line", case, number) + query, fields | sent)


def edit(client: Client, case: Case, ordinal: int, **sent: Any) -> Any:
    url = address("demand-detail", case, ordinal)
    form = client.get(url).context["form"]
    fields = {name: form[name].value() for name in form.fields}
    fields = {name: value for name, value in fields.items() if value is not None}
    return client.post(url, fields | sent)


@pytest.mark.parametrize(
    ("line", "suggested"),
    [
        (1, ""),
        (2, "ask-2"),
        (3, "ask-5"),
        (4, "ask-7"),
        (5, ""),
        (6, "out-1"),
        (7, "deadline"),
    ],
)
def test_it_suggests_what_a_line_may_ask_for(
    as_owner: Client, case: Case, line: int, suggested: str
) -> None:
    answer = open_line(as_owner, case, line)

    assert answer.status_code == 200
    assert answer.context["mark"]["asks"].value() == suggested


def test_line_by_line_the_case_follows_its_notice(as_owner: Client, case: Case) -> None:
    for line in range(2, 8):
        answer = mark(as_owner, case, line)
        assert answer.status_code == 302, line
        assert answer.url == address("notice", case) + f"#line-{line}"

    kept = {
        one.ordinal: (one.label, one.line, one.standing) for one in Demand.objects.filter(case=case)
    }
    assert kept[1] == ("1", 6, "left-out")
    assert kept[2] == ("1.", 2, "asked")
    assert kept[5] == ("2.", 3, "asked")
    assert kept[7] == ("3.", 4, "asked")
    assert kept[8] == ("4.", 5, "asked")
    assert demand(case, 8).wording == "The name of the person who keeps the credentials."
    assert demand(case, 5).wording.startswith("Payment records")
    case.refresh_from_db()
    assert case.deadline_line == 7
    page = as_owner.get(address("notice", case)).content.decode()
    assert "not asked this time" in page
    assert "7 items, 3 without a line" in page


def test_what_was_done_is_said_at_the_line(as_owner: Client, case: Case) -> None:
    mark(as_owner, case, 3)

    answer = as_owner.get(address("notice", case))

    assert answer.context["said"]["line-3"] == ["Saved."]


def test_the_case_and_its_pages_follow(as_owner: Client, case: Case, owner: Any) -> None:
    actions.providers.add(case, by=owner, name="ERP 甲")
    for line in range(2, 8):
        mark(as_owner, case, line)

    page = as_owner.get(case.get_absolute_url())
    assert "0 of 7 ready" in page.content.decode()
    assert [one.label for one in page.context["overview"].items][:4] == ["1.", "2.", "3.", "4."]
    assert not page.context["overview"].advised
    html = as_owner.get(address("provider-detail", case, "A")).content.decode()
    assert "This notice does not ask for it" in html
    assert as_owner.get(address("confirmation", case)).status_code == 200


def test_one_mark_is_changed_for_another(as_owner: Client, case: Case) -> None:
    mark(as_owner, case, 3)

    mark(as_owner, case, 3, "?of=5", asks="ask-4")

    assert (demand(case, 5).line, demand(case, 4).line) == (None, 3)


def test_a_line_may_ask_for_two_things(as_owner: Client, case: Case) -> None:
    mark(as_owner, case, 2, asks="ask-2")
    mark(as_owner, case, 2, asks="ask-4")

    assert demand(case, 2).line == demand(case, 4).line == 2


def test_a_mark_is_taken_back(as_owner: Client, case: Case) -> None:
    mark(as_owner, case, 5)
    assert Demand.objects.filter(case=case, ordinal=8).exists()

    answer = as_owner.post(address("notice-line", case, 5), {"nothing": "1"})

    assert answer.status_code == 302
    assert not Demand.objects.filter(case=case, ordinal=8).exists()


def test_what_is_in_use_stays(as_owner: Client, case: Case, owner: Any) -> None:
    mark(as_owner, case, 5)
    evidence = factories.make_evidence(case)
    actions.evidence.file(evidence, by=owner, version=1, proofs=[ProofFacts(8)])

    answer = as_owner.post(address("notice-line", case, 5), {"nothing": "1"}, follow=True)

    assert "Files or sentences stand under what this line had added" in answer.content.decode()
    assert demand(case, 8).line == 5
    answer = mark(as_owner, case, 5, "?of=8", asks="ask-2")
    assert answer.status_code == 422
    assert (demand(case, 8).line, demand(case, 2).line) == (5, None)


def test_months_are_asked_for_where_a_line_asks_for_payment(as_owner: Client, case: Case) -> None:
    mark(as_owner, case, 3, months="3")

    assert demand(case, 5).months == 3
    assert "months" not in open_line(as_owner, case, 2).context["mark"].fields
    answer = mark(as_owner, case, 3, "?of=5", months="0")
    assert answer.status_code == 422


def test_two_tabs_at_one_item(as_owner: Client, case: Case) -> None:
    """The second one gets both, and saving again is a choice."""
    form = open_line(as_owner, case, 3).context["mark"]
    sent = {name: form[name].value() or "" for name in form.fields}
    mark(as_owner, case, 3, label="two")

    answer = as_owner.post(address("notice-line", case, 3), sent | {"label": "II"})

    assert answer.status_code == 409
    html = answer.content.decode()
    assert "two, Proof of payment, asked, line 3" in html
    assert 'value="II"' in html
    again = answer.context["form"].data
    answer = as_owner.post(address("notice-line", case, 3), again.dict())
    assert answer.status_code == 302
    assert demand(case, 5).label == "II"


def test_there_is_no_such_line_or_item(as_owner: Client, case: Case) -> None:
    assert open_line(as_owner, case, 99).status_code == 404
    assert as_owner.get(address("demand-detail", case, 99)).status_code == 404
    assert as_owner.post(address("demand-ask", case, 99)).status_code == 404


def test_a_secret_in_a_number_is_refused(as_owner: Client, case: Case) -> None:
    url = address("demand-detail", case, 5)
    answer = as_owner.post(url, {"version": 1, "standing": "asked", "label": "password: abc12345"})

    assert answer.status_code == 422
    assert demand(case, 5).version == 1


# --- One demand ------------------------------------------------------------------------------


def test_it_is_added_in_the_words_of_the_notice(as_owner: Client, case: Case) -> None:
    sent = {"wording": "Who keeps the credentials?", "label": "9.", "name": "谁", "scope": "case"}

    answer = as_owner.post(address("demand-create", case), sent)

    assert answer.url == address("notice", case) + "#demand-8"
    made = demand(case, 8)
    assert (made.wording, made.label, made.name) == (sent["wording"], "9.", "谁")
    assert "谁" in as_owner.get(case.get_absolute_url()).content.decode()


def test_it_may_be_asked_of_one_provider(as_owner: Client, case: Case, provider: Provider) -> None:
    sent = {"wording": "Its contract?", "label": "9.", "scope": "A", "line": "3"}
    as_owner.post(address("demand-create", case), sent)

    made = demand(case, 8)
    assert (made.scope, made.provider, made.line) == ("provider", provider, 3)
    page = as_owner.get(address("provider-detail", case, "A"))
    assert "Its contract?" in page.content.decode()


def test_what_is_missing_is_said_and_nothing_lost(as_owner: Client, case: Case) -> None:
    answer = as_owner.post(address("demand-create", case), {"label": "9.", "scope": "case"})

    assert answer.status_code == 422
    html = answer.content.decode()
    assert "This is still empty" in html
    assert 'value="9."' in html


def test_it_is_reworded_and_renumbered(as_owner: Client, case: Case) -> None:
    answer = edit(as_owner, case, 5, label="4.", wording="Payment records", months="4")

    assert answer.url == address("notice", case) + "#demand-5"
    kept = demand(case, 5)
    assert (kept.label, kept.wording, kept.months) == ("4.", "Payment records", 4)


def test_what_is_left_out_names_the_line(as_owner: Client, case: Case) -> None:
    answer = edit(as_owner, case, 5, standing="left-out")
    assert answer.status_code == 422
    assert "Choose the line that shows it." in answer.content.decode()

    assert edit(as_owner, case, 5, standing="left-out", line="6").status_code == 302
    assert demand(case, 5).standing == "left-out"


def test_without_the_text_nothing_is_left_out(as_owner: Client, owner: Any) -> None:
    case = factories.open_case(owner)

    answer = edit(as_owner, case, 5, standing="left-out")

    assert answer.status_code == 422
    assert "Copy in the text of the notice first" in answer.content.decode()


def test_it_is_taken_back_in(as_owner: Client, case: Case) -> None:
    edit(as_owner, case, 5, standing="left-out", line="6")
    version = demand(case, 5).version

    answer = as_owner.post(address("demand-ask", case, 5), {"version": version})

    assert answer.url == address("notice", case) + "#demand-5"
    assert demand(case, 5).standing == "asked"


def test_an_old_page_takes_nothing_back_in(as_owner: Client, case: Case) -> None:
    edit(as_owner, case, 5, standing="left-out", line="6")

    answer = as_owner.post(address("demand-ask", case, 5), {"version": "1"}, follow=True)

    assert "This was changed elsewhere" in answer.content.decode()
    assert demand(case, 5).standing == "left-out"


def test_it_is_moved_by_plain_buttons(as_owner: Client, case: Case) -> None:
    rows = as_owner.get(address("notice", case)).context["page"].demands
    assert [(row.ordinal, row.before, row.after) for row in rows[:2]] == [(1, None, 2), (2, 1, 3)]

    for _twice in range(2):
        as_owner.post(address("demand-place", case, 2), {"before": "1"})

    rows = as_owner.get(address("notice", case)).context["page"].demands
    assert [row.ordinal for row in rows] == [2, 1, 3, 4, 5, 6, 7]
    as_owner.post(address("demand-place", case, 2), {"after": "99"})
    as_owner.post(address("demand-place", case, 2), {})
    assert demand(case, 2).position == 1


def test_two_tabs_at_one_item_s_page(as_owner: Client, case: Case) -> None:
    url = address("demand-detail", case, 5)
    form = as_owner.get(url).context["form"]
    sent = {name: form[name].value() for name in form.fields if form[name].value() is not None}
    edit(as_owner, case, 5, label="4.")

    answer = as_owner.post(url, sent | {"label": "IV."})

    assert answer.status_code == 409
    html = answer.content.decode()
    assert "4." in html
    assert 'value="IV."' in html
    assert as_owner.post(url, answer.context["form"].data.dict()).status_code == 302
    assert demand(case, 5).label == "IV."


def test_what_was_added_by_mistake_is_taken_away(as_owner: Client, case: Case) -> None:
    mark(as_owner, case, 5)

    answer = as_owner.post(address("demand-detail", case, 8), {"remove": "1"})

    assert answer.url == address("notice", case)
    assert not Demand.objects.filter(case=case, ordinal=8).exists()
    assert as_owner.post(address("demand-detail", case, 5), {"remove": "1"}).status_code == 302
    assert demand(case, 5)


@pytest.mark.parametrize("name", ["notice", "notice-line", "demand-detail"])
def test_it_costs_no_more_with_more_in_it(
    as_owner: Client, case: Case, owner: Any, name: str, django_assert_max_num_queries: Any
) -> None:
    parts = {"notice": [], "notice-line": [3], "demand-detail": [5]}[name]
    for number in range(5):
        actions.providers.add(case, by=owner, name=f"Service {number}")
        mark(as_owner, case, 5, asks="new-provider", label=f"{number}.")
    as_owner.get(address("notice", case))

    with django_assert_max_num_queries(18):
        assert as_owner.get(address(name, case, *parts)).status_code == 200


# --- What follows ----------------------------------------------------------------------------


def test_more_items_than_six_are_counted_and_shown_everywhere(
    as_owner: Client, case: Case, provider: Provider
) -> None:
    for number in range(9):
        actions.demands.add(
            case,
            by=case.owner,
            label=f"{number + 2}.",
            wording=f"Question {number}, in many words that would not fit the head of a column",
            scope="provider",
        )

    page = as_owner.get(case.get_absolute_url())

    assert "3 of 15 ready" in page.content.decode()
    assert 'class="matrix is-denser"' in page.content.decode()
    assert len(page.context["ledger"].segments) == 15
    assert max(len(one.short) for one in page.context["overview"].columns) <= 18
    html = as_owner.get(address("provider-detail", case, "A")).content.decode()
    assert "Question 8, in many words that would not fit the head of a column" in html


def test_a_provider_s_page_quotes_the_notice_below_our_heading(
    as_owner: Client, case: Case, provider: Provider
) -> None:
    mark(as_owner, case, 3)

    (part,) = [
        one
        for one in as_owner.get(address("provider-detail", case, "A")).context["page"].parts
        if one.anchor == "demand-5"
    ]

    assert (part.label, part.heading) == ("2.", "Proof of payment")
    assert part.wording.startswith("Payment records for no fewer")


def test_the_next_step_speaks_of_the_number_of_the_notice(
    as_owner: Client, case: Case, provider: Provider
) -> None:
    demand(case, 3)
    mark(as_owner, case, 2, asks="ask-3", label="(1)")

    step = as_owner.get(case.get_absolute_url()).context["step"]

    assert step.reason == (
        f"This is all that {provider.name} still lacks in item 1, Description and copies."
    )


def test_an_added_item_is_answered_by_a_file_under_its_ordinal(
    as_owner: Client, case: Case, owner: Any
) -> None:
    mark(as_owner, case, 5)
    evidence = factories.make_evidence(case)
    url = address("evidence-detail", case, evidence.code)

    as_owner.post(url, {"version": 1, "kind": "other", "proofs": ["8"]})

    evidence.refresh_from_db()
    assert evidence.exhibit == "0-8-1"
    states = {one.demand.ordinal: one.state for one in case.assess().demands}
    assert states[8].value == "ready"


def test_a_case_with_the_notice_s_text_opens_on_its_lines(as_owner: Client, case: Case) -> None:
    html = as_owner.get(case.get_absolute_url()).content.decode()
    assert "Mark what the notice asks for" in html

    mark(as_owner, case, 3)

    assert (
        "Items, order and numbers follow the notice."
        in as_owner.get(case.get_absolute_url()).content.decode()
    )

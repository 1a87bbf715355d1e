"""The page of a reply: line by line like the notice, and what its lines are marked as."""

from __future__ import annotations

from html import unescape
from typing import Any

import pytest
from django.test import Client

from appeals import actions
from appeals.models import Case, Demand, Provider, Submission
from appeals.rules.facts import ProofFacts
from appeals.rules.months import Month
from tests.appeals.rounds import confirmed, loaded, replied, sealed

from .conftest import address, upload

pytestmark = pytest.mark.django_db

REPLY = """Thank you.
1. The main contact of Tool B.
2. Proof of payment for one more month.
You do not need to describe the service again.
Please reply by September 30."""


@pytest.fixture
def tool(case: Case, provider: Provider, owner: Any) -> Provider:
    return actions.providers.add(case, by=owner, name="Tool B")


@pytest.fixture
def row(case: Case, tool: Provider) -> Submission:
    confirmed(case)
    return replied(sealed(case), reply_text=REPLY, reply_has_no_deadline=False)


def text(answer: Any) -> str:
    return unescape(answer.content.decode())


def mark(client: Client, case: Case, line: int, of: int | None = None, **sent: Any) -> Any:
    """What a browser sends for one line, from the page as it is."""
    url = address("reply-line", case, 1, line) + ("" if of is None else f"?of={of}")
    form = client.get(url).context["mark"]
    fields = {"versions": form["versions"].value(), "instead": "" if of is None else of}
    return client.post(url, fields | sent)


def suggested(client: Client, case: Case, line: int, query: str = "") -> str:
    return client.get(address("reply-line", case, 1, line) + query).context["mark"]["asks"].value()


def demand(case: Case, ordinal: int) -> Demand:
    return case.demands.get(ordinal=ordinal)


class TestPage:
    def test_it_shows_its_lines_and_the_items(self, as_owner: Client, row: Submission) -> None:
        html = text(as_owner.get(address("reply", row.case, 1)))

        assert "<h1>Reply to round 1</h1>" in html
        assert "1. The main contact of Tool B." in html
        assert "Not marked yet" in html
        assert address("reply", row.case, 1) + "?edit=1" in html
        assert 'name="reply_deadline_on"' in html

    def test_in_chinese(self, as_owner: Client, row: Submission) -> None:
        answer = as_owner.get(address("reply", row.case, 1).replace("/en/", "/zh-hans/"))

        assert answer.status_code == 200
        assert "The main contact of Tool B." in text(answer)

    def test_it_is_changed_as_a_whole(self, as_owner: Client, row: Submission) -> None:
        url = address("reply", row.case, 1) + "?edit=1"
        html = text(as_owner.get(url))
        assert "Change the reply" in html

        sent = {
            "version": row.version,
            "reply_answer": "more",
            "reply_text": REPLY + "\nThank you.",
            "reply_on": "2018-09-25",
            "reply_time_zone": "Asia/Shanghai",
        }
        assert as_owner.post(url, sent).status_code == 302
        again = as_owner.post(url, sent | {"reply_text": "Mine"})
        assert again.status_code == 409
        assert "Mine" in text(again)

    def test_a_secret_is_refused(self, as_owner: Client, row: Submission) -> None:
        secret = "amzn.mws." + "4ea38b7b-f563-7709-4bae-" + "87aeaf3c1d20"
        sent = {
            "version": row.version,
            "reply_answer": "more",
            "reply_text": f"{REPLY}\n{secret}",
            "reply_on": "2018-09-25",
            "reply_time_zone": "Asia/Shanghai",
        }

        answer = as_owner.post(address("reply", row.case, 1) + "?edit=1", sent)

        assert answer.status_code == 422
        row.refresh_from_db()
        assert row.reply_text == REPLY

    def test_where_none_came_there_are_no_lines(
        self, as_owner: Client, case: Case, tool: Provider
    ) -> None:
        confirmed(case)
        replied(sealed(case), reply_answer="none", reply_text="")

        assert "No reply to round 1" in text(as_owner.get(address("reply", case, 1)))
        overview = text(as_owner.get(case.get_absolute_url()))
        assert "No reply came, and something has changed since 2018-09-25." in overview

    @pytest.mark.parametrize("asks", ["new-case", "again-5", "out-3"])
    def test_it_did_come_while_something_is_marked_in_it(
        self, as_owner: Client, row: Submission, asks: str
    ) -> None:
        mark(as_owner, row.case, 2, asks=asks, label="1.")
        url = address("reply", row.case, 1) + "?edit=1"
        sent = {
            "version": row.version,
            "reply_answer": "none",
            "reply_text": "",
            "reply_on": "2018-09-25",
            "reply_time_zone": "Asia/Shanghai",
        }

        refused = as_owner.post(url, sent)

        assert refused.status_code == 422
        assert "Take these back first" in text(refused)
        row.refresh_from_db()
        assert (row.reply_answer, row.reply_text) == ("more", REPLY)

        as_owner.post(address("reply-line", row.case, 1, 2), {"nothing": "1"})
        assert as_owner.post(url, sent).status_code == 302

    def test_where_none_came_no_deadline_is_asked_for(
        self, as_owner: Client, case: Case, tool: Provider
    ) -> None:
        confirmed(case)
        sealed(case)
        sent = {
            "version": "1",
            "reply_answer": "none",
            "reply_text": "",
            "reply_on": "2018-09-25",
            "reply_time_zone": "Asia/Shanghai",
        }

        assert as_owner.post(address("reply", case, 1), sent).status_code == 302

        overview = text(as_owner.get(case.get_absolute_url()))
        assert "Copy how many days the reply gives" not in overview


class TestDeadline:
    def test_the_overview_leads_to_its_field_and_it_is_kept(
        self, as_owner: Client, row: Submission
    ) -> None:
        field = address("reply", row.case, 1) + "#field-reply_deadline_on"
        html = text(as_owner.get(row.case.get_absolute_url()))
        assert "Copy how many days the reply gives" in html
        assert f'href="{field}"' in html
        assert 'id="field-reply_deadline_on"' in text(as_owner.get(address("reply", row.case, 1)))

        sent = {
            "version": row.version,
            "reply_deadline_on": "2018-09-30",
            "reply_time_zone": "America/Los_Angeles",
        }
        assert as_owner.post(address("reply", row.case, 1), sent).status_code == 302
        row.refresh_from_db()
        assert str(row.reply_deadline_on) == "2018-09-30"
        stale = as_owner.post(
            address("reply", row.case, 1), sent | {"reply_deadline_on": "2018-10-01"}
        )
        assert stale.status_code == 409

    def test_one_before_the_reply_is_refused(self, as_owner: Client, row: Submission) -> None:
        sent = {
            "version": row.version,
            "reply_deadline_on": "2018-09-24",
            "reply_time_zone": "Asia/Shanghai",
        }

        answer = as_owner.post(address("reply", row.case, 1), sent)

        assert answer.status_code == 422
        assert "before the day on which the reply was received" in text(answer)

    def test_when_it_has_passed_the_finding_leads_there(
        self, as_owner: Client, row: Submission
    ) -> None:
        actions.submissions.set_reply_deadline(
            row, by=row.case.owner, version=row.version, reply_deadline_on=row.reply_on
        )

        html = text(as_owner.get(row.case.get_absolute_url()))

        assert "The deadline has passed" in html
        assert address("reply", row.case, 1) + "#field-reply_deadline_on" in html
        why = as_owner.get(address("explanation", row.case) + "?finding=deadline-passed")
        assert why.context["subject"].back == (
            address("reply", row.case, 1) + "#field-reply_deadline_on"
        )


class TestMarking:
    def test_what_a_line_seems_to_be(self, as_owner: Client, row: Submission) -> None:
        case = row.case

        assert suggested(as_owner, case, 1) == ""
        assert suggested(as_owner, case, 2) == "again-2"
        assert suggested(as_owner, case, 3) == "again-5"
        assert suggested(as_owner, case, 4) == "out-3"
        assert suggested(as_owner, case, 5) == "deadline"

    def test_asked_again_for_what_is_there_it_is_something_else(
        self, as_owner: Client, row: Submission, tool: Provider, owner: Any
    ) -> None:
        actions.providers.change(
            tool,
            by=owner,
            version=tool.version,
            web_site="https://tool.example",
            email="a@tool.example",
        )

        assert suggested(as_owner, row.case, 2) == "new-B"

    def test_again_and_then_counted_apart(self, as_owner: Client, row: Submission) -> None:
        case = row.case
        assert mark(as_owner, case, 3, asks="again-5").status_code == 302
        row.refresh_from_db()
        assert row.reply_lines == [[3, 5]]
        html = text(as_owner.get(address("reply", case, 1)))
        assert "Part of item 5: Proof of payment" in html
        assert "The same as was asked before" in html
        assert "Count it apart" in html
        assert suggested(as_owner, case, 3, "?of=5&apart=1") == "new-provider"

        assert mark(as_owner, case, 3, 5, asks="new-provider", label="2.").status_code == 302

        row.refresh_from_db()
        assert row.reply_lines == []
        assert (demand(case, 8).label, demand(case, 8).scope) == ("2.", "provider")

    def test_of_one_provider_alone(self, as_owner: Client, row: Submission) -> None:
        mark(as_owner, row.case, 2, asks="new-B", label="1.")

        made = demand(row.case, 8)
        assert (made.provider.letter, made.line, made.round) == ("B", 2, 2)
        html = text(as_owner.get(address("reply", row.case, 1)))
        assert "Round 2, item 1" in html
        assert "asked of Tool B alone" in html

    def test_taken_out_and_asked_after_all(self, as_owner: Client, row: Submission) -> None:
        case = row.case
        mark(as_owner, case, 4, asks="out-3")
        out = demand(case, 3)
        assert (out.standing, out.out_line, out.out_round) == ("left-out", 4, 2)
        assert "not asked this time" in text(as_owner.get(address("reply", case, 1)))

        answer = as_owner.post(
            address("demand-ask", case, 3), {"version": out.version, "round": "2"}
        )

        assert answer["Location"] == address("reply", case, 1) + "#demand-3"
        assert demand(case, 3).standing == "asked"

    def test_the_line_of_the_deadline(self, as_owner: Client, row: Submission) -> None:
        mark(as_owner, row.case, 5, asks="deadline")
        row.refresh_from_db()
        assert row.reply_deadline_line == 5

        as_owner.post(address("reply-line", row.case, 1, 5) + "?of=0", {"nothing": "1"})
        row.refresh_from_db()
        assert row.reply_deadline_line is None

    def test_a_line_that_asks_for_nothing(self, as_owner: Client, row: Submission) -> None:
        mark(as_owner, row.case, 2, asks="new-case", label="1.")

        as_owner.post(address("reply-line", row.case, 1, 2), {"nothing": "1"})

        assert not row.case.demands.filter(round=2).exists()

    def test_what_stands_under_it_keeps_it(self, as_owner: Client, row: Submission) -> None:
        case = row.case
        mark(as_owner, case, 2, asks="new-case", label="1.")
        actions.letters.save(case, by=case.owner, demand=8, texts={"en": "A"}, versions={"en": 0})

        answer = as_owner.post(address("reply-line", case, 1, 2), {"nothing": "1"}, follow=True)

        assert "Files or sentences stand under" in text(answer)
        assert demand(case, 8)

    def test_two_who_mark_the_same_item(self, as_owner: Client, row: Submission) -> None:
        case, url = row.case, address("reply-line", row.case, 1, 4)
        versions = as_owner.get(url).context["mark"]["versions"].value()
        out = demand(case, 3)
        actions.demands.change(out, by=case.owner, version=out.version, label="III.")

        answer = as_owner.post(url, {"versions": versions, "asks": "out-3"})

        assert answer.status_code == 409
        assert "III." in text(answer)
        assert demand(case, 3).standing == "asked"

    @pytest.mark.parametrize("line", [0, 6, 999, 99999999999999])
    def test_no_such_line(self, as_owner: Client, row: Submission, line: int) -> None:
        url = address("reply-line", row.case, 1, line)

        assert as_owner.get(url).status_code == 404
        assert as_owner.post(url, {"asks": "new-case"}).status_code == 404

    @pytest.mark.parametrize("asks", ["again-99", "again-8", "new-C", "new-", "out-x", "ask-5"])
    def test_nothing_that_is_not_offered(
        self, as_owner: Client, row: Submission, asks: str
    ) -> None:
        answer = mark(as_owner, row.case, 2, asks=asks)

        assert answer.status_code == 422
        assert not row.case.demands.filter(round=2).exists()

    def test_before_the_reply_there_is_no_line(
        self, as_owner: Client, case: Case, tool: Provider
    ) -> None:
        confirmed(case)
        sealed(case)

        assert as_owner.get(address("reply-line", case, 1, 1)).status_code == 404

    def test_strangers_find_nothing(self, as_stranger: Client, row: Submission) -> None:
        for url in (address("reply-line", row.case, 1, 2), address("reply", row.case, 1)):
            assert as_stranger.get(url).status_code == 404
            assert as_stranger.post(url, {"asks": "new-case"}).status_code == 404


class TestDemands:
    def test_one_is_added_reworded_and_moved_from_the_reply(
        self, as_owner: Client, row: Submission
    ) -> None:
        case = row.case
        form = as_owner.get(address("demand-create", case) + "?round=2")
        assert "in the words of the reply" in text(form)
        sent = {"wording": "Who keeps them.", "label": "3.", "name": "", "scope": "B", "line": 1}

        answer = as_owner.post(address("demand-create", case) + "?round=2", sent)

        assert answer["Location"] == address("reply", case, 1) + "#demand-8"
        assert demand(case, 8).round == 2
        page = text(as_owner.get(address("demand-detail", case, 8)))
        assert "Line 1 of the reply that opened round 2" in page
        assert "Line of the reply" in page
        moved = as_owner.post(address("demand-place", case, 8), {"before": "1", "round": "2"})
        assert moved["Location"] == address("reply", case, 1) + "#demand-8"

    def test_what_a_reply_took_out_can_be_reworded(self, as_owner: Client, row: Submission) -> None:
        mark(as_owner, row.case, 4, asks="out-3")
        out = demand(row.case, 3)

        answer = as_owner.post(
            address("demand-detail", row.case, 3),
            {"version": out.version, "standing": "left-out", "label": "III.", "wording": "Copies"},
        )

        assert answer.status_code == 302
        assert (demand(row.case, 3).label, demand(row.case, 3).out_line) == ("III.", 4)

    def test_the_page_that_deletes_its_provider_says_so(
        self, as_owner: Client, row: Submission
    ) -> None:
        mark(as_owner, row.case, 2, asks="new-B", label="1.")

        html = text(as_owner.get(address("provider-delete", row.case, "B")))

        assert "<li>Item 1 (round 2), The main contact of Tool B.</li>" in html
        assert "the store has to answer it" in html
        chinese = address("provider-delete", row.case, "B").replace("/en/", "/zh-hans/")
        assert "<li>第 2 轮第 1 项（The main contact of Tool B.）</li>" in text(
            as_owner.get(chinese)
        )


class TestWorkedCase16:
    def test_five_of_eight(
        self, as_owner: Client, case: Case, provider: Provider, owner: Any, consent: None
    ) -> None:
        file = actions.evidence.add(case, by=owner, upload=upload())
        actions.evidence.file(
            file,
            by=owner,
            version=file.version,
            kind="invoice",
            proofs=[
                ProofFacts(3, "A"),
                *(ProofFacts(5, "A", Month(2018, month)) for month in (5, 6)),
            ],
        )
        confirmed(case)
        assert loaded(case).assess().tally.done == 6
        replied(sealed(case), reply_text="1. The name of the person.\n2. The name of the computer.")

        mark(as_owner, case, 1, asks="new-case", label="1.")
        mark(as_owner, case, 2, asks="new-case", label="2.")

        now = loaded(case)
        states = {
            one.demand.ordinal: (one.demand.label, str(one.state))
            for one in now.assess().demands
            if one.demand.standing.value == "asked"
        }
        assert states == {
            **{ordinal: (str(ordinal), "ready") for ordinal in range(1, 6)},
            6: ("6", "not-started"),
            8: ("1.", "not-started"),
            9: ("2.", "not-started"),
        }
        html = text(as_owner.get(case.get_absolute_url()))
        assert "5 of 8 ready" in html
        assert "asks 2 things that were not asked before" in html
        assert address("submission-compare", case, 1, 2) in html

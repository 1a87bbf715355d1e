"""A case by its rounds: in the list, on its overview, on its timeline, in its dossier."""

from __future__ import annotations

import datetime
from html import unescape
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from appeals import actions
from appeals.dossier.of_case import dossier_of
from appeals.dossier.words import Text
from appeals.letter.of_case import texts_of
from appeals.letter.page import plain_letter
from appeals.models import Case, Event, Provider, Submission
from appeals.presenters.rounds import standpoint
from tests import factories
from tests.appeals.rounds import confirmed, loaded, replied, sealed

from .conftest import address

pytestmark = pytest.mark.django_db


@pytest.fixture
def first(case: Case, provider: Provider) -> Submission:
    """Round 1, sealed."""
    confirmed(case)
    return sealed(case)


@pytest.fixture
def second(first: Submission) -> Case:
    """Round 2: the reply asks one thing anew."""
    replied(first, reply_reference="77")
    asked(first.case)
    return first.case


def asked(case: Case, **changes: Any) -> None:
    fields = {"label": "1.", "wording": "The main contact of Tool B.", "scope": "case"}
    actions.demands.add(case, by=case.owner, round=2, line=2, **fields | changes)


def text(answer: Any) -> str:
    return unescape(answer.content.decode())


def english(several: Text) -> str:
    return "\n".join("".join(part for part in line if isinstance(part, str)) for line in several)


class TestStandpoint:
    @pytest.mark.parametrize(
        ("answer", "state"),
        [("more", "More asked, round 2"), ("none", "Preparing, round 2")],
    )
    def test_after_a_reply(self, first: Submission, answer: str, state: str) -> None:
        replied(first, reply_answer=answer)

        assert standpoint(loaded(first.case)).in_full == state

    def test_before_and_while_waiting(self, case: Case, first: Submission) -> None:
        fresh = factories.open_case(case.owner)
        waiting = loaded(case)
        waiting.clock = datetime.datetime(2018, 9, 22, 12, tzinfo=datetime.UTC)

        assert standpoint(loaded(fresh)).in_full == "Preparing"
        assert standpoint(waiting).in_full == "Waiting, round 1"
        assert standpoint(waiting).waiting == "Waiting, day 3"

    def test_a_closed_case_does_not_wait(self, first: Submission) -> None:
        case = loaded(first.case)
        actions.cases.close(
            case, by=case.owner, version=case.version, closed_as="upheld", lesson=""
        )

        assert not standpoint(loaded(case)).is_waiting
        assert standpoint(loaded(case)).state == "Suspension upheld"


class TestList:
    def test_each_says_where_it_stands(self, as_owner: Client, second: Case) -> None:
        factories.open_case(second.owner, store="Fresh")

        html = text(as_owner.get(reverse("appeals:case-list")))

        assert "More asked, round 2" in html
        assert "Preparing" in html
        assert "?show=closed" not in html

    def test_while_waiting_no_step_is_offered(self, as_owner: Client, first: Submission) -> None:
        html = text(as_owner.get(reverse("appeals:case-list")))

        assert "Waiting, round 1" in html
        assert "Round 1 was sent" in html
        assert "Next step" not in html

    def test_closed_ones_stand_apart_and_can_be_looked_at_alone(
        self, as_owner: Client, first: Submission
    ) -> None:
        case = loaded(first.case)
        actions.cases.close(
            case, by=case.owner, version=case.version, closed_as="partly", lesson=""
        )
        factories.open_case(case.owner, store="Fresh")

        every = as_owner.get(reverse("appeals:case-list"))
        closed = as_owner.get(reverse("appeals:case-list") + "?show=closed")

        assert [one.case.store for one in every.context["appeals"]] == ["Fresh"]
        assert [one.case for one in every.context["closed"]] == [case]
        assert "Partly reinstated" in text(closed)
        assert "Fresh" not in text(closed)


class TestOverview:
    def test_it_says_the_round_and_what_is_new(self, as_owner: Client, second: Case) -> None:
        html = text(as_owner.get(second.get_absolute_url()))

        assert "Reply received" in html
        assert "asks 1 thing that was not asked before" in html
        assert address("submission-compare", second, 1, 2) in html
        assert '<span class="round-mark">Round 2</span>' in html

    def test_in_the_first_round_nothing_is_said_of_rounds(
        self, as_owner: Client, case: Case, provider: Provider
    ) -> None:
        html = text(as_owner.get(case.get_absolute_url()))

        assert "round-line" not in html
        assert "round-mark" not in html


class TestTimeline:
    def test_rounds_have_headings_and_what_was_sealed(self, as_owner: Client, second: Case) -> None:
        answer = as_owner.get(address("timeline", second))

        shown = answer.context["rounds"]
        assert [(one.number, one.note) for one in shown] == [
            (2, "Under way"),
            (1, "Sealed, does not change any more"),
        ]
        told = [each for one in shown for day in one.days for each in day.lines]
        (box,) = [each.sealed for each in told if each.sealed]
        (reply,) = [each.reply for each in told if each.reply]
        assert box.submission.round == 1
        assert [line.number for line in reply.lines] == [1, 2, 3]
        html = text(answer)
        assert 'id="round-2-line-2"' in html
        assert "Round 2, item 1" in html
        assert "0 of 1 ready" in html

    def test_only_what_makes_sense_can_be_recorded(
        self, as_owner: Client, case: Case, provider: Provider
    ) -> None:
        def offered() -> set[str]:
            html = text(as_owner.get(address("timeline", case)))
            words = ("Record submission", "Record reply", "Record outcome")
            return {one for one in words if f">{one}</a>" in html}

        assert offered() == {"Record submission"}
        confirmed(case)
        row = sealed(case)
        assert offered() == {"Record reply", "Record outcome"}
        replied(row)
        assert offered() == {"Record submission", "Record outcome"}
        now = loaded(case)
        actions.cases.close(now, by=now.owner, version=now.version, closed_as="upheld", lesson="")
        assert offered() == set()

    def test_filtered_it_is_days_alone(self, as_owner: Client, second: Case) -> None:
        (shown,) = as_owner.get(address("timeline", second) + "?about=rounds").context["rounds"]

        assert shown.number is None
        assert not any(each.sealed or each.reply for day in shown.days for each in day.lines)

    def test_a_page_holds_fifty_lines_of_any_rounds(
        self, as_owner: Client, second: Case, django_assert_max_num_queries: Any
    ) -> None:
        Event.objects.bulk_create(
            Event(case_code=second.code, kind="confirmed", by_id=second.owner_id, details={})
            for _ in range(60)
        )

        with django_assert_max_num_queries(20):
            answer = as_owner.get(address("timeline", second))
        later = as_owner.get(address("timeline", second) + "?page=2")

        assert [one.number for one in answer.context["rounds"]] == [2]
        assert [one.number for one in later.context["rounds"]] == [2, 1]

    def test_numbers_that_a_reply_gives_again_are_told_apart(
        self, as_owner: Client, second: Case
    ) -> None:
        html = text(as_owner.get(address("timeline", second)))

        assert "added item 1 (round 2) in the words of the reply" in html
        assert "1. (round 2)" in html

    def test_in_chinese(self, as_owner: Client, second: Case) -> None:
        url = address("timeline", second).replace("/en/", "/zh-hans/")

        assert as_owner.get(url).status_code == 200


class TestDossier:
    def made(self, case: Case) -> Any:
        now = loaded(case)
        return dossier_of(now, texts_of(now), as_it_is=True)

    def test_it_answers_the_reply(self, second: Case) -> None:
        made = self.made(second)

        assert english(made.cover.title.english) == "Answer to the reply of 25 September 2018"
        lead = "\n".join(english(one.english) for one in made.letter_lead)
        assert "in answer to the reply of 25 September 2018, reference 77, after the notice" in lead
        assert "R2 before a number: asked in the reply of 25 September 2018." in lead
        assert "R2 1." in [one.label for one in made.items]
        assert len({one.label for one in made.items if one.is_asked}) == 7

    def test_where_no_reply_came_none_is_named(self, first: Submission) -> None:
        replied(first, reply_answer="none", reply_text="")

        made = self.made(first.case)

        assert made.round == 2
        assert english(made.cover.title.english) == "Answer to the notice of 12 September 2018"
        assert not any(
            "Reply" in english(one.label.english)
            for pair in made.cover.particulars
            for one in pair
            if one
        )

    def test_in_the_first_round_nothing_of_it_is_there(
        self, case: Case, provider: Provider
    ) -> None:
        made = self.made(case)

        assert english(made.cover.title.english) == "Answer to the notice of 12 September 2018"
        assert not any("R2" in english(one.english) for one in made.letter_lead)

    def test_the_plain_text_says_what_its_numbers_are(self, second: Case) -> None:
        actions.letters.save(
            second, by=second.owner, demand=8, texts={"en": "Mr Li."}, versions={"en": 0}
        )

        plain = plain_letter(loaded(second))

        assert plain.startswith("R2 before a number: asked in the reply of 25 September 2018.\n\n")
        assert "R2 1. The main contact of Tool B.\nMr Li." in plain

    def test_bare_numbers_of_either_round_get_a_stop(self, case: Case, provider: Provider) -> None:
        confirmed(case)
        replied(sealed(case))
        asked(case, label="1")
        for ordinal in (1, 8):
            actions.letters.save(
                case, by=case.owner, demand=ordinal, texts={"en": "So."}, versions={"en": 0}
            )

        plain = plain_letter(loaded(case))

        assert "\n1. How" in plain
        assert "\nR2 1. The main contact" in plain

    def test_what_was_written_before_is_where_it_starts(
        self, case: Case, provider: Provider
    ) -> None:
        actions.letters.save(
            case, by=case.owner, demand=3, texts={"en": "Labels."}, versions={"en": 0}
        )
        confirmed(case)
        replied(sealed(case))
        asked(case)

        plain = plain_letter(loaded(case))

        assert "Labels." in plain

    def test_its_page_leads_to_what_differs(self, as_owner: Client, second: Case) -> None:
        html = text(as_owner.get(address("dossier", second)))

        assert "Dossier, round 2" in html
        assert "It answers the reply of 2018-09-25" in html
        assert address("submission-compare", second, 1, 2) in html
        assert "1 (round 2)" in html


class TestLetter:
    def test_each_number_has_its_round(self, as_owner: Client, second: Case) -> None:
        html = text(as_owner.get(address("letter", second)))

        assert "1. (round 2)" in html
        assert "R2 1. The main contact of Tool B." in html

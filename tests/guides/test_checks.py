"""Walking a self-check: what comes next, what it comes to, and addresses that make no sense."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guides import checks
from guides.checks import END, Answers

from .self_check import bundled_parts


def answer(next_: str, *outcomes: str, unsure: bool = False, at: str = "") -> dict[str, Any]:
    return {"id": at, "text": next_, "next": next_, "outcomes": outcomes, "is_unsure": unsure}


def part(name: str, *answers: dict[str, Any]) -> dict[str, Any]:
    numbered = [one | {"id": str(number)} for number, one in enumerate(answers, 1)]
    return {"id": name, "title": name, "answers": numbered, "verdict": "" if answers else "care"}


# One question, one that some leave out, one for all; outcomes in another order than they come.
PARTS = [
    part("given", answer("who", "key"), answer("left"), answer("who", unsure=True)),
    part("who", answer("left", "name"), answer("left", unsure=True)),
    part("left", answer(END), answer(END, "people", "key"), answer(END, unsure=True)),
    part("people"),
    part("key"),
    part("name"),
    part("none"),
]
STAMP = checks.stamp(PARTS)


def read(digits: str) -> Answers:
    return checks.read(PARTS, f"{STAMP}-{digits}")


def names(answers: Answers) -> list[str]:
    return [outcome.part["id"] for outcome in answers.outcomes()]


class TestTheWay:
    def test_it_begins_with_the_first_question(self) -> None:
        answers = checks.read(PARTS, "")

        assert answers.next
        assert (answers.next.number, answers.next.part["id"]) == (1, "given")
        assert not answers.given
        assert not answers.is_old
        assert answers.text == ""

    def test_an_answer_leads_to_the_next_question(self) -> None:
        answers = read("1")

        assert answers.next
        assert answers.next.number == 2
        assert answers.text == f"{STAMP}-1"

    def test_a_question_that_is_left_out_keeps_its_number(self) -> None:
        answers = read("2")

        assert answers.next
        assert answers.next.number == 3
        assert answers.skipped(answers.next) == [2]
        assert read("201").skipped() == [2]
        assert answers.before(answers.next) == answers.given[0].question

    def test_it_ends_without_a_question(self) -> None:
        assert read("112").next is None
        assert [one.question.number for one in read("112").given] == [1, 2, 3]
        assert [one.question.number for one in read("201").given] == [1, 3]

    def test_outcomes_stand_in_the_order_of_the_check_with_what_led_to_them(self) -> None:
        found = read("112").outcomes()

        assert [(one.part["id"], [given.question.number for given in one.because])
                for one in found] == [("people", [3]), ("key", [1, 3]), ("name", [2])]  # fmt: skip

    def test_none_shows_where_nothing_was_collected(self) -> None:
        assert names(read("201")) == ["none"]
        assert read("201").outcomes()[0].because == ()

    def test_what_was_answered_off_the_way_is_remembered_and_does_not_count(self) -> None:
        answers = read("211")

        assert names(answers) == ["none"]
        assert answers.text == f"{STAMP}-211"
        question = answers.on_the_way("1")
        assert question
        changed = answers.with_answer(question, "1")
        assert changed
        assert names(changed) == ["key", "name"]

    def test_a_question_off_the_way_is_not_asked(self) -> None:
        assert read("2").on_the_way("2") is None
        assert read("1").on_the_way("3") is None
        assert read("1").on_the_way("2") == read("1").next


class TestChanging:
    def test_an_answer_is_changed_and_later_ones_stay(self) -> None:
        answers = read("112")
        question = answers.on_the_way("2")
        assert question

        changed = answers.with_answer(question, "2")

        assert changed
        assert changed.text == f"{STAMP}-122"
        assert answers.text == f"{STAMP}-112"

    @pytest.mark.parametrize("nonsense", ["", "0", "9", "x", "11", "１", " 1"])
    def test_what_is_no_answer_changes_nothing(self, nonsense: str) -> None:
        answers = read("1")
        assert answers.next

        assert answers.with_answer(answers.next, nonsense) is None


class TestNonsense:
    @pytest.mark.parametrize(
        ("text", "known"),
        [
            pytest.param("0000-11", "", id="of another structure"),
            pytest.param("112", "", id="without a stamp"),
            pytest.param(f"{STAMP}-9", "", id="an answer there is not"),
            pytest.param(f"{STAMP}-1x2", f"{STAMP}-102", id="letters"),
            pytest.param(f"{STAMP}-１", "", id="full-width digits"),
            pytest.param(f"{STAMP}-1122", f"{STAMP}-112", id="too many"),
            pytest.param(f"{STAMP}-119", f"{STAMP}-11", id="the last one unknown"),
            pytest.param("<script>", "", id="no answers at all"),
            pytest.param(f"{STAMP}-" + "1" * 10_000, f"{STAMP}-111", id="far too long"),
            pytest.param("\0\ud800", "", id="what is no text"),
        ],
    )
    def test_it_keeps_what_it_understands_and_says_so(self, text: str, known: str) -> None:
        answers = checks.read(PARTS, text)

        assert answers.is_old
        assert answers.text == known

    @pytest.mark.parametrize("text", ["", f"{STAMP}-", f"{STAMP}-1", f"{STAMP}-100"])
    def test_what_is_whole_is_not_called_old(self, text: str) -> None:
        assert not checks.read(PARTS, text).is_old

    def test_rewording_keeps_an_address_and_leading_elsewhere_ends_it(self) -> None:
        reworded = [one | {"title": "another"} for one in PARTS]
        elsewhere = [part("given", answer("left"), *PARTS[0]["answers"][1:]), *PARTS[1:]]
        swapped = [part("given", *reversed(PARTS[0]["answers"])), *PARTS[1:]]

        assert checks.stamp(reworded) == STAMP
        assert len({STAMP, checks.stamp(elsewhere), checks.stamp(swapped)}) == 3

    @given(st.text(max_size=80))
    def test_no_text_breaks_it(self, text: str) -> None:
        answers = checks.read(PARTS, text)

        assert answers.next or answers.outcomes()
        assert checks.read(PARTS, answers.text).chosen == answers.chosen


# --- the bundled one --------------------------------------------------------------------------


def walked(language: str, choices: list[int]) -> list[Answers]:
    """One state after another, each choice taken among the answers that there are."""
    states = [checks.read(bundled_parts(language), "")]
    for choice in choices:
        question = states[-1].next
        if question is None:
            break
        chosen = question.answers[choice % len(question.answers)]["id"]
        state = states[-1].with_answer(question, chosen)
        assert state
        states.append(state)
    return states


WAYS = st.lists(st.integers(0, 8), min_size=7, max_size=7)


@given(WAYS)
def test_every_way_through_it_ends_with_something_to_read(choices: list[int]) -> None:
    end = walked("zh-hans", choices)[-1]

    assert end.next is None
    assert end.outcomes()
    assert len(end.outcomes()) == 1 or all(one.because for one in end.outcomes())


@given(WAYS)
def test_back_and_forward_again_is_where_one_was(choices: list[int]) -> None:
    for state in walked("zh-hans", choices):
        for one in state.given:
            assert state.with_answer(one.question, one.answer["id"]) == state
        assert checks.read(state.parts, state.text) == state


@given(WAYS)
def test_both_languages_come_to_the_same(choices: list[int]) -> None:
    chinese, english = walked("zh-hans", choices)[-1], walked("en", choices)[-1]

    assert chinese.text == english.text
    assert names(chinese) == names(english)


def test_it_has_seven_questions_and_each_outcome_but_none_something_to_do() -> None:
    parts = bundled_parts("zh-hans")

    assert len(checks.questions(parts)) == 7
    for one in parts:
        assert one["answers"] or one["tasks"]
        assert one["verdict"] in ("", "fine", "care", "never")


def test_what_is_urgent_stands_before_what_is_only_noted() -> None:
    verdicts = [one["verdict"] for one in bundled_parts("en") if one["verdict"]]

    assert verdicts == sorted(verdicts, key=["never", "care", "fine"].index)

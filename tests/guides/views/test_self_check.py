"""The self-check: a question a page, answers in the address alone, and what they come to."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from guides import checks
from guides.models import Edition
from tests.factories import make_guide, make_live_edition

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("bundled")]

HERE = "/en/guides/self-check/"
# A key, from a person, in an account registered for it; two things in a chat, people who left,
# and a renewal that is due: listed or not is left out.
ANSWERS = "3220422"

Ask = Callable[..., Any]


@pytest.fixture
def parts() -> list[dict[str, Any]]:
    return Edition.objects.get(guide__slug="self-check", language="en").parts  # type: ignore[no-any-return]


@pytest.fixture
def ask(client: Client, parts: list[dict[str, Any]]) -> Ask:
    def asked(digits: str = "", path: str = HERE, **more: Any) -> Any:
        query = {"a": f"{checks.stamp(parts)}-{digits}"} if digits else {}
        return client.get(path, query | more)

    return asked


def text_of(response: Any) -> str:
    return response.content.decode()  # type: ignore[no-any-return]


class TestAQuestion:
    def test_the_bare_address_asks_the_first_one_and_says_who_checked_it(self, ask: Ask) -> None:
        response = ask()
        text = text_of(response)

        assert response.status_code == 200
        assert "Question 1 of 7" in text
        assert "<h1>Self-check: seven questions</h1>" in text
        assert "Checked against a stored copy" in text
        assert text.count('type="radio"') == 7
        assert "checked" not in "".join(re.findall(r"<input[^>]*>", text))
        assert "Your answers are only in the address; we keep nothing" in text

    def test_an_answer_leads_to_the_next_question_at_its_own_address(
        self, ask: Ask, parts: list[dict[str, Any]]
    ) -> None:
        response = ask(at="1", answer="3")

        assert response.status_code == 302
        assert response.url == f"{HERE}?a={checks.stamp(parts)}-3"
        assert "Question 2 of 7" in text_of(ask("3"))

    def test_without_an_answer_it_says_so_beside_the_question(self, ask: Ask) -> None:
        response = ask("3", at="2")
        text = text_of(response)

        assert response.status_code == 422
        assert "Question 2 of 7" in text
        assert "Choose an answer. If none fits, take the last one." in text
        assert 'aria-describedby="page-count page-missing"' in text

    @pytest.mark.parametrize("answer", ["9", "x", ""])
    def test_an_answer_that_it_does_not_have_is_none(self, ask: Ask, answer: str) -> None:
        assert ask("3", at="2", answer=answer).status_code == 422

    def test_going_back_keeps_what_was_chosen_and_what_came_after(
        self, ask: Ask, parts: list[dict[str, Any]]
    ) -> None:
        text = text_of(ask("32"))
        back = re.search(r'<a class="button" href="\?([^"]*)">Previous question', text)
        assert back
        before = text_of(ask(path=f"{HERE}?{back[1].replace('&amp;', '&')}"))

        assert "Question 2 of 7" in before
        assert re.search(r'value="2" checked', before)
        again = ask("32", at="2", answer="2")
        assert again.url == f"{HERE}?a={checks.stamp(parts)}-32"

    def test_two_steps_back_and_one_forward_is_one_step_back(
        self, ask: Ask, parts: list[dict[str, Any]]
    ) -> None:
        response = ask("321", at="2", answer="2")

        assert response.url == f"{HERE}?a={checks.stamp(parts)}-321&at=3"

    def test_a_question_that_is_left_out_is_named_and_not_counted_as_passed(self, ask: Ask) -> None:
        text = text_of(ask("1"))

        assert "Question 5 of 7" in text
        assert "Questions 2, 3, 4 do not concern you and were left out." in text
        assert text.count('class="is-passed"') == 2

    def test_the_last_one_leads_to_the_result(self, ask: Ask) -> None:
        assert "See the result" in text_of(ask("322042"))
        assert "Next question" in text_of(ask("32204"))

    def test_nothing_of_it_is_kept_or_told_to_others(self, ask: Ask) -> None:
        for response in (ask("3"), ask("3", at="2"), ask(at="1", answer="3"), ask(ANSWERS)):
            assert response["Referrer-Policy"] == "no-referrer"
            assert response["X-Robots-Tag"] == "noindex"
            assert response["Cache-Control"] == "private, no-cache"
            assert not response.cookies

        bare = ask()
        assert "X-Robots-Tag" not in bare
        assert bare["Cache-Control"] == "public, no-cache"
        canonical = '<link rel="canonical" href="http://127.0.0.1:8000/en/guides/self-check/">'
        assert all(canonical in text_of(one) for one in (bare, ask("3"), ask(ANSWERS)))

    def test_a_page_costs_four_queries(self, ask: Ask, django_assert_max_num_queries: Any) -> None:
        for digits in ("", "3", ANSWERS):
            with django_assert_max_num_queries(4):
                ask(digits)

    def test_a_query_of_others_changes_nothing(self, ask: Ask) -> None:
        response = ask(utm_source="wechat")

        assert "<h1>Self-check: seven questions</h1>" in text_of(response)
        assert "X-Robots-Tag" not in response

    def test_it_can_only_be_read(self, client: Client) -> None:
        assert client.post(HERE, {"answer": "1"}).status_code == 405


class TestAnAddressThatMakesNoSense:
    OLD = "This link is from an older version of the check, or was cut short."

    @pytest.mark.parametrize(
        ("a", "question"),
        [("0000-32", 1), ("x", 1), ("'\"><script>", 1), ("٣-٣", 1), ("-" * 5000, 1)],
    )
    def test_it_asks_what_it_does_not_know(self, ask: Ask, a: str, question: int) -> None:
        response = ask(a=a)
        text = text_of(response)

        assert response.status_code == 200
        assert f"Question {question} of 7" in text
        assert self.OLD in text
        assert "<script>" not in text.partition("<main")[2]

    def test_what_is_known_of_it_counts(self, ask: Ask) -> None:
        text = text_of(ask("39"))

        assert "Question 2 of 7" in text
        assert self.OLD in text

    def test_too_many_answers_are_the_result_with_that_sentence(self, ask: Ask) -> None:
        text = text_of(ask(ANSWERS + "1"))

        assert "Your answers" in text
        assert self.OLD in text

    @pytest.mark.parametrize("at", ["0", "4", "99", "-1", "x", "１"])
    def test_a_question_that_is_not_asked_is_passed_over(self, ask: Ask, at: str) -> None:
        assert "Question 3 of 7" in text_of(ask("32", at=at))


class TestTheOutcome:
    def test_it_says_in_words_how_much_there_is_and_never_a_score(self, ask: Ask) -> None:
        text = text_of(ask(ANSWERS))

        assert "<h1>6 things to deal with, one to note</h1>" in text
        assert not re.search(r"\d+ ?(%|/ ?\d+|points)", text.partition("<main")[2])

    def test_reasons_name_the_question_and_the_answer(self, ask: Ask) -> None:
        text = text_of(ask(ANSWERS))

        assert re.findall(r'<li class="outcome outcome-(\w+)" id="([\w-]+)"', text) == [
            ("never", "secret"),
            ("never", "private"),
            ("never", "sent-secret"),
            ("care", "leavers"),
            ("care", "name"),
            ("care", "sent-data"),
            ("fine", "renew"),
        ]
        assert "Question 1, your answer: A key: Secret Key, client secret or refresh token" in text
        assert text.count("Question 5, your answer: Both of the above") == 2

    def test_the_first_thing_to_do_comes_first(self, ask: Ask) -> None:
        text = text_of(ask(ANSWERS))
        outcomes = text.partition('<ol class="text outcomes"')[2]

        assert re.findall(r'href="([^"#]*)"', outcomes)[0] == "/en/guides/exposed/?step=revoke"
        assert "<input" not in text.partition("<main")[2]

    def test_each_answer_is_listed_with_the_way_to_change_it(
        self, ask: Ask, parts: list[dict[str, Any]]
    ) -> None:
        text = text_of(ask(ANSWERS))
        changes = re.findall(r'class="answer-change no-print" href="\?([^"]*)"', text)

        assert [one.rpartition("=")[2] for one in changes] == ["1", "2", "3", "5", "6", "7"]
        assert "Question 4 does not concern you and was left out." in text
        changed = ask(ANSWERS, at="6", answer="1")
        assert changed.url == f"{HERE}?a={checks.stamp(parts)}-3220412"
        assert 'id="leavers"' not in text_of(ask("3220412"))

    def test_an_answer_changed_to_one_that_asks_more_goes_on_there(self, ask: Ask) -> None:
        response = ask(ANSWERS, at="3", answer="1")

        assert "Question 4 of 7" in text_of(ask(path=response.url))

    def test_without_anything_to_do_it_says_that(self, ask: Ask) -> None:
        text = text_of(ask("1000114"))

        assert "<h1>Nothing to deal with</h1>" in text
        assert "outcome-nothing" in text

    def test_only_notes_are_not_called_things_to_deal_with(self, ask: Ask) -> None:
        assert "<h1>One thing to note</h1>" in text_of(ask("2111111"))

    def test_it_can_be_carried_into_a_case(self, ask: Ask, parts: list[dict[str, Any]]) -> None:
        carried = f"/en/appeals/new/?from=self-check&amp;a={checks.stamp(parts)}-{ANSWERS}"

        assert f'href="{carried}"' in text_of(ask(ANSWERS))

    def test_it_lists_only_the_sources_that_it_cites(self, ask: Ask) -> None:
        text = text_of(ask("1000114"))

        assert 'id="source-s45"' not in text
        assert 'id="source-s45"' in text_of(ask(ANSWERS))

    def test_the_other_language_is_the_same_place(self, ask: Ask) -> None:
        chinese = text_of(ask(ANSWERS, path=HERE.replace("/en/", "/zh-hans/")))

        assert re.findall(r'id="([a-z-]+)">\s*<h3', chinese)[0] == "secret"
        assert f'href="{HERE}?a=' in chinese


def test_a_check_in_one_language_is_shown_in_that_one_with_a_sentence(client: Client) -> None:
    guide = make_guide("only-chinese", kind="check")
    edition = make_live_edition(guide, "zh-hans", title="只有中文")
    source = Edition.objects.get(guide__slug="self-check", language="zh-hans")
    Edition.objects.filter(pk=edition.pk).update(parts=source.parts)

    text = text_of(client.get("/en/guides/only-chinese/"))

    assert "Not in English yet; shown in Chinese" in text
    assert 'class="spread check-page is-first" lang="zh-Hans"' in text

"""What readers say of a guide: without a person, a cookie or a write by looking."""

from __future__ import annotations

import contextlib
import datetime
import threading
from concurrent.futures import ThreadPoolExecutor
from html import unescape
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client

from guides import feedback as limits
from guides import passers_by
from guides.models import Edition, Feedback, Guide
from guides.views import feedback as views
from tests.factories import make_guide, make_live_edition
from tests.guides.views.parts import make_steps

pytestmark = pytest.mark.django_db

ADDRESS = "/en/guides/how/feedback/"
SECRET = "My secret key is wJalrXUtnFEMI/K7MDENG/bPxRfiCYzEXAMPLEKEY"


@pytest.fixture(autouse=True)
def _nobody_before() -> None:
    cache.clear()


@pytest.fixture
def guide() -> Guide:
    guide = make_guide("how", kind="steps")
    make_live_edition(guide, "en", title="How", parts=make_steps("one", "two"))
    return guide


def send(client: Client | None = None, headers: Any = None, **changes: str) -> Any:
    client = client or Client(enforce_csrf_checks=True)
    return client.post(
        ADDRESS, {"useful": "", "part": "", "sentence": ""} | changes, headers=headers
    )


def text(answer: Any) -> str:
    return unescape(answer.content.decode())


@pytest.mark.time_machine("2026-11-24 10:00")
def test_what_is_said_is_kept_with_the_day_and_nothing_else(guide: Guide) -> None:
    answer = send(useful="no", part="two", sentence="  The menu is gone. ")

    assert answer.status_code == 302
    assert answer["Location"] == f"{ADDRESS}?sent=1"
    assert not answer.cookies
    said = Feedback.objects.get()
    assert said.edition == Edition.objects.get()
    assert (said.part, said.was_useful, said.sentence) == ("two", False, "The menu is gone.")
    assert said.given_on == datetime.date(2026, 11, 24)
    # No column could hold who it was.
    assert {field.name for field in Feedback._meta.get_fields()} == {
        *("id", "edition", "part", "was_useful", "sentence", "given_on", "handled_at")
    }


def test_thanks_say_what_happens_next(guide: Guide) -> None:
    answer = Client().get(f"{ADDRESS}?sent=1")

    assert "Thank you" in text(answer)
    assert "listed with thanks, without names" in text(answer)
    assert 'href="/en/changes/"' in text(answer)
    assert 'href="/en/guides/how/"' in text(answer)


@pytest.mark.parametrize(
    ("sent", "was_useful"),
    [({"useful": "yes"}, True), ({"useful": "no"}, False), ({"sentence": "Wrong date."}, None)],
)
def test_any_one_of_them_is_enough(guide: Guide, sent: Any, was_useful: bool | None) -> None:
    assert send(**sent).status_code == 302
    assert Feedback.objects.get().was_useful is was_useful


def test_the_link_says_what_it_is_about(guide: Guide) -> None:
    page = text(Client().get(f"{ADDRESS}?part=two&useful=no"))

    assert '<option value="two" selected>Title of two</option>' in page
    assert 'value="no" id="id_useful_1" checked' in page
    assert "The whole page" in page


def test_what_a_link_makes_up_is_passed_over(guide: Guide) -> None:
    answer = Client().get(f"{ADDRESS}?part=<script>&useful=maybe")

    assert answer.status_code == 200
    assert "<script>" not in text(answer).partition("<main")[2]
    assert "checked" not in text(answer).partition("<main")[2]


def test_a_term_has_no_parts_to_choose_from() -> None:
    part = {"id": "term", "title": "", "html": "<p>It.</p>", "tasks": [], "notes": []}
    make_live_edition(make_guide("how", kind="term"), "en", parts=[part])

    assert 'name="part"' not in text(Client().get(ADDRESS))
    assert send(useful="yes", part="term").status_code == 302


def test_looking_writes_nothing_and_sets_no_cookie(guide: Guide) -> None:
    for address in (ADDRESS, f"{ADDRESS}?useful=yes", f"{ADDRESS}?sent=1"):
        for method in (Client().get, Client().head):
            answer = method(address)
            assert answer.status_code == 200
            assert not answer.cookies
    assert not Feedback.objects.exists()


@pytest.mark.parametrize(
    ("sent", "words"),
    [
        ({}, "Nothing is said yet."),
        ({"sentence": "   "}, "Nothing is said yet."),
        ({"sentence": "x" * 501}, "This has 501 characters; there is room for 500."),
        ({"sentence": SECRET}, "This looks like a secret key, so it was not saved"),
        ({"useful": "maybe"}, "This can no longer be chosen."),
        ({"useful": "yes", "part": "gone"}, "This can no longer be chosen."),
    ],
    ids=["nothing", "spaces", "long", "secret", "choice", "part"],
)
def test_what_is_refused_stays_on_the_page(guide: Guide, sent: Any, words: str) -> None:
    answer = send(**sent)

    assert answer.status_code == 422
    assert words in text(answer)
    assert sent.get("sentence", "").strip() in text(answer)
    assert answer["Cache-Control"] == "no-store"
    assert not Feedback.objects.exists()


@pytest.mark.parametrize(
    "headers",
    [
        {"Sec-Fetch-Site": "cross-site"},
        {"Origin": "https://elsewhere.example"},
        {"Origin": "null"},
        {"Origin": "http://testserver.example"},
        {"Referer": "https://elsewhere.example/http://testserver/"},  # all that old browsers tell
    ],
)
def test_another_site_cannot_send_it(guide: Guide, headers: Any) -> None:
    answer = send(sentence="Buy this.", headers=headers)

    assert answer.status_code == 403
    assert "Buy this." not in text(answer)
    assert not Feedback.objects.exists()


@pytest.mark.parametrize(
    "headers",
    [
        {"Sec-Fetch-Site": "same-origin", "Origin": "http://testserver"},
        {"Referer": f"http://testserver{ADDRESS}"},
        {"Referer": ""},
        {},
    ],
)
def test_this_site_can_send_it_from_any_browser(guide: Guide, headers: Any) -> None:
    assert send(sentence="A word is missing.", headers=headers).status_code == 302


def test_it_is_throttled(guide: Guide, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(views, "MOST_OFTEN", 2)

    answers = [send(sentence=f"Sentence {number}") for number in range(3)]

    assert [one.status_code for one in answers] == [302, 302, 429]
    assert answers[2]["Retry-After"] == str(views.SECONDS)
    assert "Sentence 2" in text(answers[2])
    assert Feedback.objects.count() == 2


class MeetingCache:
    """Where two may read before either of them writes, they do."""

    def __init__(self) -> None:
        self.counts: dict[str, int] = {}
        self.both = threading.Barrier(2)

    def get(self, key: str, default: int) -> int:
        count = self.counts.get(key, default)
        with contextlib.suppress(threading.BrokenBarrierError):
            self.both.wait(0.2)
        return count

    def set(self, key: str, count: int, _seconds: int) -> None:
        self.counts[key] = count


def test_two_that_come_at_once_are_two(monkeypatch: pytest.MonkeyPatch) -> None:
    meeting = MeetingCache()
    monkeypatch.setattr(passers_by, "cache", meeting)

    def one_more(_number: int) -> bool:
        return passers_by.is_too_often("feedback", "192.0.2.1", most=1, seconds=600)

    with ThreadPoolExecutor(2) as threads:
        answers = sorted(threads.map(one_more, range(2)))

    assert answers == [False, True]
    assert list(meeting.counts.values()) == [2]


@pytest.mark.parametrize("limit", ["MOST_OF_A_GUIDE", "MOST_OF_A_DAY"])
def test_a_day_takes_so_much_of_it(
    guide: Guide, monkeypatch: pytest.MonkeyPatch, limit: str
) -> None:
    monkeypatch.setattr(limits, limit, 1)

    assert send(sentence="First").status_code == 302
    full = send(sentence="Second")

    assert full.status_code == 429
    assert "Second" in text(full)
    assert Feedback.objects.count() == 1
    Feedback.objects.update(given_on="2020-01-01")
    assert send(sentence="Second").status_code == 302


def test_nobody_is_kept_who_is_signed_in(guide: Guide, as_owner: Client) -> None:
    assert send(as_owner, useful="yes").status_code == 302
    assert Feedback.objects.count() == 1


def test_a_guide_in_another_language_is_told_about_as_it_was_read(guide: Guide) -> None:
    answer = Client().post("/zh-hans/guides/how/feedback/", {"useful": "yes"})

    assert answer.status_code == 302
    assert Feedback.objects.get().edition.language == "en"


def test_what_is_not_live_is_not_found(db: None) -> None:
    make_guide("how")

    assert Client().get(ADDRESS).status_code == 404
    assert Client().post(ADDRESS, {"useful": "yes"}).status_code == 404


def test_a_step_leads_to_it(guide: Guide) -> None:
    page = Client().get("/en/guides/how/?step=two").content.decode()

    assert f'href="{ADDRESS}?part=two&amp;useful=no"' in page
    assert "Stuck on this step? Tell us" in page

"""A draft is sent for review from its page, and answered on a page that shows what it changes."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.auth.models import Group
from django.test import Client

from guides.models import Edition, Guide, Review, User
from guides.publishing import save_draft, submit
from tests import factories
from tests.conftest import signed_in
from tests.guides.publishing.conftest import ZH, make_facts

from .conftest import address, newest, sent

pytestmark = pytest.mark.django_db


def somebody(*roles: str) -> tuple[User, Client]:
    person = factories.make_user(is_staff=True)
    person.groups.set(Group.objects.filter(name__in=roles))
    return person, signed_in(person)


def state(guide: Guide, language: str) -> str:
    return Edition.objects.get(guide=guide, language=language).review_state


def text(answer: Any) -> str:
    return answer.content.decode()


def test_a_writer_sends_what_is_typed_and_a_reviewer_answers(guide: Guide, settings: Any) -> None:
    settings.EDITORIAL_FOUR_EYES = True
    writer, as_writer = somebody("writer")
    _reviewer, as_reviewer = somebody("reviewer")
    page, review = address("change", guide.pk), address("review", guide.pk, "en")

    data = sent(guide, en_title="Better", en_note="clearer") | {"do": "submit:en"}
    answer = as_writer.post(page, data, follow=True)
    assert "English was sent for review." in text(answer)
    assert "In review" in text(answer)
    assert (state(guide, "en"), state(guide, "zh-hans")) == ("in-review", "approved")

    shown = text(as_reviewer.get(review))
    for words in ("clearer", writer.email, "<ins>", "Better", 'value="approve"'):
        assert words in shown
    assert 'value="approve"' not in text(as_writer.get(review))
    answer = as_reviewer.post(review, {"revision": "2", "do": "send-back", "reason": " "})
    assert answer.status_code == 422
    assert "Say what has to change" in text(answer)
    as_reviewer.post(review, {"revision": "2", "do": "send-back", "reason": "Shorter, please."})

    assert state(guide, "en") == "draft"
    assert "Shorter, please." in text(as_writer.get(page))
    data = sent(guide, en_title="Good", en_note="clearer") | {"do": "submit:both"}
    assert "Shorter, please." not in text(as_writer.post(page, data, follow=True))
    as_reviewer.post(review, {"revision": "3", "do": "approve"})
    assert state(guide, "en") == "approved"
    _publisher, as_publisher = somebody("writer", "publisher")
    as_publisher.post(page, sent(guide) | {"do": "publish:en"})
    assert Edition.objects.get(guide=guide, language="en").live.revision.title == "Good"


def test_what_could_never_go_live_is_not_sent_and_says_why(guide: Guide) -> None:
    _writer, as_writer = somebody("writer")
    data = sent(guide, en_title="", zh_title="好", zh_note="改") | {"do": "submit:both"}

    answer = as_writer.post(address("change", guide.pk), data)

    assert answer.status_code == 422
    assert "Not sent for review yet; the draft is saved" in text(answer)
    assert "English: This is shown to readers" in text(answer)
    assert (state(guide, "en"), state(guide, "zh-hans")) == ("draft", "draft"), "none or all"
    nothing = as_writer.post(
        address("change", guide.pk),
        sent(guide, en_title="Title") | {"do": "submit:xx"},
        follow=True,
    )
    assert "There is nothing new to review." in text(nothing)


def test_an_answer_to_what_is_no_longer_newest_is_not_taken(guide: Guide) -> None:
    _writer, as_writer = somebody("writer")
    _reviewer, as_reviewer = somebody("reviewer")
    page, review = address("change", guide.pk), address("review", guide.pk, "en")
    as_writer.post(page, sent(guide, en_title="Two", en_note="n") | {"do": "submit:en"})
    as_writer.post(page, sent(guide, en_title="Three", en_note="n") | {"do": "submit:en"})

    for do in ("approve", "send-back"):
        late = as_reviewer.post(review, {"revision": "2", "do": do, "reason": "Mine."})
        assert late.status_code == 409
        assert "Revision 3 was saved after you opened this page" in text(late)
        assert "Three" in text(late)
        assert "Mine." in text(late)
        assert 'name="revision" value="3"' in text(late)
    assert not Review.objects.exists()
    as_reviewer.post(review, {"revision": "3", "do": "send-back", "reason": "No."})
    again = as_reviewer.post(review, {"revision": "3", "do": "approve"})
    assert again.status_code == 409
    assert "no longer in review" in text(again)
    for wrong in ("", "x", "-1"):
        assert as_reviewer.post(review, {"revision": wrong}).status_code == 422
    assert as_reviewer.post(review, {"revision": "9", "do": "approve"}).status_code == 404


def test_nobody_approves_their_own_not_even_who_may_everything(
    as_editor: Client, guide: Guide, settings: Any
) -> None:
    settings.EDITORIAL_FOUR_EYES = True
    page, review = address("change", guide.pk), address("review", guide.pk, "en")
    as_editor.post(page, sent(guide, en_title="Mine", en_note="n") | {"do": "submit:en"})

    shown = text(as_editor.get(review))
    assert 'value="approve"' not in shown
    assert "who is none of those that wrote it: editor@example.com" in shown
    answer = as_editor.post(review, {"revision": "2", "do": "approve"})
    assert answer.status_code == 403
    assert "who is none of those that wrote it" in text(answer)
    assert state(guide, "en") == "in-review"


def test_a_new_guide_is_reviewed_with_its_facts(editor: User) -> None:
    factories.make_source("s1")
    fresh = Guide.objects.create(slug="fresh", kind="article")
    facts = make_facts(standing="historic")
    save_draft(
        guide=fresh, language="zh-hans", by=editor, text=ZH, made_from=0, facts=facts, note="新"
    )
    _reviewer, as_reviewer = somebody("reviewer")
    review = address("review", fresh.pk, "zh-hans")
    assert "This draft is not in review." in text(as_reviewer.get(review))

    submit(edition=newest(fresh, "zh-hans").edition, by=editor)

    shown = text(as_reviewer.get(review))
    assert "readers have had nothing of this yet" in shown
    assert "一句话[@s1]。" in shown
    assert "istoric" in shown
    assert as_reviewer.get(address("review", fresh.pk, "en")).status_code == 404

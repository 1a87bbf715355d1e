"""Sent for review, approved or sent back; and four eyes, which hold on every way to readers."""

from __future__ import annotations

import datetime
import shutil
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.utils import translation

from guides.events import sentence
from guides.models import Edition, EditorialEvent, Guide, Review, Revision, User
from guides.models.lasting import Unchangeable
from guides.publishing import (
    NotAllowed,
    NotPublishable,
    StaleRevision,
    approve,
    bundle,
    mark_checked,
    publish,
    restore,
    send_back,
    submit,
)
from guides.publishing.four_eyes import authors_of
from guides.publishing.reviewing import NotInReview, sent_back, waiting_for
from tests import factories

from .conftest import draft, make_facts

pytestmark = pytest.mark.django_db

State = Edition.ReviewState


@pytest.fixture(autouse=True)
def _in_english() -> None:
    translation.activate("en")


@pytest.fixture
def four_eyes(settings: Any) -> None:
    settings.EDITORIAL_FOUR_EYES = True


@pytest.fixture
def ann(db: None) -> User:
    return factories.make_user(email="ann@example.com")


@pytest.fixture
def bob(db: None) -> User:
    return factories.make_user(email="bob@example.com")


@pytest.fixture
def cat(db: None) -> User:
    return factories.make_user(email="cat@example.com", is_superuser=True)


def now(revision: Revision) -> Edition:
    return Edition.objects.get(pk=revision.edition_id)


def approved(revision: Revision, by: User) -> Revision:
    submit(edition=now(revision), by=None)
    approve(revision=revision, by=by)
    return revision


def refused(revision: Revision, by: User | None) -> str:
    with pytest.raises(NotPublishable) as why:
        publish([revision], by=by)
    [refusal] = why.value.refusals
    assert refusal.code == "not-approved"
    return str(refusal.message)


# --- Draft, in review, approved ------------------------------------------------------------


def test_a_draft_goes_to_review_and_is_approved(guide: Guide, ann: User, bob: User) -> None:
    revision = draft(guide, "zh-hans", by=ann)
    assert now(revision).review_state == State.DRAFT

    submit(edition=now(revision), by=ann)
    submit(edition=now(revision), by=bob)
    edition = now(revision)
    assert (edition.review_state, edition.submitted_by) == (State.IN_REVIEW, ann)
    assert edition.submitted_at is not None

    approve(revision=revision, by=bob)
    assert now(revision).review_state == State.APPROVED
    answer = Review.objects.get()
    assert (answer.by, answer.is_approved, answer.revision) == (bob, True, revision)
    with pytest.raises(Unchangeable):
        answer.save()
    publish([revision], by=bob)
    assert now(revision).submitted_at is None
    kinds = EditorialEvent.objects.order_by("pk").values_list("kind", "by")
    assert list(kinds) == [
        ("drafted", ann.pk), ("submitted", ann.pk), ("approved", bob.pk), ("published", bob.pk),
    ]  # fmt: skip


def test_it_is_sent_back_with_a_reason_that_stays_until_it_is_sent_again(
    guide: Guide, ann: User, bob: User
) -> None:
    revision = draft(guide, "zh-hans", by=ann)
    submit(edition=now(revision), by=ann)

    with pytest.raises(NotPublishable) as why:
        send_back(revision=revision, by=bob, reason="  ")
    assert [one.field for one in why.value.refusals] == ["reason"]
    assert now(revision).review_state == State.IN_REVIEW
    send_back(revision=revision, by=bob, reason="第二句没有来源。")

    answer = sent_back(now(revision))
    assert answer is not None
    assert answer.reason == "第二句没有来源。"
    assert (now(revision).review_state, now(revision).submitted_by) == (State.DRAFT, None)
    later = draft(guide, "zh-hans", by=ann, title="改了")
    assert sent_back(now(later)) == answer
    submit(edition=now(later), by=ann)
    assert sent_back(now(later)) is None
    draft(guide, "zh-hans", by=ann, title="再改")
    assert sent_back(now(later)) is None
    event = EditorialEvent.objects.get(kind="sent-back")
    told = sentence(event.kind, event.details, about="标题", language=event.language)
    assert told == "sent back 标题, Chinese, revision 1: 第二句没有来源。"


def test_what_was_approved_can_be_sent_back_until_it_is_live(
    four_eyes: None, guide: Guide, ann: User, bob: User, cat: User
) -> None:
    revision = approved(draft(guide, "zh-hans", by=ann), bob)

    send_back(revision=revision, by=cat, reason="Wait.")

    refused(revision, bob)
    approved(revision, bob)
    publish([revision], by=ann)
    with pytest.raises(NotInReview):
        send_back(revision=revision, by=cat, reason="Too late.")


def test_a_newer_draft_is_a_draft_again_and_the_old_one_has_no_answer(
    guide: Guide, ann: User, bob: User
) -> None:
    revision = draft(guide, "zh-hans", by=ann)
    submit(edition=now(revision), by=ann)
    newer = draft(guide, "zh-hans", by=ann, title="新")

    assert now(newer).review_state == State.DRAFT
    assert now(newer).submitted_by is None
    for answer in (approve, send_back):
        reason = {"reason": "No."} if answer is send_back else {}
        with pytest.raises(StaleRevision):
            answer(revision=revision, by=bob, **reason)
        with pytest.raises(NotInReview):
            answer(revision=newer, by=bob, **reason)
    assert not Review.objects.exists()


def test_nothing_is_sent_that_could_never_go_live(guide: Guide, ann: User, zh: Revision) -> None:
    wrong = draft(guide, "zh-hans", by=ann, title="", note="", body="没有来源[@nowhere]。")

    with pytest.raises(NotPublishable) as why:
        submit(edition=now(wrong), by=ann)

    assert {one.code for one in why.value.refusals} >= {"empty", "no-note"}
    assert any(one.line == 3 for one in why.value.refusals)
    assert now(wrong).review_state == State.DRAFT


def test_what_goes_live_with_other_drafts_is_sent(guide: Guide, zh: Revision, en: Revision) -> None:
    """A translation with its source, and two guides that link to each other."""
    other = Guide.objects.create(slug="other", kind="article")
    linked = draft(other, "zh-hans", body="看[[a-guide]][@s1]。", facts=make_facts())

    for revision in (en, linked):
        submit(edition=now(revision), by=None)

    assert Edition.objects.filter(review_state=State.IN_REVIEW).count() == 2


def test_there_is_nothing_to_review_where_readers_have_it(guide: Guide, zh: Revision) -> None:
    publish([zh], by=None)

    with pytest.raises(NotPublishable) as why:
        submit(edition=now(zh), by=None)

    assert [one.code for one in why.value.refusals] == ["nothing"]


# --- Four eyes -----------------------------------------------------------------------------


def test_without_four_eyes_review_is_optional(guide: Guide, ann: User) -> None:
    revision = draft(guide, "zh-hans", by=ann)
    submit(edition=now(revision), by=ann)
    approve(revision=revision, by=ann)
    publish([revision], by=ann)
    publish([draft(guide, "zh-hans", by=ann, title="新")], by=ann)


def test_with_four_eyes_somebody_else_approves_that_very_revision(
    four_eyes: None, guide: Guide, ann: User, bob: User, cat: User
) -> None:
    revision = draft(guide, "zh-hans", by=cat)

    words = refused(revision, cat)
    assert "Chinese, revision 1" in words
    assert "cat@example.com" in words
    refused(revision, bob)
    submit(edition=now(revision), by=cat)
    with pytest.raises(NotAllowed):
        approve(revision=revision, by=cat)
    refused(revision, cat)
    approve(revision=revision, by=bob)
    publish([revision], by=cat)

    assert now(revision).live.published_by == cat
    # And once more by whoever approved the last, however little they change.
    refused(draft(guide, "zh-hans", by=bob, note="小改", is_minor=True), bob)


def test_nobody_is_no_way_around_it(four_eyes: None, guide: Guide, ann: User) -> None:
    """A release in the name of an account that is gone, and a command."""
    refused(draft(guide, "zh-hans", by=ann), None)
    refused(draft(guide, "zh-hans", by=None, title="无人"), None)


def test_all_who_wrote_since_readers_got_it_are_its_authors(
    four_eyes: None, guide: Guide, ann: User, bob: User, cat: User
) -> None:
    draft(guide, "zh-hans", by=ann, title="一")
    second = draft(guide, "zh-hans", by=bob, title="二")
    submit(edition=now(second), by=bob)

    for person in (ann, bob):
        with pytest.raises(NotAllowed, match=r"ann@example\.com, bob@example\.com"):
            approve(revision=second, by=person)
    approve(revision=second, by=cat)
    publish([second], by=bob)
    third = draft(guide, "zh-hans", by=bob, title="三")

    assert authors_of([second, third]) == {second.pk: {ann.pk, bob.pk}, third.pk: {bob.pk}}


def test_an_approval_from_before_counts_only_if_it_is_no_author_s(
    settings: Any, guide: Guide, ann: User, bob: User
) -> None:
    revision = approved(draft(guide, "zh-hans", by=ann), ann)
    settings.EDITORIAL_FOUR_EYES = True

    refused(revision, bob)
    approve(revision=revision, by=bob)
    publish([revision], by=ann)


def test_who_approved_and_then_edits_needs_somebody_else(
    four_eyes: None, guide: Guide, ann: User, bob: User
) -> None:
    approved(draft(guide, "zh-hans", by=ann), bob)
    edited = draft(guide, "zh-hans", by=bob, note="一个字", is_minor=True)

    refused(edited, bob)
    submit(edition=now(edited), by=bob)
    for person in (ann, bob):
        with pytest.raises(NotAllowed):
            approve(revision=edited, by=person)


def test_an_older_text_brought_back_is_still_its_writer_s(
    four_eyes: None, guide: Guide, ann: User, bob: User, cat: User
) -> None:
    never = draft(guide, "zh-hans", by=ann, title="没上过线")
    live = approved(draft(guide, "zh-hans", by=bob, title="上线"), cat)
    publish([live], by=bob)
    restore(revision=never, by=bob)
    again = draft(guide, "zh-hans", by=bob, note="Again, as it is.")
    submit(edition=now(again), by=bob)

    with pytest.raises(NotAllowed):
        approve(revision=again, by=ann)
    approve(revision=again, by=cat)
    publish([again], by=bob)
    # What readers had already had its four eyes: only who brings it back answers for it.
    back = restore(revision=live, by=ann)
    assert authors_of([back]) == {back.pk: {ann.pk}}


def test_facts_go_the_same_way_and_are_seen_by_two(
    four_eyes: None, guide: Guide, zh: Revision, ann: User, bob: User
) -> None:
    publish([zh], by=None, is_bundled=True)
    historic = draft(guide, "zh-hans", by=ann, facts=make_facts(standing="historic"))

    refused(historic, ann)
    guide.refresh_from_db()
    assert guide.standing == "current"
    publish([approved(historic, bob)], by=ann)
    guide.refresh_from_db()
    assert guide.standing == "historic"


def test_every_language_needs_its_own_and_all_that_lack_it_are_named(
    four_eyes: None, guide: Guide, zh: Revision, en: Revision, bob: User
) -> None:
    approved(zh, bob)

    with pytest.raises(NotPublishable) as why:
        publish([zh, en], by=bob)

    assert [(one.language, one.code) for one in why.value.refusals] == [("en", "not-approved")]
    assert not Edition.objects.live().exists()


def test_checking_is_no_editing_and_a_later_publication_leaves_it(
    four_eyes: None, guide: Guide, zh: Revision, ann: User, bob: User
) -> None:
    publish([zh], by=None, is_bundled=True)
    changed = approved(draft(guide, "zh-hans", by=ann, title="新"), bob)
    guide.refresh_from_db()
    mark_checked(guide=guide, by=ann, on=datetime.date(2026, 12, 1))

    publish([changed], by=bob)

    guide.refresh_from_db()
    assert (guide.checked_on, guide.checked_by) == (datetime.date(2026, 12, 1), ann)


def test_the_release_is_outside_and_another_folder_is_not(
    four_eyes: None, zh: Revision, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    publish([zh], by=None, is_bundled=True)
    bundle.export(tmp_path)
    text = tmp_path / "a-guide" / "zh-hans.md"
    text.write_text(text.read_text("utf-8").replace("标题", "别处"), "utf-8")
    Edition.objects.update(loaded_digest=bundle.digest(bundle.write_edition(zh.text())))

    call_command("load_guides", tmp_path, verbosity=0)
    assert (now(zh).title, now(zh).latest.title) == ("标题", "别处"), "a draft, and no more"
    refused(now(zh).latest, None)
    fresh = tmp_path / "fresh"
    shutil.copytree(tmp_path / "a-guide", fresh / "b-guide")
    monkeypatch.setattr(bundle, "BUNDLE", fresh)
    bundle.load(fresh)
    assert Edition.objects.get(guide__slug="b-guide").title == "别处"


# --- What waits ----------------------------------------------------------------------------


def test_what_waits_is_shown_to_those_who_may_answer(
    four_eyes: None, guide: Guide, ann: User, bob: User, cat: User,
    django_assert_max_num_queries: Any,
) -> None:  # fmt: skip
    for slug in ("one", "two", "three"):
        other = Guide.objects.create(slug=slug, kind="article")
        mine = draft(other, "zh-hans", by=cat if slug == "two" else ann, facts=make_facts())
        submit(edition=now(mine), by=None)
    draft(guide, "zh-hans", by=ann)

    assert waiting_for(bob) == []
    with django_assert_max_num_queries(2):
        waiting = [(one.guide.slug, one.latest.title) for one in waiting_for(cat)]
    assert waiting == [("one", "标题"), ("three", "标题")]

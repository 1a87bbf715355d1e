"""Going live: all or nothing, every reason at once, and the history it leaves."""

from __future__ import annotations

import datetime
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from guides.models import Edition, EditorialEvent, Guide, Publication, Revision, Source
from guides.models.lasting import Unchangeable
from guides.publishing import (
    NotPublishable,
    mark_checked,
    publish,
    restore,
    save_draft,
    withdraw,
)
from guides.publishing.drafts import StaleRevision
from tests import factories

from .conftest import draft, make_facts


def codes(refused: pytest.ExceptionInfo[NotPublishable]) -> set[str]:
    return {refusal.code for refusal in refused.value.refusals}


def test_it_makes_both_languages_live_together(zh: Revision, en: Revision) -> None:
    publish([zh, en], by=None)

    live = {edition.language: edition for edition in Edition.objects.live()}
    assert live["zh-hans"].title == "标题"
    assert live["en"].parts[0]["html"].startswith("<p>One sentence.")
    assert live["en"].cited == [{"key": "s1", "letter": "a"}]


def test_a_draft_changes_nothing_that_readers_see(zh: Revision) -> None:
    publish([zh], by=None)
    draft(zh.edition.guide, "zh-hans", title="新标题")

    edition = Edition.objects.get(pk=zh.edition_id)
    assert edition.title == "标题"
    assert edition.has_draft


def test_facts_go_live_with_the_source_text(guide: Guide, zh: Revision) -> None:
    publish([zh], by=None)
    later = draft(guide, "zh-hans", facts=make_facts(standing="historic", position=7))
    guide.refresh_from_db()
    assert guide.standing == "current"

    publish([later], by=None)

    guide.refresh_from_db()
    assert (guide.standing, guide.position) == ("historic", 7)


def test_one_refusal_keeps_everything_back(zh: Revision, en: Revision) -> None:
    bad = draft(en.edition.guide, "en", body="No source.")

    with pytest.raises(NotPublishable):
        publish([zh, bad], by=None)

    assert not Edition.objects.live().exists()
    assert not Publication.objects.exists()


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        pytest.param({"body": "没有来源。"}, "no-citation", id="no citation"),
        pytest.param({"body": "来源不存在[@s9]。"}, "citation", id="a source that is not there"),
        pytest.param({"body": "看[[nowhere]][@s1]。"}, "link", id="a link that leads nowhere"),
        pytest.param({"note": ""}, "no-note", id="no change note"),
        pytest.param({"title": " "}, "empty", id="no title"),
        pytest.param({"summary": ""}, "empty", id="no summary"),
        pytest.param({"card": "字" * 25}, "card", id="a card that is cut off"),
        pytest.param({"title": "两\n行"}, "lines", id="a title of two lines"),
        pytest.param({"facts": make_facts(checked_on=None)}, "not-checked", id="never checked"),
        pytest.param({"facts": make_facts(related=["nowhere"])}, "guide", id="related to nothing"),
        pytest.param({"facts": make_facts(successor="nowhere")}, "guide", id="followed by nothing"),
        pytest.param(
            {"facts": make_facts(kind="method")}, "no-method", id="a method without facts"
        ),
        pytest.param(
            {"facts": make_facts(kind="clause")}, "no-reference", id="a clause unnumbered"
        ),
    ],
)
def test_it_refuses(guide: Guide, changes: dict[str, Any], code: str) -> None:
    revision = draft(guide, "zh-hans", **changes)

    with pytest.raises(NotPublishable) as refused:
        publish([revision], by=None)

    assert code in codes(refused)
    assert all(refusal.slug == "a-guide" for refusal in refused.value.refusals)


def test_it_refuses_a_secret(guide: Guide) -> None:
    token = "amzn.mws." + "-".join(
        ["4ea38b7b", "f563", "7709", "4bae", "87aeaEXAMPLE".lower()[:12]]
    )
    token = token.replace("example", "a1b2c3d")
    revision = draft(guide, "zh-hans", body="一\n\n" + token + "[@s1]", note=token)

    with pytest.raises(NotPublishable) as refused:
        publish([revision], by=None)

    secret, noted = [one for one in refused.value.refusals if one.code == "secret"]
    assert (secret.field, secret.line) == ("body", 5)
    assert noted.field == "note", "readers get it too"
    assert token[:12] not in str(secret.message)


def test_it_says_every_reason_at_once(guide: Guide) -> None:
    revision = draft(
        guide, "zh-hans", body="没有来源。\n\n看[[nowhere]]。", note="", card="字" * 30
    )

    with pytest.raises(NotPublishable) as refused:
        publish([revision], by=None)

    assert {"no-citation", "link", "no-note", "card"} <= codes(refused)
    lines = [one.line for one in refused.value.refusals if one.code == "no-citation"]
    assert lines == [3, 5]


def test_a_translation_has_the_blocks_of_its_source(zh: Revision, en: Revision) -> None:
    longer = draft(en.edition.guide, "en", body="One.[@s1]\n\nTwo.[@s1]")

    with pytest.raises(NotPublishable) as refused:
        publish([zh, longer], by=None)

    assert "blocks" in codes(refused)


def test_a_translation_waits_for_its_source(en: Revision) -> None:
    with pytest.raises(NotPublishable) as refused:
        publish([en], by=None)

    assert codes(refused) == {"source"}


def test_a_translation_that_is_behind_can_still_be_mended(zh: Revision, en: Revision) -> None:
    guide = zh.edition.guide
    publish([zh, en], by=None)
    publish([draft(guide, "zh-hans", body="一句话[@s1]。\n\n又一句[@s1]。")], by=None)

    publish([draft(guide, "en", title="A better title")], by=None)

    assert Edition.objects.get(pk=en.edition_id).title == "A better title"


def test_a_stale_draft_is_refused_and_nothing_is_lost(guide: Guide, zh: Revision) -> None:
    with pytest.raises(StaleRevision) as stale:
        save_draft(
            guide=guide,
            language="zh-hans",
            by=None,
            text=zh.text() | {"title": "迟到"},
            made_from=0,
        )

    assert stale.value.latest == zh
    assert zh.edition.revisions.count() == 1


def test_the_same_text_again_is_no_new_revision(guide: Guide, zh: Revision) -> None:
    assert draft(guide, "zh-hans") == zh


def test_publishing_again_ends_the_publication_before(guide: Guide, zh: Revision) -> None:
    publish([zh], by=None)
    publish([draft(guide, "zh-hans", title="第二版")], by=None)

    newer, older = Publication.objects.all()
    assert older.ended_at == newer.published_at
    assert newer.ended_at is None


def test_what_somebody_changed_meanwhile_is_not_written_over(zh: Revision, editor: Any) -> None:
    assert zh.edition.guide.checked_by is None  # as this request has loaded it
    day = datetime.date(2026, 11, 23)
    mark_checked(guide=Guide.objects.get(), by=editor, on=day)

    publish([zh], by=None)

    guide = Guide.objects.get()
    assert (guide.checked_on, guide.checked_by) == (day, editor)


def test_withdrawing_twice_is_the_same_as_once(zh: Revision, editor: Any) -> None:
    publish([zh], by=None)
    first, second = (Edition.objects.get() for _tab in range(2))
    withdraw(edition=first, by=editor, because="It was wrong")

    withdraw(edition=second, by=editor, because="It was wrong")

    assert EditorialEvent.objects.filter(kind="withdrawn").count() == 1


def test_the_database_lets_one_publication_be_live(zh: Revision) -> None:
    publication = publish([zh], by=None)[0]

    with pytest.raises(IntegrityError), transaction.atomic():
        Publication.objects.create(
            edition=zh.edition, revision=zh, published_at=publication.published_at
        )


def test_what_links_here_follows_a_new_title(guide: Guide, zh: Revision) -> None:
    other = Guide.objects.create(slug="other", kind="article")
    publish([zh], by=None)
    publish([draft(other, "zh-hans", body="看[[a-guide]][@s1]。")], by=None)

    publish([draft(guide, "zh-hans", title="改过的名字")], by=None)

    html = Edition.objects.get(guide=other).parts[0]["html"]
    assert "改过的名字" in html


def test_withdrawing_needs_a_reason_that_readers_see(zh: Revision) -> None:
    publish([zh], by=None)

    with pytest.raises(NotPublishable):
        withdraw(edition=zh.edition, by=None, because=" ")
    withdraw(edition=Edition.objects.get(pk=zh.edition_id), by=None, because="错了")

    assert not Edition.objects.live().exists()
    assert Publication.objects.get().withdrawn_because == "错了"


def test_a_guide_that_others_link_to_is_not_withdrawn(guide: Guide, zh: Revision) -> None:
    other = Guide.objects.create(slug="other", kind="article")
    publish([zh], by=None)
    publish([draft(other, "zh-hans", body="看[[a-guide]][@s1]。")], by=None)

    with pytest.raises(NotPublishable) as refused:
        withdraw(edition=Edition.objects.get(pk=zh.edition_id), by=None, because="错了")

    assert [refusal.slug for refusal in refused.value.refusals] == ["other"]


def test_restoring_makes_a_new_draft_of_the_old_text(guide: Guide, zh: Revision) -> None:
    publish([zh], by=None)
    publish([draft(guide, "zh-hans", title="第二版")], by=None)

    restored = restore(revision=zh, by=None)

    assert (restored.number, restored.title) == (3, "标题")
    assert Edition.objects.get(pk=zh.edition_id).title == "第二版"


def test_history_is_never_rewritten(zh: Revision) -> None:
    zh.title = "改写"

    with pytest.raises(Unchangeable):
        zh.save()
    with pytest.raises(Unchangeable):
        zh.delete()
    with pytest.raises(Unchangeable):
        Revision.objects.update(title="改写")
    with pytest.raises(Unchangeable):
        EditorialEvent.objects.all().delete()


def test_each_act_leaves_an_event(owner: Any, zh: Revision) -> None:
    publish([zh], by=owner)

    kinds = EditorialEvent.objects.values_list("kind", "by", "about", "language")
    assert next(iter(kinds)) == ("published", owner.pk, "a-guide", "zh-hans")


def test_deleting_a_person_keeps_what_they_wrote(guide: Guide, stranger: Any) -> None:
    revision = draft(guide, "zh-hans", by=stranger)

    stranger.delete()

    assert Revision.objects.get(pk=revision.pk).made_by is None
    assert factories.make_user()


def test_a_translation_is_rendered_with_the_facts_it_goes_live_with(guide: Guide) -> None:
    Source.objects.filter(key="s1").update(grade="third-party")
    zh = draft(guide, "zh-hans", facts=make_facts(is_reported=True))

    publish([zh, draft(guide, "en")], by=None)

    html = {edition.language: edition.parts[0]["html"] for edition in Edition.objects.live()}
    assert "grade-third-party" not in html["zh-hans"]
    assert "grade-third-party" not in html["en"], "the whole guide is reported"


def test_new_facts_reach_the_other_languages(guide: Guide, zh: Revision, en: Revision) -> None:
    Source.objects.filter(key="s1").update(grade="third-party")
    publish([zh, en], by=None)

    publish([draft(guide, "zh-hans", facts=make_facts(is_reported=True))], by=None)

    english = Edition.objects.get(guide=guide, language="en")
    assert "grade-third-party" not in english.parts[0]["html"]


def test_a_check_is_of_whoever_wrote_it_down(guide: Guide, zh: Revision) -> None:
    publish([zh], by=None)
    guide.refresh_from_db()
    assert guide.checked_by is None, "the release compared stored copies"

    editor = factories.make_user()
    later = make_facts(checked_on="2026-12-24")
    publish([draft(guide, "zh-hans", facts=later, by=editor)], by=editor)
    guide.refresh_from_db()
    assert guide.checked_by == editor

    publish([draft(guide, "zh-hans", title="Only the title")], by=editor)
    guide.refresh_from_db()
    assert guide.checked_by == editor

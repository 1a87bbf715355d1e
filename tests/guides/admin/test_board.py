"""The review board: what waits for whom, in few queries, and what is done there."""

from __future__ import annotations

import csv
import datetime
import io
from html import unescape
from typing import Any

import pytest
from django.contrib.auth.models import Group
from django.db import connection
from django.test.utils import CaptureQueriesContext, override_settings
from django.utils import timezone

from guides.models import (
    Edition,
    EditorialEvent,
    Feedback,
    Guide,
    LinkCheck,
    PageStamp,
    Release,
    ReleaseItem,
    SearchMiss,
    Source,
    SourceChange,
    User,
)
from guides.publishing import approve, publish, save_draft, send_back, submit
from tests import factories
from tests.conftest import signed_in
from tests.guides.publishing.conftest import EN

from .conftest import address, put_live, staff

BOARD = "/admin/"
EVERYTHING = (
    *("view_guide", "add_guide", "change_guide", "publish_guide", "review_guide"),
    *("view_source", "change_source", "view_feedback", "change_feedback", "view_searchmiss"),
    *("change_searchmiss", "view_editorialevent"),
)


def day(ago: int) -> datetime.date:
    return timezone.localdate() - datetime.timedelta(days=ago)


def moment(ago: int) -> datetime.datetime:
    return timezone.now() - datetime.timedelta(days=ago)


@pytest.fixture
def full(guide: Guide, editor: User) -> Guide:
    """Something waits in every queue."""
    fill(guide, editor)
    return guide


def fill(guide: Guide, by: User) -> None:
    """Let the guide be overdue, its translation behind and in review, its source broken."""
    Guide.objects.filter(pk=guide.pk).update(review_by=day(22), checked_on=day(112), checked_by=by)
    english = guide.editions.get(language="en")
    latest = english.latest.number
    save_draft(guide=guide, language="en", by=by, text=EN | {"title": "T"}, made_from=latest)
    english.refresh_from_db()
    Edition.objects.filter(pk=english.pk).update(
        behind={"changes": 2, "since": day(9).isoformat()},
        review_state="in-review", submitted_by=by, submitted_at=moment(1),
    )  # fmt: skip
    alone = factories.make_guide(review_by=day(-200))
    factories.make_live_edition(alone, title=f"只有中文 {alone.pk}")
    for at, said in enumerate(["找不到菜单", "找不到菜单", "", "Other"]):
        Feedback.objects.create(
            edition=english, part="part", was_useful=False, sentence=said, given_on=day(at)
        )
    Feedback.objects.create(edition=english, was_useful=True, given_on=day(0))
    for at, query in enumerate(["=二审", "=二审", "how"]):
        SearchMiss.objects.create(query=query + guide.slug, language="en", day=day(at), times=2)
    release = Release.objects.create(
        name="SP-API", state="scheduled", publish_at=moment(-7), zone="Asia/Shanghai", made_by=by
    )
    ReleaseItem.objects.create(release=release, edition=english, revision=english.latest)
    said = {"zh-hans": "没有来源。", "en": "No source."}
    Release.objects.create(
        name="Late", publish_at=moment(1), zone="UTC", refusals=[{"message": said}]
    )
    source = factories.make_source(f"x{guide.pk}")
    SourceChange.objects.create(
        key=source.key, before={"version": ""}, after={"version": "2"}, proposed_by=by,
        proposed_at=moment(1),
    )  # fmt: skip
    failing = {"failing_since": moment(2), "failures": 2, "checked_at": moment(0)}
    LinkCheck.objects.create(address=source.address, answer="refused", **failing)
    LinkCheck.objects.create(
        address=f"https://example.com/text-{guide.pk}", answer="gone", **failing
    )


def text_of(client: Any, page: str = BOARD) -> str:
    return unescape(client.get(page).content.decode())


def queues(client: Any, page: str = BOARD) -> dict[str, int]:
    return {queue.name: queue.count for queue in client.get(page).context["queues"]}


def test_it_shows_what_waits(as_editor: Any, full: Guide, settings: Any) -> None:
    settings.LINK_CHECKS = True

    page = text_of(as_editor)

    assert queues(as_editor) == {
        "due": 1, "behind": 2, "links": 2, "waiting": 2, "scheduled": 2, "feedback": 3, "misses": 2,
    }  # fmt: skip
    for words in (
        "10 wait for somebody.", "2 have their time.",
        "22 days over", f"last time {day(112).isoformat()}",
        "behind by 2 blocks", "9 days", "not live in English yet", "missing, not behind",
        "perhaps a block", "refused 2 times", "broken for 2 days",
        "sent by editor@example.com yesterday", "1 change",
        "1 waits for an answer", "/admin/guides/sourcechange/?state__exact=waiting",
        "Beijing time", "could not go live at", "No source.",
        "“找不到菜单”, 2 times", "It did not help; no sentence",
        "“=二审a-guide”, 4 times", "/admin/guides/guide/add/?kind=term&title=",
    ):  # fmt: skip
        assert words in page, words
    assert "are not checked here" not in page
    settings.LINK_CHECKS = False
    assert "are not checked here" in text_of(as_editor)


def test_where_nothing_is_due_it_names_the_next_day(as_editor: Any, guide: Guide) -> None:
    Guide.objects.update(review_by=day(-60))

    assert f"All checked. Next review: {day(-60).isoformat()}." in text_of(as_editor)
    assert "Nothing waits here." in text_of(as_editor, "/admin/board/misses/")


def test_it_is_filtered_by_person_and_language(
    as_editor: Any, editor: User, full: Guide, settings: Any
) -> None:
    settings.LINK_CHECKS = True
    settings.EDITORIAL_FOUR_EYES = True
    other = signed_in(factories.make_user(is_staff=True, is_superuser=True))

    assert queues(as_editor, f"{BOARD}?of=mine") == {
        "due": 1, "behind": 1, "scheduled": 1, "feedback": 3,
    }  # fmt: skip
    assert queues(other, f"{BOARD}?of=mine") == {"waiting": 2}
    chinese = queues(as_editor, f"{BOARD}?language=zh-hans")
    assert chinese == {"due": 1, "links": 2, "waiting": 1}, "a source belongs to every language"
    whole = as_editor.get("/admin/board/feedback/?of=mine&language=en")
    assert whole.context["queue"].count == 3
    assert 'href="/admin/?of=mine&amp;language=en"' in whole.content.decode()
    assert queues(as_editor, f"{BOARD}?language=xx") == queues(as_editor)


def test_who_wrote_any_of_it_is_not_asked_to_approve_it(
    as_editor: Any, full: Guide, settings: Any
) -> None:
    settings.EDITORIAL_FOUR_EYES = True
    english = full.editions.select_related("latest").get(language="en")
    other = factories.make_user(is_staff=True)
    save_draft(guide=full, language="en", by=other, text=EN | {"title": "U"},
               made_from=english.latest.number)  # fmt: skip
    Edition.objects.filter(pk=english.pk).update(review_state="in-review")

    page = as_editor.get("/admin/board/waiting/").content.decode()

    assert "your own: somebody else answers" in page
    assert "#answer" not in page


def test_a_whole_queue_has_pages(as_editor: Any, db: None) -> None:
    for number in range(53):
        SearchMiss.objects.create(query=f"q{number}", language="en", day=day(0))

    first, last = as_editor.get("/admin/board/misses/"), "/admin/board/misses/?page=99"

    assert "Page 1 of 2" in first.content.decode()
    assert len(first.context["queue"].rows) == 50
    assert len(as_editor.get(last).context["queue"].rows) == 3
    assert 'href="/admin/board/misses/"' in text_of(as_editor)
    assert as_editor.get("/admin/board/nothing/").status_code == 404


def test_it_is_read_by_a_spreadsheet_without_formulas(as_editor: Any, full: Guide) -> None:
    answer = as_editor.get("/admin/board/board.csv?language=en")

    assert answer.content.startswith(b"\xef\xbb\xbf")
    assert "attachment" in answer["Content-Disposition"]
    head, *lines = csv.reader(io.StringIO(answer.content.decode("utf-8-sig")))
    assert head[:6] == ["Section", "Guide", "Language", "State", "Day", "Days"]
    assert ["To check again", "T", "", "22 days over", day(22).isoformat(), "22", "",
            f"last time {day(112).isoformat()}, was due {day(22):%m-%d}"] in lines  # fmt: skip
    assert not [cell for line in lines for cell in line if cell[:1] in {"=", "+", "@"}]
    for text in ("=1", " +1", "-1", "@x", "\t1", "＝1"):
        assert defused(text) == f"'{text}"
    assert defused("第 2.4 条 = 1") == "第 2.4 条 = 1"


def defused(text: str) -> str:
    from guides.admin.board import defused as made

    return made(text)


def test_few_queries_and_not_more_with_more(editor: User, full: Guide, settings: Any) -> None:
    settings.LINK_CHECKS = True
    client = staff(*EVERYTHING)
    pages = (BOARD, "/admin/guides/guide/")
    few = [asked(client, page) for page in pages]
    for number in range(4):
        more = Guide.objects.create(slug=f"g-{number}", kind="article")
        put_live(more, editor)
        fill(more, editor)

    many = [asked(client, page) for page in pages]
    assert max(few) <= 15
    assert many <= few, "with more, what stands first is enough, and the rest is not asked for"


def test_each_text_waits_for_whoever_goes_on(guide: Guide, settings: Any) -> None:
    settings.EDITORIAL_FOUR_EYES = True
    writer, reviewer, publisher = (in_role(name) for name in ("writer", "reviewer", "publisher"))
    others = [person for person, _client in (writer, reviewer, publisher)]
    edition = guide.editions.get(language="en")
    save_draft(
        guide=guide, language="en", by=others[0], text=EN | {"title": "T"}, note="Why",
        made_from=edition.latest.number,
    )  # fmt: skip

    def boards() -> list[int]:
        return [queues(client, f"{BOARD}?of=mine").get("waiting", 0) for _one, client in
                (writer, reviewer, publisher)]  # fmt: skip

    assert boards() == [0, 0, 0]
    edition.refresh_from_db()
    submit(edition=edition, by=others[0])
    assert boards() == [0, 1, 0]
    edition.refresh_from_db()
    send_back(revision=edition.latest, by=others[1], reason="Say who.")
    assert boards() == [1, 0, 0]
    assert "sent back: Say who." in text_of(writer[1])
    edition.refresh_from_db()
    submit(edition=edition, by=others[0])
    approve(revision=edition.latest, by=others[1])
    assert boards() == [0, 0, 1]
    edition.refresh_from_db()
    publish([edition.latest], by=others[2])
    assert boards() == [0, 0, 0]


def in_role(name: str) -> tuple[User, Any]:
    person = factories.make_user(is_staff=True, language="en")
    person.groups.add(Group.objects.get(name=name))
    return person, signed_in(person)


def asked(client: Any, page: str) -> int:
    client.get(page)
    with CaptureQueriesContext(connection) as queries, override_settings(EDITORIAL_FOUR_EYES=True):
        assert client.get(page).status_code == 200
    return len(queries)


# --- Who may -------------------------------------------------------------------------------


def test_everybody_sees_what_they_may(full: Guide, anonymous: Any, as_owner: Any) -> None:
    reader = staff("view_guide")
    readers = staff("view_feedback", "change_feedback")

    page = text_of(reader)
    assert set(queues(reader)) == {"due", "behind", "scheduled"}
    assert "Nothing changed" not in page
    assert "Postpone" not in page
    assert "/admin/guides/source/" not in page
    assert "Last changes" not in page
    assert set(queues(readers)) == {"feedback"}
    assert "Handled" in text_of(readers)
    assert reader.get("/admin/board/feedback/").status_code == 403
    assert "“" not in reader.get("/admin/board/board.csv").content.decode()
    for client in (anonymous, as_owner):
        for address_ in (BOARD, "/admin/board/due/", "/admin/board/board.csv"):
            assert client.get(address_).status_code == 302


@pytest.mark.parametrize(
    ("act", "right"),
    [
        ("postpone/{guide}/", "publish_guide"),
        ("links/{link}/retry/", "change_source"),
        ("links/{link}/ignore/", "change_source"),
        ("feedback/{said}/handled/", "change_feedback"),
        ("searches/{miss}/handled/", "change_searchmiss"),
    ],
)
def test_nothing_is_done_without_the_right(full: Guide, act: str, right: str) -> None:
    url = "/admin/board/" + act.format(
        guide=full.pk,
        link=LinkCheck.objects.first().pk,
        said=Feedback.objects.first().pk,
        miss=SearchMiss.objects.first().pk,
    )
    sent = {"because": "So.", "to": day(-5).isoformat()}
    events = EditorialEvent.objects.count()

    assert staff("view_guide", "change_guide").post(url, sent).status_code == 403
    assert EditorialEvent.objects.count() == events
    assert staff(right).post(url, sent).status_code == 302


# --- What is done --------------------------------------------------------------------------


def test_a_check_is_put_off_with_a_reason(as_editor: Any, editor: User, full: Guide) -> None:
    url, board = f"/admin/board/postpone/{full.pk}/", "http://testserver/admin/?of=mine"
    stamp = PageStamp.objects.present()
    form = as_editor.get(url, headers={"Referer": board})

    for to, because, words in [
        (day(0), "Later.", "Choose a day from"),
        (day(-91), "Later.", "Choose a day from"),
        (day(-30), " ", "Say in one sentence why it can wait."),
    ]:
        sent = {"to": to.isoformat(), "because": because}
        refused = as_editor.post(url, sent)
        assert refused.status_code == 422
        assert words in refused.content.decode()
    assert not EditorialEvent.objects.filter(kind="postponed").exists()
    sent = {"to": day(-30).isoformat(), "because": "The page is down.", "back": board}
    answer = as_editor.post(url, sent)

    event = EditorialEvent.objects.get(kind="postponed")
    full.refresh_from_db()
    assert f'name="back" value="{board}"' in form.content.decode()
    assert answer.url == board
    assert (full.review_by, full.checked_on) == (day(-30), day(112))
    assert (event.about, event.by, event.details["because"]) == (
        "a-guide", editor, "The page is down.",
    )  # fmt: skip
    assert PageStamp.objects.present() > stamp
    elsewhere = as_editor.post(
        url, {"to": day(-40).isoformat(), "because": "So.", "back": "https://elsewhere.example/"}
    )
    assert elsewhere.url == BOARD


def test_one_click_says_that_nothing_changed(as_editor: Any, full: Guide) -> None:
    board = "http://testserver/admin/?language=en"

    answer = as_editor.post(address("checked", full.pk), headers={"Referer": board})

    full.refresh_from_db()
    assert answer.url == board
    assert full.checked_on >= day(0)
    assert queues(as_editor)["due"] == 0


def test_equal_sentences_are_handled_at_once(as_editor: Any, full: Guide) -> None:
    newest = Feedback.objects.filter(sentence="找不到菜单").latest("pk")
    later = Feedback.objects.create(
        edition=newest.edition, part="part", sentence="找不到菜单", given_on=day(0)
    )
    url = f"/admin/board/feedback/{newest.pk}/handled/"

    first = as_editor.post(url, follow=True)
    again = as_editor.post(url, follow=True)

    event = EditorialEvent.objects.get(kind="feedback-handled")
    later.refresh_from_db()
    assert "2 were marked as handled." in first.content.decode()
    assert "Somebody else has seen to it already." in again.content.decode()
    assert (event.about, event.language, event.details) == (
        "a-guide", "en", {"part": "part", "count": 2},
    )  # fmt: skip
    assert later.handled_at is None, "what came after the page was shown was not seen"


def test_a_search_is_handled_on_all_its_days(as_editor: Any, full: Guide) -> None:
    newest = SearchMiss.objects.filter(query="=二审a-guide").order_by("-day").first()

    as_editor.post(f"/admin/board/searches/{newest.pk}/handled/")

    assert not SearchMiss.objects.filter(query="=二审a-guide", handled_at=None).exists()
    assert EditorialEvent.objects.get(kind="miss-handled").details["times"] == 4
    assert queues(as_editor)["misses"] == 1
    term = as_editor.get("/admin/guides/guide/add/?kind=term&title=%3D二审").content.decode()
    assert 'value="=二审"' in term
    assert '<option value="term" selected>' in term


def test_a_broken_link_is_tried_again_or_left(as_editor: Any, full: Guide) -> None:
    check = LinkCheck.objects.get(answer="refused")
    url = f"/admin/board/links/{check.pk}"

    as_editor.post(f"{url}/retry/")
    check.refresh_from_db()
    assert check.checked_at is None
    assert as_editor.post(f"{url}/ignore/", {"because": ""}).status_code == 422
    assert as_editor.post(f"{url}/ignore/", {"because": "It blocks us."}).status_code == 302

    assert EditorialEvent.objects.get(kind="link-ignored").details["reason"] == "It blocks us."
    assert queues(as_editor)["links"] == 1
    assert Source.objects.filter(address=check.address).exists()


# --- The sections beside it ----------------------------------------------------------------


def test_the_sections_lead_to_what_one_may_open(as_editor: Any, full: Guide) -> None:
    page = text_of(as_editor, "/admin/guides/guide/?kind=term")

    assert 'href="/admin/guides/guide/?kind=guides">Guides <span class="desk-number">2' in page
    assert 'href="/admin/guides/guide/?kind=term" aria-current="page">Terms' in page
    assert '>Review board <span class="desk-number">10' in page
    assert ">Accounts</h2>" in page
    limited = text_of(staff("view_source"), "/admin/guides/source/")
    assert "/admin/guides/guide/" not in limited
    assert ">Accounts</h2>" not in limited
    assert 'aria-current="page">Sources' in limited

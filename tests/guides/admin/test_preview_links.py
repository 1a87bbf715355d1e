"""Preview links: one revision for whoever has the address, for a while, and nothing besides."""

from __future__ import annotations

import datetime
import logging
import re
from typing import Any

import pytest
import time_machine
from django.test import Client

from guides.models import EditorialEvent, Guide, PreviewLink, Revision, Source, User
from guides.publishing import preview_links, save_draft
from tests.guides.publishing.conftest import ZH

from .conftest import address, newest, staff

BODY = "## 部分 {#part}\n\n还没发布的一句[@s1]。"
ADDRESS = re.compile(r"http://testserver(/preview/[\w-]{43}/)")


@pytest.fixture
def draft(guide: Guide, editor: User) -> Revision:
    text = ZH | {"title": "新的标题", "body": BODY}
    return save_draft(guide=guide, language="zh-hans", by=editor, text=text, made_from=1)


def make(client: Any, guide: Guide, revision: Revision, days: int = 7) -> str:
    sent = {"revision": revision.pk, "days": days}
    page = client.post(address("links", guide.pk), sent).content.decode()
    found = ADDRESS.search(page)
    assert found
    return found[1]


def test_a_stranger_with_the_link_sees_that_revision_alone(
    as_editor: Any, guide: Guide, draft: Revision, editor: User
) -> None:
    way = make(as_editor, guide, draft)
    save_draft(guide=guide, language="zh-hans", by=editor, text=ZH | {"title": "再新"}, made_from=2)

    answer = Client(headers={"accept-language": "en"}).get(way)

    page = answer.content.decode()
    assert answer.status_code == 200
    assert "<h1>新的标题</h1>" in page
    assert "还没发布的一句" in page
    assert "修订 2" in page or "revision 2" in page
    assert '<html lang="zh-Hans">' in page
    assert '<meta name="robots" content="noindex, nofollow, noarchive">' in page
    assert answer.headers["X-Robots-Tag"] == "noindex, nofollow, noarchive"
    assert answer.headers["Referrer-Policy"] == "no-referrer"
    assert "no-store" in answer.headers["Cache-Control"]
    assert answer.headers["Content-Language"] == "zh-hans"
    assert not answer.cookies
    for hidden in ("/admin/", "/history/", "再新", editor.email, "canonical", way):
        assert hidden not in page


def test_only_the_digest_is_kept_and_the_address_shown_once(
    as_editor: Any, guide: Guide, draft: Revision, editor: User, caplog: Any
) -> None:
    caplog.set_level(logging.DEBUG)

    way = make(as_editor, guide, draft, days=1)

    token = way.split("/")[2]
    link = PreviewLink.objects.get()
    assert token not in str(PreviewLink.objects.values())
    assert token not in str(list(EditorialEvent.objects.values()))
    assert link.token_digest == preview_links.digest_of(token)
    assert (link.made_by, link.revision) == (editor, draft)
    assert link.expires_at - link.made_at == datetime.timedelta(days=1)
    listed = as_editor.get(address("links", guide.pk)).content.decode()
    assert token not in listed
    assert editor.email in listed
    Client().get(way)
    Client().get(way + "x/")
    assert token not in caplog.text
    assert list(EditorialEvent.objects.values_list("kind", "details__revision")[:1]) == [
        ("preview-shared", 2)
    ]


def test_wrong_ended_and_expired_are_one_and_the_same(
    as_editor: Any, guide: Guide, draft: Revision
) -> None:
    ended, expired = make(as_editor, guide, draft), make(as_editor, guide, draft, days=1)
    link = PreviewLink.objects.order_by("pk")[0]
    assert as_editor.post(address("link_end", guide.pk, link.pk)).status_code == 302
    assert as_editor.post(address("link_end", guide.pk, link.pk)).status_code == 302

    now = datetime.datetime.now(datetime.UTC) + datetime.timedelta(days=1, minutes=1)
    with time_machine.travel(now, tick=False):
        answers = [Client().get(way) for way in (ended, expired, "/preview/guess/", "/preview/密/")]

    assert {answer.status_code for answer in answers} == {404}
    assert len({answer.content for answer in answers}) == 1
    headers = [dict(answer.headers) for answer in answers]
    for one in headers:
        one.pop("Expires", None)
        assert one == headers[0]
        assert one["X-Robots-Tag"] == "noindex, nofollow, noarchive"
        assert one["Referrer-Policy"] == "no-referrer"
    assert EditorialEvent.objects.filter(kind="preview-ended").count() == 1


def test_what_cannot_become_a_page_any_more_says_so_and_no_more(
    as_editor: Any, guide: Guide, draft: Revision
) -> None:
    way = make(as_editor, guide, draft)
    Source.objects.all().delete()

    answer = Client().get(way)

    page = answer.content.decode()
    assert answer.status_code == 422
    assert "还没发布的一句" not in page
    assert "s1" not in page
    assert answer.headers["X-Robots-Tag"] == "noindex, nofollow, noarchive"


def test_a_translation_is_shown_without_the_draft_facts_of_its_source(
    as_editor: Any, guide: Guide, editor: User
) -> None:
    facts = newest(guide, "zh-hans").facts | {"standing": "historic"}
    save_draft(guide=guide, language="zh-hans", by=editor, text=ZH, made_from=1, facts=facts)
    way = make(as_editor, guide, newest(guide, "en"))

    page = Client().get(way).content.decode()

    assert '<html lang="en">' in page
    assert "which is published now" in page
    assert "Historic" not in page


def test_who_may_not_write_makes_and_ends_none(guide: Guide, draft: Revision, editor: User) -> None:
    link, _token = preview_links.share(revision=draft, by=editor, days=7)
    other = Guide.objects.create(slug="other", kind="article")
    reader, writer = staff("view_guide"), staff("view_guide", "change_guide")

    for client, status in ((reader, 403), (Client(), 302)):
        assert client.get(address("links", guide.pk)).status_code == status
        sent = {"revision": draft.pk, "days": 7}
        assert client.post(address("links", guide.pk), sent).status_code == status
        assert client.post(address("link_end", guide.pk, link.pk)).status_code == status
    assert writer.post(address("link_end", other.pk, link.pk)).status_code == 404
    # Neither a length nor a revision that is not offered.
    assert writer.post(address("links", guide.pk), {"revision": draft.pk, "days": 365}).status_code
    answer = writer.post(address("links", other.pk), {"revision": draft.pk, "days": 7})
    assert answer.status_code == 422
    assert PreviewLink.objects.get().ended_at is None
    assert Client().post("/preview/x/").status_code == 405

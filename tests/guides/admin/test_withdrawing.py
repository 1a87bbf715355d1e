"""Withdrawing on the desk, and what readers get at the address afterwards."""

from __future__ import annotations

import datetime
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from guides.models import Edition, EditorialEvent, Guide, Publication
from guides.publishing import publish, save_draft, schedule, withdraw
from tests.guides.publishing.conftest import EN, ZH, make_facts

from .conftest import address

HERE = "/en/guides/a-guide/"


def live_guide(slug: str, title: str, body: str = "## Part {#part}\n\nOne.[@s1]") -> Guide:
    guide = Guide.objects.create(slug=slug, kind="article", source_language="en")
    text = EN | {"title": title, "body": body}
    facts = make_facts(source_language="en")
    revision = save_draft(
        guide=guide, language="en", by=None, text=text, made_from=0, facts=facts, note="new"
    )
    publish([revision], by=None)
    return guide


def edition(guide: Guide, language: str) -> Edition:
    return Edition.objects.get(guide=guide, language=language)


def test_withdrawing_asks_why(as_editor: Client, guide: Guide) -> None:
    page = as_editor.get(address("withdraw", guide.pk, "en"))
    refused = as_editor.post(address("withdraw", guide.pk, "en"), {"because": ""})
    done = as_editor.post(address("withdraw", guide.pk, "en"), {"because": "wrong"}, follow=True)

    assert page.status_code == 200
    assert refused.status_code == 422
    assert "Say why, for readers, or choose the guide" in refused.content.decode()
    assert "was withdrawn" in done.content.decode()
    ended = Publication.objects.get(edition__guide=guide, edition__language="en")
    assert ended.withdrawn_because == "wrong"
    assert as_editor.get(address("withdraw", guide.pk, "en")).status_code == 404
    assert "wrong" in as_editor.get(address("history", guide.pk)).content.decode()
    event = EditorialEvent.objects.get(kind="withdrawn")
    assert event.details == {"because": "wrong"}


def test_every_refusal_is_said_at_once_and_nothing_typed_is_lost(
    as_editor: Client, editor: Any, guide: Guide
) -> None:
    other = live_guide("other", "Other", "## Part {#part}\n\nSee [[a-guide]].[@s1]")
    draft = save_draft(guide=guide, language="en", by=None, text=EN | {"title": "Two"}, made_from=1)
    noted = save_draft(
        guide=guide, language="en", by=None, text=draft.text(), made_from=2, note="two"
    )
    later = timezone.now() + datetime.timedelta(days=1)
    release = schedule([noted], at=later, zone="UTC", by=editor, name="一批")

    answer = as_editor.post(
        address("withdraw", guide.pk, "en"),
        {"because": "", "also_zh-hans": "on", "because_zh-hans": "旧了"},
    )

    page = answer.content.decode()
    assert answer.status_code == 422
    assert "Say why, for readers" in page
    assert "Other guides link here" in page
    assert address("change", other.pk) in page
    assert "This waits in “一批”" in page
    assert f"/admin/guides/release/{release.pk}/change/" in page
    assert 'value="旧了"' in page
    assert Edition.objects.live().filter(guide=guide).count() == 2


def test_both_languages_go_together_to_a_successor(
    as_editor: Client, anonymous: Client, guide: Guide
) -> None:
    live_guide("today", "What holds today")
    sent = {"because": "", "also_zh-hans": "on", "because_zh-hans": "旧了", "successor": "today"}

    as_editor.post(address("withdraw", guide.pk, "en"), sent)

    assert not Edition.objects.live().filter(guide=guide).exists()
    gone = anonymous.get(HERE)
    page = gone.content.decode()
    assert gone.status_code == 410
    assert "Another guide says this now." in page
    assert 'href="/en/guides/today/"' in page
    assert "Go on with: What holds today" in page
    assert "noindex" in page
    assert 'href="/en/guides/a-guide/history/"' in page
    chinese = anonymous.get("/zh-hans/guides/a-guide/").content.decode()
    assert "旧了" in chinese
    assert 'href="/zh-hans/guides/today/"' in chinese
    for place in ("/en/guides/", "/sitemap.xml", "/en/search/?q=Title"):
        assert "/guides/a-guide/" not in anonymous.get(place).content.decode(), place
    assert anonymous.get("/en/guides/a-guide.md").status_code == 404
    for place in ("/en/guides/a-guide/history/", "/en/changes/"):
        assert "Go on with: What holds today" in anonymous.get(place).content.decode(), place


def test_a_reader_is_led_on_past_a_successor_that_is_gone_too(
    anonymous: Client, guide: Guide
) -> None:
    second, third = live_guide("second", "Second"), live_guide("third", "Third")
    for language in ("zh-hans", "en"):
        withdraw(edition=edition(guide, language), by=None, because="so", successor=second)
    withdraw(edition=edition(second, "en"), by=None, because="", successor=third)
    assert 'href="/en/guides/third/"' in anonymous.get(HERE).content.decode()

    withdraw(edition=edition(third, "en"), by=None, because="Nothing holds any more.")

    assert "Go on with" not in anonymous.get(HERE).content.decode()
    assert "Nothing holds any more." in anonymous.get("/en/guides/third/").content.decode()


def test_one_language_that_was_withdrawn_says_so_above_the_other(
    anonymous: Client, guide: Guide
) -> None:
    assert anonymous.get("/en/guides/never/").status_code == 404
    withdraw(edition=edition(guide, "en"), by=None, because="The translation was wrong.")

    answer = anonymous.get(HERE)

    page = answer.content.decode()
    assert answer.status_code == 200
    assert "Withdrawn in English on" in page
    assert "The translation was wrong." in page
    assert "Not in English yet" not in page
    assert ZH["title"] in page


@pytest.mark.parametrize("successor", ["a-guide", "draft-only"])
def test_a_successor_is_one_that_readers_can_open(
    as_editor: Client, guide: Guide, successor: str
) -> None:
    Guide.objects.create(slug="draft-only", kind="article")

    answer = as_editor.post(
        address("withdraw", guide.pk, "en"), {"because": "x", "successor": successor}
    )

    assert answer.status_code == 422
    assert edition(guide, "en").live is not None


def test_a_restored_revision_leads_on_to_publishing(
    as_editor: Client, anonymous: Client, guide: Guide
) -> None:
    withdraw(edition=edition(guide, "en"), by=None, because="wrong")

    page = as_editor.post(address("restore", guide.pk, "en", 1), follow=True).content.decode()

    draft = edition(guide, "en").latest
    assert 'value="publish:' in page
    noted = save_draft(
        guide=guide, language="en", by=None, text=draft.text(), made_from=draft.number,
        note="Back, put right.", is_minor=True,
    )  # fmt: skip
    publish([noted], by=None)
    assert anonymous.get(HERE).status_code == 200
    changes = anonymous.get("/en/changes/").content.decode()
    assert "Back, put right." in changes, "a minor change is listed"
    assert "Minor change" in changes
    assert "Back, put right." not in anonymous.get("/en/changes/?minor=no").content.decode()

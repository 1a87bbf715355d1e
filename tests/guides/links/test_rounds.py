"""Which addresses are asked, how often, and what the desk is told of them."""

from __future__ import annotations

import datetime
from typing import Any

import pytest
from django.utils import timezone

from config.clockwork import check_links
from guides import links
from guides.links.addresses import all_addresses, links_in
from guides.links.asking import Answer, Asker
from guides.links.rounds import MOST_A_HOST, MOST_A_ROUND, check_due
from guides.models import EditorialEvent, LinkCheck, Source, User
from guides.publishing import NotPublishable
from tests import factories

pytestmark = pytest.mark.django_db
NOW = timezone.now()


class Told(Asker):
    """Answers without asking anybody: what `answers` says, and fine otherwise."""

    def __init__(self, answers: dict[str, Answer] | None = None) -> None:
        super().__init__("")
        self.answers = answers or {}

    def ask(self, address: str) -> Answer:
        return self.answers.get(address, Answer("fine", 200))


def after(hours: float) -> datetime.datetime:
    return NOW + datetime.timedelta(hours=hours)


def told(answer: str, status: int | None = None, hours: float = 0) -> list[str]:
    """One round in which the source's address answers so."""
    say = {"https://example.com/s1": Answer(answer, status)}
    return check_due(after(hours), asker=Told(say))


def test_links_are_found_where_rendering_makes_some() -> None:
    body = (
        "[a](https://a.example/1) `[b](https://b.example)` \\[c](https://c.example) "
        "![d](https://d.example) [[guide|e]] [f](http://f.example) [g](https://g.example/?x=1&y)"
    )

    assert list(links_in(body)) == ["https://a.example/1", "https://g.example/?x=1&y"]


def test_every_address_that_readers_are_led_to_is_known() -> None:
    factories.make_source("s1", archived_address="https://archive.example/s1")
    factories.make_source("s2", address="")
    guide = factories.make_guide()
    factories.make_live_edition(guide, body="见[这里](https://site.example/a)。")
    other = factories.make_live_edition(guide, "en", body="See [this](https://site.example/b).")
    other.live = None
    other.save()

    wanted = {"https://example.com/s1", "https://archive.example/s1", "https://site.example/a"}
    assert all_addresses() == wanted
    assert set(check_due(NOW, asker=Told())) == wanted

    Source.objects.all().delete()
    check_due(NOW, asker=Told())
    assert LinkCheck.objects.get().address == "https://site.example/a"


def test_each_is_asked_once_a_week_and_sooner_while_it_fails() -> None:
    factories.make_source("s1")

    assert told("fine")
    assert not told("fine", hours=24 * 7 - 1)
    assert told("gone", hours=24 * 7)
    assert not told("gone", hours=24 * 7 + 11)
    assert told("gone", hours=24 * 7 + 12)
    check = LinkCheck.objects.get()
    assert (check.failures, check.failing_since) == (2, after(24 * 7))
    assert told("fine", 200, hours=24 * 8)
    check.refresh_from_db()
    assert (check.failures, check.failing_since, check.status) == (0, None, 200)


def test_a_round_is_short_and_takes_few_of_one_host() -> None:
    for number in range(8):
        factories.make_source(f"a{number}", address=f"https://one.example/{number}")
    for number in range(30):
        factories.make_source(f"b{number}", address=f"https://{number}.example/")

    first = check_due(NOW, asker=Told())
    second = check_due(NOW, asker=Told())

    assert len(first) == MOST_A_ROUND
    assert sum("one.example" in address for address in second) == MOST_A_HOST
    assert not set(first) & set(second)
    assert check_due(NOW, asker=Told(), seconds=0) == []


def test_the_tick_asks_only_where_it_is_wanted(settings: Any, monkeypatch: Any) -> None:
    factories.make_source("s1")
    asked: list[str] = []

    def ask(asker: Asker, address: str) -> Answer:
        asked.append(f"{asker.agent} {address}")
        return Answer("fine", 200)

    monkeypatch.setattr(Asker, "ask", ask)

    check_links()
    assert not asked
    settings.LINK_CHECKS = True
    check_links()
    assert asked == [f"Keyright link check (+{settings.SITE_URL}) https://example.com/s1"]


# --- What the desk is told -----------------------------------------------------------------


def test_what_leads_nowhere_is_told_with_a_text_that_leads_there(
    django_assert_num_queries: Any,
) -> None:
    guide = factories.make_guide("a-guide")
    edition = factories.make_live_edition(guide, body="见[这里](https://example.com/s1)。")
    longer = factories.make_guide("a-first-guide")
    factories.make_live_edition(longer, body="见[那里](https://example.com/s12)。")
    assert told("gone", 404)

    (link,) = broken()
    assert (link.address, link.answer, link.status) == ("https://example.com/s1", "gone", 404)
    assert (link.failing_since, link.failures) == (NOW, 1)
    with django_assert_num_queries(1):
        assert links.texts_leading_to([link.address]) == {link.address: edition}


def broken() -> list[LinkCheck]:
    return list(links.failing())


@pytest.mark.parametrize("answer", ["refused", "failed", "unreachable"])
def test_what_may_pass_is_told_the_second_time(answer: str) -> None:
    factories.make_source("s1")
    told(answer, 403)
    assert broken() == []

    told(answer, 403, hours=12)

    (link,) = broken()
    assert (link.answer, link.failures) == (answer, 2)


def test_one_that_is_no_public_address_is_told() -> None:
    factories.make_source("s1")
    told("not-asked")

    assert [link.answer for link in broken()] == ["not-asked"]


def test_it_is_left_alone_as_long_as_it_fails_in_the_same_way(editor: User) -> None:
    factories.make_source("s1")
    told("refused", 403)
    told("refused", 403, hours=12)

    links.ignore(address="https://example.com/s1", because=" Only programs. ", by=editor)

    assert broken() == []
    event = EditorialEvent.objects.get(kind="link-ignored")
    assert (event.about, event.by) == ("https://example.com/s1", editor)
    assert event.details["reason"] == "Only programs."
    told("refused", 429, hours=24)
    assert broken() == []
    told("gone", 404, hours=36)
    assert [link.answer for link in broken()] == ["gone"]


def test_ignoring_needs_a_reason(editor: User) -> None:
    factories.make_source("s1")
    told("gone")

    for because in (" ", "x" * 301):
        with pytest.raises(NotPublishable) as refused:
            links.ignore(address="https://example.com/s1", because=because, by=editor)
        assert [one.field for one in refused.value.refusals] == ["because"]
    assert broken()


def test_it_can_be_asked_again_at_once() -> None:
    factories.make_source("s1")
    told("gone", 404)
    assert not told("fine", hours=1)

    assert links.retry("https://example.com/s1")
    assert [link.checked_at for link in broken()] == [None]
    assert told("fine", hours=1)
    assert broken() == []
    assert not links.retry("https://example.com/other")

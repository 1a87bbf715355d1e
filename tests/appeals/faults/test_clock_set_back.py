"""The machine's clock is set back: pages open, nothing is negative, and what is written counts."""

from __future__ import annotations

import datetime
import html
import re
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone, translation

from appeals import actions
from appeals.models import Case, Event
from config import clockwork
from guides.models import Lease
from tests import factories
from tests.appeals import rounds
from tests.example_case import make_example

pytestmark = pytest.mark.django_db

NOW = timezone.now()
BACK = [datetime.timedelta(hours=3), datetime.timedelta(days=400)]
IDS = ["three hours", "a year"]
NEGATIVE = re.compile(r"(?<![\w-])[-−]\d+ ?(?:[a-z]+s?\b|分钟|小时|天)")


@pytest.fixture(autouse=True)
def _in_english() -> Any:
    with translation.override("en"):
        yield


@pytest.fixture
def client(owner: Any) -> Client:
    client = Client()
    client.force_login(owner)
    client.get(reverse("appeals:case-create"))
    return client


def pages_of(case: Case) -> list[str]:
    names = ["case-detail", "case-edit", "notice", "evidence-list", "evidence-create", "letter",
             "confirmation", "dossier", "timeline", "outcome"]  # fmt: skip
    pages = [reverse(f"appeals:{name}", args=[case.code]) for name in names]
    pages += [one.get_absolute_url() for one in case.providers.all()]
    pages += [one.get_absolute_url() for one in case.evidence.all()]
    for one in case.submissions.all():
        pages += [reverse(f"appeals:{name}", args=[case.code, one.round])
                  for name in ("submission", "reply")]  # fmt: skip
    return [reverse("appeals:case-list"), *pages]


@pytest.mark.parametrize("back", BACK, ids=IDS)
def test_every_page_opens_and_says_nothing_negative(
    client: Client, owner: Any, back: datetime.timedelta, time_machine: Any
) -> None:
    time_machine.move_to(NOW)
    factories.make_checklist()
    case = make_example(owner).case
    sent = factories.open_case(owner)
    rounds.confirmed(sent)
    rounds.sealed(sent, sent_on=timezone.localdate())
    time_machine.move_to(NOW - back)

    for language in ("en", "zh-hans"):
        with translation.override(language):
            for url in (*pages_of(case), *pages_of(sent)):
                answer = client.get(url)
                assert answer.status_code == 200, url
                text = html.unescape(re.sub(r"<[^>]+>", " ", answer.content.decode()))
                assert not NEGATIVE.search(text), (url, NEGATIVE.search(text))


@pytest.mark.parametrize("back", BACK, ids=IDS)
def test_what_is_written_then_is_kept_and_counts(
    client: Client, owner: Any, back: datetime.timedelta, time_machine: Any
) -> None:
    time_machine.move_to(NOW)
    case = factories.open_case(owner)
    provider = actions.providers.add(case, by=owner, name="ERP")
    rounds.confirmed(case)
    time_machine.move_to(NOW - back)
    url = reverse("appeals:provider-detail", args=[case.code, "A"])
    sent = {"part": "found", "version": "1", "found": "A chat group"}

    assert client.post(url, sent).status_code == 302
    assert client.post(url, sent | {"found": "Somewhere else"}).status_code == 409
    rounds.confirmed(case)

    provider.refresh_from_db()
    assert (provider.found, provider.version) == ("A chat group", 2)
    assert Event.objects.filter(kind=Event.Kind.PROVIDER_CHANGED).count() == 1
    now = rounds.loaded(case).assess()
    assert now.cell(6).state.is_done  # the later of two confirmations, by the order they came in
    page = client.get(reverse("appeals:timeline", args=[case.code])).content.decode()
    assert page.count("ERP") >= 2


def test_a_year_later_the_sign_in_is_still_one(
    client: Client, owner: Any, time_machine: Any
) -> None:
    time_machine.move_to(NOW - datetime.timedelta(days=400))

    assert client.get(reverse("appeals:case-list")).status_code == 200


@pytest.mark.parametrize("back", BACK, ids=IDS)
def test_the_clockwork_goes_on(back: datetime.timedelta, time_machine: Any) -> None:
    """A holder that crashed holds the lease until a time that is far off now."""
    time_machine.move_to(NOW, tick=False)
    done_at: dict[str, datetime.datetime] = {}
    tasks = clockwork.tick(done_at)
    assert tasks
    assert clockwork.tick(done_at) == []
    assert Lease.objects.take(clockwork.LEASE, "one that crashed", NOW, clockwork.LEASE_SECONDS)

    time_machine.move_to(NOW - back, tick=False)

    assert clockwork.tick(done_at) == tasks
    assert clockwork.tick(done_at) == []


def test_a_clock_that_is_a_little_behind_takes_no_lease_from_anybody() -> None:
    Lease.objects.take("tick", "ahead", NOW + datetime.timedelta(seconds=30), 600)

    assert not Lease.objects.take("tick", "behind", NOW, 600)

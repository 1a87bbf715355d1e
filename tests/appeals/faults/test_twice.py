"""The same form sent twice at the same instant, and once more later: what it makes is made once."""

from __future__ import annotations

import re
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from appeals import actions
from appeals.evidence import storage
from appeals.models import Asking, Case, Confirmation, Event, Evidence, Explanation, Provider
from tests import factories
from tests.appeals.views.conftest import upload
from tests.conftest import signed_in

pytestmark = pytest.mark.django_db(transaction=True)

AT_ONCE = 4


@pytest.fixture
def case(owner: Any) -> Case:
    actions.consents.give(by=owner, language="en")
    return factories.open_case(owner)


def hidden_in(client: Client, url: str) -> dict[str, str]:
    """What the page's form carries beside what a person fills in."""
    page = client.get(url).content.decode()
    found = re.findall(r'<input type="hidden" name="([a-z_]+)" value="([^"]*)"', page)
    return {name: value for name, value in found if name != "csrfmiddlewaretoken"}


def at_once(
    owner: Any, url: str, sent: Callable[[], dict[str, Any]], times: int = AT_ONCE
) -> list[HttpResponse]:
    """The same form from as many windows, all in the same instant."""
    start = threading.Barrier(times)
    clients = [signed_in(owner) for _ in range(times)]
    answers: list[HttpResponse] = []

    def post(client: Client) -> None:
        form = sent()
        start.wait(30)
        try:
            answers.append(client.post(url, form))
        finally:
            connection.close()

    threads = [threading.Thread(target=post, args=[client]) for client in clients]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert len(answers) == times
    return answers


def count(kind: Event.Kind) -> int:
    return Event.objects.filter(kind=kind).count()


@pytest.mark.parametrize(
    ("name", "fields"),
    [
        ("case-create", {"notice_on": "2018-09-12", "time_zone": "Asia/Shanghai"}),
        ("register-create", {}),
    ],
)
def test_a_case_is_opened_once(owner: Any, name: str, fields: dict[str, str]) -> None:
    factories.make_checklist()
    url = reverse(f"appeals:{name}")
    sent = hidden_in(signed_in(owner), url) | {"store": "示例店 US"} | fields

    answers = at_once(owner, url, lambda: dict(sent))

    case = Case.objects.get()
    assert {one["Location"] for one in answers} == {case.get_absolute_url()}
    assert case.demands.count() == 7
    assert count(Event.Kind.CASE_OPENED) == 1
    # The page gone back to and filled in for the next store is another form.
    signed_in(owner).post(url, sent | {"store": "示例店 DE"})
    assert Case.objects.count() == 2


def test_the_name_that_a_form_gives_its_case_opens_nobody_elses(
    owner: Any, stranger: Any, case: Case
) -> None:
    sent = {"store": case.store, "code": str(case.code)}

    answer = signed_in(stranger).post(reverse("appeals:register-create"), sent)

    assert answer.status_code == 302
    assert str(case.code) not in answer["Location"]
    assert Case.objects.get(owner=stranger).code != case.code


def test_a_provider_is_added_once(owner: Any, case: Case) -> None:
    url = reverse("appeals:provider-create", args=[case.code])
    sent = hidden_in(signed_in(owner), url) | {"name": "ERP 甲"}

    answers = at_once(owner, url, lambda: dict(sent))

    assert {one.status_code for one in answers} == {302}
    assert Provider.objects.get().letter == "A"
    assert count(Event.Kind.PROVIDER_ADDED) == 1
    # Two services of one name are two providers, where somebody adds the second.
    sent = hidden_in(signed_in(owner), url) | {"name": "ERP 甲"}
    signed_in(owner).post(url, sent)
    assert Provider.objects.count() == 2


def test_the_first_provider_of_a_case_is_added_once(owner: Any, case: Case) -> None:
    sent = hidden_in(signed_in(owner), case.get_absolute_url()) | {"name": "ERP 甲"}

    at_once(owner, reverse("appeals:provider-create", args=[case.code]), lambda: dict(sent))

    assert Provider.objects.count() == 1


def test_an_explanation_is_written_once(owner: Any, case: Case) -> None:
    actions.providers.add(case, by=owner, name="ERP 甲")
    url = reverse("appeals:explanation", args=[case.code]) + "?provider=A&field=found"
    sent = hidden_in(signed_in(owner), url) | {"kind": "not-known", "sentence": "Too long ago."}

    answers = at_once(owner, url, lambda: dict(sent))

    assert {one.status_code for one in answers} == {302}
    assert Explanation.objects.get().sentence == "Too long ago."
    assert count(Event.Kind.EXPLAINED) == 1


def test_it_is_noted_once_of_whom_something_was_asked(owner: Any, case: Case) -> None:
    actions.providers.add(case, by=owner, name="ERP 甲")
    url = reverse("appeals:asking", args=[case.code]) + "?provider=A&demand=5"
    sent = hidden_in(signed_in(owner), url) | {"whom": "The bank", "asked_on": "2018-09-13"}

    at_once(owner, url, lambda: dict(sent))

    assert Asking.objects.get().whom == "The bank"
    assert count(Event.Kind.ASKED) == 1


def test_the_facts_are_confirmed_once(owner: Any, case: Case) -> None:
    url = reverse("appeals:confirmation", args=[case.code])
    sent = hidden_in(signed_in(owner), url) | {"is_confirmed": "on"}

    answers = at_once(owner, url, lambda: dict(sent))

    assert {one.status_code for one in answers} == {302}
    assert Confirmation.objects.count() == 1
    assert count(Event.Kind.CONFIRMED) == 1


def test_two_uploads_of_one_file_are_one_row(owner: Any, case: Case, settings: Any) -> None:
    url = reverse("appeals:evidence-create", args=[case.code])

    upload()  # drawn once: it is the same file everywhere
    answers = at_once(owner, url, lambda: {"files": upload()})

    evidence = Evidence.objects.get()
    assert sorted(one.status_code for one in answers) == [302, 422, 422, 422]
    link = reverse("appeals:evidence-detail", args=[case.code, evidence.code])
    assert all(link in (one.get("Location") or one.content.decode()) for one in answers)
    kept = [path for path in Path(settings.EVIDENCE_ROOT).rglob("*") if path.is_file()]
    assert [one.name for one in kept] == [storage.path_of(evidence.stored_as).name]
    assert count(Event.Kind.EVIDENCE_ADDED) == 1


def test_one_file_for_two_cases_is_two_files(owner: Any, case: Case) -> None:
    other = factories.open_case(owner)
    urls = [reverse("appeals:evidence-create", args=[one.code]) for one in (case, other)]

    for url in urls:
        assert at_once(owner, url, lambda: {"files": upload()}, times=1)[0].status_code == 302

    first, second = Evidence.objects.all()
    assert first.stored_as != second.stored_as

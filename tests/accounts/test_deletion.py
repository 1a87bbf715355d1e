"""An account deleted by its owner: what is said before, and what is gone after."""

from __future__ import annotations

from typing import Any

import pytest
from allauth.account.models import EmailAddress
from django.contrib.sessions.models import Session
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from appeals import actions
from appeals.evidence import storage
from appeals.models import Case, Consent, Event, Evidence
from config import leaving
from config.people import make_account
from guides.models import Progress, Revision, User
from tests import factories
from tests.appeals.evidence.files import picture
from tests.conftest import signed_in

from .conftest import PASSWORD

pytestmark = pytest.mark.django_db(transaction=True)

URL = "/en/account/delete/"


@pytest.fixture
def person() -> User:
    return make_account("person@example.com", PASSWORD, language="en")


@pytest.fixture
def evidence(person: User) -> Evidence:
    case = factories.open_case(person)
    actions.consents.give(by=person, language="en")
    upload = SimpleUploadedFile("receipt.png", picture("PNG"), "image/png")
    guide = factories.make_guide("a-guide")
    Progress.objects.tick(person, guide, ["one", "two"])
    return actions.evidence.add(case, by=person, upload=upload)


def test_it_says_in_numbers_what_goes(person: User, evidence: Evidence) -> None:
    html = signed_in(person).get(URL).text

    for words in ("1 case / 1 file", "2 ticked steps", "person@example.com", "Nothing on this"):
        assert words in html


def test_the_account_says_what_is_kept_and_leads_there(person: User, evidence: Evidence) -> None:
    html = signed_in(person).get("/en/account/").text

    assert "1 case / 1 file" in html
    assert f'href="{URL}"' in html
    assert f'href="/en/appeals/{evidence.case.code}/delete/"' in html


def test_passwords_cannot_be_tried_without_end(person: User) -> None:
    client = signed_in(person)
    answers = [client.post(URL, {"password": f"guess {at}"}).status_code for at in range(12)]

    assert answers == [422] * 10 + [429] * 2
    assert client.get(URL).status_code == 200
    assert client.post(URL, {"password": PASSWORD}).status_code == 429
    assert User.objects.filter(pk=person.pk).exists()


def test_the_password_deletes_everything_everywhere(person: User, evidence: Evidence) -> None:
    here, elsewhere, other = signed_in(person), signed_in(person), factories.make_user()
    others = signed_in(other)

    answer = here.post(URL, {"password": PASSWORD}, follow=True)

    assert answer.redirect_chain[-1][0] == "/en/account/deleted/"
    assert "The account was deleted" in answer.text
    assert list(User.objects.all()) == [other]
    for table in (Case, Event, Evidence, Progress, Consent, EmailAddress):
        assert not table._default_manager.exists()
    assert not storage.is_stored(evidence.stored_as)
    assert elsewhere.get("/en/account/").status_code == 302
    assert others.get("/en/account/").status_code == 200
    assert [one.get_decoded()["_auth_user_id"] for one in Session.objects.all()] == [str(other.pk)]
    assert not signed_in_again(person.email)


def signed_in_again(email: str) -> bool:
    client = Client()
    client.post("/en/account/login/", {"login": email, "password": PASSWORD})
    return "_auth_user_id" in client.session


@pytest.mark.parametrize("password", ["", "another-password-1"])
def test_another_password_deletes_nothing(person: User, evidence: Evidence, password: str) -> None:
    answer = signed_in(person).post(URL, {"password": password})

    assert answer.status_code == 422
    assert "error-summary" in answer.text
    assert Evidence.objects.exists()


def test_a_stranger_is_asked_to_sign_in(person: User) -> None:
    assert Client().get(URL).url.startswith("/en/account/login/")
    assert Client().post(URL, {"password": PASSWORD}).status_code == 302
    assert User.objects.exists()


def test_the_second_tab_is_asked_to_sign_in(person: User) -> None:
    client = signed_in(person)
    client.post(URL, {"password": PASSWORD})

    assert client.post(URL, {"password": PASSWORD}).url.startswith("/en/account/login/")


def test_who_signed_a_text_stays_in_its_records_without_a_name(evidence: Evidence) -> None:
    person = make_account("writer@example.com", PASSWORD, is_staff=True, language="en")
    edition = factories.make_live_edition(factories.make_guide())
    Revision.objects.create(edition=edition, number=2, title="t", made_by=person)
    closed = f"closed-{person.pk}@closed.invalid"
    client = signed_in(person)
    assert closed in client.get(URL).text

    client.post(URL, {"password": PASSWORD})

    person.refresh_from_db()
    assert Revision.objects.get(number=2).made_by == person
    assert person.email == closed
    assert (person.is_active, person.is_staff, person.has_usable_password()) == (False,) * 3
    assert not EmailAddress.objects.filter(email="writer@example.com").exists()
    assert not signed_in_again("writer@example.com")
    # The address is free again.
    make_account("writer@example.com", PASSWORD)


def test_the_only_administrator_stays(editor: Any) -> None:
    client = signed_in(editor)

    answer = client.post(URL, {"password": "pass-word-123"})

    assert "the only administrator" in answer.text
    assert User.objects.filter(pk=editor.pk).exists()


def test_one_of_two_administrators_may_go(editor: Any) -> None:
    person = make_account("two@example.com", PASSWORD, is_staff=True, is_superuser=True)

    signed_in(person).post(URL, {"password": PASSWORD})

    assert list(User.objects.all()) == [editor]


def test_of_two_administrators_at_once_one_stays(editor: Any) -> None:
    from tests.appeals.actions.test_races import at_once

    other = make_account("two@example.com", PASSWORD, is_staff=True, is_superuser=True)

    answers = at_once(*(lambda each=each: leaving.delete_account(each) for each in (editor, other)))

    assert User.objects.count() == 1
    assert sum(answer is None for answer in answers) == 1


def test_a_case_that_came_in_meanwhile_keeps_everything(
    person: User, evidence: Evidence, monkeypatch: Any
) -> None:
    monkeypatch.setattr(leaving.deletion, "delete_cases_of", lambda _person: None)

    answer = signed_in(person).post(URL, {"password": PASSWORD})

    assert answer.status_code == 422
    assert "Something was added meanwhile" in answer.text
    assert storage.is_stored(evidence.stored_as)
    assert User.objects.filter(pk=person.pk).exists()


def test_an_upload_and_the_deletion_of_its_account_at_once_leave_nothing(
    person: User, evidence: Evidence
) -> None:
    from tests.appeals.actions.test_races import at_once

    upload = SimpleUploadedFile("b.png", picture("PNG", (41, 30)), "image/png")
    answers = at_once(
        lambda: actions.evidence.add(evidence.case, by=person, upload=upload),
        lambda: leaving.delete_account(person),
    )

    assert answers[1] is None
    assert not Evidence.objects.exists()
    root = storage.root()
    assert not [path for path in root.rglob("*") if path.is_file()]

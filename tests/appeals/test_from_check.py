"""What the answers of a self-check become in a new case, and what they do not."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from typing import Any

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils import translation

from appeals import actions
from appeals.actions.refusals import TooManyProviders
from appeals.from_check import Carried, arriving, carried, is_from_check, open_with
from appeals.models import Case, Event, Provider
from guides import checks
from guides.models import Edition
from tests import factories
from tests.conftest import signed_in
from tests.guides.self_check import bundled_parts

Method, Shared, Ended = Provider.Method, Provider.Shared, Provider.Ended
NOTICE = {"store": "My shop", "notice_on": "2018-09-12", "time_zone": "UTC"}
SECRET = "amzn.mws.4ea38b7b-f563-7709-4bae-87aea0000000"
# A key given to a person's service, in an account registered for it; nothing else.
KEY = "3220112"


@pytest.mark.parametrize(
    ("outcomes", "expected"),
    [
        ({"secret"}, (Method.KEYS, Shared.YES, Ended.NOTHING)),
        ({"authorized", "private"}, (Method.KEYS, Shared.YES, Ended.NOTHING)),
        ({"authorized"}, (Method.APPLICATION, Shared.NO, Ended.NOTHING)),
        ({"authorized", "unlisted"}, (Method.APPLICATION, Shared.NO, Ended.NOTHING)),
        ({"authorized", "ended"}, (Method.APPLICATION, Shared.NO, Ended.ACCESS)),
        ({"authorized", "date"}, (Method.APPLICATION, Shared.NO, Ended.UNKNOWN)),
        ({"authorized", "sent-secret"}, (Method.APPLICATION, Shared.YES, Ended.NOTHING)),
        ({"authorized", "search-chat"}, (Method.APPLICATION, Shared.UNKNOWN, Ended.NOTHING)),
        # That authorizations were stopped does not stop whoever holds a key.
        ({"secret", "ended"}, (Method.KEYS, Shared.YES, Ended.UNKNOWN)),
        ({"password"}, (Method.UNKNOWN, Shared.YES, Ended.NOTHING)),
        ({"mws"}, (Method.DEVELOPER, Shared.NO, Ended.UNKNOWN)),
        ({"mws", "ended"}, (Method.DEVELOPER, Shared.NO, Ended.ACCESS)),
        ({"look"}, (Method.UNKNOWN, Shared.UNKNOWN, Ended.NOTHING)),
        ({"look", "ended"}, (Method.UNKNOWN, Shared.UNKNOWN, Ended.UNKNOWN)),
    ],
)
def test_outcomes_become_a_provider(outcomes: set[str], expected: tuple[Any, ...]) -> None:
    assert carried(outcomes) == Carried(*expected)


@pytest.mark.parametrize(
    "outcomes",
    [
        pytest.param({"none"}, id="nothing to deal with"),
        pytest.param({"leavers", "renew"}, id="people and dates alone"),
        pytest.param({"sent-secret"}, id="a key in a chat, to no service"),
        pytest.param({"secret", "own"}, id="the seller's own program"),
    ],
)
def test_where_no_service_was_let_in_there_is_none(outcomes: set[str]) -> None:
    assert carried(outcomes) is None


def test_every_outcome_that_is_known_here_is_one_of_the_bundled_check() -> None:
    from appeals import from_check as known

    named = known.SHARED | known.UNSURE | known.OUTSIDE | {known.INSIDE, "ended", "date"}

    assert named <= {part["id"] for part in bundled_parts("en") if part["verdict"]}


@pytest.fixture(autouse=True)
def _in_english() -> Iterator[None]:
    with translation.override("en"):
        yield


@pytest.fixture
def parts(bundled: None) -> list[dict[str, Any]]:
    return Edition.objects.get(guide__slug="self-check", language="en").parts  # type: ignore[no-any-return]


@pytest.fixture
def query(parts: list[dict[str, Any]]) -> dict[str, str]:
    return {"from": "self-check", "a": f"{checks.stamp(parts)}-{KEY}"}


@pytest.fixture
def as_owner(owner: Any) -> Client:
    return signed_in(owner)


def address(name: str, query: dict[str, str]) -> str:
    return reverse(name, query=query)


@pytest.mark.django_db
class TestANewCase:
    def test_it_shows_what_comes_along(self, as_owner: Client, query: dict[str, str]) -> None:
        page = as_owner.get(address("appeals:case-create", query)).content.decode()

        for words in ("From the self-check", "Keys handed over", "Nothing ended yet"):
            assert words in page
        assert 'value="Service from the self-check"' in page
        assert f'href="/en/guides/self-check/?a={query["a"]}"' in page

    def test_it_begins_with_the_provider(self, as_owner: Client, query: dict[str, str]) -> None:
        url = address("appeals:case-create", query)

        answer = as_owner.post(url, NOTICE | {"carried": "ERP 甲"})

        provider = Provider.objects.get()
        assert answer.url == reverse("appeals:case-detail", args=[provider.case.code])
        assert (provider.letter, provider.name) == ("A", "ERP 甲")
        assert (provider.method, provider.shared_secret, provider.ended) == (
            "keys",
            "yes",
            "nothing",
        )
        added = Event.objects.get(kind=Event.Kind.PROVIDER_ADDED)
        assert added.details == {"letter": "A", "provider": "ERP 甲", "source": "self-check"}

    def test_the_same_form_sent_twice_makes_both_once(
        self, as_owner: Client, query: dict[str, str]
    ) -> None:
        url = address("appeals:case-create", query)
        code = as_owner.get(url).context["form"]["code"].value()
        sent = NOTICE | {"carried": "ERP 甲", "code": str(code)}

        for _time in range(2):
            assert as_owner.post(url, sent).status_code == 302

        assert Case.objects.count() == Provider.objects.count() == 1

    def test_a_register_begins_with_it_too(self, as_owner: Client, query: dict[str, str]) -> None:
        url = address("appeals:register-create", query)

        page = as_owner.get(url).content.decode()
        as_owner.post(url, {"store": "My shop", "carried": "ERP 甲"})

        assert "From the self-check" in page
        assert Provider.objects.get().case.is_register

    def test_without_a_notice_the_answers_go_along(
        self, as_owner: Client, query: dict[str, str]
    ) -> None:
        page = as_owner.get(address("appeals:case-create", query)).content.decode()

        register = reverse("appeals:register-create")
        assert f'href="{register}?from=self-check&amp;a={query["a"]}"' in page

    def test_an_emptied_name_leaves_it_behind(
        self, as_owner: Client, query: dict[str, str]
    ) -> None:
        as_owner.post(address("appeals:case-create", query), NOTICE | {"carried": " "})

        assert Case.objects.count() == 1
        assert not Provider.objects.exists()

    def test_a_key_for_a_name_is_refused_and_nothing_is_made(
        self, as_owner: Client, query: dict[str, str]
    ) -> None:
        url = address("appeals:case-create", query)

        answer = as_owner.post(url, NOTICE | {"carried": SECRET})

        assert answer.status_code == 422
        assert "carried" in answer.context["form"].errors
        assert not Case.objects.exists()

    def test_what_the_form_claims_is_read_from_the_answers_alone(
        self, as_owner: Client, query: dict[str, str]
    ) -> None:
        url = address("appeals:case-create", query)

        as_owner.post(url, NOTICE | {"carried": "ERP", "method": "application", "ended": "access"})

        assert Provider.objects.get().method == "keys"
        assert Provider.objects.get().ended == "nothing"

    @pytest.mark.parametrize("a", ["", "x", "0000-3220112", "STAMP-3", "STAMP-9", "-" * 5000])
    def test_answers_that_cannot_be_read_bring_nothing(
        self, as_owner: Client, query: dict[str, str], a: str
    ) -> None:
        stamp = query["a"].partition("-")[0]
        url = address("appeals:case-create", query | {"a": a.replace("STAMP", stamp)})

        page = as_owner.get(url).content.decode()
        as_owner.post(url, NOTICE | {"carried": "ERP 甲"})

        assert "is incomplete, or from an older version" in page
        assert Case.objects.count() == 1
        assert not Provider.objects.exists()

    @pytest.mark.parametrize("language", ["zh-hans", "en"])
    def test_a_check_that_is_behind_in_one_language_is_read_in_the_other(
        self, as_owner: Client, query: dict[str, str], parts: list[dict[str, Any]], language: str
    ) -> None:
        first, *rest = parts
        fewer = [first | {"answers": first["answers"][:-1]}, *rest]
        Edition.objects.filter(guide__slug="self-check", language=language).update(parts=fewer)

        page = as_owner.get(address("appeals:case-create", query)).content.decode()

        assert "Keys handed over" in page

    def test_answers_without_a_service_say_so(
        self, as_owner: Client, query: dict[str, str]
    ) -> None:
        stamp = query["a"].partition("-")[0]
        url = address("appeals:case-create", query | {"a": f"{stamp}-1000114"})

        page = as_owner.get(url).content.decode()

        assert "Your answers tell of no outside service" in page

    def test_no_other_query_brings_anything(self, as_owner: Client, query: dict[str, str]) -> None:
        url = address("appeals:case-create", query | {"from": "elsewhere"})

        page = as_owner.get(url).content.decode()

        assert "self-check" not in page.partition("<main")[2]

    def test_without_the_check_nothing_breaks(
        self, as_owner: Client, query: dict[str, str]
    ) -> None:
        Edition.objects.filter(guide__slug="self-check").update(live=None)

        assert as_owner.get(address("appeals:case-create", query)).status_code == 200


@pytest.mark.django_db
def test_a_provider_that_cannot_be_added_leaves_no_case(
    owner: Any, bundled: None, settings: Any
) -> None:
    settings.CASE_PROVIDER_LIMIT = 0
    keys = Carried(Method.KEYS, Shared.YES, Ended.NOTHING)
    opening = {"store": "My shop", "notice_on": datetime.date(2018, 9, 12)}

    with pytest.raises(TooManyProviders):
        open_with(actions.cases.open_case, by=owner, carried=keys, name="ERP", **opening)

    assert not Case.objects.exists()


@pytest.mark.django_db
class TestACaseThatIsThere:
    def test_the_form_for_a_new_one_leads_to_those_that_run(
        self, as_owner: Client, owner: Any, stranger: Any, query: dict[str, str]
    ) -> None:
        mine, closed, foreign = (
            factories.open_case(person, store=store)
            for person, store in ((owner, "Mine"), (owner, "Over"), (stranger, "Foreign"))
        )
        Case.objects.filter(pk=closed.pk).update(closed_as="reinstated", closed_at=mine.changed_at)

        page = as_owner.get(address("appeals:case-create", query)).content.decode()

        add = reverse("appeals:provider-create", args=[mine.code])
        assert f'href="{add}?from=self-check&amp;a={query["a"]}">Mine</a>' in page
        assert str(closed.code) not in page
        assert str(foreign.code) not in page

    def test_it_is_added_there_with_its_method_and_state(
        self, as_owner: Client, owner: Any, query: dict[str, str]
    ) -> None:
        case = factories.open_case(owner)
        url = reverse("appeals:provider-create", args=[case.code], query=query)

        page = as_owner.get(url).content.decode()
        as_owner.post(url, {"name": "ERP 甲", "after": "0"})

        provider = case.providers.get()
        assert "It comes along with what the self-check says:" in page
        assert (provider.method, provider.shared_secret, provider.ended) == (
            "keys",
            "yes",
            "nothing",
        )
        assert is_from_check(provider)

    def test_without_answers_it_is_a_name_alone(self, as_owner: Client, owner: Any) -> None:
        case = factories.open_case(owner)
        url = reverse("appeals:provider-create", args=[case.code])

        as_owner.post(url, {"name": "ERP 甲", "after": "0"})

        assert not is_from_check(case.providers.get())


@pytest.mark.django_db
def test_its_page_and_the_timeline_say_where_it_came_from(
    as_owner: Client, owner: Any, query: dict[str, str]
) -> None:
    as_owner.post(address("appeals:case-create", query), NOTICE | {"carried": "ERP 甲"})
    provider = Provider.objects.get()
    other = actions.providers.add(provider.case, by=owner, name="工具乙")

    page = as_owner.get(provider.get_absolute_url()).content.decode()
    timeline = as_owner.get(reverse("appeals:timeline", args=[provider.case.code]))

    assert "It came from the" in page
    assert "from the self-check" in timeline.content.decode()
    assert is_from_check(provider)
    assert not is_from_check(other)
    assert "It came from the" not in as_owner.get(other.get_absolute_url()).content.decode()


@pytest.mark.django_db
class TestAStranger:
    def test_signing_in_leads_back_with_the_answers(
        self, owner: Any, query: dict[str, str]
    ) -> None:
        client = Client()
        url = address("appeals:case-create", query)

        asked = client.get(url)
        owner.set_password("a long password of its own")
        owner.save()
        form = {"login": owner.email, "password": "a long password of its own"}
        page = client.get(asked.url)
        answer = client.post(asked.url, form | {"next": page.context["redirect_field_value"]})

        assert answer.url == url

    def test_a_new_account_leads_there_once_its_address_is_confirmed(
        self, query: dict[str, str], settings: Any
    ) -> None:
        settings.ACCOUNT_EMAIL_VERIFICATION = "mandatory"
        settings.MAIL_IS_SENT = True
        client = Client()
        url = address("appeals:case-create", query)
        sign_in = client.get(client.get(url).url)
        sign_up = client.get(sign_in.context["signup_url"])
        new = {"email": "new@example.com", "password1": "a long password of its own"}

        client.post(
            sign_in.context["signup_url"],
            new | {"next": sign_up.context["redirect_field_value"]},
        )
        link = next(word for word in mail.outbox[0].body.split() if "confirm-email" in word)
        answer = client.post("/" + link.split("/", 3)[3])

        assert answer.url == url


def test_an_address_that_names_no_check_asks_nothing() -> None:
    assert arriving({}) is None

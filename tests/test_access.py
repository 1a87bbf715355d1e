"""Every address of the site, asked for by everybody: what it answers and what it may change.

The resolver is walked, so that an address added later is missing here until somebody has
decided who may open it.
"""

from __future__ import annotations

import shutil
import uuid
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from django.contrib import admin
from django.contrib.auth.models import Permission
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.test import Client, override_settings
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from django.utils import translation

from appeals import actions, models
from appeals.letter.checks import Check, Code
from appeals.models import Case, Event
from appeals.models.case import EXAMPLE
from tests import factories
from tests.appeals.evidence.files import picture
from tests.appeals.rounds import confirmed, replied, sealed
from tests.bundled import Rows, put_back, taken_out
from tests.conftest import signed_in

pytestmark = pytest.mark.django_db

#: Pages for everybody, signed in or not; their text is public.
PUBLIC = {
    *("entrance", "robots", "sitemap", "healthz", "readyz", "verify", "picture"),
    *("guides:home", "guides:guide-list", "guides:guide-detail", "guides:methods"),
    *("guides:history", "guides:compare", "guides:changes", "guides:changes-feed"),
    *("guides:terms", "guides:feedback", "guides:search"),
    *("guides:guide-markdown", "guides:share-picture", "guides:qr"),
    # Of the example, which is invented: what is read of a case, and nothing that is written.
    *("appeals:example/case-detail", "appeals:example/notice", "appeals:example/provider-detail"),
    *("appeals:example/evidence-list", "appeals:example/evidence-detail"),
    *("appeals:example/evidence-download", "appeals:example/evidence-picture"),
    *("appeals:example/letter", "appeals:example/letter-text"),
    *("appeals:example/dossier", "appeals:example/dossier-pdf", "appeals:example/dossier-package"),
}
#: Of the account of whoever asks: no address names anybody, so nothing of another can be asked
#: for. Without a sign-in they lead to it, or are made for those who are not signed in.
OWN_ACCOUNT = {
    *("account", "account_login", "account_logout", "account_signup", "account_inactive"),
    *("account_email", "account_change_password", "account_set_password", "account_reauthenticate"),
    *("account_email_verification_sent", "account_confirm_email", "account_reset_password"),
    *("account_reset_password_done", "account_reset_password_from_key"),
    *("account_delete", "account_deleted"),
    *("account_reset_password_from_key_done", "account_confirm_login_code"),
}
#: Of these, the ones that only make sense for whoever is signed in.
NEEDS_SIGN_IN = {
    "account_delete",
    "account_email",
    "account_change_password",
    "account_reauthenticate",
}
#: Cases: the person who is signed in sees their own, which may be none.
OWN_LISTS = {"appeals:case-list", "appeals:case-create", "appeals:register-create"}
#: What belongs to one case. The owner alone opens these.
OF_A_CASE = {
    "appeals:asking",
    "appeals:case-detail",
    "appeals:demand-ask",
    "appeals:demand-create",
    "appeals:demand-detail",
    "appeals:demand-place",
    "appeals:case-delete",
    "appeals:case-edit",
    "appeals:case-keeping",
    "appeals:confirmation",
    "appeals:dossier",
    "appeals:dossier-package",
    "appeals:dossier-pdf",
    "appeals:event-detail",
    "appeals:evidence-create",
    "appeals:evidence-delete",
    "appeals:evidence-detail",
    "appeals:evidence-download",
    "appeals:evidence-list",
    "appeals:evidence-picture",
    "appeals:evidence-remove",
    "appeals:evidence-withdraw",
    "appeals:explanation",
    "appeals:letter",
    "appeals:letter-explanation",
    "appeals:letter-history",
    "appeals:letter-section",
    "appeals:letter-text",
    "appeals:notice",
    "appeals:notice-line",
    "appeals:outcome",
    "appeals:provider-copy",
    "appeals:provider-create",
    "appeals:provider-delete",
    "appeals:provider-detail",
    "appeals:provider-places",
    "appeals:reply",
    "appeals:reply-line",
    "appeals:submission",
    "appeals:submission-compare",
    "appeals:submission-package",
    "appeals:submission-pdf",
    "appeals:timeline",
}
#: Of these, the ones that are only sent to.
ONLY_SENT_TO = {"appeals:demand-ask", "appeals:demand-place"}
#: For whoever was sent the link, which is asked of in tests/guides/admin/test_preview_links.py.
OF_A_LINK = {"preview"}
#: Kept with the ticks of whoever is signed in.
OWN_TICKS = {"guides:guide-ticks", "guides:carry-ticks"}


class World(NamedTuple):
    case: Case
    check: str
    evidence: models.Evidence

    def address(self, name: str) -> str:
        """Where one of `OF_A_CASE` is, with a query that it needs."""
        parts: list[object] = [self.case.code]
        if name in {"appeals:provider-detail", "appeals:provider-delete"}:
            parts.append("A")
        if name.startswith("appeals:demand-") and name[15:] != "create":
            parts.append(5)
        if name == "appeals:notice-line":
            parts.append(1)
        if name.startswith(("appeals:submission", "appeals:reply")):
            parts.append(1)
        parts += {"appeals:reply-line": [2], "appeals:submission-compare": [2]}.get(name, [])
        if name == "appeals:event-detail":
            parts.append(Event.objects.filter(case_code=self.case.code).order_by("pk")[0].pk)
        if name.startswith("appeals:evidence-") and name[17:] not in {"list", "create"}:
            parts.append(self.evidence.code)
        if name in {f"appeals:letter-{part}" for part in ("section", "history", "explanation")}:
            parts.append(3)
        query = {
            "appeals:letter-explanation": f"?check={self.check}",
            "appeals:explanation": "?provider=A&field=found",
            "appeals:asking": "?provider=A&demand=5",
        }
        return reverse(name, args=parts) + query.get(name, "")


@pytest.fixture(scope="session")
def made(
    django_db_setup: None, django_db_blocker: Any, tmp_path_factory: Any
) -> tuple[Rows, Path, World]:
    """The rows and files of the world below, made once: sealing takes as long as ten tests."""
    folder = tmp_path_factory.mktemp("world")
    own = {"EVIDENCE_ROOT": folder / "evidence", "FILE_UPLOAD_TEMP_DIR": folder}
    with django_db_blocker.unblock(), override_settings(**own), transaction.atomic():
        world = a_world(factories.make_user(email="owner@example.com"))
        rows = taken_out()
    return rows, folder / "evidence", world


@pytest.fixture
def world(made: tuple[Rows, Path, World], db: None, settings: Any) -> World:
    rows, folder, world = made
    put_back(rows)
    shutil.copytree(folder, settings.EVIDENCE_ROOT)
    return world._replace(case=Case.objects.get(pk=world.case.pk))


@pytest.fixture
def owner(world: World) -> Any:
    return world.case.owner


def a_world(owner: Any) -> World:
    """A case of `owner` with a provider, a file, and a reply to what was sent."""
    with translation.override("en"):
        case = factories.open_case(owner, notice_text="Your account was deactivated.")
        actions.providers.add(case, by=owner, name="ERP 甲")
        actions.consents.give(by=owner, language="en")
        file = SimpleUploadedFile("receipt.png", picture("PNG"), "image/png")
        evidence = actions.evidence.add(case, by=owner, upload=file)
        texts = {"en": "They sent labels."}
        actions.letters.save(case, by=owner, demand=3, texts=texts, versions={"en": 0})
        confirmed(case)
        replied(sealed(case))
        return World(case, Check(Code.NOT_MENTIONED, 3, "A").key, evidence)


@pytest.fixture
def writer(db: None) -> Any:
    """An editor: staff with every permission on the site's content, and on cases if there are."""
    person = factories.make_user(email="writer@example.com", is_staff=True)
    person.user_permissions.set(Permission.objects.all())
    return person


def names(resolver: URLResolver, namespace: str = "") -> Iterator[str]:
    """The name of every address, with its namespace; those of the desk aside."""
    for entry in resolver.url_patterns:
        if isinstance(entry, URLResolver):
            if entry.namespace == "admin":
                continue
            inner = f"{namespace}{entry.namespace}:" if entry.namespace else namespace
            if str(entry.pattern) == "<example:code>/":  # the same names for another case
                inner += "example/"
            yield from names(entry, inner)
        elif isinstance(entry, URLPattern):
            yield f"{namespace}{entry.name}"


def test_it_is_decided_of_every_address_who_may_open_it() -> None:
    known = PUBLIC | OWN_ACCOUNT | OWN_LISTS | OF_A_CASE | OWN_TICKS | OF_A_LINK

    assert set(names(get_resolver())) == known


def test_no_case_is_at_the_desk() -> None:
    assert not [model for model in admin.site._registry if model._meta.app_label == "appeals"]


@pytest.mark.parametrize("name", sorted(OF_A_CASE))
def test_of_a_case_the_owner_alone_sees_anything(
    name: str, world: World, owner: Any, stranger: Any, writer: Any, editor: Any
) -> None:
    url = world.address(name)
    before = snapshot()

    for client in (Client(), *map(signed_in, (stranger, writer, editor))):
        for method in ("get", "head", "post", "put", "delete"):
            answer = getattr(client, method)(url)
            assert answer.status_code == 404, method
            assert b"ERP" not in answer.content
            assert world.case.store.encode() not in answer.content
    assert snapshot() == before
    answer = signed_in(owner).get(url)
    if answer.streaming:
        assert b"".join(answer)  # read to its end, which closes the file
    # A file that was never filed is removed, not withdrawn.
    expected = 302 if name in {"appeals:evidence-withdraw", "appeals:evidence-delete"} else 200
    assert answer.status_code == (405 if name in ONLY_SENT_TO else expected)


@pytest.mark.parametrize("name", sorted(OF_A_CASE))
def test_a_case_that_is_not_there_looks_the_same(name: str, world: World, stranger: Any) -> None:
    url = world.address(name)
    nowhere = url.replace(str(world.case.code), str(uuid.uuid4()))

    for client in (Client(), signed_in(stranger)):
        there, not_there = client.get(url), client.get(nowhere)
        assert there.status_code == not_there.status_code == 404
        same = there.content.replace(str(world.case.code).encode(), b"")
        assert len(same) == len(not_there.content.replace(nowhere.split("/")[3].encode(), b""))


@pytest.mark.parametrize("name", sorted(OWN_LISTS))
def test_lists_show_one_s_own_cases_alone(
    name: str, world: World, stranger: Any, writer: Any, editor: Any
) -> None:
    url = reverse(name)

    answer = Client().get(url)
    assert answer.status_code == 302
    assert answer.url.startswith(reverse("account_login"))
    for client in map(signed_in, (stranger, writer, editor)):
        answer = client.get(url)
        assert answer.status_code == 200
        assert world.case.store.encode() not in answer.content


def test_the_files_of_one_case_are_not_those_of_another(world: World, stranger: Any) -> None:
    """The other seller's own case is no way to a file that is not theirs."""
    own = factories.open_case(stranger)
    client = signed_in(stranger)

    for way in ("detail", "download", "withdraw", "remove"):
        url = reverse(f"appeals:evidence-{way}", args=[own.code, world.evidence.code])
        assert client.get(url).status_code == 404
        assert client.post(url).status_code in {404, 405}
    assert models.Evidence.objects.filter(pk=world.evidence.pk).exists()


@pytest.mark.parametrize("name", sorted(PUBLIC))
def test_public_pages_answer_everybody_alike(
    name: str, world: World, owner: Any, stranger: Any, writer: Any, editor: Any
) -> None:
    guide = factories.make_guide("a-guide")
    for language in ("zh-hans", "en"):
        factories.make_live_edition(guide, language)
    url = public_address(name)
    before = snapshot()

    unknown = Client().get(url)
    assert unknown.status_code == (302 if name == "entrance" else 200)
    assert not unknown.cookies
    for client in map(signed_in, (owner, stranger, writer, editor)):
        assert client.get(url).status_code == unknown.status_code
        client.post(url)
    assert snapshot() == before


def public_address(name: str) -> str:
    if name == "picture":
        return factories.make_picture().get_absolute_url()
    parts: list[object] = {
        "guides:guide-detail": ["a-guide"],
        "guides:guide-markdown": ["a-guide"],
        "guides:share-picture": ["a-guide"],
        "guides:qr": ["a-guide"],
        "guides:history": ["a-guide"],
        "guides:feedback": ["a-guide"],
        "guides:compare": ["a-guide", 1, 1],
    }.get(name, [])
    if "example/" in name:
        parts.append(EXAMPLE)
        parts += {"provider-detail": ["A"]}.get(name.rpartition("/")[2], [])
        if name.endswith(("evidence-detail", "evidence-download", "evidence-picture")):
            parts.append(uuid.UUID(int=1))
    return reverse(name.replace("example/", ""), args=parts)


@pytest.mark.parametrize("name", sorted(NEEDS_SIGN_IN))
def test_pages_of_the_account_ask_who_one_is(name: str, stranger: Any) -> None:
    answer = Client().get(reverse(name))

    assert answer.status_code == 302
    assert reverse("account_login") in answer.url
    assert signed_in(stranger).get(reverse(name)).status_code in {200, 302}


def test_ticks_are_kept_for_whoever_is_signed_in_alone(world: World, stranger: Any) -> None:
    guide = factories.make_guide("a-guide")
    factories.make_live_edition(guide, "en")
    url = reverse("guides:guide-ticks", args=["a-guide"])

    assert Client().post(url).url.startswith(reverse("account_login"))
    assert signed_in(stranger).post(url).url == reverse("guides:guide-detail", args=["a-guide"])
    assert signed_in(stranger).get(url).status_code == 405
    carried = reverse("guides:carry-ticks")
    assert Client().post(carried).url.startswith(reverse("account_login"))
    assert signed_in(stranger).post(carried, {"ticks": "{}"}).status_code == 204
    assert signed_in(stranger).get(carried).status_code == 405


def test_the_desk_is_open_to_staff_alone(
    world: World, owner: Any, stranger: Any, writer: Any, editor: Any
) -> None:
    url = reverse("admin:index")

    assert Client().get(url).status_code == 302
    for person in (owner, stranger):
        assert signed_in(person).get(url).status_code == 302
    for person in (writer, editor):
        answer = signed_in(person).get(url)
        assert answer.status_code == 200
        assert world.case.store not in answer.content.decode()


def test_only_the_account_s_owner_changes_what_the_owner_s_pages_change(
    world: World, owner: Any, stranger: Any
) -> None:
    """The same requests, first by another seller and then by the owner."""
    sent = {
        "appeals:case-edit": {"version": world.case.version, "store": "Changed"},
        "appeals:demand-create": {"wording": "Who?", "label": "8.", "scope": "case"},
        "appeals:demand-detail": {
            "version": 1,
            "standing": "left-out",
            "label": "5",
            "line": 1,
            "months": 2,
        },
        "appeals:demand-ask": {"version": 2},
        "appeals:demand-place": {"before": "2"},
        "appeals:provider-create": {"name": "工具乙"},
        "appeals:event-detail": {"sentence": "On another day."},
        "appeals:provider-places": {"names_mailbox": "工具丙", "looked_mailbox": "on"},
        "appeals:provider-detail": {"part": "found", "version": 1, "found": "A friend"},
        "appeals:explanation": {"version": 0, "kind": "not-known", "sentence": "Long ago."},
        "appeals:asking": {"version": 0, "whom": "The bank", "asked_on": "2018-09-13"},
        "appeals:evidence-detail": {"version": 1, "kind": "page", "proofs": ["3/A"]},
        "appeals:evidence-withdraw": {},
        "appeals:evidence-delete": {},
        "appeals:case-keeping": {"version": 2, "delete_files_after": "180"},
        "appeals:letter-explanation": {"kind": "reason", "sentence": "So.", "version": 0},
        "appeals:letter-section": {
            "english": "They sent more.",
            "english_version": 1,
            "chinese": "",
            "chinese_version": 0,
        },
        "appeals:letter-history": {"language": "en", "number": 1},
        "appeals:provider-delete": {},
        "appeals:case-delete": {"name": "CHANGED"},
    }
    for name, fields in sent.items():
        before = snapshot()
        assert signed_in(stranger).post(world.address(name), fields).status_code == 404
        assert snapshot() == before, name
        assert signed_in(owner).post(world.address(name), fields).status_code == 302
        assert snapshot() != before, name


def snapshot() -> list[Any]:
    """Everything a case is made of, as it is in the database."""
    tables = (
        *(models.Case, models.Demand, models.Provider, models.UsePeriod, models.Evidence),
        *(models.Proof, models.Explanation, models.Confirmation, models.Asking, Event),
        *(models.Consent, models.Correction, models.LetterSection, models.LetterRevision),
    )
    return [list(table.objects.order_by("pk").values()) for table in tables]

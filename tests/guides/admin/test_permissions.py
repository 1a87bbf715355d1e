"""Every address of the desk, asked for by everybody: who may open it, and who may send to it.

The resolver of the desk is walked, so that an address added later fails here until somebody has
decided who may do what with it.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from django.contrib import admin
from django.contrib.auth.models import Group
from django.db import transaction
from django.template.backends.django import Template as DjangoTemplate
from django.test import Client
from django.urls import URLResolver, reverse
from django.utils import timezone
from django.utils.safestring import SafeString

from guides.admin import desk
from guides.models import (
    Edition,
    EditorialEvent,
    Feedback,
    Guide,
    LinkCheck,
    Picture,
    PreviewLink,
    Publication,
    SearchMiss,
    SourceChange,
    User,
)
from guides.publishing import publish, releases, submit
from tests import factories
from tests.conftest import signed_in
from tests.guides.publishing.conftest import draft

pytestmark = pytest.mark.django_db

#: Everybody who may come, by a letter: somebody unknown, a seller, somebody at the desk without a
#: role, a writer, a reviewer, a publisher, and a superuser.
EVERYBODY = "usnwrp*"
ROLES = {"w": "writer", "r": "reviewer", "p": "publisher"}
#: Everybody at the desk; those with a role.
DESK, ROLE = "nwrp*", "wrp*"
NONE = ""
#: A method that an address does not have.
NO_SUCH = None


@dataclass(frozen=True)
class May:
    """Who may open an address, and who may send to it; `parts` of it are rows of the world under
    their names, or stand there as they are."""

    open: str | None
    send: str | None
    parts: tuple[Any, ...] = ()


LIST = May(ROLE, ROLE)
#: The pages of a register: of the stock admin, which reads what is sent to a list or to a history
#: as if it were asked for.
ADDRESSES = {
    "index": May(DESK, NO_SUCH),
    "app_list": May(ROLE, ROLE, ("guides",)),
    "autocomplete": May(NONE, NO_SUCH),
    "jsi18n": May(DESK, NO_SUCH),
    "password_change": May(DESK, DESK),
    "password_change_done": May(DESK, NO_SUCH),
    "view_on_site": May(NONE, NONE, (1, 1)),
    "board_csv": May(DESK, NO_SUCH),
    "board_queue": May(ROLE, NO_SUCH, ("waiting",)),
    "board_postpone": May("p*", "p*", ("guide",)),
    "board_link_retry": May(NO_SUCH, "p*", ("check",)),
    "board_link_ignore": May("p*", "p*", ("check",)),
    "board_feedback_handled": May(NO_SUCH, "r*", ("feedback",)),
    "board_miss_handled": May(NO_SUCH, "r*", ("miss",)),
    "guides_guide_changelist": LIST,
    "guides_guide_add": May("w*", "w*"),
    "guides_guide_change": May(ROLE, "w*", ("guide",)),
    "guides_guide_delete": May(NONE, NONE, ("guide",)),
    "guides_guide_history": May(ROLE, NO_SUCH, ("guide",)),
    "guides_guide_preview": May(NO_SUCH, ROLE, ("guide", "en")),
    "guides_guide_revision": May(ROLE, NO_SUCH, ("guide", "en", 2)),
    "guides_guide_saved": May(ROLE, NO_SUCH, ("guide", "en", 2)),
    "guides_guide_restore": May(NO_SUCH, "w*", ("guide", "en", 1)),
    "guides_guide_withdraw": May("p*", "p*", ("guide", "en")),
    "guides_guide_compare_chosen": May(ROLE, NO_SUCH, ("guide", "en")),
    "guides_guide_compare": May(ROLE, NO_SUCH, ("guide", "en", 1, 2)),
    "guides_guide_autosave": May(NO_SUCH, "w*", ("guide",)),
    "guides_guide_discard": May(NO_SUCH, "w*", ("guide",)),
    "guides_guide_links": May("w*", "w*", ("guide",)),
    "guides_guide_link_end": May(NO_SUCH, "w*", ("guide", "link")),
    "guides_guide_review": May(ROLE, "r*", ("guide", "en")),
    "guides_guide_used": May(ROLE, NO_SUCH, ("guide",)),
    "guides_guide_rename": May("p*", "p*", ("guide",)),
    "guides_guide_checked": May(NO_SUCH, "rp*", ("guide",)),
    "guides_guide_choices": May(ROLE, NO_SUCH),
    "guides_guide_in_and_out": May(ROLE, "w*"),
    "guides_guide_take_out": May(NO_SUCH, ROLE),
    "guides_release_changelist": May(ROLE, NO_SUCH),
    "guides_release_add": May("p*", "p*"),
    "guides_release_change": May(ROLE, "p*", ("release",)),
    "guides_release_cancel": May("p*", "p*", ("release",)),
    "guides_release_of": May("p*", "p*", ("guide",)),
    "guides_picture_changelist": LIST,
    "guides_picture_add": May("w*", "w*"),
    "guides_picture_change": May(ROLE, "w*", ("picture",)),
    "guides_picture_delete": May("p*", "p*", ("picture",)),
    "guides_picture_history": May(ROLE, ROLE, ("picture",)),
    "guides_source_changelist": LIST,
    "guides_source_add": May("wp*", "wp*"),
    "guides_source_change": May(ROLE, "wp*", ("source",)),
    "guides_source_delete": May("wp*", "wp*", ("source",)),
    "guides_source_history": May(ROLE, ROLE, ("source",)),
    "guides_sourcechange_changelist": LIST,
    "guides_sourcechange_add": May(NONE, NONE),
    "guides_sourcechange_change": May(ROLE, "r*", ("change",)),
    "guides_sourcechange_delete": May(NONE, NONE, ("change",)),
    "guides_sourcechange_history": May(ROLE, ROLE, ("change",)),
    "guides_editorialevent_changelist": May(ROLE, NO_SUCH),
    "guides_publication_changelist": LIST,
    "guides_feedback_changelist": LIST,
    "guides_searchmiss_changelist": LIST,
    "guides_user_changelist": May("*", "*"),
    "guides_user_add": May("*", "*"),
    "guides_user_change": May("*", "*", ("person",)),
    "guides_user_delete": May(NONE, NONE, ("person",)),
    "guides_user_history": May("*", "*", ("person",)),
    "auth_user_password_change": May(NONE, NONE, ("person",)),
    "auth_group_changelist": May("*", "*"),
    "auth_group_add": May("*", "*"),
    "auth_group_change": May("*", "*", ("group",)),
    "auth_group_delete": May("*", "*", ("group",)),
    "auth_group_history": May("*", "*", ("group",)),
}
# What happened is read by those with a role, and written by nobody.
for _register in ("editorialevent", "publication", "feedback", "searchmiss"):
    ADDRESSES |= {
        f"guides_{_register}_add": May(NONE, NONE),
        f"guides_{_register}_change": May(ROLE, NONE, (_register,)),
        f"guides_{_register}_delete": May(NONE, NONE, (_register,)),
        f"guides_{_register}_history": May(ROLE, ROLE, (_register,)),
    }
#: Ways in and out, which are everybody's.
DOORS = {"login", "logout"}

World = dict[str, Any]


@pytest.fixture
def world(editor: User) -> World:
    """The keys of a guide that is live, with a draft in review, and of one of everything else."""
    factories.make_source("s1")
    guide = Guide.objects.create(slug="a-guide", kind="article", checked_on="2026-11-23")
    publish([draft(guide, "zh-hans"), draft(guide, "en")], by=None)
    later = draft(guide, "en", title="Later")
    submit(edition=Edition.objects.get(guide=guide, language="en"), by=None)
    soon = timezone.now() + datetime.timedelta(days=1)
    rows = {
        "guide": guide,
        "feedback": Feedback.objects.create(edition=later.edition, given_on="2026-11-24"),
        "searchmiss": SearchMiss.objects.create(query="x", language="en", day="2026-11-24"),
        "check": LinkCheck.objects.create(address="https://example.com/s1", answer="gone"),
        "link": PreviewLink.objects.create(revision=later, token_digest="1", expires_at=soon),
        "picture": Picture.objects.create(
            key="menu", content=b"", media_type="image/png", width=1, height=1, size=0,
            sha256="0", alt={"en": "A menu"}, taken_on="2026-11-08",
        ),
        "release": releases.make(name="Two texts", by=editor, revisions=[later]),
        "source": factories.make_source("s2"),
        "change": SourceChange.objects.create(key="s1", before={}, after={}, proposed_by=editor),
        "editorialevent": EditorialEvent.objects.first(),
        "publication": Publication.objects.first(),
        "person": editor,
        "group": Group.objects.create(name="Others"),
    }  # fmt: skip
    return {name: row.pk for name, row in rows.items()} | {"miss": rows["searchmiss"].pk}


@pytest.fixture
def _no_pages(monkeypatch: pytest.MonkeyPatch) -> None:
    """Who may is decided before a page is written; writing all of them takes most of the time."""
    monkeypatch.setattr(DjangoTemplate, "render", lambda *_given, **_named: SafeString(""))


def somebody(*roles: str, **fields: Any) -> Client:
    person = factories.make_user(is_staff=True, **fields)
    person.groups.set(Group.objects.filter(name__in=roles))
    return signed_in(person)


def come(letter: str) -> Client:
    if letter == "u":
        return Client()
    if letter == "s":
        return signed_in(factories.make_user())
    return somebody(ROLES.get(letter, ""), is_superuser=letter == "*")


def names(patterns: Any) -> Iterator[str]:
    """The names of all addresses; one without a name only leads on to another."""
    for entry in patterns:
        if isinstance(entry, URLResolver):
            yield from names(entry.url_patterns)
        elif entry.name is not None:
            yield entry.name


def ask(client: Client, method: str, url: str, data: Any = None) -> str:
    """`in`, `out` or `no such method`; what was sent is taken back."""
    with transaction.atomic():
        answer = getattr(client, method)(url, data)
        if answer.streaming:
            list(answer)  # read to its end, which closes the file
        transaction.set_rollback(True)
    assert answer.status_code < 500, (method, url)
    if answer.status_code == 405:
        return "no such method"
    leads_to_sign_in = answer.status_code == 302 and "/login/" in answer.url
    return "out" if leads_to_sign_in or answer.status_code in {403, 404} else "in"


def test_it_is_decided_of_every_address_who_may() -> None:
    known, there = set(ADDRESSES) | DOORS, set(names(admin.site.get_urls()))

    assert not there - known, "say in ADDRESSES who may open these, and who may send to them"
    assert not known - there, "these are gone: take them out of ADDRESSES"


@pytest.mark.usefixtures("_no_pages")
@pytest.mark.parametrize("letter", EVERYBODY)
def test_everybody_gets_in_where_they_may_and_nowhere_else(letter: str, world: World) -> None:
    client = come(letter)
    wrong = []

    for name, may in ADDRESSES.items():
        url = reverse(f"admin:{name}", args=[world.get(part, part) for part in may.parts])
        for method, allowed in (("get", may.open), ("post", may.send)):
            # A form that shows a text says from which revision it was made.
            sent = {"en-made_from": "2"} if method == "post" else None
            expected = "out" if letter in "us" or letter not in (allowed or "") else "in"
            if allowed is NO_SUCH and letter not in "us":
                expected = "no such method"
            found = ask(client, method, url, sent)
            if found != expected:
                wrong.append(f"{method} {name}: {found}, not {expected}")

    assert not wrong


#: The buttons of the page of a guide, and whom they do something for.
BUTTONS = {
    "save": ("writer",),
    "whole": ("writer",),
    "add:end": ("writer",),
    "submit:both": ("writer",),
    "match:en": ("writer",),
    "unaffected:en": ("writer",),
    "publish:both": ("writer", "publisher"),
    "release": ("writer", "publisher"),
    "checked": ("writer", "publisher"),
}


@pytest.mark.usefixtures("_no_pages")
def test_every_button_of_a_guide_asks_for_its_rights(world: World) -> None:
    url = reverse("admin:guides_guide_change", args=[world["guide"]])
    people = {roles: somebody(*roles) for roles in {*BUTTONS.values(), ("reviewer", "publisher")}}

    assert set(desk.ACTS) <= {button.partition(":")[0] for button in BUTTONS} | {"choose"}
    for button, needed in BUTTONS.items():
        for roles, client in people.items():
            found = ask(client, "post", url, {"do": button, "en-made_from": "2"})
            assert found == ("in" if set(needed) <= set(roles) else "out"), (button, roles)


def test_only_who_may_handle_gets_the_action_of_the_list(world: World) -> None:
    url = reverse("admin:guides_feedback_changelist")
    data = {"action": "handle", "_selected_action": [world["feedback"]], "index": 0}

    for role in ("writer", "publisher", "reviewer"):
        somebody(role).post(url, data)
        is_handled = Feedback.objects.filter(handled_at__isnull=False).exists()
        assert is_handled == (role == "reviewer"), role


def test_whoever_has_no_role_is_told_so() -> None:
    page = somebody().get(reverse("admin:index")).content.decode()

    assert "Ask whoever gives out rights." in page


def test_the_door_is_for_everybody() -> None:
    for letter in EVERYBODY:
        client = come(letter)
        inside = client.get(reverse("admin:login"))
        assert inside.status_code == (403 if letter == "s" else 302)
        assert client.post(reverse("admin:logout")).status_code == 302
        assert client.get(reverse("admin:index")).status_code == 302

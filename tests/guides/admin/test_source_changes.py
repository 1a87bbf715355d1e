"""With four eyes, and for those who only propose, the register changes once another has agreed."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.auth.models import Group
from django.test import Client

from guides.models import EditorialEvent, Guide, Source, SourceChange, User
from guides.publishing import NotAllowed, NotPublishable
from guides.publishing.sources import (
    AlreadyDecided,
    StaleChange,
    add_source,
    apply_change,
    change_source,
    digest_of_change,
    facts_now,
    refuse_change,
    remove_source,
    waiting_changes,
)
from tests import factories
from tests.conftest import signed_in

from .conftest import staff
from .test_registers import SOURCES, change, form_of

CHANGES = "/admin/guides/sourcechange/"


@pytest.fixture
def source(guide: Guide) -> Source:
    return Source.objects.get(key="s1")


def of_role(name: str) -> User:
    person = factories.make_user(is_staff=True)
    person.groups.add(Group.objects.get(name=name))
    return person


def propose(by: User, **changes: Any) -> SourceChange:
    made = change_source(key="s1", facts=(facts_now("s1") or {}) | changes, by=by)
    assert made is not None
    return made


def kinds() -> list[str]:
    events = EditorialEvent.objects.filter(kind__startswith="source-").order_by("pk")
    return list(events.values_list("kind", flat=True))


def test_a_writer_proposes_and_a_reviewer_applies(source: Source) -> None:
    writer, reviewer = of_role("writer"), of_role("reviewer")
    client = signed_in(writer)
    data = form_of(client, change(source)) | {"publisher": "Amazon", "grade": "third-party"}

    answer = client.post(change(source), data, follow=True)

    made = SourceChange.objects.get()
    page = f"{CHANGES}{made.pk}/change/"
    assert answer.redirect_chain == [(page, 302)]
    assert "until somebody else has agreed" in answer.content.decode()
    assert facts_now("s1") == made.before
    assert client.post(page, {"do": "apply"}).status_code == 403
    assert list(waiting_changes(reviewer)) == [made]
    assert not waiting_changes(writer)

    shown = signed_in(reviewer).get(page).content.decode()
    assert "<ins>" in shown
    assert "report by others" in shown
    seen = digest_of_change(made)
    assert seen in shown
    done = signed_in(reviewer).post(page, {"do": "apply", "seen": seen}, follow=True)

    assert "The register has it: s1." in done.content.decode()
    assert facts_now("s1") == SourceChange.objects.get().after
    assert kinds() == ["source-proposed", "source-changed"]
    event = EditorialEvent.objects.get(kind="source-changed")
    assert (event.by, event.details["before"]["publisher"]) == (reviewer, "")
    assert "grade-third-party" in Client().get("/en/guides/a-guide/").content.decode()


def test_with_four_eyes_nobody_agrees_with_themselves(
    source: Source, editor: User, as_editor: Client, settings: Any
) -> None:
    settings.EDITORIAL_FOUR_EYES = True
    data = form_of(as_editor, change(source)) | {"publisher": "Mine"}

    as_editor.post(change(source), data)

    made = SourceChange.objects.get()
    page = f"{CHANGES}{made.pk}/change/"
    assert Source.objects.get().publisher == ""
    assert not waiting_changes(editor)
    assert 'value="apply"' not in as_editor.get(page).content.decode()
    assert as_editor.post(page, {"do": "apply"}).status_code == 403
    with pytest.raises(NotAllowed):
        apply_change(change=made, by=editor)
    other = factories.make_user(is_superuser=True)
    apply_change(change=made, by=other)
    assert Source.objects.get().publisher == "Mine"
    with pytest.raises(AlreadyDecided):
        apply_change(change=made, by=other)


def test_adding_and_removing_wait_as_well(source: Source, as_editor: Client, settings: Any) -> None:
    settings.EDITORIAL_FOUR_EYES = True
    other = factories.make_user(is_superuser=True)
    unused = factories.make_source("s2")
    new = {"key": "s9", "title_en": "Nine", "grade": "official", "seen_as": "live"}

    assert as_editor.post(f"{SOURCES}add/", new).status_code == 302
    assert as_editor.post(f"{SOURCES}{unused.pk}/delete/", {"post": "yes"}).status_code == 302

    assert set(Source.objects.values_list("key", flat=True)) == {"s1", "s2"}
    for made in waiting_changes(other):
        apply_change(change=made, by=other)
    assert set(Source.objects.values_list("key", flat=True)) == {"s1", "s9"}


def test_a_change_that_the_register_left_behind_is_not_applied(
    source: Source, settings: Any
) -> None:
    writer, reviewer = of_role("writer"), of_role("reviewer")
    made = propose(writer, publisher="Mine")
    Source.objects.update(publisher="Theirs")
    page = f"{CHANGES}{made.pk}/change/"

    with pytest.raises(StaleChange):
        apply_change(change=made, by=reviewer)
    answer = signed_in(reviewer).post(page, {"do": "apply"})

    words = answer.content.decode()
    assert answer.status_code == 409
    assert "Theirs" in words
    assert "Mine" in words
    assert 'value="apply"' not in words
    assert Source.objects.get().publisher == "Theirs"


def test_nobody_agrees_to_what_took_the_place_of_what_they_saw(
    source: Source, settings: Any
) -> None:
    settings.EDITORIAL_FOUR_EYES = True
    writer, reviewer = of_role("writer"), signed_in(of_role("reviewer"))
    made = propose(writer, publisher="Seen")
    page = f"{CHANGES}{made.pk}/change/"
    seen = digest_of_change(made)
    propose(writer, publisher="Slipped in")

    for sent in ({"do": "apply", "seen": seen}, {"do": "apply"}):
        answer = reviewer.post(page, sent)
        assert answer.status_code == 409
        assert "Slipped in" in answer.content.decode()
        assert Source.objects.get().publisher == ""

    made.refresh_from_db()
    reviewer.post(page, {"do": "apply", "seen": digest_of_change(made)})
    assert Source.objects.get().publisher == "Slipped in"


def test_a_refusal_says_why(source: Source) -> None:
    writer, reviewer = of_role("writer"), of_role("reviewer")
    made = propose(writer, publisher="Mine")
    page = f"{CHANGES}{made.pk}/change/"

    silent = signed_in(reviewer).post(page, {"do": "refuse", "reason": " "})
    assert silent.status_code == 422
    assert "Say why, for whoever proposed it." in silent.content.decode()
    signed_in(reviewer).post(page, {"do": "refuse", "reason": "Not the publisher."})

    made.refresh_from_db()
    assert (made.state, made.decided_by, made.reason) == ("refused", reviewer, "Not the publisher.")
    assert kinds() == ["source-proposed", "source-refused"]
    assert "Not the publisher." in signed_in(writer).get(page).content.decode()
    late = signed_in(reviewer).post(page, {"do": "apply"})
    assert late.status_code == 409
    with pytest.raises(AlreadyDecided):
        refuse_change(change=made, by=reviewer, reason="Again.")
    assert Source.objects.get().publisher == ""


def test_one_waits_at_a_time_and_one_s_own_gives_way(source: Source) -> None:
    writer, other = of_role("writer"), of_role("writer")
    first = propose(writer, publisher="First")
    second = propose(writer, publisher="Second")

    assert first == second
    assert SourceChange.objects.get().after["publisher"] == "Second"
    with pytest.raises(NotPublishable):
        propose(other, publisher="Third")
    client = signed_in(other)
    data = form_of(client, change(source)) | {"publisher": "Third"}
    answer = client.post(change(source), data)
    assert "waiting already" in answer.content.decode()
    assert 'value="Third"' in answer.content.decode()
    refuse_change(change=first, by=writer, reason="Taken back.")
    assert propose(other, publisher="Third").state == "waiting"


def test_what_a_text_cites_is_not_removed_and_a_key_is_given_once(
    source: Source, editor: User
) -> None:
    with pytest.raises(NotAllowed):
        remove_source(source=source, by=editor)
    with pytest.raises(NotPublishable):
        add_source(key="s1", facts=facts_now("s1") or {}, by=editor)
    assert change_source(key="s1", facts=facts_now("s1") or {}, by=editor) is None
    assert kinds() == []


def test_strangers_see_no_changes(source: Source, owner: User) -> None:
    made = propose(of_role("writer"), publisher="Mine")

    for page in (CHANGES, f"{CHANGES}{made.pk}/change/"):
        assert signed_in(owner).get(page).status_code == 302
        assert staff("view_guide").get(page).status_code == 403
        assert staff("view_source").get(page).status_code == 200
        assert staff("view_source").post(page, {"do": "apply"}).status_code in {200, 302, 403}
    assert SourceChange.objects.get().state == "waiting"
    assert staff("view_source").get(f"{CHANGES}0/change/").status_code == 404
    assert staff("view_source").get(f"{CHANGES}add/").status_code == 403

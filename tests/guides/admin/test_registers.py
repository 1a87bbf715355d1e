"""Sources, people, and the records of what happened."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.auth.models import Group

from guides.models import EditorialEvent, Feedback, Guide, Publication, SearchMiss, Source, User
from guides.publishing import save_draft
from tests import factories
from tests.conftest import signed_in
from tests.guides.publishing.conftest import EN

from .conftest import address, staff

SOURCES = "/admin/guides/source/"
PEOPLE = "/admin/guides/user/"


@pytest.fixture
def source(guide: Guide) -> Source:
    return Source.objects.get(key="s1")


def form_of(client: Any, page: str) -> dict[str, Any]:
    """What the form on that page of the desk would send as it is."""
    form = client.get(page).context["adminform"].form
    return {
        field.html_name: field.value() for field in form if field.value() not in (None, False, "")
    }


def change(source: Source) -> str:
    return f"{SOURCES}{source.pk}/change/"


def test_a_source_says_where_it_is_used(as_editor: Any, guide: Guide, source: Source) -> None:
    page = as_editor.get(change(source)).content.decode()

    assert address("change", guide.pk) in page
    assert "Title" in page


def test_the_register_counts_citations_in_one_query(
    as_editor: Any, guide: Guide, source: Source, django_assert_max_num_queries: Any
) -> None:
    as_editor.get(SOURCES)
    with django_assert_max_num_queries(20) as few:
        page = as_editor.get(SOURCES).content.decode()
    assert '<td class="field-used">2</td>' in page

    for number in range(2, 9):
        factories.make_source(f"s{number}")
    with django_assert_max_num_queries(len(few)):
        as_editor.get(SOURCES)


def test_a_change_leaves_what_it_was_and_what_it_is(
    as_editor: Any, editor: Any, source: Source
) -> None:
    data = form_of(as_editor, change(source)) | {"publisher": "Amazon", "title_en": "New title"}

    answer = as_editor.post(change(source), data)

    event = EditorialEvent.objects.get(kind="source-changed")
    source.refresh_from_db()
    assert answer.status_code == 302
    assert source.titles == {"zh-hans": "来源 s1", "en": "New title"}
    assert (event.about, event.by) == ("s1", editor)
    assert event.details["before"]["publisher"] == ""
    assert event.details["after"]["publisher"] == "Amazon"


def test_saving_it_unchanged_leaves_nothing(as_editor: Any, source: Source) -> None:
    as_editor.post(change(source), form_of(as_editor, change(source)))

    assert not EditorialEvent.objects.filter(kind="source-changed").exists()


def test_a_new_grade_is_shown_in_the_texts_that_cite_it(
    as_editor: Any, guide: Guide, source: Source, anonymous: Any
) -> None:
    data = form_of(as_editor, change(source)) | {"grade": "third-party"}

    as_editor.post(change(source), data)

    assert "grade-third-party" in anonymous.get("/en/guides/a-guide/").content.decode()


def test_a_source_changed_meanwhile_is_not_overwritten(as_editor: Any, source: Source) -> None:
    data = form_of(as_editor, change(source)) | {"publisher": "Mine"}
    Source.objects.update(publisher="Theirs")

    answer = as_editor.post(change(source), data)

    assert "Somebody changed this source" in answer.content.decode()
    assert 'value="Mine"' in answer.content.decode()
    assert "In the register it is now: Theirs" in answer.content.decode()
    assert Source.objects.get().publisher == "Theirs"


def test_a_source_is_saved_once_both_were_seen(as_editor: Any, source: Source) -> None:
    data = form_of(as_editor, change(source)) | {"publisher": "Mine"}
    Source.objects.update(publisher="Theirs")
    refused = as_editor.post(change(source), data)
    seen = refused.context["adminform"].form["seen"].value()

    as_editor.post(change(source), data | {"seen": seen})

    assert Source.objects.get().publisher == "Mine"
    event = EditorialEvent.objects.get(kind="source-changed")
    assert event.details["before"]["publisher"] == "Theirs"


def test_a_source_is_added_with_its_key(as_editor: Any, db: None) -> None:
    data = {"key": "s9", "title_en": "Nine", "grade": "official", "seen_as": "live"}

    answer = as_editor.post(f"{SOURCES}add/", data)

    assert answer.status_code == 302
    assert Source.objects.get(key="s9").titles == {"en": "Nine"}
    assert EditorialEvent.objects.get().details["before"] is None


def test_a_source_needs_a_title_and_holds_no_secret(as_editor: Any, db: None) -> None:
    key = "AKIA" + "IOSFODNN7EXAMPLE" + " " + "wJalrXUtnFEMI/K7MDENG/" + "bPxRfiCYEXAMPLEKEY"
    data = {"key": "s9", "publisher": key, "grade": "official", "seen_as": "live"}

    answer = as_editor.post(f"{SOURCES}add/", data)

    assert "Give it a title." in answer.content.decode()
    assert "was not saved" in answer.content.decode()
    assert not Source.objects.exists()


def test_a_source_stays_while_it_is_cited(as_editor: Any, guide: Guide, source: Source) -> None:
    unused, drafted = factories.make_source("s2"), factories.make_source("s3")
    text = EN | {"body": "## Part {#part}\n\nOne sentence.[@s3]"}
    save_draft(guide=guide, language="en", by=None, text=text, made_from=1)

    gone = as_editor.post(f"{SOURCES}{unused.pk}/delete/", {"post": "yes"})
    cited = as_editor.post(f"{SOURCES}{source.pk}/delete/", {"post": "yes"})
    in_draft = as_editor.post(f"{SOURCES}{drafted.pk}/delete/", {"post": "yes"})

    assert (gone.status_code, cited.status_code, in_draft.status_code) == (302, 403, 403)
    assert set(Source.objects.values_list("key", flat=True)) == {"s1", "s3"}
    assert EditorialEvent.objects.get(about="s2").details["after"] is None


def test_the_key_of_a_source_is_lasting(as_editor: Any, source: Source) -> None:
    as_editor.post(change(source), form_of(as_editor, change(source)) | {"key": "other"})

    assert Source.objects.get().key == "s1"


def test_sources_need_their_right(source: Source) -> None:
    assert staff().get(SOURCES).status_code == 403
    assert staff("view_source").get(change(source)).status_code == 200
    assert staff("view_source").post(change(source), {}).status_code == 403


# --- People --------------------------------------------------------------------------------


def test_a_person_is_added_with_a_password(as_editor: Any) -> None:
    data = {
        "email": "New@Example.com",
        "language": "zh-hans",
        "password1": "long-enough-33",
        "password2": "long-enough-33",
    }

    answer = as_editor.post(f"{PEOPLE}add/", data)

    person = User.objects.get(email__iexact="new@example.com")
    assert answer.status_code == 302
    assert person.check_password("long-enough-33")
    assert (person.language, person.is_staff) == ("zh-hans", False)


def test_one_account_an_address(as_editor: Any, owner: User) -> None:
    data = {
        "email": owner.email.upper(),
        "language": "en",
        "password1": "long-enough-33",
        "password2": "long-enough-33",
    }

    answer = as_editor.post(f"{PEOPLE}add/", data)

    assert answer.status_code == 200
    assert User.objects.filter(email__iexact=owner.email).count() == 1


def test_a_person_becomes_staff_and_keeps_the_address(as_editor: Any, owner: User) -> None:
    page = f"{PEOPLE}{owner.pk}/change/"
    data = {"email": "other@example.com", "language": "zh-hans", "time_zone": "UTC",
            "is_active": "on", "is_staff": "on"}  # fmt: skip

    answer = as_editor.post(page, data)

    owner.refresh_from_db()
    assert answer.status_code == 302
    assert (owner.email, owner.is_staff, owner.language) == ("owner@example.com", True, "zh-hans")


def test_people_are_for_superusers_and_are_not_deleted(as_editor: Any, owner: User) -> None:
    almost = staff("view_user", "change_user", "add_user", "delete_user")

    assert almost.get(PEOPLE).status_code == 403
    assert almost.get(f"{PEOPLE}{owner.pk}/change/").status_code == 403
    assert as_editor.post(f"{PEOPLE}{owner.pk}/delete/", {"post": "yes"}).status_code == 403


def test_a_group_is_given_the_rights_of_the_desk(as_editor: Any, guide: Guide) -> None:
    page = as_editor.get("/admin/auth/group/add/")
    field = page.context["adminform"].form.fields["permissions"]
    writing = [right.pk for right in field.queryset if right.codename.endswith("_guide")][:3]

    as_editor.post("/admin/auth/group/add/", {"name": "Writers", "permissions": writing})

    person = factories.make_user(is_staff=True)
    person.groups.add(Group.objects.get(name="Writers"))
    writer = signed_in(person)
    assert "Guides: write drafts" in page.content.decode()
    assert "Can add" not in page.content.decode()
    assert writer.get(address("change", guide.pk)).status_code == 200
    assert writer.post(address("checked", guide.pk)).status_code == 403
    assert staff("change_group", "view_group").get("/admin/auth/group/").status_code == 403


# --- Records -------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["editorialevent", "publication"])
def test_records_are_read_and_never_written(as_editor: Any, guide: Guide, name: str) -> None:
    page = f"/admin/guides/{name}/"
    row = {"editorialevent": EditorialEvent, "publication": Publication}[name].objects.first()

    assert as_editor.get(page).status_code == 200
    assert as_editor.get(f"{page}{row.pk}/change/").status_code == 200
    assert as_editor.get(f"{page}?language=en").status_code == 200
    assert as_editor.get(f"{page}add/").status_code == 403
    assert as_editor.post(f"{page}{row.pk}/change/", {}).status_code == 403
    assert as_editor.post(f"{page}{row.pk}/delete/", {"post": "yes"}).status_code == 403
    assert staff().get(page).status_code == 403


@pytest.fixture
def said(guide: Guide) -> Feedback:
    edition = guide.editions.get(language="en")
    return Feedback.objects.create(
        edition=edition, was_useful=False, sentence="The menu is gone.", given_on="2026-11-24"
    )


def handle(client: Any, said: Feedback) -> Any:
    sent = {"action": "handle", "_selected_action": [said.pk], "index": 0}
    return client.post("/admin/guides/feedback/", sent, follow=True)


def test_what_readers_said_is_read_and_marked_as_handled(as_editor: Any, said: Feedback) -> None:
    page = "/admin/guides/feedback/"

    assert "The menu is gone." in as_editor.get(page).content.decode()
    assert as_editor.get(f"{page}{said.pk}/change/").status_code == 200
    assert as_editor.post(f"{page}{said.pk}/change/", {"sentence": "x"}).status_code == 403
    assert as_editor.post(f"{page}{said.pk}/delete/", {"post": "yes"}).status_code == 403
    assert "1 was marked as handled." in handle(as_editor, said).content.decode()
    said.refresh_from_db()
    assert EditorialEvent.objects.get(kind="feedback-handled").details["count"] == 1
    assert said.handled_at is not None
    assert said.sentence == "The menu is gone."


def test_whoever_may_only_read_marks_nothing(said: Feedback) -> None:
    reader = staff("view_feedback")

    assert reader.get("/admin/guides/feedback/").status_code == 200
    handle(reader, said)
    said.refresh_from_db()
    assert said.handled_at is None
    handle(staff("view_feedback", "change_feedback"), said)
    said.refresh_from_db()
    assert said.handled_at is not None


def test_searches_without_results_are_read(as_editor: Any) -> None:
    miss = SearchMiss.objects.create(query="lost word", language="en", day="2026-11-24")
    page = "/admin/guides/searchmiss/"

    assert "lost word" in as_editor.get(page).content.decode()
    assert as_editor.get(f"{page}{miss.pk}/change/").status_code == 200
    assert as_editor.get(f"{page}add/").status_code == 403


def test_no_case_is_shown_on_the_desk(as_editor: Any, owner: User) -> None:
    factories.make_case(owner)

    page = as_editor.get("/admin/").content.decode()

    assert "/admin/appeals/" not in page
    assert as_editor.get("/admin/appeals/").status_code == 404


def test_the_first_page_shows_what_happened(as_editor: Any, guide: Guide) -> None:
    page = as_editor.get("/admin/").content.decode()

    link = f'<a href="{address("change", guide.pk)}">Title</a>'
    assert f"the release published {link}, English, revision 1" in page


def test_who_may_open_nothing_is_told(guide: Guide) -> None:
    assert "nothing here that you may open" in staff().get("/admin/").content.decode()
    assert "a-guide" not in staff("view_source").get("/admin/").content.decode()

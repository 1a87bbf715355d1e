"""The register of pictures: sending one in, refused files, changing and removing."""

from __future__ import annotations

import datetime
import re
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import override_settings
from django.urls import reverse
from django.utils import timezone

from guides.models import EditorialEvent, Guide, Picture
from guides.publishing import publish
from guides.publishing.files import digest_of
from guides.publishing.pictures import facts_of
from tests import factories
from tests.guides.pictures.files import bomb, saved, screen
from tests.guides.publishing.conftest import draft

from .conftest import staff

ADD = "/admin/guides/picture/add/"
LIST = "/admin/guides/picture/"
TOMORROW = (timezone.localdate() + datetime.timedelta(days=2)).isoformat()
WORDS = {"alt_zh-hans": "右上角的菜单", "alt_en": "The menu at the top right"}


def sent(name: str = "Top Menu.PNG", content: bytes | None = None, **changes: Any) -> dict:
    content = saved(screen(), "PNG") if content is None else content
    file = SimpleUploadedFile(name, content, "image/png")
    return {"file": file, "key": "", "taken_on": "2026-11-08", **WORDS} | changes


def errors(answer: Any) -> dict[str, str]:
    form = answer.context["adminform"].form
    return {name: re.sub("<[^>]+>", "", " ".join(said)) for name, said in form.errors.items()}


def change(picture: Picture) -> str:
    return reverse("admin:guides_picture_change", args=[picture.pk])


def test_one_is_sent_in_and_made_again(as_editor: Any, editor: Any) -> None:
    answer = as_editor.post(ADD, sent())

    picture = Picture.objects.get()
    assert answer.url == change(picture)
    assert (picture.key, picture.width, picture.height) == ("top-menu", 300, 200)
    assert (picture.made_by, picture.taken_on.isoformat()) == (editor, "2026-11-08")
    assert picture.alt == {"zh-hans": WORDS["alt_zh-hans"], "en": WORDS["alt_en"]}
    event = EditorialEvent.objects.get(kind="picture-added")
    assert (event.about, event.by) == ("top-menu", editor)
    page = as_editor.get(change(picture)).content.decode()
    assert "![[top-menu|The menu at the top right]]" in page
    assert f'src="/pictures/{picture.pk}/"' in page


@pytest.mark.parametrize(
    ("data", "field", "words"),
    [
        pytest.param({"content": b"<svg onload=x>"}, "file", "SVG files cannot be shown", id="SVG"),
        pytest.param({"content": bomb(50_000, 50_000)}, "file", "50000 × 50000 pixels", id="bomb"),
        pytest.param({"content": b"\x89PNG\r\n\x1a\n"}, "file", "may be incomplete", id="cut"),
        pytest.param({"alt_en": ""}, "alt_en", "needs words in English", id="no words in English"),
        pytest.param({"alt_en": "a [mark]"}, "alt_en", "without the sign [", id="marks in words"),
        pytest.param({"taken_on": TOMORROW}, "taken_on", "not come yet", id="a day to come"),
        pytest.param({"taken_on": ""}, "taken_on", "still empty", id="no day"),
        pytest.param({"key": "a_b"}, "key", "small letters", id="another sign in the key"),
        pytest.param(
            {"key": "menu"}, "key", "another picture called menu", id="a key that is taken"
        ),
        pytest.param({"name": "图.png"}, "key", "Give it a key", id="a name without letters"),
    ],
)
def test_what_is_wrong_is_said_beside_it_and_nothing_typed_is_lost(
    as_editor: Any, data: dict, field: str, words: str
) -> None:
    factories.make_picture("menu", sha256="1")

    answer = as_editor.post(ADD, sent(**data))

    found = errors(answer)
    assert words in found.pop(field)
    # A file that is in order has to be chosen once more, which is said as well.
    assert set(found) <= {"file"}
    assert Picture.objects.count() == 1
    assert WORDS["alt_zh-hans"] in answer.content.decode()


def test_a_file_beyond_the_limit_is_named_with_it(as_editor: Any) -> None:
    with override_settings(PICTURE_LIMIT=100):
        answer = as_editor.post(ADD, sent())

    assert "the limit is 100" in errors(answer)["file"].replace("\xa0", " ")


def test_the_same_picture_again_is_told(as_editor: Any) -> None:
    as_editor.post(ADD, sent())

    answer = as_editor.post(ADD, sent(name="another.png"))

    assert "already here: top-menu" in errors(answer)["file"]
    assert change(Picture.objects.get()) in answer.content.decode()


def test_the_register_is_searched_and_counts_where_they_are_shown(
    as_editor: Any, guide: Guide, django_assert_max_num_queries: Any
) -> None:
    factories.make_picture("menu")
    factories.make_picture("other", alt={"zh-hans": "别的", "en": "Another"}, sha256="1")
    publish([draft(guide, "zh-hans", body="![[menu|菜单]]")], by=None)
    as_editor.get(LIST)
    with django_assert_max_num_queries(20) as few:
        page = as_editor.get(LIST).content.decode()
    assert re.findall(r'field-shown">([^<]+)', page) == ["–", "1 text"]

    for number in range(9):
        factories.make_picture(f"more-{number}", sha256=str(number))
    with django_assert_max_num_queries(len(few)):
        as_editor.get(LIST)
    found = as_editor.get(LIST, {"q": "别的"}).content.decode()
    assert "other" in found
    assert "more-1" not in found


def test_a_page_says_where_it_is_shown_and_keeps_it_there(as_editor: Any, guide: Guide) -> None:
    picture = factories.make_picture("menu")
    publish([draft(guide, "zh-hans", body="![[menu|菜单]]")], by=None)

    page = as_editor.get(change(picture)).content.decode()

    assert reverse("admin:guides_guide_change", args=[guide.pk]) in page
    assert reverse("admin:guides_picture_delete", args=[picture.pk]) not in page
    assert (
        as_editor.post(change(picture).replace("change", "delete"), {"post": "yes"}).status_code
        == 403
    )
    assert Picture.objects.exists()


def test_its_words_and_its_day_change_and_its_key_does_not(as_editor: Any) -> None:
    picture = factories.make_picture("menu")
    form = as_editor.get(change(picture)).context["adminform"].form
    data = {field.html_name: field.value() for field in form} | {"alt_en": "Menu", "key": "x"}

    assert as_editor.post(change(picture), data).status_code == 302

    picture.refresh_from_db()
    assert (picture.key, picture.alt["en"]) == ("menu", "Menu")
    late = as_editor.post(change(picture), data | {"alt_en": "Mine"})
    assert "Somebody changed this picture" in errors(late)["__all__"]
    assert "In the register it is now: Menu" in errors(late)["alt_en"]
    shown = late.context["adminform"].form["seen"].value()
    assert (
        as_editor.post(change(picture), data | {"alt_en": "Mine", "seen": shown}).status_code == 302
    )


def test_one_that_no_text_shows_is_removed(as_editor: Any) -> None:
    picture = factories.make_picture("menu")

    as_editor.post(change(picture).replace("change", "delete"), {"post": "yes"})

    assert not Picture.objects.exists()
    assert EditorialEvent.objects.filter(kind="picture-removed", about="menu").exists()


def test_each_right_opens_what_it_is_for(db: None) -> None:
    picture = factories.make_picture("menu")
    viewer, adder = staff("view_picture"), staff("view_picture", "add_picture")

    assert staff().get(LIST).status_code == 403
    assert viewer.get(change(picture)).status_code == 200
    assert viewer.get(ADD).status_code == 403
    assert viewer.post(change(picture), WORDS).status_code == 403
    assert adder.get(ADD).status_code == 200
    assert adder.post(change(picture).replace("change", "delete")).status_code == 403


def test_nobody_changes_alone_what_readers_see_of_it(
    guide: Guide, as_editor: Any, settings: Any
) -> None:
    picture = factories.make_picture("menu")
    data = WORDS | {"taken_on": "2026-10-01", "seen": digest_of(facts_of(picture))}
    writer = staff("view_picture", "change_picture")
    texts = [draft(guide, "zh-hans", body="![[menu|菜单]]"), draft(guide, "en", body="![[menu|M]]")]
    publish(texts, by=None)

    refused = writer.post(change(picture), data)
    assert "only somebody who may publish" in errors(refused)["taken_on"]
    settings.EDITORIAL_FOUR_EYES = True
    refused = as_editor.post(change(picture), data)
    assert "nobody changes it alone" in errors(refused)["taken_on"]
    picture.refresh_from_db()
    assert picture.taken_on.isoformat() == "2026-11-08"

    assert as_editor.post(change(picture), data | {"taken_on": "2026-11-08"}).status_code == 302
    settings.EDITORIAL_FOUR_EYES = False
    data["seen"] = digest_of(facts_of(Picture.objects.get()))
    assert as_editor.post(change(picture), data).status_code == 302
    assert Picture.objects.get().taken_on.isoformat() == "2026-10-01"

"""Pictures and the texts that show them: going live, where they are shown, in and out."""

from __future__ import annotations

import datetime
import json
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.test import Client

from guides.models import EditorialEvent, Guide, PageStamp, Picture, Release, ReleaseItem, Source
from guides.pictures import again
from guides.pictures.making import Made
from guides.publishing import NotAllowed, NotPublishable, publish, withdraw
from guides.publishing.bundle import export, load
from guides.publishing.files import BadFile
from guides.publishing.pictures import (
    change_picture,
    remove_picture,
    same_picture,
)
from guides.usage import Mention, uses_of_picture, uses_of_pictures
from tests import factories
from tests.guides.pictures.files import photograph, saved, screen

from .conftest import draft

LINE, LINE_EN = "![[menu|右上角的菜单]]", "![[menu|The menu at the top right]]"


@pytest.fixture
def picture(db: None) -> Picture:
    return factories.make_picture()


def states(mention: Mention) -> tuple[str, str, bool, bool, bool]:
    edition = mention.edition
    place = edition.guide.slug, edition.language
    return (*place, mention.is_live, mention.is_newest, mention.is_waiting)


def test_a_text_goes_live_with_its_picture(guide: Guide, picture: Picture) -> None:
    texts = [draft(guide, "zh-hans", body=LINE), draft(guide, "en", body=LINE_EN)]

    publish(texts, by=None)

    for edition in guide.editions.all():
        assert list(edition.pictured.all()) == [picture]
        assert f'src="{picture.get_absolute_url()}"' in edition.parts[0]["html"]
        assert edition.plain.splitlines()[1] in (LINE[8:-2], LINE_EN[8:-2])
        assert ("menu" if edition.language == "en" else "菜单") in edition.folded
        markdown = Client().get(f"{edition.get_absolute_url().rstrip('/')}.md").content.decode()
        assert (LINE_EN if edition.language == "en" else LINE) in markdown
        assert f"![[menu]]: {settings.SITE_URL}{picture.get_absolute_url()}" in markdown


def test_one_without_words_or_unknown_keeps_it_from_going_live(
    guide: Guide, picture: Picture
) -> None:
    texts = [draft(guide, "zh-hans", body=LINE), draft(guide, "en", body="![[menu]]")]
    with pytest.raises(NotPublishable) as refused:
        publish(texts, by=None)
    (refusal,) = refused.value.refusals
    assert (refusal.language, refusal.code, refusal.line) == ("en", "alt", 3)

    with pytest.raises(NotPublishable) as refused:
        publish([draft(guide, "zh-hans", body="![[other|x]]")], by=None)
    assert {one.code for one in refused.value.refusals} == {"picture"}
    assert not Guide.objects.published().exists()


def test_a_translation_shows_the_same_picture(guide: Guide, picture: Picture) -> None:
    factories.make_picture("other")
    texts = [draft(guide, "zh-hans", body=LINE), draft(guide, "en", body="![[other|x]]")]

    with pytest.raises(NotPublishable) as refused:
        publish(texts, by=None)

    assert [(one.code, one.line) for one in refused.value.refusals] == [("pictures", 3)]


def test_it_is_known_where_each_is_shown(
    guide: Guide, picture: Picture, django_assert_num_queries: Any
) -> None:
    factories.make_picture("old", sha256="1")
    waiting = draft(guide, "zh-hans", body="![[old|x]]")
    publish([draft(guide, "zh-hans", body=LINE)], by=None)
    draft(guide, "en", body=LINE_EN)
    release = Release.objects.create(name="r")
    ReleaseItem.objects.create(release=release, edition=waiting.edition, revision=waiting)

    with django_assert_num_queries(4):
        found = uses_of_pictures()

    assert [states(one) for one in found["menu"]] == [
        ("a-guide", "zh-hans", True, True, False),
        ("a-guide", "en", False, True, False),
    ]
    assert [states(one) for one in found["old"]] == [("a-guide", "zh-hans", False, False, True)]
    Release.objects.update(state=Release.State.CANCELLED)
    assert uses_of_picture("old") == []


def test_one_that_is_shown_stays(guide: Guide, picture: Picture, editor: Any) -> None:
    publish([draft(guide, "zh-hans", body=LINE)], by=None)
    with pytest.raises(NotAllowed):
        remove_picture(picture=picture, by=editor)

    edition = guide.editions.get()
    draft(guide, "zh-hans", body="没有图[@s1]。")
    with pytest.raises(NotAllowed):
        remove_picture(picture=picture, by=editor)
    withdraw(edition=edition, by=None, because="旧了")
    assert not edition.pictured.exists()

    remove_picture(picture=picture, by=editor)

    assert not Picture.objects.exists()
    event = EditorialEvent.objects.get(kind="picture-removed")
    assert (event.about, event.by, event.details["taken_on"]) == ("menu", editor, "2026-11-08")


def test_another_day_is_told_where_it_is_shown(guide: Guide, picture: Picture, editor: Any) -> None:
    publish([draft(guide, "zh-hans", body=LINE)], by=None)
    before, day = PageStamp.objects.present(), datetime.date(2026, 10, 1)

    assert change_picture(picture=picture, alt=picture.alt, taken_on=day, by=editor) == []

    assert "2026-10-01" in guide.editions.get().parts[0]["html"]
    assert PageStamp.objects.present() > before
    event = EditorialEvent.objects.get(kind="picture-changed")
    assert event.details["before"] | {"taken_on": "2026-10-01"} == event.details["after"]
    change_picture(picture=picture, alt=picture.alt, taken_on=day, by=editor)
    assert EditorialEvent.objects.filter(kind="picture-changed").count() == 1


# --- In and out ----------------------------------------------------------------------------


def kept(key: str, image: Any) -> Picture:
    content, name, (width, height) = again.make(saved(image, "PNG"))
    made = Made(content, again.FORMATS[name], width, height)
    facts = {"content": content, "sha256": made.sha256, "size": len(content)}
    sides = {"width": width, "height": height, "media_type": made.media_type}
    return factories.make_picture(key, **facts, **sides)


def files(folder: Path) -> dict[str, bytes]:
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file()
    }


def test_they_come_out_and_back_as_the_same_bytes(guide: Guide, tmp_path: Path) -> None:
    first = kept("menu", screen())
    kept("face", photograph())
    publish([draft(guide, "zh-hans", body=LINE), draft(guide, "en", body=LINE_EN)], by=None)
    export(tmp_path / "one")
    assert {"pictures.json", "pictures/menu.png", "pictures/face.jpg"} <= set(
        files(tmp_path / "one")
    )
    assert same_picture(Made(bytes(first.content), "image/png", 1, 1)) == first
    taken_away(guide)

    report = load(tmp_path / "one")

    export(tmp_path / "two")
    assert files(tmp_path / "two") == files(tmp_path / "one")
    assert report.left_alone == []
    assert load(tmp_path / "one").left_alone == []
    Picture.objects.filter(key="menu").update(taken_on="2026-01-01")
    assert load(tmp_path / "one").left_alone == ["picture menu"]


def taken_away(guide: Guide) -> None:
    """As on a site that has none of it."""
    Picture.objects.all().delete()
    Source.objects.all().delete()
    for edition in guide.editions.all():
        edition.live = edition.latest = None
        edition.save()
        edition.publications.all().delete()
        edition.revisions.all()._raw_delete(edition.revisions.db)
    guide.editions.all().delete()
    guide.delete()


def test_nothing_is_written_without_pictures(db: None, tmp_path: Path) -> None:
    export(tmp_path)

    assert set(files(tmp_path)) == {"sources.json"}


@pytest.mark.parametrize(
    ("key", "facts", "words"),
    [
        ("menu", {}, "needs alt"),
        ("Menu", {"alt": {}, "taken_on": "2026-11-08", "file": "x"}, "small letters"),
        ("menu", {"alt": {}, "taken_on": "2026-11-08", "file": "../x.png"}, "its file is"),
        ("menu", {"alt": {}, "taken_on": "2026-11-08", "file": "menu.png"}, "there is no"),
        ("told", {"alt": {}, "taken_on": "2026-11-08", "file": "told.png"}, "pictures/told.png: "),
    ],
)
def test_a_folder_that_is_not_as_ours_is_refused(
    db: None, tmp_path: Path, key: str, facts: Any, words: str
) -> None:
    (tmp_path / "pictures").mkdir()
    (tmp_path / "pictures/told.png").write_bytes(saved(screen(), "PNG", dpi=(1, 1)))
    (tmp_path / "pictures.json").write_text(json.dumps({key: facts}))

    with pytest.raises(BadFile, match=words):
        load(tmp_path)
    assert not Picture.objects.exists()

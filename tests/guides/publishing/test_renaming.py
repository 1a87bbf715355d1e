"""A guide has another address: whatever names the old one still finds it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test import Client

from guides.models import (
    Edition,
    EditorialEvent,
    Feedback,
    Guide,
    OldSlug,
    PageStamp,
    Progress,
    User,
)
from guides.publishing import NotPublishable, bundle, publish, restore, save_draft
from guides.publishing.renaming import rename
from guides.publishing.samples import SAMPLES, SLUG, without_samples
from tests import factories
from tests.conftest import signed_in

from .conftest import draft, make_facts

pytestmark = pytest.mark.django_db


@pytest.fixture
def linking(guide: Guide, editor: User) -> Guide:
    """Live in both languages, like `guide`, and links to it in text and facts."""
    publish([draft(guide, "zh-hans"), draft(guide, "en")], by=None)
    other = Guide.objects.create(slug="other", kind="article")
    facts = make_facts(related=["a-guide"], successor="a-guide")
    zh = draft(other, "zh-hans", facts=facts, body="见 [[a-guide#part|这里]][@s1]。")
    en = draft(other, "en", body="See [[a-guide#part|this]].[@s1]")
    publish([zh, en], by=None)
    return other


def page(address: str, **headers: Any) -> Any:
    return Client(headers=headers).get(address)


@pytest.mark.parametrize(
    "rest",
    [
        "/",
        "/history/",
        "/compare/1/1/",
        "/feedback/",
        ".md",
        "/share.png",
        "/qr.png",
        "/?step=a&b=%20",
    ],
)
def test_every_old_address_leads_to_the_new_one(
    guide: Guide, linking: Guide, editor: User, rest: str
) -> None:
    rename(guide=guide, to="new", by=editor)

    for language in ("zh-hans", "en"):
        answer = page(f"/{language}/guides/a-guide{rest}")
        assert answer.status_code == 301
        assert answer["Location"] == f"/{language}/guides/new{rest}"
        assert answer["Cache-Control"] == "no-cache"
        assert not answer.cookies
        assert page(answer["Location"]).status_code == 200
    assert page("/en/guides/never/").status_code == 404


def test_what_is_sent_there_arrives(guide: Guide, linking: Guide, editor: User) -> None:
    rename(guide=guide, to="new", by=editor)

    answer = Client().post(
        "/en/guides/a-guide/feedback/", {"useful": "no", "sentence": "Gone."}, follow=True
    )

    assert answer.redirect_chain[0] == ("/en/guides/new/feedback/", 308)
    assert Feedback.objects.get().sentence == "Gone."


def test_links_lead_straight_there_and_may_go_on_naming_it_as_before(
    guide: Guide, linking: Guide, editor: User
) -> None:
    before = PageStamp.objects.present()

    rename(guide=guide, to="new", by=editor)

    edition = Edition.objects.get(guide=linking, language="zh-hans")
    assert 'href="/zh-hans/guides/new/#part"' in edition.parts[0]["html"]
    assert edition.links == ["new"]
    assert list(edition.linked.all()) == [guide]
    assert PageStamp.objects.present() > before
    event = EditorialEvent.objects.get(kind="renamed")
    assert (event.about, event.by) == ("new", editor)
    assert event.details == {"before": "a-guide", "after": "new"}

    # A translation may be the first to name it anew; both languages say the same still.
    text = edition.guide.editions.get(language="en").latest.text()
    text["body"] = text["body"].replace("a-guide", "new")
    revision = save_draft(
        guide=linking, language="en", by=editor, text=text, made_from=1, note="new address"
    )
    publish([revision], by=editor)


def test_older_facts_go_live_again_after_it(guide: Guide, linking: Guide, editor: User) -> None:
    first = linking.editions.get(language="zh-hans").latest
    rename(guide=guide, to="new", by=editor)

    restored = restore(revision=first, by=editor)
    publish([draft(linking, "zh-hans", note="Back")], by=editor)

    linking.refresh_from_db()
    assert restored.facts is not None
    assert linking.successor == guide
    assert list(linking.related.all()) == [guide]


def test_there_and_back_and_on(guide: Guide, linking: Guide, editor: User) -> None:
    for to in ("b", "c", "a-guide", "b"):
        rename(guide=guide, to=to, by=editor)

    assert OldSlug.objects.present() == {"a-guide": "b", "c": "b"}
    assert page("/en/guides/c/")["Location"] == "/en/guides/b/"
    assert page("/en/guides/a-guide/")["Location"] == "/en/guides/b/"
    assert page("/en/guides/b/").status_code == 200
    assert "/guides/b/" in Edition.objects.get(guide=linking, language="en").parts[0]["html"]


def test_an_address_that_is_or_was_another_s_is_refused(
    guide: Guide, linking: Guide, editor: User
) -> None:
    rename(guide=guide, to="new", by=editor)

    for to, code in [("new", "taken"), ("a-guide", "taken"), ("A b", "slug"), ("", "slug"),
                     ("x" * 81, "slug"), ("é", "slug"), ("a\n", "slug")]:  # fmt: skip
        with pytest.raises(NotPublishable) as refused:
            rename(guide=linking, to=to, by=editor)
        assert [(one.field, one.code) for one in refused.value.refusals] == [("slug", code)]
    events = EditorialEvent.objects.filter(kind="renamed").count()
    rename(guide=guide, to="new", by=editor)
    assert EditorialEvent.objects.filter(kind="renamed").count() == events


def test_ticks_of_the_old_address_are_carried_to_the_guide(owner: User) -> None:
    guide = factories.make_guide("new", kind="steps")
    OldSlug.objects.create(slug="steps", guide=guide)
    factories.make_live_edition(
        guide, "en", parts=[{"id": "one", "title": "", "html": "", "tasks": ["do"], "notes": []}]
    )

    signed_in(owner).post("/en/ticks/", {"ticks": json.dumps({"steps": ["do", "x"]})})

    assert list(Progress.objects.values_list("guide", "item")) == [(guide.pk, "do")]
    assert 'data-ticks="new" data-ticks-before="steps"' in page("/en/guides/new/").content.decode()


def test_the_guide_of_samples_keeps_them_under_another_address(editor: User) -> None:
    guide = factories.make_guide(SLUG)
    rename(guide=guide, to="how-they-look", by=editor)

    assert SAMPLES[0] not in without_samples(f"a {SAMPLES[0]} b", "how-they-look")
    assert SAMPLES[0] in without_samples(f"a {SAMPLES[0]} b", "another")


# --- Bundled files -------------------------------------------------------------------------


def files_in(folder: Path) -> dict[str, bytes]:
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file()
    }


def test_the_release_updates_a_renamed_guide_and_makes_no_second_one(
    guide: Guide, linking: Guide, editor: User, tmp_path: Path
) -> None:
    bundle.export(tmp_path)
    wipe()
    bundle.load(tmp_path)  # a site that has all of it from a release
    guide = Guide.objects.get(slug="a-guide")
    assert bundle.load(tmp_path) == bundle.Loaded()

    rename(guide=guide, to="new", by=editor)
    assert bundle.load(tmp_path) == bundle.Loaded()
    rename(guide=guide, to="newer", by=editor)
    assert bundle.load(tmp_path) == bundle.Loaded()

    path = tmp_path / "a-guide" / "en.md"
    path.write_text(path.read_text().replace("One sentence", "Another sentence"))
    path = tmp_path / "other" / "guide.json"
    path.write_text(path.read_text().replace('"position": 1', '"position": 2'))
    report = bundle.load(tmp_path)
    assert report.published == ["newer en", "other zh-hans"]
    assert not report.left_alone
    assert Guide.objects.count() == 2
    assert Guide.objects.get(slug="other").successor == guide


def test_what_was_renamed_goes_out_and_comes_in_as_the_same_bytes(
    guide: Guide, linking: Guide, editor: User, tmp_path: Path
) -> None:
    rename(guide=guide, to="new", by=editor)
    bundle.export(tmp_path / "a")
    out = files_in(tmp_path / "a")
    assert json.loads(out["renamed.json"]) == {"a-guide": "new"}

    wipe()
    bundle.load(tmp_path / "a")
    bundle.export(tmp_path / "b")

    assert files_in(tmp_path / "b") == out
    assert page("/en/guides/a-guide/")["Location"] == "/en/guides/new/"


def test_what_was_renamed_elsewhere_is_renamed_here(
    guide: Guide, linking: Guide, tmp_path: Path
) -> None:
    bundle.export(tmp_path)
    (tmp_path / "a-guide").rename(tmp_path / "new")
    (tmp_path / "renamed.json").write_text('{"a-guide": "new"}')

    bundle.load(tmp_path)

    guide.refresh_from_db()
    assert guide.slug == "new"
    assert Guide.objects.count() == 2


def wipe() -> None:
    """A site that never had a guide."""
    tables = [
        *("edition_linked", "oldslug", "publication", "revision", "edition"),
        *("guide_related", "guide", "source"),
    ]
    with connection.constraint_checks_disabled(), connection.cursor() as cursor:
        for table in tables:
            cursor.execute(f"DELETE FROM guides_{table}")

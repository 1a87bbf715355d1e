"""What points at a guide is told before it is changed; another address is given on a page."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from appeals.models import Case, Demand
from guides.models import Guide, OldSlug, Release, Source, User
from guides.publishing import publish, save_draft
from guides.usage import uses_of_guide, uses_of_source
from tests import factories
from tests.conftest import signed_in
from tests.guides.publishing.conftest import draft, make_facts

from .conftest import address, newest, staff


@pytest.fixture
def linking(guide: Guide, editor: User) -> Guide:
    """Live in Chinese with links and facts; English is a draft that waits in a release."""
    other = Guide.objects.create(slug="other", kind="article")
    facts = make_facts(related=["a-guide"], successor="a-guide")
    publish([draft(other, "zh-hans", facts=facts, body="见 [[a-guide|这里]][@s1]。")], by=None)
    en = draft(other, "en", title="Other", body="See [[a-guide#part|this]].[@s1]")
    release = Release.objects.create(name="December")
    release.items.create(edition=en.edition, revision=en)
    release.items.create(edition=guide.editions.get(language="en"), revision=newest(guide, "en"))
    return other


def test_everything_that_points_at_a_guide_is_told(guide: Guide, linking: Guide) -> None:
    OldSlug.objects.create(slug="before", guide=guide)
    third = factories.make_guide("third")
    body = "## A {#a}\n\nSee [[before]], `[[a-guide]]` and \\[[a-guide]].[@s1]"
    save_draft(
        guide=third, language="zh-hans", by=None, text={"title": "三", "body": body}, made_from=0,
        facts=make_facts(related=["before"]),
    )  # fmt: skip
    factories.make_guide("a-guide-2")

    uses = uses_of_guide(guide)

    assert [
        (one.edition.guide.slug, one.edition.language, one.is_live, one.is_newest, one.is_waiting)
        for one in uses.texts
    ] == [
        ("other", "en", False, True, True),
        ("other", "zh-hans", True, True, False),
        ("third", "zh-hans", False, True, False),
    ]
    assert [
        (one.guide.slug, one.is_related, one.is_successor, one.is_draft) for one in uses.facts
    ] == [("other", True, True, False), ("third", True, False, True)]
    assert [one.name for one in uses.releases] == ["December"]
    assert uses.total == 6
    assert uses_of_guide(third).total == 0


def test_of_open_cases_no_more_is_told_than_how_many(as_editor: Client, owner: User) -> None:
    first, second = factories.open_case(owner), factories.open_case(owner, store="Secret shop")
    guide = Guide.objects.get(slug="item-learned")
    factories.make_source("s1")

    assert sorted(one.count for one in uses_of_guide(guide).counts) == [1, 2]
    page = as_editor.get(address("used", guide.pk)).content.decode()
    assert "demands of open cases: 2" in page
    assert "requirements: 1" in page
    assert first.store not in page
    assert "Secret shop" not in page

    Case.objects.filter(pk=second.pk).update(closed_as="ended", closed_at=timezone.now())
    assert [one.count for one in uses_of_guide(guide).counts] == [1, 1]
    Demand.objects.filter(case=first, guide=guide).update(standing="left-out", line=1)
    assert len(uses_of_guide(guide).counts) == 1


def test_what_cites_a_source_is_told_by_its_whole_key(guide: Guide, linking: Guide) -> None:
    factories.make_source("s11")

    assert len(uses_of_source(Source.objects.get(key="s1"))) == 4
    assert uses_of_source(Source.objects.get(key="s11")) == []


def test_it_costs_as_much_for_many(
    guide: Guide, linking: Guide, django_assert_max_num_queries: Any
) -> None:
    with django_assert_max_num_queries(16) as few:
        uses_of_guide(guide)
    for number in range(5):
        other = factories.make_guide(f"more-{number}")
        factories.make_live_edition(other, body="[[a-guide]]", links=["a-guide"])
    with django_assert_max_num_queries(len(few)):
        assert len(uses_of_guide(guide).texts) == 7


def test_the_pages_tell_it(as_editor: Client, guide: Guide, linking: Guide) -> None:
    desk = as_editor.get(address("change", guide.pk)).content.decode()
    page = as_editor.get(address("used", guide.pk)).content.decode()

    assert f'<a href="{address("used", guide.pk)}">Used in 4 places</a>' in desk
    for words in (
        "Texts that link here",
        "as what holds today",
        "in a release to come",
        "December",
    ):
        assert words in page
    assert f'href="{address("change", linking.pk)}"' in page
    assert staff("view_guide").get(address("used", guide.pk)).status_code == 200
    assert staff("view_source").get(address("used", guide.pk)).status_code == 403
    assert as_editor.post(address("used", guide.pk)).status_code == 405


def test_a_guide_is_given_another_address_on_its_page(
    as_editor: Client, editor: User, guide: Guide, linking: Guide
) -> None:
    where = address("rename", guide.pk)
    page = as_editor.get(where).content.decode()
    assert "Texts that link here" in page
    assert 'value="a-guide"' in page

    for slug, words in [("other", "There is a guide at this address already."),
                        ("Ö", "Use small letters, digits and hyphens."), ("", "field-error")]:  # fmt: skip
        answer = as_editor.post(where, {"slug": slug})
        assert answer.status_code == 422
        assert words in answer.content.decode()
        assert not slug or f'value="{slug}"' in answer.content.decode()
    answer = as_editor.post(where, {"slug": "new"}, follow=True)

    assert "It is at “new” now." in answer.content.decode()
    guide.refresh_from_db()
    assert guide.slug == "new"
    taken = as_editor.post("/admin/guides/guide/add/", {
        "slug": "a-guide", "kind": "article", "source_language": "en", "title": "Again",
    })  # fmt: skip
    assert "This address leads to a guide that had it before." in taken.content.decode()
    assert 'value="new" selected' in as_editor.get(address("change", linking.pk)).content.decode()


def test_only_who_may_publish_gives_another_address(guide: Guide, owner: User) -> None:
    where = address("rename", guide.pk)

    for client in (staff("view_guide", "change_guide", "review_guide"), staff("view_source")):
        assert client.get(where).status_code == 403
        assert client.post(where, {"slug": "new"}).status_code == 403
    assert signed_in(owner).post(where, {"slug": "new"}).status_code == 302
    assert staff("view_guide", "publish_guide").post(where, {"slug": "new"}).status_code == 302
    assert Guide.objects.get().slug == "new"

"""What links to a guide is known without reading every text."""

from __future__ import annotations

import importlib

from django.apps import apps

from guides.models import Edition, Guide, Revision
from guides.publishing import publish, withdraw

from .conftest import draft


def linked_from(guide: Guide) -> list[str]:
    return [edition.guide.slug for edition in guide.linked_from.select_related("guide")]


def test_it_follows_what_is_published_and_withdrawn(guide: Guide, zh: Revision) -> None:
    other = Guide.objects.create(slug="other", kind="article")
    publish([zh], by=None)
    publish([draft(other, "zh-hans", body="看[[a-guide]][@s1]。")], by=None)
    assert linked_from(guide) == ["other"]

    publish([draft(other, "zh-hans", body="不看了[@s1]。")], by=None)
    assert linked_from(guide) == []

    publish([draft(other, "zh-hans", body="又看[[a-guide]][@s1]。")], by=None)
    assert linked_from(guide) == ["other"]
    withdraw(edition=Edition.objects.get(guide=other), by=None, because="错了")
    assert linked_from(guide) == []


def test_what_an_older_release_rendered_is_linked_as_well(guide: Guide, zh: Revision) -> None:
    other = Guide.objects.create(slug="other", kind="article")
    publish([zh], by=None)
    publish([draft(other, "zh-hans", body="看[[a-guide]][@s1]。")], by=None)
    Edition.linked.through.objects.all().delete()

    migration = importlib.import_module("guides.migrations.0005_linked_guides")
    migration.link_what_is_rendered(apps, None)

    assert linked_from(guide) == ["other"]

"""The stamp of the public pages: it rises with every change that readers see, and only then."""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.db import connection, transaction
from django.test import Client
from django.urls import reverse

from guides.models import Edition, PageStamp, Revision, Source, User
from guides.publishing import bundle, mark_checked, publish, restore, withdraw

from .conftest import draft

pytestmark = pytest.mark.django_db

#: What pages are made from. Drafts write rows of some of these too, which no page shows.
SHOWN = {
    "guides_guide", "guides_guide_related", "guides_edition", "guides_publication",
    "guides_source", "guides_authorizationmethod",
}  # fmt: skip
WRITE = re.compile(r'(?:INSERT (?:OR IGNORE )?INTO|UPDATE|DELETE FROM) "(\w+)"')


@contextmanager
def written() -> Iterator[list[str]]:
    """The tables that were written to, in order."""
    tables: list[str] = []

    def watch(execute: Any, sql: str, *rest: Any) -> Any:
        if found := WRITE.match(sql):
            tables.append(found[1])
        return execute(sql, *rest)

    with connection.execute_wrapper(watch):
        yield tables


def checked(revision: Revision, editor: User) -> None:
    mark_checked(guide=revision.edition.guide, by=editor, on=datetime.date(2026, 11, 24))


def rendered(revision: Revision, editor: User) -> None:
    call_command("render_guides", verbosity=0)


def published(revision: Revision, editor: User) -> None:
    publish([draft(revision.edition.guide, "zh-hans", title="新标题")], by=editor)


def taken_away(revision: Revision, editor: User) -> None:
    withdraw(edition=revision.edition, by=editor, because="Wrong.")


@pytest.mark.parametrize("change", [published, taken_away, checked, rendered])
def test_it_rises_last_in_what_readers_see(
    zh: Revision, editor: User, change: Callable[[Revision, User], None]
) -> None:
    publish([zh], by=None)
    before = PageStamp.objects.present()

    with written() as tables:
        change(zh, editor)

    assert PageStamp.objects.present() > before
    assert SHOWN & set(tables)
    # It is held until the end: two who publish would otherwise wait for one another.
    assert tables[-1] == "guides_pagestamp"


def test_it_rises_when_a_release_is_loaded_and_not_when_nothing_is_new(tmp_path: Path) -> None:
    source = '{"s1": {"title": {"en": "A"}, "language": "en", "publisher": "", "address": "",'
    source += ' "archived": "", "version": "", "grade": "official", "seen_on": null,'
    (tmp_path / "sources.json").write_text(source + ' "seen_as": "stored"}}')

    bundle.load(tmp_path)
    first = PageStamp.objects.present()
    bundle.load(tmp_path)

    assert first > 0
    assert PageStamp.objects.present() == first


def test_it_rises_when_a_source_is_changed_or_removed(as_editor: Client, zh: Revision) -> None:
    source = Source.objects.create(key="s2", titles={"en": "A page"}, grade="official")
    address = reverse("admin:guides_source_change", args=[source.pk])
    form = as_editor.get(address).context["adminform"].form
    values = {form.add_prefix(name): form[name].value() or "" for name in form.fields}

    as_editor.post(address, values | {"publisher": "Amazon"})
    changed = PageStamp.objects.present()
    as_editor.post(reverse("admin:guides_source_delete", args=[source.pk]), {"post": "yes"})

    assert changed > 0
    assert not Source.objects.filter(key="s2").exists()
    assert PageStamp.objects.present() > changed


def test_a_draft_leaves_it(zh: Revision, editor: User) -> None:
    publish([zh], by=None)
    before = PageStamp.objects.present()

    draft(zh.edition.guide, "zh-hans", title="新标题")
    restore(revision=zh, by=editor)

    assert PageStamp.objects.present() == before


def test_it_does_not_rise_with_what_is_rolled_back(zh: Revision) -> None:
    before = PageStamp.objects.present()

    with transaction.atomic():
        publish([zh], by=None)
        transaction.set_rollback(True)

    assert not Edition.objects.live().exists()
    assert PageStamp.objects.present() == before


def test_it_begins_at_nothing_and_rises_by_one() -> None:
    assert PageStamp.objects.present() == 0

    for number in (1, 2, 3):
        PageStamp.objects.rise()
        assert PageStamp.objects.present() == number
    assert PageStamp.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_it_rises_in_a_transaction_alone() -> None:
    with pytest.raises(transaction.TransactionManagementError):
        PageStamp.objects.rise()

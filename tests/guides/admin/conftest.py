"""A guide that is live in both languages, and staff with fewer rights than an editor."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.auth.models import Permission
from django.forms import NullBooleanSelect
from django.test import Client
from django.urls import reverse

from guides.admin.page import Page
from guides.models import Guide, Revision, User
from guides.publishing import digests_of, publish, save_draft
from tests import factories
from tests.conftest import signed_in
from tests.guides.publishing.conftest import EN, ZH, make_facts


@pytest.fixture
def guide(editor: User) -> Guide:
    factories.make_source("s1")
    guide = Guide.objects.create(slug="a-guide", kind="article")
    put_live(guide, editor)
    return guide


def put_live(guide: Guide, by: User) -> list[Revision]:
    zh = save_draft(
        guide=guide, language="zh-hans", by=by, text=ZH, made_from=0, facts=make_facts(), note="新"
    )
    en = save_draft(
        guide=guide,
        language="en",
        by=by,
        text=EN,
        made_from=0,
        note="new",
        source_digests=digests_of(zh),
    )
    publish([zh, en], by=None)
    guide.refresh_from_db()
    return [zh, en]


def address(name: str, *args: Any) -> str:
    return reverse(f"admin:guides_guide_{name}", args=args)


def sent(guide: Guide, **changes: Any) -> dict[str, Any]:
    """What a browser sends from the page of a guide where only these fields were changed.

    `zh_body` is the field `zh-hans-body`, `en_title` the field `en-title`, and so on.
    """
    data: dict[str, Any] = {}
    for column in Page(guide).columns:
        data[f"{column.language}-made_from"] = str(column.made_from)
        for form in column.forms:
            for field in form:
                value = field.value()
                if isinstance(field.field.widget, NullBooleanSelect):
                    value = field.field.widget.format_value(value)
                if value is True:
                    value = "on"
                if value not in (None, False):
                    data[field.html_name] = value
    for name, value in changes.items():
        language, _underscore, field = name.partition("_")
        data[f"{'zh-hans' if language == 'zh' else language}-{field}"] = value
    return data


def newest(guide: Guide, language: str) -> Revision:
    return Revision.objects.filter(edition__guide=guide, edition__language=language).first()


def staff(*permissions: str) -> Client:
    """Somebody who may open the desk and has only these rights in it."""
    person = factories.make_user(is_staff=True)
    person.user_permissions.set(Permission.objects.filter(codename__in=permissions))
    return signed_in(person)

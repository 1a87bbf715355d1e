"""The address of a picture: the same bytes for everybody, for good, and nothing that runs."""

from __future__ import annotations

import uuid
from typing import Any

import pytest
from django.test import Client

from guides.models import Picture
from tests import factories
from tests.conftest import signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def picture() -> Picture:
    return factories.make_picture()


def test_it_is_for_everybody_and_for_good(
    picture: Picture, editor: Any, django_assert_num_queries: Any
) -> None:
    for client in (Client(), signed_in(editor)):
        with django_assert_num_queries(1):
            answer = client.get(f"/pictures/{picture.pk}/")

        assert answer.content == factories.DOT
        assert not answer.cookies
        said = dict(answer.headers)
        assert {name: said.get(name) for name in EXPECTED} == EXPECTED | {
            "ETag": f'"{picture.sha256}"',
            "Content-Length": str(len(factories.DOT)),
        }


EXPECTED = {
    "Cache-Control": "public, max-age=31536000, immutable",
    "Content-Disposition": "inline",
    "Content-Security-Policy": "default-src 'none'; sandbox",
    "Content-Type": "image/png",
    "Cross-Origin-Resource-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
    "Set-Cookie": None,
    "Vary": None,
    "Content-Language": None,
    "ETag": None,
    "Content-Length": None,
}


def test_whoever_has_it_is_not_sent_it_again(picture: Picture) -> None:
    address, etag = picture.get_absolute_url(), f'"{picture.sha256}"'

    known = Client().get(address, headers={"If-None-Match": f'"x", W/{etag}, {etag}'})
    other = Client().get(address, headers={"If-None-Match": '"x"'})

    assert (known.status_code, known.content, known["ETag"]) == (304, b"", etag)
    assert known["Cache-Control"] == EXPECTED["Cache-Control"]
    assert (other.status_code, other.content) == (200, factories.DOT)


def test_its_head_alone_reads_no_bytes(picture: Picture, django_assert_num_queries: Any) -> None:
    with django_assert_num_queries(1) as asked:
        answer = Client().head(picture.get_absolute_url())

    assert answer["Content-Length"] == str(len(factories.DOT))
    assert '"content"' not in asked.captured_queries[0]["sql"]


def test_what_is_not_there_is_not_found() -> None:
    assert Client().get(f"/pictures/{uuid.uuid4()}/").status_code == 404
    assert Client().get("/pictures/menu/").status_code == 404
    assert Client().post(f"/pictures/{uuid.uuid4()}/").status_code == 405

"""What a first visit to a guide weighs, with everything that its page loads, and what it costs."""

from __future__ import annotations

import gzip
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import brotli
import pytest
from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.translation import override

from config.pagecache import CODINGS
from guides.models import Edition
from tests import factories

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("bundled")]

#: Bytes on the wire: of the whole first visit, and of the HTML in it.
WHOLE, HTML = 30_000, 14_000
#: Status line and headers of one answer, as this site sends them.
HEAD = 850
LOADED = re.compile(r'<(?:link rel="(?:icon|stylesheet)" href|script src)="([^"]+)"')
#: Files are compressed once, when they are collected, as well as it can be done.
BEST = {"br": brotli.compress, "gzip": lambda content: gzip.compress(content, 9)}
#: Queries of a page for a stranger, whatever the number of guides.
GUIDE, SEARCH = 4, 6
QUERIES = ["MWS", "密钥", "封号", "no such thing"]


@cache
def weight_of_file(address: str, coding: str) -> int:
    content = Path(settings.BASE_DIR, "static", address.removeprefix("/static/")).read_bytes()
    return len(BEST[coding](content))


def test_every_guide_is_light_and_cheap(anonymous: Client) -> None:
    """By brotli, which browsers are sent over https, with the headers of every answer as well."""
    editions = list(Edition.objects.live().select_related("guide"))
    assert len(editions) > 40
    faults = []
    for edition in editions:
        address = edition.get_absolute_url()
        with CaptureQueriesContext(connection) as asked:
            page = anonymous.get(address)
        assert page.status_code == 200
        if len(asked) > GUIDE:
            faults.append(f"{address}: {len(asked)} queries")
        faults += [f"{address}: {fault}" for fault in weight_faults(page.content)]
        faults += [f"{address}: {fault}" for fault in paint_faults(page.content.decode())]

    assert faults == []


def weight_faults(page: bytes) -> Iterator[str]:
    files = LOADED.findall(page.decode())
    assert len(files) > 3
    for coding, heads in (("br", HEAD * (1 + len(files))), ("gzip", 0)):
        html = len(CODINGS[coding](page))
        whole = html + heads + sum(weight_of_file(one, coding) for one in files)
        if html > HTML:
            yield f"{html} bytes of HTML by {coding}"
        if whole > WHOLE:
            yield f"{whole} bytes by {coding}, with {files}"


def paint_faults(page: str) -> Iterator[str]:
    """Nothing blocks the first paint but style, and nothing moves when a picture comes."""
    for script in re.findall(r"<script[^>]*>", page):
        if "defer" not in script and 'type="application/ld+json"' not in script:
            yield script
    for picture in re.findall(r"<img[^>]*>", page):
        if not all(f"{side}=" in picture for side in ("width", "height")):
            yield picture
        if 'loading="lazy"' not in picture:  # else it is not counted as loaded
            yield picture


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_no_search_asks_more_than_it_may(anonymous: Client, language: str) -> None:
    with override(language):
        address = reverse("guides:search")
    for query in QUERIES:
        with CaptureQueriesContext(connection) as asked:
            assert anonymous.get(address, {"q": query}).status_code == 200
        assert len(asked) <= SEARCH, f"{query}: {asked.captured_queries}"


def test_more_guides_ask_no_more(anonymous: Client) -> None:
    pages = ["/en/guides/clause-2-4/", "/en/guides/exposed/", "/en/search/?q=MWS"]
    before = [queries_of(anonymous, page) for page in pages]
    for _one in range(20):
        edition = factories.make_live_edition(factories.make_guide(), "en", plain="MWS")
        Edition.objects.filter(pk=edition.pk).update(folded="mws")

    assert [queries_of(anonymous, page) for page in pages] == before


def queries_of(client: Client, address: str) -> int:
    with CaptureQueriesContext(connection) as asked:
        client.get(address)
    return len(asked)

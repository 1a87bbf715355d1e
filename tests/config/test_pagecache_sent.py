"""How pages that are kept are sent: coded, with an ETag, or not at all."""

from __future__ import annotations

import gzip
from collections.abc import Callable
from typing import Any

import brotli
import pytest

from .cached_site import BODY, HTML, Site

DECODED: dict[str, Callable[[bytes], bytes]] = {
    "": bytes,
    "gzip": gzip.decompress,
    "br": brotli.decompress,
}


@pytest.fixture(autouse=True)
def _address(settings: Any) -> None:
    settings.SITE_URL = f"http://{Site.host}"


@pytest.mark.parametrize(
    ("accepted", "sent"),
    [
        pytest.param("gzip, deflate, br, zstd", "br", id="a browser"),
        pytest.param("gzip, deflate", "gzip", id="a browser without TLS"),
        pytest.param("", "", id="nothing"),
        pytest.param("identity", "", id="as it is"),
        pytest.param("zstd", "", id="what is not made here"),
        pytest.param("BR", "br", id="in capitals"),
        pytest.param("br;q=0, gzip", "gzip", id="refused"),
        pytest.param("br;q=0.5, gzip;q=0.8", "gzip", id="liked less"),
        pytest.param("br; q=1.0 ,gzip;q=1", "br", id="with spaces"),
        pytest.param("*", "br", id="anything"),
        pytest.param("*;q=0", "", id="nothing else"),
        pytest.param("gzip;q=much", "", id="no number"),
        pytest.param(",;=,", "", id="nonsense"),
        pytest.param("br, " + "x" * 400, "", id="so long that many of them would fill memory"),
    ],
)
def test_the_best_coding_is_sent(accepted: str, sent: str) -> None:
    site = Site()

    for _once in range(2):
        _status, headers, body = site.get(HTTP_ACCEPT_ENCODING=accepted)
        assert headers.get("Content-Encoding", "") == sent
        assert DECODED[sent](body) == BODY
        assert headers["Content-Length"] == str(len(body))
        assert headers["Vary"] == "Accept-Encoding"


def test_each_coding_has_a_strong_etag_of_its_own() -> None:
    site = Site()

    etags = {site.get(HTTP_ACCEPT_ENCODING=one)[1]["ETag"] for one in ("br", "gzip", "")}

    assert len(etags) == 3
    assert all(etag.startswith('"') and etag.endswith('"') for etag in etags)


def test_pictures_are_not_compressed_again() -> None:
    site = Site(headers=[("Content-Type", "image/png")])

    _status, headers, body = site.get(HTTP_ACCEPT_ENCODING="br")

    assert body == BODY
    assert "Content-Encoding" not in headers
    assert "Vary" not in headers


def test_every_header_stays_as_it_was_made() -> None:
    said = [
        HTML,
        ("Content-Length", "999"),
        ("Vary", "Cookie, Accept-Encoding"),
        ("Content-Security-Policy", "default-src 'none'"),
        ("Cache-Control", "public, no-cache"),
    ]
    site = Site(headers=said)

    site.get()
    _status, headers, _body = site.get()

    assert headers.pop("ETag")
    assert headers == dict(said) | {"Content-Length": str(len(BODY))}


@pytest.mark.parametrize(
    ("asked", "status"),
    [
        pytest.param("{0}", "304 Not Modified", id="the same"),
        pytest.param("W/{0}", "304 Not Modified", id="weakened on its way"),
        pytest.param('"other", {0}', "304 Not Modified", id="one of several"),
        pytest.param('W/"other",W/{0}', "304 Not Modified", id="without a space"),
        pytest.param("*", "304 Not Modified", id="any"),
        pytest.param('"other"', "200 OK", id="another"),
        pytest.param("", "200 OK", id="none"),
        pytest.param("{1}", "200 OK", id="another coding's"),
    ],
)
@pytest.mark.parametrize("method", ["GET", "HEAD"])
def test_a_page_that_is_known_is_not_sent_again(asked: str, status: str, method: str) -> None:
    site = Site(headers=[HTML, ("Content-Security-Policy", "x"), ("Vary", "Cookie")])
    tags = [site.get(HTTP_ACCEPT_ENCODING=one)[1]["ETag"] for one in ("br", "gzip")]

    got, headers, body = site.get(
        HTTP_ACCEPT_ENCODING="br", HTTP_IF_NONE_MATCH=asked.format(*tags), REQUEST_METHOD=method
    )

    assert got == status
    assert headers["ETag"] == tags[0]
    assert headers["Vary"] == "Cookie, Accept-Encoding"
    assert headers["Content-Security-Policy"] == "x"
    if status.startswith("304"):
        assert body == b""
        assert not {"Content-Length", "Content-Encoding", "Content-Type"} & set(headers)


def test_the_head_is_that_of_the_page() -> None:
    site = Site()
    whole = site.get(HTTP_ACCEPT_ENCODING="br")

    head = site.get(HTTP_ACCEPT_ENCODING="br", REQUEST_METHOD="HEAD")

    assert head == (*whole[:2], b"")
    assert site.asked == 1

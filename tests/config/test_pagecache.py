"""Whole public pages in front of Django: what is kept, for whom, and how long."""

from __future__ import annotations

import datetime
import threading
from typing import Any

import pytest
import time_machine
from django.db import OperationalError

from config.pagecache import OVERHEAD, Key, Page, Pages, Stamp
from config.wsgi import with_pages

from .cached_site import BODY, HTML, Clock, Made, Site


@pytest.fixture(autouse=True)
def _address(settings: Any) -> None:
    settings.SITE_URL = f"http://{Site.host}"


def test_a_public_page_is_made_once_and_closed() -> None:
    site = Site()

    answers = [site.get(), site.get()]

    assert answers[0] == answers[1]
    assert answers[0][2] == BODY
    assert site.asked == 1
    assert site.made[0].is_closed


@pytest.mark.parametrize(
    "environ",
    [
        pytest.param({"REQUEST_METHOD": "POST"}, id="a form that is sent"),
        pytest.param({"HTTP_HOST": "example.com"}, id="a foreign host"),
        pytest.param({"HTTP_HOST": "127.0.0.1"}, id="another port"),
        pytest.param({"HTTP_HOST": ""}, id="no host"),
        pytest.param({"HTTP_COOKIE": "a=b"}, id="any cookie"),
        pytest.param({"HTTP_COOKIE": ""}, id="an empty cookie"),
        pytest.param({"HTTP_AUTHORIZATION": "Basic eDp5"}, id="a password"),
        pytest.param({"HTTP_RANGE": "bytes=0-9"}, id="a range"),
        pytest.param({"CONTENT_LENGTH": "5"}, id="a body"),
        pytest.param({"HTTP_TRANSFER_ENCODING": "chunked"}, id="a body of chunks"),
        pytest.param({"PATH_INFO": "/"}, id="the bare address"),
    ],
)
def test_what_is_not_simple_passes_through_untouched(environ: dict[str, str]) -> None:
    site = Site()
    site.get()  # kept for those who may have it

    answer = site.get(**environ, HTTP_ACCEPT_ENCODING="br")

    assert answer == ("200 OK", dict([HTML]), BODY)
    assert not site.is_kept(**environ)


@pytest.mark.parametrize(
    "changes",
    [
        pytest.param({"queries": None}, id="a view that says nothing"),
        pytest.param({"status": "404 Not Found"}, id="nothing there"),
        pytest.param({"status": "302 Found"}, id="on to elsewhere"),
        pytest.param({"headers": [HTML, ("Set-Cookie", "a=b")]}, id="a cookie is set"),
        pytest.param({"headers": [HTML, ("Content-Encoding", "gzip")]}, id="coded already"),
    ],
)
def test_what_is_not_public_passes_through_untouched(changes: dict[str, Any]) -> None:
    site = Site(**changes)
    expected = site.answers["status"], dict(site.answers["headers"]), BODY

    assert site.get(HTTP_ACCEPT_ENCODING="br") == expected
    assert not site.is_kept()
    assert not site.made[0].is_closed  # that is the server's


@pytest.mark.parametrize(
    ("changes", "environ"),
    [
        pytest.param({"headers": [HTML, ("Vary", "Cookie, Accept-Language")]}, {}, id="language"),
        pytest.param({"headers": [HTML, ("Vary", "*")]}, {}, id="varies with everything"),
        pytest.param(
            {"headers": [HTML, ("Cache-Control", "private")]}, {}, id="said to be private"
        ),
        pytest.param({}, {"QUERY_STRING": "q=x"}, id="a query that no view names"),
        pytest.param({}, {"QUERY_STRING": "era=mws&q=x"}, id="one more than is named"),
        pytest.param({}, {"REQUEST_METHOD": "HEAD"}, id="only its head was asked for"),
        pytest.param({"limit": 0}, {}, id="no room"),
        pytest.param({"limit": OVERHEAD + len(BODY)}, {}, id="too little room"),
    ],
)
def test_other_public_pages_are_sent_the_same_and_not_kept(
    changes: dict[str, Any], environ: dict[str, str]
) -> None:
    site = Site(**changes)

    status, headers, _body = site.get(**environ, HTTP_ACCEPT_ENCODING="br")

    assert status == "200 OK"
    assert headers["Content-Encoding"] == "br"
    assert headers["ETag"]
    assert not site.is_kept(**environ)
    assert site.cache.pages.size == 0


def test_a_query_that_the_view_names_has_a_page_of_its_own() -> None:
    site = Site()

    assert site.is_kept(QUERY_STRING="era=mws")
    assert site.asked == 1
    assert site.is_kept()
    assert site.asked == 2


def test_a_page_by_https_is_another_one(settings: Any) -> None:
    settings.SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    site = Site()

    for scheme in ("https", "http", "nonsense", "https, http"):
        site.get(HTTP_X_FORWARDED_PROTO=scheme)

    assert site.asked == 2


def test_what_was_asked_for_longest_ago_goes_first() -> None:
    size = Page.of([HTML], BODY).size
    site = Site(limit=2 * size)
    for path in ("/en/a/", "/en/b/", "/en/a/", "/en/c/"):
        site.get(path)
    before = site.asked

    site.get("/en/a/")
    site.get("/en/c/")
    assert site.asked == before
    site.get("/en/b/")
    assert site.asked == before + 1
    assert site.cache.pages.size == 2 * size


def test_many_threads_keep_to_the_bound() -> None:
    page = Page.of([HTML], BODY)
    pages = Pages(5 * page.size)
    failed = []

    def work(number: int) -> None:
        try:
            for one in range(300):
                key: Key = (number, day, False, f"/{one % 7}/", "")
                if pages.get(key) is None:
                    pages.keep(key, page)
        except Exception as error:
            failed.append(error)

    day = datetime.date(2026, 11, 24)
    threads = [threading.Thread(target=work, args=(number % 3,)) for number in range(64)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert failed == []
    assert pages.size == 5 * page.size


def test_it_is_off_while_developing(settings: Any) -> None:
    settings.DEBUG = True

    assert with_pages(Site.application) is Site.application


# --- When it stops being true --------------------------------------------------------------


def test_a_page_is_made_anew_when_the_stamp_has_risen_for_a_second() -> None:
    site = Site()
    site.get()
    site.answers["body"], site.present = b"new", 2

    site.clock.now += 0.9
    assert site.get()[2] == BODY
    site.clock.now += 0.1
    assert site.get()[2] == b"new"


def test_the_stamp_is_read_once_a_second_however_much_is_asked() -> None:
    clock, reads = Clock(), []
    stamp = Stamp(lambda: reads.append(1) or len(reads), clock)  # type: ignore[func-returns-value]

    assert [stamp.number() for _once in range(50)] == [1] * 50
    clock.now += 1
    assert [stamp.number() for _once in range(50)] == [2] * 50


def test_what_took_long_to_read_is_as_old_as_when_reading_began() -> None:
    clock, reads = Clock(), []

    def slowly() -> int:
        reads.append(1)
        clock.now += 0.7
        return len(reads)

    stamp = Stamp(slowly, clock)

    assert stamp.number() == 1
    clock.now += 0.2
    assert stamp.number() == 1
    clock.now += 0.1
    assert stamp.number() == 2


def test_a_page_begun_before_a_publication_is_not_found_after_it() -> None:
    site = Site()
    make = site.application

    def overtaken(environ: dict[str, Any], start_response: Any) -> Made:
        """It reads the old text; the publication is committed before it is done."""
        old = make(environ, start_response)
        site.present, site.answers["body"] = 2, b"new"
        site.cache._application = make
        return old

    site.cache._application = overtaken
    assert site.get()[2] == BODY

    site.clock.now += 1
    assert site.get()[2] == b"new"


def test_seals_fall_due_at_midnight_in_the_zone_of_the_site(settings: Any) -> None:
    settings.TIME_ZONE = "Asia/Shanghai"
    site = Site()

    with time_machine.travel("2026-11-24T15:59:59+00:00", tick=False):
        site.get()
        assert site.is_kept()
    with time_machine.travel("2026-11-24T16:00:00+00:00", tick=False):
        site.get()

    assert site.asked == 2


def test_without_a_database_everything_passes_through() -> None:
    site = Site()
    site.get()
    site.clock.now += 1
    site.cache._stamp._read = away

    answer = site.get(HTTP_ACCEPT_ENCODING="br")

    assert answer == ("200 OK", dict([HTML]), BODY)
    assert site.asked == 2
    site.cache._stamp._read = site.read
    site.clock.now += 1
    assert site.is_kept()


def away() -> int:
    raise OperationalError("the database is away")

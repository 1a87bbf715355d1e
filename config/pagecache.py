"""Whole public pages, kept in front of Django: what every stranger gets alike is made once.

A page is kept with the number of the stamp that was read before it was made. Whatever changes
what readers see raises that number in the same transaction, so a page that was begun before such
a commit is never found after it.
"""

from __future__ import annotations

import datetime
import gzip
import hashlib
import re
import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import Any
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

import brotli
from django.apps import apps
from django.conf import settings
from django.db import Error, connection

Environ = dict[str, Any]
Header = tuple[str, str]
StartResponse = Callable[..., Any]
Application = Callable[[Environ, StartResponse], Iterable[bytes]]
#: Stamp, day, whether by https, path, query.
Key = tuple[int, datetime.date, bool, str, str]

#: For how many seconds the stamp that was read last is taken for the present one.
SECONDS = 1.0
#: Of an answer that Django made, what depends on how it is sent.
OF_THE_BYTES = {"content-length", "content-encoding", "etag", "vary"}
#: What an answer without the page itself does not say.
OF_THE_PAGE = {"content-length", "content-encoding", "content-type"}
#: A page may depend on a cookie, since it is kept for those without one; on nothing else.
KEPT_VARY = {"cookie", "accept-encoding"}
TEXT = re.compile(r"text/|[^;]*(xml|json|javascript)")
#: Of an Accept-Encoding header, which is remembered. Browsers send a tenth of it.
LONGEST_ACCEPT = 200
#: About what Python needs for a page besides its bytes.
OVERHEAD = 8_000


def brotlied(body: bytes) -> bytes:
    # 0.6 ms for 38 kB; the best quality takes 35 ms to save another tenth.
    return bytes(brotli.compress(body, quality=5))


def gzipped(body: bytes) -> bytes:
    return gzip.compress(body, compresslevel=6, mtime=0)


CODINGS = {"br": brotlied, "gzip": gzipped}


# --- What a client asks for ----------------------------------------------------------------


@lru_cache(maxsize=256)
def wanted_codings(accepted: str) -> tuple[str, ...]:
    """From an Accept-Encoding header: which of ours to send, best first; "" is as it is."""
    weights: dict[str, float] = {}
    for one in accepted.lower().split(","):
        name, _, parameter = one.partition(";")
        _q, _, weight = parameter.partition("=")
        try:
            weights[name.strip()] = float(weight) if weight.strip() else 1.0
        except ValueError:
            continue
    weighed = {name: weights.get(name, weights.get("*", 0.0)) for name in CODINGS}
    liked = sorted((name for name in CODINGS if weighed[name] > 0), key=lambda name: -weighed[name])
    return (*liked, "")


def is_known(asked: str, etag: str) -> bool:
    """Whether an If-None-Match header names this page; compared weakly, as for reading."""
    return asked.strip() == "*" or etag in (
        one.strip().removeprefix("W/") for one in asked.split(",")
    )


# --- A page --------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Coded:
    """A page in one coding: what is said about it, and its bytes."""

    etag: str
    headers: list[Header]
    unchanged: list[Header]
    body: bytes


@dataclass(frozen=True, slots=True)
class Page:
    """A public answer, complete, in each coding that is worth having."""

    codings: dict[str, Coded]

    @classmethod
    def of(cls, headers: Iterable[Header], body: bytes) -> Page:
        """Everything that Django said about it stays; pictures are not compressed again."""
        said = list(headers)
        about = {name.lower(): value for name, value in said}
        kept = [(name, value) for name, value in said if name.lower() not in OF_THE_BYTES]
        digest = hashlib.sha256(body).hexdigest()[:32]
        bodies = {"": body}
        if TEXT.match(about.get("content-type", "")):
            kept.append(("Vary", ", ".join([*vary(said), "Accept-Encoding"])))
            bodies |= {name: compress(body) for name, compress in CODINGS.items()}
        elif "vary" in about:
            kept.append(("Vary", about["vary"]))
        return cls({name: coded(name, kept, digest, sent) for name, sent in bodies.items()})

    @property
    def size(self) -> int:
        return OVERHEAD + sum(len(one.body) for one in self.codings.values())

    def answer(self, environ: Environ, start_response: StartResponse) -> list[bytes]:
        sent = self.codings[""]
        accepted = environ.get("HTTP_ACCEPT_ENCODING", "")
        for name in wanted_codings(accepted if len(accepted) <= LONGEST_ACCEPT else ""):
            if name in self.codings:
                sent = self.codings[name]
                break
        asked = environ.get("HTTP_IF_NONE_MATCH")
        if asked is not None and is_known(asked, sent.etag):
            start_response("304 Not Modified", [*sent.unchanged])
            return [b""]
        start_response("200 OK", [*sent.headers])
        return [b"" if environ["REQUEST_METHOD"] == "HEAD" else sent.body]


def coded(name: str, kept: list[Header], digest: str, body: bytes) -> Coded:
    etag = f'"{digest}-{name}"' if name else f'"{digest}"'
    headers = [*kept, ("ETag", etag), ("Content-Length", str(len(body)))]
    if name:
        headers.append(("Content-Encoding", name))
    unchanged = [header for header in headers if header[0].lower() not in OF_THE_PAGE]
    return Coded(etag, headers, unchanged, body)


def vary(headers: Iterable[Header]) -> list[str]:
    """The names in the Vary header, without the one that is added for every text."""
    names = [
        one.strip() for name, value in headers if name.lower() == "vary" for one in value.split(",")
    ]
    return [name for name in names if name and name.lower() != "accept-encoding"]


# --- What is kept --------------------------------------------------------------------------


class Pages:
    """Pages up to so many bytes; the one that was asked for longest ago goes first."""

    def __init__(self, limit: int) -> None:
        self._limit = limit
        self._lock = threading.Lock()
        self._pages: OrderedDict[Key, Page] = OrderedDict()
        self.size = 0

    def get(self, key: Key) -> Page | None:
        # Without the lock: each of these two is one step for other threads.
        page = self._pages.get(key)
        if page is not None:
            try:  # noqa: SIM105  # `suppress` takes as long as all the rest here
                self._pages.move_to_end(key)
            except KeyError:
                pass  # another thread let it go meanwhile
        return page

    def keep(self, key: Key, page: Page) -> None:
        if page.size > self._limit:
            return
        with self._lock:
            before = self._pages.pop(key, None)
            self.size += page.size - (before.size if before else 0)
            self._pages[key] = page
            while self.size > self._limit:
                _key, oldest = self._pages.popitem(last=False)
                self.size -= oldest.size


def read_stamp() -> int:
    """The stamp in the database. Raises django.db.Error."""
    try:
        return int(apps.get_model("guides", "PageStamp").objects.present())
    finally:
        # As at the end of a request: this thread may not be asked for long.
        connection.close_if_unusable_or_obsolete()


class Stamp:
    """The number of the public pages, read at most once a second."""

    def __init__(
        self,
        read: Callable[[], int] = read_stamp,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._read = read
        self._clock = clock
        self._lock = threading.Lock()
        self._seen: tuple[float, int | None] = (float("-inf"), None)

    def number(self) -> int | None:
        """One that was true at most a second before this was asked; None: the database is away."""
        asked_at = self._clock()
        true_at, number = self._seen
        if asked_at - true_at < SECONDS:
            return number
        with self._lock:
            # One thread reads; the others wait for what it finds.
            if asked_at - self._seen[0] >= SECONDS:
                # What is read is true from here on at least, however long reading takes.
                began = self._clock()
                try:
                    self._seen = (began, self._read())
                except Error:
                    # Whoever waited here meanwhile need not wait for the same again.
                    self._seen = (self._clock(), None)
            return self._seen[1]


# --- In front of Django --------------------------------------------------------------------


class Beginning:
    """What an application says before its answer, held back until it is looked at."""

    def __init__(self) -> None:
        self.said: tuple[Any, ...] = ("", [])

    def __call__(self, *said: Any) -> None:
        self.said = said


class PageCache:
    """`application`, with its public pages answered from memory, compressed and with an ETag.

    Whatever is not simple passes through untouched: see `is_simple` and `is_public`. With a
    `limit` of 0 bytes nothing is kept, and every answer is the same as with one.
    """

    def __init__(self, application: Application, limit: int, stamp: Stamp | None = None) -> None:
        self._application = application
        self._stamp = stamp or Stamp()
        self._host = urlsplit(settings.SITE_URL).netloc.lower()
        self._zone = ZoneInfo(settings.TIME_ZONE)
        self._secure = settings.SECURE_PROXY_SSL_HEADER or ("wsgi.url_scheme", "https")
        self.pages = Pages(limit)

    def __call__(self, environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
        number = self._stamp.number() if self.is_simple(environ) else None
        if number is None:
            return self._application(environ, start_response)
        # Seals fall due at midnight.
        today = datetime.datetime.now(self._zone).date()
        query = environ.get("QUERY_STRING", "")
        key = (number, today, self.is_secure(environ), environ["PATH_INFO"], query)
        page = self.pages.get(key)
        if page is not None:
            return page.answer(environ, start_response)
        return self._make(key, environ, start_response)

    def is_simple(self, environ: Environ) -> bool:
        """Whether the answer can depend on nothing but the address: a stranger reads."""
        return (
            environ["REQUEST_METHOD"] in {"GET", "HEAD"}
            and environ.get("HTTP_HOST", "").lower() == self._host
            and "HTTP_COOKIE" not in environ
            and "HTTP_AUTHORIZATION" not in environ
            and "HTTP_RANGE" not in environ
            and environ.get("CONTENT_LENGTH", "") in {"", "0"}
            and "HTTP_TRANSFER_ENCODING" not in environ
            and environ["PATH_INFO"] != "/"
        )

    def is_secure(self, environ: Environ) -> bool:
        """As Django sees it: by the header of the proxy where one is named, else by the socket."""
        header, value = self._secure
        said = environ.get(header)
        if said is None:
            return bool(environ.get("wsgi.url_scheme") == "https")
        return bool(said == value or said.split(",")[0].strip() == value)

    def _make(self, key: Key, environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
        beginning = Beginning()
        answer = self._application(environ, beginning)
        status, headers = beginning.said[:2]
        # The gate hands on what Django answers inside something that is closed.
        queries = getattr(getattr(answer, "answer", answer), "public_queries", None)
        if queries is None or not is_public(status, headers):
            start_response(*beginning.said)
            return answer
        try:
            page = Page.of(headers, b"".join(answer))
        finally:
            answer.close()  # type: ignore[attr-defined]
        *_rest, query = key
        is_named = not query or query in queries
        if is_named and is_for_everybody(headers) and environ["REQUEST_METHOD"] == "GET":
            self.pages.keep(key, page)
        return page.answer(environ, start_response)


def is_for_everybody(headers: list[Header]) -> bool:
    """Whether the same address has the same page for all, as far as its headers tell."""
    said = " ".join(value for name, value in headers if name.lower() == "cache-control")
    is_private = "private" in said or "no-store" in said
    return not is_private and {name.lower() for name in vary(headers)} <= KEPT_VARY


def is_public(status: str, headers: Iterable[Header]) -> bool:
    """Of an answer that its view marked as public: whether it came out as one."""
    names = {name.lower() for name, _value in headers}
    return status.startswith("200 ") and not names & {"set-cookie", "content-encoding"}

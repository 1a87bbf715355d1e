"""The application that the server calls, behind a gate that keeps threads free for readers.

Public pages are answered from memory, in front of the gate and of Django: config/pagecache.py.

A thread is held for as long as a slow client sends or reads. When all are held, nobody is
answered. So requests with a body and long answers take one of a limited number of places;
beyond those the answer is 503 with Retry-After, at once, and readers always find a thread.
"""

from __future__ import annotations

import gc
import os
import threading
from collections.abc import Callable, Iterable, Iterator
from importlib import import_module
from typing import Any

from django.conf import settings
from django.core.wsgi import get_wsgi_application

from config.pagecache import PageCache

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

Application = Callable[..., Iterable[bytes]]

#: Of the server's 64 threads, how many may wait for slow clients at once.
PLACES = 40
GATE = "keyright.gate"
#: Headers of an answer that Django, which adds such things, has not seen.
PLAIN = [
    ("Content-Type", "text/plain; charset=utf-8"),
    ("X-Content-Type-Options", "nosniff"),
    ("Content-Security-Policy", "default-src 'none'"),
    ("Cache-Control", "no-store"),
    ("Referrer-Policy", "same-origin"),
]


class Place:
    """One place behind the gate; leaving twice is the same as leaving once."""

    def __init__(self, gate: threading.Semaphore) -> None:
        self._gate = gate
        self._lock = threading.Lock()
        self._is_taken = False

    def take(self) -> bool:
        """Take the place; False when all are taken. Taking it again changes nothing."""
        with self._lock:
            if not self._is_taken:
                self._is_taken = self._gate.acquire(blocking=False)
            return self._is_taken

    def leave(self) -> None:
        with self._lock:
            if self._is_taken:
                self._is_taken = False
                self._gate.release()


class UntilClosed:
    """An answer that leaves its place when the server is done with it, however it ends."""

    def __init__(self, answer: Iterable[bytes], place: Place) -> None:
        self.answer = answer
        self._place = place

    def __iter__(self) -> Iterator[bytes]:
        return iter(self.answer)

    def close(self) -> None:
        try:
            close = getattr(self.answer, "close", None)
            if close is not None:
                close()
        finally:
            self._place.leave()


def announces_body(environ: dict[str, Any]) -> bool:
    return environ.get("CONTENT_LENGTH") not in (None, "", "0") or bool(
        environ.get("HTTP_TRANSFER_ENCODING")
    )


def length_of_body(environ: dict[str, Any]) -> int:
    """As announced, in bytes. Chunks announce none, and Django reads none of them."""
    length = environ.get("CONTENT_LENGTH") or "0"
    return int(length) if length.isdecimal() else 0


def behind_gate(
    application: Application, places: int = PLACES, longest: int | None = None
) -> Application:
    """`application`, with at most `places` requests with a body or long answers at a time.

    A view that will answer at length takes its place through `environ["keyright.gate"]`. A body
    of more than `longest` bytes is refused before anything of it is read.
    """
    gate = threading.Semaphore(places)

    def gated(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        place = Place(gate)
        environ[GATE] = place
        if longest is not None and length_of_body(environ) > longest:
            start_response(
                "413 Content Too Large",
                PLAIN,
            )
            return ["一次上传的文件太大，请分几次上传。 Too much at once; upload less.".encode()]
        if announces_body(environ) and not place.take():
            start_response(
                "503 Service Unavailable",
                [*PLAIN, ("Retry-After", "5")],
            )
            return ["现在上传的人多，请过几秒再试。 Many uploads right now; try again.".encode()]
        try:
            return UntilClosed(application(environ, start_response), place)
        except BaseException:
            place.leave()
            raise

    return gated


def with_pages(application: Application) -> Application:
    """With public pages kept; while developing, every page is made anew."""
    return application if settings.DEBUG else PageCache(application, settings.PAGE_CACHE_LIMIT)


application = with_pages(behind_gate(get_wsgi_application(), longest=settings.REQUEST_LIMIT))

# What stays for as long as the server runs is loaded now, and never looked through again for
# what can go; a page of a large case makes 200,000 objects, which are not looked through three
# hundred times while it is made. Together that was a fifth of its time. The third number is how
# many of those looks go by before the oldest are looked through: 20 let a flood of large pages
# hold half as much memory again, and saved nothing.
import_module(settings.ROOT_URLCONF)
gc.collect()
gc.freeze()
gc.set_threshold(20_000, 20, 5)

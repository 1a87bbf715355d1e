"""The cache of whole pages around an application that says what a test wants it to."""

from __future__ import annotations

from typing import Any

from config.pagecache import PageCache, Stamp

HTML = ("Content-Type", "text/html; charset=utf-8")
BODY = "规则原文，逐条看得懂。".encode() * 50


class Clock:
    """Seconds that pass when a test says so."""

    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


class Made(list[bytes]):
    """An answer of an application that a view marked as public."""

    public_queries: frozenset[str] | None = frozenset({"era=mws"})
    is_closed = False

    def close(self) -> None:
        self.is_closed = True


class Site:
    """A cache around an application that counts how often it is asked."""

    host = "127.0.0.1:8000"

    def __init__(self, *, limit: int = 1_000_000, **changes: Any) -> None:
        self.answers = {"status": "200 OK", "headers": [HTML], "body": BODY} | changes
        self.asked = 0
        self.made: list[Made] = []
        self.clock = Clock()
        self.present = 1
        self.cache = PageCache(self.application, limit, Stamp(self.read, self.clock))

    def read(self) -> int:
        return self.present

    def application(self, environ: dict[str, Any], start_response: Any) -> Made:
        self.asked += 1
        start_response(self.answers["status"], list(self.answers["headers"]))
        self.made.append(Made([self.answers["body"]]))
        self.made[-1].public_queries = self.answers.get("queries", frozenset({"era=mws"}))
        return self.made[-1]

    def get(self, path: str = "/en/", **environ: str) -> tuple[str, dict[str, str], bytes]:
        said: list[Any] = []
        asked = {
            "REQUEST_METHOD": "GET",
            "HTTP_HOST": self.host,
            "PATH_INFO": path,
            "QUERY_STRING": "",
            "wsgi.url_scheme": "http",
        }
        answer = self.cache(asked | environ, lambda *args: said.extend(args))
        return said[0], dict(said[1]), b"".join(answer)

    def is_kept(self, *args: Any, **environ: str) -> bool:
        """Whether asking twice asks the application at most once."""
        before = self.asked
        self.get(*args, **environ)
        self.get(*args, **environ)
        return self.asked - before < 2

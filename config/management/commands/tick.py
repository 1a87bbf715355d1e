"""All that happens by itself: once, or every so many seconds until SIGTERM."""

from __future__ import annotations

import datetime
import signal
import threading
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.db import DatabaseError, close_old_connections

from config import clockwork


class Command(BaseCommand):
    help = "Clear expired sessions and mend half-stored files. Safe to run twice or at once."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--every", type=int, help="seconds between two rounds; once without")

    def handle(self, *, every: int | None, **options: Any) -> None:
        over = threading.Event()
        if every is not None:
            signal.signal(signal.SIGTERM, lambda *_: over.set())
            signal.signal(signal.SIGINT, lambda *_: over.set())
        done_at: dict[str, datetime.datetime] = {}
        while True:
            try:
                for name in clockwork.tick(done_at):
                    if options["verbosity"] > 1:
                        self.stdout.write(name)
            except DatabaseError:
                # The next round tries again; one that was asked for by hand says so.
                if every is None:
                    raise
                clockwork.log.exception("The database did not answer")
            if every is None:
                return
            close_old_connections()
            if over.wait(every):
                return

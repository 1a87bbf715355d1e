"""Run the site: prepare, then server and clockwork until SIGTERM."""

from __future__ import annotations

import os
import threading
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from config import serve


class Command(BaseCommand):
    help = "Prepare database, guides and static files, then run the site until SIGTERM."
    requires_system_checks = ()

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--host", default=os.environ.get("HOST", "127.0.0.1"))
        parser.add_argument("--port", type=int, default=settings.PORT)

    def handle(self, *, host: str, port: int, **options: Any) -> None:
        try:
            serve.check_address(host, port)
            serve.check_var()
        except serve.CannotServe as sentence:
            raise CommandError(str(sentence)) from None
        serve.prepare(self.say)
        self.warn_of_mail()
        threading.Thread(target=self.announce, args=(host, port), daemon=True).start()
        serve.supervise(serve.children(host, port), self.say)

    def warn_of_mail(self) -> None:
        if not settings.MAIL_IS_SENT:
            self.say("Mail is off: nobody can sign up or set a new password. Set EMAIL_URL.")

    def announce(self, host: str, port: int) -> None:
        if serve.wait_until_open(host, port):
            self.say(f"Keyright is at {settings.SITE_URL}  (Ctrl-C ends it)")

    def say(self, sentence: str) -> None:
        self.stdout.write(sentence)
        self.stdout.flush()

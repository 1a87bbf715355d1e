"""Add example editors and an example seller with a half-done case."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError

from config import demo, serve


class Command(BaseCommand):
    help = "Add example editors and a seller with a half-done case, on a local site alone."

    def handle(self, **options: Any) -> None:
        if not settings.SITE_IS_LOCAL:
            raise CommandError("The demonstration has known passwords: only a local site gets it.")
        call_command("migrate", interactive=False, verbosity=0)
        serve.load_content(self.stdout.write)
        editor, seller = demo.fill()
        self.stdout.write(
            f"Start the site with make run, and sign in at {settings.SITE_URL}/zh-hans/account/login/\n"
            f"  as an editor:  {editor.email}  (then open {settings.SITE_URL}/admin/)\n"
            f"  with one role: {', '.join(demo.COLLEAGUES.values())}\n"
            f"  as a seller:   {seller.email}\n"
            f"  password of all: {demo.PASSWORD}"
        )

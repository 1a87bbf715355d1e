"""Load the checklists that new cases are opened with. Safe to run again."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from appeals import presets


class Command(BaseCommand):
    help = "Load the checklists that new cases are opened with; after load_guides."

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            changed = presets.load()
        except presets.GuidesMissing as missing:
            raise CommandError(
                f"These guides are not loaded: {missing}. Run load_guides first."
            ) from None
        for key in changed if options["verbosity"] else ():
            self.stdout.write(f"{key}: loaded")
        if not changed and options["verbosity"] > 1:
            self.stdout.write("Nothing changed.")

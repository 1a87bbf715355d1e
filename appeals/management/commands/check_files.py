"""Compare stored originals with their rows, and mend what a crash left."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from appeals.evidence.mending import mend


class Command(BaseCommand):
    help = (
        "Remove stored files older than an hour that belong to no evidence, "
        "and name evidence whose file is gone."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--dry-run", action="store_true", help="only say what would be done")

    def handle(self, *args: Any, **options: Any) -> None:
        is_trial = options["dry_run"]
        mended = mend(now=timezone.now(), is_trial=is_trial)
        for path in mended.removed:
            done = "would be removed" if is_trial else "removed"
            self.stdout.write(f"{path.parent.name}/{path.name}: {done}, no evidence has it")
        for row in mended.missing:
            self.stdout.write(f"{row.code}: its file {row.stored_as} is gone")
        if mended.missing:
            raise CommandError(
                f"{len(mended.missing)} evidence without a file. Bring the files back from a "
                "backup, or let the seller add them again."
            )
        if not mended.removed and options["verbosity"] > 1:
            self.stdout.write("Every file has its evidence, every evidence its file.")

"""Compare stored originals and sealed packages with their rows, and mend what a crash left."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from appeals.evidence.mending import Mended, mend


class Command(BaseCommand):
    help = (
        "Remove stored files older than an hour that belong to no evidence and no sealed "
        "package, and name evidence and packages whose files are gone."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--trial", "--dry-run", action="store_true", help="only say what would be done"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        is_trial = options["trial"]
        mended = mend(now=timezone.now(), is_trial=is_trial)
        for path in mended.removed:
            done = "would be removed" if is_trial else "removed"
            self.stdout.write(f"{path.parent.name}/{path.name}: {done}, no evidence has it")
        for row in mended.missing:
            self.stdout.write(f"{row.code}: its file {row.stored_as} is gone")
        for package, names in mended.incomplete:
            place = f"case {package.case.code}, sealed package of round {package.round}"
            for name in names:
                self.stdout.write(f"{place}: its file {name} is gone")
        if mended.missing or mended.incomplete:
            raise CommandError(_what_is_gone(mended))
        if options["verbosity"] > 0:
            self._say_all_is_well(len(mended.removed), is_trial=is_trial)

    def _say_all_is_well(self, count: int, *, is_trial: bool) -> None:
        words = {0: "No file is left over.", 1: "1 file that belonged to nothing"}
        said = words.get(count, f"{count} files that belonged to nothing")
        if count:
            was = "was" if count == 1 else "were"
            said += " would be removed." if is_trial else f" {was} removed."
        self.stdout.write(said)
        self.stdout.write("Every file has its evidence, every evidence its file.")


def _what_is_gone(mended: Mended) -> str:
    parts = []
    if mended.missing:
        parts.append(f"{len(mended.missing)} evidence without a file")
    if mended.incomplete:
        parts.append(f"{len(mended.incomplete)} sealed packages not whole")
    return (
        f"{' and '.join(parts)}. Bring the files back from a backup, or let the seller add them "
        "again; a sealed package comes back from a backup alone."
    )

"""Bring in the bundled guides, as the release's own publication."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from guides.publishing import NotPublishable, bundle
from guides.publishing.files import BadFile
from guides.publishing.older import render_what_search_lacks
from guides.publishing.plan import Plan, plan_load


class Command(BaseCommand):
    help = "Load bundled guides that changed; what was edited here is left alone and reported."
    requires_system_checks = ()

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("folder", nargs="?", type=Path, default=bundle.BUNDLE)
        parser.add_argument("--plan", action="store_true", help="Say what it would do, and stop.")

    def handle(self, *, folder: Path, verbosity: int, plan: bool, **options: Any) -> None:
        if not folder.is_dir():
            raise CommandError(f"There is no folder {folder}.")
        if plan:
            self.tell(plan_load(folder))
            return
        try:
            report = bundle.load(folder)
        except (NotPublishable, BadFile) as refused:
            raise CommandError(str(refused)) from None
        for refusal in render_what_search_lacks():
            self.stderr.write(f"search does not find it: {refusal}")
        if verbosity:
            for name in report.published:
                self.stdout.write(f"published {name}")
            for name in report.proposed:
                self.stdout.write(f"waiting for a reviewer, since four eyes are wanted: {name}")
            for name in report.left_alone:
                self.stdout.write(f"left alone, edited here: {name}")

    def tell(self, plan: Plan) -> None:
        for one in plan.items:
            count = f": {one.lines} lines" if one.lines else ""
            self.stdout.write(f"{WORDS[one.outcome]} {one.name}{count}")
        for reason in plan.reasons:
            self.stderr.write(f"refused: {reason}")
        if plan.reasons:
            raise CommandError("Nothing of this would be loaded.")


#: What becomes of a text or a source, before its name.
WORDS = {
    "new": "new",
    "changed": "changed",
    "proposed": "would wait for a reviewer:",
    "left-alone": "left alone, edited here:",
    "unchanged": "unchanged:",
}

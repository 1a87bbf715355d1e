"""Bring in the bundled guides, as the release's own publication."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from guides.publishing import NotPublishable, bundle
from guides.publishing.files import BadFile
from guides.publishing.older import render_what_search_lacks


class Command(BaseCommand):
    help = "Load bundled guides that changed; what was edited here is left alone and reported."
    requires_system_checks = ()

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("folder", nargs="?", type=Path, default=bundle.BUNDLE)

    def handle(self, *, folder: Path, verbosity: int, **options: Any) -> None:
        if not folder.is_dir():
            raise CommandError(f"There is no folder {folder}.")
        try:
            report = bundle.load(folder)
        except (NotPublishable, BadFile) as refused:
            raise CommandError(str(refused)) from None
        for refusal in render_what_search_lacks():
            self.stderr.write(f"search does not find it: {refusal}")
        if verbosity:
            for name in report.published:
                self.stdout.write(f"published {name}")
            for name in report.left_alone:
                self.stdout.write(f"left alone, edited here: {name}")

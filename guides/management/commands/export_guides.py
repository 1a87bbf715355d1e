"""Write every live guide as bundled files."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from guides.publishing import bundle


class Command(BaseCommand):
    help = "Write every live guide, and the register of sources, to a folder."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("folder", type=Path)

    def handle(self, *, folder: Path, **options: Any) -> None:
        for path in bundle.export(folder):
            self.stdout.write(f"wrote {path}")

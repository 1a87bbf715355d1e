"""Make again what rendering made of every live edition."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from guides.models import Edition
from guides.publishing import render_again


class Command(BaseCommand):
    help = "Render every live edition again; one that is refused stays as it was."

    def handle(self, **options: Any) -> None:
        editions = list(Edition.objects.live().select_related("guide", "live__revision"))
        refusals = render_again(editions)
        for refusal in refusals:
            self.stderr.write(str(refusal))
        if refusals:
            raise CommandError("Some editions stayed as they were.")
        self.stdout.write(f"rendered {len(editions)} editions")

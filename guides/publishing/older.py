"""What an older release left in the database, brought to what this one makes of it."""

from __future__ import annotations

from guides.models import Edition

from .going_live import render_again
from .refusals import Refusal


def render_what_search_lacks() -> list[Refusal]:
    """Render again what is live and was kept before there was a search. One query where all was.

    What is refused today stays as it was, and is not found.
    """
    lacking = Edition.objects.live().filter(folded="").select_related("guide", "live__revision")
    editions = list(lacking)
    return render_again(editions) if editions else []

"""The changes of sources that wait for somebody's answer, as one row of the review board."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext, ngettext

from guides.models import SourceChange

from .board_row import Act, Row


def proposals_row(count: int) -> Row:
    """All of them, told from their number alone: the board has no query left for each."""
    state = SourceChange.State.WAITING.value
    page = f"{reverse('admin:guides_sourcechange_changelist')}?state__exact={state}"
    words = ngettext("%(count)d waits for an answer", "%(count)d wait for an answer", count)
    return Row(
        title=gettext("Changes of sources"),
        address=page,
        state=words % {"count": count},
        acts=[Act(gettext("See the difference"), page)],
    )

"""What templates ask for about publications: why, by whom, and marked pieces of their texts."""

from __future__ import annotations

from collections.abc import Iterable

from django import template
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext

from ..differences import Piece
from ..models import Guide, Publication

register = template.Library()


@register.filter
def change_note(publication: Publication) -> str:
    """What changed and why, as its editor wrote it; a release writes one note in one language
    for all that it brings."""
    if publication.revision.came_with_a_release:
        return gettext("Came with a release of this site.")
    return publication.revision.note


@register.filter
def address_in(guide: Guide, language: str) -> str:
    return guide.address_in(language)


@register.filter
def marked(pieces: Iterable[Piece]) -> SafeString:
    """The pieces as HTML, underlined or struck and said in words. In one go: a text of sixty
    thousand characters may have half as many."""
    heard = '<span class="visually-hidden">{} </span>{{}}<span class="visually-hidden">]</span>'
    added = heard.format(conditional_escape(gettext("[Added:")))
    taken = heard.format(conditional_escape(gettext("[Taken away:")))
    shown = {"added": f"<ins>{added}</ins>", "taken": f"<del>{taken}</del>", "same": "{}"}
    # Every text is escaped, and the rest stands above.
    return mark_safe(  # noqa: S308
        "".join(shown[piece.kind].format(conditional_escape(piece.text)) for piece in pieces)
    )

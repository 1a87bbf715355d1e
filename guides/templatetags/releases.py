"""What the desk's templates ask for about what waits for its time."""

from __future__ import annotations

from django import template

from ..models import Edition, Release
from ..publishing import releases

register = template.Library()


@register.simple_tag
def release_of(edition: Edition) -> Release | None:
    """The release that gives this edition its time, with that as `told`; None where it has gone
    live since the page was begun. One query."""
    release = releases.scheduled().filter(items__edition=edition).first()
    if release is not None:
        release.told = releases.when(release)  # type: ignore[attr-defined]
    return release

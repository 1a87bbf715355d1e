"""Why something cannot go live: every reason at once, each with the place to mend."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.functional import Promise


@dataclass(frozen=True, slots=True)
class Refusal:
    """One reason. `field` is a field of the desk (title, card, body, note, checked_on, …);
    `line` counts lines of the body from 1, and is 0 where the field has none."""

    language: str
    field: str
    message: str | Promise
    line: int = 0
    code: str = ""
    slug: str = ""

    def __str__(self) -> str:
        place = f"{self.slug} {self.language} {self.field}".strip()
        return f"{place} {self.line}: {self.message}" if self.line else f"{place}: {self.message}"


class NotPublishable(Exception):
    def __init__(self, refusals: Iterable[Refusal]) -> None:
        self.refusals = tuple(refusals)
        super().__init__("\n".join(str(refusal) for refusal in self.refusals))


class NotAllowed(Exception):
    """This person may not do that, however the text is."""

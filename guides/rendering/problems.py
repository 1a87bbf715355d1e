"""What is wrong with a text, by line, in words for its writer."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, cast

from django.utils.functional import lazy, lazystr

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise


@dataclass(frozen=True, slots=True)
class Problem:
    """One refusal: the line of the body (from 1), a translatable sentence, and a lasting code."""

    line: int
    message: str
    code: str

    def __str__(self) -> str:
        return str(self.message)


class Refused(Exception):
    """The text cannot become a page; holds every reason at once, in the order of lines."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(sorted(problems, key=lambda problem: problem.line))
        super().__init__(self.problems)

    def __str__(self) -> str:
        return "\n".join(f"{problem.line}: {problem.message}" for problem in self.problems)


def said(message: StrOrPromise, **values: object) -> str:
    """A translatable sentence with its values, turned into words only when shown.

    `message % values` on a lazy string would fix the language of whoever rendered.
    """
    return cast(str, lazy(lambda: str(message) % values, str)() if values else lazystr(message))

"""What is refused before Markdown sees a text: sizes that take minutes, characters that hide."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator

from django.utils.translation import gettext_lazy as _

from .problems import Problem, said

MAX_CHARACTERS = 60_000
MAX_LINES = 1_500
MAX_LINE = 2_000
MAX_INDENT = 8
# Length times openings of marks, summed over the lines: what Python-Markdown's time grows with.
MAX_WORK = 500_000

# Control, format (zero-width, bidi), surrogate, private use (rendering keeps escaped characters
# there) and the two separators that some software takes for the end of a line.
HIDDEN = {"Cc", "Cf", "Cs", "Co", "Zl", "Zp"}


def lines_of(body: str) -> list[str]:
    """The lines of a body, whichever line ends a form sent."""
    return body.replace("\r\n", "\n").split("\n")


def too_much(body: str) -> list[Problem]:
    """Sizes beyond which no text is looked at any further. Linear in the length of the body."""
    if len(body) > MAX_CHARACTERS:
        message = said(_("The text has more than %(limit)s characters."), limit=MAX_CHARACTERS)
        return [Problem(1, message, "too-long")]
    lines = lines_of(body)
    if len(lines) > MAX_LINES:
        message = said(_("The text has more than %(limit)s lines."), limit=MAX_LINES)
        return [Problem(MAX_LINES + 1, message, "too-many-lines")]
    problems = [
        Problem(
            number,
            said(_("This line has more than %(limit)s characters."), limit=MAX_LINE),
            "long-line",
        )
        for number, line in enumerate(lines, 1)
        if len(line) > MAX_LINE
    ]
    work = 0
    for number, line in enumerate(lines, 1):
        work += len(line) * sum(map(line.count, "`[{*"))
        if work > MAX_WORK:
            problems.append(
                Problem(number, said(_("There are too many marks up to this line.")), "many-marks")
            )
            break
    return problems


def unwanted(body: str) -> Iterator[Problem]:
    """Characters nobody sees, and white space that Markdown would give a meaning."""
    for number, line in enumerate(lines_of(body), 1):
        hidden = next((character for character in line if _is_hidden(character)), "")
        if hidden:
            message = said(
                _("There is a character here that cannot be seen (U+%(code)s). Delete it."),
                code=f"{ord(hidden):04X}",
            )
            yield Problem(number, message, "hidden-character")
        indent = len(line) - len(line.lstrip(" "))
        if indent > MAX_INDENT:
            message = said(
                _("This line is indented by more than %(limit)s spaces."), limit=MAX_INDENT
            )
            yield Problem(number, message, "indent")
        if "   " in line[indent:]:
            yield Problem(number, said(_("There are three spaces in a row here.")), "spaces")


def visible(body: str) -> str:
    """The body without what nobody sees, so that the rest can be looked at in the same pass."""
    return "".join(
        character for character in body if character in "\r\n" or not _is_hidden(character)
    )


def _is_hidden(character: str) -> bool:
    code = ord(character)
    return (
        unicodedata.category(character) in HIDDEN
        or code & 0xFFFE == 0xFFFE
        or 0xFDD0 <= code <= 0xFDEF
    )

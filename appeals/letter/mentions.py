"""What a text mentions: months, spans of months, exhibits, names. In English and in Chinese."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from appeals.rules.months import Month

_NAMES = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_NAME = (
    r"(?:Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|"
    r"Sept?(?:ember)?|Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?)"
)
_TO = r"(?:to|until|till|through|–|—|-|~|～|(?:一直)?(?:使?用)?[到至])"
_MONTHS = re.compile(
    rf"""
      \b(?P<name>{_NAME})\b\.?\s+(?:\d{{1,2}}(?:st|nd|rd|th)?,?\s+)?(?:of\s+)?(?P<year>\d{{4}})\b
    | \b(?P<bare>{_NAME})\b\.?(?=\s*(?:{_TO}|and|&|,)\s*{_NAME}\b\.?\s+(?P<later>\d{{4}})\b)
    | (?<![\d.])(?P<iso>\d{{4}})[-/.](?P<iso_month>\d{{1,2}})(?:[-/.]\d{{1,2}})?(?![\d-]|\.\d)
    | (?<![\d/])(?P<us_month>\d{{1,2}})/(?P<us>\d{{4}})(?!\d)
    | (?P<zh>\d{{4}})\s*年\s*(?P<zh_month>\d{{1,2}})\s*月
    | (?<=[到至—–~～-])\s*(?P<only>\d{{1,2}})\s*月
    """,
    re.VERBOSE | re.IGNORECASE,
)
_BETWEEN = re.compile(rf"\s*{_TO}\s*(?:about\s+|around\s+|the\s+end\s+of\s+)?", re.IGNORECASE)
_BEGINS = re.compile(r"(?:\bsince|\bfrom|\bstarting in|\bbeginning in|自从?|从)\s*$", re.IGNORECASE)
_GOES_ON = re.compile(r"\s*(?:起|开始|以来)")
_EXHIBIT = re.compile(r"(?<![A-Za-z0-9-])(?:[A-Z]{1,4}|0)-\d{1,2}-\d{1,4}(?![0-9-])")
# It begins where a word begins, or a long word would be tried from each of its letters.
_ADDRESS = re.compile(
    r"""
      (?<![a-z0-9._+-])(?:https?://|www\.|[a-z0-9._+-]+@)(?:www\.)?((?:[a-z0-9-]+\.)+[a-z]{2,})
    | (?<![a-z0-9@.-])((?:[a-z0-9-]+\.)+(?:com|cn|net|org|io|co|app|cc|hk|top|shop|info|biz))(?![\w-])
    """,
    re.VERBOSE | re.IGNORECASE,
)
#: A full stop ends a sentence where the next one begins: not in “Mar. 2018” or “erp.example”.
_SENTENCE = re.compile(r"(?<=[.!?])\s+(?=[A-Z“\"‘\d(])|(?<=[。！？；])|\n+")
_ABBREVIATED = re.compile(rf"(?:\b{_NAME}|\bNo|\bInc|\bLtd|\bCo)\.$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Said:
    """A month, or all months from one to another, as `text[start:end]` says it."""

    start: int
    end: int
    first: Month
    last: Month | None  # None: it is said to have begun then, and nothing of its end
    is_span: bool

    @property
    def months(self) -> tuple[Month, ...]:
        """Those named one by one or as a span; for a beginning, the first alone."""
        last = self.last or self.first
        months = []
        month = self.first
        while month <= last and len(months) < 600:
            months.append(month)
            month += 1
        return tuple(months)


def sentences(text: str) -> Iterator[tuple[int, str]]:
    """Each sentence with where it starts."""
    start = 0
    for match in (*_SENTENCE.finditer(text), None):
        end = match.start() if match else len(text)
        if match and _ABBREVIATED.search(text[max(start, end - 12) : end]):
            continue
        if text[start:end].strip():
            yield start, text[start:end]
        start = match.end() if match else end


def months_in(text: str) -> tuple[Said, ...]:
    """Every month and span of months, in order."""
    single = list(_single(text))
    found: list[Said] = []
    taken = -1
    for at, (here, after) in enumerate(pairwise([*single, None])):
        assert here is not None
        if at == taken:
            continue
        start, end, month = here
        if after is not None and _BETWEEN.fullmatch(text[end : after[0]]) and month <= after[2]:
            found.append(Said(start, after[1], month, after[2], is_span=True))
            taken = at + 1
        elif _BEGINS.search(text[max(0, start - 20) : start]) or _GOES_ON.match(text, end):
            found.append(Said(start, end, month, None, is_span=True))
        else:
            found.append(Said(start, end, month, month, is_span=False))
    return tuple(found)


def _single(text: str) -> Iterator[tuple[int, int, Month]]:
    before: Month | None = None
    for match in _MONTHS.finditer(text):
        month = _month(match, before)
        if month is not None:
            before = month
            start = match.start() + (len(match[0]) - len(match[0].lstrip()))
            yield start, match.end(), month


def _month(match: re.Match[str], before: Month | None) -> Month | None:
    """None: there is no such month, as in 2018/99."""
    part = match.groupdict()
    try:
        if part["name"]:
            return Month(int(part["year"]), _number(part["name"]))
        if part["bare"]:
            return _year_of(match)
        if part["iso"]:
            return Month(int(part["iso"]), int(part["iso_month"]))
        if part["us"]:
            return Month(int(part["us"]), int(part["us_month"]))
        if part["zh"]:
            return Month(int(part["zh"]), int(part["zh_month"]))
        return Month(before.year, int(part["only"])) if before else None
    except ValueError:
        return None


def _year_of(match: re.Match[str]) -> Month:
    """“May to August 2018”: the year stands with the second; November to March began before."""
    number, year = _number(match["bare"]), int(match["later"])
    rest = match.string[match.end() :]
    second = re.search(_NAME, rest, re.IGNORECASE)
    is_before = second is not None and number > _number(second[0])
    return Month(year - is_before, number)


def _number(name: str) -> int:
    return _NAMES.index(name[:3].lower()) + 1


def exhibits_in(text: str) -> tuple[str, ...]:
    """Numbers of exhibits, each once, in order."""
    return tuple(dict.fromkeys(_EXHIBIT.findall(text)))


def hosts_in(text: str) -> tuple[str, ...]:
    """Hosts of web and e-mail addresses, in small letters, without www."""
    found = (
        (match[1] or match[2]).lower().removeprefix("www.") for match in _ADDRESS.finditer(text)
    )
    return tuple(dict.fromkeys(found))


@lru_cache(maxsize=1024)
def of_name(name: str) -> re.Pattern[str] | None:
    """Finds the name in a text whatever its case and spaces; None for one too short to find."""
    parts = name.split()
    if len("".join(parts)) < 2:
        return None
    inner = r"\s*".join(map(re.escape, parts))
    # A Latin name is a word of its own; a Chinese one stands among other characters.
    before = r"(?<![A-Za-z0-9])" if parts[0][0].isascii() else ""
    after = r"(?![A-Za-z0-9])" if parts[-1][-1].isascii() else ""
    return re.compile(before + inner + after, re.IGNORECASE)


def names_in(text: str, names: Iterable[str]) -> bool:
    """Whether the text has one of the names."""
    patterns = map(of_name, names)
    return any(pattern is not None and pattern.search(text) for pattern in patterns)


def places(text: str, names: Iterable[str]) -> Iterator[tuple[int, int]]:
    """Where the names, months and exhibits stand that a page may mark."""
    for name in names:
        if pattern := of_name(name):
            yield from (match.span() for match in pattern.finditer(text))
    yield from (match.span() for match in _EXHIBIT.finditer(text))

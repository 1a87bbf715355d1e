"""What a text mentions: months, spans of months, exhibits, names, whether it speaks of use or of
payment. In English and in Chinese."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import TypeAlias

from .months import Month

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
_EXHIBIT = re.compile(r"(?<![A-Za-z0-9-])(?:[A-Z]{1,4}|0)-[0-9]{1,2}-[0-9]{1,4}(?![0-9-])")
# It begins where a word begins, or a long word would be tried from each of its letters.
_ADDRESS = re.compile(
    r"""
      (?<![a-z0-9._+-])(?:https?://|www\.|[a-z0-9._+-]+@)(?:www\.)?((?:[a-z0-9-]+\.)+[a-z]{2,})
    | (?<![a-z0-9@.-])((?:[a-z0-9-]+\.)+(?:com|cn|net|org|io|co|app|cc|hk|top|shop|info|biz))(?![\w-])
    """,
    re.VERBOSE | re.IGNORECASE,
)
#: A full stop ends a sentence where the next one begins: not in “Mar. 2018” or “erp.example”.
_SENTENCE = re.compile(r"(?<=[.!?])\s+(?=[A-Z“\"‘\d(一-鿿])|(?<=[。！？；])|\n+")
_ABBREVIATED = re.compile(rf"(?:\b{_NAME}|\bNo|\bInc|\bLtd|\bCo)\.$", re.IGNORECASE)

#: A sentence with one of these says what is missing, so it claims nothing.
DENIES = re.compile(
    r"\b(?:no|not|cannot|can['’]t|couldn['’]t|don['’]t|didn['’]t|without|never|missing|lost|unable|"
    r"except)\b|没有|没能|没找到|无法|找不到|缺|不能|除了|未能",
    re.IGNORECASE,
)
#: What a month that stands near is said of.
USE = r"\bus(?:e|ed|es|ing)\b|使用|在用|用了|用过|用到|开始用"
PAYMENT = (
    r"\b(?:pay|pays|paid|paying|payments?|receipts?|invoices?|bills?|billed|charged?|fees?|"
    r"statements?|subscriptions?|transfer(?:red)?s?)\b|付|缴|支付|收据|发票|账单|回单|扣款|转账"
)
_USE = re.compile(USE, re.IGNORECASE)
_NOT_USED = re.compile(
    r"(?:n['’]t|\bnot|\bnever)\s+(?:\w+\s+)?us(?:e|ed|ing)\b|没有?(?:再)?(?:使)?用|未(?:使)?用",
    re.IGNORECASE,
)
_IT = re.compile(r"\s*(?:it|they|this|then|its|after that)\b|\s*(?:它|其|之后|然后|后来)", re.I)
#: A comma, unless another month or the last of a list follows.
_CLAUSE = re.compile(rf"[;；]|[,，、]\s*(?!(?:and\s+|&\s*|和|及)?(?:{_NAME}|\d))[^\W\d]", re.I)
#: In characters: how far a word reaches, and how far in a sentence still begins with a month.
_NEAR, _SHORT = 80, 9
_USE_OR_PAYMENT = re.compile(f"(?P<use>{USE})|(?P<payment>{PAYMENT})", re.IGNORECASE)
_NO_MORE_USE = re.compile(
    r"n['’]t\b|\b(?:not|never|without|stop(?:ped|s)?|quit|ceased?|ended|cancel(?:led|ed)?|before|"
    r"after|until)\b|没有?(?:再)?(?:使)?用|未(?:使)?用|不再|停|之前|以前|之后|以后",
    re.IGNORECASE,
)
#: "a service called X", 「一个叫 X 的工具」. Companies and platforms have many names that are
#: nobody's service: a market, a carrier, the seller's own.
_CALLED = re.compile(
    r"""
      \b(?:service|tool|software|app|application|provider|developer|plugin)s?\s+
        (?:called|named)\s+[“"'‘]?(?P<en>[A-Z][\w&.-]*(?:\s+[A-Z][\w&-]*){0,5})
    | (?:[个款种家]\s*(?:名?叫做?|名为)|名为|名叫)\s*[「“"]?(?P<zh>[\w&. -]{1,20}?)[」”"]?\s*的\s*
        (?:服务商|工具|软件|应用|插件|系统)
    """,
    re.VERBOSE,
)

#: Finds things of one kind in a text, each once.
Find: TypeAlias = Callable[[str], tuple[str, ...]]


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
        months: list[Month] = []
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


def called(text: str) -> tuple[str, ...]:
    """Names that the text gives to a service."""
    names = (match["en"] or match["zh"] for match in _CALLED.finditer(text))
    return tuple(dict.fromkeys(name.strip(" .") for name in names))


def said_of_use(sentence: str, names: Iterable[str]) -> tuple[Said, ...]:
    """The months that are said of the use of what has these names.

    A span is, where the sentence begins with it or with “it”, or has named or used something
    before; a single month only where a word of use stands near before it. What is said not to be,
    or to have ended, is neither.
    """
    found = months_in(sentence)
    if not found or _NOT_USED.search(sentence):
        return ()
    uses = [match.end() for match in _USE.finditer(sentence)]
    patterns = (pattern for pattern in map(of_name, names) if pattern is not None)
    named = [match.end() for match in (each.search(sentence) for each in patterns) if match]
    begun = 0 if _IT.match(sentence) else min([*uses, *named], default=len(sentence))
    opening = len(sentence) - len(sentence.lstrip()) + _SHORT
    goes_on = _NO_MORE_USE.search(sentence) is None
    return tuple(
        said
        for said in found
        if (said.is_span and (said.start >= begun or said.start <= opening))
        or (not said.is_span and goes_on and _is_near_one(sentence, uses, said.start))
    )


def claimed_as_paid(sentence: str) -> tuple[Said, ...]:
    """The months that a sentence calls paid: those of which the nearest word before, or without
    one right after, speaks of a payment and not of use. None where it says what is missing."""
    if DENIES.search(sentence):
        return ()
    words = list(_USE_OR_PAYMENT.finditer(sentence))
    if all(word.lastgroup != "payment" for word in words):
        return ()
    starts = [word.start() for word in words]
    return tuple(
        said
        for said in months_in(sentence)
        if _is_paid(sentence, said, words, bisect_left(starts, said.start))
    )


def _is_paid(sentence: str, said: Said, words: Sequence[re.Match[str]], at: int) -> bool:
    """`at`: which of the words is the first one after."""
    if at and _is_near(sentence, words[at - 1].end(), said.start):
        return words[at - 1].lastgroup == "payment"
    if at < len(words) and _is_near(sentence, said.end, words[at].start()):
        return words[at].lastgroup == "payment"
    return False


def _is_near_one(sentence: str, ends: Sequence[int], start: int) -> bool:
    """Whether the last of these that stands before is near."""
    at = bisect_right(ends, start)
    return at > 0 and _is_near(sentence, ends[at - 1], start)


def _is_near(sentence: str, start: int, end: int) -> bool:
    """Whether what stands between belongs together: a list of months does, a clause does not."""
    if end - start > _NEAR:
        return False
    # What follows a comma at the end decides, so it is looked for a little beyond.
    clause = _CLAUSE.search(sentence, start, end + _NEAR)
    return clause is None or clause.start() >= end

"""The text of a notice line by line: its numbers, its words, what a line may be asking for."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher

from .facts import Rule

#: How a list is numbered: `1.` `(1)` `1)` `一、` `a)` `iv.`, or a dot or a dash, which is no number.
NUMBER = re.compile(
    r"\s*(?P<label>[(（]?(?:\d{1,2}(?:\.\d{1,2})*|[一二三四五六七八九十]{1,3}|[a-zA-Z]|[ivx]{1,4})"
    r"(?:[.)）、．:：]|(?=\s))|[•·●▪*–—-])\s*(?P<words>\S.*)",
    re.DOTALL,
)
BULLETS = frozenset("•·●▪*–—-")

#: What each item is asked for with. A guess that a person looks at: the first that fits.
ASKS: tuple[tuple[Rule, str], ...] = (
    (
        Rule.ENDED,
        r"no longer (?:has|have)|revok|access (?:has )?(?:been )?(?:ended|removed)|撤销|终止访问",
    ),
    (Rule.PAID, r"payment|invoice|receipt|proof of purchase|付款|发票|支付|账单"),
    (
        Rule.LEARNED,
        r"how (?:did )?you (?:learn|hear|find|found|bec[ao]me aware)|how .{0,40}(?:learned|heard) |得知|如何知道|怎么知道",
    ),
    (
        Rule.USED,
        r"months? and years?|dates? of (?:use|service)|when you used|period .{0,20}used|年月|使用时间",
    ),
    (Rule.DESCRIBED, r"descri|cop(?:y|ies) of|what (?:each|the) service|描述|副本|截图"),
    (Rule.CONFIRMED, r"confirm|agree to comply|确认|遵守"),
    (Rule.CONTACTS, r"contact|service providers?|third.part(?:y|ies)|联系|服务商"),
)
#: An item of which it says that it is not needed.
UNASKED = re.compile(
    r"(?:do|need) not (?:have|need|to)|not required|no need|不需要|无需|不必", re.I
)
DEADLINE = re.compile(
    r"\bby\b.{0,20}\d|within .{0,12}(?:days|hours)|\d+ ?(?:天|日|小时)[内之]|之前提交", re.I
)


@dataclass(frozen=True, slots=True)
class NoticeLine:
    number: int  # 1, 2, …; lines without text have none
    text: str  # as it stands there
    label: str  # the number that the notice gives it, such as `4.`; mostly none
    words: str  # the text without that number


def lines_of(text: str) -> tuple[NoticeLine, ...]:
    """Every line that has text, numbered from 1."""
    return tuple(
        _line(number, line)
        for number, line in enumerate(filter(None, map(str.strip, text.splitlines())), start=1)
    )


def _line(number: int, text: str) -> NoticeLine:
    found = NUMBER.fullmatch(text)
    # "A service …" begins with an article and not with a number.
    if found is None or re.fullmatch(r"[a-zA-Z]", found["label"]):
        return NoticeLine(number, text, "", text)
    label = found["label"].strip()
    return NoticeLine(number, text, "" if label in BULLETS else label, found["words"])


def guess(line: NoticeLine) -> Rule | None:
    """What the line may be asking for, or may say is not asked for."""
    for rule, pattern in ASKS:
        if re.search(pattern, line.text, re.IGNORECASE):
            return rule
    return None


def says_unasked(line: NoticeLine) -> bool:
    return UNASKED.search(line.text) is not None


def gives_deadline(line: NoticeLine) -> bool:
    return DEADLINE.search(line.text) is not None


def moved(before: str, after: str) -> dict[int, int]:
    """Where each line stands after the text was changed; without an entry it is gone.

    A line that was only corrected keeps its place; what was put in or taken out moves the rest.
    """
    old = [line.text for line in lines_of(before)]
    new = [line.text for line in lines_of(after)]
    return dict(_pairs(old, new))


def _pairs(old: list[str], new: list[str]) -> Iterator[tuple[int, int]]:
    for kind, from_old, to_old, from_new, to_new in SequenceMatcher(
        None, old, new, autojunk=False
    ).get_opcodes():
        if kind == "equal" or (kind == "replace" and to_old - from_old == to_new - from_new):
            for step in range(to_old - from_old):
                there, here = old[from_old + step], new[from_new + step]
                if there == here or SequenceMatcher(None, there, here).ratio() > 0.5:
                    yield from_old + step + 1, from_new + step + 1

"""Promises that nobody can keep: that an account comes back, how likely it is, how long it takes."""

from __future__ import annotations

import re
from collections.abc import Collection

from guides.rendering import Block, is_chinese

from .denials import denies
from .handing_over import SAID_BY_OTHERS
from .sentences import Sentence

_CHINESE_GOOD = r"(?:恢复|通过|成功|解封|激活|申诉下来|放款|能过|没事|没问题|接受|有效|有结果)"
_CHINESE = re.compile(
    rf"保证[^，。]{{0,12}}?{_CHINESE_GOOD}|(?:一定|肯定|必定|必然|绝对|百分之百|100 ?%)"
    rf"(?:能|会|可以|就)?[^，。]{{0,10}}?{_CHINESE_GOOD}|包(?:过|恢复|解封|成功|通过)|必过|稳过|万无一失"
    rf"|成功率|通过率|恢复率|(?:就|即)(?:能|会|可以|可)(?:很快|马上|顺利)?(?:恢复|解封|重新激活|通过审核)"
)
_CHINESE_WAIT = re.compile(
    r"(?:通常|一般|大约|大概|平均|最快|多半|往往|快的话|估计|预计)[^。]{0,12}?"
    r"(?:[0-9]+(?:[–~至到-][0-9]+)?|[一二两三四五六七八九十几半]+) ?(?:个)?(?:工作日|天|小时|周|星期|月)"
    rf"[^。]{{0,10}}?(?:{_CHINESE_GOOD}|答复|回复|回信|结果|审完|审核完)"
)
_LATIN_GOOD = (
    r"(?:reinstat\w*|reactivat\w*|restored?|unblocked|unsuspended|approved|accepted|succeeds?|success\w*"
    r"|work|works|get your account back)"
)
_LATIN = re.compile(
    rf"\bguarantee[sd]?\b|\b100 ?%[^.;]{{0,30}}?{_LATIN_GOOD}|\bsuccess rates?\b"
    rf"|\b(?:will|shall|is sure to|are sure to|is certain to)\b[^.;,]{{0,24}}?"
    rf"\b(?:be|get) (?:{_LATIN_GOOD})\b|\b(?:certainly|definitely|surely|always)\b[^.;,]{{0,16}}?"
    rf"\b{_LATIN_GOOD}\b|\bwill get your account back\b|\bis bound to\b",
    re.IGNORECASE,
)
_LATIN_WAIT = re.compile(
    r"\b(?:usually|typically|normally|generally|mostly|on average|about|around|roughly|at most|expect)\b"
    r"[^.;]{0,40}?\b(?:[0-9]+(?:[–-][0-9]+)?|one|two|three|four|five|six|seven|ten|a few|several)"
    r" (?:business |working )?(?:hours?|days?|weeks?|months?)\b[^.;]*",
    re.IGNORECASE,
)
_LATIN_WAITED_FOR = re.compile(
    r"\b(?:reply|replies|answer\w*|decision|review\w*|reinstat\w*|reactivat\w*|restored?|result"
    r"|appeal\w*|hear back|respon\w+)\b",
    re.IGNORECASE,
)
#: Words of this site alone, behind which nobody stands who would know.
OWN = {"own", "site"}


def promises(block: Block, sentence: Sentence, language: str) -> bool:
    """Whether this sentence promises that an appeal succeeds, or says how likely that is."""
    if block.kind in SAID_BY_OTHERS or sentence.is_question:
        return False
    pattern = _CHINESE if is_chinese(language) else _LATIN
    return any(
        not denies(sentence.said, found.start(), found.end(), language)
        for found in pattern.finditer(sentence.said)
    )


def guesses_a_wait(block: Block, sentence: Sentence, language: str, cited: Collection[str]) -> bool:
    """Whether this sentence says how long an answer takes, and its block names no source."""
    if block.kind in SAID_BY_OTHERS or set(cited) - OWN:
        return False
    said = sentence.said
    if is_chinese(language):
        found = _CHINESE_WAIT.search(said)
    else:
        found = _LATIN_WAIT.search(said)
        if found and not _LATIN_WAITED_FOR.search(said):
            return False
    return found is not None and not denies(said, found.start(), found.end(), language)

"""Whether a sentence says a thing, or warns of it, tells of others, or says that it is not so."""

from __future__ import annotations

import re

from guides.rendering import is_chinese

_CHINESE_NO = re.compile(
    r"不(?!过|久|仅|只是|但|论|管|管怎样)|别(?!的|人|家|处)|勿|莫|没|无(?!论)|未(?!来)|非(?!常)"
    r"|拒绝|禁止|避免|防止|停止|谁也|谁都|代替|而是|并未"
)
_LATIN_NO = re.compile(
    r"\b(?:not?|never|none|nobody|no one|nothing|nor|neither|cannot|without|instead of"
    r"|rather than|avoid|refuse|refuses|stop|forbid|forbids|forbidden|prohibited|hardly|unless"
    r"|whoever|against)\b|n[’']t\b",
    re.IGNORECASE,
)
_TO_NOBODY = re.compile(r"\bto (?:nobody|no one|none)\b", re.IGNORECASE)
#: A clause that goes on like this shares the "not" of the one before it.
_GOES_ON = re.compile(r"\s*(?:也|或|更|又|并|及|and\b|or\b|nor\b)", re.IGNORECASE)
_CLAUSE_END = re.compile(r"[，,：:；;—–]")


def denies(said: str, start: int, end: int, language: str) -> bool:
    """Whether the clause of what stands from `start` to `end` says no to it.

    In English the "no" stands before it or within; of what follows, only "to nobody" counts.
    """
    no = _CHINESE_NO if is_chinese(language) else _LATIN_NO
    clause = clause_before(said, start)
    if no.search(clause + said[start:end]):
        return True
    if _TO_NOBODY.search(clause_of(said, start, end)):
        return True
    before = said[: start - len(clause)].rstrip("，,：:；;—– ")
    if _GOES_ON.match(clause + said[start:end]) and before:
        return bool(no.search(clause_before(before, len(before))))
    return False


def clause_before(said: str, start: int) -> str:
    """From the last mark between clauses up to `start`."""
    marks = list(_CLAUSE_END.finditer(said, 0, start))
    return said[marks[-1].end() : start] if marks else said[:start]


def clause_of(said: str, start: int, end: int) -> str:
    """The clause that what stands from `start` to `end` belongs to."""
    after = _CLAUSE_END.search(said, end)
    return clause_before(said, start) + said[start : after.start() if after else len(said)]

"""Sentences that are too long to be taken in at once."""

from __future__ import annotations

import re

from guides.rendering import Block, is_chinese

from .sentences import Sentence

MOST_CHARACTERS, MOST_WORDS = 40, 30
_HAN = re.compile(r"[\u3400-\u9fff]")
_WORD = re.compile(r"[^\W_]+(?:['’./-][^\W_]+)*")


def length(sentence: Sentence, language: str) -> int:
    """Chinese characters in Chinese, words elsewhere; buttons, marks and citations count not."""
    pattern = _HAN if is_chinese(language) else _WORD
    return len(pattern.findall(sentence.bare))


def too_long(block: Block, sentence: Sentence, language: str) -> int | None:
    """How long it is, where that is too long; a quotation is as long as it was."""
    if block.kind == "quote":
        return None
    found = length(sentence, language)
    return found if found > (MOST_CHARACTERS if is_chinese(language) else MOST_WORDS) else None

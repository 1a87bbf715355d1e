"""Numbers and dates that no source stands behind."""

from __future__ import annotations

import re

from guides.rendering import Block, is_chinese

from .sentences import Sentence, pieces

#: Kinds of blocks that state something; titles, questions, answers and things to do need none.
STATING = {"paragraph", "item", "number", "note", "quote", "fine", "care", "never"}

_HAN_NUMBER = "[一二两三四五六七八九十百千万半几]+"
# What counts the parts of this very text, or names a thing: no statement about the world.
_NAMES = re.compile(
    r"第 ?[0-9.一二三四五六七八九十]+ ?(?:条|步|项|段|题|节|章|页|点|版|种|个|行|次|款|句|部分)"
    r"|(?:步骤|修订|版本|条款|附录|表|图) ?[0-9.]+"
    rf"|(?:[0-9]+|{_HAN_NUMBER}) ?(?:项|步|件事|件|条|题|问|句|段|种|类|样|份|处|点|行|栏|道|部分|个问题|个字)"
    r"|\b(?:clause|section|step|item|part|revision|version|article|question|figure|table|row|line"
    r"|paragraph|point|chapter|appendix)s? [0-9.]+(?:(?:,| and| to|–|-) ?[0-9.]+)*"
    r"|\b(?:[0-9]+|one|two|three|four|five|six|seven|eight|nine|ten|twelve) (?:\w+ )?(?:items?|steps?"
    r"|things?|questions?|sentences?|points?|parts?|lines?|kinds?|ways?|lists?|rows?|words?)\b"
    r"|\b(?:TLS|AES|SHA|UTF|ISO|RFC|OAuth|HTTP|v)[- ]?[0-9][0-9.-]*|\b[A-Za-z]+[0-9][\w.-]*"
    r"|24/7",
    re.IGNORECASE,
)
_CHINESE = re.compile(
    r"[0-9][0-9,.]*"
    rf"|{_HAN_NUMBER} ?(?:天|年|个月|小时|分钟|周|星期|工作日|倍|次|元|美元|家店|个店|家|位|人|成)"
    r"|百分之|[一二两三四五六七八九十]+ ?(?:月|号|日)"
)
_LATIN = re.compile(
    r"[0-9][0-9,.]*"
    r"|\b(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|fourteen|twenty|thirty|forty"
    r"|fifty|sixty|ninety|hundred|thousand|dozen)[- ](?:\w+ )?(?:days?|hours?|weeks?|months?|years?"
    r"|minutes?|percent|times|dollars|stores?|sellers?|accounts?)\b",
    re.IGNORECASE,
)
# "Once", "one at a time", "one year" of a plan: too weak to ask for a source.
_WEAK = re.compile(r"^(?:一|半|几)+ ?(?:天|次|家|人|位|成|年|周|倍|分钟)$|^one\b", re.IGNORECASE)


def figures(block: Block, sentence: Sentence, language: str) -> list[str]:
    """The numbers and dates of a sentence that somebody could ask the source of."""
    has_hint = block.kind == "task" and len(list(pieces(block))) > 1
    if block.kind not in STATING and not has_hint:
        return []
    text = _NAMES.sub(" ", sentence.said)
    pattern = _CHINESE if is_chinese(language) else _LATIN
    found = (match[0].strip(" ,.") for match in pattern.finditer(text))
    return [one for one in found if not _WEAK.match(one)]

"""Sentences that tell someone to hand a secret to somebody: what this site is there to prevent."""

from __future__ import annotations

import re

from guides.rendering import Block, is_chinese

from .denials import clause_of, denies
from .sentences import LINKED, Sentence

#: Examples of what not to do say it on purpose, and so does what others are quoted with.
SAID_BY_OTHERS = {"never", "quote", "answer"}
#: Names of things, and cells of tables that set one thing beside another.
_NAMES = {"heading", "head", "row"}

_CHINESE_KEYS = (
    r"(?:Secret ?(?:Access ?)?Key|Access ?Key|client ?secret|(?:access|refresh|auth) ?token"
    r"|密钥|秘钥|密匙|私钥|令牌|密码|口令|凭证|凭据|验证码)"
)
_CHINESE_GIVE = (
    r"(?:发(?:送|过去|来|给|到|进|至)|交(?:给|出|到|由)|(?:提供|告诉|告知|透露|抄|传|寄|借|转发|分享|共享"
    r"|展示|报|贴|粘贴|填|录|输入|上传|复制|写|存|托付|转)(?:给|到|进|至)|给(?!予|出过|的)|告诉|告知"
    r"|提供|交出|分享|共享|转发)"
)
_CHINESE = re.compile(
    rf"(?:把|将)[^，。；：]{{0,30}}?{_CHINESE_KEYS}[^，。；：]{{0,16}}?{_CHINESE_GIVE}"
    rf"|{_CHINESE_GIVE}[^，。；：]{{0,14}}?{_CHINESE_KEYS}"
    rf"|{_CHINESE_KEYS}[^，。；：不]{{0,8}}?(?:发|交|抄|传|寄|填|贴|报|转发|分享)(?:给|到|进|至|过去|来)",
    re.IGNORECASE,
)
#: Somewhere in the sentence: it was so once, it would be wrong, or somebody else asks for it.
_CHINESE_TOLD = re.compile(
    r"给过|交过|发过|当年|当时|那时|从前|违反|违规|不许|危险|等于|泄露|外泄|风险|会被|可能使|有人"
    r"|让你|叫你|要你|对方要|骗|冒充|伪装|照做|(?:服务商|软件商|代运营|客服|对方|他们?|它们?)请你"
)
#: In the same clause: it is done already, or it stays with oneself.
_CHINESE_OWN = re.compile(r"已经|曾|以前|自己|自家|公司内|另设|设置|给(?:自己|自家|还在用)的")
_CHINESE_PAST = re.compile(r"^\S{0,2}?[了过]|^[^，。；]{0,12}的(?=[：:是，。]|$)")

_LATIN_KEYS = (
    r"(?:secret(?: access)? keys?|access keys?|api keys?|client secrets?|(?:access|refresh|auth)"
    r" tokens?|keys?|secrets?|passwords?|tokens?|credentials?|verification codes?)"
)
_LATIN_GIVE = (
    r"(?:give|hand(?: over)?|send|share|tell(?! (?:\w+ ){1,3}that)|post|paste|type|enter|e-?mail(?! address)|forward|provide|pass(?: on)?"
    r"|lend|disclose|reveal|submit|upload|copy|show|supply)"
)
_LATIN = re.compile(
    rf"(?:^|[,;:—]\s+|\b(?:please|just|simply|then|and|or|now|first|also|must|should|can|may|need to"
    rf"|have to|could|has to|want to|to|will)\s+)(?P<do>{_LATIN_GIVE})\b[^.;:]{{0,50}}?\b{_LATIN_KEYS}\b",
    re.IGNORECASE,
)
_LATIN_TOLD = re.compile(
    r"\b(?:asked? (?:you )?to|asks|wants?|wanted|has you|have you|breach|breaches|violates?|suspended"
    r"|leaks?|leaked|forbid|prohibited|hands it out|once more)\b",
    re.IGNORECASE,
)
_LATIN_OWN = re.compile(
    r"\b(?:had to|was|were|gave|given|would|said|says|your own|yourself|allowed)\b", re.IGNORECASE
)
#: Typing a secret is how one signs in; only to whom it goes makes it a handing over.
_LATIN_TYPED = re.compile(r"(?:type|enter|paste|copy|show|submit|upload)\b", re.IGNORECASE)
_LATIN_TO = re.compile(
    r"\b(?:provider|vendor|developer|agency|software|support|chat|group|website|site|form|them|us"
    r"|someone|somebody|anyone|partner|tool)\b",
    re.IGNORECASE,
)
#: In the days of MWS a token was what one was to give, and a guide of those days may say so.
_TOKEN = re.compile(r"令牌|tokens?", re.IGNORECASE)


def hands_over(block: Block, sentence: Sentence, language: str, standing: str) -> bool:
    """Whether this sentence tells its reader to give a key, secret, token or password away."""
    if block.kind in SAID_BY_OTHERS | _NAMES or sentence.is_question:
        return False
    said = sentence.said
    pattern = _CHINESE if is_chinese(language) else _LATIN
    told = _CHINESE_TOLD if is_chinese(language) else _LATIN_TOLD
    own = _CHINESE_OWN if is_chinese(language) else _LATIN_OWN
    if told.search(said):
        return False
    for found in pattern.finditer(said):
        # The mark or word before an English verb may belong to another clause.
        start, end = found.start("do" if "do" in found.groupdict() else 0), found.end()
        if own.search(clause_of(said, start, end)):
            continue
        if standing == "historic" and _is_token(found[0], language):
            continue
        if said.count(LINKED, 0, found.start()) % 2 and LINKED not in found[0]:
            continue  # the name of a page
        if is_chinese(language) and _CHINESE_PAST.match(said[found.end() :]):
            continue
        if not is_chinese(language) and _is_typed_for_oneself(said, found):
            continue
        if not denies(said, start, end, language):
            return True
    return False


def _is_token(found: str, language: str) -> bool:
    secrets = re.findall(
        _CHINESE_KEYS if is_chinese(language) else _LATIN_KEYS, found, re.IGNORECASE
    )
    return all(_TOKEN.search(one) for one in secrets)


def _is_typed_for_oneself(said: str, found: re.Match[str]) -> bool:
    return bool(_LATIN_TYPED.search(found[0])) and not _LATIN_TO.search(said[found.start() :])

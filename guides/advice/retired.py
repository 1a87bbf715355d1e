"""Steps of a flow that was shut down, told as if they could be taken today."""

from __future__ import annotations

import re

from guides.rendering import Block, is_chinese

from .denials import denies
from .handing_over import SAID_BY_OTHERS
from .sentences import Sentence

# MWS ended on 1 April 2024; its pages, its registration and its authorizations went with it.
_FLOW = re.compile(
    r"MWS(?! ?(?:的?密钥|凭证|credentials|keys?|时代))|Marketplace Web Service|商城网络服务"
    r"|权限管理器|permissions manager|授权(?:某个|一个|新的?)?(?:开发者|开发人员)"
    r"|authorize (?:a|the|new|another) developer|developer\.amazonservices"
    r"|开发者(?:编号|账号|账户) ?(?:填|粘)",
    re.IGNORECASE,
)
_CHINESE_DO = re.compile(
    r"打开|点击|点开|点(?=[「“选按进接下{ ]|“)|选择|选中|选(?=[「“])|登录|登入|进入|填(?:写|入|上|进)|输入|复制"
    r"|注册(?:成|为)?|申请|授权给|勾选|提交|(?:请|先|再|然后)(?:去|到|在)"
)
_LATIN_DO = re.compile(
    r"(?:^|[,;:]\s+|\b(?:please|then|and|now|first|next|should|must|can|may|to|need to|have to|just)\s+)"
    r"(?:open|click|choose|select|sign in|log in|go to|enter|fill in|copy|paste|register|apply|tick"
    r"|submit|authorize|visit|use)\b",
    re.IGNORECASE,
)
#: It is told as what once was, as what is over, or as what to move to; Amazon Pay has an MWS yet.
_PAST = re.compile(
    r"当年|当时|那时|从前|以前|曾|时代|历史|已关闭|已经关闭|关闭|停用|不再|不能|老|旧|年(?:以前|之前|的)|早期|过"
    r"|19\d\d|20[01]\d|202[0-4]|\b(?:was|were|had|used to|did|once|back then|at the time|in the days|historic"
    r"|former|formerly|old|older|shut down|closed|ended|removed|unavailable|retired|gone|no longer"
    r"|until|under MWS the)\b|SP-API|Amazon Pay",
    re.IGNORECASE,
)


def is_retired(block: Block, sentence: Sentence, language: str, standing: str) -> bool:
    """Whether this sentence has its reader take a step of MWS, and its guide is not historic,
    so that no banner above it says that the step is gone."""
    if standing == "historic" or block.kind in SAID_BY_OTHERS or sentence.is_question:
        return False
    said, text = sentence.said, sentence.text
    found = _FLOW.search(text)
    if not found or _PAST.search(text):
        return False
    do = (_CHINESE_DO if is_chinese(language) else _LATIN_DO).search(said)
    return do is not None and not denies(said, do.start(), do.end(), language)

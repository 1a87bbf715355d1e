"""Words used against the glossary: a term's name in another spelling, or another word for it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from guides.rendering import Block, is_chinese

from .sentences import Sentence


@dataclass(frozen=True)
class Term:
    """One entry of the glossary: its address, and its title in each language."""

    slug: str
    titles: Mapping[str, str]

    def names(self, language: str) -> tuple[str, ...]:
        """What it is called: the title, and each name that the title gives in brackets."""
        title = self.titles.get(language, "")
        return tuple(name for one in re.split(r"[（）()，、,/]", title) if (name := one.strip()))


@dataclass(frozen=True, slots=True)
class Misnomer:
    """What stands in the text, and what the glossary says instead."""

    found: str
    wanted: str


#: Words that are not the glossary's, by the term they stand for: what sellers say, what older or
#: other people's texts write, and what is simply misspelled.
DISCOURAGED: Mapping[str, Mapping[str, Sequence[str]]] = {
    "zh-hans": {
        "access-token": ("短期令牌",),
        "account-deactivated": ("封号", "封店"),
        "account-health": ("账户健康", "账号健康", "店铺健康"),
        "case-log": ("案例日志",),
        "client-id-and-secret": ("客户密钥", "客户端秘钥"),
        "credential": ("凭据",),
        "developer": ("开发人员",),
        "mws-auth-token": ("MWS 授权码", "MWS授权码", "MWS 的授权码", "授权码令牌"),
        "performance-notification": ("绩效通知",),
        "primary-user": ("主账号", "主帐号", "主账户"),
        "reactivate": ("解封",),
        "refresh-token": ("更新令牌", "长期令牌"),
        "role": ("应用角色", "API 角色"),
        "secondary-user": ("子账号", "子帐号", "子账户", "子帐户"),
        "secret-key": ("秘钥", "密匙", "密钥证书", "访问证书"),
        "self-authorization": ("自我授权", "自授权"),
        "seller-central": ("卖家中心",),
        "seller-id": ("卖家ID", "卖家 ID"),
        "selling-partner": ("销售合作伙伴",),
    },
    "en": {
        "account-health": ("health dashboard",),
        "developer-id": ("developer number",),
        "mws-auth-token": ("MWS authorization code", "MWS auth code", "MWS authorization token"),
        "primary-user": ("main account", "master account", "main user"),
        "refresh-token": ("long-lived token",),
        "secondary-user": ("sub-account", "subaccount", "child account"),
        "secret-key": ("private key", "secret certificate"),
        "seller-central": ("Seller Center", "Seller Centre"),
        "seller-id": ("merchant ID", "seller number"),
    },
}
#: Names that are ordinary words in small letters, and what Amazon itself writes in one word.
_ALSO_FINE = {
    "account health", "develop apps", "developer ID", "mwsAuthToken", "MWSAuthToken",
    "plan of action", "user permissions",
}  # fmt: skip
#: Lines in the words of those who are stuck, which are not those of a glossary.
_IN_THEIR_WORDS = {"stop", "stuck", "answer", "quote"}
_LATIN_NAME = re.compile(r"[A-Za-z][A-Za-z0-9-]*(?: [A-Za-z0-9-]+)*")
#: Whoever says so tells what a thing is called elsewhere, and calls it so on purpose.
_TOLD = re.compile(
    r"[叫称]|写作|写的?是|写成|译|说法|口语|平常|旧名|又名|俗|中文名|英文名|名字|转述|也就是|常说|以前"
    r"|\b(?:call(?:s|ed)?|named?|known as|say|says|said|write|writes|written|wording|Chinese|colloquial"
    r"|renamed|formerly|spelled|term)\b",
    re.IGNORECASE,
)


class Glossary:
    """The terms as one text is held against them; `own` is the term that the text explains."""

    def __init__(self, terms: Iterable[Term], language: str, own: str = "") -> None:
        self.language = language
        self.terms = [term for term in terms if term.slug != own]

    def misnomers(self, block: Block, sentence: Sentence) -> Iterator[Misnomer]:
        """What this sentence calls otherwise than the glossary does."""
        if block.kind in _IN_THEIR_WORDS:
            return
        said = sentence.said
        for found in self._spellings.finditer(said) if self._names else ():
            name = self._names[_folded(found[0])]
            if not _is_spelled(found[0], name):
                yield Misnomer(found[0], name)
        if self._discouraged and not _TOLD.search(said):
            for found in self._others.finditer(said):
                yield Misnomer(found[0], self._discouraged[found[0].casefold()])

    @cached_property
    def _names(self) -> Mapping[str, str]:
        """Names that are written in one way only: of two words or more, with capitals of their
        own. A name in small letters is an ordinary noun, and one word may be an ordinary word."""
        names = (name for term in self.terms for name in term.names(self.language))
        return {
            _folded(name): name
            for name in names
            if _LATIN_NAME.fullmatch(name)
            and re.search(r"[ -]", name)
            and sum(one[:1].isupper() for one in re.split("[ -]", name)) > 1
        }

    @cached_property
    def _spellings(self) -> re.Pattern[str]:
        names = sorted(self._names.values(), key=len, reverse=True)
        ways = (r"[ _-]?".join(map(re.escape, re.split("[ -]", name))) for name in names)
        return _words(f"(?:{'|'.join(ways)})s?")

    @cached_property
    def _discouraged(self) -> Mapping[str, str]:
        words = DISCOURAGED.get(self.language, {})
        return {
            word.casefold(): term.names(self.language)[0]
            for term in self.terms
            if term.names(self.language)
            for word in words.get(term.slug, ())
        }

    @cached_property
    def _others(self) -> re.Pattern[str]:
        words = sorted(map(re.escape, self._discouraged), key=len, reverse=True)
        if is_chinese(self.language):
            return re.compile("|".join(words), re.IGNORECASE)
        return _words(f"(?:{'|'.join(words)})")


def _words(pattern: str) -> re.Pattern[str]:
    return re.compile(rf"(?<![A-Za-z0-9_-]){pattern}(?![A-Za-z0-9_-])", re.IGNORECASE)


def _folded(name: str) -> str:
    return re.sub("[ _-]", "", name).casefold().removesuffix("s")


def _is_spelled(found: str, name: str) -> bool:
    return found in (name, f"{name}s", name.removesuffix("s")) or found in _ALSO_FINE

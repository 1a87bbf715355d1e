"""The bundled terms: each has its names, and what sellers type is a name of the right one."""

from __future__ import annotations

import re
from collections import defaultdict

import pytest

from guides.publishing import bundle
from guides.search.folding import BREAK, fold

TERMS = {
    guide.slug: guide
    for guide in bundle.read_guides(bundle.BUNDLE)
    if guide.facts["kind"] == "term"
}
#: In the order in which the glossary was written down; a term's position is its number here.
GLOSSARY = [
    "seller-central",
    "marketplace-web-service",
    "selling-partner-api",
    "selling-partner",
    "developer",
    "developer-id",
    "access-key",
    "secret-key",
    "credential",
    "mws-auth-token",
    "seller-id",
    "merchant-token",
    "marketplace-id",
    "primary-account-holder",
    "primary-user",
    "secondary-user",
    "user-permissions",
    "permissions-manager",
    "manage-your-apps",
    "authorize-now",
    "authorize-a-developer",
    "revoke-authorization",
    "disable",
    "re-authorize",
    "developer-central",
    "develop-apps",
    "developer-profile",
    "selling-partner-appstore",
    "solution-provider-portal",
    "login-with-amazon",
    "client-id-and-secret",
    "refresh-token",
    "access-token",
    "restricted-data-token",
    "role",
    "self-authorization",
    "private-and-public-application",
    "acceptable-use-policy",
    "data-protection-policy",
    "api-developer-agreement",
    "marketplace-developer-agreement",
    "business-solutions-agreement",
    "account-deactivated",
    "reactivate",
    "account-health",
    "performance-notification",
    "appeal",
    "plan-of-action",
    "root-cause",
    "selling-privileges",
    "personally-identifiable-information",
    "sensitive-personal-information",
    "case-log",
    "professional-selling-account",
]
#: What sellers type, and the term that it is a name of.
TYPED = {
    "封号": "account-deactivated",
    "账号被封": "account-deactivated",
    "停用": "account-deactivated",
    "suspended": "account-deactivated",
    "解封": "reactivate",
    "API": "secret-key",
    "密钥": "secret-key",
    "秘钥": "secret-key",
    "私钥": "secret-key",
    "key": "secret-key",
    "secret": "secret-key",
    "token": "mws-auth-token",
    "令牌": "mws-auth-token",
    "授权码": "mws-auth-token",
    "RefreshToken": "refresh-token",
    "LWA": "login-with-amazon",
    "client secret": "client-id-and-secret",
    "开发者ID": "developer-id",
    "开发者编号": "developer-id",
    "卖家ID": "seller-id",
    "主账号": "primary-user",
    "子账号": "secondary-user",
    "sub-account": "secondary-user",
    "后台": "seller-central",
    "店铺授权": "authorize-now",
    "绑定店铺": "authorize-now",
    "解绑": "revoke-authorization",
    "续期": "re-authorize",
    "角色": "role",
    "自授权": "self-authorization",
    "应用商店": "selling-partner-appstore",
    "BSA": "business-solutions-agreement",
    "AUP": "acceptable-use-policy",
    "DPP": "data-protection-policy",
    "SPP": "solution-provider-portal",
    "POA": "plan-of-action",
    "申诉信": "plan-of-action",
    "个人信息": "personally-identifiable-information",
    "账户健康": "account-health",
    "绩效通知": "performance-notification",
}
#: Two terms for one thing, each found by the names of the other.
SAME_THING = {"seller-id", "merchant-token"}
each_term = pytest.mark.parametrize("slug", GLOSSARY)


def names(slug: str, language: str) -> set[str]:
    """Title and keywords, as search compares them."""
    text = TERMS[slug].read(language)
    return {name for line in (text["title"], text["keywords"]) for name in fold(line).split(BREAK)}


def test_all_of_the_glossary_is_there_in_its_order() -> None:
    assert sorted(TERMS, key=lambda slug: TERMS[slug].facts["position"]) == GLOSSARY
    assert [TERMS[slug].facts["position"] for slug in GLOSSARY] == list(range(1, 55))


@each_term
def test_its_chinese_stands_in_the_list_by_its_pinyin(slug: str) -> None:
    text = TERMS[slug].read("zh-hans")

    assert re.fullmatch(r"[a-z]+( [a-z]+)*", text["sort"])
    # One syllable for each character that the title begins with.
    chinese = re.match(r"[\u4e00-\u9fff]*", text["title"])
    assert chinese
    assert len(text["sort"].split()) >= len(chinese[0])


@each_term
@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_it_has_names_besides_its_title(slug: str, language: str) -> None:
    text = TERMS[slug].read(language)
    written = [word.strip() for word in text["keywords"].split(",")]

    assert names(slug, language) - set(fold(text["title"]).split(BREAK))
    assert all(written)
    assert len(set(written)) == len(written)


@pytest.mark.parametrize(("typed", "slug"), TYPED.items())
def test_what_sellers_type_is_one_of_its_names(typed: str, slug: str) -> None:
    assert fold(typed) in names(slug, "zh-hans") | names(slug, "en")


def test_a_name_belongs_to_one_term() -> None:
    """Search takes all names of a term for one word: shared ones would join two terms."""
    owners = defaultdict(set)
    for slug in GLOSSARY:
        for name in names(slug, "zh-hans") | names(slug, "en"):
            owners[name].add(slug)

    shared = {name: found for name, found in owners.items() if len(found) > 1}
    assert {name for name, found in shared.items() if found != SAME_THING} == set()
    assert fold("Merchant Token") in shared

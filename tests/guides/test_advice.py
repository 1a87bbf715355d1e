"""What an editor is warned of, and what reads alike and is fine: sentences by rule and language."""

from __future__ import annotations

from collections import Counter

import pytest
from django.conf import settings

from guides.advice import Advice, Term, advise
from guides.publishing import bundle
from guides.publishing.files import read_edition
from guides.rendering import parse_blocks

ZH, EN = "zh-hans", "en"
TERMS = [
    Term("secret-key", {ZH: "私有密钥（Secret Key）", EN: "Secret Key"}),
    Term("seller-central", {ZH: "卖家平台（Seller Central）", EN: "Seller Central"}),
    Term("mws-auth-token", {ZH: "MWS 授权令牌（MWS Auth Token）", EN: "MWS Auth Token"}),
    Term("secondary-user", {ZH: "次级用户（secondary user）", EN: "secondary user"}),
    Term("selling-partner-api", {ZH: "销售伙伴 API（SP-API）", EN: "Selling Partner API (SP-API)"}),
    Term("access-token", {ZH: "访问令牌（access token）", EN: "access token"}),
]


def told(text: str, language: str, code: str = "", **changes: object) -> list[Advice]:
    wanted = {"kind": "article", "standing": "current", "glossary": TERMS, "grades": {"s1", "s2"}}
    found = advise(parse_blocks(text), language=language, **wanted | changes)
    return [one for one in found if code in ("", one.code)]


def codes(text: str, language: str, **changes: object) -> list[str]:
    return [one.code for one in told(text, language, **changes)]


# --- Handing over a secret ----------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        "把 Secret Key 发给服务商[@s1]。",
        "请将客户端密钥交给对方的客服[@s1]。",
        "授权时，把[[secret-key|Secret Key]]填到软件的网站上[@s1]。",
        "告诉代运营你的登录密码[@own]。",
        "先提供访问密钥给开发者，再等邮件[@s1]。",
        "密钥发给我们就行[@own]。",
        "刷新令牌抄给软件商，他会接上[@s1]。",
        "给客服你的密码，他来处理[@own]。",
        "不要着急，把密钥发给我们[@own]。",
        "- 把验证码转发给同行业的朋友[@own]",
        "- [ ] 把密钥发给服务商 {#send}",
        "钥匙自己保管，再把密码告诉代运营[@own]。",
        "注册之前，先把密钥发给我们[@own]。",
        "以后接软件，把刷新令牌交给它[@own]。",
        "- [fine] 把 Secret Key 发到群里[@own]",
        '!!! stuck "怎么接软件"\n    把密钥贴到它的后台里[@own]。',
    ],
)
def test_telling_someone_to_hand_over_a_secret_in_chinese(text: str) -> None:
    assert "handing-over" in codes(text, ZH)


@pytest.mark.parametrize(
    "text",
    [
        "不要把 Secret Key 发给任何人[@own]。",
        "谁都不该把密钥交给服务商[@s1]。",
        "别把密码告诉代运营，也别截图[@own]。",
        "不要截图，或把密钥发给别人[@own]。",
        "卖家不得把 [[secret-key|Secret Key]] 和访问密钥编号交给第三方[@s1]。",
        "把密钥发给服务商，违反条款[@s1]。",
        "你给出去的是一次同意，不是一串密钥[@s1]。",
        "群里说“把密钥发给我”，要的可能就是它[@own]。",
        "当年卖家把密钥交给了服务商[@s1]。",
        "已经把密码给过别人，先收回访问[@own]。",
        "有人让你把密钥发过去，就停下[@own]。",
        '!!! stop "要你把密钥发给它？到这里停下。"\n    什么都不给[@own]。',
        "- [never] 把 Secret Key 发进聊天群[@s1]",
        "> 把密钥发给我们[@s1]",
        "## 直接把密钥给服务商 {#given}",
        "| 当年 | 今天 |\n| --- | --- |\n| 把令牌抄给对方 | 点同意[@s1] |",
        "详见[[method-mws-own-keys|直接把密钥给服务商]][@own]。",
        "给对方一个授权，不给密钥[@s1]。",
        "密钥由你保管，也由你负责[@s1]。",
        "登录时输入你的密码[@s1]。",
    ],
)
def test_warning_against_it_in_chinese_is_fine(text: str) -> None:
    assert "handing-over" not in codes(text, ZH)


@pytest.mark.parametrize(
    "text",
    [
        "Send your Secret Key to the provider.[@s1]",
        "Please give the agency your password.[@own]",
        "Open the page, then share the refresh token with them.[@s1]",
        "You should hand over the client secret to the developer.[@s1]",
        "To connect, paste your access key into the vendor's website.[@s1]",
        "You can tell support your password.[@own]",
        "Do not worry: just send us the key.[@own]",
        "As we said, give the key to your agency.[@own]",
        "You keep your own password, and give the client secret to the provider.[@own]",
        "Forward the verification code to your agency.[@own]",
        "- E-mail them your credentials.[@own]",
        "- [ ] Send the key to the provider {#send}",
        "- [fine] Post the Secret Key in the group[@own]",
    ],
)
def test_telling_someone_to_hand_over_a_secret_in_english(text: str) -> None:
    assert "handing-over" in codes(text, EN)


@pytest.mark.parametrize(
    "text",
    [
        "Never give your Secret Key to anyone.[@own]",
        "Do not send the key or paste the password anywhere.[@own]",
        "Give it an authorization and not your key.[@s1]",
        "Add outsiders there and give no password.[@s1]",
        "Keep it, and send your Secret Key to nobody.[@s1]",
        "Sellers may not give their Secret Key to third parties.[@s1]",
        "Somebody asks you to send the key: stop.[@own]",
        "“Just send us the secret” is a bad sign.[@own]",
        "Sharing your Access Keys may result in suspension.[@s1]",
        "They gave the key to a provider in 2016.[@s1]",
        "Enter that account only, never your Seller Central password.[@own]",
        "Sign in and enter your password.[@s1]",
        "- [never] Send the Secret Key to a chat group[@s1]",
        "> Send us your keys.[@s1]",
        "## Give the key directly {#given}",
        "Did you give them the key?",
        "First read [[method-credentials-handed-over|why to give the key to nobody]].[@own]",
        "Tell the provider that this key is out of use.[@own]",
        "Give the provider a name and an e-mail address.[@own]",
    ],
)
def test_warning_against_it_in_english_is_fine(text: str) -> None:
    assert "handing-over" not in codes(text, EN)


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("把卖家编号和 MWS 授权令牌交给开发者[@s1]。", ZH),
        ("Give the developer the Seller ID and the MWS Auth Token.[@s1]", EN),
    ],
)
def test_a_token_was_what_one_gave_in_the_days_of_mws(text: str, language: str) -> None:
    assert "handing-over" not in codes(text, language, standing="historic")
    assert "handing-over" in codes(text, language)
    key = text.replace("MWS 授权令牌", "密钥").replace("MWS Auth Token", "Secret Key")
    assert "handing-over" in codes(key, language, standing="historic")


# --- Promises -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("照这样写，保证恢复销售权限[@own]。", ZH),
        ("材料齐了，一定能通过[@s1]。", ZH),
        ("这样申诉 100% 成功[@own]。", ZH),
        ("交了材料，账户就能恢复[@s1]。", ZH),
        ("我们的成功率很高[@own]。", ZH),
        ("这份模板必过[@own]。", ZH),
        ("Your account will be reinstated.[@own]", EN),
        ("We guarantee reinstatement.[@own]", EN),
        ("This letter works 100% of the time: success is certain, 100% reinstated.[@own]", EN),
        ("The success rate is high.[@s1]", EN),
        ("With these papers the appeal will surely be accepted.[@own]", EN),
    ],
)
def test_a_promise(text: str, language: str) -> None:
    assert "promise" in codes(text, language)


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("提交材料不保证恢复销售权限[@s1]。", ZH),
        ("谁都不能保证一定能恢复[@own]。", ZH),
        ("本站不写成功率[@own]。", ZH),
        ("不是一定能通过[@own]。", ZH),
        ("有人说“保证恢复”，别信[@own]。", ZH),
        ("- [never] 一定能恢复[@own]", ZH),
        ("这样就能看到名单[@s1]。", ZH),
        ("撤销后不能恢复[@s1]。", ZH),
        ("保证密钥不外传[@own]。", ZH),
        ("Supplying it does not guarantee reinstatement.[@s1]", EN),
        ("Nobody can guarantee it.[@own]", EN),
        ("This site has no success rate to offer.[@own]", EN),
        ("“We guarantee it” is a bad sign.[@own]", EN),
        ("- [never] Your account will be reinstated[@own]", EN),
        ("The page will be closed.[@s1]", EN),
        ("To get it back, an appeal is submitted.[@s1]", EN),
    ],
)
def test_no_promise(text: str, language: str) -> None:
    assert "promise" not in codes(text, language)


@pytest.mark.parametrize(
    ("text", "language", "is_guess"),
    [
        ("通常 3 天就有答复[@own]。", ZH, True),
        ("一般两周左右恢复。", ZH, True),
        ("亚马逊说，预计两天内会有答复[@s1]。", ZH, False),
        ("不要以为通常三天就有答复[@own]。", ZH, False),
        ("大约要 10 分钟填完[@own]。", ZH, False),
        ("You usually get a reply within 3 days.[@own]", EN, True),
        ("Expect an answer in about two weeks.", EN, True),
        ("Amazon says to expect a reply within two days.[@s1]", EN, False),
        ("Filling it in takes about two hours.[@own]", EN, False),
        # What is not registered stands behind nothing.
        ("通常 3 天就有答复[@nobody]。", ZH, True),
    ],
)
def test_how_long_it_takes(text: str, language: str, is_guess: bool) -> None:
    assert ("wait" in codes(text, language)) == is_guess


# --- Numbers and dates --------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "language", "words"),
    [
        ("MWS 在 2024 年 4 月 1 日关闭。", ZH, "“2024”, “4”, “1”"),
        ("旧密钥还能用七天。", ZH, "“七天”"),
        ("- 公共应用最多接 25 家店", ZH, "“25”"),
        ("- [ ] 换密钥 | 旧的还能用 7 天 {#new}", ZH, "“7”"),
        ("It was shut down on 1 April 2024.", EN, "“1”, “2024”"),
        ("The old secret works for seven days.", EN, "“seven days”"),
        ("- [care] Keep it for 180 days", EN, "“180”"),
    ],
)
def test_a_figure_without_a_source(text: str, language: str, words: str) -> None:
    (one,) = told(text, language, "figure")
    assert words in str(one.message)


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("MWS 在 2024 年 4 月 1 日关闭[@s1]。", ZH),
        ("公共应用最多接 25 家店[@s1]。旧的还能用七天。", ZH),
        ("七天后再看一遍[@own]。", ZH),
        ("第 2.4 条说的是这件事。", ZH),
        ("做第 3 步，再看那六项和三件事。", ZH),
        ("按这五步做完，每题一句话。", ZH),
        ("传输至少用 TLS 1.2。", ZH),
        ("例子是 `2024-01-01`，原话是“七天之内”。", ZH),
        ("## 2024 年的事 {#then}", ZH),
        ("- [ ] 日历里记下 7 天后的日期 {#seven}", ZH),
        ("- [ ] 记下 365 天后的日期 -> [[exposed#list|怎么记]] {#expiry}", ZH),
        ("| 日期 | 事 |\n| --- | --- |\n| 2024 | 关闭[@s1] |", ZH),
        ("It was shut down on 1 April 2024.[@s1]", EN),
        ("Clause 2.4 and section 3 are about this.", EN),
        ("Do step 3, then the six items and three things.", EN),
        ("In one place, one at a time.", EN),
        ("Transport uses TLS 1.2 and AES-256.", EN),
    ],
)
def test_figures_that_need_none(text: str, language: str) -> None:
    assert "figure" not in codes(text, language)


# --- The glossary -------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "language", "found", "wanted"),
    [
        ("把 secret key 放好[@own]。", ZH, "secret key", "Secret Key"),
        ("打开 SellerCentral 看看[@own]。", ZH, "SellerCentral", "Seller Central"),
        ("给他开一个子账号[@own]。", ZH, "子账号", "次级用户"),
        ("填 MWS 授权码[@own]。", ZH, "MWS 授权码", "MWS 授权令牌"),
        ("秘钥放好[@own]。", ZH, "秘钥", "私有密钥"),
        ("Keep the secret key safe.[@own]", EN, "secret key", "Secret Key"),
        ("Keep Secret-Keys safe.[@own]", EN, "Secret-Keys", "Secret Key"),
        ("Open seller central.[@own]", EN, "seller central", "Seller Central"),
        ("Open a sub-account.[@own]", EN, "sub-account", "secondary user"),
        ("It uses the sp-api.[@own]", EN, "sp-api", "SP-API"),
    ],
)
def test_a_term_in_other_words(text: str, language: str, found: str, wanted: str) -> None:
    (one,) = told(text, language, "term")
    assert found in str(one.message)
    assert wanted in str(one.message)


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("把 Secret Key 和 MWS 授权令牌放好[@own]。", ZH),
        ("应用收到一个授权码，自己去换访问令牌[@s1]。", ZH),
        ("卖家常说的子账号，这里写作次级用户[@own]。", ZH),
        ("平常叫“子账号”[@own]。", ZH),
        ("字段写成 `secret_key`[@own]。", ZH),
        ('!!! stuck "一直用子账号"\n    给每人各开一份[@own]。', ZH),
        ("Secret Keys and access tokens.[@own]", EN),
        ("Access tokens expire.[@own]", EN),
        ("Sellers call it a sub-account.[@own]", EN),
        ("The field is `secret_key`.[@own]", EN),
        ("The Selling Partner API, or SP-API.[@own]", EN),
    ],
)
def test_terms_as_the_glossary_has_them(text: str, language: str) -> None:
    assert "term" not in codes(text, language)


def test_a_terms_own_page_may_call_it_what_it_likes() -> None:
    text = "给他开一个子账号[@own]。"
    assert "term" in codes(text, ZH, slug="role")
    assert "term" not in codes(text, ZH, slug="secondary-user")
    assert "term" not in codes(text, ZH, glossary=[])


# --- Long sentences -----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "language", "is_long"),
    [
        ("字" * 40 + "[@s1]。", ZH, False),
        ("字" * 41 + "[@s1]。", ZH, True),
        ("字" * 30 + "。" + "字" * 30 + "[@s1]。", ZH, False),
        ("字" * 30 + "，" + "字" * 11 + "[@s1]。", ZH, True),
        ("字" * 39 + "[[secret-key|字]][@s1][^n]{字字|Word}。", ZH, False),
        (" ".join(["word"] * 30) + ".[@s1]", EN, False),
        (" ".join(["word"] * 31) + ".[@s1]", EN, True),
        ("> " + " ".join(["word"] * 31) + "[@s1]", EN, False),
        (" ".join(["word"] * 29) + " {按钮|A long button}.[@s1]", EN, False),
        (" ".join(["word"] * 20) + ".[@s1] " + " ".join(["Word"] * 20) + ".[@s1]", EN, False),
    ],
)
def test_sentences_that_are_too_long(text: str, language: str, is_long: bool) -> None:
    assert ("long" in codes(text, language)) == is_long


# --- Retired flows ------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("打开{管理您的应用程序|Manage Your Apps}，点“MWS”一栏[@s1]。", ZH),
        ("登录 MWS 的注册页，填开发者的编号[@s1]。", ZH),
        ("1. 在权限管理器里选“授权某个开发者”[@s1]。", ZH),
        ("Open the MWS tab and click the button.[@s1]", EN),
        ("1. Go to Manage Your Apps, then choose {Authorize new developer?} under MWS[@s1]", EN),
        ("Register for MWS access.[@s1]", EN),
    ],
)
def test_a_step_of_mws_told_as_of_today(text: str, language: str) -> None:
    assert "retired" in codes(text, language)
    assert "retired" not in codes(text, language, standing="historic")


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("当年要打开 MWS 的页面，点授权[@s1]。", ZH),
        ("MWS 已在 2024 年关闭，打开也没有用[@s1]。", ZH),
        ("不要打开 MWS 的旧教程照做[@own]。", ZH),
        ("打开{管理您的应用程序|Manage Your Apps}，看名单[@s1]。", ZH),
        ("MWS 由 SP-API 接替，请注册新的应用[@s1]。", ZH),
        ("In the days of MWS you had to open that tab.[@s1]", EN),
        ("Open {管理您的应用程序|Manage Your Apps} and read the list.[@s1]", EN),
        ("Do not follow MWS tutorials or open their links.[@own]", EN),
        ("MWS is what came before.[@s1]", EN),
    ],
)
def test_steps_that_are_told_as_they_are(text: str, language: str) -> None:
    assert "retired" not in codes(text, language)


# --- The whole ----------------------------------------------------------------------------


def test_each_warning_names_its_line_and_its_sentence() -> None:
    body = "## 一 {#a}\n\n好[@s1]。\n\n好[@s1]。把密钥发给服务商，他会替你接上[@s1]。\n"
    (one,) = told(body, ZH)
    assert (one.field, one.line, one.place) == ("body", 5, 2)
    assert one.excerpt == "把密钥发给服务商，他会替你接上。"

    summary = {"title": "好", "summary": "把密钥发给服务商。", "card": "一定能恢复"}
    found = told("", ZH, head=summary)
    assert [(one.field, one.line, one.place, one.code) for one in found] == [
        ("card", 0, None, "promise"),
        ("summary", 0, None, "handing-over"),
    ]


def test_any_text_is_read_and_none_refused() -> None:
    for text in ("", "\n\n", "# 不懂的一行", "- [x] ?", "[@", "[[|]]{}", "**[@s1]**", "。。。"):
        for language in (ZH, EN):
            advise(parse_blocks(text), language=language, kind="check", standing="current",
                   glossary=TERMS, grades=())  # fmt: skip


def test_the_bundled_guides_are_told_next_to_nothing() -> None:
    guides = {guide.slug: guide for guide in bundle.read_guides(bundle.BUNDLE)}
    texts = {
        (slug, code): read_edition(guide.texts[code])
        for slug, guide in guides.items()
        for code, _name in settings.LANGUAGES
    }
    terms = [
        Term(slug, {code: texts[slug, code]["title"] for code in guide.texts})
        for slug, guide in guides.items()
        if guide.facts["kind"] == "term"
    ]
    sources = set(bundle.read_sources(bundle.BUNDLE))
    found = Counter(
        one.code
        for (slug, code), text in texts.items()
        for one in advise(
            parse_blocks(text["body"]),
            language=code,
            kind=guides[slug].facts["kind"],
            standing=guides[slug].facts["standing"],
            glossary=terms,
            grades=sources,
            head=text,
            slug=slug,
        )
    )
    assert found == {}

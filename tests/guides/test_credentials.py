"""Secrets are found and harmless texts pass: two tables, each row for a reason of its own.

No secret lies in this file: values are drawn when the tests run, always the same ones.
"""

from __future__ import annotations

import base64
import json
import random
import string
import time
from itertools import pairwise

import pytest

from guides.credentials import Found, Kind, find

BASE64 = string.ascii_letters + string.digits + "+/"
URL_SAFE = string.ascii_letters + string.digits + "-_"
HEX = "0123456789abcdef"
CAPITALS = string.ascii_uppercase + string.digits


def drawn(length: int, alphabet: str, seed: str) -> str:
    return "".join(random.Random(seed).choices(alphabet, k=length))


def uuid(seed: str) -> str:
    return "-".join(
        drawn(size, HEX, f"{seed}{size}{place}") for place, size in enumerate((8, 4, 4, 4, 12))
    )


def wide(text: str) -> str:
    """Full-width letters, as a Chinese input method types them."""
    return "".join(chr(ord(each) + 0xFEE0) if "!" <= each <= "~" else each for each in text)


def split(text: str, size: int, by: str = " ") -> str:
    return by.join(text[start : start + size] for start in range(0, len(text), size))


def plain_json(value: object) -> str:
    return (
        base64.urlsafe_b64encode(json.dumps(value, separators=(",", ":")).encode())
        .decode()
        .rstrip("=")
    )


SECRET = drawn(40, BASE64, "secret key")
OTHER_SECRET = drawn(40, BASE64, "another secret key")
WORDY_SECRET = (
    drawn(20, string.ascii_lowercase, "low") + "7" + drawn(19, string.ascii_uppercase, "up")
)
WORDY_SECRET = split(WORDY_SECRET[:20], 4, "K")[:24] + "3" + WORDY_SECRET[25:40]
KEY_ID = "AK" + "IA" + drawn(15, CAPITALS, "id") + "7"
OLD_KEY_ID = "022Q" + drawn(15, CAPITALS, "old id") + "2"
MWS = ".".join(("amzn", "mws", uuid("mws")))
LWA_ID = ".".join(("amzn1", "application-oa2-client", drawn(32, HEX, "client")))
LWA_OLD = drawn(64, HEX, "old client secret")
LWA = ".".join(("amzn1", "oa2-cs", "v1", LWA_OLD))
REFRESH = "Atz" + "r|" + "IwEBI" + drawn(300, URL_SAFE, "refresh")
ACCESS = "Atz" + "a|" + "IwEBI" + drawn(300, URL_SAFE, "access")
TOKEN_OF_JSON = ".".join(
    (
        plain_json({"alg": "HS256", "typ": "JWT"}),
        plain_json({"sub": "1", "exp": 2}),
        drawn(43, URL_SAFE, "sign"),
    )
)
DASHES = "-" * 5
BODY = split("MIIEvQIBADANBgkqhkiG9w0BAQEFAASC" + drawn(800, BASE64, "body"), 64, "\n")


def pem(kind: str, body: str = BODY, headers: str = "") -> str:
    name = f"{kind}PRIVATE " + "KEY"
    return f"{DASHES}BEGIN {name}{DASHES}\n{headers}{body}\n{DASHES}END {name}{DASHES}"


PASS = "Yun" + "2018" + "wu"
WORD_PASS = "shang" + "pin" + "88"
SIGN_PASS = "Wang@" + "Dian!" + "xx"
NUMBER = "80" + "2351"

SECRETS = [
    # The forty characters of a secret key.
    ("secret key alone", SECRET, Kind.AWS_SECRET_KEY),
    ("in an English sentence", f"They asked for {SECRET} and I sent it.", Kind.AWS_SECRET_KEY),
    ("in Chinese without a space", f"发过去的是{SECRET}，之后就停用了", Kind.AWS_SECRET_KEY),
    ("at the end of a sentence", f"It was {SECRET}.", Kind.AWS_SECRET_KEY),
    ("in quotation marks", f"“{SECRET}”", Kind.AWS_SECRET_KEY),
    ("after an equals sign", f"SK={SECRET}", Kind.AWS_SECRET_KEY),
    ("in a table cell", f"|{SECRET}|", Kind.AWS_SECRET_KEY),
    ("in a file name", f"{SECRET.replace('/', 'a')}.txt", Kind.AWS_SECRET_KEY),
    ("in the second of two lines", f"ERP\n{SECRET}\n", Kind.AWS_SECRET_KEY),
    ("full-width", wide(SECRET), Kind.AWS_SECRET_KEY),
    ("with zero-width spaces", "\u200b".join(SECRET), Kind.AWS_SECRET_KEY),
    ("with a byte order mark inside", SECRET[:9] + "\ufeff" + SECRET[9:], Kind.AWS_SECRET_KEY),
    ("with soft hyphens", split(SECRET, 10, "\u00ad"), Kind.AWS_SECRET_KEY),
    ("with word joiners", split(SECRET, 3, "\u2060"), Kind.AWS_SECRET_KEY),
    ("with variation selectors", split(SECRET, 5, "\ufe0f"), Kind.AWS_SECRET_KEY),
    ("with Hangul fillers", split(SECRET, 5, "\u3164"), Kind.AWS_SECRET_KEY),
    ("with a control character", SECRET[:20] + "\x08" + SECRET[20:], Kind.AWS_SECRET_KEY),
    ("in halves on two lines", split(SECRET, 20, "\n"), Kind.AWS_SECRET_KEY),
    ("in halves, Windows line ends", split(SECRET, 20, "\r\n"), Kind.AWS_SECRET_KEY),
    ("in unequal pieces", f"{SECRET[:7]} {SECRET[7:30]} {SECRET[30:]}", Kind.AWS_SECRET_KEY),
    ("in tens", split(SECRET, 10), Kind.AWS_SECRET_KEY),
    ("in eights with tabs", split(SECRET, 8, "\t"), Kind.AWS_SECRET_KEY),
    ("in fives", split(SECRET, 5), Kind.AWS_SECRET_KEY),
    ("in fours, like a bank card", split(SECRET, 4), Kind.AWS_SECRET_KEY),
    ("in threes", split(SECRET, 3), Kind.AWS_SECRET_KEY),
    ("in single characters", split(SECRET, 1), Kind.AWS_SECRET_KEY),
    ("broken, inside prose", f"the key {split(SECRET, 10)} was sent", Kind.AWS_SECRET_KEY),
    ("broken by full-width spaces", split(SECRET, 10, "\u3000"), Kind.AWS_SECRET_KEY),
    ("broken by no-break spaces", split(SECRET, 8, "\u00a0"), Kind.AWS_SECRET_KEY),
    ("broken and full-width", split(wide(SECRET), 8, "\u3000"), Kind.AWS_SECRET_KEY),
    ("after an address", f"https://example.com/ {SECRET}", Kind.AWS_SECRET_KEY),
    # Pairs.
    ("pair on two lines", f"{KEY_ID}\n{SECRET}", Kind.AWS_KEY_PAIR),
    ("pair, secret first", f"{SECRET} / {KEY_ID}", Kind.AWS_KEY_PAIR),
    ("pair with a colon", f"{KEY_ID}:{SECRET}", Kind.AWS_KEY_PAIR),
    ("pair written as one", KEY_ID + SECRET, Kind.AWS_KEY_PAIR),
    ("pair joined by a stroke", f"{KEY_ID}/{SECRET}", Kind.AWS_KEY_PAIR),
    ("pair with words between", f"ID {KEY_ID} 对应的那一串是 {SECRET}", Kind.AWS_KEY_PAIR),
    ("pair of an old id", f"{OLD_KEY_ID} {SECRET}", Kind.AWS_KEY_PAIR),
    ("pair in JSON", json.dumps({"id": KEY_ID, "sk": SECRET}), Kind.AWS_KEY_PAIR),
    ("pair in an address", f"https://example.com/?a={KEY_ID}&b={SECRET}", Kind.AWS_KEY_PAIR),
    ("pair whose secret is like words", f"{KEY_ID} {WORDY_SECRET}", Kind.AWS_KEY_PAIR),
    # Tokens of Amazon's.
    ("MWS token", MWS, Kind.MWS_TOKEN),
    ("MWS token in capitals", MWS.upper(), Kind.MWS_TOKEN),
    ("MWS token in a Chinese sentence", f"授权后给的是{MWS}。", Kind.MWS_TOKEN),
    ("MWS token on two lines", MWS[:23] + "\n" + MWS[23:], Kind.MWS_TOKEN),
    ("MWS token in single characters", split(MWS, 1), Kind.MWS_TOKEN),
    ("MWS token with typeset dashes", MWS.replace("-", "–"), Kind.MWS_TOKEN),
    ("MWS token without dashes", MWS.replace("-", ""), Kind.MWS_TOKEN),
    ("MWS token, full-width", wide(MWS), Kind.MWS_TOKEN),
    ("MWS token in an address", f"https://example.com/?t={MWS}", Kind.MWS_TOKEN),
    ("LWA secret", LWA, Kind.LWA_SECRET),
    ("LWA secret on two lines", split(LWA, 50, "\n"), Kind.LWA_SECRET),
    ("LWA secret, zero-width", split(LWA, 6, "\u200d"), Kind.LWA_SECRET),
    ("old LWA secret under its id", f"{LWA_ID}\n{LWA_OLD}", Kind.LWA_SECRET),
    ("old LWA secret by field name", f"client_secret={LWA_OLD}", Kind.LABELLED_KEY),
    ("old LWA secret, named in Chinese", f"客户端密钥：{LWA_OLD}", Kind.LABELLED_KEY),
    (
        "old LWA secret in halves",
        f"Client Secret:\n{split(LWA_OLD, 32, chr(10))}",
        Kind.LABELLED_KEY,
    ),
    ("refresh token", REFRESH, Kind.LWA_REFRESH_TOKEN),
    ("access token", ACCESS, Kind.LWA_ACCESS_TOKEN),
    ("refresh token, wrapped", split(REFRESH, 76, "\n"), Kind.LWA_REFRESH_TOKEN),
    ("access token, a space after the bar", ACCESS.replace("|", "| "), Kind.LWA_ACCESS_TOKEN),
    ("access token, full-width bar", ACCESS.replace("|", "｜"), Kind.LWA_ACCESS_TOKEN),
    ("access token, escaped bar", ACCESS.replace("|", "%7C"), Kind.LWA_ACCESS_TOKEN),
    ("refresh token cut short", REFRESH[:30], Kind.LWA_REFRESH_TOKEN),
    ("access token in a header", f"x-amz-access-token: {ACCESS}", Kind.LWA_ACCESS_TOKEN),
    # Private keys and web tokens.
    ("private key", pem(""), Kind.PRIVATE_KEY),
    ("RSA private key", pem("RSA "), Kind.PRIVATE_KEY),
    ("EC private key", pem("EC "), Kind.PRIVATE_KEY),
    ("OpenSSH private key", pem("OPENSSH "), Kind.PRIVATE_KEY),
    ("encrypted private key", pem("ENCRYPTED "), Kind.PRIVATE_KEY),
    (
        "private key with headers",
        pem("RSA ", headers="Proc-Type: 4,ENCRYPTED\nDEK-Info: AES-128-CBC,00\n\n"),
        Kind.PRIVATE_KEY,
    ),
    ("private key on one line", pem("").replace("\n", " "), Kind.PRIVATE_KEY),
    ("private key without its end", pem("")[:200], Kind.PRIVATE_KEY),
    ("private key, dashes typeset", pem("").replace("--", "—"), Kind.PRIVATE_KEY),
    ("private key without its frame", BODY, Kind.PRIVATE_KEY),
    ("web token", TOKEN_OF_JSON, Kind.JWT),
    ("web token as bearer", f"Authorization: Bearer {TOKEN_OF_JSON}", Kind.JWT),
    ("web token, wrapped", split(TOKEN_OF_JSON, 30, "\n"), Kind.JWT),
    # What a label says.
    ("Chinese password", f"密码：{PASS}", Kind.PASSWORD),
    ("Chinese password, half-width colon", f"后台登录密码:{PASS}", Kind.PASSWORD),
    ("Chinese password in prose", f"我们的密码是{PASS}，一直没改", Kind.PASSWORD),
    ("Chinese password, changed to", f"后来密码改成了 {PASS}", Kind.PASSWORD),
    ("Chinese password, all are", f"几个子账号的密码都是{PASS}", Kind.PASSWORD),
    ("Chinese password by a space", f"账号 shop@example.com 密码 {WORD_PASS}", Kind.PASSWORD),
    ("Chinese password, nothing between", f"密码{WORD_PASS}", Kind.PASSWORD),
    ("Chinese password in digits", f"密码：{NUMBER}", Kind.PASSWORD),
    ("Chinese password in digits, nothing between", f"登录密码{NUMBER}。", Kind.PASSWORD),
    ("Chinese password, a birthday", "密码：1988" + "0808", Kind.PASSWORD),
    ("Chinese password with signs", f"密码：{SIGN_PASS}", Kind.PASSWORD),
    ("Chinese password in brackets", f"密码：【{PASS}】", Kind.PASSWORD),
    ("Chinese password with a gloss", f"密码（主账号）：{PASS}", Kind.PASSWORD),
    ("Chinese password on the next line", f"密码：\n{PASS}", Kind.PASSWORD),
    ("Chinese label with a space", f"密 码：{PASS}", Kind.PASSWORD),
    ("Chinese label, zero-width", f"密\u200b码：{PASS}", Kind.PASSWORD),
    ("password, full-width", f"密码：{wide(PASS)}", Kind.PASSWORD),
    ("password letter by letter", f"密码：{split(PASS, 1)}", Kind.PASSWORD),
    ("the other Chinese word", f"口令：{PASS}", Kind.PASSWORD),
    ("English password", f"Password: {PASS}", Kind.PASSWORD),
    ("English password in prose", f"The password is {PASS}.", Kind.PASSWORD),
    ("English password, was", f"our password was {WORD_PASS} until May", Kind.PASSWORD),
    ("English password in capitals", f"PASSWORD = {PASS}", Kind.PASSWORD),
    ("English password, short label", f"user: shop pwd: {PASS}", Kind.PASSWORD),
    ("English password, shorter label", f"login shop / pw={PASS}", Kind.PASSWORD),
    ("English password, arrow", f"password -> {PASS}", Kind.PASSWORD),
    ("English passphrase label", f"Passphrase: {PASS}", Kind.PASSWORD),
    ("both languages in the label", f"密码/Password：{PASS}", Kind.PASSWORD),
    ("name and password after one label", f"账号密码：shop@example.com / {PASS}", Kind.PASSWORD),
    ("name and password, a full-width comma", f"密码：shop@example.com，{PASS}", Kind.PASSWORD),
    ("password in JSON", json.dumps({"password": PASS}), Kind.PASSWORD),
    ("password in XML", f"<Password>{WORD_PASS}</Password>", Kind.PASSWORD),
    ("password in bold", f"**密码**：`{PASS}`", Kind.PASSWORD),
    ("password as a constant", f"SELLER_PASSWORD={PASS}", Kind.PASSWORD),
    ("password in an address", f"https://shop:{PASS}@example.com/", Kind.PASSWORD),
    ("English secret key", f"Secret Key: {drawn(24, URL_SAFE, 'short')}", Kind.LABELLED_KEY),
    ("secret access key as a constant", f"AWS_SECRET_ACCESS_KEY={SECRET[:30]}", Kind.LABELLED_KEY),
    ("Chinese key", f"密钥：{drawn(16, URL_SAFE, 'cn')}", Kind.LABELLED_KEY),
    ("Chinese key, usual misspelling", f"秘钥：{drawn(16, URL_SAFE, 'cn')}", Kind.LABELLED_KEY),
    ("Chinese private key", f"私钥是 {drawn(24, URL_SAFE, 'cn2')}", Kind.LABELLED_KEY),
    ("Chinese token", f"令牌：{drawn(24, URL_SAFE, 'cn3')}", Kind.LABELLED_KEY),
    ("MWS token without its prefix", f"MWSAuthToken: {uuid('bare')}", Kind.LABELLED_KEY),
    ("authorization code of a mailbox", f"邮箱授权码：{drawn(16, HEX, 'mail')}", Kind.LABELLED_KEY),
    ("API key", f"API key: {drawn(20, HEX, 'api')}", Kind.LABELLED_KEY),
    ("app secret", f"appSecret: {drawn(32, HEX, 'app')}", Kind.LABELLED_KEY),
    ("secret key that is all hex", f"Secret Key: {drawn(40, HEX, 'forty')}", Kind.LABELLED_KEY),
    (
        "secret key in fours, too short",
        f"Secret Key: {split(drawn(24, HEX, 'g'), 4)}",
        Kind.LABELLED_KEY,
    ),
    ("key in an address", f"https://example.com/?secret={drawn(20, HEX, 'q')}", Kind.LABELLED_KEY),
    ("key in all capitals", f"密钥：{drawn(24, CAPITALS, 'caps')}", Kind.LABELLED_KEY),
    (
        "key without digits",
        f"Secret Key: {drawn(40, string.ascii_letters, 'l')}",
        Kind.LABELLED_KEY,
    ),
]


@pytest.mark.parametrize(
    ("text", "kind"), [pytest.param(text, kind, id=reason) for reason, text, kind in SECRETS]
)
def test_it_finds_a_secret(text: str, kind: Kind) -> None:
    found = find(text)

    assert kind in {each.kind for each in found}


HARMLESS = [
    # Identifiers that a case is full of.
    ("seller id", "Seller ID: A2EUQ1WTGCTBG2"),
    ("seller id in Chinese", "卖家编号：A3PXVXEFKKAJSG"),
    ("merchant token is the seller id", "Your Merchant Token: A2EUQ1WTGCTBG2"),
    ("merchant token, one word", "MerchantToken=A2EUQ1WTGCTBG2"),
    ("merchant token in Chinese", "商家令牌：A2EUQ1WTGCTBG2"),
    ("seller token in Chinese", "卖家令牌：A1VC38T7YXB528"),
    ("seller id beside the word token", "token: A2EUQ1WTGCTBG2"),
    ("marketplace ids", "ATVPDKIKX0DER A1F83G8C2ARO7P A1VC38T7YXB528 A1PA6795UKMFR9"),
    ("developer id", "Developer ID 1234-5678-9012"),
    ("developer id without dashes", "开发者编号：123456789012"),
    ("order id", "订单 113-1234567-1234567"),
    ("order ids in a row", "113-1234567-1234567 114-7654321-7654321 701-1112223-3334445"),
    ("order id after the word password", "Password: 113-1234567-1234567"),
    ("one ASIN", "ASIN B07PGL2ZSL"),
    ("four ASINs are forty characters", "B07PGL2ZSL B08N5WRWNW B09G9FPHY6 B0BSHF7WHW"),
    ("four ASINs on four lines", "B07PGL2ZSL\nB08N5WRWNW\nB09G9FPHY6\nB0BSHF7WHW"),
    ("FNSKU", "X001ABCD23 X001ABCD24"),
    ("case number of Amazon", "Case ID 10234567891"),
    ("shipment id", "FBA15DK9XKTH / FBA15DK9XKTJ"),
    ("access key id alone", f"被停用的编号是 {KEY_ID}"),
    ("access key id, English", f"We deleted access key {OLD_KEY_ID} on 2018-09-10."),
    ("application id", "amzn1.sellerapps.app." + uuid("app")),
    ("application id named a token", "令牌：amzn1.sellerapps.app." + uuid("app")),
    ("solution id", "amzn1.sp.solution." + uuid("solution")),
    ("LWA client id", LWA_ID),
    ("LWA client id and a file's sum", f"{LWA_ID}, SHA-256 {LWA_OLD}"),
    ("profile id of advertising", "Profile 1234567890123456"),
    # Money and goods.
    ("tracking number UPS", "1Z999AA10123456784"),
    ("tracking number FedEx", "FedEx 7777 1234 5678"),
    ("tracking number DHL", "DHL JD014600006281230704"),
    ("tracking number of China Post", "LZ123456789CN、EA123456789CN"),
    ("tracking number of SF", "顺丰 SF1234567890123"),
    ("invoice number", "Invoice INV-2018-000451"),
    ("Chinese invoice", "发票代码 044001700111 发票号码 12345678"),
    ("electronic invoice of twenty digits", "发票号码：24442000000012345678"),
    ("Alipay order", "支付宝交易号 2018050321001004560512345678"),
    ("WeChat Pay order", "微信支付单号：4200000123201805031234567890"),
    ("PayPal transaction", "PayPal 8AB12345CD678901E"),
    ("Stripe charge", "ch_3MmlLrLkdIwHu7ix0snN0B15"),
    ("bank reference", "参考号 FT18123ABCDE\\BNK / UTR N123456789012345"),
    ("SWIFT code", "SWIFT: ICBKCNBJSZN"),
    ("IBAN", "IBAN DE89 3704 0044 0532 0130 00"),
    ("IBAN of Malta, long and mixed", "MT84 MALT 0110 0001 2345 MTLC AST0 01S"),
    ("bank account", "账号 6222 0240 0001 2345 678"),
    ("unified social credit code", "统一社会信用代码 91440300MA5DXXXX1A"),
    ("VAT number", "VAT GB123456789, EORI GB123456789000"),
    ("amounts", "USD 1,299.00 / ¥8,888.88 / 30.00 EUR"),
    ("amount after a key word", "密钥 299 元一年"),
    # Sums, ids and addresses.
    ("UUID", uuid("case")),
    ("UUID in braces", "{" + uuid("braces").upper() + "}"),
    ("UUIDs in a row", "\n".join(uuid(str(each)) for each in range(6))),
    ("SHA-256", drawn(64, HEX, "sum")),
    ("SHA-256 with its name", f"SHA-256: {drawn(64, HEX, 'sum')}"),
    ("SHA-256 in groups", split(drawn(64, HEX, "sum"), 8)),
    ("SHA-256 in base64", "sha256-" + drawn(43, BASE64, "b64") + "="),
    ("SHA-1 has forty characters", drawn(40, HEX, "sha1")),
    ("SHA-1 in capitals", drawn(40, HEX.upper(), "sha1")),
    ("SHA-1 in halves", split(drawn(40, HEX, "sha1"), 20, "\n")),
    ("MD5", f"md5 {drawn(32, HEX, 'md5')}"),
    ("mixed-case hex, as of a chain", drawn(40, "0123456789abcdefABCDEF", "eip")),
    ("mixed-case hex with its mark", "0x" + drawn(40, "0123456789abcdefABCDEF", "eip")),
    ("address of a page", "https://sellercentral.amazon.com/gp/account-manager/home.html?ref=xx"),
    ("address with a long id", f"https://mp.weixin.qq.com/s/{drawn(22, URL_SAFE, 'wx')}"),
    ("address with forty characters", f"https://example.com/r/{SECRET.replace('/', 'x')}"),
    ("address, forty characters at the end", f"见https://example.com/?r={SECRET.replace('+', 'x')}，已存"),
    ("address with a signature", "https://s3.amazonaws.com/a/b.pdf?Signature=" + drawn(27, BASE64, "s") + "%3D"),
    (
        "address of an article in WeChat",
        "https://mp.weixin.qq.com/s?__biz=MzA4MDExMDEyMw==&mid=2650&sn=" + drawn(32, HEX, "sn")
        + "&version=62060833&lang=zh_CN&pass_ticket=" + drawn(60, BASE64, "ticket"),
    ),
    ("password, mail and a date", "密码：发到 shop@example.com，2018-09-08"),
    ("password, mail at once and a date", "密码：shop@example.com，2018-09-08 已改"),
    ("address with a port", "http://127.0.0.1:8000/zh-hans/guides/"),
    ("address with a user alone", "ssh://git@example.com/a.git"),
    ("mail address", "seller.support+2018@example.com"),
    ("message id of a mail", f"<CA{drawn(40, BASE64, 'mid')[2:]}@mail.gmail.com>"),
    ("long path of words", "Settings/UserPermissions/ManageYourApps12"),
    ("long name of a class", "AmazonMarketplaceWebServiceClientVersion2"),
    ("forty capitals and digits", drawn(40, CAPITALS, "caps")),
    ("forty lower-case letters", drawn(40, string.ascii_lowercase, "low")),
    ("thirty-nine characters", drawn(39, BASE64, "39")),
    ("forty-one characters", drawn(41, BASE64, "41")),
    ("forty-four characters with padding", drawn(43, BASE64, "44") + "="),
    ("picture of a phone", "IMG_20180503_142233_HDR.jpg, Screenshot_20180503-142233_WeChat.png"),
    ("picture of WeChat", f"mmexport1525312953123.jpg, {drawn(32, HEX, 'p')}.png"),
    ("user agent", "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/69.0.3497.81"),
    ("IP address", "IPv6 2001:0db8:85a3:0000:0000:8a2e:0370:7334, 192.168.1.254"),
    ("MAC address", "00:1A:2B:3C:4D:5E"),
    # Prose about secrets, which is what the site is about.
    ("question for a key", "对方要 Secret Key？到这里停下。"),
    ("promise never to ask", "We will never ask for your Secret Key or password."),
    ("key was given", "2018 年 3 月把密钥给了 ERP 甲，9 月 8 日已在后台重置。"),
    ("key label and prose", "Secret Key: shared with the ERP in March 2018, reset in September."),
    ("key label and length", "Secret Key：40 个字符"),
    ("key label and length, English", "Secret Key: 40-character string"),
    ("key label and a date", "Secret Key: 2018-09-08 重置"),
    ("key label and a month", "密钥：2018-03 给出"),
    ("key label and a time", "令牌：2019-03-01T10:15:00Z 到期"),
    ("key label and an exhibit", "密钥：见 A-5-2"),
    ("key label, exhibit at once", "令牌：A-12-103"),
    ("key label and a file", "密钥：截图20180908.png"),
    ("key label, file at once", "Secret Key: screenshot-2018-09-08.png"),
    ("key label and a mask", "Secret Key: wJal****************************"),
    ("key label and dots", "Secret Key: wJalr7Xu..."),
    ("key label and crosses", "密钥：Ab3xxxxxxxxxxxxxxxx9"),
    ("key label and what stands for it", "Secret Key: [REDACTED-2018-09]"),
    ("key label and removed", "密钥：（removed-20180908-a）"),
    ("key label and placeholder", "client_secret=<your client secret>"),
    ("key label and a name of its kind", "Secret Key: YOUR_SECRET_KEY"),
    ("key label and empty", "Secret Key："),
    ("key label and next label", "Secret Key：\nSeller ID：A2EUQ1WTGCTBG2"),
    ("key label and version", "令牌：v2.0.1"),
    ("key label and standard", "Token: OAuth2.0-based"),
    ("key label and sum", "Token: SHA256-signed"),
    ("key label and telephone", "令牌：400-810-5666"),
    ("key label and address", "密钥：https://developer-docs.amazon.com/sp-api/docs/rotating-your-app-credentials2"),
    ("key label and domain", "令牌：api2.sellercentral.amazon.com/v1"),
    ("key label and mail", "密钥：发给了 service2018@example.com"),
    ("key label, mail at once", "密钥：service2018@example.com"),
    ("key in plural", "Secret keys: 2 of 3 were reset."),
    ("secret as an adjective", "It is no secret: 2018 was hard."),
    ("secret key rotated", "The client secret was rotated on 2024-03-01."),
    ("token valid", "The access token is valid for 3600 seconds."),
    ("token forms named", "Tokens start with Atza| and Atzr| and are valid for 1 hour since 2019."),
    ("token with a placeholder", "Atzr|<refresh token>"),
    ("token with crosses", "Atza|xxxxxxxxxxxxxxxxxxxxxxxxxxxx"),
    ("token with a name", "Atzr|YOUR_REFRESH_TOKEN_GOES_HERE"),
    ("token with stars", "Atza|IwEBI**************"),
    ("MWS token's form named", "The MWS token looks like amzn.mws.xxxxxxxx-xxxx-xxxx-xxxx-xxxxxxxxxxxx."),
    ("MWS token masked", "amzn.mws.4ea38b7b-****"),
    ("MWS token's prefix alone", "以 amzn.mws. 开头的一串"),
    ("LWA secret's form named", "旧的没有前缀，新的以 amzn1.oa2-cs.v1. 开头"),
    ("LWA secret masked", "amzn1.oa2-cs.v1.3f…（已遮住）"),
    ("frame of a private key alone", f"A key file begins with {DASHES}BEGIN PRIVATE " + f"KEY{DASHES} and so on, do not send it."),
    ("public key", f"{DASHES}BEGIN PUBLIC KEY{DASHES}\nMIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8A\n{DASHES}END PUBLIC KEY{DASHES}"),
    ("certificate", f"{DASHES}BEGIN CERTIFICATE{DASHES}\nMIIDdzCCAl+gAwIBAgIEAgAAuTANBgkq\n{DASHES}END CERTIFICATE{DASHES}"),
    ("web token's beginning named", "A JWT begins with eyJ and has two dots."),
    ("password was never given", "我们没有把密码给过任何人。"),
    ("password label and never", "密码：从未提供"),
    ("password label and length", "密码：8 位以上，含数字"),
    ("password label and length, no space", "密码：8-16位"),
    ("password changed on a day", "密码：2018-09-08 已修改"),
    ("password changed, English", "Password: changed on 2018-09-08"),
    ("password changed in a year", "修改密码 2018年9月"),
    ("password and a compact date", "修改密码 20180908"),
    ("password in a file name", "修改密码20180908.png"),
    ("password hidden", "Password: ********"),
    ("password hidden by dots", "密码：••••••••"),
    ("password required", "Password: required"),
    ("password to be sent by post", "The password was sent separately."),
    ("password reset mail", "Password reset request ID: 1234567890"),
    ("password sent to a mail", "密码发到 zhangsan2018@example.com"),
    ("password label and a mail", "密码：zhangsan2018@example.com"),
    ("password sent to a telephone", "密码发到 13800138000 这个手机"),
    ("password protected", "The PDF is password-protected."),
    ("password is two-factor", "The password is 2FA-protected."),
    ("password and a standard", "Passwords are SHA-256 hashed; password: AES256"),
    ("password and a product", "密码：ERP2018版的初始密码，已经改过"),
    ("password for four users", "Password shared with 4 users in 2018"),
    ("bypass", "bypass: Section12b applies"),
    ("pass rate", "Pass: 6 of 6 items ready"),
    ("passport", "Passport: E12345678"),
    ("passage", "passage 2018a of the notice"),
    ("compass", "Compass 2018edition"),
    ("keyboard", "keyboard: MX2018-keys7"),
    ("keyword", "Keywords: wireless-charger2018"),
    ("site's own name", "Keyright 1.2.3"),
    ("verification code", "验证码 10 分钟内有效"),
    ("authorization renewed", "授权码在 2019-03-01 前有效"),
    ("tokenize", "tokenization: 2018model"),
    ("password, then a reference", "They hold no password.[@s71][@s99]"),
    ("token, then a reference", "It gets the refresh token itself[@s41][@s49]."),
    ("password in an address, as a word", "postgres://user:PASSWORD@host/name"),
    ("password manager", "We keep passwords in 1Password since 2019."),
    # Prose and records of other kinds.
    ("English appeal", "I paid 30 USD in May and 40 USD in June to ERP A by PayPal. The service ended in July."),
    ("English in capitals and digits", "PO 12 FBA US DE UK Qty 2 pcs at USD 30 each via DHL on 5 May 18"),
    ("title case", "The Seller Agreed In Writing To Follow Section 2.4 And Section 2.7 Of The Agreement"),
    ("Chinese appeal", "我方于2018年3月通过同行群得知该服务，2018年8月停止使用，付款凭证见附件A-5-1。"),
    ("mixed languages", "在 Seller Central 的 Manage Your Apps 里 Disable 了 ERP-A（Developer ID 1234-5678-9012）"),
    ("months", "2018-03 2018-04 2018-05 2018-06 2018-07 2018-08"),
    ("months with marks", "3月[v] 4月[ ] 5月[ ] 6月[ ] 7月[!] 8月[ ]"),
    ("list of letters", "A B C D E F G H I J K L M N O P Q R S T U V W X Y Z 1 2 3 4 5 6 7 8 9"),
    ("spreadsheet row", "SKU-001\tBlack\tUSB3\t12\tUSD\t9.99\tB07PGL2ZSL\tX001ABCD23"),
    ("stock codes", "WH-1000XM4 GTX1080Ti i7-8700K RX580 DDR4-3200 M2x16mm"),
    ("exhibit names", "A-5-2_payment_2018-05.pdf B-5-1_invoice_2018-06.pdf"),
    ("WeChat id", "微信 wxid_8f3k2j5h6g7d22"),
    ("QQ and telephone", "QQ 123456789，电话 +86 138 0013 8000"),
    ("postal address", "深圳市龙岗区坂田街道2018号A栋1203，518129"),
    ("Markdown table", "| 月份 | 金额 |\n| --- | --- |\n| 2018-05 | 299 |"),
    ("licence plate and flight", "粤B12345 CZ3101 G1234"),
    ("emoji with joiners", "👨‍👩‍👧‍👦 已收到 👍🏽"),
    ("Arabic and Hebrew", "شكرا جزيلا תודה רבה"),
    ("full-width prose", "Ｓｅｌｌｅｒ　Ｃｅｎｔｒａｌ　２０１８"),
    ("empty", ""),
    ("spaces only", " \n\t "),
    ("one very long word", "a" * 5000),
]  # fmt: skip


@pytest.mark.parametrize("text", [pytest.param(text, id=reason) for reason, text in HARMLESS])
def test_it_lets_a_harmless_text_pass(text: str) -> None:
    assert find(text) == ()


def test_the_tables_are_as_long_as_promised() -> None:
    assert len({reason for reason, _, _ in SECRETS}) == len(SECRETS) >= 80
    assert len({reason for reason, _ in HARMLESS}) == len(HARMLESS) >= 150


def test_every_kind_has_a_row() -> None:
    assert {kind for _, _, kind in SECRETS} == set(Kind)


def test_it_says_where_and_never_what() -> None:
    text = f"前面的话 {SECRET} 后面的话"

    (found,) = find(text)

    assert found == Found(Kind.AWS_SECRET_KEY, 5, 45)
    assert text[found.start : found.end] == SECRET
    assert SECRET not in repr(found)


def test_places_are_those_of_the_original_text() -> None:
    hidden = "\u200b".join(wide(SECRET))

    (found,) = find(f"密\u200b钥 {hidden}。")

    assert f"密\u200b钥 {hidden}。"[found.start : found.end] == hidden


def test_a_broken_secret_is_found_as_one_whole() -> None:
    text = f"key {split(SECRET, 10)} was sent"

    (found,) = find(text)

    assert text[found.start : found.end] == split(SECRET, 10)


def test_several_are_found_in_order_and_apart() -> None:
    text = f"密码：{PASS}\n{MWS}\n{'一段话。' * 100}{OTHER_SECRET}"

    found = find(text)

    assert [each.kind for each in found] == [Kind.PASSWORD, Kind.MWS_TOKEN, Kind.AWS_SECRET_KEY]
    assert all(one.end <= other.start for one, other in pairwise(found))


def test_the_surer_kind_wins_over_the_label() -> None:
    found = find(f"令牌：{MWS}")

    assert [each.kind for each in found] == [Kind.MWS_TOKEN]


@pytest.mark.parametrize("size", [1, 2, 3, 4, 5, 8, 10, 13, 20, 40])
def test_nearly_every_secret_key_is_found_however_it_is_broken(size: int) -> None:
    missed = sum(not find(split(drawn(40, BASE64, f"{size}-{each}"), size)) for each in range(300))

    assert missed <= 9


@pytest.mark.parametrize(
    "piece",
    ["a ", "密码：", "token ", "Atza|", "eyJ", "B0 ", "://a:", "password:a.b.", "password:a-", "-" * 5,
     f"{DASHES}BEGIN PRIVATE " + f"KEY{DASHES}", "a" * 39 + " ", f"{LWA_ID} ", f"{SECRET} ", "密码("],
)  # fmt: skip
def test_time_grows_with_the_length_alone(piece: str) -> None:
    def seconds(length: int) -> float:
        text = (piece * length)[:length]
        started = time.process_time()
        find(text)
        return time.process_time() - started

    small = max(min(seconds(10_000) for _ in range(2)), 0.002)
    large = min(seconds(80_000) for _ in range(2))

    assert large < 24 * small

"""Secrets for tests, drawn when they run and always the same: none lies in the repository."""

from __future__ import annotations

import base64
import json
import random
import string

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

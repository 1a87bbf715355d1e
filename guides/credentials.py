"""What looks like a credential in a text: which kind and where, never the value.

A text is read twice: folded (full-width letters made plain, invisible characters dropped),
and folded with its spaces taken out, so that a secret broken over lines is still one. What
only resembles a secret is left alone: a refusal cannot be overruled by the person it meets.
"""

# ruff: noqa: S105 (names of kinds and patterns of labels, no values)

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from itertools import pairwise


class Kind(StrEnum):
    """Codes; their names for readers are made where messages are made."""

    AWS_KEY_PAIR = "aws-key-pair"
    AWS_SECRET_KEY = "aws-secret-key"
    MWS_TOKEN = "mws-token"
    LWA_SECRET = "lwa-secret"
    LWA_REFRESH_TOKEN = "lwa-refresh-token"
    LWA_ACCESS_TOKEN = "lwa-access-token"
    PRIVATE_KEY = "private-key"
    JWT = "jwt"
    PASSWORD = "password"
    LABELLED_KEY = "labelled-key"


@dataclass(frozen=True, slots=True)
class Found:
    """One credential: `text[start:end]` of the text that was asked about."""

    kind: Kind
    start: int
    end: int


def find(text: str) -> tuple[Found, ...]:
    """The credentials in a text, in order, none overlapping another.

    Takes time in proportion to the length of the text.
    """
    folded = Folded.of(text)
    joined = folded.without_spaces()
    chosen: list[Found] = []
    # The surest first: of two that overlap, the first stays.
    for found in (
        *prefixed(folded),
        *prefixed(joined),
        *lwa_pairs(joined),
        *key_pairs(folded),
        *secret_keys(folded),
        *labelled(folded),
        *in_addresses(folded),
    ):
        place = bisect_left(chosen, found.start, key=lambda each: each.start)
        before_ends = chosen[place - 1].end if place else 0
        after_starts = chosen[place].start if place < len(chosen) else found.end
        if before_ends <= found.start and found.end <= after_starts:
            chosen.insert(place, found)
    return tuple(chosen)


# --- Folding -------------------------------------------------------------------------------

#: Drawn as nothing though not of the category "format".
INVISIBLE = frozenset("\u034f\u115f\u1160\u17b4\u17b5\u3164\uffa0\u2800")
DASHES = frozenset("‐‑‒–—―−﹣－")
PLAIN = re.compile(r"[ -~\t\n\r]*")


@lru_cache(maxsize=4096)
def fold(character: str) -> str:
    """The plain characters that one character stands for; none for an invisible one."""
    if character in DASHES:
        return "-"
    if character in INVISIBLE or unicodedata.category(character) in {"Cf", "Mn"}:
        return ""
    if unicodedata.category(character) == "Cc":
        return " " if character.isspace() else ""
    return unicodedata.normalize("NFKC", character)


@dataclass(frozen=True, slots=True)
class Folded:
    """A text to be searched, with the place in the original of each of its characters."""

    text: str
    places: tuple[int, ...] | range

    @classmethod
    def of(cls, original: str) -> Folded:
        if PLAIN.fullmatch(original):  # most English texts: nothing moves
            return cls(re.sub(r"\s", " ", original), range(len(original)))
        plain: list[str] = []
        places: list[int] = []
        for place, character in enumerate(original):
            for each in character if " " <= character <= "~" else fold(character):
                plain.append(" " if each.isspace() else each)
                places.append(place)
        return cls("".join(plain), tuple(places))

    def without_spaces(self) -> Folded:
        kept = [index for index, character in enumerate(self.text) if character != " "]
        return Folded(
            "".join(self.text[index] for index in kept),
            tuple(self.places[index] for index in kept),
        )

    def found(self, kind: Kind, start: int, end: int) -> Found:
        return Found(kind, self.places[start], self.places[end - 1] + 1)


# --- What chance looks like ----------------------------------------------------------------

DIGIT, LOWER, UPPER, OTHER = range(4)


def sort_of(character: str) -> int:
    if "0" <= character <= "9":
        return DIGIT
    if "a" <= character <= "z":
        return LOWER
    return UPPER if "A" <= character <= "Z" else OTHER


def changes(text: str) -> int:
    """How often the sort of character changes: 25 of 39 times in a secret key, seldom in words."""
    return sum(sort_of(one) != sort_of(other) for one, other in pairwise(text))


def sorts(text: str) -> set[int]:
    return {sort_of(character) for character in text}


HEX = re.compile(r"[0-9a-fA-F]+")
WORD = re.compile(r"[A-Z]?[a-z]+|[A-Z]+|[0-9]+")


def is_by_chance(run: str, least_changes: int) -> bool:
    """Whether letters of both cases and digits or signs stand as if drawn by lot."""
    kinds = sorts(run)
    return (
        {LOWER, UPPER} <= kinds
        and bool(kinds & {DIGIT, OTHER})
        and not HEX.fullmatch(run)
        and changes(run) >= least_changes
    )


# --- Forms with a beginning of their own ---------------------------------------------------

MWS_TOKEN = re.compile(r"amzn\.mws\.[0-9a-f]{8}(?:-?[0-9a-f]{4}){3}-?[0-9a-f]{12}", re.IGNORECASE)
LWA_SECRET = re.compile(r"amzn1\.oa2-cs\.v\d{1,2}\.[0-9a-f]{32,128}", re.IGNORECASE)
LWA_TOKEN = re.compile(
    r"atz(?P<sort>[ar])(?:\||%7c)(?P<tail>[A-Za-z0-9_\-+/=.%]{16,2048})", re.IGNORECASE
)
JWT = re.compile(r"eyJ[\w-]{10,1024}\.[\w-]{10,16384}\.[\w-]{16,4096}", re.ASCII)
PEM = re.compile(r"-{2,12}BEGIN[A-Z0-9]{0,24}PRIVATEKEY(?:BLOCK)?-{2,12}", re.IGNORECASE)
PEM_BODY = re.compile(r"[A-Za-z0-9+/=]{32,65536}")
#: How the common kinds of private key begin once they are base64: a key without its frame.
BARE_PRIVATE_KEY = re.compile(
    r"MII[A-Za-z0-9+/]{2}[QwAg]IBADANBgkqhkiG9w0BAQEFAA[A-Za-z0-9+/=]{32,65536}"
    r"|MII[A-Za-z0-9+/]{2}[QwAg]IBAAKC[A-Za-z0-9+/=]{32,65536}"
    r"|b3BlbnNzaC1rZXktdjE[A-Za-z0-9+/=]{32,65536}"
)


def prefixed(joined: Folded) -> Iterator[Found]:
    """What says by its own first characters that it is a secret."""
    for kind, pattern in (
        (Kind.MWS_TOKEN, MWS_TOKEN),
        (Kind.LWA_SECRET, LWA_SECRET),
        (Kind.PRIVATE_KEY, BARE_PRIVATE_KEY),
    ):
        for match in pattern.finditer(joined.text):
            yield joined.found(kind, *match.span())
    for match in LWA_TOKEN.finditer(joined.text):
        tail = match["tail"]
        # The name of a token followed by prose, or by a placeholder, is not a token.
        if sorts(tail[:40]) >= {LOWER, UPPER} and changes(tail[:40]) >= len(tail[:40]) // 3:
            sort = match["sort"].lower()
            kind = Kind.LWA_REFRESH_TOKEN if sort == "r" else Kind.LWA_ACCESS_TOKEN
            yield joined.found(kind, *match.span())
    for match in JWT.finditer(joined.text):
        yield joined.found(Kind.JWT, *match.span())
    for match in PEM.finditer(joined.text):
        # Lines such as "Proc-Type: 4,ENCRYPTED" may stand between frame and body.
        body = PEM_BODY.search(joined.text, match.end(), match.end() + 400)
        if body and changes(body[0][:64]) >= 10:
            yield joined.found(Kind.PRIVATE_KEY, match.start(), body.end())


LWA_PAIR = re.compile(
    r"amzn1\.application-oa2-client\.[0-9a-f]{32}[^0-9a-f]{0,40}?(?P<secret>[0-9a-f]{64})(?![0-9a-f])",
    re.IGNORECASE,
)


def lwa_pairs(joined: Folded) -> Iterator[Found]:
    """A client id with an old secret, which has no prefix and looks like a SHA-256 sum."""
    for match in LWA_PAIR.finditer(joined.text):
        if "sha" not in joined.text[match.start() : match.start("secret")].lower():
            yield joined.found(Kind.LWA_SECRET, *match.span("secret"))


# --- AWS keys ------------------------------------------------------------------------------

#: A secret key has forty characters, and is drawn by lot from sixty-four.
LENGTH = 40
ACCESS_KEY_ID = re.compile(
    r"(?<![A-Za-z0-9])(?=[A-Z0-9]{0,19}[A-Z])(?=[A-Z0-9]{0,19}[0-9])[A-Z0-9]{20}(?![A-Za-z0-9])"
)
GLUED_PAIR = re.compile(
    r"(?<![A-Za-z0-9])A[KS]IA[A-Z0-9]{16}[/+]?[A-Za-z0-9+/]{40}(?![A-Za-z0-9+/=])"
)
SECRET_KEY = re.compile(r"(?<![A-Za-z0-9+/])[A-Za-z0-9+/]{40}(?![A-Za-z0-9+/=@])")
#: How far apart the two parts of a pair may stand.
NEAR = 200
ADDRESS = re.compile(
    r"(?<![A-Za-z])(?:https?|ftp)://[A-Za-z0-9\-._~:/?#@!$&*+=%|]{1,4096}", re.IGNORECASE
)
PIECE = re.compile(r"[A-Za-z0-9+/]{1,40}(?![A-Za-z0-9+/=@])")


def key_pairs(folded: Folded) -> Iterator[Found]:
    """An access key id with its secret key near it, before or after; the id alone is no secret."""
    for match in GLUED_PAIR.finditer(folded.text):
        yield folded.found(Kind.AWS_KEY_PAIR, *match.span())
    ids = [match.span() for match in ACCESS_KEY_ID.finditer(folded.text)]
    if not ids:
        return
    starts = [start for start, _ in ids]
    for match in SECRET_KEY.finditer(folded.text):
        if not is_by_chance(match[0], 8):
            continue
        place = bisect_right(starts, match.start())
        for start, end in ids[max(place - 1, 0) : place + 1]:
            if match.start() - end <= NEAR and start - match.end() <= NEAR:
                first, last = min(start, match.start()), max(end, match.end())
                yield folded.found(Kind.AWS_KEY_PAIR, first, last)
                break


def secret_keys(folded: Folded) -> Iterator[Found]:
    """Forty characters as if drawn by lot, in one piece or broken by spaces or lines."""
    addresses = [match.span() for match in ADDRESS.finditer(folded.text)]
    ends = [end for _, end in addresses]

    def in_address(start: int) -> bool:
        place = bisect_right(ends, start)
        return place < len(addresses) and addresses[place][0] <= start

    for match in SECRET_KEY.finditer(folded.text):
        if is_by_chance(match[0], 15) and not in_address(match.start()):
            yield folded.found(Kind.AWS_SECRET_KEY, *match.span())
    for pieces in neighbours(folded.text):
        for start, end in broken_keys(folded.text, pieces):
            if not in_address(start):
                yield folded.found(Kind.AWS_SECRET_KEY, start, end)


def neighbours(text: str) -> Iterator[list[tuple[int, int]]]:
    """Runs of pieces with nothing but spaces between them."""
    run: list[tuple[int, int]] = []
    for match in PIECE.finditer(text):
        start, end = match.span()
        whole = start == 0 or not re.match(r"[A-Za-z0-9+/]", text[start - 1])
        if run and (not whole or text[run[-1][1] : start].strip(" ")):
            yield run
            run = []
        if whole:
            run.append((start, end))
    yield run


def broken_keys(text: str, pieces: list[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Places in which consecutive pieces make one secret key of exactly forty characters."""
    for first, (start, _) in enumerate(pieces):
        total = 0
        for last in range(first, min(first + LENGTH, len(pieces))):
            total += pieces[last][1] - pieces[last][0]
            if total >= LENGTH:
                break
        else:
            continue
        chosen = [text[begin:stop] for begin, stop in pieces[first : last + 1]]
        if total == LENGTH and len(chosen) > 1 and are_by_chance(chosen):
            yield start, pieces[last][1]


def are_by_chance(pieces: list[str]) -> bool:
    """Whether the pieces are of a secret rather than words, numbers and ids in a row."""
    short = sum(len(piece) for piece in pieces if len(piece) < 4)
    words = [len(piece) for piece in pieces if len(piece) > 1 and WORD.fullmatch(piece)]
    run = "".join(pieces)
    counts = [sum(sort_of(character) == sort for character in run) for sort in (LOWER, UPPER)]
    return (
        is_by_chance(run, 18 if short > LENGTH // 2 else 15)
        and min(counts) >= (7 if short > LENGTH // 2 else 4)
        and sum(size for size in words if size > 3) <= 12
        # Two or three letters drawn by lot often look like a word; nearly all of them seldom do.
        and sum(size for size in words if size < 4) <= max(12, short * 4 // 5)
    )


# --- Labelled ------------------------------------------------------------------------------

PASSWORD_LABEL = (
    r"(?:密\s?码|口\s?令"
    r"|passw(?:or)?d|pass[ _-]?(?:phrase|code)|(?<![a-z])(?:pass|pwd|pw)(?![a-z_]))"
)
# A "merchant token" is the seller id, which is no secret.
KEY_LABEL = (
    r"(?:[密秘]\s?[钥匙]|私\s?钥|(?<!商家)(?<!卖家)(?<!商户)令\s?牌|授\s?权\s?码"
    r"|secret(?:[ _-]?access)?[ _-]?key(?![a-z])|(?<![a-z])secret(?![a-z ])"
    r"|(?:client|app|api|consumer|shared)[ _-]?secret(?![a-z])"
    r"|(?:api|private|app)[ _-]?key(?![a-z])"
    r"|(?<!merchant)(?<!merchant[ _-])token(?![a-z]))"
)
CONNECTED = (
    r"(?:[都就还也仍均]?(?:一直)?(?:是|为|改成|改为|设成|设为|换成|叫)了?"
    r"|(?:is|was|set[ ]to|changed[ ]to)(?:[ ](?:still|now))?(?![a-z]))"
)
LABELLED = re.compile(
    rf"(?:(?P<password>{PASSWORD_LABEL})|(?P<key>{KEY_LABEL}))(?:s(?![a-z]))?"
    r"[ ]{0,4}(?:[(\[][^()\[\]:=]{1,30}[)\]])?"
    r"""["'`”’」』】>*_]{0,3}[ ]{0,4}"""
    rf"(?:(?P<joint>[:=]{{1,2}}>?|-{{1,2}}>|→)|(?P<word>{CONNECTED}):?)?"
    r"""[ ]{0,6}["'`“‘「『【(\[{<*_]{0,3}[ ]{0,2}"""
    # Looked at and not taken: what follows one label may be the next, as in 密码/Password.
    r"(?=(?P<value>[!#-&(-+\--:=?-~]{1,160}))",
    re.IGNORECASE,
)
#: Values that may follow a label and are no secret whatever their characters.
HARMLESS = re.compile(
    r"(?:19|20)\d\d[-/.]\d{1,2}(?:[-/.]\d{1,2})?(?:[t_-]?[\d:.]{2,12}z?)?"  # a date
    r"|[\w.+-]+@[\w-]+(?:\.[\w-]+)+"  # an address for mail
    r"|(?:[a-z]+:/|www\.)\S*|(?:[\w-]+\.)+(?:com|cn|net|org|io|co|html?)(?:[/:?#]\S*)?"
    r"|\S+\.(?:pdf|png|jpe?g|gif|docx?|xlsx?|txt|zip|csv|md|py|js)"
    r"|[+\d][\d-]*-[\d-]*"  # an order, a telephone number
    r"|[a-z]{1,2}-\d{1,2}-\d{1,3}"  # an exhibit
    r"|amzn1\.(?:sellerapps|application-oa2-client|sp\.solution)\b\S*"
    r"|(?:sha|md|aes|rsa|utf|base|oauth|hmac|tls|http)[-_]?\d[\w.-]*"
    r"|\d+[a-z]{0,3}(?:-[a-z]+)+"  # 40-character, 2FA-protected
    r"|v?\d+(?:\.\d+)+",
    re.IGNORECASE,
)
NUMBERED = re.compile(r"A[A-Z0-9]{9,14}|B0[A-Z0-9]{8}")  # a seller id, an ASIN
COMPACT_DATE = re.compile(r"(?:19|20)\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])")
MASKED = re.compile(
    r"[*]{2}|\.{3}|x{4}|#{3}|_{4}|\b(?:redacted|removed|deleted|hidden|masked)", re.IGNORECASE
)
SIGN_INSIDE = re.compile(r"[A-Za-z].*[@#$%^&*!?~+].*[A-Za-z0-9]")
IDEOGRAPH = re.compile(r"[\u3400-\u9fff]")
GROUPED = re.compile(r"[A-Za-z0-9+/=_-]{2,16}(?:[ ]{1,4}[A-Za-z0-9+/=_-]{2,16}){1,40}")
SPELLED = re.compile(r"[!-~](?:[ ]{1,2}[!-~](?![!-~])){5,80}")
#: Both after one label, as in 账号密码：name@example.com / …
LOGIN = re.compile(
    r"[\w.+-]{1,64}@[\w.-]{1,100}[ ]{0,3}[/|,、]?[ ]{0,3}(?P<value>[!-+\--:=?-~]{1,160})"
)
LETTERS = re.compile(r"[A-Z]?[a-z]+|[A-Z]+")


def labelled(folded: Folded) -> Iterator[Found]:
    """A value that the words before it call a password, a secret, a key or a token."""
    for match in LABELLED.finditer(folded.text):
        start = match.start("value")
        if match["password"]:
            kind, is_secret = Kind.PASSWORD, is_password
        else:
            kind, is_secret = Kind.LABELLED_KEY, is_key
        certain = certainty(match)
        value = match["value"]
        if kind is Kind.LABELLED_KEY or certain is Certain.NOT:
            value = re.split(r"[()\[\]{}`]", value, maxsplit=1)[0]
        if MASKED.search(value) or (certain is Certain.NOT and not value[:1].isalnum()):
            continue
        value = value.rstrip(".!?:)]}`*_")
        if value and is_secret(value, certain):
            yield folded.found(kind, start, start + len(value))
        elif kind is Kind.PASSWORD and (login := LOGIN.match(folded.text, start)):
            if is_password(login["value"], Certain.NOT):
                yield folded.found(kind, *login.span("value"))
        elif certain is Certain.BY_SIGN:
            broken = broken_value(folded.text, start)
            if broken and is_secret("".join(broken[0].split()), certain):
                yield folded.found(kind, *broken.span())


def certainty(match: re.Match[str]) -> Certain:
    if IDEOGRAPH.match(match.string, match.end("value")):  # the value is the first part of a word
        return Certain.NOT
    if match["joint"]:
        return Certain.BY_SIGN
    return Certain.BY_WORD if match["word"] else Certain.NOT


class Certain(StrEnum):
    """How plainly a label points at the value after it."""

    BY_SIGN = "sign"  # 密码：…, password = …
    BY_WORD = "word"  # 密码是…, the password is …
    NOT = "not"  # 密码 …


def is_password(value: str, certain: Certain) -> bool:
    if HARMLESS.fullmatch(value):
        return False
    kinds = sorts(value)
    if kinds == {DIGIT}:
        is_date = COMPACT_DATE.fullmatch(value) and certain is Certain.NOT
        return 6 <= len(value) <= 32 and not is_date
    if certain is Certain.BY_SIGN:
        is_mixed = DIGIT in kinds and bool(kinds & {LOWER, UPPER})
        is_odd = bool(SIGN_INSIDE.search(value)) or (len(value) >= 8 and changes(value) >= 4)
        return len(value) >= 6 and (is_mixed or is_odd)
    return len(value) >= 8 and kinds >= {DIGIT, LOWER}


def is_key(value: str, certain: Certain) -> bool:
    if HARMLESS.fullmatch(value) or NUMBERED.fullmatch(value):
        return False
    kinds = sorts(value)
    least = {Certain.BY_SIGN: 8, Certain.BY_WORD: 12, Certain.NOT: 16}[certain]
    if DIGIT in kinds and kinds & {LOWER, UPPER}:
        return len(value) >= least
    # Without a digit it has to be longer, or more mixed, than a name is.
    letters = sum(character.isalpha() for character in value)
    is_long = letters == len(value) >= 24
    return certain is Certain.BY_SIGN and (is_long or (letters >= 16 and changes(value) >= 8))


def broken_value(text: str, start: int) -> re.Match[str] | None:
    """A value in groups or single characters with spaces between, up to the first word."""
    spelled = SPELLED.match(text, start)
    if spelled:
        return spelled
    grouped = GROUPED.match(text, start)
    if not grouped:
        return None
    end = start
    for piece in re.finditer(r"[^ ]+", grouped[0]):
        if len(piece[0]) > 2 and LETTERS.fullmatch(piece[0]):
            break
        end = start + piece.end()
    return re.compile(r".{12,}", re.DOTALL).match(text, start, end)


LOGIN_ADDRESS = re.compile(r"://[A-Za-z0-9._%+-]{1,64}:(?P<value>[^\s/:@]{6,128})@[A-Za-z0-9]")


def in_addresses(folded: Folded) -> Iterator[Found]:
    """A password inside an address, between name and host."""
    for match in LOGIN_ADDRESS.finditer(folded.text):
        if is_password(match["value"], Certain.BY_SIGN):
            yield folded.found(Kind.PASSWORD, *match.span("value"))

"""What the words in a file give away: a credential, private numbers, the program that saved it.

Runs in the child process that parses files. Of the words themselves nothing is kept.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from guides import credentials


class Secret(Exception):
    """The file holds what looks like a credential: its kind, and the page (0: metadata)."""

    def __init__(self, kind: credentials.Kind, page: int) -> None:
        super().__init__(kind.value)
        self.kind = kind
        self.page = page


@dataclass(slots=True)
class Observed:
    """`software` is one of EDITORS or empty; `private` has the first page of each kind."""

    has_camera: bool = False
    software: str = ""
    private: dict[str, int] = field(default_factory=dict)

    def read_metadata(self, text: str, *, names_program: bool = True) -> None:
        """Raises Secret."""
        refuse_secrets(text, 0)
        if names_program and not self.software:
            self.software = editor_in(text)

    def read_page(self, number: int, text: str) -> None:
        """`number` counts from 1. Raises Secret."""
        refuse_secrets(text, number)
        for kind, is_in in PRIVATE.items():
            if kind not in self.private and is_in(text):
                self.private[kind] = number


def refuse_secrets(text: str, page: int) -> None:
    found = credentials.find(text)
    if found:
        raise Secret(found[0].kind, page)


# --- Programs that change pictures and papers ----------------------------------------------

#: By the names that they write themselves; what makes papers (Word, a bank's own) is not here.
EDITORS = {
    "lightroom": r"Lightroom",
    "photoshop": r"Adobe Photoshop(?! Lightroom)",
    "illustrator": r"Adobe Illustrator",
    "gimp": r"\bGIMP\b",
    "wps-photo": r"WPS ?(?:Photo|图片)|Kingsoft Photo",
    "meitu": r"Meitu|MTXX|美图",
    "xingtu": r"Xingtu|Hypic|醒图",
    "picsart": r"Pics[Aa]rt",
    "snapseed": r"Snapseed",
    "pixelmator": r"Pixelmator",
    "affinity": r"Affinity (?:Photo|Designer|Publisher)",
    "paint-net": r"[Pp]aint\.(?:NET|net)\b",
    "paintshop": r"Paint ?Shop ?Pro|PHOTO-PAINT",
    "coreldraw": r"CorelDRAW",
    "canva": r"\bCanva\b",
    "photopea": r"Photopea",
    "inkscape": r"Inkscape",
    "photoscape": r"PhotoScape",
    "picasa": r"\bPicasa\b",
    "windows-photos": r"Windows Photo Editor",
    "foxit": r"Foxit (?:PDF )?(?:Phantom(?:PDF)?|Editor)",
    "pdfelement": r"PDFelement|Wondershare",
    "ilovepdf": r"iLovePDF",
    "smallpdf": r"[Ss]mallpdf",
    "sejda": r"\bSejda\b",
}
EDITOR = re.compile(
    "|".join(f"(?P<{code.replace('-', '_')}>{name})" for code, name in EDITORS.items())
)


def editor_in(text: str) -> str:
    found = EDITOR.search(text)
    return (found.lastgroup or "").replace("_", "-") if found else ""


# --- Numbers that only their owner should have ---------------------------------------------

CARD = re.compile(r"(?<![\dA-Za-z.,-])(?:\d[ -]?){14,18}\d(?![\dA-Za-z-]|[.,]\d)")
#: UnionPay, Visa, Mastercard, American Express, JCB, Discover, and an older Chinese one.
CARD_OF = re.compile(
    r"62\d{14,17}|4\d{15}|5[1-5]\d{14}|2(?:22[1-9]|2[3-9]\d|[3-6]\d\d|7[01]\d|720)\d{12}"
    r"|3[47]\d{13}|35\d{14}|6(?:011\d|5\d\d)\d{11,12}|9558\d{15}"
)
IDENTITY = re.compile(
    r"(?<![\dA-Za-z])[1-9]\d{5}(?:19|20)\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{3}[\dXx]"
    r"(?![\dA-Za-z])"
)
WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)


def has_card(text: str) -> bool:
    """A bank card's number in full: its beginning and its check digit fit."""
    numbers = (re.sub(r"\D", "", match[0]) for match in CARD.finditer(text))
    return any(CARD_OF.fullmatch(number) and passes_luhn(number) for number in numbers)


def passes_luhn(number: str) -> bool:
    digits = [int(each) for each in reversed(number)]
    doubled = (each * 2 - 9 if each > 4 else each * 2 for each in digits[1::2])
    return (sum(digits[::2]) + sum(doubled)) % 10 == 0


def has_identity(text: str) -> bool:
    """The number of a Chinese identity card: its date and its check digit fit."""
    return any(
        "10X98765432"[sum(int(d) * w for d, w in zip(match[0], WEIGHTS, strict=False)) % 11]
        == match[0][17].upper()
        for match in IDENTITY.finditer(text)
    )


PRIVATE = {"card": has_card, "identity": has_identity}

"""When two names mean the same payer or payee."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable

# Spaces, punctuation, and characters without a shape of their own (zero width, control).
_NO_PART_OF_A_NAME = ("Z", "P", "C")
#: The same of ASCII, which most names are.
_ASCII = {
    code: None for code in range(128) if unicodedata.category(chr(code))[0] in _NO_PART_OF_A_NAME
}


def fold(name: str) -> str:
    """The name without differences of case, width, spaces and punctuation."""
    if name.isascii():
        return name.casefold().translate(_ASCII)
    plain = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", name).casefold())
    return "".join(c for c in plain if unicodedata.category(c)[0] not in _NO_PART_OF_A_NAME)


def folded(names: Iterable[str]) -> frozenset[str]:
    """Names on record, to be compared with. A name of punctuation alone is like no other."""
    return frozenset(fold(name) for name in names) - {""}


def is_on_record(name: str, record: frozenset[str]) -> bool:
    """Whether `name` is alike one of a `folded` record."""
    return fold(name) in record

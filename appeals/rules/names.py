"""When two names mean the same payer or payee."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable

# Spaces, punctuation, and characters without a shape of their own (zero width, control).
_NO_PART_OF_A_NAME = ("Z", "P", "C")


def fold(name: str) -> str:
    """The name without differences of case, width, spaces and punctuation."""
    plain = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", name).casefold())
    return "".join(c for c in plain if unicodedata.category(c)[0] not in _NO_PART_OF_A_NAME)


def is_on_record(name: str, record: Iterable[str]) -> bool:
    """Whether `name` is alike one on record. A name of punctuation alone is like no other."""
    folded = fold(name)
    return folded != "" and any(folded == fold(other) for other in record)

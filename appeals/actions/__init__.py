"""Every write of a case that spans tables: atomic, by a person, with its line on the timeline."""

from . import (
    askings,
    cases,
    confirmations,
    consents,
    corrections,
    deletion,
    demands,
    evidence,
    explanations,
    letters,
    lines,
    periods,
    places,
    providers,
    submissions,
)

__all__ = [
    "askings",
    "cases",
    "confirmations",
    "consents",
    "corrections",
    "deletion",
    "demands",
    "evidence",
    "explanations",
    "letters",
    "lines",
    "periods",
    "places",
    "providers",
    "submissions",
]

"""Letters of providers and numbers of exhibits: given once, never given again."""

from __future__ import annotations

import re
from collections.abc import Iterable

from .facts import DemandFacts, EvidenceFacts, Id, ProofFacts

OF_THE_CASE = "0"

_NUMBER = re.compile(r"(0|[A-Z]+)-([0-9]+)-([0-9]+)")


def letter(number: int) -> str:
    """The letter of the provider entered as the `number`-th, from 1: A…Z, AA, AB…"""
    text = ""
    while number > 0:
        number, rest = divmod(number - 1, 26)
        text = chr(ord("A") + rest) + text
    return text


def letter_order(letter: str | None) -> tuple[int, str]:
    """Sorts A…Z before AA; what is of the case itself comes first."""
    return (len(letter or ""), letter or "")


def first_proof(proofs: Iterable[ProofFacts], demands: Iterable[DemandFacts]) -> ProofFacts:
    """Of proofs made at once, the one that gives the exhibit its number.

    Lowest position, then letter, then month. ValueError where there is no proof.
    """
    positions = {demand.ordinal: demand.position for demand in demands}
    return min(
        proofs,
        key=lambda proof: (
            positions[proof.demand],
            proof.demand,
            letter_order(proof.provider),
            str(proof.month or ""),
        ),
    )


def exhibit_number(proof: ProofFacts, given: Iterable[str]) -> str:
    """The next free number for an evidence that is first filed under `proof`.

    `given` holds every number ever given in the case, withdrawn ones and those of deleted
    providers too.
    """
    group = (proof.provider or OF_THE_CASE, proof.demand)
    running = [number for *place, number in map(parts, given) if tuple(place) == group]
    return f"{group[0]}-{group[1]}-{max(running, default=0) + 1}"


def parts(exhibit: str) -> tuple[str, int, int]:
    """`A-5-2` as letter (or `0`), ordinal and running number; ValueError if it is none."""
    match = _NUMBER.fullmatch(exhibit)
    if match is None:
        raise ValueError(f"Not the number of an exhibit: {exhibit!r}.")
    return match[1], int(match[2]), int(match[3])


def exhibit_order(exhibit: str | None) -> tuple[int, int, str, int, int]:
    """Sorts exhibits by letter, demand and running number; unnumbered ones come last."""
    if exhibit is None:
        return (1, 0, "", 0, 0)
    group, ordinal, running = parts(exhibit)
    # Nought sorts before A, so what is of the case comes first.
    return (0, *letter_order(group), ordinal, running)


def proving_only(letter: str, evidence: Iterable[EvidenceFacts]) -> tuple[Id, ...]:
    """What is withdrawn when this provider is deleted: evidence that proves nothing else."""
    return tuple(
        one.id
        for one in evidence
        if one.proofs
        and not one.is_withdrawn
        and all(proof.provider == letter for proof in one.proofs)
    )

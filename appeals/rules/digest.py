"""The fingerprint of the facts that the owner confirms: exactly what the dossier shows."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Collection, Iterable
from dataclasses import fields
from functools import cache
from typing import Any

from .exhibits import letter_order
from .facts import (
    AskFacts,
    CaseFacts,
    EvidenceFacts,
    ExplanationFacts,
    ProviderFacts,
    Standing,
    demand_order,
)
from .proofs import CellKey


def digest(
    facts: CaseFacts,
    cells: Collection[CellKey],
    explanations: Iterable[ExplanationFacts],
    asks: Iterable[AskFacts],
) -> str:
    """SHA-256 of the facts in an order of their own, as 64 hexadecimal digits.

    `cells` are those of demands not left out; `explanations` and `asks` those that are shown:
    the sentences that stand, and whom the open cells were asked of. Ids, upload times, deadlines
    and unfiled files are not shown, so nobody has to confirm again because of them.
    """
    shown = {
        "case": {
            "company": facts.company,
            "owner": facts.owner,
            "payers": sorted(facts.payer_names),
            "notice": facts.notice and facts.notice.received_on,
            "shown": sorted(facts.shown),
        },
        "demands": [
            _without(one, "standing", "name", "round")
            for one in sorted(facts.demands, key=demand_order)
            if one.standing is not Standing.LEFT_OUT
        ],
        "providers": [
            _provider(one)
            for one in sorted(facts.providers, key=lambda each: letter_order(each.letter))
        ],
        "evidence": _sorted(_evidence(one, cells) for one in facts.evidence),
        "explanations": _sorted(_without(one, "kept") for one in explanations),
        "asks": _sorted(map(_without, asks)),
    } | _replies(facts)
    return hashlib.sha256(_text(shown).encode()).hexdigest()


def _replies(facts: CaseFacts) -> dict[str, object]:
    """What the cover shows of later rounds; nothing in the first, which has none."""
    replies = [
        (one.round, one.reply.received_on, one.reply.reference)
        for one in sorted(facts.submissions, key=lambda each: each.round)
        if one.reply is not None and not one.reply.is_silent
    ]
    if not replies:
        return {}
    return {
        "replies": replies,
        "rounds": sorted((one.ordinal, one.round) for one in facts.demands),
    }


def _provider(provider: ProviderFacts) -> dict[str, object]:
    return _without(provider) | {
        "other_payees": _sorted(map(_without, provider.other_payees)),
        "periods": _sorted(_without(one, "id") for one in provider.periods),
        "shown": sorted(provider.shown),
    }


def _evidence(evidence: EvidenceFacts, cells: Collection[CellKey]) -> dict[str, object] | None:
    """None: the dossier does not show it. A withdrawn exhibit is listed by its number alone."""
    if evidence.is_withdrawn:
        return {"exhibit": evidence.exhibit, "withdrawn": True} if evidence.exhibit else None
    proofs = [proof for proof in evidence.proofs if (proof.demand, proof.provider) in cells]
    if not proofs:
        return None
    return _without(evidence, "id", "uploaded_at") | {
        "payees": sorted(evidence.payees),
        "proofs": _sorted(map(_without, proofs)),
        "shown": sorted(evidence.shown),
    }


def _without(facts: Any, *names: str) -> dict[str, object]:
    """The fields of a dataclass by name, some left out."""
    return {name: getattr(facts, name) for name in _names(facts.__class__) if name not in names}


@cache
def _names(kind: Any) -> tuple[str, ...]:
    return tuple(one.name for one in fields(kind))


def _sorted(entries: Iterable[dict[str, object] | None]) -> list[dict[str, object]]:
    given = [entry for entry in entries if entry is not None]
    # Most lists have one entry, and a thousand files have a thousand lists.
    return sorted(given, key=_text) if len(given) > 1 else given


# Days and months as ISO text.
_text = json.JSONEncoder(sort_keys=True, ensure_ascii=False, default=str).encode

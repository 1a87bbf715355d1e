"""Which evidence is filed where, and which kinds of it can show a payment."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TypeAlias

from .exhibits import exhibit_order
from .facts import DemandFacts, EvidenceFacts, EvidenceKind, ProviderFacts, Scope
from .months import Month

# A demand's ordinal with a provider's letter, or with None for a demand of the case.
CellKey: TypeAlias = tuple[int, str | None]

SHOWS_A_PAYMENT = frozenset(
    {EvidenceKind.PAYMENT, EvidenceKind.INVOICE, EvidenceKind.STATEMENT, EvidenceKind.EMAIL}
)


@dataclass(frozen=True, slots=True)
class Filed:
    """One evidence in one cell, with the months that it was filed for there."""

    evidence: EvidenceFacts
    months: tuple[Month, ...]  # in order; none where it was filed without a month

    @property
    def is_payment(self) -> bool:
        """An e-mail may as well say that there was nothing to pay, unless it is for a month."""
        kind = self.evidence.kind
        return kind in SHOWS_A_PAYMENT and (kind is not EvidenceKind.EMAIL or bool(self.months))

    def fits(self, provider: ProviderFacts) -> bool:
        """Whether its kind can prove a payment to this provider, or that there was none."""
        kind = self.evidence.kind
        if provider.is_free:
            return kind is not None and kind is not EvidenceKind.REFUND
        return kind in SHOWS_A_PAYMENT


FiledByCell: TypeAlias = Mapping[CellKey, tuple[Filed, ...]]


def cells_of(demand: DemandFacts, letters: Iterable[str]) -> tuple[CellKey, ...]:
    """One cell for a demand of the case, else one for each provider that it asks about."""
    if demand.scope is Scope.CASE:
        return ((demand.ordinal, None),)
    return tuple(
        (demand.ordinal, letter) for letter in letters if demand.provider in (None, letter)
    )


EvidenceOrder: TypeAlias = tuple[tuple[int, int, str, int, int], datetime, str]


def evidence_order(evidence: EvidenceFacts) -> EvidenceOrder:
    """By exhibit, then oldest upload first."""
    return (exhibit_order(evidence.exhibit), evidence.uploaded_at, str(evidence.id))


def file_by_cell(evidence: Iterable[EvidenceFacts], cells: Iterable[CellKey]) -> FiledByCell:
    """What stands in each cell, in order. Withdrawn evidence stands nowhere."""
    filed: dict[CellKey, list[Filed]] = {cell: [] for cell in cells}
    for one in sorted(evidence, key=evidence_order):
        if one.is_withdrawn:
            continue
        months: defaultdict[CellKey, set[Month]] = defaultdict(set)
        for proof in one.proofs:
            months[proof.demand, proof.provider].update([proof.month] if proof.month else [])
        for cell in months.keys() & filed.keys():
            filed[cell].append(Filed(one, tuple(sorted(months[cell]))))
    return {cell: tuple(several) for cell, several in filed.items()}


def unfiled(
    evidence: Iterable[EvidenceFacts], cells: Iterable[CellKey]
) -> tuple[EvidenceFacts, ...]:
    """Uploads that prove nothing yet, oldest first."""
    known = set(cells)
    return tuple(
        one
        for one in sorted(evidence, key=lambda each: (each.uploaded_at, str(each.id)))
        if not one.is_withdrawn
        and not any((proof.demand, proof.provider) in known for proof in one.proofs)
    )

"""What each rule needs, and what of it is not there."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from .facts import (
    DemandFacts,
    EvidenceKind,
    Field,
    Id,
    ProviderFacts,
    Rule,
)
from .months import Month
from .proofs import Filed
from .use import Use, has_ended


class Piece(StrEnum):
    """What can be missing. Each counts one, however much work it is."""

    FOUND = "found"
    NAME = "name"
    WEB_SITE = "web-site"
    CONTACT = "contact"  # e-mail or telephone
    DID = "did"
    RECEIVED = "received"
    PROOF = "proof"
    PERIOD = "period"  # at least one month of use, and the first one known
    APPROXIMATE = "approximate"  # the sentence about an approximate period
    MONTH = "month"  # one more month shown as paid
    SHORTAGE = "shortage"  # the sentence about too few months of use
    FREE = "free"  # a sentence or a proof that it was free of charge
    CONFIRMATION = "confirmation"
    ENDED = "ended"  # what has ended
    ENDED_ON = "ended-on"
    ANSWER = "answer"  # the answer in words, or a proof
    SENTENCE = "sentence"  # something was ticked as explained, and its sentence is missing


@dataclass(frozen=True, slots=True)
class Missing:
    """One piece that is not there."""

    piece: Piece
    fields: tuple[Field, ...] = ()  # where it is entered, any of them; none: not in a field
    number: int = 1  # tells several months from each other: the first missing one, the second

    def __str__(self) -> str:
        return (
            f"{self.piece.value}-{self.number}" if self.piece is Piece.MONTH else self.piece.value
        )


@dataclass(frozen=True, slots=True)
class Need:
    """How far one cell is, explanations of fields and of the demand aside."""

    missing: tuple[Missing, ...]
    is_begun: bool  # something of what it needs is there
    # What is there stands by a sentence only (an approximate period, a service free of charge).
    is_by_sentence: bool = False
    months: tuple[Month, ...] = ()  # for `paid`: the months shown
    open_months: tuple[Month, ...] = ()  # the months of which one more has to be shown


def of_fields(parts: Iterable[tuple[Piece, tuple[Field, ...], bool]]) -> Need:
    """A need whose pieces are there or not, one by one."""
    pieces = tuple(parts)
    return Need(
        missing=tuple(Missing(piece, fields) for piece, fields, is_there in pieces if not is_there),
        is_begun=any(is_there for _, _, is_there in pieces),
    )


def of_provider(
    demand: DemandFacts,
    provider: ProviderFacts,
    filed: Collection[Filed],
    counting: Collection[Filed],
    use: Use,
    today: date,
    *,
    first_is_unknown: bool,
) -> Need:
    """What a demand needs of one provider; `counting`: those filed that no finding stops."""
    match demand.rule:
        case Rule.USED:
            return _used(provider, use, first_is_unknown=first_is_unknown)
        case Rule.PAID:
            return _free(counting) if provider.is_free else _paid(demand, filed, counting, use)
        case Rule.ANSWERED:
            return answered(demand, counting)
        case _:
            return of_fields(_pieces(demand.rule, provider, bool(counting), today))


def _pieces(
    rule: Rule, provider: ProviderFacts, has_proof: bool, today: date
) -> Iterator[tuple[Piece, tuple[Field, ...], bool]]:
    match rule:
        case Rule.LEARNED:
            yield Piece.FOUND, (Field.FOUND,), is_text(provider.found)
        case Rule.CONTACTS:
            yield Piece.NAME, (Field.NAME,), is_text(provider.name)
            yield Piece.WEB_SITE, (Field.WEB_SITE,), is_text(provider.web_site)
            reached = is_text(provider.email) or is_text(provider.telephone)
            yield Piece.CONTACT, (Field.EMAIL, Field.TELEPHONE), reached
        case Rule.DESCRIBED:
            yield Piece.DID, (Field.DID,), is_text(provider.did)
            yield Piece.RECEIVED, (Field.RECEIVED,), is_text(provider.received)
            yield Piece.PROOF, (), has_proof
        case Rule.ENDED:
            is_past = provider.ended_on is not None and provider.ended_on <= today
            yield Piece.ENDED, (Field.ENDED,), has_ended(provider, today)
            yield Piece.ENDED_ON, (Field.ENDED_ON,), is_past
            yield Piece.PROOF, (), has_proof


def _used(provider: ProviderFacts, use: Use, *, first_is_unknown: bool) -> Need:
    approximate = [period for period in provider.periods if period.is_approximate]
    missing = []
    if first_is_unknown or not use.months:
        missing.append(Missing(Piece.PERIOD, (Field.FIRST_MONTH,)))
    if any(not is_text(period.sentence) for period in approximate):
        missing.append(Missing(Piece.APPROXIMATE))
    return Need(tuple(missing), is_begun=bool(use.months), is_by_sentence=bool(approximate))


def _paid(
    demand: DemandFacts, filed: Collection[Filed], counting: Iterable[Filed], use: Use
) -> Need:
    """Different months of use, each shown once or more; fewer where there was less use."""
    proven = {month for one in counting for month in one.months}
    shown = tuple(month for month in use.months if month in proven)
    short = max(0, min(demand.months, len(use.months)) - len(shown))
    missing = [Missing(Piece.MONTH, number=number) for number in range(1, short + 1)]
    if not use.months:
        missing.append(Missing(Piece.PERIOD, (Field.FIRST_MONTH,)))
    if len(use.months) < demand.months:
        missing.append(Missing(Piece.SHORTAGE))
    return Need(
        missing=tuple(missing),
        is_begun=bool(filed),
        months=shown,
        open_months=tuple(m for m in use.months if m not in proven) if short else (),
    )


def _free(counting: Iterable[Filed]) -> Need:
    is_said = any(not one.is_payment for one in counting)
    return Need(
        missing=() if is_said else (Missing(Piece.FREE, (Field.IS_FREE,)),),
        is_begun=is_said,
        is_by_sentence=True,
    )


def answered(demand: DemandFacts, counting: Collection[Filed]) -> Need:
    return of_fields([(Piece.ANSWER, (), is_text(demand.answer) or bool(counting))])


def confirmed(is_confirmed: bool) -> Need:
    return of_fields([(Piece.CONFIRMATION, (), is_confirmed)])


def counting(filed: Iterable[Filed], in_doubt: Collection[Id], rule: Rule) -> tuple[Filed, ...]:
    """What counts of the evidence in a cell. A refund never shows a payment."""
    return tuple(
        one
        for one in filed
        if one.evidence.id not in in_doubt
        and not (rule is Rule.PAID and one.evidence.kind is EvidenceKind.REFUND)
    )


def is_text(text: str) -> bool:
    return text.strip() != ""

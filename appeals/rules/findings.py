"""What does not fit, where, and who must act. Codes and values; the words are made elsewhere."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum

from .exhibits import letter_order
from .explanations import Explanations
from .facts import CaseFacts, DemandFacts, ExplanationFacts, Field, Id, ProviderFacts, Rule
from .months import Month
from .names import fold, folded, is_on_record
from .places import Actor, Page, Place
from .proofs import EvidenceOrder, Filed, evidence_order
from .rounds import Round, has_passed
from .use import Use, access_ended_on, has_ended


class Code(StrEnum):
    DEADLINE_PASSED = "deadline-passed"
    PROOF_OUTSIDE_USE = "proof-outside-use"
    PAYER_UNKNOWN = "payer-unknown"
    PAYEE_UNKNOWN = "payee-unknown"
    PAID_BEFORE_USE = "paid-before-use"
    PAID_AFTER_NOTICE = "paid-after-notice"
    KIND_DOES_NOT_FIT = "kind-does-not-fit"
    FREE_BUT_PAID = "free-but-paid"
    SECRET_STILL_LIVE = "secret-still-live"  # noqa: S105
    ENDED_BEFORE_USE = "ended-before-use"
    USED_AFTER_ENDED = "used-after-ended"
    NAMED_NOT_LISTED = "named-not-listed"
    LISTED_NOT_SHOWN = "listed-not-shown"
    CLAIMED_WITHOUT_PROOF = "claimed-without-proof"
    LETTER_CONTRADICTS = "letter-contradicts"
    CHANGED_SINCE_CONFIRMED = "changed-since-confirmed"


@dataclass(frozen=True, slots=True)
class Finding:
    """One finding, open or explained."""

    code: Code
    place: Place
    actor: Actor
    about: tuple[str, ...]  # what tells it from others of its code: ordinal, letter, id
    values: tuple[tuple[str, str], ...]  # name and value; months and days as ISO text
    written: tuple[str, ...] = ()  # names as the evidence has them; the values hold them folded
    demands: tuple[int, ...] = ()  # ordinals; their cells with `place.provider` need a look
    evidence: tuple[Id, ...] = ()  # what stands in these cells but is in doubt
    explanation: ExplanationFacts | None = None  # the sentence that closes it

    @property
    def key(self) -> str:
        """Names the finding for as long as its subject exists, whatever its values."""
        return "/".join((self.code.value, *self.about))

    @property
    def kept(self) -> tuple[str, ...]:
        """What an explanation keeps: when it is no longer the same, the finding is open again."""
        return tuple(f"{name}={value}" for name, value in self.values)

    @property
    def is_open(self) -> bool:
        return self.explanation is None


def settled(findings: Iterable[Finding], explanations: Explanations) -> tuple[Finding, ...]:
    """The findings, each with the sentence that stands for it, if there is one."""
    return tuple(
        replace(one, explanation=explanations.of_finding(one.key, one.kept)) for one in findings
    )


def of_deadline(now_round: Round, now: datetime) -> Iterator[Finding]:
    deadline = now_round.deadline
    if deadline is None or now_round.sent is not None or not has_passed(deadline, now):
        return
    written = [str(deadline.on), str(deadline.at or ""), str(deadline.zone)]
    yield Finding(
        Code.DEADLINE_PASSED,
        place_of_deadline(now_round),
        Actor.OWNER,
        about=(),
        values=(("round", str(now_round.number)), ("deadline", " ".join(filter(None, written)))),
    )


def place_of_deadline(now_round: Round) -> Place:
    """Where this round's deadline is entered: at the notice, or at the reply to the last round."""
    if now_round.number == 1:
        return Place(Page.NOTICE, field=Field.DEADLINE)
    return Place(Page.REPLY, field=Field.DEADLINE, round=now_round.number - 1)


def of_payment(
    payers: frozenset[str], demand: DemandFacts, provider: ProviderFacts, filed: Iterable[Filed]
) -> Iterator[Finding]:
    """What is wrong with evidence for a payment, months aside. `payers` are folded."""
    others = (other.name for other in provider.other_payees if other.sentence.strip())
    payees = folded((provider.name, provider.legal_name, *others))
    for one in filed:
        evidence = one.evidence
        if evidence.payer.strip() and not is_on_record(evidence.payer, payers):
            values = (("payer", fold(evidence.payer)),)
            payer = (evidence.payer.strip(),)
            yield _doubt(Code.PAYER_UNKNOWN, Field.PAYER, demand, provider, one, values, payer)
        written = tuple(name.strip() for name in evidence.payees if name.strip())
        if written and not any(is_on_record(name, payees) for name in written):
            values = (("payees", " ".join(sorted({fold(name) for name in written}))),)
            yield _doubt(Code.PAYEE_UNKNOWN, Field.PAYEES, demand, provider, one, values, written)
        if not one.fits(provider):
            values = (("kind", evidence.kind or ""),)
            yield _doubt(Code.KIND_DOES_NOT_FIT, Field.KIND, demand, provider, one, values)


def of_months(
    demand: DemandFacts, provider: ProviderFacts, filed: Iterable[Filed], use: Use
) -> Iterator[Finding]:
    """Proofs of payment outside the months of use, one finding an evidence.

    A payment may reach past the end of use, as a yearly one does, if it also paid for use.
    """
    for one in filed:
        outside = months_outside(one, use)
        if outside:
            values = (("months", " ".join(map(str, outside))),)
            yield _doubt(Code.PROOF_OUTSIDE_USE, Field.MONTHS, demand, provider, one, values)


def months_outside(filed: Filed, use: Use) -> list[Month]:
    outside = [month for month in filed.months if use.is_outside(month)]
    if any(month in use.months for month in filed.months):
        return [month for month in outside if month < use.months[-1]]
    return outside


def of_dates(
    demand: DemandFacts,
    provider: ProviderFacts,
    filed: Iterable[Filed],
    use: Use,
    notice_on: date | None,
) -> Iterator[Finding]:
    """When payments were made, by the date of their evidence.

    `paid-before-use`: dated before the first month of use, where that is known; not where one of
    its months before that month is found outside the use already, which is the same fact. A
    payment in advance needs a sentence. `paid-after-notice`: dated after the day of the notice.
    Neither for what shows no payment, nor where the provider is free of charge: both are found
    otherwise.
    """
    if provider.is_free:
        return
    first = use.months[0] if use.months and use.unknown_until is None else None
    for one in filed:
        day = one.evidence.about_on if one.is_payment else None
        if day is None:
            continue
        if first and Month.of(day) < first and not any(m < first for m in months_outside(one, use)):
            values = (("paid", str(day)), ("first", str(first)))
            yield _doubt(Code.PAID_BEFORE_USE, Field.ABOUT_ON, demand, provider, one, values)
        if notice_on and day > notice_on:
            values = (("paid", str(day)), ("notice", str(notice_on)))
            yield _doubt(Code.PAID_AFTER_NOTICE, Field.ABOUT_ON, demand, provider, one, values)


def _doubt(
    code: Code,
    field: Field,
    demand: DemandFacts,
    provider: ProviderFacts,
    filed: Filed,
    values: tuple[tuple[str, str], ...],
    written: tuple[str, ...] = (),
) -> Finding:
    evidence = filed.evidence.id
    return Finding(
        code,
        Place(Page.EVIDENCE, provider.letter, demand.ordinal, field, evidence),
        Actor.HELPER,
        about=(str(demand.ordinal), provider.letter, str(evidence)),
        values=values,
        written=written,
        demands=(demand.ordinal,),
        evidence=(evidence,),
    )


def of_free(
    demand: DemandFacts, provider: ProviderFacts, filed: Iterable[Filed]
) -> Iterator[Finding]:
    if not provider.is_free:
        return
    paid = tuple(one.evidence for one in filed if one.is_payment)
    if paid:
        names = sorted(str(evidence.id) for evidence in paid)
        yield Finding(
            Code.FREE_BUT_PAID,
            Place(Page.PROVIDER, provider.letter, demand.ordinal, Field.IS_FREE),
            Actor.HELPER,
            about=(str(demand.ordinal), provider.letter),
            values=(("free", "yes"), ("proofs", " ".join(names))),
            demands=(demand.ordinal,),
            evidence=tuple(evidence.id for evidence in paid),
        )


def of_access(
    demands: Sequence[DemandFacts], provider: ProviderFacts, use: Use, today: date
) -> Iterator[Finding]:
    """`demands` are those with a cell of this provider, in order, left out ones not among them."""
    ended = tuple(one.ordinal for one in demands if one.rule is Rule.ENDED)
    used = tuple(one.ordinal for one in demands if one.rule is Rule.USED)
    if (provider.shared_secret or provider.hands_over_keys) and not has_ended(provider, today):
        yield Finding(
            Code.SECRET_STILL_LIVE,
            Place(Page.PROVIDER, provider.letter, ended[0] if ended else None, Field.ENDED),
            Actor.OWNER,
            about=(provider.letter,),
            values=(("shared", "yes"), ("ended", "no")),
            demands=ended,
        )
    end = access_ended_on(provider, today)
    if end is None:
        return
    both = tuple(one.ordinal for one in demands if one.rule in (Rule.ENDED, Rule.USED))
    if both and use.months and Month.of(end) < use.months[0]:
        yield Finding(
            Code.ENDED_BEFORE_USE,
            Place(Page.PROVIDER, provider.letter, both[0], Field.ENDED_ON),
            Actor.HELPER,
            about=(provider.letter,),
            values=(("end", str(end)), ("first", str(use.months[0]))),
            demands=both,
        )
    for period in provider.periods if used else ():
        if period.last is not None and period.last > Month.of(end):
            yield Finding(
                Code.USED_AFTER_ENDED,
                Place(Page.PROVIDER, provider.letter, used[0], Field.LAST_MONTH, period=period.id),
                Actor.HELPER,
                about=(provider.letter, str(period.id)),
                values=(("end", str(end)), ("last", str(period.last))),
                demands=used,
            )


def of_confirmation(demand: DemandFacts, confirmed: str | None, digest: str) -> Iterator[Finding]:
    """`confirmed`: the digest that was confirmed in this round, or None."""
    if confirmed is not None and confirmed != digest:
        yield Finding(
            Code.CHANGED_SINCE_CONFIRMED,
            Place(Page.CONFIRMATION, demand=demand.ordinal),
            Actor.OWNER,
            about=(str(demand.ordinal),),
            values=(("digest", digest),),
            demands=(demand.ordinal,),
        )


def in_order(findings: Iterable[Finding], facts: CaseFacts) -> tuple[Finding, ...]:
    """What is about no demand (a passed deadline) first; then position, letter, code, exhibit."""
    positions = {one.ordinal: (one.position, one.ordinal) for one in facts.demands}
    exhibits: dict[Id | None, tuple[EvidenceOrder, ...]]
    exhibits = {one.id: (evidence_order(one),) for one in facts.evidence}
    return tuple(
        sorted(
            findings,
            key=lambda one: (
                min((positions[ordinal] for ordinal in one.demands), default=(0, 0)),
                letter_order(one.place.provider),
                one.code.value,
                exhibits.get(one.place.evidence, ()),
                one.key,
            ),
        )
    )

"""The list of providers against the files: whom files name and nobody listed, and the reverse."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence

from .cells import Cell
from .facts import CaseFacts, DemandFacts, EvidenceFacts, Field, Id, ProviderFacts, Rule, Standing
from .findings import Code, Finding
from .letters import names_of
from .mentions import called
from .names import fold, folded, is_on_record
from .places import Actor, Page, Place
from .proofs import FiledByCell

#: Demands that ask for something to be shown of each provider.
SHOWN_BY_FILES = frozenset({Rule.DESCRIBED, Rule.PAID, Rule.ENDED})


def of_evidence(
    facts: CaseFacts,
    demands: Sequence[DemandFacts],
    filed: FiledByCell,
    providers: Collection[ProviderFacts],
) -> Iterator[Finding]:
    """`named-not-listed` by a file: payees of which none is a name on record, of a provider or of
    who pays for the store; or, in the words about what it shows, “a tool called X”.

    One finding an evidence, at the first of its cells (`demands` are in order). It stops no
    proof: what the file shows of its own provider stands. Payees of what is filed as a payment
    are left to `payee-unknown`, for which one that is alike is enough. Not for what only answers
    a demand in the notice's words, which may be about anybody.
    """
    listed = (name for one in providers for name in names_of(one))
    record = folded((facts.company, facts.owner, *facts.payer_names, *listed))
    paid = {one.ordinal for one in demands if one.rule is Rule.PAID}
    seen: set[Id] = set()
    for demand in demands:
        if demand.rule is Rule.ANSWERED:
            continue
        for provider in providers:
            for one in filed.get((demand.ordinal, provider.letter), ()):
                if one.evidence.id in seen:
                    continue
                seen.add(one.evidence.id)
                is_paid = any(proof.demand in paid for proof in one.evidence.proofs)
                unlike = tuple(_unlike(one.evidence, record, with_payees=not is_paid))
                if unlike:
                    yield _named(demand, provider, one.evidence, unlike)


def _unlike(evidence: EvidenceFacts, record: frozenset[str], *, with_payees: bool) -> Iterator[str]:
    payees = [name.strip() for name in evidence.payees if fold(name)] if with_payees else []
    if not any(is_on_record(name, record) for name in payees):
        yield from payees
    for name in called(evidence.shows):
        mine = fold(name)
        if mine and not any(mine in one or one in mine for one in record):
            yield name


def _named(
    demand: DemandFacts, provider: ProviderFacts, evidence: EvidenceFacts, written: tuple[str, ...]
) -> Finding:
    is_payee = any(name.strip() in written for name in evidence.payees)
    field = Field.PAYEES if is_payee else Field.SHOWS
    return Finding(
        Code.NAMED_NOT_LISTED,
        Place(Page.EVIDENCE, provider.letter, demand.ordinal, field, evidence.id),
        Actor.HELPER,
        about=(str(evidence.id),),
        values=(("names", " ".join(sorted({fold(name) for name in written}))),),
        written=written,
        demands=(demand.ordinal,),
    )


def of_shown(
    facts: CaseFacts, providers: Iterable[ProviderFacts], cells: Collection[Cell]
) -> Iterator[Finding]:
    """`listed-not-shown`: a provider that no evidence is filed for, nor names as a payee.

    Only once all that is asked of it is ready or explained: what lacks a proof is a gap, and
    says so itself. And only where something asked has to be shown by files; a notice that asks
    for names alone is answered by names. `cells` are those of all providers.
    """
    live = [one for one in facts.evidence if not one.is_withdrawn]
    filed = {proof.provider for one in live for proof in one.proofs}
    payees = folded(name for one in live for name in one.payees)
    for provider in providers:
        if provider.letter in filed or any(is_on_record(n, payees) for n in names_of(provider)):
            continue
        asked = [
            one
            for one in cells
            if one.provider == provider.letter and one.demand.standing is Standing.ASKED
        ]
        shown = [one.demand.ordinal for one in asked if one.demand.rule in SHOWN_BY_FILES]
        if shown and all(one.state.is_done for one in asked):
            yield Finding(
                Code.LISTED_NOT_SHOWN,
                Place(Page.PROVIDER, provider.letter, shown[0]),
                Actor.HELPER,
                about=(provider.letter,),
                values=(("explained", " ".join(map(str, shown))),),
                demands=(shown[0],),
            )

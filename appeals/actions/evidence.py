"""Files: added at once, then filed under what they show; withdrawn under their number."""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, TypedDict, Unpack

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.db.models import Sum
from django.utils import timezone

from appeals.evidence.keeping import StoredFile, discard, kept
from appeals.models import Case, Event, Evidence, Proof
from appeals.models.demand import Rule
from appeals.rules.exhibits import exhibit_number, first_proof, letter_order, parts
from appeals.rules.facts import CaseFacts, ProofFacts
from appeals.rules.months import Month
from guides.models import User

from . import consents
from .askings import cell
from .refusals import (
    AccountFull,
    CaseFull,
    ConsentMissing,
    Gone,
    HasExhibitNumber,
    SameFile,
    Withdrawn,
    WrongPlace,
)
from .rows import fresh, locked, record, write


@dataclass(frozen=True, slots=True)
class Room:
    """How much is kept and may be, in bytes."""

    in_case: int
    case_limit: int
    in_account: int
    account_limit: int

    @property
    def left(self) -> int:
        return max(0, min(self.case_limit - self.in_case, self.account_limit - self.in_account))


class Particulars(TypedDict, total=False):
    kind: str
    shows: str
    about_on: datetime.date | None
    amount: str
    currency: str
    payer: str
    payees: Sequence[str]
    private_note: str


def add(case: Case, *, by: User, upload: UploadedFile[Any]) -> Evidence:
    """Keep the file at once, unfiled: what it shows is a second write.

    The file is parsed before the transaction begins, so that nobody waits for that. Raises
    ConsentMissing, SameFile, CaseFull, AccountFull, and EvidenceRefused for the file itself.
    """
    if not consents.is_given(by):
        raise ConsentMissing
    with kept(upload) as stored, transaction.atomic():
        # The account's lock, too: two files of one owner may come into two cases at once.
        _lock_owner(case)
        current = locked(case.pk)
        _check_new(current, stored)
        _check_room(current, stored.size)
        evidence = Evidence.objects.create(case=current, uploaded_by=by, **stored.as_fields())
        record(current, Event.Kind.EVIDENCE_ADDED, by=by, **named(evidence))
    return evidence


@transaction.atomic
def file(
    evidence: Evidence,
    *,
    by: User,
    version: int,
    proofs: Collection[ProofFacts],
    **fields: Unpack[Particulars],
) -> tuple[str, ...]:
    """Say what it is and what it proves: `proofs` is the whole set, in place of what was there.

    Its first proof gives it its number, which then stays. Raises WrongPlace, Withdrawn, and
    StaleVersion, which holds the two sets of proofs as `proofs`.
    """
    case = locked(evidence.case_id)
    current = fresh(evidence)
    if current.is_withdrawn:
        raise Withdrawn
    facts = case.facts()
    wanted = {proof: _row(case, current, proof) for proof in proofs}
    present = _proofs_of(facts, current)
    changed = write(
        current,
        version=version,
        values=_plain(fields),
        beside={"proofs": (present, frozenset(wanted))},
    )
    if not changed:
        return ()
    current.proofs.all().delete()
    Proof.objects.bulk_create(wanted.values())
    if wanted and current.exhibit_number is None:
        _number(current, wanted, facts)
    record(
        case,
        Event.Kind.EVIDENCE_FILED,
        by=by,
        fields=changed,
        proves=_places(wanted.values()),
        **named(current),
    )
    return changed


@transaction.atomic
def withdraw(evidence: Evidence, *, by: User) -> None:
    """It proves nothing from now on, and stays listed under its number as withdrawn."""
    case = locked(evidence.case_id)
    current = fresh(evidence)
    if current.is_withdrawn:
        return
    write(current, version=current.version, values={"withdrawn_at": timezone.now()})
    record(case, Event.Kind.EVIDENCE_WITHDRAWN, by=by, **named(current))


@transaction.atomic
def remove(evidence: Evidence, *, by: User) -> None:
    """Remove an upload with its bytes. Raises HasExhibitNumber: that is withdrawn instead."""
    case = locked(evidence.case_id)
    current = fresh(evidence)
    if current.exhibit_number is not None:
        raise HasExhibitNumber
    details = named(current)
    current.delete()
    discard(current.stored_as)
    record(case, Event.Kind.EVIDENCE_REMOVED, by=by, **details)


def record_download(evidence: Evidence, *, by: User) -> None:
    """A line on the timeline; the case did not change."""
    record(evidence.case, Event.Kind.DOWNLOADED, by=by, is_change=False, **named(evidence))


def named(evidence: Evidence) -> dict[str, Any]:
    """How a line of the timeline names it: never by its file name, which somebody wrote."""
    return {
        "evidence": str(evidence.code),
        "exhibit": evidence.exhibit,
        "kind": evidence.kind,
        "media_type": evidence.media_type,
        "size": evidence.size,
    }


def _lock_owner(case: Case) -> None:
    """Against other uploads and the account's deletion; not against writes that name the owner,
    which hold the case while they wait."""
    if User.objects.select_for_update(no_key=True).filter(pk=case.owner_id).first() is None:
        raise Gone


def _check_new(case: Case, stored: StoredFile) -> None:
    """What was withdrawn may come again; anything else is filed a second time, not kept twice."""
    same = case.evidence.filter(sha256=stored.sha256, withdrawn_at=None).first()
    if same is not None:
        raise SameFile(same)


def room(case: Case) -> Room:
    """Two queries."""
    return Room(
        in_case=_kept_in(case=case),
        case_limit=settings.EVIDENCE_CASE_LIMIT,
        in_account=_kept_in(case__owner=case.owner_id),
        account_limit=settings.EVIDENCE_ACCOUNT_LIMIT,
    )


def _check_room(case: Case, size: int) -> None:
    now = room(case)
    if now.in_case + size > now.case_limit:
        raise CaseFull(size=size, used=now.in_case, limit=now.case_limit)
    if now.in_account + size > now.account_limit:
        raise AccountFull(size=size, used=now.in_account, limit=now.account_limit)


def _kept_in(**where: Any) -> int:
    """Bytes, those of withdrawn files too: they are still kept. A deleted file counts while a
    sealed package holds its bytes."""
    return Evidence.objects.filter(**where).aggregate(sum=Sum("size"))["sum"] or 0


def _row(case: Case, evidence: Evidence, proof: ProofFacts) -> Proof:
    demand, provider = cell(case, proof.demand, proof.provider)
    if proof.month is not None and demand.rule != Rule.PAID:
        raise WrongPlace
    return Proof(
        evidence=evidence,
        demand=demand,
        provider=provider,
        month=proof.month.first_day() if proof.month else None,
    )


def _proofs_of(facts: CaseFacts, evidence: Evidence) -> frozenset[ProofFacts]:
    (one,) = (one for one in facts.evidence if one.id == str(evidence.code))
    return frozenset(one.proofs)


def _number(evidence: Evidence, proofs: Iterable[ProofFacts], facts: CaseFacts) -> None:
    given = [one.exhibit for one in facts.evidence if one.exhibit]
    number = exhibit_number(first_proof(proofs, facts.demands), given)
    evidence.exhibit_letter, evidence.exhibit_ordinal, evidence.exhibit_number = parts(number)
    evidence.save(update_fields=["exhibit_letter", "exhibit_ordinal", "exhibit_number"])


def _places(proofs: Iterable[Proof]) -> list[dict[str, Any]]:
    """Cell by cell, each with its months, in the order of demands and letters."""
    cells: defaultdict[tuple[int, str | None], list[Proof]] = defaultdict(list)
    for proof in proofs:
        letter = proof.provider.letter if proof.provider else None
        cells[proof.demand.ordinal, letter].append(proof)
    return [
        {
            "demand": ordinal,
            "label": several[0].demand.label,
            "letter": letter,
            "provider": several[0].provider.name if several[0].provider else None,
            "months": sorted(str(Month.of(proof.month)) for proof in several if proof.month),
        }
        for (ordinal, letter), several in sorted(
            cells.items(), key=lambda each: (each[0][0], letter_order(each[0][1]))
        )
    ]


def _plain(fields: Any) -> dict[str, Any]:
    """The fields as the row keeps them: payees as a list, which is what JSON gives back."""
    values = dict(fields)
    if "payees" in values:
        values["payees"] = list(values["payees"])
    return values

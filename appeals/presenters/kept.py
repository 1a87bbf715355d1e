"""What is kept of a case, or of all cases of an account, in numbers."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet, Sum

from appeals.models import (
    Case,
    Event,
    Evidence,
    LetterRevision,
    LetterSection,
    Provider,
    Submission,
)
from guides.models import User


@dataclass(frozen=True, slots=True)
class Kept:
    cases: int
    providers: int
    files: int
    size: int  # of the files, in bytes
    sections: int  # of letters that say something
    texts: int  # earlier ones of those
    events: int
    rounds: tuple[int, ...]  # those with a sealed package; of several cases, each of each


def kept_of(case: Case) -> Kept:
    """Seven queries."""
    return _kept(Case.objects.filter(pk=case.pk))


def kept_by(person: User) -> Kept:
    """The same of every case of the account."""
    return _kept(Case.objects.filter(owner=person))


def account_numbers(person: User) -> dict[str, object]:
    """For the account's page."""
    return {"kept": kept_by(person), "kept_cases": list(cases_by(person))}


@dataclass(frozen=True, slots=True)
class KeptCase:
    case: Case
    files: int
    size: int  # in bytes


def cases_by(person: User) -> Iterator[KeptCase]:
    """Each case of the account, last changed first. One query."""
    cases = Case.objects.filter(owner=person).annotate(
        files=Count("evidence", filter=Q(evidence__size__gt=0)), size=Sum("evidence__size")
    )
    for case in cases:
        yield KeptCase(case, case.files, case.size or 0)


def _kept(cases: QuerySet[Case]) -> Kept:
    codes = list(cases.values_list("code", flat=True))
    files = Evidence.objects.filter(case__in=cases, size__gt=0)
    sealed = Submission.objects.filter(case__in=cases, package_deleted_at=None)
    kept = files.aggregate(count=Count("pk"), size=Sum("size"))
    return Kept(
        cases=len(codes),
        providers=Provider.objects.filter(case__in=cases).count(),
        files=kept["count"],
        size=kept["size"] or 0,
        sections=LetterSection.objects.filter(demand__case__in=cases)
        .exclude(text="")
        .values("demand")  # written in two languages it is still one
        .distinct()
        .count(),
        texts=LetterRevision.objects.filter(section__demand__case__in=cases).count(),
        events=sum(_events(codes)),
        rounds=tuple(sealed.order_by("case", "round").values_list("round", flat=True)),
    )


def _events(codes: list[object]) -> Iterator[int]:
    """Some hundreds of cases at a time: a query holds no more values than that."""
    for start in range(0, len(codes), 500):
        yield Event.objects.filter(case_code__in=codes[start : start + 500]).count()

"""Which bytes a case keeps: those of its files, and those that a sealed package is made of."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from itertools import chain

from appeals.models import Case, Evidence, Submission

BATCH = 500


def rounds_holding(evidence: Evidence) -> list[int]:
    """The rounds whose sealed packages hold the file. One query."""
    sealed = Submission.objects.filter(case=evidence.case_id, package_deleted_at=None)
    return [
        number
        for number, originals in sealed.order_by("round").values_list("round", "originals")
        if evidence.stored_as in originals
    ]


def names_of(case: Case) -> frozenset[str]:
    """Every name under which bytes may be stored for the case. Two queries."""
    files = Evidence.objects.filter(case=case).values_list("stored_as", flat=True)
    sealed = Submission.objects.filter(case=case).values_list("pdf_stored_as", "originals")
    return frozenset(chain(files, *([pdf, *originals] for pdf, originals in sealed)))


def known(names: Collection[str]) -> set[str]:
    """Those of the names under which bytes have to be there. Two queries; a third, which reads
    the sealed packages one after the other, only for what neither a file nor a PDF has."""
    files = Evidence.objects.filter(stored_as__in=names, file_deleted_at=None)
    pdfs = Submission.objects.filter(pdf_stored_as__in=names, package_deleted_at=None)
    found = set(files.values_list("stored_as", flat=True))
    found.update(pdfs.values_list("pdf_stored_as", flat=True))
    if wanted := set(names) - found:
        for package in packages():
            found |= wanted.intersection(package.originals)
    return found


def packages() -> Iterator[Submission]:
    """Sealed packages that are kept, with the names of their bytes and their manifest alone."""
    kept = Submission.objects.filter(package_deleted_at=None).select_related("case")
    wanted = ("round", "case__code", "pdf_stored_as", "originals", "manifest")
    return kept.only(*wanted).order_by("pk").iterator(chunk_size=BATCH)

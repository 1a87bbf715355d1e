"""A checked package as its page shows it: file by file, what was changed with both sums."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import zip_longest
from textwrap import wrap

from django.utils.translation import gettext_lazy, pgettext_lazy

from appeals.dossier.verifying import CheckedFile, FileState, Verification
from appeals.models import Submission

from .looks import Look

WORDS = {
    FileState.WHOLE: gettext_lazy("Whole"),
    FileState.CHANGED: pgettext_lazy("a package or its file", "Changed"),
    FileState.MISSING: gettext_lazy("Missing"),
    FileState.ADDED: gettext_lazy("Added"),
    FileState.RENAMED: gettext_lazy("Renamed"),
    FileState.NOT_LOOKED_AT: gettext_lazy("Not looked at"),
}
FINE = Look("check", "is-ready")
WRONG = Look("never", "is-bad")
IDLE = Look("dash", "is-idle")
#: Eights of a sum that tell files apart in a table.
SHORT = 2


@dataclass(frozen=True, slots=True)
class Eight:
    """Eight digits of a sum, and whether the other sum has others there."""

    digits: str
    differs: bool


@dataclass(frozen=True, slots=True)
class Row:
    name: str
    found_name: str  # empty: as in the manifest
    size: int | None
    found_size: int | None  # None: the same, or not known
    sum: str
    in_manifest: tuple[Eight, ...]  # both empty where nothing is to be compared
    in_file: tuple[Eight, ...]
    look: Look
    word: str

    @property
    def is_wrong(self) -> bool:
        return self.look is WRONG


@dataclass(frozen=True, slots=True)
class Verified:
    rows: tuple[Row, ...]  # the wrong ones first
    whole: int
    wrong: int
    exhibits: int
    size: int  # of everything that the manifest names, in bytes
    is_sealed: bool  # a round was sealed here with this very manifest


def verified(found: Verification) -> Verified:
    """One query."""
    rows = [_row(one) for one in found.files]
    files = found.manifest.files if found.manifest else ()
    return Verified(
        rows=tuple(sorted(rows, key=lambda row: not row.is_wrong)),
        whole=sum(one.state is FileState.WHOLE for one in found.files),
        wrong=len(found.changed),
        exhibits=sum(bool(one.exhibit) for one in files),
        size=sum(one.size for one in files),
        is_sealed=_is_sealed(found),
    )


def _is_sealed(found: Verification) -> bool:
    """Nothing else is told of that round: whoever holds the manifest knows the rest."""
    digest = found.manifest_sha256
    return bool(digest) and Submission.objects.filter(manifest_sha256=digest).exists()


def _row(file: CheckedFile) -> Row:
    look = {FileState.WHOLE: FINE, FileState.NOT_LOOKED_AT: IDLE}.get(file.state, WRONG)
    both = file.state is FileState.CHANGED and bool(file.found_sha256)
    ours, theirs = wrap(file.sha256, 8), wrap(file.found_sha256, 8)
    size = file.found_size if file.size is None else file.size
    return Row(
        name=file.name,
        found_name=file.found_name,
        size=size,
        found_size=file.found_size if file.found_size not in (None, size) else None,
        sum=" ".join((ours or theirs)[:SHORT]),
        in_manifest=_eights(ours, theirs) if both else (),
        in_file=_eights(theirs, ours) if both else (),
        look=look,
        word=str(WORDS[file.state]),
    )


def _eights(sums: list[str], others: list[str]) -> tuple[Eight, ...]:
    pairs = zip_longest(sums, others, fillvalue="")
    return tuple(Eight(own, bool(others) and own != other) for own, other in pairs if own)

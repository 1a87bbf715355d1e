"""MANIFEST.json: what is in a package, so that anybody can tell whether it is whole.

docs/packages.md describes the format. The same dossier gives the same bytes.
"""

from __future__ import annotations

import hashlib
import json
import re
from dataclasses import asdict, dataclass
from typing import Any

from .sheets import Dossier

NAME = "MANIFEST.json"
SUMS_NAME = "SHA256SUMS"
PDF_NAME = "dossier.pdf"
FORMAT = "keyright-package-1"
#: A thousand exhibits take a tenth of it.
LARGEST = 4 * 1024 * 1024
MOST_FILES = 5000

_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,199}")
_SUM = re.compile(r"[0-9a-f]{64}")


class NotAManifest(ValueError):
    """Not a manifest of this format."""


@dataclass(frozen=True, slots=True)
class FileLine:
    name: str  # ASCII
    size: int  # bytes
    sha256: str
    exhibit: str  # its number; empty: the dossier itself


@dataclass(frozen=True, slots=True)
class Manifest:
    store: str
    seller_id: str
    notice_on: str  # ISO; empty: a register
    round: int
    changed_at: str  # ISO with offset: of the last recorded change
    is_finished: bool
    facts_sha256: str  # what the owner confirmed
    files: tuple[FileLine, ...]

    @property
    def size(self) -> int:
        """Of all files together, in bytes."""
        return sum(one.size for one in self.files)


def of(dossier: Dossier, pdf: bytes) -> Manifest:
    """The dossier first, then the originals in the order of the index."""
    sheets = FileLine(PDF_NAME, len(pdf), hashlib.sha256(pdf).hexdigest(), "")
    originals = (FileLine(one.name, one.size, one.sha256, one.exhibit) for one in dossier.members)
    return Manifest(
        store=dossier.store,
        seller_id=dossier.seller_id,
        notice_on=dossier.notice_on,
        round=dossier.round,
        changed_at=dossier.changed_at.isoformat(timespec="seconds"),
        is_finished=dossier.is_finished,
        facts_sha256=dossier.digest,
        files=(sheets, *originals),
    )


def to_bytes(manifest: Manifest) -> bytes:
    """As it stands in the package. It names its own sum, so that it can be checked alone."""
    return _text(manifest, hashlib.sha256(_text(manifest, "")).hexdigest())


def _text(manifest: Manifest, own_sum: str) -> bytes:
    content = {"format": FORMAT, "manifest_sha256": own_sum} | asdict(manifest)
    return (json.dumps(content, ensure_ascii=True, indent=1) + "\n").encode("ascii")


def sums(manifest: Manifest, as_bytes: bytes) -> bytes:
    """What `sha256sum --check SHA256SUMS` reads: every file, the manifest too."""
    own = (hashlib.sha256(as_bytes).hexdigest(), NAME)
    lines = [(one.sha256, one.name) for one in manifest.files]
    return "".join(f"{digest}  {name}\n" for digest, name in [*lines, own]).encode("ascii")


def read(content: bytes) -> Manifest:
    """Raises NotAManifest. Whether it is unchanged: `to_bytes` of it gives the same bytes."""
    try:
        found = json.loads(content.decode("ascii"))
    except (ValueError, RecursionError):
        raise NotAManifest from None
    if not isinstance(found, dict) or found.get("format") != FORMAT:
        raise NotAManifest
    try:
        return _checked(found)
    except (KeyError, TypeError, ValueError):
        raise NotAManifest from None


def _checked(found: dict[str, Any]) -> Manifest:
    values = {name: found[name] for name in Manifest.__annotations__}
    files = values["files"]
    if not isinstance(files, list) or not 0 < len(files) <= MOST_FILES:
        raise NotAManifest
    manifest = Manifest(**values | {"files": tuple(map(_file, files))})
    for name in ("store", "seller_id", "notice_on", "changed_at", "facts_sha256"):
        if not isinstance(getattr(manifest, name), str):
            raise NotAManifest
    if type(manifest.round) is not int or type(manifest.is_finished) is not bool:
        raise NotAManifest
    if len({one.name for one in manifest.files}) < len(manifest.files):
        raise NotAManifest
    return manifest


def _file(found: dict[str, Any]) -> FileLine:
    line = FileLine(**found)
    is_one = (
        type(line.size) is int
        and 0 <= line.size < 2**40
        and _NAME.fullmatch(line.name)
        and line.name not in {NAME, SUMS_NAME}
        and _SUM.fullmatch(line.sha256)
        and isinstance(line.exhibit, str)
    )
    if not is_one:
        raise NotAManifest
    return line

"""Whether a file may be kept: parsed in a child process, and here only asked about."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from appeals.evidence import children
from appeals.evidence.refusals import EvidenceRefused

COMMAND = children.python("appeals.evidence.inspect")


@dataclass(frozen=True, slots=True)
class Accepted:
    """What parsing found: of a picture its pixels, of a PDF the points of its first page."""

    media_type: str
    pages: int
    width: int
    height: int


def accept(
    path: Path, *, seconds: float = children.SECONDS, command: Sequence[str] = COMMAND
) -> Accepted:
    """What the file is. Raises EvidenceRefused."""
    answer = json.loads(children.run([*command, str(path)], seconds=seconds))
    if "refused" in answer:
        raise EvidenceRefused(answer.pop("refused"), **answer)
    return Accepted(**answer)

"""Whether a file may be kept: parsed in a child process, and here only asked about."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from appeals.evidence.refusals import EvidenceRefused
from guides import children

COMMAND = children.python("appeals.evidence.inspect")


@dataclass(frozen=True, slots=True)
class Accepted:
    """What parsing found: of a picture its pixels, of a PDF the points of its first page; whether
    a camera is named, the program that changed it (a code or nothing), and on which page it
    first shows which private numbers."""

    media_type: str
    pages: int
    width: int
    height: int
    has_camera: bool = False
    software: str = ""
    private: dict[str, int] = field(default_factory=dict)

    def observed(self) -> dict[str, Any]:
        """The small facts that hints are made of. No word of the file is among them."""
        facts = asdict(self)
        return {name: facts[name] for name in ("width", "height", *OBSERVED) if facts[name]}


OBSERVED = ("has_camera", "software", "private")


def accept(
    path: Path, *, seconds: float = children.SECONDS, command: Sequence[str] = COMMAND
) -> Accepted:
    """What the file is. Raises EvidenceRefused."""
    try:
        answer = json.loads(children.run([*command, str(path)], seconds=seconds))
    except children.FileRefused as ended:
        raise EvidenceRefused(ended.code) from None
    if "refused" in answer:
        raise EvidenceRefused(answer.pop("refused"), **answer)
    return Accepted(**answer)

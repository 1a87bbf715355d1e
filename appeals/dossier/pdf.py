"""A dossier as PDF: to send in English, or for one's own files with the Chinese beside it."""

from __future__ import annotations

import json
import tempfile
from dataclasses import dataclass, fields, is_dataclass
from enum import Enum
from typing import Any

from guides import children

from .breaking import broken
from .characters import Naming
from .sheets import Dossier
from .words import Both, Line, PageOf, Text

TYPESET = children.python("appeals.dossier.typesetting")
#: Forty services and a thousand exhibits take three, with the machine to themselves.
SECONDS = 30.0
MEMORY = 700 * 1024 * 1024
#: What no sheet shows.
NOT_PRINTED = {"members", "changed_at"}


class DossierNotMade(Exception):
    """`code`: `busy` (its turn did not come), `too-heavy` (time or memory), `failed`."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True, slots=True)
class MadePdf:
    content: bytes
    missing: tuple[str, ...]  # characters that had to be named, such as [U+20BB7]


def make_pdf(dossier: Dossier, *, with_chinese: bool = False) -> MadePdf:
    """The same dossier gives the same bytes. Raises DossierNotMade."""
    naming = Naming()
    data = json.dumps(
        _plain(dossier, naming, with_chinese) | {"copy": with_chinese},
        ensure_ascii=False,
        separators=(",", ":"),
    )
    with tempfile.TemporaryFile() as spooled:
        spooled.write(f"{int(dossier.changed_at.timestamp())}\n{data}".encode())
        spooled.seek(0)
        try:
            content = children.run(TYPESET, seconds=SECONDS, stdin=spooled, memory=MEMORY)
        except children.FileRefused as refusal:
            known = {"busy", "too-heavy"}
            code = refusal.code if refusal.code in known else "failed"
            raise DossierNotMade(code) from None
    return MadePdf(content, naming.report())


def unprintable(dossier: Dossier) -> tuple[str, ...]:
    """Characters of either language that no font here has, as `MadePdf.missing`."""
    naming = Naming()
    _plain(dossier, naming, with_chinese=True)
    return naming.report()


def _plain(value: Any, naming: Naming, with_chinese: bool) -> Any:
    """What the template reads: numbers, texts, lists, and records by the names of their fields."""
    if isinstance(value, Both):
        chinese = _text(value.chinese, naming) if with_chinese else []
        return {"en": _text(value.english, naming), "zh": chinese}
    if isinstance(value, PageOf):
        return {"page": value.part}
    if is_dataclass(value):
        return {
            one.name: _plain(getattr(value, one.name), naming, with_chinese)
            for one in fields(value)
            if one.name not in NOT_PRINTED
        }
    if isinstance(value, tuple):
        return [_plain(one, naming, with_chinese) for one in value]
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, str):
        return naming.printable(value)
    return value


def _text(text: Text, naming: Naming) -> list[Any]:
    return [_runs(line, naming) for line in text]


def _runs(line: Line, naming: Naming) -> list[Any]:
    runs: list[Any] = []
    for one in line:
        if isinstance(one, PageOf):
            runs.append({"page": one.part})
        else:
            runs += broken(naming.printable(one))
    return runs

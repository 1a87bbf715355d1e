"""The dossier of the example, in the language that it would be sent in, marked on every sheet."""

from __future__ import annotations

import io
from dataclasses import replace
from threading import Lock
from typing import BinaryIO

from appeals.dossier.of_case import dossier_of
from appeals.dossier.package import Package
from appeals.dossier.pdf import make_pdf
from appeals.dossier.sheets import Dossier
from appeals.letter.of_case import texts_of

from .case import example_case
from .papers import content_of

#: Over each sheet, in both languages whatever the sheet is in.
MARK = (
    "EXAMPLE 示例",
    "Store, services and papers are invented. Not for sending.",
    "店铺、服务商和材料都是编的，不能拿去提交。",
)

_made: dict[bool, bytes] = {}
_making = Lock()


def example_dossier() -> Dossier:
    case = example_case("en")
    return replace(dossier_of(case, texts_of(case)), mark=MARK)


def example_pdf(*, with_chinese: bool = False) -> bytes:
    """Made once a process, however many ask: its facts never change. Raises DossierNotMade."""
    with _making:
        if with_chinese not in _made:
            _made[with_chinese] = make_pdf(example_dossier(), with_chinese=with_chinese).content
        return _made[with_chinese]


def example_package() -> Package:
    """Raises DossierNotMade."""
    package = Package.of(example_dossier(), example_pdf())
    return replace(package, open_stored=_opened)


def _opened(name: str) -> BinaryIO:
    return io.BytesIO(content_of(name))

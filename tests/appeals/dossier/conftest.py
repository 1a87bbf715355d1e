"""PDFs of the example, each made once for all tests."""

from __future__ import annotations

from functools import cache

import pytest

from appeals.dossier.pdf import MadePdf, make_pdf

from . import example


@cache
def made(name: str, *, with_chinese: bool = False) -> MadePdf:
    return make_pdf(getattr(example, name)(), with_chinese=with_chinese)


@pytest.fixture
def finished() -> MadePdf:
    return made("finished")


@pytest.fixture
def copy() -> MadePdf:
    return made("finished", with_chinese=True)


@pytest.fixture
def unfinished() -> MadePdf:
    return made("unfinished")

"""Cases as their pages meet them: the owner signed in, English addresses."""

from __future__ import annotations

import datetime
from functools import cache
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import translation

from appeals import actions
from appeals.actions.periods import Span
from appeals.models import Case, Provider
from tests import factories
from tests.appeals.evidence.files import picture


@pytest.fixture(autouse=True)
def _in_english() -> Any:
    with translation.override("en"):
        yield


@pytest.fixture
def case(owner: Any) -> Case:
    return factories.open_case(owner)


@pytest.fixture
def provider(case: Case, owner: Any) -> Provider:
    """A: complete in items 1 to 4 but for the file, used from March to August 2018."""
    made = actions.providers.add(
        case,
        by=owner,
        name="ERP 甲",
        found="A chat group",
        web_site="https://example.com",
        email="help@example.com",
        did="Listings",
        received="Reports",
    )
    span = Span(datetime.date(2018, 3, 1), datetime.date(2018, 8, 1))
    actions.periods.replace(made, by=owner, version=1, spans=[span])
    made.refresh_from_db()
    return made


@pytest.fixture
def consent(owner: Any) -> None:
    actions.consents.give(by=owner, language="en")


def address(name: str, case: Case, *parts: object) -> str:
    return reverse(f"appeals:{name}", args=[case.code, *parts])


@cache
def bytes_of(size: int) -> bytes:
    return picture("PNG", (size, 30))


def upload(name: str = "receipt.png", size: int = 40) -> SimpleUploadedFile:
    """A small picture; another size is another file."""
    return SimpleUploadedFile(name, bytes_of(size), "image/png")


def part(form: str, provider: Provider, **fields: Any) -> dict[str, Any]:
    """What a browser sends for one part of a provider's page, made from its present version."""
    provider.refresh_from_db()
    return {"part": form, "version": provider.version} | fields


def rows(form: str, *several: dict[str, Any]) -> dict[str, Any]:
    """What a browser sends for the rows of a part."""
    sent: dict[str, Any] = {f"{form}-TOTAL_FORMS": len(several), f"{form}-INITIAL_FORMS": 0}
    for number, row in enumerate(several):
        sent |= {f"{form}-{number}-{field}": value for field, value in row.items()}
    return sent

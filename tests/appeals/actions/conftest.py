"""A case to write to, and its timeline."""

from __future__ import annotations

import pytest

from appeals.models import Event
from tests import factories


@pytest.fixture
def case(owner):
    return factories.open_case(owner)


@pytest.fixture
def events(case):
    """Reads the timeline, oldest first, without the line of the opening."""

    def read():
        return list(Event.objects.filter(case_code=case.code).order_by("pk"))[1:]

    return read

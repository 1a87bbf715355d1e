"""Every guide, opened wide, in each language: axe has nothing to say and nothing sticks out."""

from __future__ import annotations

import pytest

from guides.publishing import bundle

from .checks import found_by_axe, sticking_out
from .conftest import Visit
from .words import LANGUAGES

ALL_AT_ONCE = {"steps": "?all=1"}
ADDRESSES = [
    f"guides/{guide.slug}/{ALL_AT_ONCE.get(guide.facts['kind'], '')}"
    for guide in bundle.read_guides(bundle.BUNDLE)
]


@pytest.mark.parametrize("address", ADDRESSES)
def test_a_guide_is_for_everyone(visit: Visit, address: str) -> None:
    page = visit()

    for language in LANGUAGES:
        page.goto(f"/{language}/{address}")
        page.evaluate("document.querySelectorAll('details').forEach((one) => (one.open = true))")

        assert not found_by_axe(page)
        assert not sticking_out(page)

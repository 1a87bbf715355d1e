"""Every guide, opened wide, in each language: axe has nothing to say and nothing sticks out."""

from __future__ import annotations

import pytest

from guides.publishing import bundle

from .checks import BUT_COLOURS, found_by_axe, sticking_out
from .conftest import Visit
from .words import LANGUAGES

ALL_AT_ONCE = {"steps": "?all=1"}
ADDRESSES = [
    f"guides/{guide.slug}/{ALL_AT_ONCE.get(guide.facts['kind'], '')}"
    for guide in bundle.read_guides(bundle.BUNDLE)
]
#: Colours are looked at in one language: it is the same markup in both, which a test sees to.
WITH = {language: BUT_COLOURS if language == "en" else {} for language in LANGUAGES}
#: Opening a browser and filling the database takes longer than looking at a page.
TOGETHER = 15
SHELVES = [ADDRESSES[start : start + TOGETHER] for start in range(0, len(ADDRESSES), TOGETHER)]


@pytest.mark.parametrize("addresses", SHELVES, ids=lambda shelf: shelf[0])
def test_guides_are_for_everyone(visit: Visit, addresses: list[str]) -> None:
    page = visit()
    faults = []

    for address in addresses:
        for language in LANGUAGES:
            page.goto(f"/{language}/{address}")
            page.evaluate(
                "document.querySelectorAll('details').forEach((one) => (one.open = true))"
            )
            found = found_by_axe(page, **WITH[language]) + sticking_out(page)
            faults += [f"{language} {address}: {fault}" for fault in found]

    assert not faults, "\n".join(faults)

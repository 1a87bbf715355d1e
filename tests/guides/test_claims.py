"""docs/claims.md: what somebody found who had not written the guides, still true of their texts."""

from __future__ import annotations

import re

import pytest
from django.conf import settings

from guides.publishing import bundle
from guides.publishing.files import read_edition

TEXT = (settings.BASE_DIR / "docs" / "claims.md").read_text("utf-8")
GUIDES = {guide.slug: guide for guide in bundle.read_guides(bundle.BUNDLE)}
VERDICTS = {"supported", "reported", "inferred", "own advice", "own practice", "not verified"}
#: What the site says itself: advice, and what it says of itself.
OWN = {"own", "site"}


def rows(text: str) -> dict[str, list[list[str]]]:
    """By guide, the cells of each row: claim, sources, verdict."""
    found: dict[str, list[list[str]]] = {}
    for part in re.split(r"^## ", text, flags=re.MULTILINE)[1:]:
        slug, _end, body = part.partition("\n")
        lines = [line for line in body.splitlines() if line.startswith("| ")]
        cells = [re.split(r"(?<!\\)\|", line.strip("| ")) for line in lines]
        found[slug.strip()] = [
            [cell.strip() for cell in row]
            for row in cells
            if row[0].strip() not in {"Claim", "---"}
        ]
    return found


CLAIMS = rows(TEXT)
each_guide = pytest.mark.parametrize("slug", GUIDES)


def test_no_guide_is_missing_and_none_is_left_over() -> None:
    assert set(CLAIMS) == set(GUIDES)


@each_guide
def test_each_claim_has_a_source_and_a_verdict(slug: str) -> None:
    assert CLAIMS[slug]
    for row in CLAIMS[slug]:
        assert len(row) == 3, row
        verdict, _comma, mended = row[2].partition(", mended: ")
        assert verdict in VERDICTS, row
        assert mended or ", mended" not in row[2], row


@each_guide
def test_its_sources_are_those_the_guide_cites(slug: str) -> None:
    checked = {key for row in CLAIMS[slug] for key in row[1].split(", ")}
    for text in GUIDES[slug].texts.values():
        cited = set(re.findall(r"(?<!\[)\[@([\w-]+)", read_edition(text)["body"]))
        assert cited - OWN == checked - OWN

"""The map of facts: every place it names exists, every fact has one, every guide is on it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.conf import settings

from guides.publishing import bundle
from guides.publishing.files import read_edition
from guides.rendering import parse_blocks

MAP = Path(settings.BASE_DIR) / "docs" / "coverage.md"
GUIDES = {guide.slug: guide for guide in bundle.read_guides(bundle.BUNDLE)}
SOURCES = bundle.read_sources(bundle.BUNDLE)
PLACE = re.compile(r"`([a-z0-9-]+)(?:#([a-z0-9-]+))?`")
LANGUAGES = [code for code, _name in settings.LANGUAGES]


def rows(text: str) -> list[list[str]]:
    """The cells of each table row, without heads and rules."""
    found = []
    for line in text.splitlines():
        if line.startswith("| ") and not re.match(r"\| (Fact|---)", line):
            found.append([cell.strip() for cell in line.strip().strip("|").split("|")])
    return found


def parts(slug: str, language: str) -> set[str]:
    body = read_edition(GUIDES[slug].texts[language])["body"]
    return {block.id for block in parse_blocks(body) if block.kind == "heading"}


ROWS = rows(MAP.read_text())


def test_a_row_is_read_without_its_head_and_rule() -> None:
    table = "| Fact | Sources | Where |\n| --- | --- | --- |\n| Rain falls | | `about` |\ntext\n"

    assert rows(table) == [["Rain falls", "", "`about`"]]


def test_the_map_is_no_stub() -> None:
    assert len(ROWS) > 150


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row[0][:50])
def test_a_fact_has_a_place_or_a_reason(row: list[str]) -> None:
    fact, grade, sources, where = row

    assert fact
    assert grade
    assert all(key in SOURCES for key in re.findall(r"\bs\d+[a-z]?\b", sources)), sources
    if where.startswith("Not said: "):
        assert len(where) > 30
    else:
        assert PLACE.search(where), where
        assert PLACE.sub("", where).strip(", ") == "", where


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row[0][:50])
def test_where_a_fact_is_said_its_sources_are_cited(row: list[str]) -> None:
    _fact, _grade, sources, where = row
    texts = [GUIDES[slug].texts["zh-hans"] for slug, _part in PLACE.findall(where)]
    if not texts:
        return
    cited = set(re.findall(r"\[@(s\d+[a-z]?)", "".join(texts)))
    assert set(re.findall(r"\bs\d+[a-z]?\b", sources)) <= cited


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_place_exists(language: str) -> None:
    for slug, part in PLACE.findall(MAP.read_text()):
        assert slug in GUIDES, slug
        if part:
            assert part in parts(slug, language), f"{slug}#{part}"


@pytest.mark.parametrize(
    "slug", [slug for slug, guide in GUIDES.items() if guide.facts["kind"] != "term"]
)
def test_every_guide_is_on_the_map(slug: str) -> None:
    assert slug in {name for name, _part in PLACE.findall(MAP.read_text())}

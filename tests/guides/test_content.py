"""The bundled guides: both languages say the same, every fact has a source, nothing is copied."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings

from guides.models import AuthorizationMethod, Edition, Guide, Source
from guides.publishing import bundle
from guides.publishing.checks import CARD_WIDTH, LATIN_CARD_LENGTH, width
from guides.publishing.facts import METHOD, PLAIN
from guides.publishing.files import read_edition
from guides.publishing.sources import COLUMNS
from guides.rendering import Block, compare_editions, parse_blocks

GUIDES = {guide.slug: guide for guide in bundle.read_guides(bundle.BUNDLE)}
SOURCES = bundle.read_sources(bundle.BUNDLE)
TEXTS = {
    (slug, language): read_edition(text)
    for slug, guide in GUIDES.items()
    for language, text in guide.texts.items()
}
FIRST_RELEASE = [
    "mws",
    "september-2018",
    "clause-2-4",
    "clause-2-7",
    "method-mws-own-keys",
    "method-mws-application",
    "method-mws-developer",
    "method-oauth-application",
    "method-self-authorization",
    "method-credentials-handed-over",
    "authorize-today",
    "authorize-mws",
    "exposed",
    "item-learned",
    "item-contacts",
    "item-described",
    "item-used",
    "item-paid",
    "item-confirmed",
    "item-ended",
    "suspended",
    "rules-today",
    "about",
    "privacy",
]
LANGUAGES = [code for code, _name in settings.LANGUAGES]
each_guide = pytest.mark.parametrize("slug", GUIDES)
each_text = pytest.mark.parametrize(("slug", "language"), TEXTS)


def blocks(slug: str, language: str) -> tuple[Block, ...]:
    return parse_blocks(TEXTS[slug, language]["body"])


def test_the_first_release_is_whole() -> None:
    assert set(FIRST_RELEASE) <= set(GUIDES)


@each_guide
def test_it_exists_in_every_language(slug: str) -> None:
    assert set(GUIDES[slug].texts) == set(LANGUAGES)


@each_guide
def test_its_languages_have_the_same_blocks_ids_links_and_sources(slug: str) -> None:
    assert not compare_editions(blocks(slug, "zh-hans"), blocks(slug, "en"))


@each_guide
def test_its_facts_are_whole(slug: str) -> None:
    facts = GUIDES[slug].facts

    assert tuple(facts) == PLAIN
    assert facts["checked_on"] <= facts["review_by"]
    assert facts["standing"] in Guide.Standing.values
    assert facts["kind"] in Guide.Kind.values
    assert set(facts["related"]) <= set(GUIDES) - {slug}
    assert facts["successor"] in {None, *GUIDES}
    if facts["kind"] == "method":
        assert tuple(facts["method"]) == METHOD


@each_guide
def test_a_method_has_known_facts(slug: str) -> None:
    facts = GUIDES[slug].facts["method"] or {}

    for name, value in facts.items():
        choices = AuthorizationMethod._meta.get_field(name).choices
        assert not choices or value in dict(choices), name


@each_text
def test_every_statement_has_a_source(slug: str, language: str) -> None:
    """Paragraphs, items, notes, examples, box lines and quotations; a table one somewhere."""
    stating = {"paragraph", "item", "number", "note", "quote", "fine", "care", "never"}
    table_rows: list[Block] = []
    for block in blocks(slug, language):
        if block.kind in {"head", "row"}:
            table_rows.append(block)
            continue
        if block.kind in stating or (block.kind == "task" and "|" in block.text.replace("｜", "|")):
            if block.kind == "task" and "[@" not in block.text:
                hint = re.sub(r"\[\[.*?\]\]|\{.*?\}", "", block.text).replace("｜", "|")
                assert "|" not in hint, block.source
                continue
            assert "[@" in block.text, block.source
    assert not table_rows or any("[@" in row.source for row in table_rows)


@each_text
def test_every_source_and_link_resolves(slug: str, language: str) -> None:
    body = TEXTS[slug, language]["body"]

    for key in re.findall(r"(?<!\[)\[@([\w-]+)", body):
        assert key in {"own", "site", *SOURCES}, key
    for name in re.findall(r"\[\[([^\]|#]+)", body):
        assert name.startswith("@") or name in GUIDES, name


@each_text
def test_its_card_is_shown_whole(slug: str, language: str) -> None:
    card = TEXTS[slug, language]["card"]

    assert width(card) <= CARD_WIDTH if language == "zh-hans" else len(card) <= LATIN_CARD_LENGTH


@each_text
def test_its_chinese_sentences_are_short(slug: str, language: str) -> None:
    if language != "zh-hans":
        return
    for block in blocks(slug, language):
        text = re.sub(
            r"\[[@^][^\]]*\]|\[\[[^\]|]*\|?|\]\]|\{|\}|\*\*|\(https?:[^)]*\)", "", block.text
        )
        for sentence in re.split(r"[。！？；|｜]", text):
            chinese = re.findall(r"[\u4e00-\u9fff]", sentence)
            assert len(chinese) <= 40, sentence


@pytest.mark.parametrize("key", SOURCES)
def test_a_source_is_whole(key: str) -> None:
    source = SOURCES[key]

    assert set(source) == set(COLUMNS)
    assert all(source["title"].get(language) for language in LANGUAGES)
    assert source["grade"] in Source.Grade.values
    assert source["seen_as"] in Source.Seen.values
    assert source["address"] == "" or source["address"].startswith("https://")


# --- nothing of the article that this project started from was copied ------------------------

RUN = 12
#: Hashes of every run of twelve Chinese characters of that article, so that a clone can check.
HASHES = Path(__file__).with_name("article_runs.txt")


def chinese_runs(text: str) -> Iterator[str]:
    characters = "".join(re.findall(r"[\u4e00-\u9fff]", text))
    for start in range(len(characters) - RUN + 1):
        yield characters[start : start + RUN]


def hashed(run: str) -> str:
    return hashlib.sha256(run.encode()).hexdigest()[:16]


def without_quotations(text: str) -> str:
    text = re.sub(r"^> .*$", "", text, flags=re.MULTILINE)
    return re.sub(r"“[^”]*”|「[^」]*」", "", text)


def copied(text: str, known: set[str]) -> list[str]:
    return [run for run in chinese_runs(without_quotations(text)) if hashed(run) in known]


@pytest.mark.parametrize("slug", GUIDES)
def test_no_sentence_of_the_article_was_copied(slug: str) -> None:
    known = set(HASHES.read_text().split())

    assert len(known) > 800
    assert copied("\n".join(TEXTS[slug, "zh-hans"].values()), known) == []


def test_a_copied_run_is_found_across_punctuation_and_not_in_quotation_marks() -> None:
    known = {hashed("甲乙丙丁戊己庚辛壬癸子丑")}

    assert copied("前甲乙丙丁，戊己庚辛（壬癸）子丑后", known) == ["甲乙丙丁戊己庚辛壬癸子丑"]
    assert copied("有人说“甲乙丙丁戊己庚辛壬癸子丑”。", known) == []
    assert copied("甲乙丙丁戊己庚辛壬癸子", known) == []


# --- what becomes of it -----------------------------------------------------------------------


@pytest.mark.usefixtures("bundled")
def test_all_of_it_goes_live() -> None:
    assert Edition.objects.live().count() == len(TEXTS)
    assert all(json.dumps(edition.parts) for edition in Edition.objects.live())


@pytest.mark.usefixtures("bundled")
def test_every_anchor_leads_to_an_id_of_the_page() -> None:
    pages: dict[tuple[str, str], Any] = {
        (edition.guide.slug, edition.language): edition
        for edition in Edition.objects.live().select_related("guide")
    }
    for (_slug, language), edition in pages.items():
        html = "".join(part["html"] for part in edition.parts)
        for target, anchor in re.findall(
            r'href="/[a-z-]+/guides/([a-z0-9-]+)/[^"#]*#([^"]+)"', html
        ):
            there = pages[target, language]
            ids = {part["id"] for part in there.parts}
            ids |= {f"do-{task}" for part in there.parts for task in part["tasks"]}
            assert anchor in ids, f"{target}#{anchor}"

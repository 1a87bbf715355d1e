"""Every published text is found by its own words."""

from __future__ import annotations

import re
from itertools import pairwise

import pytest

from guides.models import Edition, Guide, Revision
from guides.search import Query, Synonyms, Term, fold, read
from tests.bundled import Rows

HAN = re.compile(r"[\u3400-\u9fff]")


def pairs(text: str) -> set[str]:
    """Every two neighbouring Chinese characters."""
    return {a + b for a, b in pairwise(text) if HAN.match(a) and HAN.match(b)}


def texts_of(edition: Edition, revision: Revision) -> str:
    """All that its page says in words of its own."""
    said = [revision.title, revision.summary, revision.card, revision.when, edition.plain]
    for part in edition.parts:
        said += [part["title"], *(answer["text"] for answer in part.get("answers") or ())]
    return "\n".join(said)


@pytest.mark.django_db
def test_any_two_neighbouring_characters_of_a_published_text_find_it(bundled_rows: Rows) -> None:
    revisions = {one.pk: one for one in bundled_rows[Revision]}
    editions = bundled_rows[Edition]
    terms = {one.pk for one in bundled_rows[Guide] if one.kind == Guide.Kind.TERM}
    synonyms = Synonyms(
        Term(one.guide_id, revision.title, revision.keywords, one.folded)
        for one in editions
        if one.guide_id in terms and (revision := revisions[one.latest_id])
    )
    queries: dict[str, Query] = {}
    lost = []
    for edition in editions:
        for pair in pairs(texts_of(edition, revisions[edition.latest_id])):
            query = queries.setdefault(pair, read(pair, synonyms))
            if not query.words or not all(word.is_in(edition.folded) for word in query.words):
                lost.append((pair, edition.pk))

    assert len(queries) > 3000
    assert not lost


@pytest.mark.django_db
def test_the_lines_of_a_published_text_are_those_of_its_folded_form(bundled_rows: Rows) -> None:
    for edition in bundled_rows[Edition]:
        _title, _keywords, _headings, _summary, *lines = edition.folded.split("\n")
        assert lines == [fold(line) for line in edition.plain.split("\n")]

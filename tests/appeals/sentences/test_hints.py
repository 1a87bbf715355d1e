"""Every hint has its words in both languages, and accuses nobody."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.utils import translation

from appeals.evidence.hints import Code, Hint
from appeals.evidence.observing import EDITORS
from appeals.sentences.hints import PROGRAMS, SENTENCES, TITLES, of_hint
from tests import factories

pytestmark = pytest.mark.django_db

VALUES: dict[Code, dict[str, Any]] = {
    Code.CARD: {"page": "2"},
    Code.IDENTITY: {"page": "2"},
    Code.EDITED: {"software": "meitu"},
    Code.SCREENSHOT: {},
    Code.TOO_SMALL: {"width": "640", "height": "480"},
    Code.OUTSIDE_PERIOD: {"date": "2018-12-03", "first": "2018-03", "last": "2018-08"},
    Code.TYPE_NOT_LISTED: {"listed": "jpg png"},
}
ACCUSING = re.compile(r"\b(?:fake|fraud|you edited|you altered)\b|你改|作假|造假", re.IGNORECASE)


@pytest.mark.parametrize("code", list(Code))
@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_every_hint_says_what_was_seen_and_what_to_do(code: Code, language: str) -> None:
    evidence = factories.make_evidence(factories.make_case())

    with translation.override(language):
        words = of_hint(evidence.case, evidence, Hint(code, tuple(VALUES[code].items())))

    assert words.title
    assert words.sentence.endswith((".", "。"))
    assert not re.search(r"[%!！]", words.sentence)
    assert not ACCUSING.search(words.sentence)
    assert all(
        value in words.sentence
        for name, value in VALUES[code].items()
        if name != "software" and name != "listed"
    )
    assert all(way.url.startswith(f"/{language}/") for way in words.ways)


def test_it_names_the_program_and_the_types() -> None:
    evidence = factories.make_evidence(factories.make_case())

    with translation.override("en"):
        edited = of_hint(evidence.case, evidence, Hint(Code.EDITED, (("software", "meitu"),)))
        listed = of_hint(
            evidence.case, evidence, Hint(Code.TYPE_NOT_LISTED, (("listed", "jpg png"),))
        )

    assert edited.sentence.startswith("Its notes name Meitu.")
    assert listed.sentence.startswith("The notice lists JPG")
    assert "this file is PDF" in listed.sentence


def test_nothing_lacks_its_words() -> None:
    assert set(TITLES) == set(SENTENCES) == set(Code)
    assert set(PROGRAMS) == set(EDITORS)

"""Every refusal has its sentence: what happened, whether the work is safe, what to do."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.utils import translation

from appeals.evidence import inspect, keeping, refusals, smuggled
from appeals.evidence.refusals import HOW, SENTENCES, TYPES, EvidenceRefused, message
from guides import children
from guides.credentials import Kind

VALUES = {
    "size": 21 * 1024 * 1024,
    "limit": 20 * 1024 * 1024,
    "type": "heic",
    "width": 9,
    "height": 8,
    "kind": "mws-token",
    "page": 3,
}


@pytest.mark.parametrize("code", sorted(SENTENCES))
@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_every_code_makes_a_sentence(code: str, language: str) -> None:
    with translation.override(language):
        sentence = message(EvidenceRefused(code, **VALUES))

    assert "%" not in sentence
    assert sentence.endswith((".", "。"))
    assert "!" not in sentence


def test_it_names_both_sizes() -> None:
    refusal = EvidenceRefused("too-large", size=21 * 1024 * 1024, limit=20 * 1024 * 1024)

    with translation.override("en"):
        sentence = message(refusal)

    assert sentence.replace("\xa0", " ") == (
        "This file is 21.0 MB; the limit is 20.0 MB. Download or scan a smaller original."
    )


@pytest.mark.parametrize("type", sorted(HOW))
@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_every_type_says_how_to_hand_it_in(type: str, language: str) -> None:
    with translation.override(language):
        sentence = message(EvidenceRefused("type", type=type))
        unknown = message(EvidenceRefused("type", type=""))

    assert sentence != unknown
    assert not re.search(r"[%!]|\b(?:None|Promise)", sentence)
    assert sentence.endswith((".", "。"))
    assert re.search("PDF|PNG|JPG|screenshot|Unpack|截|解压", sentence)


def test_each_type_has_a_sentence_of_its_own() -> None:
    with translation.override("en"):
        sentences = {message(EvidenceRefused("type", type=type)) for type in HOW}

    assert len(sentences) == len(HOW)


def test_a_type_without_a_name_has_a_sentence_too() -> None:
    with translation.override("en"):
        sentence = message(EvidenceRefused("type", type=""))

    assert sentence == "Files of this type cannot be stored. Use PDF, PNG, JPG or GIF."


@pytest.mark.parametrize(
    ("page", "place"), [(3, "Page 3 of this file"), (0, "The notes inside this file")]
)
def test_it_says_which_secret_and_where_and_how_to_revoke_it(page: int, place: str) -> None:
    with translation.override("en"):
        sentence = message(EvidenceRefused("secret", kind="mws-token", page=page))

    assert sentence.startswith(place)
    assert "an MWS authorization token" in sentence
    assert '<a href="/en/guides/exposed/?step=revoke">revoke it first</a>.' in sentence


@pytest.mark.parametrize("kind", list(Kind))
@pytest.mark.parametrize("page", [0, 2])
def test_every_kind_of_secret_makes_a_sentence(kind: Kind, page: int) -> None:
    with translation.override("zh-hans"):
        sentence = message(EvidenceRefused("secret", kind=kind.value, page=page))

    assert "<a href=" in sentence
    assert not re.search(r"[%\[\]!]", sentence)


def test_it_says_what_is_hidden_in_a_file() -> None:
    with translation.override("en"):
        sentence = message(EvidenceRefused("another-file", type="program"))

    assert "hidden in this file (a program)" in sentence


def test_it_says_how_many_pixels_are_too_many() -> None:
    refusal = EvidenceRefused("too-many-pixels", width=9000, height=9000, limit=52_000_000)

    with translation.override("en"):
        assert "9000 × 9000 pixels, more than the 52 million" in message(refusal)


def test_every_code_that_is_raised_is_known() -> None:
    sources = "".join(Path(module.__file__).read_text() for module in (children, inspect, keeping))

    raised = set(re.findall(r'Refused\(\s*"([a-z-]+)"', sources))

    assert raised == set(SENTENCES)


def test_every_type_that_is_recognised_says_how_to_hand_it_in() -> None:
    words = {word for word, _ in (*inspect.BEGINNINGS, *inspect.BRANDS, *inspect.OFFICE)}
    words |= {word for word, _ in inspect.OLD_OFFICE}

    assert words | {"zip", "webp", "video", "html", "svg", "email", "text"} == set(HOW)


def test_everything_that_can_be_hidden_has_a_name() -> None:
    assert {word for word, _, _ in smuggled.SIGNS} <= set(TYPES)


def test_the_docstring_lists_the_codes() -> None:
    listed = refusals.EvidenceRefused.__doc__ or ""

    assert all(code in listed for code in SENTENCES)

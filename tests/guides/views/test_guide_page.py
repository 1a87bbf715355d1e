"""Which edition of a guide a reader gets."""

from __future__ import annotations

import pytest

from guides.models import Edition, Guide
from guides.views.guide_page import in_language


@pytest.mark.parametrize(
    ("language", "shown"),
    [
        pytest.param("en", ["en", "zh-hans"], id="where there is one in their language"),
        pytest.param("zh-hans", ["zh-hans", "zh-hans"], id="in both"),
        pytest.param("fr", ["zh-hans", "zh-hans"], id="in neither: the source"),
    ],
)
def test_one_edition_a_guide_in_the_order_given(language: str, shown: list[str]) -> None:
    both = Guide(pk=2, slug="both", source_language="zh-hans")
    one = Guide(pk=1, slug="one", source_language="zh-hans")
    editions = [
        Edition(guide=both, language="en"),
        Edition(guide=one, language="zh-hans"),
        Edition(guide=both, language="zh-hans"),
    ]

    found = in_language(editions, language)

    assert [edition.guide_id for edition in found] == [2, 1]
    assert [edition.language for edition in found] == shown

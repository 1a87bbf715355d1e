"""The invented case: told by the rules, held in memory, its papers in the repository."""

from __future__ import annotations

import pytest
from django.db import IntegrityError

from appeals.example.case import NOW, example_case
from appeals.example.draw import PAPERS as DRAWN
from appeals.example.papers import FOLDER, PAPERS
from appeals.letter import checks
from appeals.letter.of_case import letter_of
from appeals.models import Case
from appeals.rules.cells import State
from appeals.rules.findings import Code
from tests.appeals.dossier.reading_pdf import pages

LANGUAGES = ("zh-hans", "en")
in_each_language = pytest.mark.parametrize("language", LANGUAGES)


@in_each_language
def test_the_rules_tell_what_it_is_there_to_teach(language: str) -> None:
    assessment = example_case(language).assess()

    assert [(one.demand.ordinal, one.state) for one in assessment.demands] == [
        (1, State.READY),
        (2, State.EXPLAINED),
        (3, State.READY),
        (4, State.READY),
        (5, State.NEEDS_A_LOOK),
        (6, State.NOT_STARTED),
        (7, State.STARTED),
    ]
    assert (assessment.tally.ready, assessment.tally.explained, assessment.tally.of) == (3, 1, 6)
    assert [one.code for one in assessment.open_findings] == [Code.PAYER_UNKNOWN]
    assert [one.code for one in assessment.findings if not one.is_open] == [Code.PAYER_UNKNOWN]
    assert not assessment.unfiled
    assert not assessment.has_deadline_passed


def test_nothing_but_the_words_differs_by_language() -> None:
    chinese, english = (example_case(language).assess() for language in LANGUAGES)

    assert [one.state for one in chinese.demands] == [one.state for one in english.demands]
    assert [one.id for one in chinese.steps] == [one.id for one in english.steps]
    assert chinese.digest != english.digest


@in_each_language
def test_its_clock_stands_still(language: str) -> None:
    case = example_case(language)

    assert case.now() == NOW
    assert case.assess() == case.assess(NOW)


@in_each_language
def test_the_checks_of_the_letter_find_nothing(language: str) -> None:
    case = example_case(language)

    assert not checks.check(letter_of(case, case.facts(), case.assess()))


def test_its_chinese_is_spaced_as_chinese_is() -> None:
    letter = {
        one.ordinal: one.letter.all()[1].text
        for one in example_case("zh-hans").demands.all()
        if one.letter.all()
    }

    assert "ERP 甲、工具乙和物流丙" in letter[2]
    assert "推荐了 ERP 甲，" in letter[1]


@pytest.mark.django_db
@in_each_language
def test_it_is_read_without_a_query_and_cannot_be_stored(
    language: str, django_assert_num_queries
) -> None:
    with django_assert_num_queries(0):
        case = example_case(language)
        case.assess()
    assert not Case.objects.filter(code=case.code).exists()
    with pytest.raises(IntegrityError):
        case.save()


def test_each_paper_says_that_it_is_an_example() -> None:
    assert {one.name for one in FOLDER.iterdir()} == {paper.file for paper in PAPERS}
    assert {paper.file for paper in PAPERS} == set(DRAWN)
    for paper in PAPERS:
        assert paper.file.startswith("example-")
        assert len(paper.content()) < 32 * 1024
        if paper.media_type == "application/pdf":
            text = "".join(pages(paper.content()))
            assert "EXAMPLE" in text
            assert "示例" in text

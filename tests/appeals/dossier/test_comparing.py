"""What two rounds of a dossier differ in."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
from django.utils import translation

from appeals.dossier import outline
from appeals.dossier.comparing import differences
from appeals.dossier.outline import Part

from .example import LETTER, dossier_of, whole_case

ONE = Part("item-1", "1 How you learned", "1 怎么知道的", ("answered", "From a group."))


def test_it_survives_being_kept() -> None:
    parts = outline.outline(dossier_of(whole_case(), LETTER))

    assert outline.read(json.loads(json.dumps(outline.kept(parts)))) == parts


def test_every_part_has_a_key_of_its_own_and_a_title_in_both_languages() -> None:
    parts = outline.outline(dossier_of(whole_case(), LETTER))

    assert len({one.key for one in parts}) == len(parts)
    assert all(one.english and one.chinese for one in parts)
    assert {"gaps", "exhibits", "confirmation"} <= {one.key for one in parts}


def test_page_numbers_are_no_difference() -> None:
    assert not any(
        "on page" in line or "from page" in line
        for part in outline.outline(dossier_of(whole_case(), LETTER))
        for line in part.lines
    )


def test_the_same_facts_differ_in_nothing() -> None:
    parts = outline.outline(dossier_of(whole_case(), LETTER))

    found = differences(parts, parts)

    assert found.changed == ()
    assert len(found.same) == len(parts)


def test_what_changed_is_marked_by_word() -> None:
    found = differences([ONE], [replace(ONE, lines=("answered", "From a chat group."))])

    (part,) = found.changed
    pieces = [piece for run in part.runs for line in run.lines for piece in line.pieces]
    assert [piece.text.strip() for piece in pieces if piece.kind == "added"] == ["chat"]
    assert (part.is_new, part.is_gone) == (False, False)


def test_a_part_that_is_new_and_one_that_is_gone() -> None:
    other = replace(ONE, key="item-8", english="1. The main contact")

    found = differences([ONE], [other])

    assert [(part.key, part.is_new, part.is_gone) for part in found.changed] == [
        ("item-8", True, False),
        ("item-1", False, True),
    ]


@pytest.mark.parametrize(("language", "title"), [("en", ONE.english), ("zh-hans", ONE.chinese)])
def test_titles_are_in_the_readers_language(language: str, title: str) -> None:
    with translation.override(language):
        assert differences([ONE], [ONE]).same == (title,)


def test_a_reworded_demand_is_not_the_same() -> None:
    found = differences([ONE], [replace(ONE, english="1 How you found it")])

    (part,) = found.changed
    assert any(line.is_changed for run in part.runs for line in run.lines)
    assert found.same == ()

"""Letters of providers and numbers of exhibits."""

import pytest

from appeals.rules.exhibits import (
    exhibit_number,
    exhibit_order,
    first_proof,
    letter,
    letter_order,
    parts,
    proving_only,
)
from appeals.rules.facts import DemandFacts, Rule, Scope

from .build import PAID, PRESET, evidence, proof


@pytest.mark.parametrize(
    ("number", "expected"),
    [
        (1, "A"),
        (2, "B"),
        (26, "Z"),
        (27, "AA"),
        (28, "AB"),
        (52, "AZ"),
        (53, "BA"),
        (702, "ZZ"),
        (703, "AAA"),
    ],
)
def test_letters_in_order_of_entry(number, expected):
    assert letter(number) == expected


def test_letters_sort_as_they_were_given():
    given = [letter(number) for number in range(1, 800)]
    shuffled = [*given[::2], *given[1::2]]

    assert sorted(shuffled, key=letter_order) == given
    assert letter_order(None) < letter_order("A")


@pytest.mark.parametrize(
    ("proofs", "first"),
    [
        pytest.param([proof(5, "A", "03"), proof(3, "B")], proof(3, "B"), id="position first"),
        pytest.param(
            [proof(5, "AA", "03"), proof(5, "B", "04")],
            proof(5, "B", "04"),
            id="then letter, B before AA",
        ),
        pytest.param(
            [proof(5, "A", "04"), proof(5, "A", "03")], proof(5, "A", "03"), id="then month"
        ),
        pytest.param(
            [proof(5, "A", "01"), proof(5, "A", "2017-12")],
            proof(5, "A", "2017-12"),
            id="then month of the year before",
        ),
        pytest.param(
            [proof(5, "A", "01"), proof(5, "A")],
            proof(5, "A"),
            id="without a month before one with",
        ),
        pytest.param(
            [proof(8, None), proof(5, "A", "03")], proof(8, None), id="position, not ordinal"
        ),
        pytest.param(
            [proof(9, "A", "03"), proof(5, "B", "04")],
            proof(5, "B", "04"),
            id="the older demand of one position",
        ),
    ],
)
def test_the_proof_that_gives_the_number(proofs, first):
    demands = (
        *PRESET,
        DemandFacts(8, 0, Rule.ANSWERED, Scope.CASE),
        DemandFacts(9, 5, Rule.PAID, Scope.PROVIDER),
    )

    assert first_proof(proofs, demands) == first
    assert first_proof(proofs[::-1], demands) == first


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        pytest.param([], "A-5-1", id="the first"),
        pytest.param(["A-5-1"], "A-5-2", id="the second"),
        pytest.param(["A-5-9", "A-5-10"], "A-5-11", id="numbers, not texts"),
        pytest.param(["A-5-2"], "A-5-3", id="a lower number is not filled in"),
        pytest.param(["B-5-1", "A-3-4", "AA-5-7", "0-5-8"], "A-5-1", id="other groups"),
    ],
)
def test_the_next_number(given, expected):
    assert exhibit_number(proof(PAID, "A", "03"), given) == expected


def test_a_proof_of_the_case_is_numbered_under_nought():
    assert exhibit_number(proof(8, None), ["0-8-1", "A-8-5"]) == "0-8-2"


@pytest.mark.parametrize("text", ["A-5", "a-5-1", "A-5-x", "5-5-1", "A-5-1-1", ""])
def test_what_is_not_a_number(text):
    with pytest.raises(ValueError, match="exhibit"):
        parts(text)


def test_exhibits_sort_by_letter_demand_and_number():
    ordered = ["0-8-1", "A-3-7", "A-5-2", "A-5-10", "B-1-1", "Z-1-1", "AA-1-1", None]
    shuffled = [*ordered[1::2], *ordered[::2]]

    assert sorted(shuffled, key=exhibit_order) == ordered


def test_what_proves_a_deleted_provider_alone():
    kept = [
        evidence(1, proofs=[proof(5, "A", "03"), proof(5, "B", "03")]),
        evidence(2, proofs=[proof(5, "A", "03"), proof(8, None)]),
        evidence(3, proofs=[proof(5, "B", "03")]),
        evidence(4),
        evidence(5, proofs=[proof(5, "A", "03")], is_withdrawn=True),
    ]
    alone = [
        evidence(6, proofs=[proof(5, "A", "03"), proof(3, "A")]),
        evidence(7, proofs=[proof(3, "A")]),
    ]

    assert proving_only("A", [*kept, *alone]) == (6, 7)

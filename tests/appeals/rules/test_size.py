"""However much a seller enters, the rules answer in time that grows with it and no faster."""

from __future__ import annotations

from time import process_time

from appeals.rules import assess
from appeals.rules.exhibits import letter
from appeals.rules.facts import LetterFacts

from .build import NOW, case, paid, period, provider


def test_many_long_periods_that_overlap() -> None:
    periods = tuple(period("1995-01", "2099-12", id=number) for number in range(40))
    facts = case(providers=tuple(provider(letter, periods=periods) for letter in "ABCDEFGHIJ"))

    begun = process_time()
    states = assess(facts, NOW).providers

    # Half a second; month by month and period by period it was fourteen.
    assert process_time() - begun < 4
    assert {len(one.months) for one in states} == {105 * 12}


def test_a_letter_that_names_forty_providers_beside_a_thousand_files() -> None:
    letters = [letter(number) for number in range(1, 41)]
    services = tuple(
        provider(one, name=f"Service {one} Software", legal_name=f"Shenzhen {one} Co., Ltd.")
        for one in letters
    )
    files = tuple(
        paid(
            number, "03", letter=letters[number % 40], exhibit=f"{letters[number % 40]}-5-{number}"
        )
        for number in range(1000)
    )
    text = " ".join(
        f"I used Service {one} Software from March to August 2018, and paid Shenzhen {one} Co., "
        f"Ltd. in March 2018."
        for one in letters
    )
    sections = tuple(LetterFacts(ordinal, text, text) for ordinal in range(1, 7))

    begun = process_time()
    result = assess(case(providers=services, evidence=files, letter=sections), NOW)

    # A tenth of a second.
    assert process_time() - begun < 1
    assert result.findings == ()


def test_a_letter_of_capitals_beside_names_of_a_hundred_words() -> None:
    services = tuple(
        provider(
            letter(number), name=" ".join(["a"] * 90), legal_name=" ".join("B" * (50 + number))
        )
        for number in range(1, 41)
    )
    text = "B " * 5_000
    sections = tuple(LetterFacts(ordinal, text, text) for ordinal in range(1, 7))

    begun = process_time()
    assess(case(providers=services, letter=sections), NOW)

    # A quarter of a second; with each row of so many words looked at it was three.
    assert process_time() - begun < 1.2


def test_a_letter_of_names_that_are_nearly_those_of_two_hundred_providers() -> None:
    services = tuple(
        provider(letter(at), name=f"Abcdefgh{at} Xyzzyqrs", legal_name=f"Abcdefgh{at}q Xyzzyqrst")
        for at in range(1, 201)
    )
    sections = tuple(
        LetterFacts(ordinal, text, text)
        for ordinal in range(1, 7)
        for text in [" ".join(f"Abcdefg{at}{ordinal} Xyzzyqr{at}" for at in range(400))]
    )

    begun = process_time()
    assess(case(providers=services, letter=sections), NOW)

    # A second; with every pair looked at it was seven.
    assert process_time() - begun < 4


def test_of_periods_that_overlap_each_month_counts_once() -> None:
    periods = (
        period("2018-06", "2018-08", id=1),
        period("2018-01", "2018-03", id=2),
        period("2018-02", "2018-02", id=3),
        period("2018-03", "2018-04", id=4),
    )

    (state,) = assess(case(providers=(provider("A", periods=periods),)), NOW).providers

    assert [one.month for one in state.months] == [1, 2, 3, 4, 6, 7, 8]

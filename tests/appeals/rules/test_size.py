"""However much a seller enters, the rules answer in time that grows with it and no faster."""

from __future__ import annotations

from time import process_time

from appeals.rules import assess

from .build import NOW, case, period, provider


def test_many_long_periods_that_overlap() -> None:
    periods = tuple(period("1995-01", "2099-12", id=number) for number in range(40))
    facts = case(providers=tuple(provider(letter, periods=periods) for letter in "ABCDEFGHIJ"))

    begun = process_time()
    states = assess(facts, NOW).providers

    # Half a second; month by month and period by period it was fourteen.
    assert process_time() - begun < 4
    assert {len(one.months) for one in states} == {105 * 12}


def test_of_periods_that_overlap_each_month_counts_once() -> None:
    periods = (
        period("2018-06", "2018-08", id=1),
        period("2018-01", "2018-03", id=2),
        period("2018-02", "2018-02", id=3),
        period("2018-03", "2018-04", id=4),
    )

    (state,) = assess(case(providers=(provider("A", periods=periods),)), NOW).providers

    assert [one.month for one in state.months] == [1, 2, 3, 4, 6, 7, 8]

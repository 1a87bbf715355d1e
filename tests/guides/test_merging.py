"""Two texts made from one: what only one of them changed is in both, and nothing is lost."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guides.merging import Merged, merge

BASE = "一\n\n二\n\n三\n\n四"


@pytest.mark.parametrize(
    ("mine", "theirs", "text", "is_clean"),
    [
        pytest.param(BASE, BASE, BASE, True, id="nobody changed anything"),
        pytest.param(BASE, BASE.replace("二", "2"), BASE.replace("二", "2"), True, id="they did"),
        pytest.param(BASE.replace("二", "2"), BASE, BASE.replace("二", "2"), True, id="I did"),
        pytest.param(
            BASE.replace("二", "2"), BASE.replace("四", "4"), "一\n\n2\n\n三\n\n4", True, id="apart"
        ),
        pytest.param(
            BASE + "\n\n五", "零\n\n" + BASE, "零\n\n" + BASE + "\n\n五", True, id="at both ends"
        ),
        pytest.param(
            BASE.replace("二", "2"), BASE.replace("二", "2"), BASE.replace("二", "2"), True,
            id="the same change",
        ),
        pytest.param(
            BASE.replace("二", "贰"), BASE.replace("二", "2"), BASE.replace("二", "贰"), False,
            id="one line twice",
        ),
        pytest.param(
            BASE.replace("二\n\n", ""), BASE.replace("二", "2"), BASE.replace("二\n\n", ""), False,
            id="taken away and changed",
        ),
    ],
)  # fmt: skip
def test_it_holds_what_both_changed(mine: str, theirs: str, text: str, is_clean: bool) -> None:
    assert merge(BASE, mine, theirs) == Merged(text, is_clean)


LINES = st.lists(st.sampled_from("abcd"), max_size=7).map("\n".join)


@given(LINES, LINES, LINES)
def test_what_one_side_alone_changed_is_taken_as_it_is(base: str, mine: str, theirs: str) -> None:
    assert merge(base, mine, base) == Merged(mine, True)
    assert merge(base, base, theirs) == Merged(theirs, True)
    assert merge(base, mine, mine) == Merged(mine, True)
    both = merge(base, mine, theirs)
    if both.is_clean:
        known = {*base.split("\n"), *mine.split("\n"), *theirs.split("\n")}
        assert set(both.text.split("\n")) <= known | {""}
        assert merge(base, theirs, mine) == both

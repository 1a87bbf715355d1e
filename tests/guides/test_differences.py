"""What changed between two texts: by character in Chinese, by word in Latin."""

from __future__ import annotations

import pytest

from guides.differences import compare, folded


def marked(before: str, after: str) -> str:
    signs = {"same": "{}", "added": "[+{}]", "taken": "[-{}]"}
    return "\n".join(
        "".join(signs[piece.kind].format(piece.text) for piece in line.pieces)
        for line in compare(before, after)
    )


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        pytest.param("不告诉任何人", "不告诉第三方", "不告诉[-任何人][+第三方]", id="characters"),
        pytest.param(
            "Give the key away.", "Give no key away.", "Give [-the][+no] key away.", id="words"
        ),
        pytest.param("don't share", "don't sell", "don't [-share][+sell]", id="apostrophes"),
        pytest.param("一\n二", "一\n新\n二", "一\n[+新]\n二", id="a line more"),
        pytest.param("一\n二\n三", "一\n三", "一\n[-二]\n三", id="a line less"),
        pytest.param("完全不同", "nothing alike", "[-完全不同]\n[+nothing alike]", id="two lines"),
        pytest.param("", "新的", "[-]\n[+新的]", id="from nothing"),
        pytest.param("同", "同", "同", id="the same"),
    ],
)
def test_it_marks_what_changed(before: str, after: str, expected: str) -> None:
    assert marked(before, after) == expected


def test_both_texts_can_be_read_off_the_marks() -> None:
    before, after = "甲乙丙\n丁\n戊己庚辛", "甲丙\n戊己辛壬\n癸"
    lines = compare(before, after)

    earlier = ["".join(p.text for p in one.pieces if p.kind != "added") for one in lines]
    later = ["".join(p.text for p in one.pieces if p.kind != "taken") for one in lines]

    assert "".join(earlier) == before.replace("\n", "")
    assert "".join(later) == after.replace("\n", "")


def test_long_unchanged_runs_are_folded() -> None:
    lines = [str(number) for number in range(20)]
    runs = folded(compare("\n".join(lines), "\n".join([*lines[:10], "new", *lines[10:]])))

    assert [(len(run.lines), run.is_folded) for run in runs] == [(9, True), (3, False), (9, True)]
    assert [line.number for line in runs[1].lines] == [10, 11, 12]


def test_short_runs_stay_as_they_are() -> None:
    assert [run.is_folded for run in folded(compare("a", "a"))] == [False]

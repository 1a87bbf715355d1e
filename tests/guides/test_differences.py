"""What changed between two texts: by character in Chinese, by word in Latin."""

from __future__ import annotations

from time import process_time

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


@pytest.mark.parametrize(
    ("before", "after"),
    [
        pytest.param("的" * 20_000, "的" * 19_000 + "了", id="one character on one line"),
        pytest.param("ab" * 5_000 + " a" * 5_000, "ba" + " a" * 9_000, id="one word and spaces"),
        pytest.param("的了" * 10_000, "了了的" * 6_000, id="two characters"),
        pytest.param("a\n" * 10_000, "a\n" * 9_000 + "b", id="the same line"),
        pytest.param("a\nb\n" * 5_000, "b\nb\na\n" * 3_000, id="two lines"),
        pytest.param(("的" * 700 + "\n") * 28, ("了" + "的" * 690 + "\n") * 28, id="long lines"),
        pytest.param(
            "".join("的" * length + "甲" for length in range(190)),
            "".join("的" * length + "乙" for length in range(190)),
            id="runs of every length",
        ),
        pytest.param(
            "".join(map(chr, range(0x4E00, 0x4E00 + 20_000))),
            "".join(chr(0x4E00 + (at ^ 1)) for at in range(20_000)),
            id="pairs turned round",
        ),
    ],
)
def test_it_takes_no_longer_for_texts_made_to_take_long(before: str, after: str) -> None:
    begun = process_time()
    lines = compare(before, after)

    # A third of a second; without a limit most of these take half a minute.
    assert process_time() - begun < 3
    texts = [
        "\n".join(
            "".join(piece.text for piece in line.pieces if piece.kind != left_out)
            for line in lines
            if any(piece.kind != left_out for piece in line.pieces)
        )
        for left_out in ("added", "taken")
    ]
    assert texts == [before, after]


def test_of_what_is_too_long_the_middle_is_marked() -> None:
    assert marked("甲" + "的" * 2_000 + "末", "甲" + "的" * 1_999 + "了末") == (
        "甲" + "的" * 1_999 + "[-的][+了]末"
    )

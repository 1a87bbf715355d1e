"""What a text mentions, in both languages."""

from __future__ import annotations

import pytest

from appeals.rules.mentions import exhibits_in, hosts_in, months_in, names_in, sentences


def told(text: str) -> list[str]:
    """Months as 2018-05, spans as 2018-05/2018-08, beginnings as 2018-05/."""
    found = []
    for said in months_in(text):
        if said.is_span:
            found.append(f"{said.first}/{said.last or ''}")
        else:
            found.append(str(said.first))
    return found


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("In May 2018.", ["2018-05"]),
        ("on 2 March 2018, on March 2, 2018", ["2018-03", "2018-03"]),
        ("Sept. 2018, Sep 2018, september 2018", ["2018-09"] * 3),
        ("2018-05, 2018/5, 2018.05, 05/2018", ["2018-05"] * 4),
        ("2018-05-03", ["2018-05"]),
        ("2018 年 5 月、2018年05月", ["2018-05", "2018-05"]),
        ("from May to August 2018", ["2018-05/2018-08"]),
        ("from November to February 2018", ["2017-11/2018-02"]),
        ("March 2018 – August 2018", ["2018-03/2018-08"]),
        ("2018-03 to 2018-08", ["2018-03/2018-08"]),
        ("2018 年 3 月到 8 月", ["2018-03/2018-08"]),
        ("2018年3月一直用到8月", ["2018-03/2018-08"]),
        ("2018-03 至 2018-08", ["2018-03/2018-08"]),
        ("in May and June 2018", ["2018-05", "2018-06"]),
        ("since March 2018", ["2018-03/"]),
        ("从 2018 年 3 月起", ["2018-03/"]),
        ("2018 年 3 月开始用", ["2018-03/"]),
        ("August 2018 to March 2018", ["2018-08", "2018-03"]),
        ("2018-13, 2018/99, 13/2018", []),
        ("You may go to 2018 Main Street.", []),
        ("2018.05.03.1, room 12018/5", []),
        ("A-5-2018", []),
        ("May", []),
        ("", []),
    ],
)
def test_months(text: str, expected: list[str]) -> None:
    assert told(text) == expected


def test_a_span_names_every_month_of_it() -> None:
    (said,) = months_in("from November 2017 to February 2018")

    assert list(map(str, said.months)) == ["2017-11", "2017-12", "2018-01", "2018-02"]


def test_a_span_without_end_does_not_go_on_for_ever() -> None:
    (said,) = months_in("1000-01 to 9999-12")

    assert len(said.months) == 600


def test_months_say_where_they_stand() -> None:
    text = "Used from May to August 2018."

    (said,) = months_in(text)

    assert text[said.start : said.end] == "May to August 2018"


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("I used it. Then I stopped.", 2),
        ("I used it in Mar. 2018 and no more.", 1),
        ("Their site is erp.example and works.", 1),
        ("用了半年。后来停了！", 2),
        ("I used it. 工具乙 was next.", 2),
        ("One\nTwo", 2),
        ("  ", 0),
    ],
)
def test_sentences(text: str, count: int) -> None:
    assert len(list(sentences(text))) == count


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("(exhibit A-5-1) and AA-3-12, A-5-1 again", ("A-5-1", "AA-3-12")),
        ("附件 0-6-1。", ("0-6-1",)),
        ("114-1234567-1234567 is an order, 2018-05-03 a day", ()),
        ("B-5 and X-A-5-1", ()),
    ],
)
def test_exhibits(text: str, expected: tuple[str, ...]) -> None:
    assert exhibits_in(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("https://www.Erp.example/a?b and help@tool.example", ("erp.example", "tool.example")),
        ("see erp.com.", ("erp.com",)),
        ("Node.js, e.g. this, No.2, a.m.", ()),
    ],
)
def test_hosts(text: str, expected: tuple[str, ...]) -> None:
    assert hosts_in(text) == expected


@pytest.mark.parametrize(
    ("text", "name", "is_there"),
    [
        ("we used erp  alpha then", "ERP Alpha", True),
        ("we used ERPAlpha", "ERP Alpha", True),
        ("we used ERP Alphabet", "ERP Alpha", False),
        ("用了ERP 甲的服务", "ERP 甲", True),
        ("用了工具乙。", "工具乙", True),
        ("a tool", "A", False),
        ("(a+b)", "(a+b)", True),
    ],
)
def test_names(text: str, name: str, is_there: bool) -> None:
    assert names_in(text, [name]) is is_there

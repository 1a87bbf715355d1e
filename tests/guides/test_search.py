"""Folding, the words of a query, ranking and excerpts: texts in, texts out."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guides.search import (
    LONGEST_QUERY,
    Synonyms,
    Term,
    excerpt,
    find,
    fold,
    fold_edition,
    read,
)
from guides.search.excerpts import EXCERPT_WIDTH, marks, width
from guides.search.folding import Folded, names
from guides.search.words import MOST_FORMS, MOST_WORDS


def term(guide: int, title: str, keywords: str = "") -> Term:
    folded = fold_edition(title=title, keywords=keywords, headings=[], summary="", text="")
    return Term(guide, title, keywords, folded)


TERMS = Synonyms(
    [
        term(
            1,
            "私有密钥（Secret Key）",
            "密钥, 私钥, Secret Key, MWS 密钥, API 密钥, API key, API, key",
        ),
        term(1, "Secret Key", "Secret Key, private key, API, key"),
        term(2, "令牌（token）", "访问令牌, 授权码"),
    ]
)
NONE = Synonyms([])


@dataclass(frozen=True)
class Text:
    """The least that search has to know of a text."""

    key: int
    folded: str
    is_historic: bool
    order: tuple[int, ...]


def candidate(key: int = 1, *, is_historic: bool = False, order: int = 0, **parts: str) -> Text:
    headings = parts.pop("headings", "").split("/")
    written = {"title": "", "keywords": "", "summary": "", "text": ""} | parts
    return Text(key, fold_edition(headings=headings, **written), is_historic, (order,))


def found(query: str, *texts: Text, terms: Synonyms = NONE) -> list[int]:
    return [one.key for one in find(read(query, terms), texts).answers]


# --- Folding -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("one", "other"),
    [
        pytest.param("把 Secret Key 交给", "把Secret Key交给", id="spaces beside Chinese"),
        pytest.param("ＳＥＣＲＥＴ　ｋｅｙ", "secret，key", id="full width"),
        pytest.param("第 2.4 条", "第2.4条", id="digits"),
        pytest.param("“授权”应用", "「授权」应用", id="quotes"),
        pytest.param("SP-API", "sp api", id="hyphen"),
        pytest.param("café", "CAFE\u0301", id="accents"),
        pytest.param("密\u200b钥", "密钥", id="what is not seen"),
        pytest.param("Straße", "STRASSE", id="case"),
    ],
)
def test_it_is_the_same_word(one: str, other: str) -> None:
    assert fold(one) == fold(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        pytest.param("密钥，授权", "密钥授权", id="a comma"),
        pytest.param("密钥 授权", "密钥授权", id="a space between Chinese"),
        pytest.param("secret key", "secretkey", id="a space between Latin"),
        pytest.param("2.4", "24", id="a decimal point"),
    ],
)
def test_it_is_another_word(one: str, other: str) -> None:
    assert fold(one) != fold(other)


@given(st.text())
def test_each_folded_character_knows_its_place(text: str) -> None:
    folded = Folded.of(text)

    assert len(folded.text) == len(folded.places)
    assert list(folded.places) == sorted(folded.places)
    assert all(0 <= place < len(text) for place in folded.places)


@given(st.text())
def test_what_is_folded_stays_as_it_is_and_on_its_line(text: str) -> None:
    folded = fold(text)

    assert fold(folded) == folded
    assert "\n" not in folded
    assert "||" not in folded
    assert not folded.startswith("|")


def test_an_edition_has_a_line_for_each_line_of_its_text() -> None:
    folded = fold_edition(
        title="标题", keywords="a, b", headings=["一", "Two"], summary="说", text="第一\n\nThird"
    )

    assert folded.split("\n") == ["标题", " a| b", "一| two", "说", "第一", "", " third"]


def test_names_are_told_as_they_are_written() -> None:
    assert list(names("私有密钥（Secret Key）、API 密钥, key")) == [
        ("私有密钥", "私有密钥"),
        ("Secret Key", " secret key"),
        ("API 密钥", " api密钥"),
        ("key", " key"),
    ]


# --- Words ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("query", "text"),
    [
        pytest.param("授权", "先撤销授权，再换密钥", id="two characters"),
        pytest.param("销授", "先撤销授权", id="two neighbours that are no word"),
        pytest.param("钥", "密钥", id="one character"),
        pytest.param("revoke", "You can revoke it", id="a whole word"),
        pytest.param("author", "Authorize the app", id="the beginning of a word"),
        pytest.param("keys", "Your key", id="the plural"),
        pytest.param("the keys of my store", "A key for the store", id="what only asks"),
        pytest.param(
            "who can still get into my store", "See who enters the store", id="a whole question"
        ),
        pytest.param(
            "我的服务商要密钥，给不给？", "服务商要密钥，不给", id="a whole Chinese question"
        ),
        pytest.param("把Secret Key给了", "不要把 Secret Key 给了人", id="no spaces"),
        pytest.param("授权失效", "授权，权失，失效", id="pieces of a long one"),
        pytest.param("第2.4条", "第 2.4 条：凭证", id="a number between"),
        pytest.param("２．４", "条款 2.4", id="full width"),
        pytest.param("密钥怎么办", "密钥外泄", id="a question"),
        pytest.param("sp-api", "SP API", id="hyphen"),
    ],
)
def test_it_finds(query: str, text: str) -> None:
    assert found(query, candidate(text=text)) == [1]


@pytest.mark.parametrize(
    ("query", "text"),
    [
        pytest.param("key", "A monkey", id="the end of a word"),
        pytest.param("钥授", "密钥，授权", id="over a comma"),
        pytest.param("24", "条款 2.4", id="without the point"),
        pytest.param("密码", "密钥", id="half of it"),
        pytest.param("status", "The statue", id="no plural"),
    ],
)
def test_it_does_not_find(query: str, text: str) -> None:
    assert found(query, candidate(text=text)) == []


@pytest.mark.parametrize("query", ["", " ", "😀", "，。", "%_\\", "'\"`", "\ud800", "\0", "()*&|!"])
def test_there_may_be_no_word(query: str) -> None:
    assert read(query, TERMS).words == ()
    assert found(query, candidate(text="密钥")) == []


@given(st.text(max_size=300))
def test_any_query_can_be_read_and_looked_for(query: str) -> None:
    asked = read(query, TERMS)

    assert len(asked.words) <= MOST_WORDS
    assert all(word.forms and all(word.forms) for word in asked.words)
    find(asked, [candidate(title=query, text=query)])


def test_of_a_long_query_only_the_beginning_counts() -> None:
    long = "密" * LONGEST_QUERY

    assert read(long + "钥", NONE) == read(long, NONE)


@pytest.mark.parametrize(
    "query", ["密钥", "私钥", "私有密钥", "Secret Key", "secret keys", "SECRET　KEY", "private key"]
)
def test_the_names_of_a_term_are_one_word(query: str) -> None:
    texts = [
        candidate(1, text="密钥外泄"),
        candidate(2, text="把 Secret Key 收好"),
        candidate(3, text="私钥"),
    ]

    assert sorted(found(query, *texts, terms=TERMS)) == [1, 2, 3]


def test_what_is_also_searched_for_is_told() -> None:
    also = ("密钥", "私钥", "API key", "private key")
    assert read("secret key 给了别人", TERMS).also == also
    assert read("给了别人", TERMS).also == ()


def test_a_broad_keyword_leads_to_the_term_and_not_back() -> None:
    about_keys, about_apis = candidate(1, text="密钥"), candidate(2, text="API 的价钱")

    assert sorted(found("API", about_keys, about_apis, terms=TERMS)) == [1, 2]
    assert found("密钥", about_keys, about_apis, terms=TERMS) == [1]


def test_a_term_has_only_so_many_names() -> None:
    many = Synonyms([term(1, "甲乙", ", ".join(f"名字{chr(0x4E00 + n)}" for n in range(50)))])

    assert len(read("甲乙", many).words[0].forms) == MOST_FORMS


def test_a_name_inside_a_longer_word_is_none() -> None:
    assert read("tokenize", TERMS).also == ()


# --- Ranking -------------------------------------------------------------------------------


def test_the_title_counts_before_a_heading_and_a_heading_before_the_text() -> None:
    texts = [
        candidate(1, text="密钥"),
        candidate(2, headings="别的/密钥怎么收回"),
        candidate(3, title="密钥给过别人"),
        candidate(4, title="密钥"),
    ]

    assert found("密钥", *texts) == [4, 3, 2, 1]


def test_current_comes_before_historic_at_the_same_place() -> None:
    texts = [
        candidate(1, text="密钥", is_historic=True),
        candidate(2, text="密钥"),
        candidate(3, title="老的密钥", is_historic=True),
    ]

    assert found("密钥", *texts) == [3, 2, 1]


def test_what_has_the_word_that_was_typed_comes_before_what_has_another_name_of_it() -> None:
    terms = Synonyms([term(1, "停用", "封号")])
    texts = [candidate(1, title="停用应用"), candidate(2, title="账户停用", text="就是封号")]

    assert found("封号", *texts, terms=terms) == [2, 1]


def test_all_words_in_a_row_come_first_and_then_the_site_s_own_order() -> None:
    texts = [
        candidate(1, text="revoke it, then the access", order=2),
        candidate(2, text="access that you revoke", order=1),
        candidate(3, text="revoke access", order=3),
    ]

    assert found("revoke access", *texts) == [3, 2, 1]


def test_with_few_that_have_all_words_those_with_most_follow() -> None:
    texts = [candidate(1, text="密钥"), candidate(2, text="密钥 冰箱"), candidate(3, text="别的")]

    result = find(read("密钥 冰箱", NONE), texts)

    assert [one.key for one in result.answers] == [2, 1]
    assert result.whole == 1


def test_with_enough_that_have_all_words_no_others_follow() -> None:
    texts = [candidate(key, text="密钥 冰箱") for key in (1, 2, 3)]

    assert found("密钥 冰箱", *texts, candidate(4, text="密钥")) == [1, 2, 3]


def test_less_than_half_is_nothing() -> None:
    assert found("密钥 冰箱 大象", candidate(text="密钥")) == []
    assert found("大象冰箱密钥", candidate(text="密钥")) == []


# --- Excerpts ------------------------------------------------------------------------------


def shown(query: str, text: str, summary: str = "摘要", headings: str = "") -> str:
    """The excerpt with brackets around what is marked."""
    folded = candidate(text=text, headings=headings).folded
    pieces = excerpt(read(query, TERMS), folded, text, summary)
    return "".join(f"[{one.text}]" if one.is_marked else one.text for one in pieces)


@pytest.mark.parametrize(
    ("query", "text", "expected"),
    [
        pytest.param("撤销", "先收好。再撤销它。", "再[撤销]它。", id="the sentence"),
        pytest.param("密钥", "把 Secret Key 收好", "把 [Secret Key] 收好", id="a synonym"),
        pytest.param("private key", "密钥。Secret Key", "[Secret Key]", id="in that script"),
        pytest.param("私钥", "密钥一\n私钥二", "[私钥]二", id="as it was typed"),
        pytest.param("author", "First. Then Authorize it.", "Then [Authorize] it.", id="a word"),
        pytest.param("secret key", "密钥、Secret  Key", "[密钥]、[Secret  Key]", id="several"),
        pytest.param("撤销 令牌", "只有撤销\n令牌可以撤销", "[令牌]可以[撤销]", id="the best line"),
        pytest.param("授权失效", "授权，权失，失效", "[授权]，[权失]，[失效]", id="pieces"),
        pytest.param("没有", "别的", "摘要", id="what is not in the text"),
        pytest.param("钥", "ｋｅｙ 密钥。", "ｋｅｙ 密[钥]。", id="full width stays"),
        pytest.param("b", "<b>&amp;</b>", "<[b]>&amp;</[b]>", id="plain text, not HTML"),
    ],
)
def test_it_shows_why(query: str, text: str, expected: str) -> None:
    assert shown(query, text) == expected


def test_a_sentence_is_shown_rather_than_a_heading() -> None:
    assert shown("撤销", "怎么撤销\n先撤销授权", headings="怎么撤销") == "先[撤销]授权"
    assert shown("撤销", "怎么撤销\n别的", headings="怎么撤销") == "怎么[撤销]"


def test_a_long_sentence_is_cut_around_the_first_mark() -> None:
    made = shown("撤销", "甲" * 90 + "撤销" + "乙" * 90)

    assert made.startswith("…甲")
    assert made.endswith("乙…")
    assert "[撤销]" in made


def test_a_latin_word_is_not_broken() -> None:
    made = shown("revoke", "One two three four " * 9 + "revoke " + "five six seven eight " * 9)

    assert re.fullmatch(r"…(\w+ | )*\[revoke\]( \w+)* ?…", made)
    whole = {"One", "two", "three", "four", "revoke", "five", "six", "seven", "eight"}
    assert set(re.findall(r"\w+", made)) <= whole


@given(
    st.text(alphabet="密钥a b。K.e\u3000\n<&é", max_size=300),
    st.sampled_from(["密钥", "钥a", "ke", "key 密", "a b", "钥 a"]),
)
def test_an_excerpt_is_a_stretch_of_the_text(text: str, query: str) -> None:
    folded = candidate(text=text).folded
    pieces = excerpt(read(query, TERMS), folded, text, "")

    made = "".join(piece.text for piece in pieces).strip("…")
    assert made in text
    assert width(made) <= EXCERPT_WIDTH
    assert all(piece.text for piece in pieces)


@given(st.text(alphabet="密钥a b。K-é", max_size=60))
def test_marks_do_not_touch_one_another(text: str) -> None:
    spans = marks(read("密钥 ab ke", NONE), text)

    assert all(0 <= first < last <= len(text) for first, last in spans)
    assert all(one[1] < other[0] for one, other in pairwise(spans))

"""A line that shows a picture: what it makes, where it may stand, and what it says without eyes."""

from __future__ import annotations

import pytest
from django.utils.translation import override

from guides.rendering import Refused, parse_blocks, pictures_in
from guides.rendering.editions import compare_editions
from guides.rendering.readable import readable

from .samples import PICTURE, html, plain, refused, rendered

TAKEN = "<figcaption>拍于 2026-11-09</figcaption>"


def test_it_is_a_figure_with_its_words_its_size_and_its_day() -> None:
    assert html("![[small|右上角的菜单]]") == (
        f'<figure class="picture"><img src="/pictures/{PICTURE}/" alt="右上角的菜单" width="300" '
        f'height="200" loading="lazy" decoding="async">{TAKEN}</figure>'
    )


@pytest.mark.parametrize(
    ("line", "alt"),
    [
        pytest.param("![[small|菜单「管理您的应用程序」]]", "菜单「管理您的应用程序」", id="name"),
        pytest.param("![[ small ｜ 菜单 ]]", "菜单", id="a wide bar and spaces"),
        pytest.param(r"![[small|一个\[框\]]]", "一个[框]", id="escapes"),
        pytest.param("![[small|A & B]]", "A &amp; B", id="a character of HTML"),
    ],
)
def test_its_words_are_plain(line: str, alt: str) -> None:
    assert f'alt="{alt}"' in html(line)


def test_one_that_is_shown_smaller_than_it_is_can_be_seen_large() -> None:
    with override("en"):
        made = html("![[menu|The menu]]", language="en")

    link = f'<a href="/pictures/{PICTURE}/">See it large</a>'
    assert f"<figcaption>Taken on 2026-11-08 {link}</figcaption>" in made
    assert "<a" not in html("![[small|x]]")


def test_its_words_are_searched_and_compared() -> None:
    assert plain("![[menu|右上角的菜单]]") == "右上角的菜单"
    assert readable("![[menu|The menu]]", "en")[0].text == "Picture: The menu"


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        pytest.param("![[menu]]", ["alt"], id="no words"),
        pytest.param("![[menu|  ]]", ["alt"], id="empty words"),
        pytest.param("![[menu|**x**]]", ["mark"], id="marks in its words"),
        pytest.param("![[menus|x]]", ["picture"], id="unknown"),
        pytest.param("![[nothing|]]", ["alt", "picture"], id="both"),
        pytest.param("![[|x]]", ["unknown-line"], id="no key"),
        pytest.param("![menu](x)", ["unknown-line"], id="the form of others"),
        pytest.param("x ![[menu|x]][@own]", ["picture", "link"], id="within a line"),
        pytest.param('!!! stop "x"\n    ![[menu|x]]', ["in-a-box"], id="in a box"),
        pytest.param("- ![[menu|x]][@own]", ["picture", "link"], id="in a list"),
    ],
)
def test_it_is_refused(text: str, codes: list[str]) -> None:
    assert refused(text) == codes


def test_a_term_is_one_paragraph_without_pictures() -> None:
    assert refused("![[menu|x]]", kind="term") == ["parts"]


@pytest.mark.parametrize(
    ("language", "line", "sentence"),
    [
        ("zh-hans", "![[menu]]", "图要有中文说明：写出按钮名和它在哪里。"),
        ("en", "![[menu]]", "图要有英文说明：写出按钮名和它在哪里。"),
        ("en", "![[menus|x]]", "没有登记名叫 menus 的图片。是不是 menu？"),
        ("en", "![[zzz|x]]", "没有登记名叫 zzz 的图片。"),
    ],
)
def test_the_refusal_says_what_to_do(language: str, line: str, sentence: str) -> None:
    with pytest.raises(Refused) as refusal:
        rendered(f"## T {{#t}}\n\n{line}", language=language)

    with override("zh-hans"):
        assert [(one.line, str(one)) for one in refusal.value.problems] == [(3, sentence)]


def test_both_languages_have_the_same_picture_in_the_same_place() -> None:
    ours, theirs = parse_blocks("![[menu|菜单]]"), parse_blocks("![[menu|The menu]]")
    other, text = parse_blocks("![[small|x]]"), parse_blocks("The menu")

    assert compare_editions(ours, theirs) == ()
    assert [one.code for one in compare_editions(ours, other)] == ["pictures"]
    assert [one.code for one in compare_editions(ours, text)] == ["blocks"]


def test_another_picture_or_other_words_leave_the_translation_behind() -> None:
    lines = ["![[menu|x]]", "![[small|x]]", "![[menu|y]]", "![[menu|x ]]"]
    first, picture, words, spacing = (parse_blocks(line)[0].digest for line in lines)

    assert len({first, picture, words}) == 3
    assert parse_blocks("![[menu|x]]  ")[0].digest == first != spacing


def test_words_about_a_change_stand_in_its_caption() -> None:
    made = html("![[small|x]]", behind={3: "[中文改了]"})

    assert ' <span class="behind"> [中文改了]</span></figcaption>'.lstrip() in made


def test_the_keys_that_a_body_shows() -> None:
    body = "## T {#t}\n\n![[b|x]]\n\n![[a|x]]\n\n![[b|x]]\n\n`![[c|x]]`[@own]"

    assert pictures_in(body) == ("b", "a")
    assert pictures_in("no picture") == ()

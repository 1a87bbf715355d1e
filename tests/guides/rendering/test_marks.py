"""What the marks in a line become, in both languages."""

from __future__ import annotations

import pytest
from django.utils import translation
from django.utils.translation import gettext

from guides.rendering import Problem, Refused
from guides.rendering.typography import TIE

from .samples import LANGUAGES, html, plain, refused, rendered

OWN = "[@own]"


def word(message: str, language: str) -> str:
    with translation.override(language):
        return gettext(message)


def without_ties(text: str) -> str:
    return text.replace(TIE, "")


def own(language: str) -> str:
    return f'<span class="grade grade-own">{word("our advice", language)}</span>'


def made(text: str, language: str = "zh-hans") -> str:
    """The paragraph of that text without its own advice and ties."""
    shown = without_ties(html(text + OWN, language=language))
    return shown.replace(own(language), "").removeprefix("<p>").removesuffix("</p>")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        pytest.param("**x**y", "<strong>x</strong>y", id="bold"),
        pytest.param("`x*[y]`", "<code>x*[y]</code>", id="code keeps its marks"),
        pytest.param(r"\[x\] \*y\*", "[x] *y*", id="escapes"),
        pytest.param(r"\x", r"\x", id="a backslash before a letter stays"),
        pytest.param("a < b & c", "a &lt; b &amp; c", id="characters of HTML"),
    ],
)
def test_plain_marks(text: str, wanted: str, language: str) -> None:
    assert made(text, language) == wanted


@pytest.mark.parametrize(
    ("language", "wanted"),
    [
        (
            "zh-hans",
            (
                '<span class="ui"><span lang="zh-Hans">「管理」</span> '
                '<span lang="en">Manage</span></span>'
            ),
        ),
        (
            "en",
            (
                '<span class="ui"><span lang="en">Manage</span> '
                '<span lang="zh-Hans">「管理」</span></span>'
            ),
        ),
    ],
)
def test_a_button_is_in_the_readers_language_first(language: str, wanted: str) -> None:
    assert made("{管理|Manage}", language) == wanted
    assert made("{管理｜Manage}", language) == wanted


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("text", ["{管理|Manage?}", "{管理｜Manage？}"])
def test_a_question_mark_says_that_a_button_was_not_verified(text: str, language: str) -> None:
    words = word("button text not verified", language)

    assert made(text, language).endswith(f'</span> <span class="unconfirmed">{words}</span>')


def test_a_button_may_be_known_in_english_only() -> None:
    assert made("{Manage}") == '<span class="ui"><span lang="en">Manage</span></span>'
    assert 'class="unconfirmed"' in made("{Disable authorization?}")
    assert "authorization?" not in made("{Disable authorization?}")


@pytest.mark.parametrize("text", ["{管理}", "{管理|管理}", "{a|b|c}", "{}", "{|b|c}", "{a|管理?}"])
def test_a_button_without_english_is_refused(text: str) -> None:
    assert refused(f"x{text}{OWN}") == ["button"]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("[[exposed]]", '<a href="/zh-hans/guides/exposed/">密钥给出去了</a>'),
        ("[[exposed|看这里]]", '<a href="/zh-hans/guides/exposed/">看这里</a>'),
        ("[[exposed｜看这里]]", '<a href="/zh-hans/guides/exposed/">看这里</a>'),
        ("[[exposed#revoke|收回]]", '<a href="/zh-hans/guides/exposed/?step=revoke">收回</a>'),
        (
            "[[exposed#look|看看]]",
            '<a href="/zh-hans/guides/exposed/?step=revoke#do-look">看看</a>',
        ),
        ("[[clause-2-7#short|短]]", '<a href="/zh-hans/guides/clause-2-7/#short">短</a>'),
        ("[[clause-2-7#ask|问]]", '<a href="/zh-hans/guides/clause-2-7/#do-ask">问</a>'),
        ("[[secret-key]]", '<a href="/zh-hans/guides/secret-key/" class="term">密钥</a>'),
        ("[[@new-case|新建申诉]]", '<a href="/zh-hans/appeals/new/">新建申诉</a>'),
    ],
)
def test_links_to_guides_and_pages(text: str, wanted: str) -> None:
    assert made(text) == wanted


def test_a_guide_in_another_language_is_linked_there_and_says_so() -> None:
    assert made("[[only-chinese|see]]", "en") == (
        '<a href="/zh-hans/guides/only-chinese/" hreflang="zh-Hans">see</a>'
    )
    assert made("[[only-chinese]]", "en") == (
        '<a href="/zh-hans/guides/only-chinese/" hreflang="zh-Hans" lang="zh-Hans">只有中文</a>'
    )


@pytest.mark.parametrize(
    "text",
    [
        "[[nowhere]]", "[[exposed#nowhere|x]]", "[[#t]]", "[[]]", "[[@terms|x]]", "[[@new-case]]",
        "[[ exposed # revoke ]]",
    ],
)  # fmt: skip
def test_a_link_that_leads_nowhere_is_refused(text: str) -> None:
    assert refused(f"x{text}{OWN}") == ["link"]


def test_links_into_the_guide_itself_follow_the_text_at_hand() -> None:
    body = f"## T {{#t}}\n\n[[clause-2-7#new|x]]{OWN}\n\n- [ ] y {{#new}}"

    shown = rendered(body, slug="clause-2-7").parts[0].html

    assert '"/zh-hans/guides/clause-2-7/#do-new"' in shown
    with pytest.raises(Refused):
        rendered(body.replace("#new|", "#short|"), slug="clause-2-7")


@pytest.mark.parametrize("language", LANGUAGES)
def test_links_to_other_sites_say_so_to_who_cannot_see_the_arrow(language: str) -> None:
    words = word("(opens another site)", language)

    assert made("[x](https://example.com/a?b=1&c=2)", language) == (
        '<a class="external" rel="noopener" href="https://example.com/a?b=1&amp;c=2">x'
        f'<span class="visually-hidden"> {words}</span></a>'
    )


def test_a_source_gets_a_letter_in_the_order_of_first_use() -> None:
    page = rendered("## T {#t}\n\n一[@s31]，二[@s2]，三[@s31]。\n\n- 四[@s1]")

    assert page.cited == (("s31", "a"), ("s2", "b"), ("s1", "c"))
    assert page.parts[0].html.count('<a class="cite" href="#source-s31">a</a>') == 2
    assert '<a class="cite" href="#source-s2">b</a>' in page.parts[0].html


def test_letters_go_on_after_z() -> None:
    sources = {f"s{number}": "official" for number in range(1, 705)}
    body = "## T {#t}\n\n" + "\n".join(f"- x[@{key}]" for key in sources)

    letters = [letter for _key, letter in rendered(body, sources=sources).cited]

    assert letters[:2] == ["a", "b"]
    assert letters[25:28] == ["z", "aa", "ab"]
    assert letters[701:704] == ["zz", "aaa", "aab"]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    ("mark", "grade", "message"),
    [
        ("[@s23]", "third-party", "reported"),
        ("[@s1]", "mirror", "mirrored copy"),
        ("[@s31 inferred]", "inferred", "inferred"),
        ("[@s23 inferred]", "inferred", "inferred"),
        ("[@own]", "own", "our advice"),
    ],
)
def test_a_grade_has_a_word(mark: str, grade: str, message: str, language: str) -> None:
    shown = html(f"x{mark}", language=language)

    assert shown.count('class="grade ') == 1
    assert f'<span class="grade grade-{grade}">{word(message, language)}</span>' in shown
    assert ('class="cite"' in shown) == (grade != "own")


def test_an_official_source_has_no_word() -> None:
    assert "grade" not in html("x[@s31]")


def test_what_the_site_says_of_itself_counts_as_cited_and_shows_nothing() -> None:
    shown = html("x[@site]")

    assert "grade" not in shown
    assert "cite" not in shown


def test_a_word_of_grade_stands_once_a_paragraph_and_grade() -> None:
    text = "一[@s23]，二[@s23]，三[@s1]，四[@s1]，五[@own]，六[@own]。\n\n七[@s23]。"

    shown = html(text)

    assert shown.count("grade-third-party") == 2
    assert shown.count("grade-mirror") == 1
    assert shown.count("grade-own") == 1
    assert shown.count('class="cite"') == 5


def test_a_guide_that_is_reported_does_not_say_so_at_every_line() -> None:
    shown = html("一[@s23]，二[@s23 inferred]，三[@s1]。", is_reported=True)

    assert "third-party" not in shown
    assert "grade-inferred" in shown
    assert "grade-mirror" in shown


@pytest.mark.parametrize("text", ["[@s99]", "[@]", "[@s31 maybe]", "[@s31 s2]", "[@own inferred]"])
def test_a_source_that_is_not_known_is_refused(text: str) -> None:
    assert refused(f"x{text}") == ["citation"]


def test_numbers_letters_and_words_are_tied_to_the_word_before() -> None:
    shown = html("一[^a][@s23]。\n\n[^a]: **T** 二**三**[@own]")

    assert f'一{TIE}<a class="ref"' in shown
    assert f'</a>{TIE}<a class="cite"' in shown
    assert f'</a>{TIE}<span class="grade' in shown
    assert f'</strong>{TIE}<span class="grade' in shown


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("zh-hans", "一。[@own]"),
        ("zh-hans", "一 [@own]"),
        ("zh-hans", "一。[^a][@own]\n\n[^a]: **T** x[@own]"),
        ("en", "One[@own]."),
        ("en", "One. [@own]"),
        ("en", "One[@own]. Two."),
    ],
)
def test_sources_stand_before_the_chinese_and_after_the_english_stop(
    language: str, text: str
) -> None:
    assert refused(text, language=language) == ["place"]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("zh-hans", "一[@own]。二[@s31]。"),
        ("zh-hans", "**一。**[@own]"),
        ("zh-hans", "一[^a][@own]。\n\n[^a]: **题** 两句。都算。[@own]"),
        ("en", "One.[@s31] Two.[@own]"),
        ("en", "One,[@s31] two[@s2] and three.[@own]"),
    ],
)
def test_sources_in_their_place_are_accepted(language: str, text: str) -> None:
    assert refused(text, language=language) == []


@pytest.mark.parametrize(
    ("language", "text", "wanted"),
    [
        ("zh-hans", "把Secret Key给人", '把<span lang="en">Secret Key</span>给人'),
        ("zh-hans", "一个 Key 而已", "一个 Key 而已"),
        ("zh-hans", "**Secret Key**", '<strong><span lang="en">Secret Key</span></strong>'),
        ("zh-hans", "`Secret Key`", "<code>Secret Key</code>"),
        (
            "zh-hans",
            "I will not share my Secret Key, or else",
            '<span lang="en">I will not share my Secret Key, or else</span>',
        ),
        ("en", "the word 密钥 here", 'the word <span lang="zh-Hans">密钥</span> here'),
        ("en", "「管理您的应用」 here", '<span lang="zh-Hans">「管理您的应用」</span> here'),
        ("en", "say 你好，世界。 now", 'say <span lang="zh-Hans">你好，世界</span>。 now'),
        ("en", "Secret Key", "Secret Key"),
        ("en", "{管理|Manage} 密钥", ('<span class="ui"><span lang="en">Manage</span> '
         '<span lang="zh-Hans">「管理」</span></span> <span lang="zh-Hans">密钥</span>')),
    ],
)  # fmt: skip
def test_runs_of_the_other_language_are_marked(language: str, text: str, wanted: str) -> None:
    assert made(text, language) == wanted


@pytest.mark.parametrize(
    "text",
    [
        "**[[exposed]]**", "[**x**](https://example.com/)", "[[exposed|`x`]]", "**x `y`**",
        "{`x`|y}", "[x `y`](https://example.com/)", "**{a|b}**",
    ],
)  # fmt: skip
def test_marks_within_marks_are_refused(text: str) -> None:
    assert "nested" in refused(f"x{text}{OWN}")


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("*x*", "mark"), ("a **x", "mark"), ("`x", "mark"), ("[x]", "mark"), ("x]", "mark"),
        ("{x", "mark"), ("** x **", "bold"), ("x{#a}", "attribute"), ("![x](y)", "picture"),
        ("<b>", "html"), ("&amp;", "entity"), ("[x](http://example.com/)", "link"),
    ],
)  # fmt: skip
def test_marks_that_are_not_understood_are_refused(text: str, code: str) -> None:
    assert code in refused(f"x{text}{OWN}")


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_result_does_not_depend_on_the_language_of_the_reader(language: str) -> None:
    text = "- [fine] x[@s23]，[y](https://example.com/)，{管理|Manage?}"
    with translation.override("zh-hans"):
        one = html(text, language=language)
    with translation.override("en"):
        other = html(text, language=language)

    assert one == other


def test_a_refusal_speaks_the_language_of_whoever_reads_it(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(Refused) as refusal:
        rendered("## T {#t}\n\n[[nowhere]][@own]")
    (problem,) = refusal.value.problems

    assert isinstance(problem, Problem)
    with translation.override("en"):
        assert str(problem.message) == "There is no guide “nowhere”."
        assert str(refusal.value) == "3: There is no guide “nowhere”."


def test_plain_text_has_no_letters_numbers_or_words_of_grade() -> None:
    text = "One.[^a][@s23] See [x](https://example.com/) and {管理|Manage}.\n\n[^a]: **T** y[@s31]"

    assert plain(text.replace("Manage}.", "Manage}.[@own]"), language="en") == (
        "One. See x and Manage 「管理」.\nT y"
    )

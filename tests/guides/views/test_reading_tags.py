"""The template tags of reader pages."""

import pytest
from django.utils.translation import override

from guides.templatetags.reading import in_other_language, language_tag, split_title, with_ticks


@pytest.mark.parametrize(("code", "tag"), [("zh-hans", "zh-Hans"), ("en", "en")])
def test_a_language_is_written_as_html_wants_it(code, tag):
    assert language_tag(code) == tag


@pytest.mark.parametrize(
    ("title", "split"),
    [
        ("条款要求什么（我们的转述）", ("条款要求什么", "我们的转述")),
        ("What it asks (in our own words)", ("What it asks", "in our own words")),
        ("Plain", ("Plain", "")),
        ("（全在括号里）", ("（全在括号里）", "")),
        ("MWS (2012) and after", ("MWS (2012) and after", "")),
    ],
)
def test_brackets_at_the_end_are_split_off(title, split):
    assert split_title(title) == split


def test_only_ticked_boxes_are_ticked():
    html = '<input value="a"><input value="ab">'

    assert with_ticks(html, {"a"}) == '<input value="a" checked><input value="ab">'


def test_boxes_of_a_stranger_belong_to_no_form():
    html = '<input value="a" form="ticks">'

    assert with_ticks(html, None) == '<input value="a">'
    assert with_ticks(html, set()) == html


@pytest.mark.parametrize(
    ("path", "address"),
    [
        ("/zh-hans/guides/x/?step=two", "/en/guides/x/?step=two"),
        ("/zh-hans/", "/en/"),
        ("/admin/", "/en/"),
        ("", "/en/"),
        ("/zh-hans/zh-hans/", "/en/zh-hans/"),
    ],
)
def test_another_language_has_the_same_address(path, address):
    with override("zh-hans"):
        assert in_other_language(path, "zh-hans", "en") == address

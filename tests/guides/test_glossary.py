"""Terms as other pages show them."""

import pytest
from django.utils.safestring import mark_safe

from guides import glossary
from guides.models import Edition, Guide, Publication, Revision
from guides.rendering import Context, Target, render

TARGETS = {
    slug: Target(
        slug, "term", {"zh-hans": slug}, {"zh-hans": f"/zh-hans/guides/{slug}/"}, {"a": "a"}
    )
    for slug in ("secret-key", "seller-id")
}
CONTEXT = Context(
    guides=TARGETS | {"mws": Target("mws", "article", {"zh-hans": "MWS"}, {"zh-hans": "/x/"})},
    sources={"s1": "official", "s2": "third-party"},
)


def parts(body, kind="term"):
    rendered = render(body, kind=kind, language="zh-hans", context=CONTEXT)
    return [{"html": part.html} for part in rendered.parts]


def edition(title="标题", sort="", language="zh-hans", slug="a", **fields):
    guide = Guide(pk=abs(hash(slug)), slug=slug, kind="term")
    live = Publication(revision=Revision(title=title, sort=sort))
    return Edition(guide=guide, language=language, live=live, **fields)


def test_a_definition_stands_alone():
    body = "甲是乙[^x][@s1]。据说丙[@s2]。见[[seller-id|编号]]和 Access Key[@own]。"
    definition = glossary.definition(edition(parts=parts(f"{body}\n\n[^x]: **注** 旁注[@s1]。\n")))

    assert definition.startswith("甲是乙。据说丙")
    assert "旁注" not in definition
    assert "#source" not in definition
    assert '<span class="grade grade-third-party">据报道</span>' in definition
    assert 'href="/zh-hans/guides/seller-id/"' in definition
    assert '<span lang="en">Access Key</span>' in definition
    assert "<p>" not in glossary.definition(edition(parts=parts("甲是乙[@s1]。")))


def test_without_a_text_there_is_no_definition():
    assert glossary.definition(edition(parts=[])) == ""


def test_marked_terms_are_found_in_their_order_each_once():
    body = "## 一 {#one}\n\n先[[seller-id]]，再[[secret-key#a|密钥]]，又[[seller-id]]，见[[mws]][@s1]。\n"

    assert glossary.linked_terms(parts(body, "article")) == ["seller-id", "secret-key"]


@pytest.mark.parametrize(
    ("html", "sentence"),
    [
        ("甲是乙。丙是丁。", "甲是乙。"),
        ("甲是“乙。丙”丁。戊。", "甲是“乙。"),
        ("It is a key. Keep it.", "It is a key."),
        ("Amazon.com, Inc. version 2.4 is one.", "Amazon.com, Inc. version 2.4 is one."),
        ("甲<strong>乙。</strong>丙。丁", "甲<strong>乙。</strong>丙。"),
        (
            'Keys.\u2060<span class="grade grade-own">our advice</span> More.',
            'Keys.\u2060<span class="grade grade-own">our advice</span>',
        ),
        (
            '甲\u2060<span class="grade grade-inferred">推断</span>。乙。',
            '甲\u2060<span class="grade grade-inferred">推断</span>。',
        ),
        ("没有句号", "没有句号"),
        ("", ""),
    ],
)
def test_the_first_sentence_is_cut_between_elements(html, sentence):
    assert glossary.first_sentence(mark_safe(html)) == sentence


def test_chinese_is_sorted_by_pinyin_and_english_by_title():
    listed = [
        edition("私有密钥", "si you mi yao", slug="secret-key"),
        edition("Secret Key", "", "en", slug="secret-key"),
        edition("访问密钥", "fang wen mi yao", slug="access-key"),
        edition("access key", "", "en", slug="access-key"),
        edition("3PL", "", "en", slug="other"),
    ]

    chinese = glossary.by_letter(glossary.entries(listed, "zh-hans"))
    english = glossary.by_letter(glossary.entries(listed, "en"))

    titles = [(key, [one.edition.title for one in group]) for key, group in chinese]
    assert titles == [("F", ["访问密钥"]), ("S", ["私有密钥"]), ("#", ["3PL"])]
    titles = [(key, [one.edition.title for one in group]) for key, group in english]
    assert titles == [("A", ["access key"]), ("S", ["Secret Key"]), ("#", ["3PL"])]


def test_a_name_that_stands_in_the_title_is_not_said_again():
    one = "私有密钥（Secret Key）"

    assert glossary.unsaid(one, [edition("secret key", "", "en")]) == []
    portal = "门户（Solution Provider Portal，SPP）"
    assert glossary.unsaid(portal, [edition("Solution Provider Portal (SPP)", "", "en")]) == []
    assert len(glossary.unsaid(one, [edition("private key", "", "en")])) == 1

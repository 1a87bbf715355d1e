"""What changed between two publications, for whoever sees colours, hears or prints the page."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from guides.models import Guide
from guides.publishing import publish, save_draft
from tests import factories
from tests.guides.publishing.conftest import draft, make_facts

from .publications import put_live, seen, take_away

pytestmark = pytest.mark.django_db

HERE = "/en/guides/a-guide/compare/"
TEXT = "Keep the key.[@s1]\n\n- One.[@s1]\n- Two.[@s1]"
#: Twenty-one characters.
SENTENCE = "密钥由你自己保管，不告诉任何人，也不要写下"


@pytest.fixture
def guide() -> Guide:
    for key in ("s1", "s2", "s3"):
        factories.make_source(key)
    return Guide.objects.create(slug="a-guide", kind="article")


@pytest.fixture
def english(guide: Guide) -> Guide:
    """Written in English first, live once."""
    Guide.objects.filter(pk=guide.pk).update(source_language="en")
    guide.refresh_from_db()
    facts = make_facts(source_language="en")
    put_live(guide, "en", "2026-11-01", facts=facts, body=TEXT)
    return guide


def test_a_two_character_change_marks_two_characters(client: Client, guide: Guide) -> None:
    put_live(guide, body=f"{SENTENCE}[@s1]。")
    put_live(guide, body=f"{SENTENCE.replace('告诉', '交给')}[@s1]。")

    answer = client.get("/zh-hans/guides/a-guide/compare/1/2/")

    assert len(SENTENCE) == 21
    assert "密钥由你自己保管，不[-告诉-][+交给+]任何人，也不要写下[s1]。" in seen(answer)


def test_english_is_marked_by_word(client: Client, english: Guide) -> None:
    put_live(english, "en", body=TEXT.replace("the", "no"))

    assert "Keep [-the-][+no+] key.[s1]" in seen(client.get(f"{HERE}1/2/"))


def test_each_mark_is_said_in_words(client: Client, english: Guide) -> None:
    put_live(english, "en", body=TEXT.replace("the", "no"))

    answer = client.get(f"{HERE}1/2/").content.decode()

    heard = '<span class="visually-hidden">{} </span>{}<span class="visually-hidden">]</span>'
    assert f"<del>{heard.format('[Taken away:', 'the')}</del>" in answer
    assert f"<ins>{heard.format('[Added:', 'no')}</ins>" in answer


def test_what_did_not_change_is_one_line_to_open(client: Client, english: Guide) -> None:
    put_live(english, "en", body=TEXT.replace("the", "no"))

    answer = client.get(f"{HERE}1/2/").content.decode()

    assert answer.count("<details") == 1
    assert "<summary>2 paragraphs unchanged</summary><p>• One.[s1]</p><p>• Two.[s1]</p>" in answer
    assert "1 paragraph changed, 3 did not" in answer


def test_a_citation_alone_is_seen_with_the_title_of_its_source(
    client: Client, english: Guide
) -> None:
    put_live(english, "en", body=TEXT.replace("s1", "s2", 1))

    page = seen(client.get(f"{HERE}1/2/"))

    assert "Keep the key.[[-s1-][+s2+]]" in page
    assert "[+[s2] Source s2+]" in page


def test_a_link_that_leads_elsewhere_is_seen_though_it_reads_the_same(
    client: Client, english: Guide
) -> None:
    put_live(english, "en", body="See [[a-guide|this]].[@s1]")
    put_live(english, "en", body="See [[a-guide#part|this]].[@s1]")

    page = seen(client.get(f"{HERE}2/3/"))

    assert "See this.[s1] (It reads the same; what stands behind it has changed" in page
    assert "1 paragraph changed" in page


def test_title_summary_and_keywords_are_compared(client: Client, english: Guide) -> None:
    put_live(english, "en", title="Title new", summary="Another summary", keywords="word, key")

    page = seen(client.get(f"{HERE}1/2/"))

    assert "Title Title[+ new+]" in page
    assert "Summary [-Summary-] [+Another summary+]" in page
    assert "Keywords word[+, key+]" in page
    assert "3 paragraphs changed" in page


def test_facts_are_compared_in_words(client: Client, guide: Guide) -> None:
    other = Guide.objects.create(slug="other", kind="article")
    put_live(other, title="另一篇")
    put_live(guide, facts=make_facts(related=["other"]))
    changed = {
        "standing": "historic",
        "is_reported": True,
        "valid_to": "2024-03-31",
        "successor": "other",
        "checked_on": "2026-11-24",
        "related": [],
        "position": 9,
    }
    put_live(guide, facts=make_facts(**changed))

    page = seen(client.get(f"{HERE}1/2/"))

    assert "[-Current-][+Historic+]" in page
    assert "Known from reports only [-No-][+Yes+]" in page
    assert "Valid to [+2024-03-31+]" in page
    assert "What holds today [+另一篇+]" in page
    assert "Checked on [-2026-11-23-][+2026-11-24+]" in page
    assert "Related guides [-另一篇-]" in page
    assert "Place" not in page  # in lists: nothing that is read


def test_facts_of_a_method_are_in_the_words_of_their_choices(client: Client, guide: Guide) -> None:
    method = {
        "era": "mws",
        "verdict": "care",
        "secret_held_by": "seller",
        "ended_by": "seller",
        "is_listed": None,
        "renewal_days": None,
        "renews": "nothing",
        "handed_over": "token",
    }
    body = "## A {#what}\n\na[@s1]\n\n## B {#after}\n\nb[@s1]\n\n## C {#end}\n\nc[@s1]"
    text = {"title": "标题", "card": "结论", "summary": "摘要", "when": "谁", "body": body}
    for number, facts in enumerate((method, method | {"verdict": "never", "is_listed": True})):
        revision = save_draft(
            guide=guide,
            language="zh-hans",
            by=None,
            text=text,
            made_from=number,
            note="Why",
            facts=make_facts(kind="method", method=facts),
        )
        publish([revision], by=None)

    page = seen(client.get(f"{HERE}1/2/"))

    assert "Verdict [-With care-][+Do not use+]" in page
    assert "Shown in Seller Central [+Yes+]" in page


def test_a_heading_hangs_where_it_hangs_on_the_page(client: Client, english: Guide) -> None:
    text = "First.[@s1]\n\n## More {#more}\n\nSecond.[@s1]"
    put_live(english, "en", body=text)
    put_live(english, "en", body=text.replace("More", "Even more").replace("Second", "Third"))

    answer = client.get(f"{HERE}2/3/")

    assert "[-More-][+Even more+] 2 changes [-Second-][+Third+].[s1]" in seen(answer)
    assert "Parts that did not change Part" in seen(answer)


def test_two_that_are_alike_say_so(client: Client, english: Guide) -> None:
    for pair in ("1/1", "1/2"):
        if pair == "1/2":
            put_live(english, "en", note="Nothing but a note.")
        page = seen(client.get(f"{HERE}{pair}/"))
        assert "What readers got is the same in both." in page


def test_it_says_which_two_and_why(client: Client, english: Guide) -> None:
    put_live(english, "en", "2026-11-05", note="Because.", title="Title two", is_minor=True)
    put_live(english, "en", "2026-11-09", note="Again.", title="Title three")

    page = seen(client.get(f"{HERE}1/2/"))
    assert "Before Revision 1 2026-11-01 to 2026-11-05" in page
    assert "After Revision 2 2026-11-05 to 2026-11-09" in page
    assert "Why Because. Minor change" in page
    assert "The change after: 2 and 3" in page
    page = seen(client.get(f"{HERE}1/3/"))
    assert "Again." not in page  # one of several that lie between
    assert "since 2026-11-09, what readers get now" in page


def test_the_later_one_first_leads_to_the_right_order(client: Client, english: Guide) -> None:
    put_live(english, "en", title="Title two")

    assert client.get(f"{HERE}2/1/").url == f"{HERE}1/2/"


@pytest.mark.parametrize("pair", ["1/2", "2/2", "1/9", "0/1", "1/2147483648", "1/" + "9" * 400])
def test_what_was_never_published_is_not_found(client: Client, english: Guide, pair: str) -> None:
    draft(english, "en", title="Never", note="Secret plan")

    answer = client.get(f"{HERE}{pair}/")

    assert answer.status_code == 404
    assert b"Secret plan" not in answer.content


def test_numbers_of_the_other_language_mean_nothing_here(client: Client, english: Guide) -> None:
    for title in ("一", "二"):
        put_live(english, "zh-hans", title=title, facts=None, body=TEXT)
    draft(english, "en", title="Never")

    assert client.get("/zh-hans/guides/a-guide/compare/1/2/").status_code == 200
    assert client.get(f"{HERE}1/2/").status_code == 404


def test_a_withdrawn_one_can_still_be_compared(client: Client, english: Guide) -> None:
    put_live(english, "en", "2026-11-05", title="Title two")
    take_away(english, "en", "2026-11-09", "Doubtful.")

    assert "withdrawn: Doubtful." in seen(client.get(f"{HERE}1/2/"))


def test_the_language_switch_leads_to_the_history_there(client: Client, english: Guide) -> None:
    answer = client.get(f"{HERE}1/1/").content.decode()

    assert 'href="/zh-hans/guides/a-guide/history/" lang="zh-Hans"' in answer
    assert "/zh-hans/guides/a-guide/compare/" not in answer


def test_without_this_language_the_other_one_is_compared_and_said(
    client: Client, guide: Guide
) -> None:
    put_live(guide)
    put_live(guide, body="新的一句[@s1]。")

    answer = client.get(f"{HERE}1/2/")

    assert "Not in English yet; shown in Chinese" in seen(answer)
    assert '<div class="text compared" lang="zh-Hans">' in answer.content.decode()


def test_search_engines_are_told_to_pass(client: Client, english: Guide) -> None:
    answer = client.get(f"{HERE}1/1/")

    assert '<meta name="robots" content="noindex">' in answer.content.decode()
    assert not answer.cookies
    assert client.post(f"{HERE}1/1/").status_code == 405


def test_what_was_typed_is_text(client: Client, english: Guide) -> None:
    put_live(english, "en", body="Write \\<b>.[@s1]", note="<script>", title="<i>")

    answer = client.get(f"{HERE}1/2/").content.decode()

    assert "&lt;b&gt;" in answer
    assert "<script>" not in answer
    assert "<i>" not in answer


def test_it_costs_four_queries_at_most(
    client: Client, guide: Guide, django_assert_max_num_queries: Any
) -> None:
    other = Guide.objects.create(slug="other", kind="article")
    put_live(other)
    put_live(guide)
    for number in range(5):
        put_live(guide, body=f"{number}[@s{number % 3 + 1}]", facts=make_facts(successor="other"))

    with django_assert_max_num_queries(4):
        client.get(f"{HERE}1/6/")


@pytest.mark.parametrize("pair", ["2/1/", "01/2/", "0001/0000002/", "1/02/"])
def test_two_publications_are_compared_at_one_address(
    client: Client, english: Guide, pair: str
) -> None:
    put_live(english, "en", body=TEXT.replace("the", "no"))

    answer = client.get(HERE + pair)

    assert (answer.status_code, answer["Location"]) == (302, f"{HERE}1/2/")

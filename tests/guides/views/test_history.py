"""All publications of a guide: when, why, by whom, and the way to what each changed."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from guides.models import Edition, Guide
from guides.publishing import publish
from tests import factories
from tests.guides.publishing.conftest import draft

from .publications import add_publications, put_live, seen, take_away

pytestmark = pytest.mark.django_db

HERE = "/en/guides/a-guide/history/"


@pytest.fixture
def guide() -> Guide:
    factories.make_source("s1")
    return Guide.objects.create(slug="a-guide", kind="article")


@pytest.fixture
def english(guide: Guide) -> Guide:
    """Chinese once, since facts come with it; English three times, and a draft between."""
    put_live(guide, "zh-hans", "2026-10-01")
    put_live(guide, "en", "2026-11-01", note="First.")
    put_live(guide, "en", "2026-11-05", note="A typo.", is_minor=True, title="Title two")
    draft(guide, "en", title="Never published", note="Secret plan")
    put_live(guide, "en", "2026-11-09", note="Corrected.", corrects_report=True, title="Title four")
    return guide


def test_it_lists_every_publication_newest_first(client: Client, english: Guide) -> None:
    page = seen(client.get(HERE))

    order = [page.index(words) for words in ("Corrected.", "A typo.", "First.")]
    assert order == sorted(order)
    assert "Revision 4 What readers get now since 2026-11-09" in page
    assert "Revision 2 2026-11-05 to 2026-11-09 A typo. Minor change" in page
    assert "Revision 1 2026-11-01 to 2026-11-05 First. First publication" in page
    assert "Published 3 times. What readers got on which day is all here." in page


def test_what_was_never_published_is_not_there(client: Client, english: Guide) -> None:
    answer = client.get(HERE).content.decode()

    assert "Never published" not in answer
    assert "Secret plan" not in answer
    assert "Revision 3" not in answer
    assert "Numbers are missing where a draft was never published" in answer


def test_numbers_without_a_gap_need_no_words(client: Client, guide: Guide) -> None:
    put_live(guide)
    put_live(guide, title="二")

    assert "编号" not in seen(client.get("/zh-hans/guides/a-guide/history/"))
    assert "Numbers are missing" not in seen(client.get(HERE))


def test_each_links_to_what_it_changed(client: Client, english: Guide) -> None:
    answer = client.get(HERE).content.decode()

    assert answer.count("With the one before") == 2
    for pair in ("1/2", "2/4"):
        assert f'href="/en/guides/a-guide/compare/{pair}/"' in answer
        assert client.get(f"/en/guides/a-guide/compare/{pair}/").status_code == 200


def test_what_a_reader_pointed_out_is_thanked_for(client: Client, english: Guide) -> None:
    assert seen(client.get(HERE)).count("A reader pointed this out. Thank you.") == 1


def test_who_published_is_said_without_a_name(client: Client, english: Guide) -> None:
    person = factories.make_user(email="someone@example.com", is_staff=True)
    put_live(english, "en", "2026-11-12", by=person, title="Title five")

    answer = client.get(HERE).content.decode()

    assert "Published by an editor of this site" in answer
    assert answer.count("Published by a release of this site") == 3
    assert "someone" not in answer


def test_a_withdrawal_is_told_with_its_reason(client: Client, english: Guide) -> None:
    take_away(english, "en", "2026-11-15", "Its date could not be confirmed.")

    page = seen(client.get(HERE))

    assert "Withdrawn on 2026-11-15: Its date could not be confirmed." in page
    assert "Published 3 times; withdrawals: 1." in page
    assert "Readers do not get this guide in this language at present." in page
    assert "What readers get now" not in page


def test_the_same_text_again_has_nothing_to_compare(client: Client, english: Guide) -> None:
    take_away(english, "en", "2026-11-15", "Why")
    revision = english.editions.get(language="en").latest
    publish([revision], by=None)

    answer = client.get(HERE).content.decode()

    assert "The same text again" in answer
    assert "/compare/4/4/" not in answer


def test_a_guide_withdrawn_in_every_language_still_has_its_history(
    client: Client, guide: Guide
) -> None:
    put_live(guide)
    take_away(guide, "zh-hans", "2026-11-02", "为什么")

    answer = client.get("/zh-hans/guides/a-guide/history/")

    assert answer.status_code == 200
    assert 'href="/zh-hans/guides/a-guide/"' not in answer.content.decode()


def test_without_this_language_the_other_one_is_shown_and_said(
    client: Client, guide: Guide
) -> None:
    put_live(guide, note="中文的说明")

    answer = client.get(HERE)

    assert "Not in English yet; shown in Chinese" in seen(answer)
    assert '<span lang="zh-Hans">中文的说明</span>' in answer.content.decode()


def test_a_note_of_the_release_is_in_the_reader_s_language(client: Client, guide: Guide) -> None:
    put_live(guide, note="Keyright release")

    page = seen(client.get(HERE))

    assert "Came with a release of this site." in page
    assert "Keyright release" not in page
    assert "Published by" not in page  # it has just been said


def test_what_is_nowhere_is_not_found(client: Client, guide: Guide) -> None:
    assert client.get(HERE).status_code == 404  # a guide without any publication
    draft(guide, "zh-hans")
    assert client.get(HERE).status_code == 404
    assert client.get("/en/guides/none/history/").status_code == 404


def test_it_can_only_be_read_and_sets_no_cookie(client: Client, english: Guide) -> None:
    assert client.post(HERE).status_code == 405
    assert not client.get(HERE).cookies


def test_any_two_can_be_chosen_without_a_script(client: Client, english: Guide) -> None:
    answer = client.get(HERE).content.decode()

    assert answer.count('<option value="4" selected>Revision 4, 2026-11-09</option>') == 1
    assert answer.count('<option value="1" selected>Revision 1, 2026-11-01</option>') == 1
    assert 'value="3"' not in answer
    for query in ("?a=1&b=4", "?a=4&b=1"):
        assert client.get(HERE + query).url == "/en/guides/a-guide/compare/1/4/"
    assert client.get(f"{HERE}?a=2&b=2").url == "/en/guides/a-guide/compare/2/2/"


@pytest.mark.parametrize(
    "query",
    [
        "?a=1&b=3",
        "?a=1",
        "?b=2",
        "?a=&b=",
        "?a=1&b=-1",
        "?a=1&b=two",
        "?a=1&b=²",
        "?a=1&b=" + "9" * 400,
        "?a=1&b=//example.com/",
    ],
)
def test_nothing_but_what_was_published_can_be_chosen(
    client: Client, english: Guide, query: str
) -> None:
    assert client.get(HERE + query).status_code == 404


def test_a_single_publication_offers_no_choice(client: Client, guide: Guide) -> None:
    put_live(guide)

    assert "<select" not in client.get(HERE).content.decode()


def test_five_hundred_publications_come_in_pages(
    client: Client, guide: Guide, django_assert_num_queries: Any
) -> None:
    put_live(guide)
    put_live(guide, "en")
    add_publications(Edition.objects.get(language="en"), 500)

    with django_assert_num_queries(3):
        newest = client.get(HERE)
    oldest = client.get(f"{HERE}?page=11")

    assert newest.content.decode().count("<tr>") == 51
    assert "Revision 501 " in seen(newest)
    assert "Revision 1 " in seen(oldest)
    assert "Page 11 of 11" in seen(oldest)
    assert newest.content.decode().count("<option") == 2 * 501
    for page in ("0", "-1", "99", "x", "9" * 99):
        assert client.get(HERE, {"page": page}).status_code == 200


def test_it_costs_three_queries(
    client: Client, english: Guide, django_assert_num_queries: Any
) -> None:
    with django_assert_num_queries(3):
        client.get(HERE)

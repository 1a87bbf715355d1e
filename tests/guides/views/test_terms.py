"""Terms: the list by letters, their pages, and what opens in place on the pages of others."""

import pytest
from django.test import Client

from tests.factories import make_guide, make_live_edition, make_source
from tests.guides.views.parts import make_part

pytestmark = pytest.mark.django_db


def make_term(slug, zh="", en="", text="It is so. Really.", **changes):
    guide = make_guide(slug, kind="term", **changes)
    for language, title in (("zh-hans", zh), ("en", en)):
        if title:
            make_live_edition(
                guide,
                language,
                title=title,
                sort=slug.replace("-", " ") if language == "zh-hans" else "",
                keywords=f"{title}, API 密钥，令牌, {title}",
                parts=[make_part("term", title="", html=f"<p>{text}</p>")],
                plain=text,
            )
    return guide


def marked(*slugs, language="en"):
    links = "".join(
        f'<a href="/{language}/guides/{slug}/" class="term">{slug}</a>' for slug in slugs
    )
    return f"<p>Of {links}.</p>"


def main_of(client, path):
    return client.get(path).content.decode().partition("<main")[2]


# --- The list ------------------------------------------------------------------------------


def test_it_lists_by_letter_with_definition_and_other_name(client):
    make_term("secret-key", "私有密钥", "Secret Key", standing="historic")
    make_term("access-key", "访问密钥", "access key", is_reported=True)

    page = main_of(client, "/en/terms/")

    assert page.index('<h2 class="rail" id="page-letter-a">') < page.index('id="page-letter-s"')
    assert '<a href="#page-letter-a">A</a>' in page
    assert '<a class="keep" href="/en/guides/secret-key/">Secret Key</a>' in page
    assert '<span class="other-name" lang="zh-Hans">私有密钥</span>' in page
    assert "It is so." in page
    assert "Really" not in page
    assert page.count("Historic") == page.count("Reported") == 1


def test_in_chinese_it_goes_by_pinyin(client):
    make_term("si-you", "私有密钥", "Secret Key")
    make_term("fang-wen", "访问密钥", "access key")

    page = main_of(client, "/zh-hans/terms/")

    assert page.index("访问密钥") < page.index("私有密钥")
    assert 'id="page-letter-f">F</h2>' in page
    assert '<span class="other-name" lang="en">Secret Key</span>' in page


def test_a_term_in_one_language_is_listed_in_both(client):
    make_term("secret-key", zh="私有密钥")

    page = main_of(client, "/en/terms/")

    assert '<div lang="zh-Hans">' in page
    assert "私有密钥" in page


def test_without_terms_it_is_a_page_as_well(client):
    assert client.get("/en/terms/").status_code == 200


def test_it_takes_one_query_for_300(client, django_assert_num_queries):
    for number in range(300):
        make_term(f"term-{number}", f"词 {number}", f"Term {number}")

    with django_assert_num_queries(1):
        page = main_of(client, "/zh-hans/terms/")

    assert page.count("<dt>") == 300


def test_a_stranger_gets_no_cookie_and_nobody_writes_to_it(client):
    assert not client.get("/en/terms/").cookies
    assert client.post("/en/terms/").status_code == 405


# --- Its page ------------------------------------------------------------------------------


def test_its_page_has_both_names_the_synonyms_and_where_it_is_used(client):
    make_term("secret-key", "私有密钥", "Secret Key")
    clause = make_guide("clause-2-4", kind="clause")
    make_live_edition(clause, "en", title="Clause 2.4", links=["secret-key"])
    make_live_edition(make_guide("other"), "en", title="Another", links=["secret-key-2"])

    page = main_of(client, "/en/guides/secret-key/")

    assert "<h1>Secret Key</h1>" in page
    assert '<p class="lead" lang="zh-Hans">私有密钥</p>' in page
    assert "It is so. Really." in page
    assert 'href="/en/search/?q=API%20%E5%AF%86%E9%92%A5"' in page
    assert page.count(">令牌</a>") == 1
    assert "Clause 2.4" in page
    assert "Another" not in page
    assert page.index('<a href="/en/terms/">') < page.index("<h1>")
    assert page.count("<h2") == page.count("</h2>")
    assert '<h2 class="rail" id="term">' in page


def test_where_it_is_used_is_bounded_and_each_guide_named_once(client):
    make_term("secret-key", "私有密钥", "Secret Key")
    for number in range(20):
        guide = make_guide(f"guide-{number}")
        for language in ("zh-hans", "en"):
            make_live_edition(guide, language, title=f"T {number}", links=["secret-key"])

    page = main_of(client, "/en/guides/secret-key/")

    assert page.count('<a class="row-title') == 12


@pytest.mark.parametrize("terms", [0, 12])
def test_its_page_takes_four_queries(client, django_assert_num_queries, terms):
    make_source("s1")
    guide = make_term("secret-key", "私有密钥", "Secret Key")
    slugs = [f"term-{number}" for number in range(terms)]
    for slug in slugs:
        make_term(slug, slug, slug)
    edition = guide.editions.get(language="en")
    edition.links, edition.cited = slugs, [{"key": "s1", "letter": "a"}]
    edition.parts = [make_part("term", title="", html=marked(*slugs))]
    edition.save()

    with django_assert_num_queries(4):
        page = main_of(client, "/en/guides/secret-key/")

    assert page.count('id="page-term-') == terms


def test_a_term_does_not_open_on_its_own_page(client):
    guide = make_term("secret-key", "私有密钥", "Secret Key")
    edition = guide.editions.get(language="en")
    edition.links = ["secret-key"]
    edition.parts = [make_part("term", title="", html=marked("secret-key"))]
    edition.save()

    page = client.get("/en/guides/secret-key/").content.decode()

    assert "page-term-secret-key" not in page
    assert "js/terms.js" not in page


# --- On the pages of others ----------------------------------------------------------------


@pytest.fixture
def article(db):
    make_term("secret-key", "私有密钥", "Secret Key", standing="historic")
    make_term("seller-id", zh="卖家编号")
    make_term("unused", "没用到", "Unused")
    guide = make_guide("about-keys")
    parts = [
        make_part("one", html=marked("seller-id", "secret-key")),
        make_part("two", html=marked("secret-key")),
    ]
    make_live_edition(guide, "en", parts=parts, links=["secret-key", "seller-id"])
    return guide


def test_a_page_ends_in_the_definitions_of_what_it_marks(client, article):
    page = client.get("/en/guides/about-keys/").content.decode()

    assert page.count('id="page-term-') == 2
    assert page.index('id="page-term-seller-id" lang="zh-Hans"') < page.index(
        'id="page-term-secret-key"'
    )
    assert "<dd>It is so. Really.</dd>" in page
    assert "Terms on this page" in page
    assert "Unused" not in page
    assert "js/terms.js" in page


def test_a_page_without_terms_has_neither_list_nor_script(client):
    make_live_edition(make_guide("plain"), "en", parts=[make_part("one")])

    page = client.get("/en/guides/plain/").content.decode()

    assert "page-terms" not in page
    assert "js/terms.js" not in page


def test_a_guide_shown_in_the_other_language_defines_in_the_readers(client, article):
    page = client.get("/zh-hans/guides/about-keys/").content.decode()

    assert '<div id="page-term-secret-key">' in page
    assert ">私有密钥</a>" in page


def test_a_term_that_is_gone_is_passed_over(client, article):
    make_guide("gone", kind="term")
    edition = article.editions.get()
    edition.links = [*edition.links, "gone"]
    edition.parts[0]["html"] += marked("gone")
    edition.save()

    assert "page-term-gone" not in client.get("/en/guides/about-keys/").content.decode()


def test_a_step_defines_its_own_terms_alone(client):
    make_term("secret-key", "私有密钥", "Secret Key")
    make_term("seller-id", "卖家编号", "Seller ID")
    guide = make_guide("how", kind="steps")
    html = {"one": marked("secret-key"), "two": marked("seller-id")}
    ids = ("before", "one", "two", "done")
    parts = [make_part(each, html=html.get(each, "<p>x</p>")) for each in ids]
    make_live_edition(guide, "en", parts=parts, links=["secret-key", "seller-id"])

    first = client.get("/en/guides/how/?step=one").content.decode()
    whole = client.get("/en/guides/how/?all=1").content.decode()

    assert "page-term-secret-key" in first
    assert "page-term-seller-id" not in first
    assert "js/terms.js" not in client.get("/en/guides/how/").content.decode()
    assert whole.count('id="page-term-') == 2


def test_terms_cost_a_guide_no_query(article, django_assert_num_queries):
    make_source("s1")
    edition = article.editions.get()
    edition.cited = [{"key": "s1", "letter": "a"}]
    edition.save()

    with django_assert_num_queries(3):
        Client().get("/en/guides/about-keys/")

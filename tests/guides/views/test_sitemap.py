"""What search engines are told."""

import pytest
from django.utils import timezone

from tests.factories import make_guide, make_live_edition

pytestmark = pytest.mark.django_db


@pytest.fixture
def sitemap(client):
    def read():
        return client.get("/sitemap.xml").content.decode()

    return read


def test_it_lists_each_page_in_each_language(sitemap):
    text = sitemap()

    for address in ("/zh-hans/", "/en/guides/", "/zh-hans/methods/", "/en/methods/?era=mws"):
        assert f"<loc>http://testserver{address}</loc>" in text


def test_it_lists_a_guide_in_the_languages_it_exists_in(sitemap):
    make_live_edition(make_guide("both"), "zh-hans")
    make_live_edition(make_guide("chinese-only"), "zh-hans")
    make_live_edition(make_guide("english-only"), "en")

    text = sitemap()

    assert "/zh-hans/guides/chinese-only/" in text
    assert "/en/guides/chinese-only/" not in text
    assert "/en/guides/english-only/" in text
    assert "/zh-hans/guides/english-only/" not in text


def test_it_does_not_list_what_is_not_live(sitemap):
    make_guide("draft")

    assert "draft" not in sitemap()


def test_it_lists_a_step_guide_as_one_text(sitemap):
    make_live_edition(make_guide("how", kind="steps"), "zh-hans")

    assert "<loc>http://testserver/zh-hans/guides/how/?all=1</loc>" in sitemap()


def test_it_says_when_a_guide_was_last_published_or_checked(sitemap, django_assert_num_queries):
    published = make_live_edition(make_guide("published", checked_on="2020-01-01"), "zh-hans")
    make_live_edition(make_guide("checked", checked_on="2099-01-01"), "zh-hans")
    day = timezone.localdate(published.live.published_at).isoformat()

    with django_assert_num_queries(2):
        text = sitemap()

    assert f"/guides/published/</loc><lastmod>{day}</lastmod>" in text
    assert "/guides/checked/</loc><lastmod>2099-01-01</lastmod>" in text

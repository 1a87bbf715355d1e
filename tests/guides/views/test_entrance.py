"""The bare address, and what crawlers ask for."""

import pytest

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("accepted", "address"),
    [
        pytest.param("en-GB,en;q=0.9", "/en/", id="a browser in English"),
        pytest.param("zh-CN,zh;q=0.9,en;q=0.5", "/zh-hans/", id="a browser in Chinese"),
        pytest.param("fr", "/zh-hans/", id="a language the site does not have"),
        pytest.param("", "/zh-hans/", id="none said"),
    ],
)
def test_it_leads_a_stranger_to_the_language_of_the_browser(client, accepted, address):
    response = client.get("/", headers={"accept-language": accepted})

    assert response.status_code == 302
    assert response["Location"] == address
    assert not response.cookies


def test_it_leads_a_signed_in_reader_to_the_language_of_the_account(as_owner):
    response = as_owner.get("/", headers={"accept-language": "zh-CN"})

    assert response["Location"] == "/en/"


def test_robots_keep_out_of_what_is_private_and_are_shown_the_sitemap(client, settings):
    text = client.get("/robots.txt").content.decode()

    assert "Disallow: /zh-hans/appeals/" in text
    assert "Allow: /zh-hans/appeals/example/" in text
    assert "Disallow: /en/account/" in text
    assert f"Sitemap: {settings.SITE_URL}/sitemap.xml" in text

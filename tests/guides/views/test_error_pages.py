"""Pages for what is missing, refused or broken: they say what the reader can do next."""

import pytest
from django.template import loader
from django.test import RequestFactory

pytestmark = pytest.mark.django_db


def test_a_missing_page_leads_on(client):
    response = client.get("/en/nothing/here/")

    page = response.content.decode()
    assert response.status_code == 404
    assert "This page was not found" in page
    for address in ("/en/guides/", "/en/appeals/", "/en/"):
        assert f'href="{address}"' in page


def test_the_switch_on_a_missing_page_stays_on_its_address(client):
    assert 'href="/zh-hans/nothing/"' in client.get("/en/nothing/").content.decode()


def test_a_broken_page_gives_its_reference_and_asks_no_database(django_assert_num_queries):
    request = RequestFactory().get("/en/")

    with django_assert_num_queries(0):
        page = loader.get_template("500.html").render({"code": "abcd1234"}, request)

    assert "abcd1234" in page
    assert "account/login" not in page

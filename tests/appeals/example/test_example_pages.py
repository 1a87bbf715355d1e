"""The example as everybody reads it: every page, every link, no cookie, no query, nothing private."""

from __future__ import annotations

import re
import uuid
from urllib.parse import urljoin

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import translation

from appeals.example.case import code_of, example_case
from appeals.example.papers import PAPERS
from appeals.models.case import EXAMPLE
from tests import factories
from tests.conftest import signed_in
from tests.test_html import Links, follow_links, lost_anchors

LANGUAGES = ("zh-hans", "en")
in_each_language = pytest.mark.parametrize("language", LANGUAGES)
PATHS = (
    *("", "notice/", "providers/A/", "providers/B/", "providers/C/", "letter/"),
    *("letter/?checks=1", "letter/text/", "evidence/", "dossier/"),
    *(f"evidence/{code_of(paper)}/" for paper in PAPERS),
)
DOWNLOADS = (
    *("dossier/pdf/", "dossier/pdf/?copy=1", "dossier/package/"),
    *(f"evidence/{code_of(PAPERS[0])}/{part}/" for part in ("original", "picture")),
)


def below(language: str, *paths: str) -> list[str]:
    return [f"/{language}/appeals/example/{path}" for path in paths]


@pytest.mark.django_db
@in_each_language
def test_every_page_is_marked_and_gives_no_cookie_form_or_query(
    client: Client, language: str, django_assert_num_queries
) -> None:
    mark = "这是一个例子" if language == "zh-hans" else "This is an example"
    for address in below(language, *PATHS):
        with django_assert_num_queries(0):
            answer = client.get(address)
        html = answer.content.decode()
        assert answer.status_code == 200, address
        assert not answer.cookies
        assert html.count("<form") == html.count('role="search"') == 1  # that of the header
        assert "csrf" not in html
        assert 'class="example-bar"' in html
        assert mark in html
        assert '<link rel="canonical"' in html
        assert 'hreflang="zh-Hans"' in html


@pytest.mark.usefixtures("bundled")
@in_each_language
def test_every_link_leads_somewhere(client: Client, language: str) -> None:
    start = below(language, "")

    pages = follow_links(client, start, tuple(start))

    assert set(below(language, *PATHS)) <= set(pages)
    assert not lost_anchors(pages)
    away = {
        urljoin(address, link).partition("#")[0]
        for address, html in pages.items()
        for link in Links(html).addresses
    } - set(pages)
    for address in away:
        assert address.startswith("/"), address
        assert client.get(address, follow=True).status_code == 200, address
    # Of the pages of cases, only one's own list, which leads to signing in first.
    private = {one for one in away if "/appeals/" in one and "/example/" not in one}
    assert {one.partition("?")[0] for one in private} <= {
        f"/{language}/appeals/",
        f"/{language}/account/signup/",
    }


@pytest.mark.django_db
def test_what_it_hands_out_is_guarded_and_may_be_kept(client: Client, owner) -> None:
    for address in below("en", *DOWNLOADS):
        answer = client.get(address)
        assert answer.status_code == 200
        assert "sandbox" in answer["Content-Security-Policy"]
        assert answer["Cache-Control"] == "public, max-age=3600"
        assert not answer.cookies


@pytest.mark.django_db
def test_each_paper_can_be_seen_on_its_page(client: Client) -> None:
    for paper in PAPERS:
        page = f"evidence/{code_of(paper)}/"
        html = client.get(*below("en", page)).content.decode()
        assert f'src="/en/appeals/example/{page}picture/"' in html
        content = client.get(*below("en", f"{page}picture/")).content
        assert content.startswith(b"\x89PNG")


@pytest.mark.django_db
@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
def test_nothing_can_be_sent_to_it(client: Client, method: str) -> None:
    for address in below("en", *PATHS, *DOWNLOADS):
        assert getattr(client, method)(address).status_code == 405, address


@pytest.mark.django_db
@pytest.mark.parametrize(
    "path",
    [
        *("edit/", "providers/new/", "providers/Z/", "evidence/new/", "confirmation/", "timeline/"),
        *("explanation/?provider=A&demand=5", "submissions/1/", "outcome/", "letter/1/"),
        f"evidence/{uuid.UUID(int=99)}/",
    ],
)
def test_what_is_written_to_a_case_is_not_there(client: Client, owner, path: str) -> None:
    for reader in (client, signed_in(owner)):
        assert reader.get(*below("en", path)).status_code == 404
        assert reader.get(f"/en/appeals/{EXAMPLE}/{path}").status_code == 404


@pytest.mark.django_db
def test_no_file_of_a_case_is_reached_through_it(client: Client, owner) -> None:
    evidence = factories.make_evidence(factories.open_case(owner))

    for reader in (client, signed_in(owner)):
        for path in (f"evidence/{evidence.code}/", f"evidence/{evidence.code}/original/"):
            assert reader.get(*below("en", path)).status_code == 404


@pytest.mark.django_db
@in_each_language
def test_the_numbers_on_its_page_are_those_of_the_rules(client: Client, language: str) -> None:
    answer = client.get(*below(language, ""))
    assessment = example_case(language).assess()

    assert answer.context["assessment"].tally == assessment.tally
    assert answer.context["assessment"].digest == assessment.digest
    html = answer.content.decode()
    assert f"{assessment.tally.done} / {assessment.tally.of}" in html
    for state in assessment.providers:
        assert state.provider.name in html


@pytest.mark.django_db
def test_steps_can_be_skipped_one_after_the_other(client: Client) -> None:
    address, seen = below("en", "")[0], []
    while address:
        step = client.get(address).context["step"]
        if step.title in seen:  # after the last one comes the first
            break
        seen.append(step.title)
        address = step.skip_url

    assert len(seen) == len(example_case("en").assess().steps)


@pytest.mark.django_db
def test_ways_out_that_lead_to_writing_stand_as_words(client: Client) -> None:
    html = client.get(*below("en", "providers/A/")).content.decode()

    assert "<span>Write a sentence</span>" in html
    assert re.search(r'<a href="[^"]+/evidence/[^"]+#field-payer">Correct the payer</a>', html)


@pytest.mark.django_db
def test_only_the_example_has_its_address() -> None:
    with translation.override("en"):
        assert reverse("appeals:dossier", args=[EXAMPLE]) == "/en/appeals/example/dossier/"
        code = uuid.uuid4()
        assert reverse("appeals:dossier", args=[code]) == f"/en/appeals/{code}/dossier/"


@pytest.mark.django_db
def test_a_stranger_is_led_to_sign_up_and_a_member_to_a_case(client: Client, owner) -> None:
    address = below("en", "")[0]

    assert "/en/account/signup/?next=/en/appeals/new/" in client.get(address).content.decode()
    member = signed_in(owner).get(address).content.decode()
    assert 'class="button" href="/en/appeals/new/"' in member


@pytest.mark.django_db
@in_each_language
def test_the_way_to_it_is_found_before_signing_up(client: Client, owner, language: str) -> None:
    example = f'href="/{language}/appeals/example/"'

    for path in ("", "account/login/", "account/signup/"):
        assert example in client.get(f"/{language}/{path}").content.decode(), path
    assert example in signed_in(owner).get(f"/{language}/appeals/").content.decode()
    sitemap = client.get("/sitemap.xml").content.decode()
    assert re.search(f"<loc>[^<]*/{language}/appeals/example/</loc>", sitemap)

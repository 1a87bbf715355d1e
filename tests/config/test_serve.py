"""The one command: it says what is wrong, comes up, restarts what dies, and ends in order."""

from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from email.message import Message
from pathlib import Path

import psutil
import pytest

from appeals.models import Checklist
from appeals.presets import PRESETS, SEPTEMBER_2018
from config import serve
from guides.publishing import NotPublishable, Refusal, bundle
from tests import factories

ROOT = Path(__file__).resolve().parents[2]
#: Long enough for a machine that is busy; only a start that hangs meets it.
PATIENCE = 120


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def start(folder: Path, port: int, out: int = subprocess.DEVNULL) -> subprocess.Popen[str]:
    environment = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    return subprocess.Popen(
        [sys.executable, "manage.py", "serve"],
        cwd=ROOT, text=True, stdout=out, stderr=subprocess.STDOUT,
        env=environment | {"VAR_DIR": str(folder), "PORT": str(port)},
    )  # fmt: skip


def fetch(port: int, path: str) -> tuple[int, str]:
    with urllib.request.urlopen(f"http://127.0.0.1:{port}{path}", timeout=5) as answer:
        return answer.status, answer.read().decode()


def wait_for(port: int, path: str = "/readyz") -> tuple[int, str]:
    until = time.monotonic() + PATIENCE
    while True:
        try:
            return fetch(port, path)
        except OSError:
            if time.monotonic() > until:
                raise
            time.sleep(0.1)


def server_below(parent: int) -> int:
    """The process id of the server that `serve` started."""
    children = psutil.Process(parent).children()
    return next(child.pid for child in children if "granian" in " ".join(child.cmdline()))


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("served")


@pytest.fixture
def site(folder: Path) -> Iterator[tuple[subprocess.Popen[str], int]]:
    port = free_port()
    process = start(folder, port)
    try:
        wait_for(port)
        yield process, port
    finally:
        process.terminate()
        process.wait(PATIENCE)


def test_it_serves_guides_with_debug_off(site: tuple[subprocess.Popen[str], int]) -> None:
    _process, port = site

    status, page = fetch(port, "/en/guides/clause-2-4/")

    assert status == 200
    assert "Clause 2.4" in page
    with pytest.raises(urllib.request.HTTPError) as missing:
        fetch(port, "/en/guides/nothing-here/")
    assert missing.value.code == 404
    assert "urlpatterns" not in missing.value.read().decode()
    assert_light(port, "/en/guides/clause-2-4/", re.findall(r'="(/static/[^"]+)"', page))


def assert_light(port: int, address: str, files: list[str]) -> None:
    """Everything comes compressed; files stay for good, the page is asked about by its ETag."""
    assert {file.rpartition(".")[2] for file in files} == {"css", "js", "svg"}
    for coding in ("br", "gzip"):
        for file in files:
            said = head(port, file, {"Accept-Encoding": coding})
            assert said["Content-Encoding"] == coding
            assert "immutable" in said["Cache-Control"]
        said = head(port, address, {"Accept-Encoding": coding})
        assert said["Content-Encoding"] == coding
        with pytest.raises(urllib.request.HTTPError) as known:
            head(port, address, {"Accept-Encoding": coding, "If-None-Match": said["ETag"]})
        known.value.close()
        assert known.value.code == 304


def head(port: int, path: str, headers: dict[str, str]) -> Message:
    request = urllib.request.Request(f"http://127.0.0.1:{port}{path}", headers=headers)
    with urllib.request.urlopen(request, timeout=5) as answer:
        return answer.headers


def test_a_server_that_dies_is_started_again(site: tuple[subprocess.Popen[str], int]) -> None:
    process, port = site

    os.kill(server_below(process.pid), signal.SIGKILL)
    time.sleep(0.3)

    assert wait_for(port) == (200, "ok")


def test_sigterm_ends_it_with_everything_it_started(
    site: tuple[subprocess.Popen[str], int],
) -> None:
    process, port = site

    process.terminate()

    assert process.wait(PATIENCE) == 0
    with pytest.raises(OSError, match="refused"):
        fetch(port, "/readyz")


@pytest.mark.django_db
def test_a_release_that_does_not_fit_what_editors_wrote_stops_no_site(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def refused(_folder: Path) -> None:
        raise NotPublishable([Refusal("en", "body", "There is no guide “gone”.", 3, "link", "a")])

    monkeypatch.setattr(bundle, "load", refused)
    for row in PRESETS[SEPTEMBER_2018]:
        factories.make_guide(row.guide)
    said: list[str] = []

    serve.load_content(said.append)

    (sentence,) = said
    assert "those that are here stay" in sentence
    assert "a en body 3: There is no guide “gone”." in sentence
    assert Checklist.objects.exists()


def test_a_port_that_is_taken_is_said_in_one_sentence(tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        process = start(tmp_path, taken.getsockname()[1], subprocess.PIPE)

        said, _nothing = process.communicate(timeout=PATIENCE)

    assert process.returncode == 1
    assert "cannot be used" in said
    assert "make run PORT=" in said
    assert "Traceback" not in said

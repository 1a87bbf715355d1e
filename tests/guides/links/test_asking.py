"""What one address answers, however it answers."""

from __future__ import annotations

import contextlib
import socket
import ssl
import subprocess
import threading
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from guides.links.asking import Answer

from .conftest import PUBLIC, Web

SITE = "http://site.example"


@pytest.mark.parametrize(
    ("status", "answer"),
    [
        ("200 OK", "fine"), ("206 Some", "fine"), ("404 No", "gone"), ("410 Gone", "gone"),
        ("401 Who", "refused"), ("403 No", "refused"), ("429 Often", "refused"),
        ("999 No", "refused"), ("500 Oh", "failed"), ("503 Later", "failed"),
        ("302 On", "fine"),
    ],
)  # fmt: skip
def test_what_an_answer_means(web: Web, status: str, answer: str) -> None:
    web.says("/", status)

    assert web.asker().ask(f"{SITE}/") == Answer(answer, int(status[:3]))


def test_it_says_who_asks_and_where_from_and_brings_nothing_along(web: Web, monkeypatch) -> None:
    monkeypatch.setenv("http_proxy", "http://10.0.0.1:3128")
    web.says("/a%20b?c=%E4%B8%AD&d=x", "200 OK", "Set-Cookie: a=b")
    asker = web.asker()

    asker.ask(f"{SITE}/a b?c=中&d=x#part")
    asker.ask(f"{SITE}/a b?c=中&d=x")

    assert len(web.requests) == 2
    for asked in web.requests:
        assert asked.startswith("HEAD /a%20b?c=%E4%B8%AD&d=x HTTP/1.1\r\nHost: site.example\r\n")
        assert "User-Agent: Keyright link check (+https://keyright.example)\r\n" in asked
        assert "Cookie" not in asked


def test_it_rests_between_two_requests_to_one_host(web: Web) -> None:
    web.says("/", "200 OK")
    asker = web.asker()

    asker.ask(f"{SITE}/")
    asker.ask("http://other.example/")
    assert not web.rested
    asker.ask(f"{SITE}/")

    assert len(web.rested) == 1


def test_it_asks_in_full_where_the_headers_alone_are_refused(web: Web) -> None:
    web.says("/", "405 No", method="HEAD")
    web.says("/", "200 OK", method="GET")
    web.answers["HEAD /hangs-up"] = lambda connection: connection.close()
    web.says("/hangs-up", "200 OK", method="GET")

    assert web.asker().ask(f"{SITE}/") == Answer("fine", 200)
    assert web.asker().ask(f"{SITE}/hangs-up") == Answer("fine", 200)


def test_it_follows_to_where_a_page_has_moved(web: Web) -> None:
    web.says("/", "301 Moved", "Location: there#part")
    web.says("/there", "308 Moved", "Location: http://other.example/here")
    web.says("/here", "200 OK")

    assert web.asker().ask(f"{SITE}/") == Answer("fine", 200)


@pytest.mark.parametrize(
    "onward",
    [
        *("http://127.0.0.1/", "http://169.254.169.254/latest/", "http://[::ffff:10.0.0.1]/"),
        *("http://inside.example/", "http://site.example:8080/", "file:///etc/passwd"),
        *("https://user:word@site.example/", "ftp://site.example/"),
    ],
)
def test_it_is_led_nowhere_else(web: Web, onward: str) -> None:
    web.says("/", "302 On", f"Location: {onward}")
    web.names = {
        "127.0.0.1": [["127.0.0.1"]],
        "169.254.169.254": [["169.254.169.254"]],
        "::ffff:10.0.0.1": [["::ffff:10.0.0.1"]],
        "inside.example": [[PUBLIC, "10.0.0.1"]],
    }

    assert web.asker().ask(f"{SITE}/") == Answer("not-asked", 302)
    assert len(web.requests) == 1


def test_a_name_that_leads_elsewhere_the_second_time_is_not_followed(web: Web) -> None:
    web.names = {"site.example": [[PUBLIC], ["10.0.0.1"]]}
    web.says("/", "500 Oh")

    assert web.asker().ask(f"{SITE}/") == Answer("not-asked")
    assert len(web.requests) == 1


def test_it_does_not_go_around_in_circles(web: Web) -> None:
    web.says("/", "302 On", "Location: /b")
    web.says("/b", "302 On", "Location: /")
    for number in range(20):
        web.says(f"/{number}", "302 On", f"Location: /{number + 1}")

    assert web.asker().ask(f"{SITE}/") == Answer("failed", 302)
    assert web.asker().ask(f"{SITE}/0") == Answer("failed", 302)
    assert len(web.requests) < 12


def for_ever(first: bytes, again: bytes, pause: float = 0.0) -> Callable[[socket.socket], None]:
    def send(connection: socket.socket) -> None:
        with contextlib.suppress(OSError):
            connection.sendall(first)
            while True:
                connection.sendall(again)
                time.sleep(pause)

    return send


def test_an_answer_without_end_is_left_after_its_beginning(web: Web) -> None:
    web.says("/", "405 No", method="HEAD")
    web.answers["GET /"] = for_ever(b"HTTP/1.1 200 OK\r\n\r\n", b"x" * 65536)

    assert web.asker().ask(f"{SITE}/") == Answer("fine", 200)


@pytest.mark.parametrize(
    ("sent", "answer"),
    [
        (for_ever(b"HTTP/1.1 200 OK\r\nX: ", b"x", 0.02), "unreachable"),  # a byte at a time
        (for_ever(b"", b"HTTP/1.1 100 Go on\r\n\r\n", 0.02), "unreachable"),
        (for_ever(b"HTTP/1.1 200 OK\r\nX: ", b"x" * 65536), "failed"),
        (for_ever(b"HTTP/1.1 200 OK\r\n", b"X: y\r\n"), "failed"),
        (b"\x16\x03\x01 not of this kind\r\n\r\n", "failed"),
        (b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n", "fine"),
    ],
)
def test_what_is_sent_wrongly_or_never_ends_does_no_harm(
    web: Web, sent: bytes | Callable[[socket.socket], None], answer: str
) -> None:
    web.answers["HEAD /"] = sent

    assert web.asker(seconds=0.4).ask(f"{SITE}/").answer == answer


def test_nobody_there_is_said_so(web: Web) -> None:
    web.names = {"nowhere.example": [[]]}

    assert web.asker().ask("http://nowhere.example/") == Answer("unreachable")


def test_it_never_asks_by_a_certificate_of_its_own_making(web: Web, tmp_path: Path) -> None:
    made = subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "1", "-subj",
         "/CN=site.example", "-keyout", tmp_path / "key", "-out", tmp_path / "certificate"],
        capture_output=True, check=False,
    )  # fmt: skip
    assert made.returncode == 0, made.stderr
    ours = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    ours.load_cert_chain(tmp_path / "certificate", tmp_path / "key")
    names: list[str | None] = []
    ours.sni_callback = lambda _socket, name, _context: names.append(name)
    server = socket.create_server(("127.0.0.1", 0))
    web.port = server.getsockname()[1]

    def serve() -> None:
        connection, _address = server.accept()
        with contextlib.suppress(OSError), ours.wrap_socket(connection, server_side=True) as tls:
            tls.recv(4096)
            tls.sendall(b"HTTP/1.1 200 OK\r\n\r\n")

    for context, answer in [
        (ssl.create_default_context(), "failed"),
        (ssl.create_default_context(cafile=tmp_path / "certificate"), "fine"),
    ]:
        thread = threading.Thread(target=serve)
        thread.start()
        context.hostname_checks_common_name = True
        assert web.asker(context=context).ask("https://site.example/").answer == answer
        thread.join()
    server.close()
    assert names == ["site.example", "site.example"]

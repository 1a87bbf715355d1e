"""The gate in front of Django: some threads are always left for readers."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import pytest

from config.wsgi import GATE, behind_gate


class Server:
    """Calls an application as a server does, and keeps answers open until told to close them."""

    def __init__(self, places: int, application: Any = None, longest: int | None = None) -> None:
        self.status = ""
        self.headers: dict[str, str] = {}
        self.gated = behind_gate(application or self.answer, places, longest)

    @staticmethod
    def answer(environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        start_response("200 OK", [])
        return [b"ok"]

    def ask(self, **environ: str) -> Any:
        return self.gated(dict(environ), self.start)

    def start(self, status: str, headers: list[tuple[str, str]]) -> None:
        self.status, self.headers = status, dict(headers)


BODIES = [
    pytest.param({"CONTENT_LENGTH": "5"}, id="a length"),
    pytest.param({"HTTP_TRANSFER_ENCODING": "chunked"}, id="chunks"),
]


@pytest.mark.parametrize("body", BODIES)
def test_beyond_its_places_it_answers_503_at_once(body: dict[str, str]) -> None:
    server = Server(places=2)
    held = [server.ask(**body), server.ask(**body)]

    answer = server.ask(**body)

    assert server.status.startswith("503")
    assert server.headers["Retry-After"] == "5"
    assert b"".join(answer)
    assert len(held) == 2


@pytest.mark.parametrize(
    "environ",
    [
        pytest.param({}, id="no body"),
        pytest.param({"CONTENT_LENGTH": ""}, id="an empty length"),
        pytest.param({"CONTENT_LENGTH": "0"}, id="a length of nothing"),
    ],
)
def test_readers_pass_when_all_places_are_taken(environ: dict[str, str]) -> None:
    server = Server(places=1)
    held = server.ask(CONTENT_LENGTH="5")

    answer = server.ask(**environ)

    assert server.status == "200 OK"
    assert list(answer) == [b"ok"]
    assert held


@pytest.mark.parametrize(
    ("length", "status"),
    [
        pytest.param("100", "200 OK", id="as long as may be"),
        pytest.param("101", "413 Content Too Large", id="one byte more"),
        pytest.param("", "200 OK", id="no length"),
    ],
)
def test_a_body_that_is_too_long_is_refused_before_it_is_read(length: str, status: str) -> None:
    server = Server(places=1, longest=100)

    answer = server.ask(CONTENT_LENGTH=length)

    assert server.status == status
    assert b"".join(answer)
    if status.startswith("413"):
        assert server.headers["X-Content-Type-Options"] == "nosniff"


def test_a_body_that_was_refused_takes_no_place() -> None:
    server = Server(places=1, longest=100)
    server.ask(CONTENT_LENGTH="101")

    server.ask(CONTENT_LENGTH="5")

    assert server.status == "200 OK"


def test_closing_an_answer_gives_its_place_back_once() -> None:
    server = Server(places=1)
    first = server.ask(CONTENT_LENGTH="5")
    first.close()
    first.close()

    held = server.ask(CONTENT_LENGTH="5")
    assert server.status == "200 OK"
    server.ask(CONTENT_LENGTH="5")

    assert server.status.startswith("503")
    assert held


def test_an_application_that_breaks_gives_its_place_back() -> None:
    def breaking(environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        raise RuntimeError("broken")

    server = Server(1, breaking)

    for _time in range(3):
        with pytest.raises(RuntimeError):
            server.ask(CONTENT_LENGTH="5")


def test_an_answer_that_breaks_while_closing_gives_its_place_back() -> None:
    class Breaking(list[bytes]):
        def close(self) -> None:
            raise RuntimeError("broken")

    def application(environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        start_response("200 OK", [])
        return Breaking()

    server = Server(1, application)
    with pytest.raises(RuntimeError):
        server.ask(CONTENT_LENGTH="5").close()

    server.ask(CONTENT_LENGTH="5")

    assert server.status == "200 OK"


def test_a_view_takes_a_place_for_a_long_answer() -> None:
    def long(environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        start_response("200 OK" if environ[GATE].take() else "503 Busy", [])
        return [b""]

    server = Server(1, long)
    first = server.ask()
    assert server.status == "200 OK"

    server.ask()
    assert server.status == "503 Busy"
    first.close()
    server.ask()

    assert server.status == "200 OK"


def test_a_place_that_is_taken_twice_is_one() -> None:
    def long(environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        assert environ[GATE].take()
        start_response("200 OK", [])
        return [b""]

    server = Server(2, long)
    server.ask(CONTENT_LENGTH="5")

    server.ask(CONTENT_LENGTH="5")

    assert server.status == "200 OK"

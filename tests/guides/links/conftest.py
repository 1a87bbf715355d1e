"""A web of this machine's own: names that lead to a server which answers as a test wants."""

from __future__ import annotations

import contextlib
import socket
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from typing import Any

import pytest

from guides.links.asking import Asker
from guides.links.guard import Place, Unknown, place

PUBLIC = "93.184.215.14"


@dataclass
class Web:
    """`answers`: what is sent for a method and path, as bytes, or done with the connection."""

    port: int
    answers: dict[str, bytes | Callable[[socket.socket], None]] = field(default_factory=dict)
    names: dict[str, list[list[str]]] = field(default_factory=dict)
    requests: list[str] = field(default_factory=list)
    rested: list[float] = field(default_factory=list)

    def resolve(self, host: str, port: int, seconds: float) -> list[tuple[int, str]]:
        turns = self.names.get(host, [[PUBLIC]])
        found = turns.pop(0) if len(turns) > 1 else turns[0]
        if not found:
            raise Unknown(host)
        return [(socket.AF_INET6 if ":" in one else socket.AF_INET, one) for one in found]

    def find(self, address: str, seconds: float) -> Place:
        """The guard as it is; what it lets through ends here."""
        where = place(address, seconds, self.resolve)
        return replace(where, family=socket.AF_INET, address="127.0.0.1", port=self.port)

    def asker(self, **changes: Any) -> Asker:
        fields = {"find": self.find, "sleep": self.rested.append, "seconds": 5.0} | changes
        return Asker("Keyright link check (+https://keyright.example)", **fields)

    def says(self, path: str, status: str, *headers: str, method: str = "") -> None:
        text = "\r\n".join([f"HTTP/1.1 {status}", *headers, "", "Hello"]).encode()
        for one in [method] if method else ["HEAD", "GET"]:
            self.answers[f"{one} {path}"] = text


@pytest.fixture
def web() -> Iterator[Web]:
    server = socket.create_server(("127.0.0.1", 0))
    made = Web(server.getsockname()[1])
    thread = threading.Thread(target=serve, args=(server, made), daemon=True)
    thread.start()
    yield made
    server.shutdown(socket.SHUT_RDWR)
    server.close()
    thread.join()


def serve(server: socket.socket, web: Web) -> None:
    while True:
        try:
            connection, _address = server.accept()
        except OSError:
            return
        with connection:
            connection.settimeout(5)
            with contextlib.suppress(OSError):  # whoever asked has gone
                answer(connection, web)


def answer(connection: socket.socket, web: Web) -> None:
    asked = b""
    while b"\r\n\r\n" not in asked:
        read = connection.recv(4096)
        if not read:
            return
        asked += read
    web.requests.append(asked.decode())
    found = web.answers.get(asked.decode().partition(" HTTP/")[0], b"HTTP/1.1 404 No\r\n\r\n")
    if callable(found):
        found(connection)
    else:
        connection.sendall(found)

"""Ask one address whether it still answers: with patience that ends, and a look at a little."""

from __future__ import annotations

import contextlib
import http.client
import io
import socket
import ssl
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, cast
from urllib.parse import quote, urljoin

from .guard import NotPublic, Place, Unknown, place

#: Of one address altogether, redirects and a second question included.
SECONDS = 20.0
#: Of one connection being made.
CONNECT_SECONDS = 6.0
MOST_HOPS = 5
#: Of an answer's text: enough to see that there is one.
MOST_BYTES = 4096
#: Between two requests to one host.
PAUSE = 2.0
REDIRECTS = {301, 302, 303, 307, 308}
TOO_OFTEN = 429
#: What is answered to programs rather than to readers.
REFUSALS = {401, 403, 407, TOO_OFTEN, 451, 999}
GONE = {404, 410}


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back, as a value of `LinkCheck.Answer`, and the last status if there was any."""

    answer: str
    status: int | None = None


class Reading(io.RawIOBase):
    """A connection as a file that ends when the time is over, however slowly bytes come."""

    def __init__(self, sock: socket.socket, until: float) -> None:
        self.sock, self.until = sock, until

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        self.sock.settimeout(left(self.until))
        return self.sock.recv_into(buffer)


def left(until: float) -> float:
    """Seconds that are left. Raises TimeoutError where none are."""
    seconds = until - time.monotonic()
    if seconds <= 0:
        raise TimeoutError
    return seconds


class Line(http.client.HTTPConnection):
    """A connection to the very address that was checked, under the name that was asked for.

    It knows no proxy and no cookie.
    """

    def __init__(self, where: Place, until: float, context: ssl.SSLContext) -> None:
        super().__init__(where.host, where.port)
        self.where, self.until, self.context = where, until, context
        self.held: Held | None = None
        self.default_port = where.port  # the host is named without it

    def connect(self) -> None:
        where = self.where
        sock = socket.socket(where.family, socket.SOCK_STREAM)
        try:
            sock.settimeout(min(CONNECT_SECONDS, left(self.until)))
            sock.connect((where.address, where.port))
            sock.settimeout(left(self.until))
            if where.url.scheme == "https":
                sock = self.context.wrap_socket(sock, server_hostname=where.host)
        except BaseException:
            sock.close()
            raise
        self.held = Held(sock, self.until)
        self.sock = cast(Any, self.held)

    def hang_up(self) -> None:
        self.close()
        if self.held:
            self.held.sock.close()


class Held:
    """As much of a socket as http.client uses, with one end of time for all of it."""

    def __init__(self, sock: socket.socket, until: float) -> None:
        self.sock, self.until = sock, until

    def sendall(self, data: bytes) -> None:
        self.sock.settimeout(left(self.until))
        self.sock.sendall(data)

    def makefile(self, mode: str) -> io.BufferedReader:
        return io.BufferedReader(Reading(self.sock, self.until))

    def close(self) -> None:
        """http.client lets go of it before it has read the answer; `Line.hang_up` closes it."""


@dataclass
class Asker:
    """Asks one address after the other, and remembers when each host was last asked."""

    agent: str
    find: Callable[[str, float], Place] = place
    context: ssl.SSLContext = field(default_factory=ssl.create_default_context)
    sleep: Callable[[float], None] = time.sleep
    seconds: float = SECONDS
    asked: dict[str, float] = field(default_factory=dict)

    def ask(self, address: str) -> Answer:
        """What that address answers; never raises, and comes back within `seconds`."""
        until = time.monotonic() + self.seconds
        seen: set[str] = set()
        status: int | None = None
        try:
            while address not in seen and len(seen) <= MOST_HOPS:
                seen.add(address)
                status, onward = self.status_of(address, until)
                if status not in REDIRECTS or not onward:
                    return Answer(meaning(status), status)
                address = urljoin(address, onward).partition("#")[0]
        except NotPublic:
            return Answer("not-asked", status)
        except (ssl.SSLError, http.client.HTTPException, ValueError):
            # A certificate that does not fit, an answer that is none of HTTP's.
            return Answer("failed", status)
        except (Unknown, OSError):  # no answer in time among them
            return Answer("unreachable", status)
        return Answer("failed", status)  # it leads around in a circle

    def status_of(self, address: str, until: float) -> tuple[int, str]:
        """Its status, and where it leads on to. Asked for the headers alone, and once more in
        full where that is refused: some servers know no HEAD."""
        try:
            status, onward = self.request("HEAD", address, until)
        except http.client.RemoteDisconnected:
            return self.request("GET", address, until)
        if status >= 400 and status != TOO_OFTEN:
            return self.request("GET", address, until)
        return status, onward

    def request(self, method: str, address: str, until: float) -> tuple[int, str]:
        where = self.find(address, min(CONNECT_SECONDS, left(until)))
        self.wait(where.host, until)
        line = Line(where, until, self.context)
        try:
            line.request(method, target(where), headers=self.headers())
            answer = line.getresponse()
            # The status counts, even where the text breaks off.
            with contextlib.suppress(OSError, http.client.HTTPException, ValueError):
                answer.read(MOST_BYTES)
            return answer.status, answer.getheader("Location", "")
        finally:
            line.hang_up()
            self.asked[where.host] = time.monotonic()

    def wait(self, host: str, until: float) -> None:
        """Let a host rest between two requests."""
        rest = self.asked.get(host, -PAUSE) + PAUSE - time.monotonic()
        if rest > 0:
            if rest > left(until):
                raise TimeoutError
            self.sleep(rest)

    def headers(self) -> dict[str, str]:
        return {"User-Agent": self.agent, "Accept": "*/*", "Connection": "close"}


def target(where: Place) -> str:
    """Path and query as they are sent: in ASCII, what is quoted already left as it is."""
    path = quote(where.url.path or "/", safe="/%:@!$&'()*+,;=~-._")
    query = quote(where.url.query, safe="/?%:@!$&'()*+,;=~-._[]")
    return f"{path}?{query}" if query else path


def meaning(status: int) -> str:
    if status in GONE:
        return "gone"
    if status in REFUSALS:
        return "refused"
    return "fine" if 200 <= status < 400 else "failed"

"""Which addresses of the network may be asked: those of the open internet, and no others."""

from __future__ import annotations

import ipaddress
import socket
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from urllib.parse import SplitResult, urlsplit

PORTS = {"http": 80, "https": 443}
#: Ways of writing an IPv4 address in IPv6, by which a private one could be reached after all.
_OTHER_FORMS = [
    ipaddress.ip_network(text)
    for text in (
        "::/96",  # compatible
        "::ffff:0:0/96",  # mapped
        "::ffff:0:0:0/96",  # translated
        "64:ff9b::/96",  # NAT64
        "64:ff9b:1::/48",  # NAT64, of a network's own
        "2001::/32",  # Teredo
        "2002::/16",  # 6to4
        "fec0::/10",  # site-local, which Python does not count as private
        "192.0.0.0/24",  # of protocols, which not every Python counts so as a whole
        "192.88.99.0/24",  # relays of 6to4
    )
]


class NotPublic(Exception):
    """This is no address of the open web, so it is never asked."""


class Unknown(Exception):
    """There is no such host, or nobody says so in time."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a request goes: the host as it was named, and the address that was checked."""

    url: SplitResult
    host: str
    port: int
    family: int
    address: str


Resolve = Callable[[str, int, float], Sequence[tuple[int, str]]]


def is_public(address: str) -> bool:
    """Whether that IP address belongs to the open internet, in whatever way it is written."""
    try:
        found = ipaddress.ip_address(address)
    except ValueError:
        return False
    if any(found in network for network in _OTHER_FORMS if network.version == found.version):
        return False
    return found.is_global and not (
        found.is_multicast or found.is_reserved or found.is_link_local or found.is_unspecified
    )


def resolve(host: str, port: int, seconds: float) -> list[tuple[int, str]]:
    """(family, IP address) of every answer. Raises Unknown; after so many seconds too, since the
    system's own resolver knows no limit."""
    found: list[tuple[int, str]] = []
    failed: list[Exception] = []

    def ask() -> None:
        try:
            rows = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
        except (OSError, UnicodeError) as why:
            failed.append(why)
        else:
            found.extend((family, str(sockaddr[0])) for family, *_rest, sockaddr in rows)

    thread = threading.Thread(target=ask, daemon=True)
    thread.start()
    thread.join(max(seconds, 0))
    if thread.is_alive() or failed or not found:
        raise Unknown(host)
    return found


def named(address: str) -> tuple[SplitResult, str, int]:
    """The parts of an address of the web, its host in ASCII and its port. Raises NotPublic for
    other schemes and ports, and where it carries a name or a password."""
    try:
        url = urlsplit(address)
        host, port = url.hostname or "", url.port
        host = host if ":" in host else host.encode("idna").decode("ascii")
    except (ValueError, UnicodeError):
        raise NotPublic(address) from None
    usual = PORTS.get(url.scheme)
    if usual is None or port not in (None, usual) or not host or "@" in url.netloc:
        raise NotPublic(address)
    return url, host, usual


def place(address: str, seconds: float, ask: Resolve = resolve) -> Place:
    """Where that address leads. One answer that is not public refuses them all: whoever gives
    such answers may give them at any time. Raises NotPublic and Unknown."""
    url, host, port = named(address)
    answers = list(ask(host, port, seconds))
    if not all(is_public(one) for _family, one in answers):
        raise NotPublic(address)
    # IPv4 first: many machines have no way to the other.
    family, chosen = min(answers, key=lambda answer: answer[0] != socket.AF_INET)
    return Place(url, host, port, family, chosen)

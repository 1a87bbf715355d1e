"""Links lead the checker to the open internet, and never into a network behind it."""

from __future__ import annotations

import socket
import threading

import pytest

from guides.links.guard import NotPublic, Unknown, is_public, place, resolve

ANYWHERE = "93.184.215.14"


@pytest.mark.parametrize("address", [ANYWHERE, "2606:2800:21f:cb07:6820:80da:af6b:8b2c"])
def test_the_open_internet_is_asked(address: str) -> None:
    assert is_public(address)


@pytest.mark.parametrize(
    "address",
    [
        *("127.0.0.1", "127.8.8.8", "0.0.0.0", "10.0.0.1", "172.16.3.4", "192.168.1.1"),
        *("169.254.169.254", "100.64.0.1", "192.0.2.1", "198.18.0.1", "203.0.113.9"),
        *("224.0.0.1", "240.0.0.1", "255.255.255.255", "192.88.99.1", "192.0.0.8"),
        *("::", "::1", "fe80::1", "fe80::1%eth0", "fc00::1", "fd12::1", "fec0::1", "ff02::1"),
        *("::ffff:10.0.0.1", "::ffff:93.184.215.14", "::ffff:0:10.0.0.1", "::10.0.0.1"),
        *("64:ff9b::10.0.0.1", "64:ff9b::5db8:d70e", "64:ff9b:1::1", "2002:a00:1::1"),
        *("2001:0:a00:1::1", "2001:db8::1", "100::1", "nonsense", ""),
    ],
)
def test_nothing_else_is(address: str) -> None:
    assert not is_public(address)


@pytest.mark.parametrize(
    "address",
    [
        *("ftp://example.com/", "file:///etc/passwd", "//example.com/", "example.com", ""),
        *("http://example.com:8080/", "https://example.com:80/", "http://example.com:443/"),
        *("https://user@example.com/", "https://user:word@example.com/", "https://@example.com/"),
        *("https:///nowhere", "https://[::1", "https://example.com:nine/", "https://a..b/"),
        "http://\udcff.example/",
    ],
)
def test_of_other_addresses_no_name_is_even_looked_up(address: str) -> None:
    def never(*_args: object) -> list[tuple[int, str]]:
        raise AssertionError("asked")

    with pytest.raises(NotPublic):
        place(address, 1, never)


def test_one_private_answer_among_others_refuses_them_all() -> None:
    with pytest.raises(NotPublic):
        place(
            "https://example.com/",
            1,
            lambda *_: [(socket.AF_INET, ANYWHERE), (socket.AF_INET6, "::ffff:10.0.0.1")],
        )


def test_the_address_that_was_checked_is_the_one_that_is_asked() -> None:
    answers = [(socket.AF_INET6, "2606:2800:21f::1"), (socket.AF_INET, ANYWHERE)]

    where = place("https://Bücher.example:443/a?b", 1, lambda *_: answers)

    assert (where.host, where.port, where.family) == ("xn--bcher-kva.example", 443, socket.AF_INET)
    assert where.address == ANYWHERE


@pytest.mark.parametrize("host", ["2130706433", "0x7f000001", "0177.0.0.1", "127.1", "[::1]"])
def test_no_way_of_writing_this_machine_s_own_address_leads_here(host: str) -> None:
    with pytest.raises((NotPublic, Unknown)):
        place(f"http://{host}/", 5)


def test_names_are_waited_for_only_so_long(monkeypatch: pytest.MonkeyPatch) -> None:
    over = threading.Event()

    def slow(*_args: object, **_kwargs: object) -> list[object]:
        over.wait(20)
        return []

    monkeypatch.setattr(socket, "getaddrinfo", slow)

    with pytest.raises(Unknown):
        resolve("slow.example", 443, 0.01)
    over.set()

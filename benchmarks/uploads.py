"""Does a file of 100 MB cost the server more than 32 MB of memory?

Starts the site in a folder and on a port of its own, with limits that let such files in, and
sends it a PDF and a picture of that size, made up on the spot: one at a time, then two at once.
Counts what the server's own processes hold above what they held when idle. The child that looks
at a file has a limit of its own, and is counted beside them. Everything stops by itself.
"""

from __future__ import annotations

import http.client
import io
import os
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from benchmarks.slow_clients import HOST, free_port, served  # noqa: E402

MEGABYTE = 1024 * 1024
SIZE = 100 * MEGABYTE
PIECE = 64 * 1024
SERVER_LIMIT = 32 * MEGABYTE
CHILD_LIMIT = 256 * MEGABYTE
LOOK_EVERY = 0.002
CHILD = b"appeals.evidence.inspect"


def prepare() -> tuple[str, str]:
    """A seller who agreed, with a case: where to upload, and their cookies."""
    import django

    django.setup()
    from django.test import Client
    from django.urls import reverse
    from django.utils import timezone, translation

    from appeals import actions
    from config import serve
    from config.people import make_account

    serve.prepare(print)
    seller = make_account("large@example.com", "a-long-password-1")
    actions.consents.give(by=seller, language="en")
    case = actions.cases.open_case(by=seller, store="Store", notice_on=timezone.localdate())
    client = Client()
    client.force_login(seller)
    with translation.override("en"):
        address = reverse("appeals:evidence-create", args=[case.code])
    client.get(address, headers={"host": HOST})
    return address, "; ".join(f"{name}={one.value}" for name, one in client.cookies.items())


# --- Files of that size --------------------------------------------------------------------


def large_pdf(size: int) -> bytes:
    """A page for each picture of noise, as from a scanner that compresses nothing."""
    from tests.appeals.evidence.files import pdf, stream

    side = 1000
    count = size // (3 * side * side)
    kids = b" ".join(b"%d 0 R" % (4 + count + each) for each in range(count))
    entries = b"/Type/XObject/Subtype/Image/ColorSpace/DeviceRGB/BitsPerComponent 8"
    entries += b"/Width %d/Height %d" % (side, side)
    page = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 500 500]/Contents 3 0 R"
    return pdf(
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Count %d/Kids[%s]>>" % (count, kids),
        stream(b"500 0 0 500 0 0 cm /P Do"),
        *(stream(os.urandom(3 * side * side), entries) for _each in range(count)),
        *(page + b"/Resources<</XObject<</P %d 0 R>>>>>>" % (4 + each) for each in range(count)),
    )


def large_picture(size: int) -> bytes:
    """Noise, which does not become smaller."""
    from PIL import Image

    side = int((size / 3) ** 0.5)
    file = io.BytesIO()
    noise = Image.frombytes("RGB", (side, side), os.urandom(3 * side * side))
    noise.save(file, "PNG", compress_level=0)
    return file.getvalue()


# --- Who holds what ------------------------------------------------------------------------


@dataclass
class Seen:
    """The most that the server's processes held together, and any one child, in bytes."""

    server_pids: frozenset[int]  # those that run when nothing is sent
    server: int = 0
    child: int = 0
    idle: int = 0


def processes_below(pid: int) -> Iterator[int]:
    yield pid
    for task in Path(f"/proc/{pid}/task").glob("*/children"):
        try:
            started = task.read_text().split()
        except OSError:  # that thread has just ended
            continue
        for child in started:
            yield from processes_below(int(child))


def held(pid: int) -> tuple[int, bool]:
    """Bytes of memory it holds, and whether it is a child that looks at a file."""
    try:
        pages = int(Path(f"/proc/{pid}/statm").read_text().split()[1])
        words = Path(f"/proc/{pid}/cmdline").read_bytes()
    except (OSError, IndexError):
        return 0, False  # it has just ended
    return pages * os.sysconf("SC_PAGE_SIZE"), CHILD in words


def look(pid: int, seen: Seen) -> None:
    server = 0
    for each in processes_below(pid):
        size, is_child = held(each)
        if each in seen.server_pids:
            server += size
        # One that just begins still shows the memory of the server, a second time.
        elif is_child:
            seen.child = max(seen.child, size)
    seen.server = max(seen.server, server)


@contextmanager
def watched(pid: int) -> Iterator[Seen]:
    seen, is_over = Seen(frozenset(processes_below(pid))), threading.Event()
    look(pid, seen)
    seen.idle = seen.server

    def keep_looking() -> None:
        while not is_over.wait(LOOK_EVERY):
            look(pid, seen)

    watcher = threading.Thread(target=keep_looking)
    watcher.start()
    try:
        yield seen
    finally:
        is_over.set()
        watcher.join()


# --- Sending -------------------------------------------------------------------------------


def upload(port: int, address: str, cookies: str, name: str, content: bytes) -> tuple[int, float]:
    """The status of the answer, and the seconds it took; the file goes in pieces."""
    edge = b"--edge-of-a-part"
    token = cookies.partition("csrftoken=")[2].partition(";")[0]
    before = b'%s\r\nContent-Disposition: form-data; name="csrfmiddlewaretoken"\r\n\r\n%s\r\n' % (
        edge,
        token.encode(),
    )
    before += b'%s\r\nContent-Disposition: form-data; name="files"; filename="%s"\r\n\r\n' % (
        edge,
        name.encode(),
    )
    after = b"\r\n%s--\r\n" % edge
    connection = http.client.HTTPConnection(HOST, port, timeout=120)
    started = time.perf_counter()
    connection.putrequest("POST", address)
    connection.putheader("Cookie", cookies)
    connection.putheader("Content-Type", f"multipart/form-data; boundary={edge[2:].decode()}")
    connection.putheader("Content-Length", str(len(before) + len(content) + len(after)))
    connection.endheaders()
    connection.send(before)
    for start in range(0, len(content), PIECE):
        connection.send(content[start : start + PIECE])
    connection.send(after)
    answer = connection.getresponse()
    answer.read()
    connection.close()
    return answer.status, time.perf_counter() - started


def measure(what: str, pid: int, sends: list[Callable[[], tuple[int, float]]]) -> bool:
    told: list[tuple[int, float]] = []
    threads = [threading.Thread(target=lambda send=send: told.append(send())) for send in sends]
    with watched(pid) as seen:
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        time.sleep(0.2)
    grown = seen.server - seen.idle
    statuses = [status for status, _seconds in told]
    limit = SERVER_LIMIT * len(sends)
    is_good = grown <= limit and 0 < seen.child <= CHILD_LIMIT and statuses == [302] * len(sends)
    print(
        f"{what}: answered {statuses} in {max((took for _status, took in told), default=0):.1f} s; "
        f"server {grown / MEGABYTE:+.1f} MB above {seen.idle / MEGABYTE:.0f} "
        f"(limit {limit // MEGABYTE}), child {seen.child / MEGABYTE:.0f} MB "
        f"(limit {CHILD_LIMIT // MEGABYTE}){'' if is_good else '  MISSED'}",
        flush=True,
    )
    return is_good


def main() -> int:
    with tempfile.TemporaryDirectory() as folder:
        port = free_port()
        os.environ |= {
            "VAR_DIR": folder,
            "PORT": str(port),
            "EVIDENCE_FILE_LIMIT_MB": "110",
            "EVIDENCE_CASE_LIMIT_MB": "1000",
        }
        os.environ["DJANGO_SETTINGS_MODULE"] = "config.settings"
        address, cookies = prepare()

        def send(name: str, content: bytes) -> Callable[[], tuple[int, float]]:
            return lambda: upload(port, address, cookies, name, content)

        with served(port) as server:
            # What the first upload loads stays.
            upload(port, address, cookies, "small.pdf", large_pdf(3 * MEGABYTE))
            pdf, picture = large_pdf(SIZE), large_picture(SIZE)
            is_good = [
                measure("a PDF of 100 MB", server.pid, [send("large.pdf", pdf)]),
                measure("a picture of 100 MB", server.pid, [send("large.png", picture)]),
                measure(
                    "two at once",
                    server.pid,
                    [send(f"{each}.pdf", large_pdf(SIZE)) for each in range(2)],
                ),
            ]
    return 0 if all(is_good) else 1


if __name__ == "__main__":
    sys.exit(main())

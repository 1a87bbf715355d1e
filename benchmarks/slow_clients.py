"""Do twenty slow uploads and twenty slow downloads at once stop a reader?

Starts the site in a folder and on a port of its own, with one seller who has one file of 18 MB.
Measures how long a guide takes alone, and again while forty clients send or read at 50 kB a
second; then asks what a forty-first upload is told. Everything stops by itself.
"""

from __future__ import annotations

import io
import os
import socket
import statistics
import subprocess
import sys
import tempfile
import threading
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
HOST = "127.0.0.1"
RATE = 50_000
SECONDS = 12.0
EACH = 20
READS = 60
#: Above this the threads were not enough; alone it takes a few milliseconds.
BOUND_MS = 1000


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        return int(probe.getsockname()[1])


def prepare() -> tuple[str, str, str]:
    """A seller with one large original: where it is, where more are uploaded, and their cookies."""
    import django

    django.setup()
    from django.core.files.uploadedfile import SimpleUploadedFile
    from django.test import Client
    from django.urls import reverse
    from django.utils import timezone, translation
    from PIL import Image

    from appeals import actions
    from config import serve
    from config.people import make_account

    serve.prepare(print)
    seller = make_account("slow@example.com", "a-long-password-1")
    actions.consents.give(by=seller, language="en")
    case = actions.cases.open_case(by=seller, store="Store", notice_on=timezone.localdate())
    # Noise does not compress: a bitmap of 6 million bytes a channel becomes a PNG of 18 MB.
    noise = Image.frombytes("RGB", (3000, 2000), os.urandom(18_000_000))
    picture = io.BytesIO()
    noise.save(picture, "PNG", compress_level=1)
    upload = SimpleUploadedFile("large.png", picture.getvalue())
    evidence = actions.evidence.add(case, by=seller, upload=upload)
    client = Client()
    client.force_login(seller)
    with translation.override("en"):
        download = reverse("appeals:evidence-download", args=[case.code, evidence.code])
        upload_to = reverse("appeals:evidence-create", args=[case.code])
    client.get(upload_to, headers={"host": HOST})
    cookies = "; ".join(f"{name}={cookie.value}" for name, cookie in client.cookies.items())
    return download, upload_to, cookies


@contextmanager
def served(port: int) -> Iterator[subprocess.Popen[bytes]]:
    command = [sys.executable, str(ROOT / "manage.py"), "serve", "--port", str(port)]
    quiet = subprocess.DEVNULL  # what it says of uploads that were cut off is expected
    process = subprocess.Popen(command, stdout=quiet, stderr=quiet)
    try:
        until = time.monotonic() + 90
        while True:
            try:
                urllib.request.urlopen(f"http://{HOST}:{port}/healthz", timeout=1).close()
                break
            except OSError:
                if time.monotonic() > until:
                    raise SystemExit("The site did not start.") from None
                time.sleep(0.2)
        yield process
    finally:
        process.terminate()
        process.wait(60)


def read(port: int) -> float:
    """Milliseconds that one guide takes."""
    started = time.perf_counter()
    address = f"http://{HOST}:{port}/zh-hans/guides/clause-2-4/"
    with urllib.request.urlopen(address, timeout=20) as answer:
        answer.read()
    return (time.perf_counter() - started) * 1000


def connected(port: int, head: str) -> socket.socket:
    client = socket.socket()
    # A small window, so that the server really waits for a slow reader.
    client.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 8192)
    client.settimeout(10)
    client.connect((HOST, port))
    client.sendall(head.replace("\n", "\r\n").encode())
    return client


def upload_slowly(port: int, until: float, told: list[str], address: str, cookie: str) -> None:
    """Announce 20 MB and send it at 50 kB a second, as a phone on a bad line does."""
    sent = 0
    head = (
        f"POST {address} HTTP/1.1\nHost: {HOST}\nCookie: {cookie}\nContent-Length: 20000000\n"
        "Content-Type: multipart/form-data; boundary=x\n\n"
        '--x\nContent-Disposition: form-data; name="files"; filename="a.pdf"\n\n'
    )
    with connected(port, head) as client:
        client.settimeout(0.1)
        while time.monotonic() < until:
            try:
                sent += client.send(b"0" * (RATE // 10))
                told.append(client.recv(12).decode("ascii", "replace") or "closed")
                return
            except TimeoutError:
                continue
            except OSError:
                told.append("closed")
                return
    told.append("still sending" if sent > RATE else "stuck")


def download_slowly(port: int, until: float, told: list[str], address: str, cookie: str) -> None:
    got = 0
    head = f"GET {address} HTTP/1.1\nHost: {HOST}\nCookie: {cookie}\n\n"
    with connected(port, head) as client:
        while time.monotonic() < until:
            piece = client.recv(RATE // 10)
            if not piece or (not got and b" 200 " not in piece[:20]):
                told.append(piece[:15].decode("ascii", "replace") or "closed")
                return
            got += len(piece)
            time.sleep(0.1)
    told.append("still reading")


def counted(told: list[str]) -> str:
    return ", ".join(f"{told.count(one)} {one}" for one in sorted(set(told))) or "nothing"


def described(times: list[float]) -> str:
    return f"median {statistics.median(times):.1f} ms, worst {max(times):.1f} ms"


def crowd(tasks: list[Callable[[], None]]) -> list[threading.Thread]:
    threads = [threading.Thread(target=task, daemon=True) for task in tasks]
    for thread in threads:
        thread.start()
    return threads


def measure(port: int, download: str, upload: str, cookie: str) -> bool:
    for _warm in range(10):
        read(port)
    print("alone:               ", described([read(port) for _once in range(READS)]))
    until = time.monotonic() + SECONDS
    uploads: list[str] = []
    downloads: list[str] = []
    threads = crowd(
        [lambda: upload_slowly(port, until, uploads, upload, cookie)] * EACH
        + [lambda: download_slowly(port, until, downloads, download, cookie)] * EACH
    )
    time.sleep(2)
    times = [read(port) for _once in range(READS)]
    print("among slow clients:  ", described(times))
    refused: list[str] = []
    upload_slowly(port, time.monotonic() + 2, refused, upload, cookie)
    print("one upload more:     ", counted(refused))
    for thread in threads:
        thread.join(SECONDS + 20)
    print("the slow uploads:    ", counted(uploads))
    print("the slow downloads:  ", counted(downloads))
    print("afterwards:          ", described([read(port) for _once in range(READS)]))
    return (
        max(times) < BOUND_MS
        and uploads == ["still sending"] * EACH
        and downloads == ["still reading"] * EACH
    )


def main() -> int:
    with tempfile.TemporaryDirectory() as folder:
        port = free_port()
        os.environ |= {"VAR_DIR": folder, "PORT": str(port)}
        os.environ["DJANGO_SETTINGS_MODULE"] = "config.settings"
        sys.path.insert(0, str(ROOT))
        download, upload, cookie = prepare()
        with served(port):
            is_good = measure(port, download, upload, cookie)
    print("Readers were answered." if is_good else "Readers had to wait, or a client was dropped.")
    return 0 if is_good else 1


if __name__ == "__main__":
    sys.exit(main())

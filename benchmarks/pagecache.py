"""How near does a kept page come to a bare application that sends the same bytes?

Both run on the server as `manage.py serve` starts it, one after the other in short rounds, and
are asked for one guide page over connections that stay open, by a process of its own. Compared
are requests a second, and the processor time that the server took for each: other work on the
machine disturbs the one or the other, so the goal is asked of the one that varied less.
Everything stops by itself.
"""

from __future__ import annotations

import multiprocessing
import os
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psutil

ROOT = Path(__file__).resolve().parent.parent
HOST = "127.0.0.1"
PATH = "/zh-hans/guides/clause-2-4/"
ROUNDS = 25
REQUESTS = 10_000
CONNECTIONS = 8
GOAL = 0.70
#: Where the bare application finds the answer that it sends: its head, an empty line, its body.
ANSWER = "KEYRIGHT_BARE_ANSWER"


def bare(environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
    start_response("200 OK", [*bare_headers])
    return [bare_body]


def read_answer(path: str) -> tuple[list[tuple[str, str]], bytes]:
    head, _, body = Path(path).read_bytes().partition(b"\r\n\r\n")
    lines = [line.split(": ", 1) for line in head.decode("latin-1").split("\r\n")[1:]]
    sent_by_server = {"date", "server"}
    return [(name, value) for name, value in lines if name.lower() not in sent_by_server], body


if os.environ.get(ANSWER):
    bare_headers, bare_body = read_answer(os.environ[ANSWER])


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        return int(probe.getsockname()[1])


def request(port: int) -> bytes:
    return (
        f"GET {PATH} HTTP/1.1\r\nHost: {HOST}:{port}\r\nAccept-Encoding: gzip, deflate, br\r\n"
        "User-Agent: benchmark\r\nAccept: text/html\r\n\r\n"
    ).encode()


def receive(client: socket.socket, length: int) -> bytes:
    answer = b""
    while len(answer) < length:
        piece = client.recv(length - len(answer))
        if not piece:
            raise SystemExit("The server closed a connection.")
        answer += piece
    return answer


def whole_answer(port: int) -> bytes:
    """Head and body of one answer; the page is kept from here on."""
    with socket.create_connection((HOST, port)) as client:
        client.sendall(request(port))
        answer = b""
        while b"\r\n\r\n" not in answer:
            answer += client.recv(65536)
        head = answer.partition(b"\r\n\r\n")[0].lower()
        length = int(head.partition(b"content-length: ")[2].split(b"\r\n")[0])
        return answer + receive(client, len(head) + 4 + length - len(answer))


def load(port: int, length: int, result: Any) -> None:
    """Ask as fast as answers come, each of them `length` bytes; sends requests a second."""
    asked = request(port)
    clients = [socket.create_connection((HOST, port)) for _one in range(CONNECTIONS)]
    started = time.perf_counter()
    for _round in range(REQUESTS // CONNECTIONS):
        for client in clients:
            client.sendall(asked)
        for client in clients:
            receive(client, length)
    result.send(REQUESTS / (time.perf_counter() - started))
    for client in clients:
        client.close()


def processor_time(parent: int) -> float:
    """Seconds that the threads of this process and of its children have computed so far."""
    server = psutil.Process(parent)
    nanoseconds = 0
    for process in (server, *server.children(recursive=True)):
        for task in Path(f"/proc/{process.pid}/task").glob("*/schedstat"):
            nanoseconds += int(task.read_text().split()[0])
    return nanoseconds / 1e9


@contextmanager
def served(application: str, port: int, **environment: str) -> Iterator[int]:
    """The server as the site starts it, around that application; its process id."""
    from config import serve

    command = [*serve.children(HOST, port)[0].command[:-1], application]
    process = subprocess.Popen(command, cwd=ROOT, env=os.environ | environment)
    try:
        if not serve.wait_until_open(HOST, port):
            raise SystemExit("The server did not start.")
        yield process.pid
    finally:
        process.terminate()
        process.wait(30)


def measured(port: int, process: int, length: int) -> tuple[float, float]:
    """Requests a second, and microseconds of the processor for each."""
    here, there = multiprocessing.Pipe()
    client = multiprocessing.Process(target=load, args=(port, length, there))
    before = processor_time(process)
    client.start()
    client.join(120)
    if not here.poll():
        raise SystemExit("The load did not end.")
    return here.recv(), (processor_time(process) - before) / REQUESTS * 1e6


def spread(values: list[float]) -> float:
    low, _middle, high = statistics.quantiles(values, n=4)
    return (high - low) / statistics.median(values)


def compare(site: tuple[int, int], other: tuple[int, int], length: int) -> bool:
    kept, plain = [], []
    measured(*site, length), measured(*other, length)  # warm
    for _round in range(ROUNDS):
        kept.append(measured(*site, length))
        plain.append(measured(*other, length))
    for name, rows in (("kept page", kept), ("bare answer", plain)):
        rate, cost = (statistics.median(row[at] for row in rows) for at in (0, 1))
        print(f"{name:12} {rate:8,.0f} requests/s  {cost:6.1f} µs of processor each")
    pairs = list(zip(kept, plain, strict=True))
    ratios = {
        "rate": [one[0] / two[0] for one, two in pairs],
        "processor time": [two[1] / one[1] for one, two in pairs],
    }
    for name, values in ratios.items():
        print(f"{name:16} {statistics.median(values):.2f}  (spread {spread(values):.2f})")
    name = min(ratios, key=lambda one: spread(ratios[one]))
    reached = statistics.median(ratios[name])
    print(f"By {name}, which varied less: {reached:.2f}, wanted {GOAL:.2f}")
    return reached >= GOAL


def main() -> int:
    with tempfile.TemporaryDirectory() as folder:
        port, bare_port = free_port(), free_port()
        os.environ |= {"VAR_DIR": folder, "PORT": str(port)}
        os.environ["DJANGO_SETTINGS_MODULE"] = "config.settings"
        sys.path.insert(0, str(ROOT))
        import django

        django.setup()
        from config import serve

        serve.prepare(print)
        answer = Path(folder) / "answer"
        with served("config.wsgi:application", port) as site:
            whole_answer(port)
            answer.write_bytes(whole_answer(port))
            with served("benchmarks.pagecache:bare", bare_port, **{ANSWER: str(answer)}) as other:
                length = len(whole_answer(bare_port))
                if length != len(answer.read_bytes()):
                    raise SystemExit("The two do not send the same.")
                is_good = compare((port, site), (bare_port, other), length)
    return 0 if is_good else 1


if __name__ == "__main__":
    sys.exit(main())

"""What a dossier costs: `python -m benchmarks.dossier`. Its originals are made up on the spot.

The package of 500 files and 500 MB goes into a pipe, beside the standard library's zipfile that
stores the same bytes; the PDF is that of 40 services and 1,000 exhibits, then its copy.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import shutil
import sys
import tempfile
import threading
import time
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import django

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
django.setup()

from django.conf import settings  # noqa: E402

from appeals.dossier import pdf  # noqa: E402
from appeals.dossier.package import Package  # noqa: E402
from appeals.dossier.sheets import Member  # noqa: E402
from appeals.dossier.verifying import Verdict, verify  # noqa: E402
from appeals.evidence import storage  # noqa: E402
from guides import children  # noqa: E402
from tests.appeals.dossier import example  # noqa: E402

MEGABYTE = 1024 * 1024
FIRST_BYTE_SECONDS = 1.0
PACKAGE_MEMORY = 64 * MEGABYTE
SHEETS = {False: (5.0, 400 * MEGABYTE), True: (6.0, 500 * MEGABYTE)}


def main() -> int:
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--files", type=int, default=500)
    asked.add_argument("--megabytes", type=int, default=500)
    given = asked.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        if shutil.disk_usage(folder).free < 3 * given.megabytes * MEGABYTE:
            print("not enough room for the originals: skipped")
            return 1
        settings.EVIDENCE_ROOT = Path(folder)
        is_good = [*_package(given.files, given.megabytes), *_sheets()]
    return 0 if all(is_good) else 1


def _package(files: int, megabytes: int) -> Iterator[bool]:
    made = _made_of(files, megabytes)
    named = list(zip([one.name for one in made.manifest.files[1:]], made.stored_as, strict=True))
    _drain(lambda write: _store(named, write))  # so that both find the files in memory
    once, _first = _drain(lambda write: [write(chunk) for chunk in made.chunks()])
    ours, theirs, first, grown = [], [], 0.0, 0
    for _round in range(3):
        with _resident(os.getpid()) as seen:
            took, first = _drain(lambda write: [write(chunk) for chunk in made.chunks()])
        ours.append(took)
        grown = max(grown, seen.grown)
        theirs.append(_drain(lambda write: _store(named, write))[0])
    size = made.size / MEGABYTE
    best, other = size / min(ours), size / min(theirs)
    print(f"package: {files} files, {size:.0f} MB")
    print(f"  the first time, every original summed: {size / once:.0f} MB/s")
    yield _line(
        "first byte", f"{first:.3f} s", f"{FIRST_BYTE_SECONDS} s", first < FIRST_BYTE_SECONDS
    )
    yield _line("speed", f"{best:.0f} MB/s", f"zipfile {other:.0f} MB/s", best >= other)
    yield _line(
        "memory above idle",
        f"{grown / MEGABYTE:.0f} MB",
        f"{PACKAGE_MEMORY // MEGABYTE} MB",
        grown <= PACKAGE_MEMORY,
    )
    with tempfile.TemporaryFile() as file:
        file.writelines(made.chunks())
        start = time.perf_counter()
        found = verify(file)
        print(f"  verified in {time.perf_counter() - start:.1f} s: {found.verdict.value}")
        yield found.verdict is Verdict.WHOLE


def _made_of(files: int, megabytes: int) -> Package:
    """Originals that no compression would make smaller, each another."""
    size = megabytes * MEGABYTE // files
    members = []
    for number in range(1, files + 1):
        content = os.urandom(size)
        stored_as = storage.settle(storage.spool([content], size))
        members.append(
            Member(
                f"A-5-{number}_payment_2018-05.pdf",
                f"A-5-{number}",
                size,
                hashlib.sha256(content).hexdigest(),
                stored_as,
            )
        )
    return Package.of(replace(example.finished(), members=tuple(members)), bytes(200_000))


def _store(named: list[tuple[str, str]], write: Callable[[bytes], object]) -> None:
    class Pipe:
        def write(self, data: bytes) -> int:
            write(data)
            return len(data)

        def flush(self) -> None:
            """Nothing is kept back."""

    with zipfile.ZipFile(Pipe(), "w", zipfile.ZIP_STORED) as opened:  # type: ignore[arg-type]
        for name, stored_as in named:
            opened.write(storage.path_of(stored_as), name)


def _drain(produce: Callable[[Callable[[bytes], object]], object]) -> tuple[float, float]:
    """Seconds until all went through a pipe, and until its first bytes did."""
    read_end, write_end = os.pipe()
    first: list[float] = []

    def drain() -> None:
        while os.read(read_end, MEGABYTE):
            if not first:
                first.append(time.perf_counter())

    reader = threading.Thread(target=drain)
    reader.start()
    start = time.perf_counter()
    with open(write_end, "wb", buffering=0) as pipe:

        def write(data: bytes) -> None:
            view = memoryview(data)
            while view:
                view = view[pipe.write(view) or 0 :]

        produce(write)
    reader.join()
    took = time.perf_counter() - start
    os.close(read_end)
    return took, first[0] - start


def _sheets() -> Iterator[bool]:
    dossier = example.dossier_of(example.large_case())
    for with_chinese, (seconds, memory) in SHEETS.items():
        peak = 0
        measured = children.resident

        def watch(pid: int) -> int:
            nonlocal peak
            now = measured(pid)  # noqa: B023
            peak = max(peak, now)
            return now

        children.resident = watch
        times = []
        for _round in range(3):
            start = time.perf_counter()
            made = pdf.make_pdf(dossier, with_chinese=with_chinese)
            times.append(time.perf_counter() - start)
        children.resident = measured
        name = "copy with Chinese" if with_chinese else "PDF"
        print(f"{name}: 40 services, 1,000 exhibits, {len(made.content) / MEGABYTE:.1f} MB")
        yield _line("time", f"{min(times):.1f} s", f"{seconds} s", min(times) <= seconds)
        yield _line(
            "memory",
            f"{peak / MEGABYTE:.0f} MB",
            f"{memory // MEGABYTE} MB",
            peak <= memory,
        )


class _Seen:
    grown = 0


@contextmanager
def _resident(pid: int) -> Iterator[_Seen]:
    """By how much the memory of a process grows at most while the block runs."""
    seen, is_over = _Seen(), threading.Event()
    idle = children.resident(pid)

    def look() -> None:
        while not is_over.wait(0.005):
            seen.grown = max(seen.grown, children.resident(pid) - idle)

    watcher = threading.Thread(target=look)
    watcher.start()
    try:
        yield seen
    finally:
        is_over.set()
        watcher.join()


def _line(what: str, value: str, limit: str, is_good: bool) -> bool:
    print(f"  {what}: {value} (limit {limit}){'' if is_good else '  MISSED'}", flush=True)
    return is_good


if __name__ == "__main__":
    sys.exit(main())

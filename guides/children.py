"""Child processes that look at files: fresh interpreters with limits, never forks.

A server has threads, and a fork would copy whatever locks they hold.
"""

from __future__ import annotations

import logging
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any

logger = logging.getLogger("keyright.children")

SECONDS = 5.0
#: Above what the child allows itself, for systems on which its own limit does not hold.
RESIDENT_LIMIT = 256 * 1024 * 1024
LOOK_EVERY = 0.02
#: By processor time; and how PDFium ends itself when it gets no more memory.
ENDED_BY_LIMIT = {
    signal.SIGKILL,
    signal.SIGXCPU,
    signal.SIGABRT,
    signal.SIGTRAP,
    signal.SIGILL,
}
#: Children at once in this process, and how long a file waits for its turn.
AT_ONCE = 2
PATIENCE = 30.0
ROOT = Path(__file__).resolve().parents[1]


class FileRefused(Exception):
    """A file that is not taken, and why: a code, and what its sentence needs.

    By how a child ended: too-heavy, broken, busy (its turn did not come), unavailable.
    """

    def __init__(self, code: str, **values: Any) -> None:
        super().__init__(code)
        self.code = code
        self.values = values


_turns = threading.BoundedSemaphore(AT_ONCE)


def python(module: str) -> tuple[str, ...]:
    """The command that runs one of our modules. It writes nothing, compiled code included."""
    return (sys.executable, "-B", "-m", module)


def run(
    command: Sequence[str],
    *,
    seconds: float = SECONDS,
    memory: int | None = None,
    stdin: IO[bytes] | None = None,
    patience: float | None = None,
) -> bytes:
    """What the child printed. Raises FileRefused by how it ended.

    Waits for its turn, `patience` seconds (PATIENCE unless said); takes no longer than `seconds`
    after that, and no more than `memory` bytes (RESIDENT_LIMIT unless said). It reads the open
    file `stdin`, or nothing.
    """
    with turn(patience):
        try:
            child = subprocess.Popen(
                command,
                cwd=ROOT,
                env={"PATH": os.defpath, "LANG": "C.UTF-8"},  # none of the server's secrets
                stdin=stdin or subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=subprocess.PIPE,
                start_new_session=True,
            )
        except OSError:
            logger.exception("a child that looks at files could not be started")
            raise FileRefused("unavailable") from None
        with child:
            try:
                printed, complaint = wait(child, seconds, memory or RESIDENT_LIMIT)
            finally:
                end(child)
    if -child.returncode in ENDED_BY_LIMIT:
        raise FileRefused("too-heavy")
    if child.returncode < 0:  # the parser fell over
        raise FileRefused("broken")
    if child.returncode:
        logger.error(
            "a child that looks at files ended with %s: %s",
            child.returncode,
            complaint.decode(errors="replace")[-2000:],
        )
        raise FileRefused("unavailable")
    return printed


@contextmanager
def turn(patience: float | None = None) -> Iterator[None]:
    if not _turns.acquire(timeout=PATIENCE if patience is None else patience):
        raise FileRefused("busy")
    try:
        yield
    finally:
        _turns.release()


def wait(child: subprocess.Popen[bytes], seconds: float, memory: int) -> tuple[bytes, bytes]:
    """What the child printed and complained; ended where it takes too long or too much memory."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        try:
            return child.communicate(timeout=LOOK_EVERY)
        except subprocess.TimeoutExpired:
            if resident(child.pid) > memory:
                break
    raise FileRefused("too-heavy")


def resident(pid: int) -> int:
    """Bytes of memory the process holds; zero when that cannot be read."""
    try:
        pages = Path(f"/proc/{pid}/statm").read_text().split()[1]
        return int(pages) * os.sysconf("SC_PAGE_SIZE")
    except (OSError, IndexError):
        pass
    if sys.platform == "linux":
        return 0  # it has just ended
    # The limit on addresses does not hold on macOS, and it has no /proc.
    listed = subprocess.run(
        ["/bin/ps", "-o", "rss=", "-p", str(pid)], capture_output=True, text=True, check=False
    )
    return int(listed.stdout.strip() or 0) * 1024


def end(child: subprocess.Popen[bytes]) -> None:
    """End the child and whatever it may have started: it leads a group of its own."""
    if child.poll() is None:  # not yet waited for, so its number is still its own
        os.killpg(child.pid, signal.SIGKILL)
        child.wait()

"""Whether a file may be kept: it is parsed in a child process with limits, and only asked about.

The child is a fresh interpreter, never a fork: the server has threads.
"""

from __future__ import annotations

import json
import logging
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from appeals.evidence.refusals import EvidenceRefused

logger = logging.getLogger("keyright.evidence")

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
ROOT = Path(__file__).resolve().parents[2]
COMMAND = (sys.executable, "-B", "-m", "appeals.evidence.inspect")

_turns = threading.BoundedSemaphore(AT_ONCE)


@dataclass(frozen=True, slots=True)
class Accepted:
    """What parsing found: of a picture its pixels, of a PDF the points of its first page."""

    media_type: str
    pages: int
    width: int
    height: int


def accept(path: Path, *, seconds: float = SECONDS, command: Sequence[str] = COMMAND) -> Accepted:
    """What the file is. Raises EvidenceRefused; takes no longer than `seconds` and its turn."""
    with turn():
        answer = ask([*command, str(path)], seconds)
    if "refused" in answer:
        raise EvidenceRefused(answer.pop("refused"), **answer)
    return Accepted(**answer)


@contextmanager
def turn() -> Iterator[None]:
    if not _turns.acquire(timeout=PATIENCE):
        raise EvidenceRefused("busy")
    try:
        yield
    finally:
        _turns.release()


def ask(command: list[str], seconds: float) -> dict[str, Any]:
    """The child's answer; what its end means where it gave none."""
    try:
        child = subprocess.Popen(
            command,
            cwd=ROOT,
            env={"PATH": os.defpath, "LANG": "C.UTF-8"},  # none of the server's secrets
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            start_new_session=True,
        )
    except OSError:
        logger.exception("the child that inspects files could not be started")
        raise EvidenceRefused("unavailable") from None
    with child:
        try:
            is_over = wait(child, seconds)
        finally:
            end(child)
        answer, complaint = child.stdout.read(), child.stderr.read()  # type: ignore[union-attr]
    if not is_over or -child.returncode in ENDED_BY_LIMIT:
        raise EvidenceRefused("too-heavy")
    if child.returncode < 0:  # the parser fell over
        raise EvidenceRefused("broken")
    try:
        return dict(json.loads(answer))
    except ValueError:
        logger.error(
            "the child that inspects files ended with %s: %s",
            child.returncode,
            complaint.decode(errors="replace")[-2000:],
        )
        raise EvidenceRefused("unavailable") from None


def wait(child: subprocess.Popen[bytes], seconds: float) -> bool:
    """Whether the child ended by itself, in time and without taking too much memory."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        try:
            child.wait(timeout=LOOK_EVERY)
            return True
        except subprocess.TimeoutExpired:
            if resident(child.pid) > RESIDENT_LIMIT:
                return False
    return False


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

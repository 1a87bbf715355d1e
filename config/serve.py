"""Runs the site: prepares what it needs, then keeps the server and the clockwork running."""

from __future__ import annotations

import hashlib
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from types import FrameType

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import CommandError, call_command

#: See config/wsgi.py: with fewer, a handful of slow clients stop every reader; idle ones cost
#: about 300 kB each and no speed.
THREADS = 64
#: What a child that died at once waits before the next try, doubled up to the last of these.
FIRST_PAUSE, LONGEST_PAUSE = 0.5, 30.0
#: What work under way is given to finish after SIGTERM.
GRACE_SECONDS = 25


class CannotServe(Exception):
    """Why the site cannot start, in one sentence."""


def check_address(host: str, port: int) -> None:
    """Stop before preparing anything when the address is taken or not ours."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            raise CannotServe(
                f"Port {port} on {host} cannot be used ({error.strerror}). "
                f"Choose another one: make run PORT={port + 1 if port < 65535 else 8001}"
            ) from None


def check_var() -> None:
    if not os.access(settings.VAR_DIR, os.W_OK | os.X_OK):
        raise CannotServe(
            f"The folder {settings.VAR_DIR} cannot be written to; allow writing there, or name "
            "another one with VAR_DIR."
        )


def prepare(say: Callable[[str], None]) -> None:
    """Database, cache table, bundled guides, presets, static files: each only where needed."""
    call_command("migrate", interactive=False, verbosity=0)
    load_content(say)
    if collect_static():
        say("Static files were collected.")


def load_content(say: Callable[[str], None]) -> None:
    """What every site begins with, once its tables are there.

    A release whose guides do not fit what editors wrote here stops no site that has guides.
    """
    call_command("createcachetable", verbosity=0)
    try:
        call_command("load_guides", verbosity=0)
    except CommandError as why:
        say(f"The guides of this release were not loaded; those that are here stay.\n{why}")
    call_command("load_checklists", verbosity=0)


def static_stamp() -> str:
    """What the collected files were made from: paths, sizes, times, and the packages' versions."""
    seen = hashlib.sha256((settings.BASE_DIR / "requirements.txt").read_bytes())
    for finder in get_finders():
        for path, storage in finder.list([]):
            status = Path(storage.path(path)).stat()
            seen.update(f"{path} {status.st_size} {status.st_mtime_ns}\n".encode())
    return seen.hexdigest()


def collect_static() -> bool:
    """Collect and compress static files unless nothing changed: that alone takes seconds."""
    stamp = settings.VAR_DIR / "static-stamp"
    wanted = static_stamp()
    if stamp.exists() and stamp.read_text() == wanted and settings.STATIC_ROOT.exists():
        return False
    call_command("collectstatic", interactive=False, verbosity=0, clear=True)
    stamp.write_text(wanted)
    return True


@dataclass
class Child:
    """One supervised process; started again when it dies, more slowly each time it dies young."""

    name: str
    command: list[str]
    process: subprocess.Popen[bytes] | None = None
    started_at: float = 0.0
    pause: float = FIRST_PAUSE
    due_at: float = field(default_factory=time.monotonic)

    def tend(self, say: Callable[[str], None]) -> None:
        now = time.monotonic()
        if self.process is not None:
            if self.process.poll() is None:
                return
            say(f"{self.name} ended with {self.process.returncode}; starting it again.")
            lived = now - self.started_at
            self.pause = FIRST_PAUSE if lived > 60 else min(self.pause * 2, LONGEST_PAUSE)
            self.process, self.due_at = None, now + self.pause
        if now >= self.due_at:
            # A group of its own: Ctrl-C reaches only this process, which then ends both in order.
            self.process = subprocess.Popen(self.command, start_new_session=True)
            self.started_at = now

    def end(self) -> None:
        if self.process is not None and self.process.poll() is None:
            self.process.terminate()

    def wait(self, until: float) -> None:
        if self.process is None:
            return
        try:
            self.process.wait(max(0.1, until - time.monotonic()))
        except subprocess.TimeoutExpired:
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()


def children(host: str, port: int) -> list[Child]:
    server = [sys.executable, "-m", "granian", "--interface", "wsgi"]
    server += ["--host", host, "--port", str(port), "--workers", "1"]
    server += ["--blocking-threads", str(THREADS), "--backlog", "1024", "--log-level", "error"]
    server += ["--workers-kill-timeout", str(GRACE_SECONDS - 5), "config.wsgi:application"]
    manage = str(settings.BASE_DIR / "manage.py")
    return [
        Child("The server", server),
        Child("The clockwork", [sys.executable, manage, "tick", "--every", "60"]),
    ]


def supervise(tended: list[Child], say: Callable[[str], None]) -> None:
    """Until SIGTERM or Ctrl-C: then every child finishes what is under way, and this returns."""
    is_over = False

    def stop(number: int, frame: FrameType | None) -> None:
        nonlocal is_over
        is_over = True

    signal.signal(signal.SIGTERM, stop)
    signal.signal(signal.SIGINT, stop)
    try:
        while not is_over:
            for child in tended:
                child.tend(say)
            time.sleep(0.1)
    finally:
        for child in tended:
            child.end()
        until = time.monotonic() + GRACE_SECONDS
        for child in tended:
            child.wait(until)


def wait_until_open(host: str, port: int, seconds: float = 20) -> bool:
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        try:
            socket.create_connection((host, port), timeout=1).close()
        except OSError:
            time.sleep(0.05)
        else:
            return True
    return False

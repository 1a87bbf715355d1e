"""What a child process may take, set by itself before it looks at a file; standard library only."""

from __future__ import annotations

import mmap
import resource


def limit_itself(*, memory: int, seconds: int) -> None:
    """Bytes of memory that may still be added to what is there, seconds of processor time, and
    no writing."""
    set_limit(resource.RLIMIT_FSIZE, 0)
    set_limit(resource.RLIMIT_CORE, 0)
    set_limit(resource.RLIMIT_CPU, seconds)
    try:
        with open("/proc/self/statm") as file:
            total, resident = (int(pages) * mmap.PAGESIZE for pages in file.read().split()[:2])
    except OSError:
        return  # not Linux: the parent watches resident memory
    # The limit is on addresses, of which programs reserve more than they use.
    set_limit(resource.RLIMIT_AS, total + memory - resident)


def set_limit(which: int, value: int) -> None:
    _, hard = resource.getrlimit(which)
    if hard != resource.RLIM_INFINITY:
        value = min(value, hard)
    try:
        resource.setrlimit(which, (value, value))
    except (OSError, ValueError):
        return  # some systems know the name and not the limit; the parent watches too

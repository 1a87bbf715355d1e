"""Makes a PDF in a process of its own: `python -m appeals.dossier.typesetting < data > pdf`.

It knows no Django. It limits its own memory and processor time before typst is loaded. What
people wrote comes in as data, never as part of the template, and only our fonts are used.
"""

from __future__ import annotations

import ctypes
import resource
import sys
from pathlib import Path

SECONDS = 30
#: Addresses, not memory in use: the parent watches that. Fonts and threads reserve many.
ADDRESSES = 4 * 1024 * 1024 * 1024
HERE = Path(__file__).resolve().parent
TEMPLATE = HERE / "typst" / "main.typ"
FONTS = HERE.parents[1] / "guides" / "fonts"
#: glibc's names for how it keeps memory: one arena, large pieces given back at once.
TRIM_THRESHOLD, MMAP_THRESHOLD, ARENA_MAX = -1, -3, -8


def limit() -> None:
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))  # it writes to a pipe
    if sys.platform == "linux":
        resource.setrlimit(resource.RLIMIT_AS, (ADDRESSES, ADDRESSES))


def keep_memory_low() -> None:
    """Saves some 20 of 400 MB where the C library can be told; elsewhere nothing happens."""
    set_option = getattr(ctypes.CDLL(None), "mallopt", None)
    if set_option is not None:
        for option, value in ((ARENA_MAX, 1), (MMAP_THRESHOLD, 1 << 17), (TRIM_THRESHOLD, 1 << 17)):
            set_option(option, value)


def typeset(data: str, at: int) -> bytes:
    """`data` is JSON, as the template reads it; `at` the time written into the PDF, in seconds.

    Raises RuntimeError with typst's own words where it fails or warns."""
    import typst

    fonts = typst.Fonts(include_system_fonts=False, font_paths=[str(FONTS)])
    compiler = typst.Compiler(str(TEMPLATE), root=str(HERE), font_paths=fonts)
    made, warnings = compiler.compile_with_warnings(
        format="pdf", sys_inputs={"data": data}, pdf_standards=["ua-1", "a-2a"], timestamp=at
    )
    if warnings:
        raise RuntimeError("; ".join(one.message for one in warnings))
    if not isinstance(made, bytes):
        raise RuntimeError("typst made no PDF")
    return made


def main() -> int:
    limit()
    keep_memory_low()
    at, _newline, data = sys.stdin.buffer.read().decode().partition("\n")
    sys.stdout.buffer.write(typeset(data, int(at)))
    return 0


if __name__ == "__main__":
    sys.exit(main())

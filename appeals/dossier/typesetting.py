"""Makes a PDF in a process of its own: `python -m appeals.dossier.typesetting < data > pdf`.

It knows no Django. It limits its own memory and processor time before typst is loaded. What
people wrote comes in as data, never as part of the template, and only our fonts are used.
"""

from __future__ import annotations

import resource
import sys
from pathlib import Path

SECONDS = 30
#: Addresses, not memory in use: the parent watches that. Fonts and threads reserve many.
ADDRESSES = 4 * 1024 * 1024 * 1024
HERE = Path(__file__).resolve().parent
TEMPLATE = HERE / "dossier.typ"
FONTS = HERE.parents[1] / "guides" / "fonts"
STANDARDS = ["ua-1", "a-2a"]


def limit() -> None:
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    if sys.platform == "linux":
        resource.setrlimit(resource.RLIMIT_AS, (ADDRESSES, ADDRESSES))


def typeset(data: str, at: int) -> bytes:
    """`data` is JSON, as the template reads it; `at` the time written into the PDF, in seconds.

    Raises RuntimeError with typst's own words where it fails or warns."""
    import typst

    fonts = typst.Fonts(include_system_fonts=False, font_paths=[str(FONTS)])
    compiler = typst.Compiler(str(TEMPLATE), root=str(HERE), font_paths=fonts)
    made, warnings = compiler.compile_with_warnings(
        format="pdf", sys_inputs={"data": data}, pdf_standards=STANDARDS, timestamp=at
    )
    if warnings:
        raise RuntimeError("; ".join(one.message for one in warnings))
    return made


def main() -> int:
    limit()
    at, _newline, data = sys.stdin.buffer.read().decode().partition("\n")
    pdf = typeset(data, int(at))
    sys.stdout.buffer.write(pdf)
    return 0


if __name__ == "__main__":
    sys.exit(main())

"""Runs every benchmark, one after the other: `make bench`."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
#: This program, and what others have in common.
NO_BENCHMARK = {Path(__file__).name, "served.py"}


def main() -> int:
    worst = 0
    for path in sorted(HERE.glob("*.py")):
        if path.name in NO_BENCHMARK:
            continue
        print(f"== {path.stem}", flush=True)
        worst = max(worst, subprocess.run([sys.executable, str(path)], check=False).returncode)
    return worst


if __name__ == "__main__":
    sys.exit(main())

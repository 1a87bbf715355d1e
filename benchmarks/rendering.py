"""Does any text that an editor can send take a second to render, or to be refused?

Renders the hostile texts of the tests and every bundled guide, prints the slowest, and fails
where one takes longer than a second.
"""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
LIMIT = 1.0
SHOWN = 15
ROUNDS = 3


def texts() -> Iterator[tuple[str, str]]:
    from tests.guides.rendering.hostile import INPUTS

    for name, body, _wanted in INPUTS:
        yield name, body
    for path in sorted((ROOT / "guides/content").glob("*/*.md")):
        _head, _empty, body = path.read_text("utf-8").partition("\n\n")
        yield f"{path.parent.name}/{path.name}", body


def seconds(body: str) -> float:
    """The best of a few rounds: what the text costs, not what else the machine was doing."""
    from guides.rendering import Refused
    from tests.guides.rendering.samples import rendered

    best = float("inf")
    for _round in range(ROUNDS):
        started = time.perf_counter()
        with suppress(Refused):  # being refused takes its time too
            rendered(body)
        best = min(best, time.perf_counter() - started)
    return best


def main() -> int:
    sys.path.insert(0, str(ROOT))
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    import django

    django.setup()
    times = sorted(((seconds(body), name) for name, body in texts()), reverse=True)
    for taken, name in times[:SHOWN]:
        print(f"{taken * 1000:8.1f} ms  {name}")
    slowest = times[0][0]
    print(f"{len(times)} texts, the slowest {slowest * 1000:.0f} ms; limit {LIMIT * 1000:.0f} ms")
    return int(slowest > LIMIT)


if __name__ == "__main__":
    raise SystemExit(main())

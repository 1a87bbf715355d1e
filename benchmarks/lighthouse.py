"""Does Lighthouse give its pages 100 in all four categories, on a phone, in both languages?

Starts the site with the bundled guides in a folder and on a port of its own, and asks for each
page five times; the median counts. Lighthouse comes from npm and needs Node 18 and a Chromium:

    npm install --global lighthouse@12
    make bench, or: .venv/bin/python benchmarks/lighthouse.py [part of an address …]

LIGHTHOUSE names the program where it is not on the path. Everything stops by itself.
"""

from __future__ import annotations

import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
RUNS = 5
#: On a busy machine it misses the beginning of a page now and then, and says so.
TRIES = 3
#: Home, a clause, the comparison, a step guide, a search that finds something.
PAGES = ["", "guides/clause-2-4/", "methods/", "guides/exposed/", "search/?q=MWS"]
LANGUAGES = ["zh-hans", "en"]


def report(program: str, chromium: str, address: str) -> dict[str, Any]:
    flags = "--headless=new" + (" --no-sandbox" if os.geteuid() == 0 else "")
    command = [program, address, "--quiet", "--output=json", f"--chrome-flags={flags}"]
    for _try in range(TRIES):
        done = subprocess.run(
            command,
            env=os.environ | {"CHROME_PATH": chromium},
            capture_output=True,
            text=True,
            timeout=180,
            check=False,
        )
        if done.returncode == 0:
            return dict(json.loads(done.stdout))
    raise SystemExit(f"Lighthouse could not look at {address}:\n{done.stderr}")


def shortfalls(found: dict[str, Any]) -> Iterator[str]:
    """The audits that cost points, with what they are about."""
    for category in found["categories"].values():
        for one in category["auditRefs"]:
            audit = found["audits"][one["id"]]
            if one["weight"] and audit["score"] is not None and audit["score"] < 1:
                yield f"{category['title']}: {audit['title']} {audit.get('displayValue', '')}"


def measure(program: str, chromium: str, address: str) -> bool:
    """The medians of one page, and what kept it from 100 in any run."""
    reports = [report(program, chromium, address) for _run in range(RUNS)]
    scores = {
        category["title"]: round(
            100 * statistics.median(one["categories"][name]["score"] for one in reports)
        )
        for name, category in reports[0]["categories"].items()
    }
    print(address, ", ".join(f"{title} {score}" for title, score in scores.items()), flush=True)
    for fault in sorted({fault for one in reports for fault in shortfalls(one)}):
        print("   ", fault)
    return all(score == 100 for score in scores.values())


def main(wanted: list[str]) -> int:
    sys.path.insert(0, str(ROOT))
    from config import bootstrap

    program = shutil.which(os.environ.get("LIGHTHOUSE", "lighthouse"))
    chromium = bootstrap.find_chromium()
    if not program or not chromium:
        missing = "a Chromium" if program else "Lighthouse (npm install --global lighthouse@12)"
        print(f"Not measured: {missing} is not here.")
        return 0
    pages = [f"/{language}/{page}" for page in PAGES for language in LANGUAGES]
    if wanted:
        pages = [page for page in pages if any(words in page for words in wanted)]
    with tempfile.TemporaryDirectory() as folder:
        from benchmarks.slow_clients import HOST, free_port, served

        port = free_port()
        os.environ |= {"VAR_DIR": folder, "PORT": str(port)}
        with served(port):
            good = [measure(program, chromium, f"http://{HOST}:{port}{page}") for page in pages]
    return 0 if all(good) else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

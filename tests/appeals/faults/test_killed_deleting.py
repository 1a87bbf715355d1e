"""The process is killed at each point of a deletion: all rows with their bytes, or no row at all,
and then what is left of the bytes is found and removed."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

from .child import DIED
from .conftest import ROOT, Site
from .deleting import POINTS

#: Where the rows are there still, and so must be everything.
KEPT = {"before the lines go", "amid the transaction", "before the commit"}
LATER = "61"


def deleting(site: Site, *words: str) -> subprocess.CompletedProcess[str]:
    environment = {k: v for k, v in os.environ.items() if k != "DATABASE_URL"}
    return subprocess.run(
        [sys.executable, "-W", "ignore", "-m", "tests.appeals.faults.deleting", *words],
        env=environment | {"VAR_DIR": str(site.folder)},
        cwd=ROOT, capture_output=True, text=True, check=False, timeout=120,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("what", "point"),
    [
        *(("case", point) for point in POINTS),
        *(("account", point) for point in ("before the commit", "after the commit")),
    ],
)
def test_a_process_killed_amid_a_deletion_leaves_all_or_bytes_that_are_found(
    site: Site, what: str, point: str
) -> None:
    assert site.ask("upload")["status"] == 302  # a second file

    killed = deleting(site, what, point)

    assert killed.returncode == DIED, killed.stderr
    now = site.ask("look")
    assert now["missing"] == []  # never a row without its bytes
    if point in KEPT:
        assert len(now["sums"]) == now["added"] == 2
        assert now["sums"] == now["said"]
        assert now["without_row"] == []
        again = deleting(site, what)
        assert again.returncode == 0, again.stderr
    later = site.ask("look", LATER)
    assert later["sums"] == {}
    assert later["added"] == 0
    assert later["without_row"] == later["missing"] == []
    # The bytes were old enough to be looked at, and are gone now.
    assert site.ask("look", LATER)["removed"] == 0


def test_without_a_crash_nothing_is_left_to_find(site: Site) -> None:
    done = deleting(site, "case")

    assert done.returncode == 0, done.stderr
    assert site.ask("look", LATER)["removed"] == 0

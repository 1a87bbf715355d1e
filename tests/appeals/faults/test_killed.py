"""The process is killed at each point of an upload and of sealing: nothing answered is lost, and
nothing half stays."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from .child import OF_SEALING, OF_UPLOADS
from .conftest import Site

#: Where the row was there already; the person was only not told.
KEPT = {"after the commit"}
#: Where something of the file lies about that no row names, until it is found.
ORPHANED = {"amid spooling", "after spooling", "after settling"} | {
    "amid the transaction",
    "before the commit",
}
#: Longer than any upload takes, in minutes.
LATER = "61"


@pytest.mark.parametrize("point", OF_UPLOADS)
def test_a_process_killed_amid_an_upload_leaves_row_and_bytes_or_neither(
    site: Site, prepared: tuple[Path, dict[str, Any]], point: str
) -> None:
    assert prepared[1]["status"] == 302

    site.dies("upload", point)

    names = {"answered.jpg", "late.jpg"} if point in KEPT else {"answered.jpg"}
    at_once = site.ask("look")
    assert set(at_once["sums"]) == names
    assert at_once["removed"] == 0  # whoever is still at it is not disturbed
    assert bool(at_once["without_row"]) == (point in ORPHANED)
    later = site.ask("look", LATER)
    assert later["removed"] == len(at_once["without_row"]) + at_once["uploading"]
    assert later["missing"] == later["without_row"] == []
    assert later["uploading"] == 0
    assert later["sums"] == later["said"]
    assert later["sums"]["answered.jpg"] == prepared[1]["sha256"]
    assert later["added"] == len(names)


@pytest.mark.parametrize("point", ["after settling", "before the commit", "after the commit"])
def test_the_file_can_be_sent_again_at_once(site: Site, point: str) -> None:
    site.dies("upload", point)

    again = site.ask("upload")

    # What the case holds already is said and linked, not kept twice.
    assert again["status"] == (422 if point in KEPT else 302)
    later = site.ask("look", LATER)
    assert later["sums"]["late.jpg"] == again["sha256"]
    assert later["added"] == len(later["sums"]) == 2
    assert later["missing"] == later["without_row"] == []


@pytest.mark.parametrize("point", OF_SEALING)
def test_a_process_killed_amid_sealing_leaves_a_sealed_round_or_none(
    site: Site, point: str
) -> None:
    site.dies("seal", point)

    at_once = site.ask("look")
    is_sealed = point in KEPT
    assert len(at_once["sealed"]) == at_once["sent"] == int(is_sealed)
    assert bool(at_once["without_row"]) == (point in ORPHANED)
    later = site.ask("look", LATER)
    assert later["removed"] == len(at_once["without_row"])
    assert later["without_row"] == later["missing"] == []
    # Whoever was not answered sends the form again: the round is sealed once.
    assert site.ask("seal")["status"] == 302
    again = site.ask("look", LATER)
    assert again["sent"] == len(again["sealed"]) == 1
    assert again["removed"] == 0
    if is_sealed:
        assert again["sealed"] == at_once["sealed"]

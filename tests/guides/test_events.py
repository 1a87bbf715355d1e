"""Every act of an editor is told in a sentence, also what was written down by an older release."""

from __future__ import annotations

from typing import Any

import pytest
from django.utils import translation

from guides.events import QUOTED, SENTENCES, sentence
from guides.models import EditorialEvent

KINDS = list(EditorialEvent.Kind.values)
#: As much as each writes down, and what is told of it.
TOLD = [
    ("drafted", {"revision": 16}, "en", "saved draft 16 of T, English"),
    ("submitted", {"revision": 16}, "en", "sent T, English, revision 16 for review"),
    ("approved", {"revision": 16}, "en", "approved T, English, revision 16"),
    (
        "sent-back",
        {"revision": 16, "reason": "No source."},
        "zh-hans",
        "sent back T, Chinese, revision 16: No source.",
    ),
    ("matched", {"blocks": 1, "revision": 3}, "en",
     "matched 1 paragraph of T, English, revision 3 with the other language"),
    ("matched", {"blocks": None}, "en", "matched all of T, English with the other language"),
    ("restored", {"revision": 2}, "en", "restored revision 2 of T, English as a draft"),
    ("withdrawn", {"because": "Wrong."}, "en", "withdrew T, English: Wrong."),
    ("checked", {}, "", "checked T: nothing changed"),
    ("postponed", {"before": None, "to": "2026-12-01", "because": "Later."}, "",
     "postponed the check of T to 2026-12-01: Later."),
    ("renamed", {"before": "a", "after": "b"}, "", "changed the address of T from “a” to “b”"),
    ("scheduled", {"time": "2026-12-01 09:00 Beijing time"}, "",
     "gave the release “T” its time: 2026-12-01 09:00 Beijing time"),
    ("unscheduled", {"time": "9", "cancelled": True}, "",
     "cancelled the release “T”, which was to go live at 9"),
    ("not-released", {"time": "9", "refusals": 2}, "",
     "could not make the release “T” live at 9: 2 reasons"),
    ("source-changed", {"before": {"version": "1", "grade": "own"},
                        "after": {"version": "2", "grade": "own"}}, "",
     "changed the source T: version or date shown"),
    ("source-changed", {"before": None, "after": {}}, "", "added the source T"),
    ("source-changed", {"before": {}, "after": None}, "", "removed the source T"),
    ("preview-shared", {"revision": 3, "until": "2026-12-01T08:00:00+00:00"}, "en",
     "made a preview link for T, English, revision 3, good until 2026-12-01"),
    ("miss-handled", {"times": 3}, "zh-hans", "marked the search for “T”, Chinese as handled"),
]  # fmt: skip


@pytest.mark.parametrize(("kind", "details", "language", "told"), TOLD)
def test_it_says_what_was_done(kind: str, details: Any, language: str, told: str) -> None:
    with translation.override("en"):
        assert sentence(kind, details, about="T", language=language) == told


def test_every_kind_has_its_sentence() -> None:
    assert set(SENTENCES) == set(KINDS)


@pytest.mark.parametrize("code", ["zh-hans", "en"])
@pytest.mark.parametrize("kind", KINDS)
def test_the_title_stands_in_it_once_whatever_else_was_kept(kind: str, code: str) -> None:
    with translation.override(code):
        registers = [] if kind in QUOTED else [{"before": {}, "after": {}}]
        for details in ({}, {"revision": 3, "blocks": 2, "time": "9"}, *registers):
            told = sentence(kind, details, about="\x00", language="en")
            assert told.count("\x00") == 1
            assert "None" not in told


def test_what_is_not_known_yet_is_still_a_sentence() -> None:
    with translation.override("en"):
        assert sentence("from-the-future", {}, about="T") == "did something to T"

"""A translation is matched with its source paragraph by paragraph, and what is left stays behind."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import given, settings
from hypothesis import strategies as st

from guides.models import EditorialEvent, Guide, Revision, User
from guides.publishing import (
    StaleRevision,
    block_states,
    digests_of,
    match_translation,
    publish,
)
from guides.publishing.matching import MOST_REVISIONS, matched
from guides.rendering import behind
from guides.rendering.editions import stretches
from tests import factories

from .conftest import draft, make_facts
from .test_translations import EN, ZH, both, english, on

__all__ = ["both"]

#: The places of the lines of ZH, after title, summary, keywords and the heading.
FIRST, SECOND, THIRD, NOTE, QUOTE, TASK = range(4, 10)
CHANGED = ZH.replace("第一句", "头一句").replace("第三条", "第四条").replace("引文", "原文")


@pytest.fixture
def person(db: None) -> User:
    return factories.make_user()


def newest(guide: Guide, language: str) -> Revision:
    return guide.editions.get(language=language).latest


def lag(guide: Guide) -> set[int]:
    return set(block_states(newest(guide, "en"), newest(guide, "zh-hans")))


def match(guide: Guide, **changes: Any) -> Revision:
    edition = english(guide)
    wanted = {"by": None, "places": None, "affects": True, "made_from": edition.latest.number}
    return match_translation(edition=edition, **wanted | changes)


def events(kind: str) -> list[EditorialEvent]:
    return list(EditorialEvent.objects.filter(kind=kind).order_by("pk"))


# --- What became of each block ------------------------------------------------------------


def test_a_change_is_told_with_the_line_as_it_was_and_the_revision_that_changed_it(
    both: Guide,
) -> None:
    draft(both, "zh-hans", body=ZH.replace("第一句", "头句"))
    draft(both, "zh-hans", body=ZH.replace("第一句", "头一句"))
    source = draft(both, "zh-hans", keywords="新词")

    states = block_states(newest(both, "en"), source)

    assert set(states) == {2, FIRST}
    first, keywords = states[FIRST], states[2]
    assert (first.lag, first.before, first.after) == ("changed", "第一句[@s1]。", "头一句[@s1]。")
    assert first.revision == 3
    assert (keywords.before, keywords.after, keywords.revision) == ("词", "新词", 4)
    assert first.together == (FIRST,)
    assert first.source_places == (FIRST,)


def test_what_is_gone_and_what_was_added(both: Guide) -> None:
    changed = ZH.replace("- 第二条[@s1]。\n", "").replace("\n\n> ", "\n\n新段[@s1]。\n\n> ")
    source = draft(both, "zh-hans", body=changed)

    states = block_states(newest(both, "en"), source)

    assert {place: state.lag for place, state in states.items()} == {SECOND: "gone", NOTE: "more"}
    assert (states[SECOND].before, states[SECOND].after) == ("- 第二条[@s1]。", "")
    assert (states[NOTE].before, states[NOTE].after) == ("", "新段[@s1]。")
    assert states[SECOND].revision == states[NOTE].revision == 2
    assert states[SECOND].source_places == ()


def test_lines_that_became_more_belong_together(both: Guide) -> None:
    source = draft(both, "zh-hans", body=ZH.replace("第一句", "头一句[@s1]。\n\n又一句"))

    (state,) = block_states(newest(both, "en"), source).values()

    assert (state.lag, state.together) == ("changed", (FIRST,))
    assert state.after == "头一句[@s1]。\n又一句[@s1]。"
    assert state.source_places == (FIRST, FIRST + 1)

    source = draft(both, "zh-hans", body=ZH.replace("- 第二条[@s1]。\n- 第三条", "- 一条"))
    states = block_states(newest(both, "en"), source)
    assert {place: state.lag for place, state in states.items()} == {
        SECOND: "changed",
        THIRD: "gone",
    }
    assert {state.together for state in states.values()} == {(SECOND, THIRD)}


def test_nothing_behind_and_nothing_known(both: Guide, guide: Guide) -> None:
    english_text = newest(both, "en")
    assert block_states(english_text, newest(both, "zh-hans")) == {}
    english_text.source_digests = None
    assert block_states(english_text, draft(both, "zh-hans", body=CHANGED)) == {}


def test_it_looks_at_the_older_revisions_in_one_query_and_not_at_all_of_them(both: Guide) -> None:
    draft(both, "zh-hans", body=CHANGED)
    for number in range(MOST_REVISIONS):
        source = draft(both, "zh-hans", keywords=f"词{number}")

    with CaptureQueriesContext(
        connection,
    ) as queries:
        states = block_states(newest(both, "en"), source)

    assert len(queries) <= 4  # three of them ask for the two revisions
    assert states[FIRST].before is None
    assert states[FIRST].after == "头一句[@s1]。"
    assert states[2].revision == source.number


# --- Matching -----------------------------------------------------------------------------


def test_one_paragraph_is_matched_and_the_others_stay_behind(both: Guide, person: User) -> None:
    on("2026-11-10", both, "zh-hans", body=CHANGED)
    assert english(both).behind == {"changes": 3, "since": "2026-11-10"}

    made = match(both, places=[FIRST], by=person)

    assert lag(both) == {THIRD, QUOTE}
    assert made.text() == english(both).live.revision.text()
    assert (made.made_by, made.is_minor) == (person, True)
    assert made.note == "Compared with the other language; this text stays."
    (event,) = events("matched")
    assert (event.about, event.language, event.by) == ("a-guide", "en", person)
    assert event.details == {"revision": 2, "source": 2, "blocks": 1}

    publish([made], by=None)

    # Those that are left have been so since the same day.
    assert english(both).behind == {"changes": 2, "since": "2026-11-10"}


def test_what_is_left_counts_from_its_own_day(both: Guide) -> None:
    on("2026-11-10", both, "zh-hans", body=ZH.replace("第一句", "头一句"))
    on("2026-11-20", both, "zh-hans", body=CHANGED)

    publish([match(both, places=[FIRST])], by=None)

    assert english(both).behind == {"changes": 2, "since": "2026-11-20"}


def test_all_at_once(both: Guide) -> None:
    on("2026-11-10", both, "zh-hans", body=CHANGED.replace("\n\n> ", "\n\n新段[@s1]。\n\n> "))

    made = match(both)

    assert made.source_digests == digests_of(newest(both, "zh-hans"))
    assert lag(both) == set()
    assert events("matched")[0].details["blocks"] is None


def test_a_change_that_does_not_concern_the_translation(both: Guide, person: User) -> None:
    on("2026-11-10", both, "zh-hans", body=CHANGED)

    made = match(both, places=[QUOTE], affects=False, by=person)

    assert lag(both) == {FIRST, THIRD}
    assert made.is_minor
    assert "does not concern this text" in made.note
    assert [event.by for event in events("unaffected")] == [person]
    assert events("matched") == []


def test_the_note_is_in_the_language_of_the_text(guide: Guide) -> None:
    Guide.objects.filter(pk=guide.pk).update(source_language="en")
    guide.refresh_from_db()
    source = draft(guide, "en", body=EN, facts=make_facts(source_language="en"))
    translation = draft(guide, "zh-hans", body=ZH, facts=None, source_digests=digests_of(source))
    publish([source, translation], by=None)
    draft(guide, "en", body=EN.replace("First", "The first"))
    edition = guide.editions.get(language="zh-hans")

    made = match_translation(
        edition=edition, by=None, places=[FIRST], affects=True, made_from=edition.latest.number
    )

    assert not made.note.isascii()


def test_a_draft_keeps_its_own_note(both: Guide) -> None:
    on("2026-11-10", both, "zh-hans", body=CHANGED)
    draft(both, "en", body=EN.replace("First", "The first"), note="The first one.", is_minor=False)

    made = match(both, places=[FIRST])

    assert (made.note, made.is_minor) == ("The first one.", False)
    assert made.body.count("The first") == 1


def test_nothing_is_written_where_nothing_is_behind(both: Guide) -> None:
    before = newest(both, "en")
    assert match(both) == before
    draft(both, "zh-hans", body=CHANGED)
    assert match(both, places=[TASK]) == before
    assert not events("matched")


def test_nobody_matches_what_they_have_not_seen(both: Guide) -> None:
    draft(both, "zh-hans", body=CHANGED)
    draft(both, "en", body=EN.replace("First", "The first"))

    with pytest.raises(StaleRevision) as stale:
        match(both, made_from=1)
    assert stale.value.latest == newest(both, "en")
    with pytest.raises(StaleRevision) as stale:
        match(both, source_number=1)
    assert stale.value.latest == newest(both, "zh-hans")
    with pytest.raises(ValueError, match="source"):
        match_translation(
            edition=both.editions.get(language="zh-hans"),
            by=None,
            places=None,
            affects=True,
            made_from=2,
        )
    assert not events("matched")


def test_one_that_was_never_matched_is_matched_as_a_whole(guide: Guide) -> None:
    source = draft(guide, "zh-hans", body=ZH)
    before = draft(guide, "en", body=EN)
    assert match(guide, places=[FIRST]) == before

    assert match(guide).source_digests == digests_of(source)


# --- Whatever the two are -----------------------------------------------------------------

#: Lines of which none stands twice and none moves, as in nearly every text.
distinct = st.sets(st.sampled_from("abcdefghijklmnop"), max_size=12).map(sorted)
any_lines = st.lists(st.sampled_from("abcd"), max_size=10)


@settings(max_examples=60, deadline=None)
@given(kept=any_lines, live=any_lines)
def test_matching_all_leaves_nothing_behind(kept: list[str], live: list[str]) -> None:
    places = {place for one in stretches(kept, live) for place in one.places}

    assert matched(kept, live, None) == live
    assert matched(kept, live, places) == live
    assert matched(kept, live, ()) == kept


@settings(max_examples=120, deadline=None)
@given(kept=distinct, live=distinct, data=st.data())
def test_matching_one_stretch_leaves_the_others_as_they_were(
    kept: list[str], live: list[str], data: st.DataObject
) -> None:
    found = stretches(kept, live)
    if not found:
        return
    stretch = data.draw(st.sampled_from(found))

    made = matched(kept, live, [*stretch.places])

    assert made is not None
    shared = [one for one in found if one != stretch and set(one.places) & set(stretch.places)]
    assert behind(made, live) == behind(kept, live) - stretch.size - sum(one.size for one in shared)


@settings(max_examples=60, deadline=None)
@given(kept=distinct, data=st.data())
def test_matching_one_changed_line_leaves_one_less(kept: list[str], data: st.DataObject) -> None:
    changed = data.draw(st.sets(st.sampled_from(range(len(kept))))) if kept else set()
    live = [f"new {line}" if at in changed else line for at, line in enumerate(kept)]
    if not changed:
        return
    place = data.draw(st.sampled_from(sorted(changed)))

    made = matched(kept, live, [place])

    assert made is not None
    assert behind(made, live) == len(changed) - 1

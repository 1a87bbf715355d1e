"""Writing the letter: versions, history, one line an hour, and nothing lost."""

from __future__ import annotations

import datetime

import pytest
from django.utils import timezone

from appeals import actions
from appeals.actions.refusals import Gone, StaleVersion, WrongPlace
from appeals.models import Case, Event, LetterRevision, LetterSection
from appeals.rules.cells import State
from guides.models.lasting import Unchangeable

pytestmark = pytest.mark.django_db
Way = LetterRevision.Way


@pytest.fixture
def save(case, owner):
    """Saves the third section; versions of what is there now unless others are named."""

    def call(english=None, chinese=None, demand=3, by=owner, way=Way.HAND, **versions):
        texts = {"en": english, "zh-hans": chinese}
        texts = {language: text for language, text in texts.items() if text is not None}
        there = {
            one.language: one.version
            for one in LetterSection.objects.filter(demand__case=case, demand__ordinal=demand)
        }
        known = {language: there.get(language, 0) for language in texts} | versions
        return actions.letters.save(
            case, by=by, demand=demand, texts=texts, versions=known, way=way
        )

    return call


def section(case, demand=3, language="en"):
    return LetterSection.objects.get(demand__case=case, demand__ordinal=demand, language=language)


def texts(case, language="en"):
    return [one.text for one in section(case, language=language).revisions.order_by("number")]


def test_a_section_is_saved_in_each_language_that_changed(case, owner, save):
    assert save("One", "一") == ("en", "zh-hans")
    assert save("Two", "一") == ("en",)

    assert section(case).text == "Two"
    assert (section(case).version, section(case, language="zh-hans").version) == (2, 1)
    assert section(case).changed_by == owner
    assert texts(case) == ["One", "Two"]


def test_an_empty_text_that_was_never_there_makes_no_row(case, save):
    assert save("One", "") == ("en",)
    assert LetterSection.objects.count() == 1


def test_what_is_there_already_is_not_saved_again(case, save, events):
    save("One")

    assert save("One", en=0) == ()

    assert len(events()) == 1
    assert texts(case) == ["One"]


def test_a_stale_text_is_refused_with_both_and_nothing_is_written(case, save):
    save("One", "一")
    save("Two")

    with pytest.raises(StaleVersion) as refused:
        save("Mine", "二", en=1)

    assert refused.value.current == {"en": "Two"}
    assert refused.value.sent == {"en": "Mine"}
    assert section(case).text == "Two"
    assert section(case, language="zh-hans").text == "一"


def test_a_section_that_appeared_meanwhile_is_not_overwritten(case, save):
    save("One")

    with pytest.raises(StaleVersion):
        save("Mine", en=0)


def test_what_was_not_taken_is_kept_aside_once(case, owner, save):
    save("One")
    save("Two")

    for _ in range(2):
        actions.letters.keep_aside(case, by=owner, demand=3, texts={"en": "Mine"})

    assert section(case).text == "Two"
    assert texts(case) == ["One", "Two", "Mine"]
    assert section(case).revisions.get(number=3).way == Way.ASIDE


def test_an_earlier_text_is_brought_back_as_a_new_one(case, owner, save, events):
    save("One")
    save("Two")

    assert actions.letters.restore(case, by=owner, demand=3, language="en", number=1)
    assert not actions.letters.restore(case, by=owner, demand=3, language="en", number=1)

    assert section(case).text == "One"
    assert texts(case) == ["One", "Two", "One"]
    assert [one.kind for one in events()] == [
        Event.Kind.LETTER_WRITTEN,
        Event.Kind.LETTER_WRITTEN,
        Event.Kind.LETTER_RESTORED,
    ]


@pytest.mark.parametrize(("language", "number"), [("en", 2), ("zh-hans", 1), ("", 0)])
def test_a_text_that_never_was_cannot_be_brought_back(case, owner, save, language, number):
    save("One")

    with pytest.raises(Gone):
        actions.letters.restore(case, by=owner, demand=3, language=language, number=number)


def test_there_is_no_section_on_what_is_not_asked(case, save):
    with pytest.raises(WrongPlace):
        save("One", demand=99)


def test_each_section_saved_by_hand_is_a_line(case, save, events):
    save("One")
    save("Two")
    save("Other", demand=1)

    assert [one.details["demand"] for one in events()] == [3, 3, 1]
    assert "One" not in str([one.details for one in events()])


def test_what_is_saved_by_itself_is_one_line_an_hour(case, save, events):
    for number in range(3):
        save(f"Text {number}", way=Way.ITSELF)
    save("Other", demand=1, way=Way.ITSELF)

    assert [one.details["demand"] for one in events()] == [3, 1]
    assert texts(case) == ["Text 0", "Text 1", "Text 2"]


def test_after_an_hour_it_is_another_line(case, save, events, monkeypatch):
    save("One", way=Way.ITSELF)
    later = timezone.now() + datetime.timedelta(hours=1, minutes=1)
    monkeypatch.setattr(timezone, "now", lambda: later)

    save("Two", way=Way.ITSELF)

    assert len(events()) == 2


def test_somebody_else_is_another_line(case, save, events, stranger):
    save("One", way=Way.ITSELF)

    save("Two", way=Way.ITSELF, by=stranger)

    assert [one.by_id for one in events()] == [case.owner_id, stranger.pk]


def test_every_save_is_a_change_of_the_case(case, save):
    save("One", way=Way.ITSELF)
    before = Case.objects.get(pk=case.pk).changed_at

    save("Two", way=Way.ITSELF)

    assert Case.objects.get(pk=case.pk).changed_at > before


def test_history_is_not_rewritten(case, save):
    save("One")
    revision = LetterRevision.objects.get()

    revision.text = "Other"
    with pytest.raises(Unchangeable):
        revision.save()
    with pytest.raises(Unchangeable):
        LetterRevision.objects.update(text="Other")
    with pytest.raises(Unchangeable):
        revision.delete()


def test_a_case_goes_with_its_letter(case, save):
    save("One")

    case.delete()

    assert not LetterSection.objects.exists()
    assert not LetterRevision.objects.exists()


class TestAnswers:
    @pytest.fixture
    def demand(self, case):
        return case.demands.create(
            ordinal=8, label="8.", position=8, scope="case", rule="answered", wording="Who?"
        )

    def state(self, case):
        return Case.objects.get(pk=case.pk).assess().cell(8).state

    def test_the_text_to_be_sent_answers_a_demand(self, case, demand, save):
        assert self.state(case) is State.NOT_STARTED

        save("The owner keeps them.", demand=8)

        assert self.state(case) is State.READY

    def test_the_text_beside_answers_nothing(self, case, demand, save):
        save(None, "负责人保管。", demand=8)

        assert self.state(case) is State.NOT_STARTED

    def test_it_is_confirmed_with_the_facts_and_no_other_section_is(self, case, demand, save):
        before = Case.objects.get(pk=case.pk).assess().digest

        save("Words.", demand=3)
        assert Case.objects.get(pk=case.pk).assess().digest == before

        save("The owner keeps them.", demand=8)
        assert Case.objects.get(pk=case.pk).assess().digest != before


class TestSentences:
    KEY = "letter/not-mentioned/3/A/e3b0c442"

    def explain(self, case, owner, sentence, **changes):
        actions.letters.explain(
            case, by=owner, demand=3, check=self.KEY, sentence=sentence, **changes
        )

    def test_a_sentence_says_that_it_is_right_all_the_same(self, case, owner, events):
        self.explain(case, owner, "It is meant so.")

        written = case.explanations.get()
        assert (written.finding, written.sentence) == (self.KEY, "It is meant so.")
        assert [one.kind for one in events()] == [Event.Kind.EXPLAINED]

    def test_it_can_be_taken_back(self, case, owner, events):
        self.explain(case, owner, "It is meant so.")
        self.explain(case, owner, "")
        self.explain(case, owner, "")

        assert not case.explanations.exists()
        assert [one.kind for one in events()][1:] == [Event.Kind.EXPLANATION_REMOVED]

    def test_it_overwrites_no_other_silently(self, case, owner):
        self.explain(case, owner, "One.")

        with pytest.raises(StaleVersion):
            self.explain(case, owner, "Two.", version=0)

"""What lines of a reply become: asked again, new, taken out, the deadline; and taken back."""

from __future__ import annotations

import datetime
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from appeals import actions
from appeals.actions.refusals import InUse, NoNotice, NoSuchLine, StaleVersion, WrongPlace
from appeals.models import Case, Demand, Event, Provider, Submission
from appeals.rules.cells import State
from appeals.rules.steps import StepKind
from tests import factories
from tests.appeals.rounds import confirmed, loaded, replied, sealed

pytestmark = pytest.mark.django_db

REPLY = """Thank you.
1. The main contact of Tool B.
2. Proof of payment for one more month.
You do not need to describe the service again.
Please reply by September 30."""


@pytest.fixture
def case(owner: Any) -> Case:
    case = factories.open_case(owner)
    for name in ("ERP A", "Tool B"):
        actions.providers.add(case, by=owner, name=name)
    confirmed(case)
    replied(sealed(case), reply_text=REPLY)
    return loaded(case)


@pytest.fixture
def tool(case: Case) -> Provider:
    return case.providers.get(letter="B")


def of(case: Case, ordinal: int) -> Demand:
    return case.demands.get(ordinal=ordinal)


def reply_of(case: Case) -> Submission:
    return case.submissions.get()


def again(case: Case, ordinal: int, line: int, **changes: Any) -> None:
    demand = of(case, ordinal)
    values = {"by": case.owner, "version": demand.version, "round": 2, "line": line}
    actions.lines.ask_again(demand, **values | changes)


def new(case: Case, line: int = 2, **changes: Any) -> Demand:
    fields = {"label": "1.", "wording": "The main contact.", "scope": "case", "line": line}
    return actions.demands.add(case, by=case.owner, round=2, **fields | changes)


def take_out(case: Case, ordinal: int, line: int = 4) -> Demand:
    demand = of(case, ordinal)
    actions.demands.change(
        demand,
        by=case.owner,
        version=demand.version,
        standing="left-out",
        out_line=line,
        out_round=2,
    )
    return of(case, ordinal)


def unmark(case: Case, line: int, only: int | None = None) -> None:
    actions.lines.unmark(case, by=case.owner, line=line, only=only, round=2)


def marked_by_the_notice(case: Case, ordinal: int, standing: str = "left-out") -> None:
    """By its third line."""
    now = loaded(case)
    text = "1. Who?\n2. When?\nYou need not prove the rest."
    actions.cases.record_notice(now, by=now.owner, version=now.version, notice_text=text)
    demand = of(case, ordinal)
    actions.demands.change(demand, by=case.owner, version=demand.version, standing=standing, line=3)


def in_the_third_round(case: Case, again: Demand) -> None:
    """Whose reply asks once more, in its second line."""
    confirmed(case)
    replied(sealed(case), reply_text="Again.\n1. The same.", reply_on=datetime.date(2018, 9, 28))
    again.refresh_from_db()
    actions.lines.ask_again(again, by=case.owner, version=again.version, round=3, line=2)


def changes(case: Case) -> Any:
    return Event.objects.of_case(case)


class TestNew:
    def test_it_comes_after_what_the_notice_asks(self, case: Case) -> None:
        """Also where only one line of the notice was marked."""
        case.demands.filter(ordinal=1).update(line=1)
        case.demands.filter(ordinal__gt=1).update(line=None)

        demand = new(case)

        asked = case.demands.filter(standing="asked").order_by("position")
        assert list(asked.values_list("ordinal", flat=True)) == [1, 2, 3, 4, 5, 6, demand.ordinal]

    def test_two_demands_of_the_reply(self, case: Case, tool: Provider) -> None:
        """Worked case 16, without what was there before."""
        new(case, 2, provider=tool, scope="provider")
        new(case, 3, label="2.", wording="Proof of payment.")

        asked = [
            (one.demand.ordinal, one.demand.label, one.demand.rule.value, one.demand.round)
            for one in loaded(case).assess().demands
            if one.demand.ordinal > 7
        ]
        assert asked == [(8, "1.", "answered", 2), (9, "2.", "answered", 2)]
        assert loaded(case).assess().tally.of == 8

    def test_of_one_provider_alone(self, case: Case, tool: Provider) -> None:
        new(case, provider=tool, scope="provider")

        (state,) = [one for one in loaded(case).assess().demands if one.demand.ordinal == 8]
        assert [cell.provider for cell in state.cells] == ["B"]

    @pytest.mark.parametrize("line", [0, 6, 999])
    def test_only_lines_that_the_reply_has(self, case: Case, line: int) -> None:
        with pytest.raises(NoSuchLine):
            new(case, line)
        with pytest.raises(NoSuchLine):
            again(case, 5, line)
        with pytest.raises(NoSuchLine):
            take_out(case, 3, line)
        with pytest.raises(NoSuchLine):
            actions.lines.mark_deadline(
                case, by=case.owner, version=reply_of(case).version, line=line, round=2
            )

    def test_lines_of_a_round_without_reply_are_none(self, case: Case) -> None:
        with pytest.raises(NoSuchLine):
            actions.demands.add(
                case, by=case.owner, label="1", wording="What", scope="case", line=1, round=3
            )

    def test_the_line_of_the_timeline_says_of_which_round(self, case: Case) -> None:
        new(case)

        assert Event.objects.of_case(case)[0].details["of_round"] == 2


class TestAgain:
    def test_it_is_the_same_thing(self, case: Case) -> None:
        again(case, 5, 3)
        again(case, 5, 3)

        assert reply_of(case).reply_lines == [[3, 5]]
        assert loaded(case).assess().tally.of == 6
        kinds = Event.objects.of_case(case).filter(details__change="again")
        assert [one.details["round"] for one in kinds] == [1]

    def test_advice_that_is_asked_for_counts_while_it_is(self, case: Case) -> None:
        again(case, 7, 3)
        assert of(case, 7).standing == "asked"

        unmark(case, 3)
        assert of(case, 7).standing == "advised"

    def test_what_was_left_out_is_asked(self, case: Case) -> None:
        take_out(case, 3)
        again(case, 3, 2)

        assert (of(case, 3).standing, of(case, 3).out_line) == ("asked", None)

    def test_the_line_that_left_it_out_does_not_ask_for_it(self, case: Case) -> None:
        marked_by_the_notice(case, 4)
        again(case, 4, 2)
        assert (of(case, 4).standing, of(case, 4).line) == ("asked", None)

        unmark(case, 2)
        assert (of(case, 4).standing, of(case, 4).line) == ("asked", None)

    def test_advice_that_another_reply_took_out_stays_out(self, case: Case) -> None:
        again(case, 7, 3)
        take_out(case, 7)
        unmark(case, 3)

        assert (of(case, 7).standing, of(case, 7).out_line) == ("left-out", 4)

    def test_taken_out_and_back_it_still_counts(self, case: Case) -> None:
        again(case, 7, 3)
        take_out(case, 7)
        unmark(case, 4)

        assert of(case, 7).standing == "asked"

    def test_what_the_reply_itself_added_is_not_asked_again(self, case: Case) -> None:
        demand = new(case)

        with pytest.raises(WrongPlace):
            again(case, demand.ordinal, 3)

    def test_a_stale_form_takes_nothing_back_in(self, case: Case) -> None:
        take_out(case, 3)

        with pytest.raises(StaleVersion):
            again(case, 3, 2, version=1)

    def test_one_of_several_marks_goes(self, case: Case) -> None:
        again(case, 5, 3)
        again(case, 2, 3)
        unmark(case, 3, only=2)

        assert reply_of(case).reply_lines == [[3, 5]]


class TestTakenOut:
    def test_it_is_not_counted_and_keeps_where_it_was_asked(self, case: Case) -> None:
        Demand.objects.filter(pk=of(case, 3).pk).update(line=None)
        demand = take_out(case, 3)

        assert (demand.line, demand.round) == (None, 1)
        assert (demand.out_line, demand.out_round) == (4, 2)
        told = Event.objects.of_case(case)[0].details
        assert (told["change"], told["line"], told["round"]) == ("left-out", 4, 1)
        assert loaded(case).assess().tally.of == 5

    def test_taken_back_it_is_asked(self, case: Case) -> None:
        take_out(case, 3)
        unmark(case, 4)

        demand = of(case, 3)
        assert (demand.standing, demand.out_line, demand.out_round) == ("asked", None, None)

    def test_asked_after_all(self, case: Case) -> None:
        demand = take_out(case, 3)
        actions.demands.change(demand, by=case.owner, version=demand.version, standing="asked")

        assert of(case, 3).out_round is None

    def test_the_database_wants_line_and_round_together(self, case: Case) -> None:
        for values in (
            {"out_line": 4},
            {"out_round": 2},
            {"out_line": 4, "out_round": 2},  # and is asked
            {"standing": "left-out"},  # by no line
        ):
            with pytest.raises(IntegrityError), transaction.atomic():
                Demand.objects.filter(pk=of(case, 3).pk).update(line=None, **values)


class TestUnmarking:
    def test_what_it_had_added_goes(self, case: Case) -> None:
        new(case)
        unmark(case, 2)

        assert not case.demands.filter(round=2).exists()

    def test_not_where_something_stands_under_it(self, case: Case) -> None:
        demand = new(case)
        actions.letters.save(
            case, by=case.owner, demand=demand.ordinal, texts={"en": "Me."}, versions={"en": 0}
        )

        with pytest.raises(InUse):
            unmark(case, 2)

    def test_not_where_a_later_reply_asks_for_it_again(self, case: Case) -> None:
        demand = new(case)
        in_the_third_round(case, again=demand)

        with pytest.raises(InUse):
            unmark(case, 2)
        actions.lines.unmark(case, by=case.owner, line=2, round=3)
        unmark(case, 2)

        assert not case.demands.filter(round=2).exists()

    def test_a_mark_of_what_is_gone_is_taken_back(self, case: Case) -> None:
        demand = new(case)
        in_the_third_round(case, again=demand)
        demand.delete()

        actions.lines.unmark(case, by=case.owner, line=2, round=3)

        assert case.submissions.get(round=2).reply_lines == []

    def test_a_line_of_the_notice_is_another(self, case: Case) -> None:
        new(case)
        actions.lines.unmark(case, by=case.owner, line=2)

        assert case.demands.filter(round=2).exists()


class TestCorrectedText:
    def correct(self, case: Case, text: str) -> None:
        row = reply_of(case)
        actions.submissions.record_reply(row, by=case.owner, version=row.version, reply_text=text)

    def test_marks_move_with_their_lines(self, case: Case) -> None:
        new(case)
        again(case, 5, 3)
        take_out(case, 3)
        row = reply_of(case)
        actions.lines.mark_deadline(case, by=case.owner, version=row.version, line=5, round=2)

        self.correct(case, "Dear seller,\n" + REPLY)

        row = reply_of(case)
        assert of(case, 8).line == 3
        assert row.reply_lines == [[4, 5]]
        assert of(case, 3).out_line == 5
        assert row.reply_deadline_line == 6

    def test_what_a_lost_line_took_out_is_asked_again(self, case: Case) -> None:
        take_out(case, 3)

        self.correct(case, "\n".join(REPLY.splitlines()[:3]))

        assert of(case, 3).standing == "asked"

    def test_advice_is_advice_again(self, case: Case) -> None:
        counted = loaded(case).assess().tally.of
        take_out(case, 7)

        self.correct(case, "\n".join(REPLY.splitlines()[:3]))

        assert (of(case, 7).standing, of(case, 7).out_line) == ("advised", None)
        assert loaded(case).assess().tally.of == counted
        assert changes(case).filter(details__change="advised", details__demand=7).exists()

    def test_advice_that_a_lost_line_asked_again_is_not_counted(self, case: Case) -> None:
        again(case, 7, 3)

        self.correct(case, "\n".join(REPLY.splitlines()[:2]))

        assert of(case, 7).standing == "advised"
        assert reply_of(case).reply_lines == []
        assert changes(case).filter(details__change="not-again").exists()

    def test_and_so_it_is_with_the_notice(self, case: Case) -> None:
        marked_by_the_notice(case, 7)

        now = loaded(case)
        actions.cases.record_notice(
            now, by=now.owner, version=now.version, notice_text="1. Who?\n2. When?"
        )

        assert (of(case, 7).standing, of(case, 7).line) == ("advised", None)

    def test_nor_does_advice_count_that_a_lost_line_had_asked_for(self, case: Case) -> None:
        marked_by_the_notice(case, 7, standing="asked")

        now = loaded(case)
        actions.cases.record_notice(
            now, by=now.owner, version=now.version, notice_text="1. Who?\n2. When?"
        )

        assert (of(case, 7).standing, of(case, 7).line) == ("advised", None)
        assert changes(case).filter(details__change="advised", details__demand=7).exists()


class TestDeadline:
    def set(self, case: Case, **fields: Any) -> tuple[str, ...]:
        row = reply_of(case)
        version = fields.pop("version", row.version)
        values = {
            "reply_deadline_on": datetime.date(2018, 9, 30),
            "reply_deadline_time": None,
            "reply_has_no_deadline": False,
            "reply_time_zone": "America/Los_Angeles",
        }
        return actions.submissions.set_reply_deadline(
            row, by=case.owner, version=version, **values | fields
        )

    def test_it_is_that_of_the_round(self, case: Case) -> None:
        assert self.set(case)

        assert str(loaded(case).assess().deadline.on) == "2018-09-30"
        assert Event.objects.of_case(case)[0].details["round"] == 1
        assert self.set(case) == ()
        with pytest.raises(StaleVersion):
            self.set(case, version=1, reply_deadline_on=datetime.date(2018, 10, 1))

    def test_where_it_is_missing_the_step_leads_to_the_reply(self, case: Case) -> None:
        self.set(case, reply_deadline_on=None)

        (step,) = [one for one in loaded(case).assess().steps if one.kind is StepKind.SET_DEADLINE]
        assert (step.place.page.value, step.place.round) == ("reply", 1)

    def test_before_a_reply_there_is_none(self, owner: Any) -> None:
        case = factories.open_case(owner)
        confirmed(case)
        row = sealed(case)

        with pytest.raises(NoNotice):
            actions.submissions.set_reply_deadline(
                row, by=owner, version=row.version, reply_has_no_deadline=True
            )


class TestDeletedProvider:
    def test_what_was_asked_of_it_alone_is_asked_of_the_store(
        self, case: Case, tool: Provider, owner: Any
    ) -> None:
        new(case, provider=tool, scope="provider")

        actions.providers.delete(tool, by=owner)

        demand = of(case, 8)
        assert (demand.scope, demand.provider) == ("case", None)
        (state,) = [one for one in loaded(case).assess().demands if one.demand.ordinal == 8]
        assert state.state is State.NOT_STARTED
        assert Event.objects.of_case(case).filter(details__change="of-the-store").exists()

    def test_no_other_way_deletes_it(self, case: Case, tool: Provider) -> None:
        from django.db.models import RestrictedError

        new(case, provider=tool, scope="provider")

        with pytest.raises(RestrictedError):
            tool.delete()

    def test_a_whole_case_goes_all_the_same(self, case: Case, tool: Provider) -> None:
        new(case, provider=tool, scope="provider")

        case.delete()

        assert not Demand.objects.exists()

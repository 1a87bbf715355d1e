"""Demands follow the notice: added, marked, moved, left out, taken back in."""

from __future__ import annotations

import datetime

import pytest
from django.db import IntegrityError, transaction

from appeals import actions
from appeals.actions.refusals import (
    InUse,
    NoSuchLine,
    StaleVersion,
    TooManyDemands,
    WrongPlace,
)
from appeals.models import Case, Demand, Event, Requirement
from appeals.rules.cells import State
from appeals.rules.facts import ProofFacts
from tests import factories

NOTICE = """To review this, we need:
1. Each service with its contact.
2. Payment records.
3. Proof that access has ended.
4. Who keeps the credentials.
You do not need to explain how you found them."""


@pytest.fixture
def case(owner):
    return factories.open_case(owner, notice_text=NOTICE)


def by_rule(case, rule):
    return case.demands.get(rule=rule)


def change(demand, **fields):
    return actions.demands.change(
        demand, by=demand.case.owner, version=fields.pop("version", demand.version), **fields
    )


def add(case, **changes):
    fields = {"label": "4.", "wording": "Who keeps the credentials.", "scope": "case", "line": 5}
    return actions.demands.add(case, by=case.owner, **fields | changes)


def order(case):
    return [one.ordinal for one in case.demands.all()]


def assessed(case):
    return Case.objects.get(pk=case.pk).assess()


def test_what_the_notice_adds_is_asked_under_the_next_ordinal(case, events):
    demand = add(case)

    assert (demand.ordinal, demand.rule, demand.standing) == (8, "answered", "asked")
    assert assessed(case).tally.of == 7
    assert events()[-1].details == {
        "change": "added",
        "line": 5,
        "demand": 8,
        "label": "4.",
        "rule": "answered",
    }


def test_sent_twice_it_is_added_once(case):
    assert add(case) == add(case)
    assert case.demands.count() == 8


def test_an_ordinal_is_not_given_again(case, owner):
    actions.demands.remove(add(case), by=owner)

    assert add(case).ordinal == 9


def test_it_may_be_asked_of_one_provider_alone(case, owner):
    erp = actions.providers.add(case, by=owner, name="ERP")
    actions.providers.add(case, by=owner, name="Tool")

    add(case, scope="provider", provider=erp)

    (state,) = [one for one in assessed(case).demands if one.demand.ordinal == 8]
    assert [cell.provider for cell in state.cells] == ["A"]
    with pytest.raises(WrongPlace):
        add(case, scope="case", provider=erp, line=1)
    with pytest.raises(WrongPlace):
        add(factories.open_case(owner), scope="provider", provider=erp, line=None)


def test_there_is_no_such_line(case):
    for line in (0, 7):
        with pytest.raises(NoSuchLine):
            add(case, line=line)
        with pytest.raises(NoSuchLine):
            change(by_rule(case, "paid"), line=line)


def test_advice_that_the_notice_asks_for_counts(case, events):
    """Worked case 25."""
    changed = change(by_rule(case, "ended"), standing="asked", line=4, label="3.")

    assert changed == ("standing", "line", "label")
    assert assessed(case).tally.of == 7
    assert events()[-1].details["change"] == "counted"
    change(by_rule(case, "ended"), standing="advised")
    assert assessed(case).tally.of == 6
    assert events()[-1].details["change"] == "advised"


def test_only_our_advice_becomes_advice(case):
    with pytest.raises(WrongPlace):
        change(by_rule(case, "paid"), standing="advised")
    with pytest.raises(WrongPlace):
        change(add(case), standing="advised")


def test_what_is_left_out_has_no_state_and_is_not_counted(case, events):
    """Worked case 15."""
    change(by_rule(case, "paid"), standing="left-out", line=6)

    states = {one.demand.ordinal: one.state for one in assessed(case).demands}
    assert states[5] is None
    assert assessed(case).tally.of == 5
    assert events()[-1].details["change"] == "left-out"
    change(by_rule(case, "paid"), standing="asked")
    assert assessed(case).tally.of == 6
    assert events()[-1].details["change"] == "asked"


def test_nothing_is_left_out_without_a_line(case):
    with pytest.raises(NoSuchLine):
        change(by_rule(case, "paid"), standing="left-out")
    change(by_rule(case, "paid"), standing="left-out", line=6)
    with pytest.raises(NoSuchLine):
        change(by_rule(case, "paid"), line=None)


def test_proofs_and_exhibits_keep_their_ordinal(case, owner):
    actions.providers.add(case, by=owner, name="ERP")
    evidence = factories.make_evidence(case)
    actions.evidence.file(evidence, by=owner, version=1, proofs=[ProofFacts(3, "A")])
    described = by_rule(case, "described")

    change(described, label="2.", wording="Payment records.", line=3)
    actions.demands.place(by_rule(case, "described"), by=owner, before=1)
    change(by_rule(case, "described"), standing="left-out", line=6)
    change(by_rule(case, "described"), standing="asked")

    evidence.refresh_from_db()
    assert evidence.exhibit == "A-3-1"
    assert assessed(case).cell(3, "A").evidence == (str(evidence.code),)


def test_marked_lines_bring_the_demands_into_their_order(case):
    for rule, line in (("contacts", 2), ("ended", 4), ("paid", 3), ("confirmed", 5)):
        change(by_rule(case, rule), standing="asked", line=line)

    rules = list(case.demands.filter(line__isnull=False).values_list("rule", flat=True))
    assert rules == ["contacts", "paid", "ended", "confirmed"]


def test_it_is_placed_beside_another_and_stays_there(case, owner, events):
    paid = by_rule(case, "paid")
    for _ in range(2):
        actions.demands.place(paid, by=owner, before=2)
    assert order(case) == [1, 5, 2, 3, 4, 6, 7]

    for _ in range(2):
        actions.demands.place(paid, by=owner, after=6)
    assert order(case) == [1, 2, 3, 4, 6, 5, 7]
    assert [one.details["change"] for one in events()] == ["moved", "moved"]
    assert [one.position for one in case.demands.all()] == [1, 2, 3, 4, 5, 6, 7]


def test_there_is_nothing_to_be_placed_beside(case, owner):
    with pytest.raises(WrongPlace):
        actions.demands.place(by_rule(case, "paid"), by=owner, before=99)
    actions.demands.place(by_rule(case, "paid"), by=owner, before=5)
    assert order(case) == [1, 2, 3, 4, 5, 6, 7]


def test_of_whom_it_is_asked_changes_while_nothing_hangs_on_it(case, owner):
    actions.providers.add(case, by=owner, name="ERP")
    demand = add(case)
    assert change(demand, scope="provider") == ("scope",)
    evidence = factories.make_evidence(case)
    actions.evidence.file(evidence, by=owner, version=1, proofs=[ProofFacts(8, "A")])
    demand.refresh_from_db()

    with pytest.raises(InUse):
        change(demand, scope="case")
    with pytest.raises(InUse):
        actions.demands.remove(demand, by=owner)


def test_items_of_the_list_keep_their_scope_and_are_not_taken_away(case, owner):
    with pytest.raises(WrongPlace):
        change(by_rule(case, "paid"), scope="case")
    with pytest.raises(WrongPlace):
        actions.demands.remove(by_rule(case, "paid"), by=owner)


def test_months_are_counted_for_payments_alone(case):
    assert change(by_rule(case, "paid"), months=3) == ("months",)
    for rule, months in (("used", 2), ("paid", None), ("paid", 0)):
        with pytest.raises(WrongPlace):
            change(by_rule(case, rule), months=months)


def test_two_people_at_one_demand(case):
    first = by_rule(case, "paid")
    change(first, label="4.")

    with pytest.raises(StaleVersion) as stale:
        change(first, label="5.", version=1)

    assert (stale.value.current, stale.value.sent) == ({"label": "4."}, {"label": "5."})
    assert change(first, label="4.", version=1) == ()


def test_no_words_of_anybody_reach_the_timeline(case):
    demand = add(case, wording="a text that nobody shall find", name="nor this one")
    change(demand, wording="nor this text", name="nor that name")

    details = str(list(Event.objects.values_list("details", flat=True)))
    assert "nobody" not in details
    assert "nor" not in details


def correct(case, text):
    case.refresh_from_db()
    actions.cases.record_notice(case, by=case.owner, version=case.version, notice_text=text)


def test_marks_move_with_their_lines(case, owner):
    change(by_rule(case, "paid"), line=3)
    change(by_rule(case, "learned"), standing="left-out", line=6)
    actions.lines.mark_deadline(case, by=owner, version=1, line=1)

    correct(case, "Dear seller,\n" + NOTICE.replace("Payment records", "The payment records"))

    case.refresh_from_db()
    assert (by_rule(case, "paid").line, by_rule(case, "learned").line) == (4, 7)
    assert case.deadline_line == 2


def test_what_a_line_left_out_is_asked_again_when_the_line_is_gone(case, events):
    change(by_rule(case, "learned"), standing="left-out", line=6)
    change(by_rule(case, "paid"), line=3)

    correct(case, "\n".join(NOTICE.splitlines()[:2]))

    learned, paid = by_rule(case, "learned"), by_rule(case, "paid")
    assert (learned.standing, learned.line) == ("asked", None)
    assert (paid.standing, paid.line) == ("asked", None)
    assert [one.details.get("change") for one in events()][-2] == "asked"


def test_the_line_of_the_deadline(case, owner):
    assert actions.lines.mark_deadline(case, by=owner, version=1, line=2) == ("deadline_line",)
    with pytest.raises(NoSuchLine):
        actions.lines.mark_deadline(case, by=owner, version=2, line=9)
    with pytest.raises(StaleVersion):
        actions.lines.mark_deadline(case, by=owner, version=1, line=3)


def test_an_answer_may_be_of_the_case_or_of_each_provider(case, owner):
    actions.providers.add(case, by=owner, name="ERP")
    add(case)
    add(case, scope="provider", label="5.", line=6)

    states = {one.demand.ordinal: one.cells for one in assessed(case).demands}
    assert [cell.provider for cell in states[8]] == [None]
    assert [cell.provider for cell in states[9]] == ["A"]
    assert {cell.state for cell in (*states[8], *states[9])} == {State.NOT_STARTED}


@pytest.mark.parametrize(
    "fields",
    [
        {"rule": "paid", "scope": "case", "months": 2},
        {"rule": "used", "scope": "case"},
        {"rule": "confirmed", "scope": "provider"},
        {"rule": "answered", "standing": "left-out"},
        {"rule": "paid", "months": 0},
    ],
)
def test_the_database_refuses_what_the_rules_cannot_read(case, fields):
    values = {"ordinal": 20, "label": "20", "position": 20} | fields
    with pytest.raises(IntegrityError), transaction.atomic():
        Demand.objects.create(case=case, **values)


@pytest.mark.parametrize("fields", [{"scope": "case"}, {"rule": "confirmed"}])
def test_nor_does_a_checklist_hold_it(case, fields):
    row = Requirement.objects.get(rule="used")
    with pytest.raises(IntegrityError), transaction.atomic():
        Requirement.objects.filter(pk=row.pk).update(**fields)


def test_a_confirmation_stands_until_what_is_asked_changes(case, owner):
    digest = case.assess().digest
    actions.confirmations.confirm(case, by=owner, digest=digest, text="True.")
    change(by_rule(case, "paid"), name="付款")
    assert assessed(case).digest == digest

    change(by_rule(case, "paid"), version=2, wording="Payment records.")
    assert assessed(case).digest != digest


def test_of_a_notice_corrected_on_the_same_day_nothing_is_lost(case):
    """A correction that leaves every line leaves every mark."""
    change(by_rule(case, "paid"), line=3)
    correct(case, NOTICE + "\nThank you.")
    case.refresh_from_db()

    assert case.notice_on == datetime.date(2018, 9, 12)
    assert by_rule(case, "paid").line == 3
    assert by_rule(case, "paid").version == 2


def unmark(case, line, only=None):
    actions.lines.unmark(case, by=case.owner, line=line, only=only)


def test_a_line_that_asks_for_nothing_undoes_what_it_became(case, owner):
    change(by_rule(case, "ended"), standing="asked", line=4)
    change(by_rule(case, "learned"), standing="left-out", line=4)
    change(by_rule(case, "paid"), line=4)
    add(case, line=4)
    add(case, line=5)
    actions.lines.mark_deadline(case, by=owner, version=1, line=4)

    unmark(case, 4)

    standings = {one.ordinal: (one.standing, one.line) for one in case.demands.all()}
    assert standings[1] == standings[5] == ("asked", None)
    assert standings[7] == ("advised", None)
    assert 8 not in standings
    assert standings[9] == ("asked", 5)
    case.refresh_from_db()
    assert case.deadline_line is None


def test_one_of_the_things_that_a_line_asks_for_is_undone(case, owner):
    change(by_rule(case, "contacts"), line=4)
    change(by_rule(case, "paid"), line=4)
    actions.lines.mark_deadline(case, by=owner, version=1, line=4)

    unmark(case, 4, only=5)
    assert (by_rule(case, "paid").line, by_rule(case, "contacts").line) == (None, 4)
    unmark(case, 4, only=0)
    case.refresh_from_db()
    assert case.deadline_line is None
    assert by_rule(case, "contacts").line == 4


def test_what_is_in_use_is_not_taken_away_with_its_line(case, owner):
    demand = add(case)
    evidence = factories.make_evidence(case)
    actions.evidence.file(evidence, by=owner, version=1, proofs=[ProofFacts(demand.ordinal)])

    with pytest.raises(InUse):
        unmark(case, 5)

    assert case.demands.filter(ordinal=demand.ordinal, line=5).exists()


def test_a_case_holds_so_many_and_no_more(case, monkeypatch):
    monkeypatch.setattr(actions.demands, "MOST_DEMANDS", case.demands.count() + 1)
    once = add(case)

    with pytest.raises(TooManyDemands):
        add(case, label="5.", wording="One more.")

    assert add(case) == once  # sent twice, it is there already
    assert case.demands.count() == actions.demands.MOST_DEMANDS
    case.refresh_from_db()
    assert case.ordinals_given == once.ordinal

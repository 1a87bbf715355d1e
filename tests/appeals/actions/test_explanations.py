"""Sentences: about a field, a demand or a finding, as they are when the sentence is written."""

from __future__ import annotations

import datetime

import pytest
from django.db import IntegrityError, transaction

from appeals import actions
from appeals.actions.explanations import About
from appeals.actions.periods import Span
from appeals.actions.refusals import NothingToExplain
from appeals.models import Event, Explanation
from appeals.rules.cells import State
from appeals.rules.facts import ProofFacts
from appeals.rules.findings import Code
from appeals.rules.months import Month
from tests import factories

JUNE = datetime.date(2018, 6, 1)


@pytest.fixture
def erp(case):
    return factories.make_provider(case, "ERP 甲", version=1)


def cell(case, demand, letter="A"):
    return type(case).objects.get(pk=case.pk).assess().cell(demand, letter)


def findings(case):
    return type(case).objects.get(pk=case.pk).assess().findings


def pay(case, owner, payer, month=6):
    evidence = factories.make_evidence(case)
    actions.evidence.file(
        evidence,
        by=owner,
        version=1,
        kind="payment",
        payer=payer,
        proofs=[ProofFacts(5, "A", Month(2018, month))],
    )
    return evidence


def test_a_field_that_is_not_known_explains_its_demand(case, owner, erp, events):
    about = About(provider="A", field="found")

    actions.explanations.write(
        case, by=owner, about=about, kind="not-known", sentence="当年的同事已离职"
    )

    assert cell(case, 1).state is State.EXPLAINED
    (event,) = events()
    assert event.kind == Event.Kind.EXPLAINED
    assert event.details == {"letter": "A", "provider": "ERP 甲", "field": "found"}


def test_a_tick_without_a_sentence_is_kept_and_explains_nothing(case, owner, erp):
    about = About(provider="A", field="found")

    actions.explanations.write(case, by=owner, about=about, kind="not-known")

    assert cell(case, 1).state is State.NOT_STARTED
    assert actions.explanations.find(case, about).kind == "not-known"


def test_writing_again_replaces_what_was_there(case, owner, erp):
    about = About(provider="A", field="found")
    actions.explanations.write(case, by=owner, about=about, kind="not-known", sentence="一")

    actions.explanations.write(case, by=owner, about=about, kind="reason", sentence="二")

    explanation = Explanation.objects.get()
    assert (explanation.kind, explanation.sentence, explanation.made_by) == ("reason", "二", owner)


def test_an_explanation_of_a_demand_keeps_what_was_missing(case, owner, erp):
    actions.periods.add(erp, by=owner, span=Span(JUNE, JUNE))
    pay(case, owner, case.company)
    about = About(provider="A", demand=5)

    actions.explanations.write(case, by=owner, about=about, kind="reason", sentence="只用了一个月")

    assert cell(case, 5).state is State.EXPLAINED
    assert Explanation.objects.get().about == list(cell(case, 5).kept)


def test_it_no_longer_stands_when_other_things_are_missing(case, owner, erp):
    actions.periods.add(erp, by=owner, span=Span(JUNE, JUNE))
    pay(case, owner, case.company)
    about = About(provider="A", demand=5)
    actions.explanations.write(case, by=owner, about=about, kind="reason", sentence="只用了一个月")

    erp.refresh_from_db()
    longer = [Span(datetime.date(2018, 3, 1), datetime.date(2018, 8, 1))]
    actions.periods.replace(erp, by=owner, version=erp.version, spans=longer)

    assert cell(case, 5).state is State.STARTED


def test_a_finding_is_closed_until_its_values_change(case, owner, erp):
    actions.periods.add(erp, by=owner, span=Span(datetime.date(2018, 3, 1)))
    evidence = pay(case, owner, "王某")
    (found,) = findings(case)
    about = About(finding=found.key)

    actions.explanations.write(case, by=owner, about=about, kind="reason", sentence="老板代付")

    (closed,) = findings(case)
    assert found.code is Code.PAYER_UNKNOWN
    assert not closed.is_open
    actions.evidence.file(
        evidence, by=owner, version=2, payer="李某", proofs=[ProofFacts(5, "A", Month(2018, 6))]
    )
    (again,) = findings(case)
    assert again.is_open


def test_a_finding_is_named_on_the_timeline_by_code_and_exhibit(case, owner, erp, events):
    actions.periods.add(erp, by=owner, span=Span(datetime.date(2018, 3, 1)))
    pay(case, owner, "王某")
    about = About(finding=findings(case)[0].key)

    actions.explanations.write(case, by=owner, about=about, kind="reason", sentence="老板代付")

    assert events()[-1].details == {
        "letter": "A",
        "provider": "ERP 甲",
        "finding": "payer-unknown",
        "exhibit": "A-5-1",
    }


def test_taking_it_back_opens_the_gap_again(case, owner, erp, events):
    about = About(provider="A", field="found")
    actions.explanations.write(case, by=owner, about=about, kind="not-known", sentence="记不得")

    actions.explanations.remove(case, by=owner, about=about)
    actions.explanations.remove(case, by=owner, about=about)

    assert cell(case, 1).state is State.NOT_STARTED
    assert [event.kind for event in events()] == ["explained", "explanation-removed"]
    assert events()[-1].details == {"letter": "A", "provider": "ERP 甲", "field": "found"}


def test_a_field_of_the_case_has_no_provider(case, owner):
    about = About(field="deadline")

    actions.explanations.write(case, by=owner, about=about, kind="not-known", sentence="没写")

    assert actions.explanations.find(case, about).provider is None


@pytest.mark.parametrize(
    "about",
    [
        pytest.param(About(provider="Z", field="found"), id="no such provider"),
        pytest.param(About(provider="A", field="stored_as"), id="no such field"),
        pytest.param(About(field="found"), id="a provider's field without a provider"),
        pytest.param(About(demand=6), id="a confirmation"),
        pytest.param(About(provider="A", demand=99), id="no such demand"),
        pytest.param(About(demand=5), id="a provider's demand without a provider"),
        pytest.param(About(finding="payer-unknown/5/A/1"), id="no such finding"),
    ],
)
def test_there_is_nothing_to_explain(case, owner, erp, about):
    with pytest.raises(NothingToExplain):
        actions.explanations.write(case, by=owner, about=about, kind="reason", sentence="一句")

    assert not Explanation.objects.exists()


def test_a_demand_that_lacks_nothing_cannot_be_explained(case, owner, erp):
    actions.providers.change(erp, by=owner, version=1, found="群里")

    with pytest.raises(NothingToExplain):
        actions.explanations.write(
            case, by=owner, about=About(provider="A", demand=1), kind="reason", sentence="一句"
        )


def test_changed_since_confirmed_cannot_be_explained(case, owner):
    actions.confirmations.confirm(case, by=owner, digest=case.assess().digest, text="属实")
    factories.make_provider(case)
    (found,) = findings(case)

    with pytest.raises(NothingToExplain):
        actions.explanations.write(
            case, by=owner, about=About(finding=found.key), kind="reason", sentence="一句"
        )


@pytest.mark.parametrize(
    "about",
    [{}, {"field": "found", "finding": "x"}, {"demand": 1, "field": "found"}],
)
def test_it_is_about_one_thing(about):
    with pytest.raises(ValueError, match="about a field"):
        About(**about)


@pytest.mark.parametrize("columns", [{}, {"field": "found", "finding": "x"}])
def test_the_database_keeps_it_to_one_thing(case, columns):
    with pytest.raises(IntegrityError), transaction.atomic():
        Explanation.objects.create(case=case, kind="reason", sentence="一句", **columns)

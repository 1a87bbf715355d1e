"""Providers: letters that never come back, changes, deletion with what proves nothing else."""

from __future__ import annotations

import datetime

import pytest
from django.db import IntegrityError, transaction

from appeals import actions
from appeals.actions.refusals import Gone, StaleVersion, TooManyProviders
from appeals.models import Case, Event, Evidence, Provider
from appeals.rules.facts import ProofFacts
from appeals.rules.months import Month
from tests import factories

MARCH = Month(2018, 3)


def test_a_name_is_enough(case, owner, events):
    provider = actions.providers.add(case, by=owner, name="ERP 甲")

    assert (provider.letter, provider.name, provider.version) == ("A", "ERP 甲", 1)
    (event,) = events()
    assert event.kind == Event.Kind.PROVIDER_ADDED
    assert event.details == {"letter": "A", "provider": "ERP 甲"}


def test_letters_go_on_after_z(case, owner):
    Case.objects.filter(pk=case.pk).update(letters_given=25)

    letters = [actions.providers.add(case, by=owner, name=str(n)).letter for n in range(3)]

    assert letters == ["Z", "AA", "AB"]


def test_it_changes_what_differs_and_names_no_words(case, owner, events):
    provider = actions.providers.add(case, by=owner, name="ERP 甲")

    changed = actions.providers.change(
        provider,
        by=owner,
        version=1,
        name="ERP 甲",
        found="同行群里推荐的",
        payees=[{"name": "王某", "sentence": "代收"}],
    )

    provider.refresh_from_db()
    assert set(changed) == {"found", "payees"}
    assert (provider.found, provider.version) == ("同行群里推荐的", 2)
    assert events()[-1].kind == Event.Kind.PROVIDER_CHANGED
    assert events()[-1].details == {
        "letter": "A",
        "provider": "ERP 甲",
        "fields": ["found", "payees"],
    }


def test_a_stale_form_is_refused_whole(case, owner, events):
    provider = actions.providers.add(case, by=owner, name="ERP 甲")
    actions.providers.change(provider, by=owner, version=1, found="群里")

    with pytest.raises(StaleVersion) as refused:
        actions.providers.change(provider, by=owner, version=1, found="展会", did="同步订单")

    provider.refresh_from_db()
    assert (provider.found, provider.did) == ("群里", "")
    assert refused.value.current == {"found": "群里", "did": ""}
    assert refused.value.sent == {"found": "展会", "did": "同步订单"}
    assert len(events()) == 2


def test_a_stale_form_that_brings_nothing_new_is_no_conflict(case, owner):
    provider = actions.providers.add(case, by=owner, name="ERP 甲")
    actions.providers.change(provider, by=owner, version=1, found="群里", did="同步订单")

    assert actions.providers.change(provider, by=owner, version=1, found="群里") == ()


def test_a_change_moves_the_case_to_the_top(case, owner):
    Case.objects.filter(pk=case.pk).update(
        changed_at=datetime.datetime(2018, 9, 12, tzinfo=datetime.UTC)
    )

    actions.providers.add(case, by=owner, name="ERP 甲")

    case.refresh_from_db()
    assert case.changed_at.year > 2018


def test_a_deleted_letter_is_not_given_again(case, owner):
    actions.providers.delete(actions.providers.add(case, by=owner, name="ERP 甲"), by=owner)

    assert actions.providers.add(case, by=owner, name="工具乙").letter == "B"


def test_deleting_withdraws_what_proves_nothing_else(case, owner, events):
    erp = actions.providers.add(case, by=owner, name="ERP 甲")
    actions.providers.add(case, by=owner, name="工具乙")
    alone, both = factories.make_evidence(case), factories.make_evidence(case)
    actions.evidence.file(
        alone, by=owner, version=1, kind="invoice", proofs=[ProofFacts(5, "A", MARCH)]
    )
    actions.evidence.file(
        both,
        by=owner,
        version=1,
        kind="statement",
        proofs=[ProofFacts(5, "A", MARCH), ProofFacts(5, "B", MARCH)],
    )

    withdrawn = actions.providers.delete(erp, by=owner)

    alone.refresh_from_db()
    both.refresh_from_db()
    assert withdrawn == [alone]
    assert (alone.is_withdrawn, alone.exhibit) == (True, "A-5-1")
    assert (both.is_withdrawn, both.exhibit) == (False, "A-5-2")
    assert [proof.provider.letter for proof in both.proofs.all()] == ["B"]
    assert events()[-1].details == {"letter": "A", "provider": "ERP 甲", "exhibits": ["A-5-1"]}


def test_what_was_withdrawn_before_is_not_withdrawn_again(case, owner):
    erp = actions.providers.add(case, by=owner, name="ERP 甲")
    evidence = factories.make_evidence(case)
    actions.evidence.file(evidence, by=owner, version=1, proofs=[ProofFacts(3, "A")])
    actions.evidence.withdraw(evidence, by=owner)
    at = Evidence.objects.get().withdrawn_at

    assert actions.providers.delete(erp, by=owner) == []

    assert Evidence.objects.get().withdrawn_at == at


def test_deleting_takes_its_periods_and_explanations_along(case, owner):
    erp = actions.providers.add(case, by=owner, name="ERP 甲")
    actions.periods.add(erp, by=owner, span=actions.periods.Span(datetime.date(2018, 3, 1)))
    about = actions.explanations.About(provider="A", field="found")
    actions.explanations.write(case, by=owner, about=about, kind="not-known", sentence="记不得")

    actions.providers.delete(erp, by=owner)

    assert not Provider.objects.exists()
    assert not case.explanations.exists()


def test_one_that_is_gone_is_said_to_be(case, owner):
    provider = actions.providers.add(case, by=owner, name="ERP 甲")
    Provider.objects.filter(pk=provider.pk).delete()

    with pytest.raises(Gone):
        actions.providers.change(provider, by=owner, version=1, found="群里")
    with pytest.raises(Gone):
        actions.providers.delete(provider, by=owner)


def test_without_its_event_nothing_is_written(case, owner, monkeypatch):
    def fail(*args, **kwargs):
        raise RuntimeError

    monkeypatch.setattr(Event.objects, "create", fail)

    with pytest.raises(RuntimeError):
        actions.providers.add(case, by=owner, name="ERP 甲")

    case.refresh_from_db()
    assert not Provider.objects.exists()
    assert case.letters_given == 0


def test_the_database_keeps_a_letter_to_one_provider(case):
    factories.make_provider(case, letter="A")

    with pytest.raises(IntegrityError), transaction.atomic():
        factories.make_provider(case, letter="A")


def test_a_case_holds_so_many_and_no_more(case, owner, settings):
    settings.CASE_PROVIDER_LIMIT = 2
    actions.providers.add(case, by=owner, name="一")

    with pytest.raises(TooManyProviders):
        actions.providers.add_names(case, by=owner, names=["二", "三"])

    assert case.providers.count() == 1
    actions.providers.add_names(case, by=owner, names=["二"])
    with pytest.raises(TooManyProviders):
        actions.providers.add(case, by=owner, name="三")
    assert case.providers.count() == 2

"""Two at once: each gets a letter and a number of its own, and nobody overwrites anybody."""

from __future__ import annotations

import threading

import pytest
from django.db import connection

from appeals import actions
from appeals.actions.refusals import StaleVersion
from appeals.models import Case, Event
from appeals.rules.facts import ProofFacts
from appeals.rules.months import Month
from tests import factories

pytestmark = pytest.mark.django_db(transaction=True)

AT_ONCE = 6


def at_once(*tasks):
    """Run the tasks in threads that begin together; what each answered or raised, in order."""
    start = threading.Barrier(len(tasks))
    answers = [None] * len(tasks)

    def run(place, task):
        start.wait()
        try:
            answers[place] = task()
        except Exception as refused:
            answers[place] = refused
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=pair) for pair in enumerate(tasks)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return answers


def test_providers_added_at_once_get_letters_of_their_own():
    case = factories.open_case()

    def add():
        return actions.providers.add(case, by=case.owner, name="工具").letter

    letters = at_once(*[add] * AT_ONCE)

    assert sorted(letters) == list("ABCDEF")


def test_files_filed_at_once_get_numbers_of_their_own():
    case = factories.open_case()
    actions.providers.add(case, by=case.owner, name="ERP 甲")
    files = [factories.make_evidence(case) for _ in range(AT_ONCE)]

    def filing(evidence):
        proofs = [ProofFacts(5, "A", Month(2018, 3))]
        return lambda: actions.evidence.file(evidence, by=case.owner, version=1, proofs=proofs)

    at_once(*map(filing, files))

    exhibits = sorted(evidence.exhibit for evidence in Case.objects.get().evidence.all())
    assert exhibits == [f"A-5-{number}" for number in range(1, AT_ONCE + 1)]


def test_of_forms_sent_at_once_one_is_written_and_the_others_are_refused():
    case = factories.open_case()
    provider = actions.providers.add(case, by=case.owner, name="ERP 甲")

    def change(found):
        return lambda: actions.providers.change(
            provider, by=case.owner, version=1, found=f"来路 {found}"
        )

    answers = at_once(*map(change, range(AT_ONCE)))

    assert sum(answer == ("found",) for answer in answers) == 1
    assert sum(isinstance(answer, StaleVersion) for answer in answers) == AT_ONCE - 1
    kinds = Event.objects.filter(kind=Event.Kind.PROVIDER_CHANGED)
    assert kinds.count() == 1


def test_a_provider_deleted_while_a_file_is_filed_leaves_no_half():
    case = factories.open_case()
    provider = actions.providers.add(case, by=case.owner, name="ERP 甲")
    evidence = factories.make_evidence(case)
    proofs = [ProofFacts(3, "A")]

    at_once(
        lambda: actions.evidence.file(evidence, by=case.owner, version=1, proofs=proofs),
        lambda: actions.providers.delete(provider, by=case.owner),
    )

    evidence.refresh_from_db()
    assert evidence.proofs.count() == 0
    # Either it was filed first and withdrawn with the provider, or it never got a number.
    assert evidence.is_withdrawn == bool(evidence.exhibit)

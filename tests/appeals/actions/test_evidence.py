"""Files: added at once, filed under what they show, numbered once, withdrawn or removed."""

from __future__ import annotations

import datetime

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction

from appeals import actions
from appeals.actions.refusals import (
    AccountFull,
    CaseFull,
    ConsentMissing,
    Gone,
    HasExhibitNumber,
    SameFile,
    StaleVersion,
    Withdrawn,
    WrongPlace,
)
from appeals.evidence import storage
from appeals.evidence.refusals import EvidenceRefused
from appeals.models import Event, Evidence, Proof
from appeals.rules.facts import ProofFacts
from appeals.rules.months import Month
from tests import factories
from tests.appeals.evidence.files import picture

#: One picture for all: the factory of pictures makes another one every time.
PICTURE = picture("PNG")
MARCH, APRIL = Month(2018, 3), Month(2018, 4)


def upload(name="huidan.png"):
    return SimpleUploadedFile(name, PICTURE, content_type="image/png")


@pytest.fixture
def consenting(owner):
    actions.consents.give(by=owner, language="zh-hans")
    return owner


@pytest.fixture
def erp(case):
    return factories.make_provider(case, "ERP 甲")


@pytest.fixture
def tool(case, erp):
    return factories.make_provider(case, "工具乙")


@pytest.fixture
def evidence(case):
    return factories.make_evidence(case)


# --- Adding ----------------------------------------------------------------------------------


def test_it_keeps_a_file_at_once(case, consenting, events):
    evidence = actions.evidence.add(case, by=consenting, upload=upload())

    assert (evidence.exhibit, evidence.kind, evidence.uploaded_by) == ("", "", consenting)
    with storage.open_stored(evidence.stored_as) as kept:
        assert kept.read() == PICTURE
    (event,) = events()
    assert event.kind == Event.Kind.EVIDENCE_ADDED
    assert "huidan" not in str(event.details)


def test_nothing_is_kept_without_consent(case, owner, settings):
    with pytest.raises(ConsentMissing):
        actions.evidence.add(case, by=owner, upload=upload())

    assert not Evidence.objects.exists()
    assert not settings.EVIDENCE_ROOT.exists()


def test_the_same_bytes_are_recognised_in_the_same_case(case, consenting):
    first = actions.evidence.add(case, by=consenting, upload=upload())

    with pytest.raises(SameFile) as refused:
        actions.evidence.add(case, by=consenting, upload=upload(name="other.png"))

    assert refused.value.evidence == first
    assert len(list(storage.left_since(float("inf")))) == 1


def test_the_same_bytes_may_come_into_another_case(case, consenting):
    actions.evidence.add(case, by=consenting, upload=upload())
    other = factories.make_case(consenting)

    assert actions.evidence.add(other, by=consenting, upload=upload())


def test_what_was_withdrawn_may_come_again(case, consenting):
    first = actions.evidence.add(case, by=consenting, upload=upload())
    actions.evidence.withdraw(first, by=consenting)

    assert actions.evidence.add(case, by=consenting, upload=upload()) != first


@pytest.mark.parametrize(
    ("setting", "refusal"),
    [("EVIDENCE_CASE_LIMIT", CaseFull), ("EVIDENCE_ACCOUNT_LIMIT", AccountFull)],
)
def test_a_full_case_or_account_takes_no_more(case, consenting, settings, setting, refusal):
    size = len(PICTURE)
    factories.make_evidence(case, size=500, withdrawn_at="2018-09-20T00:00Z")
    setattr(settings, setting, 500 + size - 1)

    with pytest.raises(refusal) as refused:
        actions.evidence.add(case, by=consenting, upload=upload())

    assert (refused.value.size, refused.value.used) == (size, 500)
    assert refused.value.limit == 500 + size - 1
    assert not list(storage.left_since(float("inf")))


def test_the_last_byte_of_the_limit_may_be_used(case, consenting, settings):
    settings.EVIDENCE_CASE_LIMIT = settings.EVIDENCE_ACCOUNT_LIMIT = len(PICTURE)

    assert actions.evidence.add(case, by=consenting, upload=upload())


def test_an_account_counts_all_its_cases(case, consenting, settings):
    factories.make_evidence(factories.make_case(consenting), size=900)
    factories.make_evidence(factories.make_case(), size=900)
    settings.EVIDENCE_ACCOUNT_LIMIT = 1000

    with pytest.raises(AccountFull) as refused:
        actions.evidence.add(case, by=consenting, upload=upload())

    assert refused.value.used == 900


def test_a_refused_file_leaves_nothing(case, consenting, events):
    with pytest.raises(EvidenceRefused):
        actions.evidence.add(case, by=consenting, upload=SimpleUploadedFile("a.pdf", b"no pdf"))

    assert not Evidence.objects.exists()
    assert events() == []
    assert not list(storage.left_since(float("inf")))


def test_without_its_event_no_row_and_no_bytes_stay(case, consenting, monkeypatch):
    def fail(*args, **kwargs):
        raise RuntimeError

    monkeypatch.setattr(Event.objects, "create", fail)

    with pytest.raises(RuntimeError):
        actions.evidence.add(case, by=consenting, upload=upload())

    assert not Evidence.objects.exists()
    assert not list(storage.left_since(float("inf")))


# --- Filing ----------------------------------------------------------------------------------


def test_it_files_under_cells_and_months(case, owner, erp, evidence, events):
    changed = actions.evidence.file(
        evidence,
        by=owner,
        version=1,
        kind="payment",
        payees=["某某软件"],
        about_on=datetime.date(2018, 3, 5),
        proofs=[ProofFacts(5, "A", APRIL), ProofFacts(5, "A", MARCH), ProofFacts(3, "A")],
    )

    evidence.refresh_from_db()
    assert set(changed) == {"kind", "payees", "about_on", "proofs"}
    assert (evidence.kind, evidence.payees, evidence.version) == ("payment", ["某某软件"], 2)
    assert evidence.proofs.count() == 3
    (event,) = events()
    assert event.kind == Event.Kind.EVIDENCE_FILED
    assert event.details["proves"] == [
        {"demand": 3, "label": "3", "letter": "A", "provider": "ERP 甲", "months": []},
        {
            "demand": 5,
            "label": "5",
            "letter": "A",
            "provider": "ERP 甲",
            "months": ["2018-03", "2018-04"],
        },
    ]
    assert "某某软件" not in str(event.details)


def test_its_first_proof_gives_the_number(case, owner, erp, tool, evidence):
    proofs = [ProofFacts(5, "A", MARCH), ProofFacts(3, "B"), ProofFacts(3, "A")]

    actions.evidence.file(evidence, by=owner, version=1, proofs=proofs)

    evidence.refresh_from_db()
    assert evidence.exhibit == "A-3-1"


def test_the_number_stays_whatever_it_proves_later(case, owner, erp, tool, evidence):
    actions.evidence.file(evidence, by=owner, version=1, proofs=[ProofFacts(5, "A", MARCH)])

    actions.evidence.file(evidence, by=owner, version=2, proofs=[ProofFacts(3, "B")])
    actions.evidence.file(evidence, by=owner, version=3, proofs=[])

    evidence.refresh_from_db()
    assert evidence.exhibit == "A-5-1"


def test_numbers_run_within_letter_and_demand(case, owner, erp, tool):
    numbers = []
    for letter in "AABA":
        evidence = factories.make_evidence(case)
        proofs = [ProofFacts(5, letter, MARCH)]
        actions.evidence.file(evidence, by=owner, version=1, proofs=proofs)
        evidence.refresh_from_db()
        numbers.append(evidence.exhibit)
        if len(numbers) == 2:
            actions.evidence.withdraw(evidence, by=owner)

    assert numbers == ["A-5-1", "A-5-2", "B-5-1", "A-5-3"]


def test_what_proves_nothing_has_no_number(case, owner, evidence):
    actions.evidence.file(evidence, by=owner, version=1, kind="chat", proofs=[])

    evidence.refresh_from_db()
    assert (evidence.kind, evidence.exhibit) == ("chat", "")


def test_filing_the_same_again_changes_nothing(case, owner, erp, evidence, events):
    proofs = [ProofFacts(5, "A", MARCH)]
    actions.evidence.file(evidence, by=owner, version=1, kind="payment", proofs=proofs)

    assert actions.evidence.file(evidence, by=owner, version=1, kind="payment", proofs=proofs) == ()

    assert len(events()) == 1


def test_a_stale_form_is_refused_with_both_sets_of_proofs(case, owner, erp, evidence):
    march, april = ProofFacts(5, "A", MARCH), ProofFacts(5, "A", APRIL)
    actions.evidence.file(evidence, by=owner, version=1, payer="王某", proofs=[march])

    with pytest.raises(StaleVersion) as refused:
        actions.evidence.file(evidence, by=owner, version=1, payer="李某", proofs=[april])

    assert refused.value.current == {"payer": "王某", "proofs": {march}}
    assert refused.value.sent == {"payer": "李某", "proofs": {april}}
    assert Proof.objects.get().month == datetime.date(2018, 3, 1)


@pytest.mark.parametrize(
    "proof",
    [
        pytest.param(ProofFacts(99, "A"), id="no such demand"),
        pytest.param(ProofFacts(5, "Z", MARCH), id="no such provider"),
        pytest.param(ProofFacts(5), id="a provider is needed"),
        pytest.param(ProofFacts(6, "A"), id="of the case, not of a provider"),
        pytest.param(ProofFacts(3, "A", MARCH), id="months do not count here"),
    ],
)
def test_it_refuses_a_place_that_is_none(case, owner, erp, evidence, proof):
    with pytest.raises(WrongPlace):
        actions.evidence.file(evidence, by=owner, version=1, proofs=[proof])

    assert not Proof.objects.exists()


def test_another_cases_provider_is_no_place(case, owner, evidence):
    factories.make_provider(factories.make_case(owner), letter="A")

    with pytest.raises(WrongPlace):
        actions.evidence.file(evidence, by=owner, version=1, proofs=[ProofFacts(3, "A")])


def test_filing_asks_the_same_questions_for_one_month_and_twelve(
    case, owner, erp, django_assert_max_num_queries
):
    year = [ProofFacts(5, "A", Month(2018, number)) for number in range(1, 13)]

    with django_assert_max_num_queries(21):
        actions.evidence.file(factories.make_evidence(case), by=owner, version=1, proofs=year)


# --- Withdrawing, removing, downloading ------------------------------------------------------


def test_withdrawn_it_keeps_its_number_and_can_no_longer_be_filed(
    case, owner, erp, evidence, events
):
    actions.evidence.file(evidence, by=owner, version=1, proofs=[ProofFacts(3, "A")])

    actions.evidence.withdraw(evidence, by=owner)
    actions.evidence.withdraw(evidence, by=owner)

    evidence.refresh_from_db()
    assert (evidence.is_withdrawn, evidence.exhibit) == (True, "A-3-1")
    assert [event.kind for event in events()] == ["evidence-filed", "evidence-withdrawn"]
    with pytest.raises(Withdrawn):
        actions.evidence.file(evidence, by=owner, version=3, proofs=[])


def test_an_upload_can_be_removed_with_its_bytes(
    case, consenting, events, django_capture_on_commit_callbacks
):
    evidence = actions.evidence.add(case, by=consenting, upload=upload())

    with django_capture_on_commit_callbacks(execute=True):
        actions.evidence.remove(evidence, by=consenting)

    assert not Evidence.objects.exists()
    assert not storage.is_stored(evidence.stored_as)
    assert events()[-1].kind == Event.Kind.EVIDENCE_REMOVED
    with pytest.raises(Gone):
        actions.evidence.remove(evidence, by=consenting)


def test_what_has_a_number_is_never_removed(case, owner, erp, evidence):
    actions.evidence.file(evidence, by=owner, version=1, proofs=[ProofFacts(3, "A")])
    actions.evidence.file(evidence, by=owner, version=2, proofs=[])

    with pytest.raises(HasExhibitNumber):
        actions.evidence.remove(evidence, by=owner)


def test_a_download_leaves_a_line_and_no_change(case, owner, evidence, events):
    before = case.changed_at

    actions.evidence.record_download(evidence, by=owner)

    case.refresh_from_db()
    assert events()[-1].kind == Event.Kind.DOWNLOADED
    assert case.changed_at == before


# --- What the database keeps -----------------------------------------------------------------


def test_the_database_gives_a_number_once(case):
    number = {"exhibit_letter": "A", "exhibit_ordinal": 5, "exhibit_number": 1}
    factories.make_evidence(case, **number)

    with pytest.raises(IntegrityError), transaction.atomic():
        factories.make_evidence(case, **number)


def test_the_database_refuses_half_a_number(case):
    with pytest.raises(IntegrityError), transaction.atomic():
        factories.make_evidence(case, exhibit_number=1)


@pytest.mark.parametrize("with_provider", [True, False])
@pytest.mark.parametrize("month", [datetime.date(2018, 3, 1), None])
def test_the_database_keeps_a_proof_once(case, erp, evidence, with_provider, month):
    place = {
        "evidence": evidence,
        "demand": case.demands.get(ordinal=5),
        "provider": erp if with_provider else None,
        "month": month,
    }
    Proof.objects.create(**place)

    with pytest.raises(IntegrityError), transaction.atomic():
        Proof.objects.create(**place)


def test_the_database_keeps_whole_months(case, erp, evidence):
    demand = case.demands.get(ordinal=5)

    with pytest.raises(IntegrityError), transaction.atomic():
        Proof.objects.create(
            evidence=evidence, demand=demand, provider=erp, month=datetime.date(2018, 3, 2)
        )

"""Sealing a round: what is kept, what is refused, and that it never changes."""

from __future__ import annotations

import datetime
import hashlib
import io
import zipfile
from typing import Any

import pytest

from appeals import actions
from appeals.actions.refusals import (
    FactsChanged,
    NoNotice,
    NotConfirmed,
    NotTheOwner,
    OriginalsLost,
    StaleVersion,
    WrongPlace,
)
from appeals.dossier import outline, verifying
from appeals.dossier.package import Package
from appeals.evidence import storage
from appeals.models import Case, Event, Evidence, Submission
from appeals.rules.facts import ProofFacts
from appeals.rules.months import Month
from appeals.rules.steps import StepKind
from tests import factories
from tests.appeals.evidence.files import picture
from tests.appeals.rounds import SENDING, confirmed, loaded, replied, sealed

pytestmark = pytest.mark.django_db


@pytest.fixture
def case(owner: Any) -> Case:
    return factories.open_case(owner)


@pytest.fixture
def exhibit(case: Case, owner: Any) -> Evidence:
    """A-5-1, a receipt for May, with its bytes."""
    from django.core.files.uploadedfile import SimpleUploadedFile

    actions.consents.give(by=owner, language="en")
    actions.providers.add(case, by=owner, name="ERP 甲")
    upload = SimpleUploadedFile("receipt.png", picture("PNG", (40, 30)), "image/png")
    row = actions.evidence.add(case, by=owner, upload=upload)
    actions.evidence.file(
        row,
        by=owner,
        version=row.version,
        kind="payment",
        proofs=[ProofFacts(5, "A", Month(2018, 5))],
    )
    row.refresh_from_db()
    return row


def package(row: Submission) -> bytes:
    return b"".join(actions.submissions.package_of(row).chunks())


class TestSealing:
    def test_it_keeps_the_package_that_could_be_downloaded(
        self, case: Case, exhibit: Evidence, owner: Any
    ) -> None:
        confirmed(case)
        row = sealed(case)

        found = verifying.verify(io.BytesIO(package(row)))

        assert found.verdict == verifying.Verdict.WHOLE
        assert found.manifest_sha256 == row.manifest_sha256
        assert row.round == 1
        assert row.originals == [exhibit.stored_as]
        assert hashlib.sha256(row.manifest.encode()).hexdigest() == row.manifest_sha256

    def test_it_is_the_same_for_ever(self, case: Case, exhibit: Evidence, owner: Any) -> None:
        confirmed(case)
        row = sealed(case)
        before = package(row)

        actions.evidence.withdraw(exhibit, by=owner)
        actions.providers.add(case, by=owner, name="Another")
        Case.objects.filter(pk=case.pk).update(store="Renamed", time_zone="America/New_York")
        replied(row)

        assert package(Submission.objects.get(pk=row.pk)) == before

    def test_what_is_open_is_declared(self, case: Case, exhibit: Evidence) -> None:
        confirmed(case)
        row = sealed(case)

        (gaps,) = [one for one in outline.read(row.outline) if one.key == "gaps"]
        assert any("ERP 甲" in line for line in gaps.lines)
        assert actions.submissions.package_of(row).manifest.is_finished

    def test_twice_is_once(self, case: Case, exhibit: Evidence) -> None:
        confirmed(case)
        before = loaded(case)

        first = sealed(case)
        again = sealed(case, made_of=before.changed_at)

        assert first == again
        assert Submission.objects.count() == 1
        names = {path.name for path in storage.root().glob("[0-9a-f][0-9a-f]/*")}
        assert names == {exhibit.stored_as, first.pdf_stored_as}

    def test_it_then_waits_and_offers_no_sending(self, case: Case, exhibit: Evidence) -> None:
        confirmed(case)
        sealed(case)

        kinds = [step.kind for step in loaded(case).assess().steps]
        assert kinds == [StepKind.WAIT]
        with pytest.raises(WrongPlace):
            sealed(case)

    def test_its_line_is_on_the_timeline(self, case: Case, exhibit: Evidence) -> None:
        confirmed(case)
        sealed(case)

        line = Event.objects.of_case(case).first()
        assert (line.kind, line.details) == (Event.Kind.SUBMITTED, {"round": 1})


class TestRefusals:
    def test_only_the_owner_seals(self, case: Case, exhibit: Evidence, stranger: Any) -> None:
        confirmed(case)

        with pytest.raises(NotTheOwner):
            sealed(case, by=stranger)

    def test_a_register_has_nothing_to_send(self, owner: Any) -> None:
        factories.make_checklist()

        with pytest.raises(NoNotice):
            sealed(actions.cases.open_register(by=owner, store="示例店"))

    def test_without_confirmation_nothing_is_sealed(self, case: Case, exhibit: Evidence) -> None:
        with pytest.raises(NotConfirmed):
            sealed(case)

        assert not Submission.objects.exists()

    def test_what_changed_meanwhile_is_not_sealed(
        self, case: Case, exhibit: Evidence, owner: Any
    ) -> None:
        confirmed(case)
        before = loaded(case)
        actions.providers.add(case, by=owner, name="Another")

        with pytest.raises(FactsChanged):
            sealed(case, made_of=before.changed_at)

    def test_what_changes_while_the_sheets_are_made_is_not_sealed(
        self, case: Case, exhibit: Evidence, owner: Any, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        confirmed(case)
        check = Package.check

        def changed(self: Package) -> None:
            actions.providers.add(case, by=owner, name="Another")
            check(self)

        monkeypatch.setattr(Package, "check", changed)

        with pytest.raises(FactsChanged):
            sealed(case)
        names = {path.name for path in storage.root().glob("[0-9a-f][0-9a-f]/*")}
        assert names == {exhibit.stored_as}

    def test_a_changed_original_is_not_sealed(self, case: Case, exhibit: Evidence) -> None:
        confirmed(case)
        path = storage.path_of(exhibit.stored_as)
        path.write_bytes(path.read_bytes()[:-1] + b"x")

        with pytest.raises(OriginalsLost):
            sealed(case)

    def test_a_lost_original_is_not_sealed(self, case: Case, exhibit: Evidence) -> None:
        confirmed(case)
        storage.path_of(exhibit.stored_as).unlink()

        with pytest.raises(OriginalsLost):
            sealed(case)

    def test_a_closed_case_is_not_sealed(self, case: Case, exhibit: Evidence, owner: Any) -> None:
        confirmed(case)
        version = loaded(case).version
        actions.cases.close(case, by=owner, version=version, closed_as="abandoned", lesson="")

        with pytest.raises(WrongPlace):
            sealed(case)


class TestAfterwards:
    def test_what_was_noted_can_be_corrected(
        self, case: Case, exhibit: Evidence, owner: Any
    ) -> None:
        confirmed(case)
        row = sealed(case)
        before = package(row)

        changed = actions.submissions.change(
            row, by=owner, version=row.version, **SENDING | {"amazon_reference": "1234567890"}
        )

        assert changed == ("amazon_reference",)
        assert package(Submission.objects.get(pk=row.pk)) == before
        with pytest.raises(StaleVersion):
            actions.submissions.change(
                row, by=owner, version=row.version, **SENDING | {"amazon_reference": "0"}
            )

    def test_the_reply_opens_the_next_round(
        self, case: Case, exhibit: Evidence, owner: Any
    ) -> None:
        confirmed(case)
        row = sealed(case)
        replied(row)

        assessment = loaded(case).assess()
        assert (assessment.round, assessment.is_waiting) == (2, False)
        assert assessment.next_step.kind is not StepKind.WAIT
        # The confirmation was that of the first round.
        with pytest.raises(NotConfirmed):
            sealed(case, sent_on=datetime.date(2018, 9, 28))

    def test_the_next_round_has_a_package_of_its_own(
        self, case: Case, exhibit: Evidence, owner: Any
    ) -> None:
        confirmed(case)
        first = sealed(case)
        replied(first)
        confirmed(case)
        second = sealed(case, sent_on=datetime.date(2018, 9, 28))

        assert second.round == 2
        assert package(first) != package(second)

    def test_closing_and_opening_again(self, case: Case, exhibit: Evidence, owner: Any) -> None:
        version = loaded(case).version
        actions.cases.close(case, by=owner, version=version, closed_as="upheld", lesson="早点问")
        assert loaded(case).assess().steps == ()

        actions.cases.reopen(case, by=owner)
        actions.cases.reopen(case, by=owner)

        now = loaded(case)
        assert not now.is_closed
        assert now.lesson == "早点问"
        assert Event.objects.of_case(case).filter(kind=Event.Kind.CASE_REOPENED).count() == 1


class TestMakingFirst:
    def test_the_step_is_to_send_once_the_dossier_was_made(
        self, case: Case, exhibit: Evidence, owner: Any
    ) -> None:
        now = loaded(case)
        actions.submissions.record_download(now, by=owner, what="pdf", is_to_send=True)
        assert loaded(case).facts().has_dossier

        actions.providers.add(case, by=owner, name="Another")
        assert not loaded(case).facts().has_dossier

    def test_a_copy_for_ones_own_files_is_not_the_one_to_send(
        self, case: Case, exhibit: Evidence, owner: Any
    ) -> None:
        actions.submissions.record_download(loaded(case), by=owner, what="copy", is_to_send=False)

        assert not loaded(case).facts().has_dossier


def test_a_package_is_a_zip(case: Case, exhibit: Evidence) -> None:
    confirmed(case)

    with zipfile.ZipFile(io.BytesIO(package(sealed(case)))) as found:
        assert found.namelist() == [
            "dossier.pdf",
            "A-5-1_payment_2018-05.png",
            "MANIFEST.json",
            "SHA256SUMS",
        ]

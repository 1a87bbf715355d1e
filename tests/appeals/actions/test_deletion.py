"""What is deleted for good is gone: rows, bytes, previews, lines; and nothing else is."""

from __future__ import annotations

import datetime
import io
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as django_settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.db import connection, transaction
from django.utils import timezone

from appeals import actions, models
from appeals.actions.refusals import Gone, NotTheOwner, NotWithdrawn, StaleVersion
from appeals.evidence import storage
from appeals.models import Case, Event, Evidence, Submission
from appeals.rules.facts import ProofFacts
from appeals.rules.months import Month
from tests import factories
from tests.appeals.evidence.files import picture
from tests.appeals.rounds import confirmed, loaded, sealed

pytestmark = pytest.mark.django_db(transaction=True)

NOW = timezone.now()


def upload(size: int) -> SimpleUploadedFile:
    return SimpleUploadedFile("receipt.png", picture("PNG", (size, 30)), "image/png")


def add(case: Case, size: int = 40, month: int | None = 5) -> Evidence:
    """A receipt with bytes and preview; filed as A-5-… unless there is no month."""
    row = actions.evidence.add(case, by=case.owner, upload=upload(size))
    storage.write_preview(row.stored_as, b"picture")
    if month is not None:
        actions.evidence.file(
            row,
            by=case.owner,
            version=row.version,
            kind="payment",
            shows="A transfer",
            payer="Company",
            private_note="Mine alone",
            proofs=[ProofFacts(5, "A", Month(2018, month))],
        )
        row.refresh_from_db()
    return row


def open_case(owner: Any) -> Case:
    case = factories.open_case(owner)
    actions.providers.add(case, by=owner, name="ERP 甲")
    actions.consents.give(by=owner, language="en")
    return case


@pytest.fixture
def case(owner: Any) -> Case:
    return open_case(owner)


def stored() -> set[str]:
    """The name of every file in storage, previews too."""
    root = Path(django_settings.EVIDENCE_ROOT)
    return {str(path.relative_to(root)) for path in root.rglob("*") if path.is_file()}


def paths(*names: str) -> set[str]:
    return {f"{name[:2]}/{name}" for name in names}


def check_files() -> str:
    out = io.StringIO()
    call_command("check_files", stdout=out)
    return out.getvalue()


def withdrawn(evidence: Evidence) -> Evidence:
    actions.evidence.withdraw(evidence, by=evidence.case.owner)
    evidence.refresh_from_db()
    return evidence


class TestCase:
    def test_rows_lines_bytes_and_previews_go_and_the_other_case_stays(
        self, case: Case, owner: Any
    ) -> None:
        add(case)
        add(case, size=41, month=None)
        confirmed(case)
        sealed(case)
        line = Event.objects.of_case(case).first()
        assert line is not None
        actions.corrections.correct(case, by=owner, event=line.pk, sentence="On another day.")
        texts = {"en": "They sent labels."}
        actions.letters.save(case, by=owner, demand=3, texts=texts, versions={"en": 0})
        other = open_case(owner)
        kept = add(other)
        before = {table: table._default_manager.count() for table in tables()}
        assert all(before[table] for table in (Submission, models.LetterRevision))

        actions.deletion.delete_case(case, by=owner)

        assert list(Case.objects.all()) == [other]
        assert set(Event.objects.values_list("case_code", flat=True)) == {other.code}
        for table in (Submission, models.Correction, models.LetterSection, models.LetterRevision):
            assert not table._default_manager.exists()
        assert list(Evidence.objects.all()) == [kept]
        assert models.Demand.objects.filter(case=other).count() == models.Demand.objects.count()
        assert stored() == paths(kept.stored_as) | {f"previews/{kept.stored_as}"}
        assert "No file is left over." in check_files()

    def test_only_its_owner_deletes_it(self, case: Case, stranger: Any) -> None:
        with pytest.raises(NotTheOwner):
            actions.deletion.delete_case(case, by=stranger)

        assert Case.objects.exists()

    def test_the_second_time_it_is_gone(self, case: Case, owner: Any) -> None:
        actions.deletion.delete_case(case, by=owner)

        with pytest.raises(Gone):
            actions.deletion.delete_case(case, by=owner)

    def test_bytes_stay_where_the_rows_do(self, case: Case, owner: Any) -> None:
        """Whatever fails before the commit: never a row without its bytes."""
        row = add(case)
        before = stored()

        def fail() -> None:
            with transaction.atomic():
                actions.deletion.delete_case(case, by=owner)
                raise RuntimeError

        with pytest.raises(RuntimeError):
            fail()

        assert Evidence.objects.get() == row
        assert stored() == before

    def test_a_storage_that_refuses_keeps_no_row_and_the_rest_still_goes(
        self, case: Case, owner: Any, monkeypatch: Any, caplog: Any
    ) -> None:
        stuck, free = add(case), add(case, size=41)
        remove = storage.remove

        def refusing(name: str) -> None:
            if name == stuck.stored_as:
                raise PermissionError("read-only")
            remove(name)

        monkeypatch.setattr(storage, "remove", refusing)
        actions.deletion.delete_case(case, by=owner)

        assert not Case.objects.exists()
        assert paths(free.stored_as).isdisjoint(stored())
        assert stuck.stored_as in caplog.text

    def test_an_upload_into_a_deleted_case_leaves_nothing(self, case: Case, owner: Any) -> None:
        actions.deletion.delete_case(case, by=owner)

        with pytest.raises(Gone):
            actions.evidence.add(case, by=owner, upload=upload(40))

        assert stored() == set()


class TestFile:
    def test_its_number_alone_stays(self, case: Case, owner: Any) -> None:
        row = withdrawn(add(case))

        actions.deletion.delete_file(row, by=owner)

        row.refresh_from_db()
        assert row.exhibit == "A-5-1"
        assert row.is_withdrawn
        assert not row.has_file
        said = (row.original_name, row.shows, row.payer, row.private_note, row.sha256, row.kind)
        assert set(said) == {""}
        assert (row.size, row.payees, row.observed, row.pages) == (0, [], {}, None)
        assert not row.proofs.exists()
        assert stored() == set()
        assert "No file is left over." in check_files()
        assert actions.evidence.room(case).in_case == 0
        (line,) = Event.objects.filter(kind=Event.Kind.FILE_DELETED)
        assert line.details == {"evidence": str(row.code), "exhibit": "A-5-1"}

    def test_what_was_confirmed_stays_confirmed(self, case: Case, owner: Any) -> None:
        row = withdrawn(add(case))
        before = loaded(case).assess().digest

        actions.deletion.delete_file(row, by=owner)

        assert loaded(case).assess().digest == before

    def test_its_number_is_not_given_again(self, case: Case, owner: Any) -> None:
        actions.deletion.delete_file(withdrawn(add(case)), by=owner)

        assert add(case).exhibit == "A-5-2"

    def test_twice_is_the_same_as_once(self, case: Case, owner: Any) -> None:
        row = withdrawn(add(case))
        actions.deletion.delete_file(row, by=owner)
        actions.deletion.delete_file(row, by=owner)

        assert Event.objects.filter(kind=Event.Kind.FILE_DELETED).count() == 1

    def test_what_still_proves_something_is_not_deleted(self, case: Case, owner: Any) -> None:
        row = add(case)

        with pytest.raises(NotWithdrawn):
            actions.deletion.delete_file(row, by=owner)

        assert paths(row.stored_as) <= stored()

    def test_a_sealed_package_keeps_its_bytes_until_the_case_goes(
        self, case: Case, owner: Any
    ) -> None:
        row = add(case)
        confirmed(case)
        package = sealed(case)
        size = row.size
        withdrawn(row)

        actions.deletion.delete_file(row, by=owner)

        assert stored() == paths(row.stored_as, package.pdf_stored_as)  # without its preview
        assert b"".join(actions.submissions.package_of(package).chunks())
        assert actions.evidence.room(case).in_case == size
        assert "No file is left over." in check_files()
        actions.deletion.delete_case(case, by=owner)
        assert stored() == set()


class TestAfterClosing:
    @pytest.fixture
    def closed(self, case: Case, owner: Any) -> Case:
        add(case)
        add(case, size=41, month=None)
        confirmed(case)
        sealed(case)
        case.refresh_from_db()
        actions.deletion.keep_files(case, by=owner, version=case.version, delete_files_after=180)
        closed_at = NOW - datetime.timedelta(days=180)
        Case.objects.filter(pk=case.pk).update(closed_as="partly", closed_at=closed_at)
        case.refresh_from_db()
        return case

    def test_files_and_packages_go_and_what_was_written_stays(self, closed: Case) -> None:
        assert actions.deletion.delete_due(NOW) == 1

        assert stored() == set()
        (row,) = Evidence.objects.all()
        assert (row.exhibit, row.is_withdrawn, row.has_file) == ("A-5-1", True, False)
        assert not Submission.objects.get().has_package
        assert closed.providers.count() == 1
        line = Event.objects.of_case(closed).first()
        assert line is not None
        assert (line.kind, line.by_id) == (Event.Kind.FILES_DELETED, None)
        assert line.details == {"days": 180, "files": 2, "packages": 1}
        assert "Every file has its evidence" in check_files()
        assert actions.evidence.room(closed).in_case == 0

    def test_the_second_round_finds_nothing(self, closed: Case) -> None:
        actions.deletion.delete_due(NOW)

        assert actions.deletion.delete_due(NOW + datetime.timedelta(days=400)) == 0
        assert Event.objects.filter(kind=Event.Kind.FILES_DELETED).count() == 1

    @pytest.mark.parametrize(
        "changes",
        [
            pytest.param({"delete_files_after": None}, id="off"),
            pytest.param({"closed_as": "", "closed_at": None}, id="opened again"),
            pytest.param({"closed_at": NOW - datetime.timedelta(days=179)}, id="too early"),
        ],
    )
    def test_it_keeps_everything(self, closed: Case, changes: dict[str, Any]) -> None:
        Case.objects.filter(pk=closed.pk).update(**changes)
        before = stored()

        assert actions.deletion.delete_due(NOW) == 0

        assert stored() == before
        assert before

    def test_a_case_opened_again_after_the_look_is_left_alone(
        self, closed: Case, monkeypatch: Any
    ) -> None:
        locked = actions.deletion.locked

        def reopened(key: int) -> Case:
            Case.objects.filter(pk=key).update(closed_as="", closed_at=None)
            return locked(key)

        monkeypatch.setattr(actions.deletion, "locked", reopened)

        assert actions.deletion.delete_due(NOW) == 0
        assert stored()

    def test_nothing_goes_unless_it_was_chosen(self, owner: Any) -> None:
        assert factories.open_case(owner).delete_files_after is None

    def test_a_form_made_before_another_change_is_refused(self, case: Case, owner: Any) -> None:
        case.refresh_from_db()
        stale = case.version
        actions.cases.change(case, by=owner, version=stale, store="Another")

        with pytest.raises(StaleVersion):
            actions.deletion.keep_files(case, by=owner, version=stale, delete_files_after=180)


def test_a_sealed_package_that_is_not_whole_is_named(case: Case, capsys: Any) -> None:
    add(case)
    confirmed(case)
    package = sealed(case)
    storage.remove(package.pdf_stored_as)

    with pytest.raises(Exception, match="1 sealed packages not whole"):
        call_command("check_files")

    assert f"round 1: its file {package.pdf_stored_as} is gone" in capsys.readouterr().out


def test_an_upload_and_the_deletion_of_its_case_at_once_leave_nothing(
    case: Case, owner: Any
) -> None:
    from .test_races import at_once

    answers = at_once(
        lambda: actions.evidence.add(case, by=owner, upload=upload(40)),
        lambda: actions.deletion.delete_case(case, by=owner),
    )

    assert answers[1] is None
    assert isinstance(answers[0], Evidence | Gone)
    assert not Evidence.objects.exists()
    assert stored() == set()
    connection.close()


def tables() -> list[Any]:
    return [getattr(models, name) for name in models.__all__]

"""The pages of a round: recorded, sealed, compared, replied to; and how a case ends."""

from __future__ import annotations

import datetime
import io
from html import unescape
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from appeals import actions
from appeals.dossier import verifying
from appeals.dossier.package import Package
from appeals.evidence import mending, storage
from appeals.models import Case, Event, Evidence, Provider, Submission
from appeals.rules.facts import ProofFacts
from appeals.rules.months import Month
from tests.appeals.rounds import REPLY, confirmed, loaded, replied, sealed

from .conftest import address, upload

pytestmark = pytest.mark.django_db


@pytest.fixture
def exhibit(case: Case, provider: Provider, owner: Any, consent: None) -> Evidence:
    row = actions.evidence.add(case, by=owner, upload=upload())
    actions.evidence.file(
        row,
        by=owner,
        version=row.version,
        kind="payment",
        proofs=[ProofFacts(5, "A", Month(2018, 5))],
    )
    row.refresh_from_db()
    return row


@pytest.fixture
def first(case: Case, exhibit: Evidence) -> Submission:
    """Round 1, sealed."""
    confirmed(case)
    return sealed(case)


def form(case: Case, **changes: Any) -> dict[str, Any]:
    """What a browser sends to record a submission."""
    return {
        "made_of": loaded(case).changed_at.isoformat(),
        "sent_on": "2018-09-20",
        "sent_time": "22:05",
        "sent_where": "Seller Central, Account Health",
        "amazon_reference": "1234567890",
        "is_sent": "on",
    } | changes


def text(answer: Any) -> str:
    return unescape(answer.content.decode())


class TestRecording:
    def test_the_page_says_what_is_sealed_and_what_is_open(
        self, as_owner: Client, case: Case, exhibit: Evidence
    ) -> None:
        answer = as_owner.get(address("submission", case, 1))

        html = text(answer)
        assert answer.status_code == 200
        assert "1 exhibit" in html
        assert "declared as a gap" in html
        assert "The owner has not confirmed these facts" in html
        assert address("dossier-pdf", case) + "?gaps=declared" in html

    def test_what_is_not_confirmed_is_confirmed_first_and_leads_back(
        self, as_owner: Client, case: Case, exhibit: Evidence
    ) -> None:
        html = text(as_owner.get(address("submission", case, 1)))
        there = address("confirmation", case) + "?for=submission"
        assert f'href="{there}"' in html
        assert 'name="sent_where"' not in html

        answer = as_owner.post(
            there, {"digest": loaded(case).assess().digest, "is_confirmed": "on"}
        )

        assert answer["Location"] == address("submission", case, 1)
        assert 'name="sent_where"' in text(as_owner.get(address("submission", case, 1)))

    def test_it_is_sealed_as_it_is_and_shown(
        self, as_owner: Client, case: Case, exhibit: Evidence
    ) -> None:
        confirmed(case)

        answer = as_owner.post(address("submission", case, 1), form(case), follow=True)

        html = text(answer)
        row = Submission.objects.get()
        assert "Round 1 is sealed." in html
        assert row.manifest_sha256[:8] in html
        assert "1234567890" in html
        assert (row.sent_on.isoformat(), f"{row.sent_time:%H:%M}") == ("2018-09-20", "22:05")

    def test_what_was_typed_stays_where_it_is_refused(
        self, as_owner: Client, case: Case, exhibit: Evidence
    ) -> None:
        answer = as_owner.post(
            address("submission", case, 1), form(case, sent_on="", sent_where="Here", is_sent="")
        )

        html = text(answer)
        assert answer.status_code == 422
        assert 'value="Here"' in html
        assert "Tick the sentence to seal the dossier." in html
        assert not Submission.objects.exists()

    @pytest.mark.parametrize("day", ["2018-09-11", "2099-01-01"])
    def test_a_day_that_cannot_be_is_refused(
        self, as_owner: Client, case: Case, exhibit: Evidence, day: str
    ) -> None:
        confirmed(case)

        answer = as_owner.post(address("submission", case, 1), form(case, sent_on=day))

        assert answer.status_code == 422

    def test_a_secret_is_refused(self, as_owner: Client, case: Case, exhibit: Evidence) -> None:
        confirmed(case)
        secret = "amzn.mws." + "4ea38b7b-f563-7709-4bae-" + "87aeaf3c1d20"

        answer = as_owner.post(address("submission", case, 1), form(case, sent_where=secret))

        assert answer.status_code == 422
        assert not Submission.objects.exists()

    def test_without_confirmation_it_leads_there(
        self, as_owner: Client, case: Case, exhibit: Evidence
    ) -> None:
        answer = as_owner.post(address("submission", case, 1), form(case))

        assert answer.status_code == 409
        assert address("confirmation", case) in text(answer)
        assert 'value="1234567890"' in text(answer)

    def test_what_changed_meanwhile_is_looked_at_first(
        self, as_owner: Client, case: Case, exhibit: Evidence, owner: Any
    ) -> None:
        confirmed(case)
        sent = form(case)
        actions.cases.change(case, by=owner, version=1, store="Renamed")
        confirmed(case)

        answer = as_owner.post(address("submission", case, 1), sent)

        html = text(answer)
        assert answer.status_code == 409
        assert "The case changed after this page was opened" in html
        assert loaded(case).changed_at.isoformat() in html
        assert not Submission.objects.exists()

    def test_what_was_sent_in_another_tab_stands_beside_what_was_typed(
        self, as_owner: Client, case: Case, exhibit: Evidence, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        confirmed(case)
        sent = form(case, amazon_reference="222")
        check = Package.check

        def meanwhile(package: Package) -> None:
            monkeypatch.setattr(Package, "check", check)
            sealed(case, amazon_reference="111")

        monkeypatch.setattr(Package, "check", meanwhile)

        answer = as_owner.post(address("submission", case, 1), sent)

        html = text(answer)
        assert answer.status_code == 409
        assert "111" in html
        assert 'value="222"' in html
        assert Submission.objects.get().amazon_reference == "111"

    def test_there_is_no_other_round(self, as_owner: Client, case: Case, exhibit: Evidence) -> None:
        assert as_owner.get(address("submission", case, 2)).status_code == 404
        assert as_owner.get(address("submission", case, 0)).status_code == 404

    def test_a_register_is_asked_for_its_notice(
        self, as_owner: Client, case: Case, owner: Any
    ) -> None:
        register = actions.cases.open_register(by=owner, store="示例店")

        answer = as_owner.get(address("submission", register, 1))

        assert answer.status_code == 302
        assert answer["Location"] == address("notice", register)

    def test_strangers_find_nothing(self, as_stranger: Client, first: Submission) -> None:
        case = first.case
        for name, parts in (
            ("submission", (1,)),
            ("submission-pdf", (1,)),
            ("submission-package", (1,)),
            ("submission-compare", (1, 2)),
            ("reply", (1,)),
            ("outcome", ()),
        ):
            assert as_stranger.get(address(name, case, *parts)).status_code == 404
        assert as_stranger.post(address("submission", case, 1), {}).status_code == 404


class TestSealed:
    def test_the_package_is_whole_and_is_known_here(
        self, as_owner: Client, first: Submission, client: Client
    ) -> None:
        content = b"".join(as_owner.get(address("submission-package", first.case, 1)))

        found = verifying.verify(io.BytesIO(content))
        assert found.verdict == verifying.Verdict.WHOLE
        assert found.manifest_sha256 == first.manifest_sha256
        sent = io.BytesIO(content)
        sent.name = "package.zip"
        html = text(client.post("/en/verify/", {"package": sent}))
        assert "It is the package that was sealed here" in html
        assert first.case.store in html

    def test_a_package_that_was_not_sealed_is_told_apart(
        self, as_owner: Client, case: Case, exhibit: Evidence, client: Client
    ) -> None:
        sent = io.BytesIO(b"".join(as_owner.get(address("dossier-package", case))))
        sent.name = "package.zip"

        html = text(client.post("/en/verify/", {"package": sent}))

        assert "No sealed round here has this manifest" in html

    def test_downloads_are_on_the_timeline(self, as_owner: Client, first: Submission) -> None:
        as_owner.get(address("submission-pdf", first.case, 1))

        assert "downloaded the sealed dossier of round 1 as PDF" in text(
            as_owner.get(address("timeline", first.case))
        )

    def test_while_waiting_nothing_is_offered_to_send(
        self, as_owner: Client, first: Submission
    ) -> None:
        for page in ("case-detail", "dossier"):
            html = text(as_owner.get(address(page, first.case)))
            assert "Waiting for a reply. Do not resend unless something changed." in html
            assert "Record submission" not in html

    def test_what_was_noted_is_corrected(self, as_owner: Client, first: Submission) -> None:
        sent = {
            "version": first.version,
            "sent_on": "2018-09-21",
            "sent_time": "",
            "sent_where": "E-mail",
            "amazon_reference": "99",
        }

        as_owner.post(first.get_absolute_url(), sent)
        again = as_owner.post(first.get_absolute_url(), sent | {"amazon_reference": "77"})

        first.refresh_from_db()
        assert first.amazon_reference == "99"
        assert again.status_code == 409
        assert "77" in text(again)

    def test_lost_bytes_are_said(self, as_owner: Client, first: Submission) -> None:
        storage.remove(first.pdf_stored_as)

        for name in ("submission-pdf", "submission-package"):
            answer = as_owner.get(address(name, first.case, 1))
            assert answer.status_code == 409
            assert "not in our storage" in text(answer)


class TestReply:
    def form(self, row: Submission, **changes: Any) -> dict[str, Any]:
        return {
            "version": row.version,
            "reply_answer": "more",
            "reply_text": REPLY,
            "reply_on": "2018-09-25",
            "reply_reference": "",
            "reply_deadline_on": "",
            "reply_deadline_time": "",
            "reply_time_zone": "Asia/Shanghai",
            "reply_has_no_deadline": "on",
        } | changes

    def test_it_opens_the_next_round(self, as_owner: Client, first: Submission) -> None:
        as_owner.post(address("reply", first.case, 1), self.form(first))

        assert loaded(first.case).assess().round == 2

    @pytest.mark.parametrize(
        ("changes", "words"),
        [
            ({"reply_text": ""}, "Copy in what the reply says."),
            ({"reply_on": "2018-09-01"}, "before the day on which the dossier was sent"),
            ({"reply_on": "2099-09-01"}, "still to come"),
            ({"reply_deadline_on": "2018-09-30"}, "Either give the day or tick"),
            (
                {"reply_deadline_on": "2018-09-21", "reply_has_no_deadline": ""},
                "before the day on which the reply was received",
            ),
            (
                {"reply_deadline_time": "10:00", "reply_has_no_deadline": ""},
                "Give the day that the time is on.",
            ),
        ],
    )
    def test_what_cannot_be_is_refused(
        self, as_owner: Client, first: Submission, changes: dict[str, str], words: str
    ) -> None:
        answer = as_owner.post(address("reply", first.case, 1), self.form(first, **changes))

        assert answer.status_code == 422
        assert words in text(answer)
        assert loaded(first.case).assess().is_waiting

    def test_no_reply_and_something_new_needs_no_text(
        self, as_owner: Client, first: Submission
    ) -> None:
        as_owner.post(
            address("reply", first.case, 1), self.form(first, reply_answer="none", reply_text="")
        )

        assert loaded(first.case).assess().round == 2

    def test_an_end_leads_to_the_outcome(self, as_owner: Client, first: Submission) -> None:
        answer = as_owner.post(
            address("reply", first.case, 1),
            self.form(first, reply_answer="reinstated"),
            follow=True,
        )

        assert answer.redirect_chain[-1][0] == address("outcome", first.case)
        assert 'value="reinstated"' in text(answer)


class TestComparing:
    def test_it_marks_what_differs(self, as_owner: Client, first: Submission, owner: Any) -> None:
        replied(first)
        actions.providers.add(first.case, by=owner, name="Tool B")

        html = text(as_owner.get(address("submission-compare", first.case, 1, 2)))

        assert "From round 1 to round 2 as it is now" in html
        assert "B Tool B" in html
        assert "<ins>" in html

    def test_two_sealed_rounds(self, as_owner: Client, first: Submission) -> None:
        replied(first)
        confirmed(first.case)
        sealed(first.case)

        html = text(as_owner.get(address("submission-compare", first.case, 2, 1)))

        assert "From round 2 to round 1" in html

    def test_no_other(self, as_owner: Client, first: Submission) -> None:
        assert as_owner.get(address("submission-compare", first.case, 1, 7)).status_code == 404


class TestOutcome:
    def test_closing_and_going_on(self, as_owner: Client, case: Case) -> None:
        sent = {"version": 1, "closed_as": "upheld", "lesson": "早点问"}

        as_owner.post(address("outcome", case), sent)
        html = text(as_owner.get(address("case-detail", case)))
        assert "Suspension upheld" in html

        as_owner.post(address("outcome", case), {"reopen": "1"})
        case.refresh_from_db()
        assert not case.is_closed
        kinds = Event.objects.of_case(case).values_list("kind", flat=True)
        assert {Event.Kind.CASE_CLOSED, Event.Kind.CASE_REOPENED} <= set(kinds)

    def test_how_it_ended_has_to_be_said(self, as_owner: Client, case: Case) -> None:
        answer = as_owner.post(address("outcome", case), {"version": 1, "lesson": "text"})

        assert answer.status_code == 422
        assert "text" in text(answer)


class TestDays:
    """Rounds and replies come one after the other."""

    def sent(self, row: Submission, **changes: str) -> dict[str, Any]:
        return {
            "version": row.version,
            "sent_on": "2018-09-20",
            "sent_time": "",
            "sent_where": "Here",
            "amazon_reference": "",
        } | changes

    def test_a_round_is_not_sent_after_its_reply(self, as_owner: Client, first: Submission) -> None:
        row = replied(first)

        answer = as_owner.post(first.get_absolute_url(), self.sent(row, sent_on="2018-12-01"))

        assert answer.status_code == 422
        assert "after the day on which the reply was received" in text(answer)

    def test_the_next_is_not_sent_before_the_reply(
        self, as_owner: Client, first: Submission
    ) -> None:
        replied(first)
        confirmed(first.case)

        answer = as_owner.post(
            address("submission", first.case, 2), form(first.case, sent_on="2018-09-22")
        )

        assert answer.status_code == 422
        assert "before the day on which the reply was received" in text(answer)

    def test_a_reply_is_not_of_after_the_next_round(
        self, as_owner: Client, first: Submission
    ) -> None:
        row = replied(first)
        confirmed(first.case)
        sealed(first.case, sent_on=datetime.date(2018, 9, 28))
        sent = TestReply().form(row, reply_on="2018-10-20")

        answer = as_owner.post(address("reply", first.case, 1) + "?edit", sent)

        assert answer.status_code == 422
        assert "after the day on which the next round was sent" in text(answer)


class TestBytes:
    @pytest.mark.parametrize("harm", [lambda pdf: pdf[:500], lambda pdf: pdf[:-1] + b"!"])
    def test_another_pdf_is_never_handed_out(
        self, as_owner: Client, first: Submission, harm: Any
    ) -> None:
        path = storage.path_of(first.pdf_stored_as)
        path.write_bytes(harm(path.read_bytes()))

        for name in ("submission-pdf", "submission-package"):
            assert as_owner.get(address(name, first.case, 1)).status_code == 409

    def test_a_shorter_one_is_found_by_check_files(self, first: Submission) -> None:
        path = storage.path_of(first.pdf_stored_as)
        path.write_bytes(path.read_bytes()[:500])

        [(row, names)] = mending.mend(now=timezone.now(), is_trial=True).incomplete
        assert (row, names) == (first, (first.pdf_stored_as,))

    def test_asking_whether_it_is_there_is_no_download(
        self, as_owner: Client, first: Submission
    ) -> None:
        before = Event.objects.of_case(first.case).count()

        for name, parts in (
            ("submission-package", (1,)),
            ("submission-pdf", (1,)),
            ("dossier-package", ()),
        ):
            as_owner.head(address(name, first.case, *parts))

        assert Event.objects.of_case(first.case).count() == before


def test_what_the_cover_shows_of_the_reply_is_confirmed_with_it(
    case: Case, exhibit: Evidence, owner: Any
) -> None:
    confirmed(case)
    row = replied(sealed(case))
    confirmed(case)

    actions.submissions.record_reply(
        row, by=owner, version=row.version, reply_reference="9876543210"
    )

    assert "changed-since-confirmed" in [
        one.code.value for one in loaded(case).assess().open_findings
    ]

"""The pages before something is deleted for good, and what they answer afterwards."""

from __future__ import annotations

import datetime
from html import unescape
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from appeals import actions
from appeals.evidence import storage
from appeals.models import Case, Evidence, Provider, Submission
from appeals.presenters.kept import kept_of
from appeals.rules.facts import ProofFacts
from appeals.rules.months import Month
from tests.appeals.rounds import confirmed, sealed

from .conftest import address, upload

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def exhibit(case: Case, provider: Provider, owner: Any, consent: None) -> Evidence:
    row = actions.evidence.add(case, by=owner, upload=upload())
    proofs = [ProofFacts(5, "A", Month(2018, 5))]
    actions.evidence.file(row, by=owner, version=row.version, kind="payment", proofs=proofs)
    row.refresh_from_db()
    return row


@pytest.fixture
def package(case: Case, exhibit: Evidence) -> Submission:
    confirmed(case)
    return sealed(case)


def text(answer: Any) -> str:
    return unescape(answer.content.decode())


class TestCase:
    def test_it_says_in_numbers_what_goes(
        self, as_owner: Client, case: Case, package: Submission
    ) -> None:
        html = text(as_owner.get(address("case-delete", case)))

        for words in (
            "1 file, ",
            "1 provider with contacts",
            "1 sealed package (round 1)",
            "Nothing on this site.",
            "This cannot be undone.",
        ):
            assert words in html

    @pytest.mark.parametrize("name", ["示例店 US", "示例店us", "示例店　ＵＳ", " 示例店 Us "])
    def test_the_name_deletes_it(
        self, as_owner: Client, case: Case, exhibit: Evidence, name: str
    ) -> None:
        answer = as_owner.post(address("case-delete", case), {"name": name}, follow=True)

        assert answer.redirect_chain[0][0] == "/en/appeals/"
        assert "示例店 US was deleted for good." in text(answer)
        assert not Case.objects.exists()
        assert not storage.is_stored(exhibit.stored_as)

    @pytest.mark.parametrize("name", ["", "示例店", "示例店 UK"])
    def test_another_name_deletes_nothing_and_stays_typed(
        self, as_owner: Client, case: Case, name: str
    ) -> None:
        answer = as_owner.post(address("case-delete", case), {"name": name})

        assert answer.status_code == 422
        assert f'value="{name}"' in text(answer) or not name
        assert "error-summary" in text(answer)
        assert Case.objects.exists()

    def test_a_name_of_punctuation_alone_is_no_free_pass(
        self, as_owner: Client, case: Case
    ) -> None:
        Case.objects.update(store="！！")

        assert as_owner.post(address("case-delete", case), {"name": "..."}).status_code == 422
        assert as_owner.post(address("case-delete", case), {"name": "！！"}).status_code == 302

    def test_the_second_tab_is_told_that_it_is_gone(self, as_owner: Client, case: Case) -> None:
        url = address("case-delete", case)
        as_owner.post(url, {"name": case.store})

        again = as_owner.post(url, {"name": case.store})

        assert again.status_code == 404
        assert "This page was not found" in text(again)

    def test_others_find_nothing(self, as_stranger: Client, anonymous: Client, case: Case) -> None:
        for client in (as_stranger, anonymous):
            assert client.get(address("case-delete", case)).status_code == 404
            sent = {"name": case.store}
            assert client.post(address("case-delete", case), sent).status_code == 404
        assert Case.objects.exists()

    def test_the_way_there_is_on_the_page_of_the_store(self, as_owner: Client, case: Case) -> None:
        html = text(as_owner.get(address("case-edit", case)))

        assert f'href="{address("case-delete", case)}"' in html


class TestFile:
    @pytest.fixture
    def withdrawn(self, exhibit: Evidence, owner: Any) -> Evidence:
        actions.evidence.withdraw(exhibit, by=owner)
        exhibit.refresh_from_db()
        return exhibit

    def test_it_says_what_goes_and_what_stays(
        self, as_owner: Client, case: Case, withdrawn: Evidence
    ) -> None:
        html = text(as_owner.get(address("evidence-delete", case, withdrawn.code)))

        assert "What stays: the number A-5-1" in html
        assert "sealed package" not in html

    def test_it_says_that_a_sealed_package_holds_it(
        self, as_owner: Client, case: Case, package: Submission, owner: Any
    ) -> None:
        row = case.evidence.get()
        actions.evidence.withdraw(row, by=owner)

        html = text(as_owner.get(address("evidence-delete", case, row.code)))

        assert "The sealed package of round 1 holds this file." in html

    def test_afterwards_its_number_is_listed_without_a_download(
        self, as_owner: Client, case: Case, withdrawn: Evidence
    ) -> None:
        url = address("evidence-delete", case, withdrawn.code)
        answer = as_owner.post(url, follow=True)

        html = text(answer)
        download = address("evidence-download", case, withdrawn.code)
        assert "The file of A-5-1 was deleted for good." in html
        assert "A-5-1" in html
        assert "receipt.png" not in html
        assert download not in html
        assert as_owner.get(download).status_code == 404
        page = text(as_owner.get(withdrawn.get_absolute_url()))
        assert "Its file was deleted for good on" in page
        assert download not in page
        assert as_owner.get(url).status_code == as_owner.post(url).status_code == 302

    def test_what_was_not_withdrawn_leads_back(
        self, as_owner: Client, case: Case, exhibit: Evidence
    ) -> None:
        answer = as_owner.post(address("evidence-delete", case, exhibit.code))

        assert answer.status_code == 302
        assert storage.is_stored(exhibit.stored_as)

    def test_the_dossier_still_lists_it_as_withdrawn(
        self, as_owner: Client, case: Case, withdrawn: Evidence
    ) -> None:
        as_owner.post(address("evidence-delete", case, withdrawn.code))

        assert "A-5-1" in text(as_owner.get(address("dossier", case)))

    def test_others_find_nothing(
        self, as_stranger: Client, case: Case, withdrawn: Evidence
    ) -> None:
        url = address("evidence-delete", case, withdrawn.code)

        assert as_stranger.get(url).status_code == as_stranger.post(url).status_code == 404
        assert storage.is_stored(withdrawn.stored_as)


class TestAfterClosing:
    def test_it_is_off_until_it_is_chosen(self, as_owner: Client, case: Case) -> None:
        url = address("case-keeping", case)
        assert "180 days after closing: off" in text(as_owner.get(address("case-edit", case)))

        answer = as_owner.post(
            url, {"version": case.version, "delete_files_after": "180"}, follow=True
        )

        assert "180 days after closing: on" in text(answer)
        case.refresh_from_db()
        assert case.delete_files_after == 180

    def test_the_case_says_on_which_day(self, as_owner: Client, case: Case) -> None:
        at = datetime.datetime(2026, 1, 1, 4, tzinfo=datetime.UTC)
        changes = {"closed_as": "upheld", "closed_at": at, "delete_files_after": 180}
        Case.objects.filter(pk=case.pk).update(**changes)

        for page in ("case-detail", "case-edit", "case-keeping", "outcome"):
            assert "2026-06-30" in text(as_owner.get(address(page, case))), page

    def test_a_form_made_before_another_change_shows_both(
        self, as_owner: Client, case: Case, owner: Any
    ) -> None:
        actions.cases.change(case, by=owner, version=case.version, store="Another")

        answer = as_owner.post(
            address("case-keeping", case), {"version": 1, "delete_files_after": "180"}
        )

        assert answer.status_code == 409

    def test_what_would_go_at_once_is_not_left_to_go_by_itself(
        self, as_owner: Client, case: Case
    ) -> None:
        closed_at = timezone.now() - datetime.timedelta(days=181)
        Case.objects.filter(pk=case.pk).update(closed_as="upheld", closed_at=closed_at)

        answer = as_owner.post(
            address("case-keeping", case), {"version": case.version, "delete_files_after": "180"}
        )

        assert answer.status_code == 422
        assert "everything would go at once" in text(answer)
        case.refresh_from_db()
        assert case.delete_files_after is None

    def test_another_number_of_days_is_refused(self, as_owner: Client, case: Case) -> None:
        answer = as_owner.post(
            address("case-keeping", case), {"version": 1, "delete_files_after": "1"}
        )

        assert answer.status_code == 422

    def test_afterwards_the_package_says_so(
        self, as_owner: Client, case: Case, package: Submission
    ) -> None:
        at = datetime.datetime(2026, 1, 1, 4, tzinfo=datetime.UTC)
        changes = {"closed_as": "upheld", "closed_at": at, "delete_files_after": 180}
        Case.objects.filter(pk=case.pk).update(**changes)
        assert actions.deletion.delete_due(timezone.now()) == 1

        html = text(as_owner.get(address("submission", case, 1)))

        assert "Deleted for good on" in html
        for way in ("submission-pdf", "submission-package"):
            assert address(way, case, 1) not in html
            assert as_owner.get(address(way, case, 1)).status_code == 404
        timeline = text(as_owner.get(address("timeline", case)))
        assert "This site" in timeline
        assert "deleted the files, 180 days after closing as was chosen" in timeline
        for page in ("case-detail", "evidence-list", "dossier", "letter", "outcome"):
            assert as_owner.get(address(page, case)).status_code == 200, page


def test_a_section_in_two_languages_is_one_section(case: Case) -> None:
    texts, versions = {"en": "Found by a search.", "zh-hans": "搜索找到。"}, {"en": 0, "zh-hans": 0}
    actions.letters.save(case, by=case.owner, demand=1, texts=texts, versions=versions)

    assert kept_of(case).sections == 1

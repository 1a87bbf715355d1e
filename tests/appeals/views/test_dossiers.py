"""The dossier's page and its downloads: what they say, what they hold, and when they fail."""

from __future__ import annotations

import io
import zipfile
from html import unescape
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from appeals import actions, timeline
from appeals.dossier import verifying
from appeals.dossier.of_case import dossier_of
from appeals.dossier.pdf import DossierNotMade, MadePdf
from appeals.evidence import storage
from appeals.letter.of_case import texts_of
from appeals.models import Case, Event, Evidence, Provider
from appeals.presenters.dossier_page import dossier_page
from appeals.rules.facts import ProofFacts
from appeals.rules.months import Month
from config.wsgi import GATE
from tests import factories

from .conftest import address, upload

pytestmark = pytest.mark.django_db

PDF = b"%PDF-1.7 sheets"


@pytest.fixture
def exhibit(case: Case, provider: Provider, owner: Any, consent: None) -> Evidence:
    """A-5-1, a receipt for May, with its bytes."""
    row = actions.evidence.add(case, by=owner, upload=upload())
    actions.evidence.file(
        row,
        by=owner,
        version=row.version,
        kind="payment",
        shows="五月回单",
        proofs=[ProofFacts(5, "A", Month(2018, 5))],
    )
    row.refresh_from_db()
    return row


@pytest.fixture
def made(monkeypatch: pytest.MonkeyPatch) -> list[bool]:
    """Instead of the sheets, which have tests of their own: whether a copy was asked for."""
    asked: list[bool] = []

    def make_pdf(_dossier: object, *, with_chinese: bool = False) -> MadePdf:
        asked.append(with_chinese)
        return MadePdf(PDF, ())

    monkeypatch.setattr("appeals.views.dossiers.make_pdf", make_pdf)
    return asked


def loaded(case: Case) -> Case:
    return Case.objects.with_facts().get(pk=case.pk)


def page(client: Client, case: Case) -> str:
    answer = client.get(address("dossier", case))
    assert answer.status_code == 200
    return unescape(answer.content.decode())


def body(answer: Any) -> bytes:
    return b"".join(answer)


class TestPage:
    def test_it_says_what_is_in_it(self, as_owner: Client, case: Case, exhibit: Evidence) -> None:
        html = page(as_owner, case)

        assert "A-5-1_payment_2018-05.png" in html
        assert "五月回单" in html
        assert "ERP 甲" in html
        assert reverse("appeals:evidence-detail", args=[case.code, exhibit.code]) in html

    def test_what_is_open_is_what_the_cover_lists(
        self, as_owner: Client, case: Case, exhibit: Evidence
    ) -> None:
        shown = dossier_page(loaded(case))

        assert len(shown.open) == len(shown.dossier.open) > 1
        html = page(as_owner, case)
        for row in shown.open:
            assert f'<a href="{row.url}">' in html
        assert f"Not finished: {len(shown.open)} left" in html

    def test_many_of_one_kind_are_one_thing(self, case: Case, owner: Any) -> None:
        for number in range(5):
            actions.providers.add(case, by=owner, name=f"Tool {number}")

        shown = dossier_page(loaded(case))

        assert len(shown.open) == len(shown.dossier.open)
        assert "Item 1: 5 providers lack it" in [one.what for one in shown.open]

    def test_without_a_provider_it_leads_to_adding_one(self, case: Case) -> None:
        first = dossier_page(loaded(case)).open[0]

        assert first.what == "Item 1: no provider is recorded"
        assert first.url == address("provider-create", case)

    def test_its_checks_lead_to_what_is_to_be_done(
        self, as_owner: Client, case: Case, exhibit: Evidence, owner: Any
    ) -> None:
        factories.make_evidence(case)

        html = page(as_owner, case)

        assert "Every exhibit is there, as it was received." in html
        assert "File names are letters and digits only." in html
        assert "1 file is not filed" in html
        assert "only the account owner can confirm this" in html
        assert "The letter is not written under: 1, 2, 3, 4, 5" in html

    def test_an_original_that_is_gone_is_named(
        self, as_owner: Client, case: Case, exhibit: Evidence
    ) -> None:
        storage.path_of(exhibit.stored_as).unlink()

        assert "The original of A-5-1 is not in our storage." in page(as_owner, case)

    def test_characters_that_cannot_be_printed_are_named(
        self, as_owner: Client, case: Case
    ) -> None:
        Case.objects.filter(pk=case.pk).update(store="Store \U000e0100 \U0001f680")

        assert "1F680" in page(as_owner, case)

    def test_a_withdrawn_exhibit_stays_listed(
        self, as_owner: Client, case: Case, exhibit: Evidence, owner: Any
    ) -> None:
        actions.evidence.withdraw(exhibit, by=owner)

        html = page(as_owner, case)

        assert "The number is kept and not used again." in html
        assert "A-5-1_payment" not in html

    def test_a_register_has_one_too(self, as_owner: Client, case: Case) -> None:
        Case.objects.filter(pk=case.pk).update(
            notice_on=None, deadline_on=None, deadline_time=None, has_no_deadline=False
        )

        assert "Register of providers" in page(as_owner, case)

    def test_exhibits_cost_no_query(
        self, as_owner: Client, case: Case, exhibit: Evidence, django_assert_max_num_queries: Any
    ) -> None:
        for number in range(20):
            factories.make_evidence(
                case, exhibit_letter="A", exhibit_ordinal=5, exhibit_number=2 + number
            )

        with django_assert_max_num_queries(16):
            page(as_owner, case)

    def test_the_case_leads_to_it(self, as_owner: Client, case: Case) -> None:
        html = as_owner.get(case.get_absolute_url()).content.decode()

        assert f'href="{address("dossier", case)}"' in html


class TestDownloads:
    @pytest.mark.parametrize(
        ("query", "is_copy", "name", "what"),
        [
            ("", False, "dossier-round-1-unfinished.pdf", "pdf"),
            ("?copy=1", True, "dossier-round-1-unfinished-with-chinese.pdf", "copy"),
        ],
    )
    def test_the_pdf_is_a_download(
        self,
        as_owner: Client,
        case: Case,
        made: list[bool],
        query: str,
        is_copy: bool,
        name: str,
        what: str,
    ) -> None:
        answer = as_owner.get(address("dossier-pdf", case) + query)

        assert answer.content == PDF
        assert made == [is_copy]
        assert answer["Content-Type"] == "application/pdf"
        assert answer["Content-Disposition"] == f'attachment; filename="{name}"'
        assert answer["Content-Length"] == str(len(PDF))
        assert "no-store" in answer["Cache-Control"]
        assert answer["Content-Security-Policy"] == "default-src 'none'; sandbox"
        assert Event.objects.get(kind=Event.Kind.DOWNLOADED).details == {"dossier": what}

    def test_the_package_holds_the_originals_and_is_whole(
        self, as_owner: Client, case: Case, exhibit: Evidence, made: list[bool]
    ) -> None:
        answer = as_owner.get(address("dossier-package", case))
        content = body(answer)

        assert answer["Content-Type"] == "application/zip"
        assert answer["Content-Length"] == str(len(content))
        assert answer["Content-Security-Policy"] == "default-src 'none'; sandbox"
        assert "no-store" in answer["Cache-Control"]
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            assert package.read("dossier.pdf") == PDF
            with storage.open_stored(exhibit.stored_as) as original:
                assert package.read("A-5-1_payment_2018-05.png") == original.read()
        assert verifying.verify(io.BytesIO(content)).verdict is verifying.Verdict.WHOLE

    def test_its_sheets_are_those_of_the_case(self, as_owner: Client, case: Case) -> None:
        answer = as_owner.get(address("dossier-pdf", case))

        assert answer.content.startswith(b"%PDF-")
        assert len(answer.content) > 10_000

    @pytest.mark.parametrize(
        ("way", "sentence"),
        [
            ("dossier-pdf", "downloaded the dossier as PDF"),
            ("dossier-package", "downloaded the dossier with its originals as ZIP"),
        ],
    )
    def test_it_stands_on_the_timeline_and_changes_nothing(
        self, as_owner: Client, case: Case, owner: Any, made: list[bool], way: str, sentence: str
    ) -> None:
        before = Case.objects.get(pk=case.pk).changed_at

        b"".join(as_owner.get(address(way, case)))

        told = timeline.lines(loaded(case), reader=owner)[0]
        assert told.sentence == sentence
        assert told.url == address("dossier", case)
        assert Case.objects.get(pk=case.pk).changed_at == before

    @pytest.mark.parametrize("is_gone", [True, False], ids=["gone", "longer"])
    def test_a_lost_original_stops_the_package_and_is_named(
        self, as_owner: Client, case: Case, exhibit: Evidence, made: list[bool], is_gone: bool
    ) -> None:
        path = storage.path_of(exhibit.stored_as)
        if is_gone:
            path.unlink()
        else:
            path.write_bytes(path.read_bytes() + b"more")

        answer = as_owner.get(address("dossier-package", case))

        assert answer.status_code == 409
        assert "the original of A-5-1 is not in our storage" in answer.content.decode()
        assert not Event.objects.filter(kind=Event.Kind.DOWNLOADED).exists()

    @pytest.mark.parametrize("way", ["dossier-pdf", "dossier-package"])
    @pytest.mark.parametrize(
        ("code", "words", "wait"),
        [
            ("busy", "Try again in a few seconds", "5"),
            ("too-heavy", "too much for us to make", None),
            ("failed", "could not be made", None),
        ],
    )
    def test_what_cannot_be_made_is_said_on_the_page(
        self,
        as_owner: Client,
        case: Case,
        monkeypatch: pytest.MonkeyPatch,
        way: str,
        code: str,
        words: str,
        wait: str | None,
    ) -> None:
        def refuse(*_dossier: object, **_how: object) -> None:
            raise DossierNotMade(code)

        monkeypatch.setattr("appeals.views.dossiers.make_pdf", refuse)

        answer = as_owner.get(address(way, case))

        assert answer.status_code == 503
        assert words in answer.content.decode()
        assert answer.get("Retry-After") == wait
        assert not Event.objects.filter(kind=Event.Kind.DOWNLOADED).exists()

    @pytest.mark.parametrize("way", ["dossier-pdf", "dossier-package"])
    def test_they_wait_for_a_place(
        self, as_owner: Client, case: Case, made: list[bool], way: str
    ) -> None:
        class Full:
            def take(self) -> bool:
                return False

        answer = as_owner.get(address(way, case), **{GATE: Full()})

        assert answer.status_code == 503
        assert answer["Retry-After"] == "5"
        assert not made


def test_the_same_case_gives_the_same_dossier(case: Case, exhibit: Evidence) -> None:
    """Nothing on the page or in a download hangs on the day."""
    row = loaded(case)

    assert dossier_page(row).dossier == dossier_of(row, texts_of(row))
    assert row.changed_at <= timezone.now()

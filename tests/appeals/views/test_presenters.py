"""What pages say, made without a page."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.test import RequestFactory
from django.utils import timezone

from appeals import actions
from appeals.forms.evidence import read_proof, write_proof
from appeals.models import Case, Provider
from appeals.presenters.ledger import Ledger
from appeals.presenters.months import strip
from appeals.presenters.overview import overview
from appeals.rules.facts import ProofFacts
from appeals.rules.months import Month
from appeals.sentences import Words
from appeals.templatetags.appeals import next_step_panel, whole
from tests import factories

pytestmark = pytest.mark.django_db


def test_a_strip_is_whole_years_in_halves(case: Case, provider: Provider) -> None:
    cell = case.assess().cell(5, "A")

    (year,) = strip(Words.of(case), cell)

    assert year.year == 2018
    assert [len(half) for half in year.halves] == [6, 6]
    in_use = [month.short for half in year.halves for month in half if not month.is_idle]
    assert in_use == ["Mar", "Apr", "May", "Jun", "Jul", "Aug"]


def test_the_rest_of_a_prepaid_year_is_no_month_to_look_at(case: Case, provider: Provider) -> None:
    """Paid from March of this year to February of the next, used until August."""
    months = [Month(2018, number) for number in range(3, 13)] + [Month(2019, 1), Month(2019, 2)]
    actions.evidence.file(
        factories.make_evidence(case),
        by=case.owner,
        version=1,
        kind="payment",
        shows="A year",
        proofs=[ProofFacts(5, "A", month) for month in months],
    )
    case = Case.objects.with_facts().get()

    (year,) = strip(Words.of(case), case.assess().cell(5, "A"))

    assert [half[-1].look.icon for half in year.halves] == ["check", ""]
    assert [half[-1].is_idle for half in year.halves] == [False, True]


def test_no_months_no_strip(case: Case) -> None:
    factories.make_provider(case)

    assert strip(Words.of(case), case.assess().cell(5, "A")) == ()


def test_a_row_tells_the_worst_of_its_states_first(case: Case, provider: Provider) -> None:
    shown = overview(Words.of(case), case.assess())

    (row,) = shown.rows
    assert (row.look.icon, row.short) == ("ring", "3 / 5")
    assert row.used == "2018-03 to 2018-08"
    assert not row.is_done


@pytest.mark.parametrize(
    ("text", "proof"),
    [
        ("5/A/2018-04", ProofFacts(5, "A", Month(2018, 4))),
        ("3/AB", ProofFacts(3, "AB")),
        ("8", ProofFacts(8)),
    ],
)
def test_a_tick_stands_for_a_proof(text: str, proof: ProofFacts) -> None:
    assert read_proof(text) == proof
    assert write_proof(proof) == text


@pytest.mark.parametrize(
    "text",
    ["", "x", "5/a", "5/A/2018-13", "5/A/2018-04/1", "99999", "5//2018-04", "٣/A", "5/A/0001-01"],
)
def test_no_other_text_does(text: str) -> None:
    assert read_proof(text) is None


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("File A-5-2", 'File <span class="nowrap">A-5-2</span>'),
        ("2018-05 <b>", '<span class="nowrap">2018-05</span> &lt;b&gt;'),
        ("2018-05-03", '<span class="nowrap">2018-05-03</span>'),
        ("no numbers", "no numbers"),
    ],
)
def test_numbers_are_kept_in_one_piece_and_the_rest_is_escaped(text: str, html: str) -> None:
    assert whole(text) == html


def test_the_home_page_shows_the_nearest_deadline_first(owner: Any, rf: RequestFactory) -> None:
    factories.open_case(owner, store="Calm")
    today = timezone.localdate()
    factories.open_case(
        owner, store="Urgent", notice_on=today, has_no_deadline=False, deadline_on=today
    )
    request = rf.get("/")
    request.user = owner

    panel = next_step_panel({"request": request})

    assert panel["ledger"].case.store == "Urgent"
    assert panel["count"] == 2


def test_the_home_page_shows_a_stranger_nothing_and_asks_nothing(
    anonymous: Any, django_assert_num_queries: Any, rf: RequestFactory
) -> None:
    request = rf.get("/")
    request.user = AnonymousUser()

    with django_assert_num_queries(0):
        assert next_step_panel({"request": request})["ledger"] is None


def test_a_ledger_counts_who_still_has_access(case: Case, provider: Provider) -> None:
    case.refresh_from_db()
    factories.make_provider(case, shared_secret="yes")
    factories.make_provider(case, ended="access")

    ledger = Ledger.of(Case.objects.get(), timezone.now())

    assert (ledger.providers, ledger.with_access, ledger.with_secret) == (3, 2, 1)

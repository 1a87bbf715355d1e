"""Findings on their pages: every way out leads to the very field, in both languages."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from html import unescape
from typing import Any

import pytest
from django.test import Client
from django.utils import translation
from django.utils.html import strip_tags

from appeals import actions
from appeals.actions.explanations import About
from appeals.dossier.of_case import dossier_of
from appeals.dossier.words import in_reach
from appeals.models import Case, Evidence, Provider
from appeals.presenters.hints import hints_of
from appeals.rules.facts import ProofFacts
from appeals.rules.findings import Code, Finding
from appeals.rules.months import Month
from appeals.sentences import Words
from tests import factories

from .conftest import address

pytestmark = pytest.mark.django_db

Raise = Callable[[Case, Provider], None]


def write(case: Case, demand: int, sent: str) -> None:
    texts = {"en": sent, "zh-hans": ""}
    versions = {"en": 0, "zh-hans": 0}
    actions.letters.save(case, by=case.owner, demand=demand, texts=texts, versions=versions)


def file(case: Case, proof: ProofFacts, **particulars: Any) -> Evidence:
    row = factories.make_evidence(case)
    actions.evidence.file(row, by=case.owner, version=row.version, proofs=[proof], **particulars)
    row.refresh_from_db()
    return row


def dated(day: datetime.date) -> Raise:
    def pay(case: Case, _provider: Provider) -> None:
        proof = ProofFacts(5, "A", Month(2018, 3))
        file(case, proof, kind="payment", shows="Receipt", about_on=day)

    return pay


def says(demand: int, sent: str) -> Raise:
    return lambda case, _provider: write(case, demand, sent)


def name_another(case: Case, _provider: Provider) -> None:
    file(case, ProofFacts(3, "A"), kind="page", shows="Their page", payees=["Label Sea"])


def show_nothing(case: Case, provider: Provider) -> None:
    actions.providers.change(provider, by=case.owner, version=provider.version, is_free=True)
    for demand in (3, 5):
        about = About(provider="A", demand=demand)
        actions.explanations.write(
            case, by=case.owner, about=about, kind="reason", sentence="Nothing is kept."
        )


RAISED: dict[str, tuple[Code, Raise]] = {
    "before use": (Code.PAID_BEFORE_USE, dated(datetime.date(2018, 2, 26))),
    "after the notice": (Code.PAID_AFTER_NOTICE, dated(datetime.date(2018, 9, 30))),
    "a file names": (Code.NAMED_NOT_LISTED, name_another),
    "the letter names": (Code.NAMED_NOT_LISTED, says(1, "A tool called Label Sea helped.")),
    "not shown": (Code.LISTED_NOT_SHOWN, show_nothing),
    "claimed": (Code.CLAIMED_WITHOUT_PROOF, says(5, "Paid in March and April 2018.")),
    "months": (Code.LETTER_CONTRADICTS, says(4, "ERP 甲 was in use since May 2018.")),
    "a name": (Code.LETTER_CONTRADICTS, says(1, "We wrote to Alpha Softwaer Ltd.")),
    "an exhibit": (Code.LETTER_CONTRADICTS, says(1, "See A-5-9.")),
}


@pytest.fixture(params=RAISED)
def raised(request: Any, case: Case, provider: Provider) -> tuple[Case, Finding]:
    """A case with exactly this finding, as it is loaded again."""
    code, put_in = RAISED[request.param]
    actions.providers.change(
        provider, by=case.owner, version=provider.version, legal_name="Alpha Software Ltd"
    )
    provider.refresh_from_db()
    put_in(case, provider)
    fresh = Case.objects.get(pk=case.pk)
    (finding,) = fresh.assess().open_findings
    assert finding.code is code
    return fresh, finding


def page(client: Client, url: str) -> str:
    answer = client.get(url)
    assert answer.status_code == 200, url
    return unescape(answer.content.decode())


def test_every_way_out_leads_to_a_page_that_has_the_field(
    as_owner: Client, raised: tuple[Case, Finding]
) -> None:
    case, finding = raised
    for language in ("en", "zh-hans"):
        with translation.override(language):
            said = Words.of(case).finding(finding)
            assert len(said.ways) == 3
            for url in (said.url, *(way.url for way in said.ways)):
                path, _hash, anchor = url.partition("#")
                assert path.startswith(f"/{language}/")
                html = page(as_owner, path)
                assert not anchor or f'id="{anchor}"' in html, url


def test_it_stands_where_it_is_mended_with_all_its_ways(
    as_owner: Client, raised: tuple[Case, Finding]
) -> None:
    case, finding = raised
    said = Words.of(case).finding(finding)

    html = page(as_owner, said.url)

    words = " ".join(strip_tags(html).split())
    assert words.count(said.title) == words.count(said.sentence) == 1
    assert said.why in words
    assert all(f'href="{way.url}"' in html for way in said.ways)


def test_it_is_the_next_step(as_owner: Client, raised: tuple[Case, Finding]) -> None:
    case, finding = raised
    actions.cases.set_deadline(case, by=case.owner, version=case.version, has_no_deadline=True)
    case = Case.objects.get(pk=case.pk)
    said = Words.of(case).finding(finding)

    html = page(as_owner, case.get_absolute_url())

    assert said.title in " ".join(strip_tags(html).split())
    assert f'href="{said.ways[0].url}"' in html


def test_a_sentence_closes_it_and_stands_in_the_dossier(
    as_owner: Client, raised: tuple[Case, Finding]
) -> None:
    case, finding = raised
    url = f"{address('explanation', case)}?finding={finding.key}"
    said = Words.of(case).finding(finding)

    html = page(as_owner, url)
    assert said.sentence in " ".join(strip_tags(html).split())
    corrections = [way for way in said.ways if "explanation" not in way.url]
    assert len(corrections) == 2
    assert all(f'href="{way.url}">{way.label}</a>' in html for way in corrections)
    sent = {"kind": "reason", "version": 0, "sentence": "It was so, and here is why."}
    assert as_owner.post(url, sent).status_code == 302

    fresh = Case.objects.get(pk=case.pk)
    assert not fresh.assess().open_findings
    rows = dossier_of(fresh).gaps.explained
    assert "It was so, and here is why." in [in_reach(row.reason) for row in rows]
    assert "It was so, and here is why." in page(as_owner, address("confirmation", case))
    html = page(as_owner, said.url)
    assert "It was so, and here is why." in html
    assert f'href="{said.explain_url}"' in html
    assert said.title not in " ".join(strip_tags(html).split()) or finding.place.page == "letter"


def test_it_is_among_the_checks_before_sending(
    as_owner: Client, raised: tuple[Case, Finding]
) -> None:
    case, finding = raised
    said = Words.of(case).finding(finding)

    html = page(as_owner, address("dossier", case))

    words = " ".join(strip_tags(html).split())
    assert said.title in words
    assert f'href="{said.url}"' in html
    assert "Nothing in the records contradicts itself" not in words
    missing = [in_reach(row.what) for row in dossier_of(case).gaps.missing]
    assert all("%(" not in what for what in missing)


@pytest.mark.parametrize("day", [datetime.date(2018, 2, 26), datetime.date(2018, 9, 30)])
def test_a_hint_says_nothing_of_a_date_that_is_found(
    case: Case, provider: Provider, day: datetime.date
) -> None:
    proof = ProofFacts(5, "A", Month(2018, 3))
    row = file(case, proof, kind="payment", shows="Receipt", about_on=day)
    fresh = Case.objects.get(pk=case.pk)

    def titles(of: Case) -> list[str]:
        return [one.title for one in hints_of(of, row, [proof])]

    without = titles(fresh)
    (finding,) = fresh.assess().open_findings
    about = About(finding=finding.key)
    actions.explanations.write(case, by=case.owner, about=about, kind="reason", sentence="Ahead.")

    assert titles(Case.objects.get(pk=case.pk)) == without
    assert not [title for title in without if "period" in title.lower()]


def test_what_is_found_of_the_letter_is_read_in_no_query_more(
    as_owner: Client, raised: tuple[Case, Finding], django_assert_max_num_queries: Any
) -> None:
    case, _finding = raised
    as_owner.get(case.get_absolute_url())

    with django_assert_max_num_queries(13):
        as_owner.get(case.get_absolute_url())


def test_what_is_of_no_provider_is_marked_over_its_column(
    as_owner: Client, case: Case, provider: Provider
) -> None:
    write(case, 1, "A tool called Label Sea helped.")
    fresh = Case.objects.get(pk=case.pk)
    (finding,) = fresh.assess().open_findings
    url = Words.of(fresh).finding(finding).url

    answer = as_owner.get(case.get_absolute_url())

    learned = answer.context["overview"].items[0]
    assert (learned.doubt, learned.url, learned.said) == (url, url, "1 / 1, see the letter")
    assert f'class="matrix-doubt" href="{url}"' in unescape(answer.content.decode())

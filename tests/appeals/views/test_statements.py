"""Explanations, whom something was asked of, the confirmation, the timeline."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from appeals import actions
from appeals.actions.refusals import Gone
from appeals.models import Case, Evidence, Provider
from appeals.rules.facts import ProofFacts
from appeals.rules.months import Month
from appeals.sentences import Words
from tests import factories

from .conftest import address

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("query", "title", "back"),
    [
        ("?provider=A&field=telephone", "ERP 甲: telephone", "#field-telephone"),
        ("?provider=A&field=first_month", "ERP 甲: first month of use", "#field-periods"),
        ("?provider=A&demand=5", "ERP 甲: 5 Proof of payment", "#demand-5"),
    ],
)
def test_a_sentence_is_written_about_a_field_or_an_item(
    as_owner: Client, case: Case, provider: Provider, query: str, title: str, back: str
) -> None:
    url = address("explanation", case) + query

    assert title in as_owner.get(url).content.decode()
    answer = as_owner.post(
        url, {"version": "0", "kind": "not-known", "sentence": "Nobody kept it."}
    )

    assert answer.url == address("provider-detail", case, "A") + back
    assert case.explanations.get().sentence == "Nobody kept it."
    assert "Nobody kept it." in as_owner.get(url).content.decode()
    as_owner.post(url, {"take_back": "1"})
    assert not case.explanations.exists()


def test_two_windows_do_not_overwrite_each_other_silently(
    as_owner: Client, case: Case, provider: Provider
) -> None:
    """Sentence and asking alike: the second is shown both texts, and may then decide."""
    for name, query, first, second in (
        (
            "explanation",
            "?provider=A&field=telephone",
            {"version": "0", "kind": "not-known", "sentence": "The first sentence"},
            {"version": "0", "kind": "not-known", "sentence": "The second sentence"},
        ),
        (
            "asking",
            "?demand=5&provider=A",
            {"version": "0", "whom": "The first person", "asked_on": "2018-09-13"},
            {"version": "0", "whom": "The second person", "asked_on": "2018-09-13"},
        ),
    ):
        url = address(name, case) + query
        as_owner.post(url, first)

        answer = as_owner.post(url, second)

        page = answer.content.decode()
        assert answer.status_code == 409
        assert "The first" in page
        assert "The second" in page
        newest = answer.context["form"]["version"].value()
        assert as_owner.post(url, second | {"version": newest}).status_code == 302
        assert "The second" in as_owner.get(url).content.decode()


def test_sending_a_sentence_twice_is_no_conflict(
    as_owner: Client, case: Case, provider: Provider
) -> None:
    url = address("explanation", case) + "?provider=A&field=telephone"
    sent = {"version": "0", "kind": "not-known", "sentence": "Nobody kept it."}

    assert [as_owner.post(url, sent).status_code for _time in range(2)] == [302, 302]


def test_what_was_deleted_while_a_page_was_read_is_not_found(
    as_owner: Client, owner: Any, case: Case, monkeypatch: pytest.MonkeyPatch
) -> None:
    evidence = factories.make_evidence(case)
    url = address("evidence-remove", case, evidence.code)

    def too_late(row: Evidence, *, by: Any) -> None:
        raise Gone

    monkeypatch.setattr(actions.evidence, "remove", too_late)

    assert as_owner.post(url).status_code == 404


def test_a_finding_is_explained_with_a_reason_and_needs_the_sentence(
    as_owner: Client, owner: Any, case: Case, provider: Provider
) -> None:
    evidence = factories.make_evidence(case)
    actions.evidence.file(
        evidence,
        by=owner,
        version=1,
        kind="payment",
        payer="Somebody else",
        proofs={ProofFacts(5, "A", Month(2018, 3))},
    )
    key = case.assess().open_findings[0].key
    url = address("explanation", case) + f"?finding={key}"

    refused = as_owner.post(url, {"version": "0", "kind": "reason", "sentence": ""})
    as_owner.post(url, {"version": "0", "kind": "reason", "sentence": "Our bookkeeper paid."})

    assert refused.status_code == 422
    assert not Case.objects.get().assess().open_findings


@pytest.mark.parametrize(
    "query", ["", "?provider=A&field=found&demand=1", "?field=found&finding=x"]
)
def test_an_address_that_is_about_no_one_thing_is_not_found(
    as_owner: Client, case: Case, query: str
) -> None:
    assert as_owner.get(address("explanation", case) + query).status_code == 404


@pytest.mark.parametrize(
    "query",
    [
        *("?finding=payer-unknown/5/A/1", "?provider=Z&field=found", "?field=store", "?demand=6"),
        "?provider=A&field=is_free",  # is said on the page of the provider, with its sentence
    ],
)
def test_what_needs_no_sentence_leads_back_to_the_case(
    as_owner: Client, case: Case, provider: Provider, query: str
) -> None:
    assert as_owner.get(address("explanation", case) + query).url == case.get_absolute_url()


def test_it_is_marked_of_whom_something_was_asked(
    as_owner: Client, case: Case, provider: Provider
) -> None:
    url = address("asking", case) + "?demand=5&provider=A"

    as_owner.post(url, {"version": "0", "whom": "The bank", "asked_on": "2018-09-13"})

    page = as_owner.get(address("provider-detail", case, "A")).content.decode()
    assert "Asked of The bank on 2018-09-13" in page
    as_owner.post(url, {"take_back": "1"})
    page = as_owner.get(address("provider-detail", case, "A")).content.decode()
    assert "The bank" not in page


@pytest.mark.parametrize(
    "query",
    [
        "",
        "?demand=5",
        "?demand=5&provider=Z",
        "?demand=99",
        pytest.param(f"?provider=A&demand={'9' * 5000}", id="too many digits"),
    ],
)
def test_asking_for_what_is_not_there_is_not_found(
    as_owner: Client, case: Case, provider: Provider, query: str
) -> None:
    assert as_owner.get(address("asking", case) + query).status_code == 404


def test_the_owner_sees_the_facts_and_confirms_them(
    as_owner: Client, case: Case, provider: Provider
) -> None:
    url = address("confirmation", case)
    answer = as_owner.get(url)
    page = answer.content.decode()

    assert "A chat group" in page
    assert "Not ready" in page
    digest = answer.context["form"]["digest"].value()
    assert as_owner.post(url, {"digest": digest}).status_code == 422
    as_owner.post(url, {"digest": digest, "is_confirmed": "on"})

    kept = case.confirmations.get()
    assert kept.text == "I confirm this is true and that I will follow the terms."
    assert "and unchanged since" in as_owner.get(url).content.decode()


def test_facts_that_changed_while_reading_are_not_confirmed(
    as_owner: Client, owner: Any, case: Case, provider: Provider
) -> None:
    url = address("confirmation", case)
    digest = as_owner.get(url).context["form"]["digest"].value()
    actions.providers.change(provider, by=owner, version=provider.version, found="Elsewhere")

    answer = as_owner.post(url, {"digest": digest, "is_confirmed": "on"})

    assert answer.status_code == 409
    assert "The facts changed while you were reading" in answer.content.decode()
    assert not case.confirmations.exists()


def test_the_timeline_stands_day_by_day(as_owner: Client, case: Case, provider: Provider) -> None:
    answer = as_owner.get(address("timeline", case))

    page = answer.content.decode()
    [only] = answer.context["rounds"]
    assert len(only.days) == 1
    assert "added provider A, ERP 甲" in page
    assert "See the provider" in page


def test_every_open_finding_leads_to_a_page_that_shows_the_field(
    as_owner: Client, owner: Any, case: Case, provider: Provider
) -> None:
    evidence: Evidence = factories.make_evidence(case)
    actions.evidence.file(
        evidence,
        by=owner,
        version=1,
        kind="chat",
        payer="Somebody",
        payees=["Nobody"],
        proofs={ProofFacts(5, "A", Month(2017, 1))},
    )
    actions.evidence.file(
        factories.make_evidence(case),
        by=owner,
        version=1,
        kind="invoice",
        proofs={ProofFacts(5, "A", Month(2018, 3))},
    )
    actions.providers.change(
        provider,
        by=owner,
        version=provider.version,
        is_free=True,
        shared_secret="yes",
    )
    case = Case.objects.get()
    findings = case.assess().open_findings
    words = Words.of(case)
    assert len({one.code for one in findings}) >= 5
    for finding in findings:
        said = words.finding(finding)
        for url in (said.url, *(way.url for way in said.ways)):
            path, _hash, anchor = url.partition("#")
            page = as_owner.get(path).content.decode()
            if anchor and "/guides/" not in path:
                assert f'id="{anchor}"' in page, url

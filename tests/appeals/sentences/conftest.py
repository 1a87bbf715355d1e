"""A case by facts alone, without a database, and words for it in English."""

from __future__ import annotations

import datetime
import uuid
import zoneinfo
from dataclasses import replace

import pytest
from django.utils import translation

from appeals.models import Provider
from appeals.rules import assess
from appeals.rules import facts as rules
from appeals.rules.months import Month
from appeals.sentences import Named, Words

CODE = uuid.UUID("00000000-0000-4000-8000-000000000000")
FILE = "11111111-1111-4111-8111-111111111111"
NOON = datetime.datetime(2018, 9, 20, 4, tzinfo=datetime.UTC)
BEIJING = zoneinfo.ZoneInfo("Asia/Shanghai")

ASKED = [rule for rule in rules.Rule if rule is not rules.Rule.ANSWERED]
DEMANDS = tuple(
    rules.DemandFacts(
        ordinal=ordinal,
        position=ordinal,
        rule=rule,
        scope=rules.Scope.CASE if rule is rules.Rule.CONFIRMED else rules.Scope.PROVIDER,
        standing=rules.Standing.ADVISED if rule is rules.Rule.ENDED else rules.Standing.ASKED,
        label=str(ordinal),
    )
    for ordinal, rule in enumerate(ASKED, start=1)
)
ERP = rules.ProviderFacts(
    letter="A",
    name="ERP A",
    found="a group",
    web_site="example.com",
    email="a@example.com",
    did="synchronized orders",
    received="an account",
    periods=(rules.Period(1, Month(2018, 3), Month(2018, 8)),),
)
CASE = rules.CaseFacts(
    zone=BEIJING,
    notice=rules.NoticeFacts(datetime.date(2018, 9, 12), has_no_deadline=True),
    company="Example Trading",
    demands=DEMANDS,
    providers=(ERP,),
)


@pytest.fixture(autouse=True)
def _english():
    with translation.override("en"):
        yield


def invoice(*months, **changes):
    """A payment receipt for months of 2018, which also shows what was received."""
    fields = {
        "id": FILE,
        "kind": rules.EvidenceKind.PAYMENT,
        "uploaded_at": NOON,
        "exhibit": "A-3-1",
        "proofs": (
            rules.ProofFacts(3, "A"),
            *(rules.ProofFacts(5, "A", Month(2018, month)) for month in months),
        ),
    }
    return rules.EvidenceFacts(**fields | changes)


def case(**changes):
    return replace(CASE, **changes)


def erp(**changes):
    return replace(ERP, **changes)


def assessed(facts, now=NOON):
    return assess(facts, now)


def words(facts, **rows):
    """Words for these facts, with a row beside each provider as the database would have it."""
    return Words(
        Named(
            code=CODE,
            providers={one.letter: one.name for one in facts.providers},
            services={
                one.letter: Provider(letter=one.letter, name=one.name, **rows)
                for one in facts.providers
            },
            files={str(one.id): one.exhibit or "scan.pdf" for one in facts.evidence},
            has_company=bool(facts.company),
        )
    )

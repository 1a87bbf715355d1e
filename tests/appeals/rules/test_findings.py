"""Findings: their order, place, actor and values."""

from dataclasses import replace
from datetime import date

import pytest

from appeals.rules import assess
from appeals.rules.cells import State
from appeals.rules.facts import DemandFacts, Ended, Rule, Scope
from appeals.rules.places import Actor, Page

from .build import (
    ENDED,
    NOW,
    PAID,
    PRESET,
    USED,
    case,
    complete_case,
    evidence,
    finding_explained,
    paid,
    period,
    proof,
    provider,
    states,
    with_deadline,
)

LOOK, READY, EXPLAINED, NOT, STARTED = State


def test_a_live_secret_is_found_even_where_its_demand_is_left_out():
    facts = case(without=[ENDED], providers=(provider(shared_secret=True),))

    [finding] = assess(facts, NOW).open_findings

    assert finding.code == "secret-still-live"
    assert (finding.place.page, finding.place.field) == (Page.PROVIDER, "ended")
    assert finding.place.demand is None
    assert finding.actor is Actor.OWNER


def test_findings_come_by_position_letter_code_and_exhibit():
    moved = (*PRESET[:3], replace(PRESET[3], position=9), replace(PRESET[4], position=0))
    facts = complete_case(
        paid(1, "03", exhibit="A-5-10", payer="Nobody", kind="chat"),
        paid(2, "03", exhibit="A-5-9", payer="Nobody"),
        paid(3, "03", letter="AA", exhibit="A-5-1", payer="Nobody"),
        paid(4, "03", letter="B", exhibit="A-5-2", payer="Nobody"),
        demands=moved,
        providers=(
            provider("AA"),
            provider("B"),
            provider(
                ended=Ended.ACCESS,
                ended_on=date(2018, 5, 1),
                periods=(period("03", "07", id=2), period("04", "06", id=1)),
            ),
        ),
    )
    facts = with_deadline(facts, date(2018, 9, 19))

    assert [one.key for one in assess(facts, NOW).findings] == [
        "deadline-passed",
        "kind-does-not-fit/5/A/1",
        "payer-unknown/5/A/2",
        "payer-unknown/5/A/1",
        "payer-unknown/5/B/4",
        "payer-unknown/5/AA/3",
        "used-after-ended/A/1",
        "used-after-ended/A/2",
    ]


@pytest.mark.parametrize(
    ("facts", "place", "values", "actor"),
    [
        pytest.param(
            complete_case(paid(1, "02", "2017-11", "04", "01", "2016-12", "2017-01")),
            (Page.EVIDENCE, PAID, "months", 1, None),
            {"months": "2016-12 2017-01 2017-11 2018-01 2018-02"},
            Actor.HELPER,
            id="months",
        ),
        pytest.param(
            complete_case(paid(1, "04", payer=" No Body ")),
            (Page.EVIDENCE, PAID, "payer", 1, None),
            {"payer": "nobody"},
            Actor.HELPER,
            id="payer",
        ),
        pytest.param(
            complete_case(paid(1, "04", payees=("Y Ltd.", "x"))),
            (Page.EVIDENCE, PAID, "payees", 1, None),
            {"payees": "x yltd"},
            Actor.HELPER,
            id="payees",
        ),
        pytest.param(
            complete_case(paid(1, "04", kind="chat")),
            (Page.EVIDENCE, PAID, "kind", 1, None),
            {"kind": "chat"},
            Actor.HELPER,
            id="kind",
        ),
        pytest.param(
            complete_case(paid(1, "04", kind=None)),
            (Page.EVIDENCE, PAID, "kind", 1, None),
            {"kind": ""},
            Actor.HELPER,
            id="kind not said",
        ),
        pytest.param(
            complete_case(
                paid(2, "04", exhibit="A-5-1"),
                paid(1, "04", exhibit="A-5-2"),
                providers=(provider(is_free=True),),
            ),
            (Page.PROVIDER, PAID, "is_free", None, None),
            {"free": "yes", "proofs": "1 2"},
            Actor.HELPER,
            id="free",
        ),
        pytest.param(
            case(providers=(provider(shared_secret=True),)),
            (Page.PROVIDER, ENDED, "ended", None, None),
            {"shared": "yes", "ended": "no"},
            Actor.OWNER,
            id="secret",
        ),
        pytest.param(
            case(
                providers=(
                    provider(
                        ended=Ended.ACCESS, ended_on=date(2018, 2, 1), periods=(period("03"),)
                    ),
                )
            ),
            (Page.PROVIDER, USED, "ended_on", None, None),
            {"end": "2018-02-01", "first": "2018-03"},
            Actor.HELPER,
            id="ended before",
        ),
        pytest.param(
            case(
                without=[USED], providers=(provider(ended=Ended.ACCESS, ended_on=date(2018, 2, 1)),)
            ),
            (Page.PROVIDER, ENDED, "ended_on", None, None),
            {"end": "2018-02-01", "first": "2018-03"},
            Actor.HELPER,
            id="ended before a long use",
        ),
        pytest.param(
            case(
                providers=(
                    provider(
                        ended=Ended.ACCESS,
                        ended_on=date(2018, 5, 2),
                        periods=(period("03", "05", 1), period("06", "06", 2)),
                    ),
                )
            ),
            (Page.PROVIDER, USED, "last_month", None, 2),
            {"end": "2018-05-02", "last": "2018-06"},
            Actor.HELPER,
            id="used after",
        ),
        pytest.param(
            with_deadline(case(), date(2018, 9, 19)),
            (Page.NOTICE, None, "deadline", None, None),
            {"round": "1", "deadline": "2018-09-19 Asia/Shanghai"},
            Actor.OWNER,
            id="deadline",
        ),
    ],
)
def test_a_finding_says_where_it_is_and_who_must_act(facts, place, values, actor):
    [finding] = assess(facts, NOW).findings

    where = finding.place
    assert (where.page, where.demand, where.field, where.evidence, where.period) == place
    assert dict(finding.values) == values
    assert finding.actor is actor


def test_a_finding_about_one_rule_stands_in_all_its_demands():
    again = (
        DemandFacts(8, 8, Rule.ENDED, Scope.PROVIDER),
        DemandFacts(9, 9, Rule.USED, Scope.PROVIDER),
    )
    live = case(demands=(*PRESET, *again), providers=(provider(shared_secret=True),))
    late = replace(live, providers=(provider(ended=Ended.ACCESS, ended_on=date(2018, 5, 2)),))

    [secret], [used_after] = assess(live, NOW).findings, assess(late, NOW).findings

    assert (secret.place.demand, secret.demands) == (ENDED, (ENDED, 8))
    assert (used_after.place.demand, used_after.demands) == (USED, (USED, 9))
    assert [states(assess(live, NOW))[ordinal] for ordinal in (7, 8)] == ["needs-a-look"] * 2
    assert [states(assess(late, NOW))[ordinal] for ordinal in (4, 9)] == ["needs-a-look"] * 2


def test_a_finding_gives_names_as_written():
    facts = complete_case(paid(1, "04", payer=" Nobody, Ltd. ", payees=(" X Ltd. ", "")))

    payee, payer = assess(facts, NOW).findings

    assert payee.written == ("X Ltd.",)
    assert payer.written == ("Nobody, Ltd.",)


def test_a_provider_is_shown_with_what_is_open():
    facts = finding_explained(complete_case(paid(1, "04", payer="Nobody")), "payer-unknown")
    more = replace(facts, evidence=(*facts.evidence, paid(2, "04", kind="chat")))

    result = assess(more, NOW)

    assert [one.code for one in result.findings] == ["kind-does-not-fit", "payer-unknown"]
    assert [one.code for one in result.providers[0].findings] == ["kind-does-not-fit"]
    assert [one.code for one in result.cell(PAID, "A").findings] == ["kind-does-not-fit"]


def test_each_cell_has_its_own_findings():
    facts = complete_case(
        evidence(1, proofs=[proof(PAID, "A", "03"), proof(PAID, "B", "03")], payees=("ERP A",)),
        providers=(provider(), provider("B")),
    )

    result = assess(facts, NOW)

    assert [one.place.provider for one in result.findings] == ["B"]
    assert result.cell(PAID, "A").state == "started"
    assert result.cell(PAID, "B").findings == result.findings
    assert [len(one.findings) for one in result.providers] == [0, 1]

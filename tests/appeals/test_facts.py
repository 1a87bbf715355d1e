"""From rows to what the rules are told, at a number of queries that never grows."""

from __future__ import annotations

import datetime
import zoneinfo

import pytest

from appeals import actions
from appeals.actions.explanations import About
from appeals.actions.periods import Span
from appeals.models import Case
from appeals.rules import facts as rules
from appeals.rules.cells import State
from appeals.rules.months import Month
from appeals.sentences import Words
from tests import factories

NOON = datetime.datetime(2018, 9, 20, 4, tzinfo=datetime.UTC)
MARCH = Month(2018, 3)


def loaded(case):
    return Case.objects.with_facts().get(pk=case.pk)


def fill(case, providers, files):
    """Providers with everything, and files spread over them."""
    owner = case.owner
    for number in range(providers):
        provider = actions.providers.add(
            case,
            by=owner,
            name=f"ERP {number}",
            found="群里",
            web_site="example.com",
            email="a@example.com",
            did="同步订单",
            received="一个账号",
        )
        span = Span(datetime.date(2018, 3, 1), datetime.date(2018, 8, 1))
        actions.periods.add(provider, by=owner, span=span)
        actions.explanations.write(
            case, by=owner, about=About(provider.letter, "legal_name"), kind="not-known"
        )
        actions.askings.ask(
            case, by=owner, demand=7, provider=provider.letter, whom="客服", on=span.first
        )
    letters = [provider.letter for provider in case.providers.all()]
    for number in range(files):
        letter = letters[number % len(letters)]
        actions.evidence.file(
            factories.make_evidence(case),
            by=owner,
            version=1,
            kind="payment",
            proofs=[
                rules.ProofFacts(3, letter),
                rules.ProofFacts(5, letter, MARCH + number // len(letters) % 6),
            ],
        )


def test_the_case_itself(owner):
    case = factories.make_case(
        owner,
        company="示例贸易有限公司",
        payer_names=["王某"],
        notice_on=datetime.date(2018, 9, 12),
        deadline_on=datetime.date(2018, 9, 28),
        deadline_time=datetime.time(22, 59),
        time_zone="America/Los_Angeles",
    )

    facts = case.facts()

    zone = zoneinfo.ZoneInfo("America/Los_Angeles")
    assert facts.zone == zone
    assert facts.notice == rules.NoticeFacts(
        datetime.date(2018, 9, 12),
        rules.DeadlineFacts(datetime.date(2018, 9, 28), zone, datetime.time(22, 59)),
    )
    assert (facts.company, facts.payer_names) == ("示例贸易有限公司", ("王某",))
    assert not facts.is_closed


def test_a_register_has_no_notice(owner):
    assert factories.make_case(owner).facts().notice is None


def test_a_notice_without_a_deadline_says_so(owner):
    notice = factories.open_case(owner).facts().notice

    assert (notice.deadline, notice.has_no_deadline) == (None, True)


def test_demands_and_who_was_asked(owner):
    case = factories.open_case(owner)
    factories.make_provider(case)
    actions.askings.ask(case, by=owner, demand=2, provider="A", whom="客服", on=NOON.date())

    facts = loaded(case).facts()

    paid = next(one for one in facts.demands if one.ordinal == 5)
    assert (paid.rule, paid.months, paid.standing) == (
        rules.Rule.PAID,
        2,
        rules.Standing.ASKED,
    )
    assert [one.standing for one in facts.demands][6] is rules.Standing.ADVISED
    assert facts.asks == (rules.AskFacts(2, "客服", NOON.date(), "A"),)


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        pytest.param({"method": "keys"}, {"hands_over_keys": True}, id="keys handed over"),
        pytest.param({"method": "application"}, {"hands_over_keys": False}, id="authorized"),
        pytest.param({"shared_secret": "yes"}, {"shared_secret": True}, id="shared"),
        pytest.param({"shared_secret": "no"}, {"shared_secret": False}, id="not shared"),
        pytest.param({"shared_secret": "unknown"}, {"shared_secret": None}, id="not known"),
        pytest.param({"ended": "access"}, {"ended": rules.Ended.ACCESS}, id="access ended"),
        pytest.param({"ended": "secret"}, {"ended": rules.Ended.SECRET}, id="replaced"),
        pytest.param({"ended": "nothing"}, {"ended": None}, id="nothing ended"),
        pytest.param({"ended": "unknown"}, {"ended": None}, id="not known whether it ended"),
        pytest.param({"is_free": True}, {"is_free": True}, id="free"),
        pytest.param(
            {"payees": [{"name": "王某", "sentence": "代收"}]},
            {"other_payees": (rules.OtherPayee("王某", "代收"),)},
            id="others who are paid",
        ),
    ],
)
def test_a_provider(owner, fields, expected):
    case = factories.make_case(owner)
    factories.make_provider(case, **fields)

    (provider,) = case.facts().providers

    assert {name: getattr(provider, name) for name in expected} == expected


def test_periods_are_months(owner):
    case = factories.make_case(owner)
    provider = factories.make_provider(case)
    span = Span(datetime.date(2018, 3, 1), None, True, "凭邮件")
    period = actions.periods.add(provider, by=owner, span=span)

    (facts,) = case.facts().providers

    assert facts.periods == (rules.Period(period.pk, MARCH, None, True, "凭邮件"),)


def test_evidence_and_what_it_proves(owner):
    case = factories.open_case(owner)
    factories.make_provider(case)
    evidence = factories.make_evidence(case, private_note="只给自己看")
    actions.evidence.file(
        evidence,
        by=owner,
        version=1,
        kind="statement",
        payer="王某",
        payees=["甲", "乙"],
        proofs=[rules.ProofFacts(5, "A", MARCH)],
    )

    (facts,) = loaded(case).facts().evidence

    assert (facts.id, facts.exhibit) == (str(evidence.code), "A-5-1")
    assert facts.kind is rules.EvidenceKind.STATEMENT
    assert (facts.payer, facts.payees) == ("王某", ("甲", "乙"))
    assert facts.proofs == (rules.ProofFacts(5, "A", MARCH),)
    assert "只给自己看" not in str(facts)


def test_an_unfiled_upload_has_no_kind(owner):
    case = factories.make_case(owner)
    factories.make_evidence(case)

    (facts,) = case.facts().evidence

    assert (facts.kind, facts.exhibit, facts.proofs) == (None, None, ())


def test_explanations_and_confirmations(owner):
    case = factories.open_case(owner)
    factories.make_provider(case)
    about = About("A", demand=5)
    actions.explanations.write(case, by=owner, about=about, kind="reason", sentence="丢了")
    digest = loaded(case).assess().digest
    actions.confirmations.confirm(case, by=owner, digest=digest, text="属实")

    facts = loaded(case).facts()

    (explanation,) = facts.explanations
    assert (explanation.demand, explanation.provider) == (5, "A")
    assert explanation.kept
    assert [(one.round, one.digest) for one in facts.confirmations] == [(1, digest)]


def test_being_staff_opens_no_case(owner, stranger, editor):
    case = factories.make_case(owner)

    assert list(Case.objects.visible_to(owner)) == [case]
    assert not Case.objects.visible_to(stranger).exists()
    assert not Case.objects.visible_to(editor).exists()


@pytest.mark.parametrize(("providers", "files"), [(1, 1), (3, 9)])
def test_loading_assessing_and_saying_it_takes_eleven_queries(
    owner, django_assert_num_queries, providers, files
):
    case = factories.open_case(owner)
    fill(case, providers, files)

    with django_assert_num_queries(11):
        (one,) = Case.objects.visible_to(owner).with_facts()
        assessment = one.assess(NOON)
        words = Words.of(one)
        for state in assessment.providers:
            words.row(state)
            words.access(state)
            for cell in state.cells:
                words.cell(cell)
                [words.month(cell, cover) for cover in cell.cover]
        for demand in assessment.demands:
            words.over(demand)
        [words.finding(finding) for finding in assessment.findings]
        [words.step(step) for step in assessment.steps]
        [demand.guide.slug for demand in one.demands.all()]


def test_a_list_of_cases_takes_as_many_as_one(owner, django_assert_num_queries):
    for _ in range(3):
        fill(factories.open_case(owner), providers=2, files=2)

    with django_assert_num_queries(11):
        steps = [one.assess(NOON).next_step for one in Case.objects.with_facts()]

    assert len(steps) == 3


def test_a_case_that_was_not_loaded_with_its_facts_loads_them_once(
    owner, django_assert_num_queries
):
    case = factories.open_case(owner)
    fill(case, providers=2, files=2)
    case = Case.objects.get(pk=case.pk)

    with django_assert_num_queries(10):
        case.facts()
        case.assess(NOON)


def test_the_way_from_a_name_to_six_of_six(owner):
    case = factories.open_case(owner)
    provider = actions.providers.add(case, by=owner, name="ERP 甲")
    actions.providers.change(
        provider,
        by=owner,
        version=1,
        found="群里",
        web_site="example.com",
        telephone="0571",
        did="同步订单",
        received="一个账号",
    )
    actions.explanations.write(
        case, by=owner, about=About("A", "received"), kind="not-known", sentence="多余的一句"
    )
    span = Span(datetime.date(2018, 3, 1), datetime.date(2018, 8, 1))
    actions.periods.add(provider, by=owner, span=span)
    actions.evidence.file(
        factories.make_evidence(case),
        by=owner,
        version=1,
        kind="payment",
        payer=case.company,
        payees=["ERP 甲"],
        proofs=[
            rules.ProofFacts(3, "A"),
            rules.ProofFacts(5, "A", MARCH),
            rules.ProofFacts(5, "A", Month(2018, 4)),
        ],
    )
    before = loaded(case).assess(NOON)

    actions.confirmations.confirm(case, by=owner, digest=before.digest, text="属实")

    after = loaded(case).assess(NOON)
    assert (before.tally.done, before.next_step.kind) == (5, "confirm")
    assert (after.tally.ready, after.tally.of) == (6, 6)
    assert after.next_step.kind == "complete"
    assert {one.state for one in after.demands if one.demand.ordinal < 7} == {State.READY}

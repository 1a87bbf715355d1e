"""One seller's cases with something of everything that their pages can show."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from appeals import actions
from appeals.actions.explanations import About
from appeals.actions.periods import Span
from appeals.models import Case, Evidence, Explanation, Provider
from appeals.rules.facts import ProofFacts
from appeals.rules.months import Month
from guides.models import User

from . import factories

NOTICE = "Dear seller,\nplease provide:\n1. How you learned of it\n2. Providers and contacts"
COMPANY = "示例贸易有限公司"


@dataclass(frozen=True)
class Example:
    """`case` is half done; `fresh` holds its notice alone; `register` has no notice."""

    owner: User
    case: Case
    fresh: Case
    register: Case
    payment: Evidence
    unfiled: Evidence
    withdrawn: Evidence


def make_example(owner: User | None = None) -> Example:
    """Needs the shipped checklist. Its files are rows without bytes."""
    owner = owner or factories.make_user(email="seller@example.com")
    case = actions.cases.open_case(
        by=owner,
        store="示例店 US",
        company=COMPANY,
        notice_on=datetime.date(2018, 9, 12),
        notice_text=NOTICE,
        deadline_on=datetime.date(2018, 9, 30),
        time_zone="America/Los_Angeles",
    )
    payment = done_provider(case, owner)
    doubtful_provider(case, owner)
    free_provider(case, owner)
    begun_letter(case, owner)
    withdrawn = filed(case, owner, ProofFacts(3, "B", None), kind="chat", shows="Chat")
    actions.evidence.withdraw(withdrawn, by=owner)
    return Example(
        owner=owner,
        case=case,
        fresh=actions.cases.open_case(
            by=owner, store="示例店 DE", notice_on=datetime.date(2018, 9, 12)
        ),
        register=register_of(owner),
        payment=payment,
        unfiled=factories.make_evidence(case),
        withdrawn=withdrawn,
    )


def done_provider(case: Case, owner: User) -> Evidence:
    """Everything is there; returns one of its payments."""
    provider = actions.providers.add(
        case,
        by=owner,
        name="ERP 甲",
        legal_name="某某软件有限公司",
        web_site="https://erp.example",
        email="support@erp.example",
        found="在卖家群里看到推荐。",
        did="同步订单和库存。",
        received="开通邮件和使用手册。",
        method=Provider.Method.KEYS,
        shared_secret=Provider.Shared.YES,
        ended=Provider.Ended.ACCESS,
        ended_on=datetime.date(2018, 9, 13),
        ended_how="在卖家平台停用。",
    )
    used(provider, owner, Month(2018, 3), Month(2018, 8))
    filed(case, owner, ProofFacts(3, "A", None), kind="email", shows="开通邮件")
    paid(case, owner, "A", Month(2018, 3), payer=COMPANY)
    return paid(case, owner, "A", Month(2018, 4), payer=COMPANY)


def doubtful_provider(case: Case, owner: User) -> None:
    """One month is missing, somebody else paid, and a colleague was asked."""
    provider = actions.providers.add(case, by=owner, name="工具乙", web_site="https://tool.example")
    used(provider, owner, Month(2017, 11), Month(2018, 2))
    paid(case, owner, "B", Month(2018, 1), payer="另一家公司")
    actions.askings.ask(
        case, by=owner, demand=2, provider="B", whom="同事", on=datetime.date(2018, 9, 13)
    )


def free_provider(case: Case, owner: User) -> None:
    actions.providers.add(case, by=owner, name="物流丙", is_free=True)
    actions.explanations.write(
        case,
        by=owner,
        about=About(provider="C", field="is_free"),
        kind=Explanation.Kind.REASON,
        sentence="费用含在运费里。",
    )
    actions.explanations.write(
        case,
        by=owner,
        about=About(provider="C", field="telephone"),
        kind=Explanation.Kind.NOT_KNOWN,
        sentence="只在网站上联系过。",
    )


def begun_letter(case: Case, owner: User) -> None:
    """Two sections of it, one in its second version, with something for the checks."""
    learned = ("ERP 甲 was recommended in a group. It will never happen again.", "群里推荐的。")
    used = ("I used ERP 甲 from May to August 2018.", "ERP 甲从 5 月用到 8 月。")
    for demand, version, (english, chinese) in ((1, 0, learned), (4, 0, learned), (4, 1, used)):
        actions.letters.save(
            case,
            by=owner,
            demand=demand,
            texts={"en": english, "zh-hans": chinese},
            versions={"en": version, "zh-hans": version},
        )


def register_of(owner: User) -> Case:
    register = actions.cases.open_register(by=owner, store="示例店 JP")
    actions.providers.add(register, by=owner, name="ERP 丁", shared_secret=Provider.Shared.YES)
    return register


def used(provider: Provider, owner: User, first: Month, last: Month) -> None:
    span = Span(first=first.first_day(), last=last.first_day())
    actions.periods.add(provider, by=owner, span=span)


def paid(case: Case, owner: User, letter: str, month: Month, payer: str) -> Evidence:
    return filed(
        case,
        owner,
        ProofFacts(5, letter, month),
        kind="payment",
        shows=f"付款 {month}",
        about_on=month.first_day(),
        payer=payer,
    )


def filed(case: Case, owner: User, proof: ProofFacts, **particulars: object) -> Evidence:
    evidence = factories.make_evidence(case)
    actions.evidence.file(
        evidence, by=owner, version=evidence.version, proofs=[proof], **particulars
    )
    evidence.refresh_from_db()
    return evidence

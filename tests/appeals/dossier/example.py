"""One invented case with its letter and files; and a case as large as a dossier has to bear."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

from appeals.dossier.building import build
from appeals.dossier.inputs import Inputs, LetterText, Original
from appeals.dossier.sheets import Dossier
from appeals.rules import assess
from appeals.rules.exhibits import letter
from appeals.rules.facts import (
    AskFacts,
    CaseFacts,
    ConfirmationFacts,
    DemandFacts,
    Ended,
    EvidenceFacts,
    EvidenceKind,
    ExplanationFacts,
    ExplanationKind,
    NoticeFacts,
    Period,
    ProofFacts,
    ProviderFacts,
    Rule,
    Scope,
    Standing,
)
from appeals.rules.months import Month

BEIJING = ZoneInfo("Asia/Shanghai")
CHANGED_AT = datetime(2018, 9, 20, 1, 40, tzinfo=UTC)
COMPANY = "Example Trading Co., Ltd."
LONG_NAME = (
    "Gesellschaft für außerordentlich langbenannte Auftragsabwicklungssoftware "
    "龘䶮㐂示例国际供应链管理（深圳前海）有限责任公司"
)

DEMANDS = (
    DemandFacts(
        1,
        1,
        Rule.LEARNED,
        Scope.PROVIDER,
        label="1.",
        wording="How you learned about the third-party services",
    ),
    DemandFacts(
        2,
        2,
        Rule.CONTACTS,
        Scope.PROVIDER,
        label="2.",
        wording="The names of all service providers, with their main contact information",
    ),
    DemandFacts(
        3,
        3,
        Rule.DESCRIBED,
        Scope.PROVIDER,
        label="3.",
        wording="A description of each service, with copies of what you saw or received",
    ),
    DemandFacts(
        4,
        4,
        Rule.USED,
        Scope.PROVIDER,
        label="4.",
        wording="The months and years in which you used each service",
    ),
    DemandFacts(
        5,
        5,
        Rule.PAID,
        Scope.PROVIDER,
        label="5.",
        wording="Proof of payment for at least two months for each service",
    ),
    DemandFacts(
        6,
        6,
        Rule.CONFIRMED,
        Scope.CASE,
        label="6.",
        wording="Your confirmation that you will follow the terms that apply to you",
    ),
    DemandFacts(
        8,
        7,
        Rule.ANSWERED,
        Scope.PROVIDER,
        label="7.",
        wording="Copies of any written agreement with each service",
    ),
    DemandFacts(7, 8, Rule.ENDED, Scope.PROVIDER, Standing.ADVISED, label="7"),
)

PROVIDERS = (
    ProviderFacts(
        "A",
        name="ERP A",
        legal_name="Example ERP A Technology Co., Ltd.",
        web_site="www.erp-a.example",
        email="support@erp-a.example",
        telephone="+86 000 0000 0000",
        found="Recommended by a peer in a chat group, February 2018",
        did="Read orders and stock, printed shipping labels, wrote tracking numbers back",
        received="Account email and a monthly stock report",
        periods=(Period("a", Month(2018, 3), Month(2018, 8)),),
        hands_over_keys=True,
        shared_secret=True,
        ended=Ended.ACCESS,
        ended_on=date(2018, 9, 13),
        shown=(
            ("app_name", "ERP A Connector"),
            ("method", "keys"),
            ("ended_how", "access removed in Seller Central and the key replaced"),
        ),
    ),
    ProviderFacts(
        "B",
        name="Tool B",
        legal_name="Example Tool B Inc.",
        web_site="www.tool-b.example",
        email="help@tool-b.example",
        found="Web search for keyword reports, November 2017",
        did="Read sales figures and made a monthly report",
        received="Eight monthly reports by email; one is shown",
        periods=(Period("b", Month(2017, 11), Month(2018, 6)),),
        shared_secret=False,
        ended=Ended.ACCESS,
        ended_on=date(2018, 9, 13),
        shown=(
            ("app_name", ""),
            ("method", "developer"),
            ("ended_how", "authorization removed in Seller Central"),
        ),
    ),
    ProviderFacts(
        "C",
        name="Logistics C 示例物流丙",
        legal_name="示例物流丙（深圳）有限公司",
        web_site="www.logistics-c.example",
        email="ops@logistics-c.example",
        found="Named on the web site of the freight forwarder, January 2018",
        did="Read shipping addresses of merchant-fulfilled orders to book freight",
        received="Freight quotations on its web page",
        periods=(
            Period(
                "c",
                Month(2018, 1),
                Month(2018, 4),
                is_approximate=True,
                sentence="The colleague who opened the account has left; Logistics C keeps no "
                "record before May 2018.",
            ),
        ),
        is_free=True,
        ended=Ended.ACCESS,
        ended_on=date(2018, 9, 14),
        shown=(
            ("app_name", ""),
            ("method", "unknown"),
            ("ended_how", "the account was closed by Logistics C"),
        ),
    ),
)


def sum_of(number: str) -> str:
    return hashlib.sha256(number.encode()).hexdigest()


def evidence(
    number: str,
    kind: str,
    shows: str,
    about_on: str,
    *more: ProofFacts,
    months: tuple[str, ...] = (),
    **changes: object,
) -> EvidenceFacts:
    """Filed where its number says, for these months, and where `more` says."""
    group, ordinal, _running = number.split("-")
    provider = None if group == "0" else group
    proofs = tuple(
        ProofFacts(int(ordinal), provider, Month.parse(month) if month else None)
        for month in months or ("",)
    )
    amount = str(changes.pop("amount", ""))
    return EvidenceFacts(
        id=f"id-{number}",
        kind=EvidenceKind(kind),
        uploaded_at=CHANGED_AT,
        sha256=sum_of(number),
        exhibit=number,
        proofs=(*proofs, *more),
        shown=(
            ("shows", shows),
            ("about_on", about_on),
            ("amount", amount),
            ("currency", "CNY" if amount else ""),
        ),
        **changes,  # type: ignore[arg-type]
    )


PAID_TO_A = {
    "payer": COMPANY,
    "payees": ("Example ERP A Technology Co., Ltd.",),
    "amount": "299.00",
}
PAID_TO_B = {"payer": COMPANY, "payees": ("Example Tool B Inc.",), "amount": "580.00"}

EVIDENCE = (
    evidence("A-1-1", "chat", "Chat in which a peer recommended ERP A", "2018-02-26"),
    evidence(
        "A-3-1",
        "page",
        "Web page of ERP A: what the service does",
        "2018-09-15",
        ProofFacts(8, "A"),
    ),
    evidence("A-3-2", "email", "Email of ERP A on opening the account", "2018-03-02"),
    evidence(
        "A-5-1", "payment", "Receipt for May 2018", "2018-05-03", months=("2018-05",), **PAID_TO_A
    ),
    evidence(
        "A-5-2", "payment", "Receipt for July 2018", "2018-07-03", months=("2018-07",), **PAID_TO_A
    ),
    evidence("A-5-3", "payment", "A screenshot", "2018-06-03", is_withdrawn=True),
    evidence("A-7-1", "page", "Seller Central: access of ERP A ended", "2018-09-13"),
    evidence("B-1-1", "page", "Search result through which Tool B was found", "2017-11-04"),
    evidence("B-3-1", "email", "Monthly report received from Tool B", "2018-01-08"),
    evidence(
        "B-5-1",
        "invoice",
        "Invoice for November 2017 to January 2018",
        "2017-11-11",
        months=("2017-11", "2017-12", "2018-01"),
        **PAID_TO_B,
    ),
    evidence("B-7-1", "page", "Seller Central: access of Tool B ended", "2018-09-13"),
    evidence(
        "C-3-1", "page", "Web page of Logistics C: free plan", "2018-01-05", ProofFacts(5, "C")
    ),
    evidence("C-7-1", "email", "Email of Logistics C: account closed", "2018-09-14"),
)

LETTER = (
    LetterText(
        1,
        "We learned of ERP A in February 2018 from another seller in a chat group. We were told "
        "that it prints shipping labels and keeps stock in step with orders.\n\n"
        "We found Tool B in November 2017 by a web search for keyword reports. Logistics C was "
        "named on the web site of our freight forwarder in January 2018.",
        "2018 年 2 月，同行在聊天群里推荐了 ERP A，说它能打印面单、同步库存。\n\n"
        "2017 年 11 月，我们搜索关键词报告时找到 Tool B。2018 年 1 月，货代的网站上提到 "
        "Logistics C。",
    ),
    LetterText(
        2,
        "Three services had access to the store. We looked in Seller Central under the "
        "authorized applications, in our mailboxes and in our payment records. We know of no "
        "other.",
        "有三项服务能进入店铺。我们查了后台的授权应用、邮箱和付款记录，没有发现别的。",
    ),
    LetterText(
        3,
        "ERP A read orders and stock, printed shipping labels and wrote tracking numbers back "
        "to Amazon. Its web page and its account email are attached.\n\n"
        "Tool B read sales figures and sent a report each month; one of eight reports is "
        "attached. Logistics C read shipping addresses of orders that we sent ourselves, to "
        "book freight.",
        "ERP A 读取订单和库存，打印面单，并把运单号写回亚马逊。附上它的网页和开通邮件。\n\n"
        "Tool B 读取销售数据，每月发一份报告；八份中附上一份。Logistics C 读取自发货订单的"
        "收货地址，用来订运输。",
    ),
    LetterText(
        4,
        "The table is made from account emails, invoices and our own records. The first month "
        "of Logistics C is approximate: the colleague who opened the account has left, and "
        "Logistics C no longer keeps the record.",
        "下表依据开通邮件、发票和我们自己的记录。Logistics C 的开始月份是约数：开通账户的"
        "同事已离职，对方也没有保留记录。",
    ),
    LetterText(
        5,
        "Payments for ERP A and Tool B were made by Example Trading Co., Ltd., the company of "
        "this store. Logistics C was free of charge; its plan is shown in exhibit C-3-1.",
        "ERP A 和 Tool B 的费用由本店铺的公司 Example Trading Co., Ltd. 支付。Logistics C "
        "免费，套餐见附件 C-3-1。",
    ),
    LetterText(
        6,
        "Since 13 September 2018 no key of this store is known to any service. A service is now "
        "authorized only in Seller Central, by the owner, and noted in a list that is checked "
        "on the first working day of each month.",
        "2018 年 9 月 13 日起，没有任何服务知道本店铺的密钥。现在只由负责人在后台授权，并记在"
        "一张每月第一个工作日检查的清单上。",
    ),
    LetterText(
        7,
        "Access of all three services ended on 13 and 14 September 2018. The key that ERP A "
        "held was replaced on the same day.",
        "三项服务的授权在 2018 年 9 月 13 日和 14 日结束。ERP A 持有的密钥当天已更换。",
    ),
    LetterText(
        8,
        "ERP A works under the terms on its web page, which are attached. We asked Tool B for a "
        "copy on 14 and 17 September 2018 and have not received one; its web site no longer "
        "shows the terms of 2017. With Logistics C no agreement was made.",
        "ERP A 依据其网页上的条款，已附上。9 月 14 日和 17 日向 Tool B 要过协议，还没有收到；"
        "它的网站已不显示 2017 年的条款。与 Logistics C 没有签过协议。",
    ),
)


def confirmed(facts: CaseFacts) -> CaseFacts:
    """The case as its owner confirms it."""
    digest = assess(facts, CHANGED_AT).digest
    return replace(facts, confirmations=(ConfirmationFacts(1, digest, CHANGED_AT),))


def whole_case(**changes: object) -> CaseFacts:
    """All is there but the agreement with Tool B, which was asked for."""
    facts = CaseFacts(
        zone=BEIJING,
        notice=NoticeFacts(date(2018, 9, 12), has_no_deadline=True),
        company=COMPANY,
        demands=DEMANDS,
        providers=PROVIDERS,
        evidence=EVIDENCE,
        explanations=(
            ExplanationFacts(
                ExplanationKind.NOT_KNOWN,
                "Its settings page is no longer open to us.",
                provider="B",
                field="app_name",
            ),
            ExplanationFacts(
                ExplanationKind.REASON,
                "The plan was free of charge.",
                provider="C",
                field="is_free",
            ),
            ExplanationFacts(
                ExplanationKind.DOES_NOT_APPLY,
                "None was made.",
                provider="C",
                demand=8,
                kept=("answer",),
            ),
        ),
        asks=(
            AskFacts(8, "Tool B", date(2018, 9, 14), "B"),
            AskFacts(8, "Tool B", date(2018, 9, 17), "B"),
        ),
        shown=(
            ("store", "Example Store US"),
            ("marketplace", "amazon.com"),
            ("seller_id", "A1EXAMPLE00000"),
            ("amazon_reference", "0000000000"),
        ),
    )
    return replace(facts, **changes)  # type: ignore[arg-type]


def inputs_of(facts: CaseFacts, **changes: object) -> Inputs:
    originals = tuple(
        Original(
            id=one.id,
            media_type="image/png" if one.kind is EvidenceKind.CHAT else "application/pdf",
            size=1000 + number,
            pages=1 + number % 4,
            stored_as=f"{number:032x}",
            withdrawn_on=date(2018, 9, 15) if one.is_withdrawn else None,
        )
        for number, one in enumerate(facts.evidence)
    )
    return replace(Inputs(CHANGED_AT, originals), **changes)  # type: ignore[arg-type]


def dossier_of(
    facts: CaseFacts, letter: tuple[LetterText, ...] = LETTER, **options: object
) -> Dossier:
    return build(
        facts,
        assess(facts, CHANGED_AT),
        letter,
        inputs_of(facts),
        **options,  # type: ignore[arg-type]
    )


def finished() -> Dossier:
    return dossier_of(confirmed(whole_case()))


def unfinished() -> Dossier:
    """A month of payment, the confirmation and the agreement with Tool B are missing."""
    return dossier_of(
        whole_case(evidence=tuple(one for one in EVIDENCE if one.exhibit != "A-5-2"), asks=())
    )


def large_case(services: int = 40, exhibits: int = 1000) -> CaseFacts:
    """Many services, long names, rare characters."""
    each = exhibits // services
    providers, papers = [], []
    for number in range(1, services + 1):
        at = letter(number)
        name = LONG_NAME if number % 7 == 4 else f"Service {at} 示例 {at}"
        providers.append(
            replace(
                PROVIDERS[0],
                letter=at,
                name=name,
                legal_name=LONG_NAME if number % 5 == 3 else f"Example Service {at} Co., Ltd.",
                email=f"averyveryverylongmailboxnamewithoutanybreak{at.lower()}"
                "@subdomain-of-a-long-host.example",
                periods=(Period(at, Month(2015, 1), Month(2018, 8)),),
            )
        )
        for running in range(1, each + 1):
            ordinal = 5 if running > 5 else (1, 3, 3, 3, 7)[running - 1]
            count = running - 5 if running > 5 else (1, 1, 2, 3, 1)[running - 1]
            months = ()
            if ordinal == 5:
                months = (str(Month(2015, 1) + 2 * (count - 1)),)
            papers.append(
                evidence(
                    f"{at}-{ordinal}-{count}",
                    "payment" if ordinal == 5 else "page",
                    LONG_NAME if running % 4 == 0 else f"Receipt {running} of service {at}, 龘䶮㐂",
                    f"{months[0]}-03" if months else "2017-05-03",
                    months=months,
                    payer=COMPANY,
                    payees=(name,),
                    amount="12,299.00" if months else "",
                )
            )
    return whole_case(providers=tuple(providers), evidence=tuple(papers), explanations=(), asks=())

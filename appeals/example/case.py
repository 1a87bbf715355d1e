"""The invented case, as its seller would have entered it by 21 September 2018.

Its clock stands still there, so that the example never runs past its own deadline.
"""

from __future__ import annotations

import datetime
import hashlib
import re
import uuid
from collections.abc import Mapping, Sequence
from functools import partial

from appeals.models import (
    Asking,
    Case,
    Demand,
    Evidence,
    Explanation,
    LetterSection,
    Proof,
    Provider,
    UsePeriod,
)
from appeals.models.case import EXAMPLE
from appeals.models.demand import Rule, Standing
from appeals.models.letter import CHECKED_IN, SENT_IN
from appeals.presets import PRESETS, SEPTEMBER_2018
from appeals.rules.findings import Code
from appeals.rules.months import Month
from appeals.rules.names import fold
from guides.models import Guide

from .letter import LETTER
from .papers import COLLEAGUE, COMPANY, ERP_COMPANY, PAPERS, TOOL_COMPANY, Paper
from .rows import Rows, hold, hold_nothing_else
from .said import Said

NOW = datetime.datetime(2018, 9, 21, 12, 0, tzinfo=datetime.UTC)
CHANGED_AT = datetime.datetime(2018, 9, 21, 11, 32, tzinfo=datetime.UTC)

NOTICE = """\
Example notice: every word of it is invented.
Dear seller,
Your selling account was deactivated because third-party services used your access credentials.
To have this looked at again, please send:
1. How you learned of each third-party service
2. The services that you use, with the main contacts of each
3. A description of each service, with copies of what you viewed or received
4. The months and years in which you used each service
5. Proof of payment for each service, for at least two months each
6. Your confirmation that you will follow the terms that apply to you
Please reply by 30 September 2018, 17:00 Pacific time."""
FIRST_ITEM, DEADLINE = 5, 11  # lines of it
#: A space that a Latin name needs there, and a Chinese one does not.
BETWEEN_CHINESE = re.compile(r"(?<=[\u4e00-\u9fff]) (?=[\u4e00-\u9fff])")

NAMES = {
    "A": Said("ERP 甲", "Example ERP A"),
    "B": Said("工具乙", "Example Tool B"),
    "C": Said("物流丙", "Example Freight C"),
}


def example_case(language: str) -> Case:
    """Everything that a page reads of it is held by it: no query is made for it, ever."""
    rows = Rows()
    case = rows.make(
        Case,
        code=EXAMPLE,
        store=Said("示例店 US", "Example store US").to(language),
        marketplace="Amazon.com",
        seller_id="A1EXAMPLE00000",
        company=COMPANY.to(language),
        notice_on=datetime.date(2018, 9, 12),
        notice_text=NOTICE,
        amazon_reference="0000000000",
        deadline_on=datetime.date(2018, 9, 30),
        deadline_time=datetime.time(17),
        deadline_line=DEADLINE,
        time_zone="America/Los_Angeles",
        made_at=CHANGED_AT,
        changed_at=CHANGED_AT,
    )
    case.clock = NOW
    providers = {one.letter: one for one in _providers(rows, case, language)}
    demands = {one.ordinal: one for one in _demands(rows, case, providers, language)}
    hold(case, "providers", providers.values())
    hold(case, "demands", demands.values())
    hold(case, "evidence", _evidence(rows, case, providers, demands, language))
    hold(case, "explanations", _explanations(rows, case, providers, language))
    hold_nothing_else(case)
    return case


def _providers(rows: Rows, case: Case, language: str) -> Sequence[Provider]:
    provider = partial(_provider, rows, case, language)
    return [
        provider(
            "A",
            (Month(2018, 3), Month(2018, 8)),
            legal_name=ERP_COMPANY,
            web_site="https://erp-a.example",
            email="support@erp-a.example",
            app_name="ERP A Connector",
            found=Said(
                "2018 年 2 月，同行在卖家群里推荐，试用后开通。",
                "Recommended by another seller in a chat group, February 2018; opened after a "
                "trial.",
            ),
            did=Said(
                "同步订单和库存，打印面单。",
                "Read orders and stock, printed shipping labels.",
            ),
            received=Said(
                "收到开通邮件，平时看它的网页后台。",
                "An e-mail on opening the account; otherwise its web page.",
            ),
            method=Provider.Method.KEYS,
            shared_secret=Provider.Shared.YES,
            ended=Provider.Ended.ACCESS,
            ended_on=datetime.date(2018, 9, 13),
            ended_how=Said(
                "在卖家平台停用，并重置了密钥",
                "access removed in Seller Central, and the key replaced",
            ),
        ),
        provider(
            "B",
            (Month(2017, 11), None),
            legal_name=TOOL_COMPANY,
            web_site="https://tool-b.example",
            email="help@tool-b.example",
            app_name="Tool B Reports",
            found=Said(
                "2017 年 10 月，搜索“评论报表”时看到。",
                "Found by a web search for review reports, October 2017.",
            ),
            did=Said(
                "读取评价和销售排名，做成报表。",
                "Read ratings and sales ranks, and made reports of them.",
            ),
            received=Said("每周一份报表邮件。", "A report by e-mail every week."),
            method=Provider.Method.APPLICATION,
            shared_secret=Provider.Shared.NO,
        ),
        provider(
            "C",
            (Month(2018, 1), Month(2018, 6)),
            web_site="https://freight-c.example",
            found=Said("2017 年 12 月，货代介绍。", "Named by our forwarder, December 2017."),
            did=Said(
                "读取发货单，回传运单号。",
                "Read dispatch notes and wrote tracking numbers back.",
            ),
            received=Said(
                "开通通知和一页说明。", "A note that it was opened, and one page of help."
            ),
            method=Provider.Method.DEVELOPER,
            shared_secret=Provider.Shared.NO,
            ended=Provider.Ended.ACCESS,
            ended_on=datetime.date(2018, 6, 30),
            ended_how=Said("在卖家平台取消了授权", "authorization removed in Seller Central"),
            is_free=True,
        ),
    ]


def _provider(
    rows: Rows,
    case: Case,
    language: str,
    letter: str,
    used: tuple[Month, Month | None],
    **said: object,
) -> Provider:
    provider = rows.make(
        Provider,
        case=case,
        letter=letter,
        name=NAMES[letter].to(language),
        **{
            name: value.to(language) if isinstance(value, Said) else value
            for name, value in said.items()
        },
    )
    first, last = used
    period = rows.make(
        UsePeriod,
        provider=provider,
        first=first.first_day(),
        last=last.first_day() if last else None,
    )
    hold(provider, "periods", [period])
    return provider


def _demands(
    rows: Rows, case: Case, providers: Mapping[str, Provider], language: str
) -> Sequence[Demand]:
    """The shipped list, each item marked at its line of the notice."""
    lines = NOTICE.splitlines()
    names = {letter: one.name for letter, one in providers.items()}
    demands = []
    for ordinal, row in enumerate(PRESETS[SEPTEMBER_2018], start=1):
        is_asked = row.standing == Standing.ASKED
        line = FIRST_ITEM + ordinal - 1 if is_asked else None
        demand = rows.make(
            Demand,
            case=case,
            ordinal=ordinal,
            position=ordinal,
            label=row.label,
            wording=lines[line - 1].partition(" ")[2] if line else "",
            scope=row.scope,
            rule=row.rule,
            months=row.months,
            standing=row.standing,
            line=line,
            guide=Guide(slug=row.guide),
        )
        said = LETTER.get(ordinal)
        texts = {SENT_IN: said.english, CHECKED_IN: said.chinese} if said else {}
        sections = [
            rows.make(
                LetterSection,
                demand=demand,
                language=code,
                text=BETWEEN_CHINESE.sub("", text.format(**names)),
                changed_at=CHANGED_AT,
            )
            for code, text in texts.items()
        ]
        hold(demand, "letter", sections)
        if row.rule == Rule.CONTACTS:
            hold(demand, "askings", [_asking(rows, demand, providers["C"], language)])
        demands.append(demand)
    return demands


def _asking(rows: Rows, demand: Demand, provider: Provider, language: str) -> Asking:
    return rows.make(
        Asking,
        demand=demand,
        provider=provider,
        whom=Said("货代", "the forwarder").to(language),
        asked_on=datetime.date(2018, 9, 14),
    )


def _evidence(
    rows: Rows,
    case: Case,
    providers: Mapping[str, Provider],
    demands: Mapping[int, Demand],
    language: str,
) -> Sequence[Evidence]:
    files = []
    for paper in PAPERS:
        content = paper.content()
        evidence = rows.make(
            Evidence,
            case=case,
            code=code_of(paper),
            kind=paper.kind,
            shows=paper.shows.to(language),
            about_on=paper.about_on,
            amount=paper.amount,
            currency="CNY" if paper.amount else "",
            payer=paper.payer.to(language) if paper.payer else "",
            payees=[paper.payee.to(language)] if paper.payee else [],
            stored_as=paper.file,
            original_name=paper.file,
            media_type=paper.media_type,
            size=len(content),
            pages=1,
            sha256=hashlib.sha256(content).hexdigest(),
            uploaded_at=CHANGED_AT,
            exhibit_letter=paper.letter,
            exhibit_ordinal=paper.ordinal,
            exhibit_number=int(paper.number.split("-")[2]),
        )
        proven = [(paper.ordinal, month.first_day()) for month in paper.months]
        proven = proven or [(paper.ordinal, None)]
        proven += [(ordinal, None) for ordinal in paper.also]
        proofs = [
            rows.make(
                Proof,
                evidence=evidence,
                demand=demands[ordinal],
                provider=providers[paper.letter],
                month=month,
            )
            for ordinal, month in proven
        ]
        hold(evidence, "proofs", proofs)
        files.append(evidence)
    return files


def code_of(paper: Paper) -> uuid.UUID:
    """Never given by chance, so that it is the code of nobody's file."""
    return uuid.UUID(int=PAPERS.index(paper) + 1)


def _explanations(
    rows: Rows, case: Case, providers: Mapping[str, Provider], language: str
) -> Sequence[Explanation]:
    """What is not known, why nothing was paid, and why somebody else paid."""
    explanations = [
        rows.make(
            Explanation,
            case=case,
            provider=providers["C"],
            field="telephone",
            kind=Explanation.Kind.NOT_KNOWN,
            sentence=Said(
                "客服电话已停机，邮箱没有留下；已向货代询问。",
                "Its telephone no longer answers and no e-mail address was kept; the forwarder "
                "was asked.",
            ).to(language),
            made_at=CHANGED_AT,
        ),
        rows.make(
            Explanation,
            case=case,
            provider=providers["C"],
            field="is_free",
            kind=Explanation.Kind.REASON,
            sentence=Said(
                "这项服务不收费，费用含在运费里。",
                "The service was free of charge; it was part of the freight.",
            ).to(language),
            made_at=CHANGED_AT,
        ),
    ]
    return [*explanations, _of_the_payer(rows, case, providers["B"], language)]


def _of_the_payer(rows: Rows, case: Case, provider: Provider, language: str) -> Explanation:
    """As it is kept of a sentence: which finding it is about, and the name it was written for."""
    paper = next(one for one in PAPERS if one.payer is COLLEAGUE)
    about = (str(paper.ordinal), paper.letter, str(code_of(paper)))
    return rows.make(
        Explanation,
        case=case,
        provider=provider,
        finding="/".join((Code.PAYER_UNKNOWN.value, *about)),
        about=[f"payer={fold(COLLEAGUE.to(language))}"],
        kind=Explanation.Kind.REASON,
        sentence=Said(
            "同事先用自己的账户付的，公司 2018 年 3 月已报销。",
            "A colleague paid from her own account; the company repaid her in March 2018.",
        ).to(language),
        made_at=CHANGED_AT,
    )

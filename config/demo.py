"""Example editors, and an example seller with a half-done case: for a local site alone."""

from __future__ import annotations

import datetime
import io
from dataclasses import dataclass

from django.contrib.auth.models import Group
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.utils import timezone
from PIL import Image, ImageDraw

from appeals import actions
from appeals.actions.explanations import About
from appeals.actions.periods import Span
from appeals.models import Case, Explanation, Provider
from appeals.rules.facts import ProofFacts
from appeals.rules.months import Month
from guides.models import User
from guides.roles import ROLES

from .people import make_account

EDITOR, SELLER = "editor@example.com", "seller@example.com"
#: One colleague for each role, called after it.
COLLEAGUES = {role.name: f"{role.name}@example.com" for role in ROLES}
PASSWORD = "keyright-demo"  # noqa: S105 (printed for whoever runs the demo on their own machine)

NOTICE = """\
Dear seller,
Your Amazon.com selling account has been deactivated because your MWS credentials were used by a third-party service provider.
To reinstate the account, please provide:
1. How you learned of third-party services that use MWS.
2. The service providers you use, with the main contacts of each.
3. A description of each service, and copies of any information you viewed or received.
4. The dates (month, year) on which you used each service.
5. Proof of payment for each service, for at least two months each.
6. Your confirmation that you will comply with Amazon's terms.
This is an example text, made for the demonstration."""


@dataclass(frozen=True)
class Paper:
    """An example file: what it says it is, and which month it pays."""

    name: str
    kind: str
    month: Month | None
    demand: int
    lines: tuple[str, ...]


@transaction.atomic
def fill() -> tuple[User, User]:
    """Editor and seller, and the editor's colleagues beside them; made once, and left as they are
    where they exist already."""
    editor = User.objects.filter(email=EDITOR).first() or make_account(
        EDITOR, PASSWORD, is_staff=True, is_superuser=True, language="zh-hans"
    )
    for role, email in COLLEAGUES.items():
        if not User.objects.filter(email=email).exists():
            colleague = make_account(email, PASSWORD, is_staff=True, language="zh-hans")
            colleague.groups.add(Group.objects.get(name=role))
    seller = User.objects.filter(email=SELLER).first() or make_account(
        SELLER, PASSWORD, language="zh-hans"
    )
    if not seller.cases.exists():
        actions.consents.give(by=seller, language="zh-hans")
        open_case(seller)
    return editor, seller


def open_case(seller: User) -> Case:
    """Two of three services complete; the first lacks one month of payment."""
    today = timezone.localdate()
    case = actions.cases.open_case(
        by=seller,
        store="示例店 US",
        marketplace="Amazon.com",
        company="示例贸易有限公司",
        notice_on=today - datetime.timedelta(days=3),
        notice_text=NOTICE,
        deadline_on=today + datetime.timedelta(days=14),
        time_zone="America/Los_Angeles",
    )
    this_month = Month(today.year, today.month)
    erp(case, seller, this_month)
    tool(case, seller, this_month)
    logistics(case, seller, this_month)
    return case


def erp(case: Case, seller: User, now: Month) -> None:
    provider = actions.providers.add(
        case, by=seller, name="ERP 甲", legal_name="某某软件有限公司",
        web_site="https://erp.example", email="support@erp.example",
        found="2018 年在卖家群里看到推荐，试用后开通。",
        did="同步订单和库存，打印面单。", received="收到开通邮件、使用手册，平时看它的网页后台。",
        method=Provider.Method.KEYS, shared_secret=Provider.Shared.YES,
        ended=Provider.Ended.ACCESS, ended_on=timezone.localdate() - datetime.timedelta(days=2),
        ended_how="在卖家平台停用，并重置了密钥。",
    )  # fmt: skip
    used(provider, seller, now + -8, now + -1)
    attach(case, provider, seller, Paper("welcome.pdf", "email", None, 3, ("Welcome to ERP A",)))
    attach(case, provider, seller, receipt(now + -8, "ERP A"))
    attach(case, provider, seller, Paper("disabled.png", "page", None, 7, ("Access disabled",)))


def tool(case: Case, seller: User, now: Month) -> None:
    provider = actions.providers.add(
        case, by=seller, name="工具乙", web_site="https://tool.example", email="hi@tool.example",
        found="搜索“亚马逊评论分析”时看到。", did="统计商品的评价和排名。",
        received="每周一份报表邮件。", method=Provider.Method.APPLICATION,
        shared_secret=Provider.Shared.NO,
    )  # fmt: skip
    used(provider, seller, now + -12, now + -2)
    attach(case, provider, seller, Paper("report.pdf", "email", None, 3, ("Weekly report",)))
    for month in (now + -12, now + -11):
        attach(case, provider, seller, receipt(month, "Tool B"))


def logistics(case: Case, seller: User, now: Month) -> None:
    provider = actions.providers.add(
        case, by=seller, name="物流丙", web_site="https://ship.example", telephone="400-000-0000",
        found="合作的货代介绍。", did="读取发货单，回传运单号。",
        received="开通通知和一页说明。", method=Provider.Method.DEVELOPER,
        shared_secret=Provider.Shared.NO, is_free=True,
    )  # fmt: skip
    used(provider, seller, now + -10, now + -5)
    attach(case, provider, seller, Paper("notice.png", "chat", None, 3, ("It is free of charge",)))
    actions.explanations.write(
        case, by=seller, about=About(provider=provider.letter, demand=5),
        kind=Explanation.Kind.REASON, sentence="这项服务不收费，费用含在运费里。",
    )  # fmt: skip


def used(provider: Provider, seller: User, first: Month, last: Month) -> None:
    actions.periods.add(
        provider, by=seller, span=Span(first=first.first_day(), last=last.first_day())
    )


def receipt(month: Month, payee: str) -> Paper:
    lines = ("Payment receipt (example)", f"Date: {month}-05", f"Payee: {payee}", "Amount: 199.00")
    return Paper(f"receipt-{month}.pdf", "payment", month, 5, lines)


def attach(case: Case, provider: Provider, seller: User, paper: Paper) -> None:
    evidence = actions.evidence.add(
        case, by=seller, upload=SimpleUploadedFile(paper.name, drawn(paper))
    )
    proof = ProofFacts(demand=paper.demand, provider=provider.letter, month=paper.month)
    about = paper.month.first_day().replace(day=5) if paper.month else None
    actions.evidence.file(
        evidence, by=seller, version=evidence.version, proofs=[proof], kind=paper.kind,
        shows=paper.lines[0], about_on=about,
    )  # fmt: skip


def drawn(paper: Paper) -> bytes:
    """The bytes of a page with those lines."""
    page = Image.new("RGB", (620, 400), "white")
    ImageDraw.Draw(page).multiline_text((40, 40), "\n".join(paper.lines), "black", spacing=12)
    out = io.BytesIO()
    page.save(out, "PDF" if paper.name.endswith(".pdf") else "PNG")
    return out.getvalue()

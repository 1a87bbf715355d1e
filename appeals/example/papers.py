"""The exhibits of the example: what each shows, and the file that is in the repository for it."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from appeals.models.evidence import Evidence
from appeals.rules.months import Month

from .said import Said

FOLDER = Path(__file__).resolve().parent / "originals"
PICTURES = FOLDER.parent / "pictures"
MEDIA_TYPES = {".pdf": "application/pdf", ".png": "image/png"}
Kind = Evidence.Kind

COMPANY = Said("示例贸易有限公司", "Example Trading Co., Ltd.")
COLLEAGUE = Said("示例同事", "Example Colleague")
SOMEBODY = Said("示例商行", "Example Shop")
ERP_COMPANY = Said("示例甲软件有限公司", "Example A Software Co., Ltd.")
TOOL_COMPANY = Said("示例乙数据有限公司", "Example B Data Inc.")


@dataclass(frozen=True, slots=True)
class Paper:
    """One exhibit. Its number says what it proves; `also` are further items of that provider."""

    number: str
    file: str
    kind: Evidence.Kind
    shows: Said
    about_on: datetime.date
    months: tuple[Month, ...] = ()
    also: tuple[int, ...] = ()
    amount: str = ""
    payer: Said | None = None
    payee: Said | None = None

    @property
    def letter(self) -> str:
        return self.number.split("-")[0]

    @property
    def ordinal(self) -> int:
        return int(self.number.split("-")[1])

    @property
    def media_type(self) -> str:
        return MEDIA_TYPES[Path(self.file).suffix]

    def content(self) -> bytes:
        return content_of(self.file)


@cache
def content_of(file: str) -> bytes:
    """Of one of `PAPERS`. Raises FileNotFoundError."""
    return (FOLDER / file).read_bytes()


@cache
def picture_of(file: str) -> bytes:
    """What the paper looks like, as PNG. Raises FileNotFoundError."""
    return (PICTURES / file).with_suffix(".png").read_bytes()


def is_there(file: str) -> bool:
    return any(paper.file == file for paper in PAPERS)


def on(year: int, month: int, day: int) -> datetime.date:
    return datetime.date(year, month, day)


PAPERS = (
    Paper(
        "A-1-1",
        "example-chat-2018-02.png",
        Kind.CHAT,
        Said("同行推荐 ERP 甲的群聊", "Chat in which a peer recommended ERP A"),
        on(2018, 2, 26),
    ),
    Paper(
        "A-3-1",
        "example-account-opened.pdf",
        Kind.EMAIL,
        Said("ERP 甲的开通邮件", "E-mail of ERP A on opening the account"),
        on(2018, 3, 2),
        also=(4,),
    ),
    Paper(
        "A-5-1",
        "example-receipt-2018-03.pdf",
        Kind.PAYMENT,
        Said("2018 年 3 月的付款回单", "Payment receipt for March 2018"),
        on(2018, 3, 5),
        months=(Month(2018, 3),),
        amount="199.00",
        payer=COMPANY,
        payee=ERP_COMPANY,
    ),
    Paper(
        "A-5-2",
        "example-receipt-2018-07.pdf",
        Kind.PAYMENT,
        Said("2018 年 7 月的付款回单", "Payment receipt for July 2018"),
        on(2018, 7, 5),
        months=(Month(2018, 7),),
        amount="199.00",
        payer=SOMEBODY,
        payee=ERP_COMPANY,
    ),
    Paper(
        "A-7-1",
        "example-access-ended.png",
        Kind.PAGE,
        Said("后台：ERP 甲的授权已停用", "Seller Central: access of ERP A ended"),
        on(2018, 9, 13),
    ),
    Paper(
        "B-3-1",
        "example-weekly-report.pdf",
        Kind.EMAIL,
        Said("工具乙的一份每周报表", "One weekly report of Tool B"),
        on(2017, 12, 4),
    ),
    Paper(
        "B-5-1",
        "example-invoice-2017-11.pdf",
        Kind.INVOICE,
        Said("2017 年 11 月至 2018 年 1 月的发票", "Invoice for November 2017 to January 2018"),
        on(2017, 11, 11),
        months=(Month(2017, 11), Month(2017, 12), Month(2018, 1)),
        amount="360.00",
        payer=COMPANY,
        payee=TOOL_COMPANY,
    ),
    Paper(
        "B-5-2",
        "example-receipt-2018-02.pdf",
        Kind.PAYMENT,
        Said("2018 年 2 月的付款回单", "Payment receipt for February 2018"),
        on(2018, 2, 11),
        months=(Month(2018, 2),),
        amount="120.00",
        payer=COLLEAGUE,
        payee=TOOL_COMPANY,
    ),
    Paper(
        "C-3-1",
        "example-free-plan.png",
        Kind.PAGE,
        Said("物流丙的网页：免费套餐", "Web page of Freight C: free plan"),
        on(2018, 1, 5),
        also=(5,),
    ),
)

"""Draws the papers of the example and their pictures: `python -m appeals.example.draw FOLDER`.

They are in the repository, so that their sums do not hang on the program that drew them; this is
for whoever changes what they say.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping
from pathlib import Path

HERE = Path(__file__).resolve().parent
FONTS = HERE.parents[1] / "guides" / "fonts"
#: The time written into each: that of no day on which anybody works.
AT = 0

#: A heading and lines, by the name of the file.
PAPERS: Mapping[str, tuple[str, ...]] = {
    "example-chat-2018-02.png": (
        "Chat group 聊天群, 2018-02-26",
        "Peer 同行: For labels I use ERP A. 打面单我用 ERP 甲。",
        "Owner 店主: Is it hard to set up? 开通麻烦吗？",
        "Peer 同行: Half an hour. They want the key of the store. 半小时，他们要店铺的密钥。",
    ),
    "example-account-opened.pdf": (
        "Your account is open 账户已开通",
        "From 发件人: support@erp-a.example",
        "Date 日期: 2018-03-02",
        "Your trial of Example ERP A begins today. 示例 ERP 甲的试用从今天开始。",
    ),
    "example-receipt-2018-03.pdf": (
        "Payment receipt 付款回单",
        "Date 日期: 2018-03-05",
        "Payer 付款人: Example Trading Co., Ltd. 示例贸易有限公司",
        "Payee 收款人: Example A Software Co., Ltd. 示例甲软件有限公司",
        "For 用途: March 2018, 2018 年 3 月",
        "Amount 金额: CNY 199.00",
    ),
    "example-receipt-2018-07.pdf": (
        "Payment receipt 付款回单",
        "Date 日期: 2018-07-05",
        "Payer 付款人: Example Shop 示例商行",
        "Payee 收款人: Example A Software Co., Ltd. 示例甲软件有限公司",
        "For 用途: July 2018, 2018 年 7 月",
        "Amount 金额: CNY 199.00",
    ),
    "example-access-ended.png": (
        "Access ended 授权已停用",
        "Date 日期: 2018-09-13",
        "Example ERP A 示例 ERP 甲: disabled 已停用",
        "A sketch in words, and no picture of a real page. 文字示意，不是真实页面的截图。",
    ),
    "example-weekly-report.pdf": (
        "Weekly report 每周报表",
        "From 发件人: help@tool-b.example",
        "Date 日期: 2017-12-04",
        "12 new ratings, 4.3 on average. 新增评价 12 条，平均 4.3 分。",
    ),
    "example-invoice-2017-11.pdf": (
        "Invoice 发票",
        "Date 日期: 2017-11-11",
        "To 付款人: Example Trading Co., Ltd. 示例贸易有限公司",
        "By 收款人: Example B Data Inc. 示例乙数据有限公司",
        "For 用途: November 2017 to January 2018, 2017 年 11 月至 2018 年 1 月",
        "Amount 金额: CNY 360.00",
    ),
    "example-receipt-2018-02.pdf": (
        "Payment receipt 付款回单",
        "Date 日期: 2018-02-11",
        "Payer 付款人: Example Colleague 示例同事",
        "Payee 收款人: Example B Data Inc. 示例乙数据有限公司",
        "For 用途: February 2018, 2018 年 2 月",
        "Amount 金额: CNY 120.00",
    ),
    "example-free-plan.png": (
        "Example Freight C 示例物流丙",
        "Date 日期: 2018-01-05",
        "Tracking numbers are written back free of charge. 回传运单号不收费。",
        "It is part of the freight. 费用含在运费里。",
    ),
}


def draw(name: str, ppi: int = 110) -> bytes:
    """As its name ends; a picture has so many dots an inch."""
    import typst

    title, *lines = next(said for paper, said in PAPERS.items() if paper[:-4] == name[:-4])
    data = json.dumps({"title": title, "lines": lines}, ensure_ascii=False)
    fonts = typst.Fonts(include_system_fonts=False, font_paths=[str(FONTS)])
    compiler = typst.Compiler(str(HERE / "papers.typ"), root=str(HERE), font_paths=fonts)
    inputs = {"data": data}
    if name.endswith(".png"):
        made = compiler.compile(format="png", ppi=ppi, sys_inputs=inputs)
    else:
        made = compiler.compile(format="pdf", sys_inputs=inputs, timestamp=AT)
    assert isinstance(made, bytes)
    return made


def main() -> int:
    folder = Path(sys.argv[1])
    for name in PAPERS:
        (folder / "originals" / name).write_bytes(draw(name))
        picture = Path(name).with_suffix(".png").name
        (folder / "pictures" / picture).write_bytes(draw(picture, ppi=80))
    return 0


if __name__ == "__main__":
    sys.exit(main())

"""What the letter of the example says, by item: in English to send, in Chinese to check.

`{A}`, `{B}`, `{C}` stand for the providers as the records call them.
"""

from __future__ import annotations

from .said import Said

LETTER = {
    1: Said(
        "2018 年 2 月，同行在群里推荐了 {A}，聊天记录见附件 A-1-1。\n"
        "2017 年 10 月，我们搜索评论报表时找到 {B}。2017 年 12 月，货代介绍了 {C}。",
        "We learned of {A} in February 2018 from another seller in a chat group. The chat is "
        "exhibit A-1-1.\n"
        "We found {B} in October 2017 by a web search for review reports. {C} was named by "
        "our freight forwarder in December 2017.",
    ),
    2: Said(
        "能进入店铺的有三项服务：{A}、{B} 和 {C}。我们查了后台的授权应用、邮箱和付款记录，没"
        "有发现别的。{C} 的电话已经打不通；2018 年 9 月 14 日，我们向货代问过它的联系方式。",
        "Three services had access to the store: {A}, {B} and {C}. We looked in Seller "
        "Central under the authorized applications, in our mailboxes and in our payment "
        "records, and know of no other. {C} no longer answers its telephone; we asked our "
        "forwarder for its contacts on 14 September 2018.",
    ),
    3: Said(
        "{A} 读取订单和库存，打印面单。我们收到过开通邮件（A-3-1），平时用它的网页后台。\n"
        "{B} 读取评价和销售排名，每周发一份报表，附一份为 B-3-1。{C} 读取发货单，回传运单号，"
        "它的网页见 C-3-1。",
        "{A} read orders and stock and printed shipping labels. We received the e-mail that "
        "opened the account (A-3-1) and worked on its web page.\n"
        "{B} read ratings and sales ranks and sent a report each week; one of them is B-3-1. "
        "{C} read dispatch notes and wrote tracking numbers back; its web page is C-3-1.",
    ),
    4: Said(
        "月份依据开通邮件、发票和我们自己的记录。{B} 还在用，靠的是授权，没有给过密钥。",
        "The months are those of account e-mails, invoices and our own records. {B} is still "
        "in use, by authorization and without a key.",
    ),
    5: Said(
        "店铺公司支付了 {A} 2018 年 3 月的费用（A-5-1），以及 {B} 三个月的费用，开在一张发票"
        "上（B-5-1）。B-5-2 的付款人是一位同事，她先用自己的账户付给 {B}，公司已经报销。{C} "
        "免费，它的网页写明了（C-3-1）。",
        "The company of the store paid {A} for March 2018 (A-5-1) and {B} for three months "
        "on one invoice (B-5-1). The receipt B-5-2 is in the name of a colleague, who paid "
        "{B} from her own account and was repaid. {C} was free of charge; its web page says "
        "so (C-3-1).",
    ),
}

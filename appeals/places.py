"""Six places where providers turn up that nobody remembered, and how to look there."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True, slots=True)
class PlaceToLook:
    key: str  # as the case keeps it
    name: Promise
    how: tuple[Promise, ...]  # one step each
    words: Promise | None = None  # to search for, as they stand there


_ALL = (
    PlaceToLook(
        "seller-central",
        _("Seller Central"),
        (
            _(
                "Open Manage Your Apps (管理您的应用程序): note every application that is authorized."
            ),
            _("Note those that are disabled or expired, too: they had access before."),
            _("Look at the users of the account: people and companies that sign in themselves."),
        ),
    ),
    PlaceToLook(
        "mailbox",
        _("The mailbox"),
        (
            _("Search every address that the store ever used, sent and deleted mail too."),
            _("Look at the first and the last message of each sender: they date the use."),
        ),
        _(
            "authorize, developer, API, MWS, subscription, invoice, renewal, trial, welcome, 授权, 开通, 续费, 发票"
        ),
    ),
    PlaceToLook(
        "payments",
        _("Payment apps, cards and bank"),
        (
            _("Search the bills of payment apps for software and services, year by year."),
            _("On cards and accounts look for what returns every month or every year."),
            _("Ask who else paid for the store: an owner's own card, a sister company."),
        ),
    ),
    PlaceToLook(
        "chats",
        _("Chat groups and contacts"),
        (
            _("Search chats for the words below, and for files and links that were sent."),
            _("Look through contacts: customer service of tools, agencies, freight forwarders."),
        ),
        _("ERP, key, secret, developer ID, authorize, tool, 密钥, 授权, 开发者, 软件, 选品, 打单"),
    ),
    PlaceToLook(
        "colleagues",
        _("Colleagues' computers and bookmarks"),
        (
            _("Ask those who are here and those who left which tools they signed in to."),
            _(
                "Look at bookmarks, the sites of saved passwords (never the passwords) and installed programs."
            ),
        ),
    ),
    PlaceToLook(
        "accountant",
        _("The accountant's invoices"),
        (
            _("Ask for every invoice and contract for software, data, advertising or services."),
            _("A name on an invoice may be that of an agency: ask whose tool it was."),
        ),
    ),
)

PLACES: Mapping[str, PlaceToLook] = {place.key: place for place in _ALL}

"""The index of exhibits, withdrawn ones too, and the originals as members of a package."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from appeals.rules.exhibits import OF_THE_CASE, exhibit_order, parts
from appeals.rules.facts import EvidenceFacts, EvidenceKind

from .reading import Exhibit, Reading, iso, sheet_of
from .sheets import IndexGroup, IndexRow, Member
from .words import NOTHING, Both, PageOf, fill, one_line, said, typed

#: As much of a sum as a reader compares by eye.
SHORT_SUM = 12

KINDS = {
    EvidenceKind.PAYMENT: gettext_lazy("Payment receipt"),
    EvidenceKind.INVOICE: gettext_lazy("Invoice"),
    EvidenceKind.STATEMENT: gettext_lazy("Bank or account statement"),
    EvidenceKind.REFUND: gettext_lazy("Refund"),
    EvidenceKind.CONTRACT: gettext_lazy("Contract"),
    EvidenceKind.EMAIL: gettext_lazy("E-mail"),
    EvidenceKind.CHAT: gettext_lazy("Chat"),
    EvidenceKind.PAGE: gettext_lazy("Web page or screen"),
    EvidenceKind.OTHER: gettext_lazy("Something else"),
}


def index(reading: Reading) -> tuple[IndexGroup, ...]:
    """By the letter in the number: an exhibit stays where its number put it."""
    rows = {one.number: _row(one) for one in reading.exhibits.values()}
    for facts in reading.facts.evidence:
        if facts.is_withdrawn and facts.exhibit:
            rows[facts.exhibit] = _withdrawn(reading, facts, facts.exhibit)
    groups: dict[str, list[IndexRow]] = {}
    for number in sorted(rows, key=exhibit_order):
        groups.setdefault(parts(number)[0], []).append(rows[number])
    return tuple(
        IndexGroup(letter, _name(reading, letter), _sheet(reading, letter), tuple(several))
        for letter, several in groups.items()
    )


def members(reading: Reading) -> tuple[Member, ...]:
    return tuple(
        Member(
            name=one.name,
            exhibit=one.number,
            size=one.original.size,
            sha256=one.facts.sha256,
            stored_as=one.original.stored_as,
        )
        for one in reading.exhibits.values()
    )


def _row(exhibit: Exhibit) -> IndexRow:
    pages = exhibit.original.pages
    return IndexRow(
        exhibit=exhibit.number,
        title=_title(exhibit),
        file=exhibit.name,
        about_on=exhibit.about_on or "–",
        pages=str(pages) if pages else "–",
        sha256=exhibit.facts.sha256[:SHORT_SUM],
    )


def _title(exhibit: Exhibit) -> Both:
    if exhibit.shows:
        return typed(exhibit.shows)
    kind = exhibit.facts.kind
    return said(lambda: str(KINDS[kind]) if kind else _("A file"))


def _withdrawn(reading: Reading, facts: EvidenceFacts, number: str) -> IndexRow:
    original = reading.originals.get(facts.id)
    on = iso(original.withdrawn_on if original else None)

    def title() -> str:
        if not on:
            return _("Withdrawn. The number is kept and not used again.")
        return _("Withdrawn on %(date)s. The number is kept and not used again.") % {"date": on}

    return IndexRow(number, said(title), file="", about_on="", pages="", sha256="")


def _name(reading: Reading, letter: str) -> Both:
    if letter == OF_THE_CASE:
        return said(lambda: _("The whole store"))
    if letter not in reading.states:
        return said(lambda: _("A service that was taken off the list"))
    return typed(one_line(reading.states[letter].provider.name))


def _sheet(reading: Reading, letter: str) -> Both:
    if letter not in reading.states:
        return Both(NOTHING)
    return said(lambda: fill(_("sheet on page %(page)s"), page=PageOf(sheet_of(letter))))

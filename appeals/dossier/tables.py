"""Tables that come from the records, and the words in them."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from appeals.rules.assessment import DemandState, ProviderState
from appeals.rules.cells import Cell
from appeals.rules.facts import Ended, ProviderFacts, Rule
from appeals.sentences.names import months

from .reading import Reading, iso, months_of, sheet_of, shown
from .sheets import Table
from .words import Both, PageOf, lines_of, one_line, said, typed

REF = gettext_lazy("Ref.")
SERVICE = gettext_lazy("Service")
LEGAL = gettext_lazy("Service, legal name")
CONTACTS = gettext_lazy("Main contacts")
SITE = gettext_lazy("Web site, application")
PAGE = gettext_lazy("Page")
USED = gettext_lazy("Months of use")
COUNT = gettext_lazy("Months")
PROVEN = gettext_lazy("Months proven")
EXHIBITS = gettext_lazy("Exhibits")
FOUND = gettext_lazy("How it was found")
DID = gettext_lazy("What it did, what was received")
ACCESS_BY = gettext_lazy("Access by")
ENDED = gettext_lazy("Ended")
HOW_ENDED = pgettext_lazy("a particular of a service", "Access ended")

HEADS = {
    "contacts": (REF, LEGAL, CONTACTS, SITE, PAGE),
    "used": (REF, SERVICE, USED, COUNT, PAGE),
    "paid": (REF, SERVICE, PROVEN, EXHIBITS),
    "learned": (REF, SERVICE, FOUND, EXHIBITS),
    "described": (REF, SERVICE, DID, EXHIBITS),
    "ended": (REF, SERVICE, HOW_ENDED, EXHIBITS),
    "services": (REF, SERVICE, USED, ACCESS_BY, ENDED, PAGE),
}
#: What the letter always shows from the records; the rest only where no text was written.
ALWAYS = {Rule.CONTACTS, Rule.USED, Rule.PAID}


def table(kind: str, rows: Iterable[tuple[Both, ...]]) -> Table | None:
    """None: no rows."""
    all_rows = tuple(rows)
    if not all_rows:
        return None
    heads = tuple(said(partial(str, head)) for head in HEADS[kind])
    return Table(kind, heads, all_rows)


def of_demand(reading: Reading, of: DemandState, *, has_text: bool) -> Table | None:
    """One row a service. None where its rule has none, or the text stands for it."""
    rule = of.demand.rule
    if rule.value not in HEADS or (has_text and rule not in ALWAYS):
        return None
    return table(rule.value, (_row(reading, cell, rule) for cell in of.cells))


def _row(reading: Reading, cell: Cell, rule: Rule) -> tuple[Both, ...]:
    state = reading.states[cell.provider or ""]
    provider = state.provider
    ref, name = typed(provider.letter), typed(one_line(provider.name) or "–")
    exhibits = typed(", ".join(reading.numbers(cell.evidence)))
    match rule:
        case Rule.CONTACTS:
            legal = lines_of(one_line(provider.legal_name))
            return (
                ref,
                Both((*name.english, *legal)),
                Both((*lines_of(provider.email), *lines_of(provider.telephone))),
                _site(reading, provider),
                page(provider),
            )
        case Rule.USED:
            count = typed(str(len(state.months) or "–"))
            return ref, name, months_text(reading, state), count, page(provider)
        case Rule.PAID:
            return ref, name, proven_text(provider, [cell]), exhibits
        case Rule.LEARNED:
            return ref, name, Both(lines_of(provider.found)), exhibits
        case Rule.DESCRIBED:
            return (
                ref,
                name,
                Both((*lines_of(provider.did), *lines_of(provider.received))),
                exhibits,
            )
        case _:
            return ref, name, ended_text(provider), exhibits


def _site(reading: Reading, provider: ProviderFacts) -> Both:
    site = lines_of(provider.web_site)
    app = lines_of(one_line(shown(provider, "app_name")))
    if app or reading.field_said(provider.letter, "app_name") is None:
        return Both((*site, *app))
    unknown = said(lambda: _("no application name known"))
    return Both((*site, *unknown.english))


def page(provider: ProviderFacts) -> Both:
    return Both(((PageOf(sheet_of(provider.letter)),),))


def services(reading: Reading) -> Table | None:
    """The services on the cover."""
    return table(
        "services",
        (
            (
                typed(state.provider.letter),
                typed(one_line(state.provider.name) or "–"),
                months_text(reading, state),
                said(partial(access_by, shown(state.provider, "method"))),
                typed(iso(state.provider.ended_on) if state.provider.ended else "–"),
                page(state.provider),
            )
            for state in reading.assessment.providers
        ),
    )


def access_by(method: str) -> str:
    match method:
        case "keys":
            return _("secret key")
        case "application" | "developer":
            return _("authorization")
    return _("not known")


def is_approximate(reading: Reading, state: ProviderState) -> bool:
    return any(period.is_approximate for period in state.provider.periods) or bool(
        reading.field_said(state.provider.letter, "first_month")
    )


def months_text(reading: Reading, state: ProviderState) -> Both:
    """The months of use, as spans. Beside them stands only what is more than numbers."""
    if not state.months:
        return said(lambda: _("not known"))
    of = [str(month) for month in state.months]
    if is_approximate(reading, state):
        about = said(lambda: _("about %(months)s") % {"months": months(of)})
        return Both(about.english, said(lambda: _("approximate")).chinese)
    return numbers_text(of)


def numbers_text(of: Iterable[str]) -> Both:
    return Both(said(partial(months, list(of))).english)


def proven_text(provider: ProviderFacts, cells: Iterable[Cell]) -> Both:
    proven = [str(month) for month in months_of(cells)]
    if proven:
        return numbers_text(proven)
    if provider.is_free:
        return said(lambda: _("free of charge"))
    return typed("–")


def ended_text(provider: ProviderFacts) -> Both:
    """What ended, when and how, as one line."""
    how = one_line(shown(provider, "ended_how"))
    return Both(
        said(lambda: _ended(provider, how)).english, said(lambda: _what_ended(provider)).chinese
    )


def _what_ended(provider: ProviderFacts) -> str:
    match provider.ended:
        case Ended.ACCESS:
            return _("all access ended")
        case Ended.SECRET:
            return _("the secret was replaced; access goes on by authorization")
    return _("no end is on record")


def _ended(provider: ProviderFacts, how: str) -> str:
    if provider.ended is None:
        return how or _what_ended(provider)
    what = _what_ended(provider)
    dated = (
        _("%(date)s: %(what)s") % {"date": iso(provider.ended_on), "what": what}
        if provider.ended_on
        else what
    )
    return f"{dated} ({how})" if how else dated

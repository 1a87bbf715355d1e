"""The sheet of each service: particulars, months of use, payments."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import partial

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext, pgettext_lazy

from appeals.rules.assessment import ProviderState
from appeals.rules.cells import Cell, MonthCover
from appeals.rules.facts import ExplanationKind, Id, ProviderFacts, Rule
from appeals.rules.months import Month
from appeals.sentences.names import between_sentences, listed, months

from . import tables
from .reading import Exhibit, Reading, label_of, months_of, sheet_of, shown
from .sheets import MonthBox, Particular, Service, Table, Year
from .words import (
    NOTHING,
    Both,
    Text,
    lines_of,
    one_line,
    said,
    shortened,
    typed,
)

PAYMENTS = (
    gettext_lazy("Exhibit"),
    gettext_lazy("Month"),
    gettext_lazy("Paid on"),
    pgettext_lazy("of money", "Amount"),
    gettext_lazy("Paid by"),
    gettext_lazy("Paid to"),
)

#: In place of a value that a sentence stands for.
INSTEAD = {
    ExplanationKind.NOT_KNOWN: gettext_lazy("Not known"),
    ExplanationKind.DOES_NOT_APPLY: gettext_lazy("Does not apply"),
    ExplanationKind.REASON: gettext_lazy("Explained"),
}


def services(reading: Reading) -> tuple[Service, ...]:
    return tuple(_service(reading, state) for state in reading.assessment.providers)


def _service(reading: Reading, state: ProviderState) -> Service:
    provider = state.provider
    paid = reading.cells_of(provider.letter, Rule.PAID)
    covers = {cover.month: cover for cell in paid for cover in cell.cover}
    proven = months_of(paid)
    filed = _filed(reading, paid)
    return Service(
        part=sheet_of(provider.letter),
        letter=provider.letter,
        name=typed(one_line(provider.name)),
        short_name=shortened(one_line(provider.name), 24),
        particulars=tuple(_particulars(reading, provider)),
        use=said(lambda: _use(reading, state, list(proven))),
        years=tuple(_years(reading, state, covers, proven)),
        legend=said(lambda: _legend(state)),
        payments=_payments([one for one in filed if one.months or not provider.is_free]),
        payment_lines=tuple(_payment_lines(reading, provider, paid, filed)),
    )


def _particulars(reading: Reading, provider: ProviderFacts) -> Iterator[Particular]:
    """Every line but what is empty and asked by nobody."""
    letter = provider.letter
    say = partial(_line, reading, provider)
    yield say(lambda: _("Legal name"), lines_of(provider.legal_name), "legal_name")
    yield say(lambda: _("Web site, application"), _site(provider), "web_site", "app_name")
    contacts = ", ".join(filter(None, (one_line(provider.email), one_line(provider.telephone))))
    yield say(lambda: _("Main contacts"), lines_of(contacts), "email", "telephone")
    payees = tuple(
        line
        for one in provider.other_payees
        if one.sentence.strip()
        for line in lines_of(f"{one_line(one.name)}: {one_line(one.sentence)}")
    )
    if payees:
        yield say(lambda: _("Also paid to"), payees, "payees")
    yield say(
        lambda: _("How it was found"),
        lines_of(provider.found),
        "found",
        exhibits=_exhibits(reading, letter, Rule.LEARNED),
    )
    yield say(lambda: _("What it did"), lines_of(provider.did), "did")
    yield say(
        lambda: _("What was received"),
        lines_of(provider.received),
        "received",
        exhibits=_exhibits(reading, letter, Rule.DESCRIBED),
    )
    for cell in reading.cells_of(letter, Rule.ANSWERED):
        numbers = reading.numbers(cell.evidence)
        if numbers:
            label = label_of(cell.demand)
            yield Particular(said(partial(_also_for, label)), Both(NOTHING), numbers)
    yield _access(reading, provider)
    yield Particular(
        said(lambda: pgettext("a particular of a service", "Access ended")),
        tables.ended_text(provider),
        _exhibits(reading, letter, Rule.ENDED),
    )


def _also_for(label: str) -> str:
    return _("For %(label)s") % {"label": label}


def _line(
    reading: Reading,
    provider: ProviderFacts,
    label: Callable[[], str],
    value: Text | Both,
    *fields: str,
    exhibits: tuple[str, ...] = (),
) -> Particular:
    """What is on record; else the sentence that stands for it; else a dash."""
    if not isinstance(value, Both):
        value = Both(value)
    explanation = reading.field_said(provider.letter, *fields)
    if not value.english:
        if explanation is None:
            value = Both((("–",),))
        else:
            instead, sentence = INSTEAD[explanation.kind], one_line(explanation.sentence)
            value = said(
                lambda: _("%(kind)s: %(sentence)s") % {"kind": instead, "sentence": sentence}
            )
    return Particular(said(label), value, exhibits)


def _site(provider: ProviderFacts) -> Both:
    site, app = one_line(provider.web_site), one_line(shown(provider, "app_name"))
    if not app:
        return typed(site)
    values = {"site": site, "name": app}
    if not site:
        return said(lambda: _("application “%(name)s”") % values)
    return said(lambda: _("%(site)s, application “%(name)s”") % values)


def _access(reading: Reading, provider: ProviderFacts) -> Particular:
    label = said(lambda: _("How access was given"))
    if not shown(provider, "method") and provider.shared_secret is None:
        return _line(
            reading, provider, lambda: _("How access was given"), NOTHING, "method", "shared_secret"
        )
    return Particular(label, said(lambda: listed(_ways(provider))))


def _ways(provider: ProviderFacts) -> Iterator[str]:
    method = shown(provider, "method")
    match method:
        case "keys":
            yield _("A secret key was handed over")
        case "application":
            yield _("Authorized in Seller Central as an application")
        case "developer":
            yield _("Authorized in Seller Central as a developer")
        case "unknown":
            yield _("Not known")
    if provider.shared_secret and method != "keys":
        yield _("a key, token or password was given")
    if provider.shared_secret is False:
        yield _("no key, token or password was given")


def _exhibits(reading: Reading, letter: str, rule: Rule) -> tuple[str, ...]:
    return reading.numbers(one for cell in reading.cells_of(letter, rule) for one in cell.evidence)


def _use(reading: Reading, state: ProviderState, proven: list[Month]) -> str:
    return between_sentences().join(_use_sentences(reading, state, proven))


def _use_sentences(reading: Reading, state: ProviderState, proven: list[Month]) -> Iterator[str]:
    if not state.months:
        yield _("No month of use is on record.")
        return
    count = len(state.months)
    values = {"months": months(map(str, state.months)), "count": count}
    if tables.is_approximate(reading, state):
        yield (
            ngettext(
                "In use: about %(months)s, %(count)s month. The months are not known exactly; see "
                "“Gaps and explanations”.",
                "In use: about %(months)s, %(count)s months. The months are not known exactly; see "
                "“Gaps and explanations”.",
                count,
            )
            % values
        )
    else:
        yield (
            ngettext(
                "In use: %(months)s, %(count)s month.",
                "In use: %(months)s, %(count)s months.",
                count,
            )
            % values
        )
    if any(period.last is None for period in state.provider.periods) and not state.provider.ended:
        yield _("The service was still in use then.")
    if proven:
        yield _("Payment is proven for %(months)s.") % {"months": months(map(str, proven))}


def _years(
    reading: Reading,
    state: ProviderState,
    covers: dict[Month, MonthCover],
    proven: dict[Month, tuple[Id, ...]],
) -> Iterator[Year]:
    """The years that have a month of use or a file; months of other years are empty anyway."""
    used = set(state.months)
    for year in sorted({month.year for month in (*used, *covers)}):
        boxes = []
        for number in range(1, 13):
            month = Month(year, number)
            exhibits = reading.numbers(proven.get(month, ()))
            boxes.append(
                MonthBox(
                    number,
                    month in used,
                    exhibits[0] if exhibits else "",
                    _month_word(state, month in used, month in covers),
                )
            )
        yield Year(year, tuple(boxes))


def _month_word(state: ProviderState, is_used: bool, has_file: bool) -> Both:
    if is_used and state.provider.is_free:
        return said(lambda: pgettext("a month of use", "free"))
    if is_used:
        return said(lambda: pgettext("a month of use", "used"))
    if has_file:
        return said(lambda: pgettext("a month with a file, outside the months of use", "see text"))
    return Both(NOTHING)


def _legend(state: ProviderState) -> str:
    sentences = [
        _(
            "Heavy line: in use in that month. Framed, with a number: the exhibit that proves a "
            "payment for it."
        )
    ]
    if state.provider.is_free:
        sentences.append(_("“free”: in use, free of charge."))
    return between_sentences().join(sentences)


def _filed(reading: Reading, paid: Iterable[Cell]) -> list[Exhibit]:
    """Every file at hand for a payment of this service, or that there was none; those in doubt
    too, in order."""
    codes = dict.fromkeys(one for cell in paid for one in cell.evidence)
    found = [reading.exhibits[one] for one in codes if one in reading.exhibits]
    numbers = reading.numbers(codes)
    return sorted(found, key=lambda one: numbers.index(one.number))


def _payments(filed: list[Exhibit]) -> Table | None:
    if not filed:
        return None
    heads = tuple(said(partial(str, head)) for head in PAYMENTS)
    return Table("payments", heads, tuple(_payment(one) for one in filed))


def _payment(exhibit: Exhibit) -> tuple[Both, ...]:
    facts = exhibit.facts
    amount = " ".join(filter(None, (shown(facts, "currency"), shown(facts, "amount"))))
    months_paid = [str(month) for month in exhibit.months]
    return (
        typed(exhibit.number),
        tables.numbers_text(months_paid) if months_paid else typed("–"),
        typed(exhibit.about_on or "–"),
        typed(amount or "–"),
        typed(one_line(facts.payer) or "–"),
        typed(one_line(", ".join(facts.payees)) or "–"),
    )


def _was_free(shows: str) -> str:
    if not shows:
        return _("The service was free of charge.")
    return _("The service was free of charge, as shown in %(exhibits)s.") % {"exhibits": shows}


def _payment_lines(
    reading: Reading, provider: ProviderFacts, paid: tuple[Cell, ...], filed: list[Exhibit]
) -> Iterator[Both]:
    """What is said beside the table: that it was free, that nothing is here, and why."""
    if provider.is_free:
        shows = ", ".join(one.number for one in filed if not one.months)
        yield said(partial(_was_free, shows))
    elif not filed:
        yield said(lambda: _("No proof of payment is here."))
    sentences = dict.fromkeys(one.sentence for cell in paid for one in cell.explanations)
    for sentence in sentences:
        yield typed(sentence)

"""A text that asks, line by line, with what each line became; and the demands in their order."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from appeals.models import Case, Demand
from appeals.models.demand import Rule, Scope, Standing
from appeals.presets import is_advice, row_of
from appeals.rules.facts import DemandFacts
from appeals.rules.lines import NoticeLine
from appeals.sentences import Words, links
from appeals.sentences.names import listed, number

from .texts import AskingText, text_of_round


@dataclass(frozen=True, slots=True)
class Mark:
    """What a line became: one item, one that is not asked, or the deadline."""

    label: str  # in the box
    name: str
    detail: str
    url: str  # where the mark is changed
    is_left_out: bool = False
    is_again: bool = False  # asked before: the mark can be counted apart
    fill_url: str = ""  # where what a reply adds is answered
    ask_url: str = ""  # takes it back in
    version: int = 0


@dataclass(frozen=True, slots=True)
class LineRow:
    number: int
    text: str
    marks: tuple[Mark, ...]
    url: str  # opens it to be marked
    prefix: str = ""  # of its anchor, where a page shows several texts

    @property
    def anchor(self) -> str:
        return f"{self.prefix}line-{self.number}"

    @property
    def is_asking(self) -> bool:
        return any(not mark.is_left_out for mark in self.marks)


@dataclass(frozen=True, slots=True)
class DemandRow:
    ordinal: int
    label: str  # empty: not counted
    name: str
    line: str  # of which text; empty: none
    line_url: str
    origin: str
    url: str
    is_asked: bool
    is_left_out: bool
    version: int
    before: int | None = None  # the ordinal that stands above; None: it is the first
    after: int | None = None

    @property
    def anchor(self) -> str:
        return f"demand-{self.ordinal}"


@dataclass(frozen=True, slots=True)
class NoticePage:
    lines: tuple[LineRow, ...]
    demands: tuple[DemandRow, ...]  # asked ones in their order, then advice, then left out
    asked: str  # how many, and how many without a line


def notice_page(text: AskingText) -> NoticePage:
    """No query where the case has its facts."""
    case, words = text.case, Words.of(text.case)
    facts = {one.ordinal: one for one in case.facts().demands}
    demands = list(case.demands.all())
    asked = [one for one in demands if one.standing == Standing.ASKED]
    rest = [one for one in demands if one.standing == Standing.ADVISED]
    rest += [one for one in demands if one.standing == Standing.LEFT_OUT]
    lines = line_rows(text)
    return NoticePage(
        lines,
        (
            *(_row(case, words, one, facts, _beside(asked, at)) for at, one in enumerate(asked)),
            *(_row(case, words, one, facts, (None, None)) for one in rest),
        ),
        _count(asked, has_text=bool(lines)) if text.is_notice else _count_reply(text),
    )


def line_rows(text: AskingText, prefix: str = "") -> tuple[LineRow, ...]:
    """Its lines, each with what it became."""
    words = Words.of(text.case)
    facts = {one.ordinal: one for one in text.case.facts().demands}
    return tuple(
        LineRow(
            line.number,
            line.text,
            tuple(_marks(text, words, line, facts)),
            text.line_url(line.number),
            prefix,
        )
        for line in text.lines
    )


def _beside(asked: Sequence[Demand], at: int) -> tuple[int | None, int | None]:
    """Ordinals of those above and below."""
    above = asked[at - 1].ordinal if at else None
    below = asked[at + 1].ordinal if at + 1 < len(asked) else None
    return above, below


def _count(asked: Sequence[Demand], *, has_text: bool) -> str:
    count = ngettext("%(count)s item", "%(count)s items", len(asked)) % {"count": len(asked)}
    without = sum(one.line is None for one in asked)
    if not has_text:
        return count
    if not without:
        return _("%(items)s, all marked") % {"items": count}
    return _("%(items)s, %(count)s without a line") % {"items": count, "count": without}


def _count_reply(text: AskingText) -> str:
    """How many things a reply asks that were not asked before, and how many again."""
    new = [
        one
        for one in text.case.demands.all()
        if one.round == text.round and one.standing == Standing.ASKED
    ]
    again = {ordinal for line in text.lines for ordinal in text.asked_again(line.number)}
    parts = []
    if new:
        parts.append(ngettext("%(count)s new", "%(count)s new", len(new)) % {"count": len(new)})
    if again:
        said = ngettext("%(count)s asked again", "%(count)s asked again", len(again))
        parts.append(said % {"count": len(again)})
    return listed(parts) if parts else _("Not marked yet")


def _marks(
    text: AskingText, words: Words, line: NoticeLine, facts: Mapping[int, DemandFacts]
) -> Iterator[Mark]:
    again = text.asked_again(line.number)
    for demand in text.case.demands.all():
        if text.has_marked(demand, line.number):
            yield _mark(text, words, demand, facts[demand.ordinal], line.number)
        if demand.ordinal in again:
            yield _again(text, words, demand, facts[demand.ordinal], line.number)
    if text.deadline_line == line.number:
        yield _of_deadline(text)


def _mark(text: AskingText, words: Words, demand: Demand, facts: DemandFacts, line: int) -> Mark:
    case, name = text.case, words.demand(facts)
    url = text.line_url(line, demand.ordinal)
    is_out = (demand.out_round, demand.out_line) == (text.round, line)
    if is_out or (demand.standing == Standing.LEFT_OUT and demand.out_line is None):
        return Mark(
            pgettext("box beside a line", "not asked"),
            _("%(demand)s: not asked this time") % {"demand": name},
            _("Not counted any more; what was written stays"),
            url,
            is_left_out=True,
            ask_url=reverse("appeals:demand-ask", args=[case.code, demand.ordinal]),
            version=demand.version,
        )
    detail = _detail(words, demand, facts)
    if text.is_notice:
        return Mark(demand.label, name, detail, url)
    values = {"round": text.round, "label": number(demand.label)}
    fill = links.to_letter(case.code, demand.ordinal, section=demand.ordinal)
    name = demand.name or _("Round %(round)s, item %(label)s") % values
    return Mark(demand.label, name, detail, url, fill_url=fill)


def _again(text: AskingText, words: Words, demand: Demand, facts: DemandFacts, line: int) -> Mark:
    values = {"label": words.named.label(facts), "demand": words.demand(facts)}
    return Mark(
        demand.label,
        _("Part of item %(label)s: %(demand)s") % values,
        _("The same as was asked before"),
        text.line_url(line, demand.ordinal, apart=True),
        is_again=True,
    )


def _detail(words: Words, demand: Demand, facts: DemandFacts) -> str:
    if demand.rule == Rule.ANSWERED:
        if facts.provider is not None:
            provider = words.named.provider(facts.provider)
            if demand.round > 1:
                return _("New in this reply; asked of %(provider)s alone") % {"provider": provider}
            return _("Added; asked of %(provider)s alone") % {"provider": provider}
        if demand.round > 1 and demand.scope == Scope.PROVIDER:
            return _("New in this reply; asked of each provider")
        if demand.round > 1:
            return _("New in this reply; asked once")
        if demand.scope == Scope.PROVIDER:
            return _("Not in the list, added in the notice's words; asked of each provider")
        return _("Not in the list, added in the notice's words")
    if demand.rule == Rule.CONFIRMED:
        return _("Only the account owner can confirm this")
    if demand.rule == Rule.PAID:
        return _of_months(demand)
    if is_advice(demand):
        return _("Only advice before; this notice asks for it, so it counts")
    return _("Asked of each provider")


def _of_months(demand: Demand) -> str:
    return ngettext(
        "At least %(count)s month of each provider",
        "At least %(count)s months of each provider",
        demand.months or 0,
    ) % {"count": demand.months}


def _of_deadline(text: AskingText) -> Mark:
    said = text.deadline
    detail = text.deadline_day or _("Not entered yet")
    if said is not None:
        detail = said.in_beijing or said.written
    elif text.has_no_deadline:
        detail = _("The notice gives none") if text.is_notice else _("The reply gives none")
    name = _("Deadline") if text.is_notice else _("New deadline")
    return Mark(pgettext("box beside a line", "due"), name, detail, text.deadline_url)


def _row(
    case: Case,
    words: Words,
    demand: Demand,
    facts: dict[int, DemandFacts],
    beside: tuple[int | None, int | None],
) -> DemandRow:
    is_asked = demand.standing == Standing.ASKED
    line, line_url = _place(case, demand)
    return DemandRow(
        ordinal=demand.ordinal,
        label=demand.label if is_asked else "",
        name=words.demand(facts[demand.ordinal]),
        line=line,
        line_url=line_url,
        origin=_origin(demand),
        url=links.to_demand(case.code, demand.ordinal),
        is_asked=is_asked,
        is_left_out=demand.standing == Standing.LEFT_OUT,
        version=demand.version,
        before=beside[0],
        after=beside[1],
    )


def _place(case: Case, demand: Demand) -> tuple[str, str]:
    """The line that takes it out, or asks for it; and its address."""
    round, number = demand.round, demand.line
    if demand.out_line is not None:
        round, number = demand.out_round or 1, demand.out_line
    text = text_of_round(case, round)
    if number is None or text is None:
        return "", ""
    values = {"round": round, "line": number}
    said = _("Line %(line)s") if text.is_notice else _("Round %(round)s, line %(line)s")
    return said % values, f"{text.url}#line-{number}"


def _origin(demand: Demand) -> str:
    """Where the demand came from, or why it is not counted."""
    if demand.standing == Standing.LEFT_OUT:
        return _("Not asked this time, not counted")
    if demand.standing == Standing.ADVISED:
        return _("Our advice, not counted")
    if demand.round > 1:
        return _("New in round %(round)s, in the reply's words") % {"round": demand.round}
    if demand.rule == Rule.ANSWERED:
        return _("Added, in the notice's words")
    if is_advice(demand):
        return _("Advice before, counted now")
    row = row_of(demand)
    values = {"label": row.label if row else demand.label}
    if demand.rule == Rule.PAID:
        months = ngettext("%(count)s month each", "%(count)s months each", demand.months or 0)
        values["months"] = months % {"count": demand.months}
        return _("Item %(label)s of the list, %(months)s") % values
    return _("Item %(label)s of the list") % values

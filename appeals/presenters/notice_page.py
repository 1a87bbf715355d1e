"""The notice line by line, with what each line became, and the demands in its order."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from appeals.models import Case, Demand
from appeals.models.demand import Rule, Scope, Standing
from appeals.presets import is_advice, row_of
from appeals.rules.facts import DemandFacts
from appeals.rules.lines import NoticeLine, gives_deadline, guess, lines_of, says_unasked
from appeals.sentences import Words, links, of_deadline
from appeals.sentences.links import to_notice


@dataclass(frozen=True, slots=True)
class Mark:
    """What a line became: one item, one that is not asked, or the deadline."""

    label: str  # in the box
    name: str
    detail: str
    url: str  # where the mark is changed
    is_left_out: bool = False
    ask_url: str = ""  # takes it back in
    version: int = 0


@dataclass(frozen=True, slots=True)
class LineRow:
    number: int
    text: str
    marks: tuple[Mark, ...]
    url: str  # opens it to be marked

    @property
    def anchor(self) -> str:
        return f"line-{self.number}"

    @property
    def is_asking(self) -> bool:
        return any(not mark.is_left_out for mark in self.marks)


@dataclass(frozen=True, slots=True)
class DemandRow:
    ordinal: int
    label: str  # empty: not counted
    name: str
    line: int | None
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


def notice_page(case: Case) -> NoticePage:
    """No query where the case has its facts."""
    words = Words.of(case)
    facts = {one.ordinal: one for one in case.facts().demands}
    demands = list(case.demands.all())
    asked = [one for one in demands if one.standing == Standing.ASKED]
    rest = [one for one in demands if one.standing == Standing.ADVISED]
    rest += [one for one in demands if one.standing == Standing.LEFT_OUT]
    lines = lines_of(case.notice_text)
    return NoticePage(
        tuple(_line(case, words, line, demands, facts) for line in lines),
        (
            *(_row(case, words, one, facts, _beside(asked, at)) for at, one in enumerate(asked)),
            *(_row(case, words, one, facts, (None, None)) for one in rest),
        ),
        _count(asked, has_text=bool(lines)),
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


def _line(
    case: Case,
    words: Words,
    line: NoticeLine,
    demands: Sequence[Demand],
    facts: dict[int, DemandFacts],
) -> LineRow:
    marks = [
        _mark(case, words, one, facts[one.ordinal])
        for one in demands
        if one.line == line.number and one.round == 1
    ]
    if case.deadline_line == line.number:
        marks.append(_of_deadline(case))
    return LineRow(line.number, line.text, tuple(marks), to_line(case, line.number))


def to_line(case: Case, number: int, of: int | None = None) -> str:
    """Where the line is marked; in the example, nowhere."""
    if case.is_example:
        return ""
    query = f"?of={of}" if of is not None else ""
    return reverse("appeals:notice-line", args=[case.code, number]) + f"{query}#line-{number}"


def _mark(case: Case, words: Words, demand: Demand, facts: DemandFacts) -> Mark:
    name = words.demand(facts)
    url = to_line(case, demand.line or 0, demand.ordinal)
    if demand.standing == Standing.LEFT_OUT:
        return Mark(
            pgettext("box beside a line", "not asked"),
            _("%(demand)s: not asked this time") % {"demand": name},
            _("Not counted any more; what was written stays"),
            url,
            is_left_out=True,
            ask_url=reverse("appeals:demand-ask", args=[case.code, demand.ordinal]),
            version=demand.version,
        )
    return Mark(demand.label, name, _detail(words, demand, facts), url)


def _detail(words: Words, demand: Demand, facts: DemandFacts) -> str:
    if demand.rule == Rule.ANSWERED:
        if facts.provider is not None:
            provider = words.named.provider(facts.provider)
            return _("Added; asked of %(provider)s alone") % {"provider": provider}
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


def _of_deadline(case: Case) -> Mark:
    said = of_deadline(case.assess(), case.now())
    detail = _("Not entered yet")
    if said is not None:
        detail = said.in_beijing or said.written
    elif case.has_no_deadline:
        detail = _("The notice gives none")
    url = to_notice(case.code, "deadline_on")
    return Mark(pgettext("box beside a line", "due"), _("Deadline"), detail, url)


def _row(
    case: Case,
    words: Words,
    demand: Demand,
    facts: dict[int, DemandFacts],
    beside: tuple[int | None, int | None],
) -> DemandRow:
    is_asked = demand.standing == Standing.ASKED
    return DemandRow(
        ordinal=demand.ordinal,
        label=demand.label if is_asked else "",
        name=words.demand(facts[demand.ordinal]),
        line=demand.line,
        origin=_origin(demand),
        url=links.to_demand(case.code, demand.ordinal),
        is_asked=is_asked,
        is_left_out=demand.standing == Standing.LEFT_OUT,
        version=demand.version,
        before=beside[0],
        after=beside[1],
    )


def _origin(demand: Demand) -> str:
    """Where the demand came from, or why it is not counted."""
    if demand.standing == Standing.LEFT_OUT:
        return _("Not asked this time, not counted")
    if demand.standing == Standing.ADVISED:
        return _("Our advice, not counted")
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


# --- Choosing what a line asks for -----------------------------------------------------------


def choices(case: Case) -> list[tuple[str, list[tuple[str, str]]]]:
    """What a line may be: grouped as a list to choose from."""
    words = Words.of(case)
    facts = sorted(case.facts().demands, key=lambda one: one.ordinal)
    named = {f"{one.ordinal}": words.demand(one) for one in facts}
    return [
        (_("The line asks for"), [(f"ask-{one.ordinal}", _asked(one, words)) for one in facts]),
        (
            _("It asks for something else"),
            [
                ("new-case", _("Added in its words, asked once")),
                ("new-provider", _("Added in its words, asked of each provider")),
            ],
        ),
        (
            _("It shows that this is not asked"),
            [
                (f"out-{ordinal}", _("Not asked: %(demand)s") % {"demand": name})
                for ordinal, name in named.items()
            ],
        ),
        (_("Something else"), [("deadline", _("It gives the deadline"))]),
    ]


def _asked(demand: DemandFacts, words: Words) -> str:
    """By the number of our list, or by its own where the notice added it."""
    if demand.rule.value == Rule.ANSWERED:
        values = {"label": demand.label, "demand": words.demand(demand)}
        return _("%(label)s %(demand)s") % values
    values = {"label": str(demand.ordinal), "demand": words.demand(demand)}
    return _("Item %(label)s: %(demand)s") % values


def suggested(case: Case, line: NoticeLine, of: int | None) -> str:
    """What is chosen when the line is opened: what it is, else what it seems to be."""
    if of == 0:
        return "deadline"
    marked = next((one for one in case.demands.all() if one.ordinal == of), None)
    if marked is not None:
        return f"{'out' if marked.standing == Standing.LEFT_OUT else 'ask'}-{of}"
    rule = guess(line)
    by_rule = next((one for one in case.demands.all() if one.rule == rule), None)
    if says_unasked(line) and by_rule is not None:
        return f"out-{by_rule.ordinal}"
    if gives_deadline(line) and case.deadline_line is None and not line.label:
        return "deadline"
    if by_rule is not None and by_rule.line is None:
        return f"ask-{by_rule.ordinal}"
    return "new-case" if line.label else ""


def marks_of(case: Case, number: int) -> Iterator[Demand]:
    for demand in case.demands.all():
        if demand.line == number and demand.round == 1:
            yield demand

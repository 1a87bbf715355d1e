"""All that a case's pages say of its assessment, from one loaded case."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from appeals.models import Case, Provider
from appeals.rules.assessment import DemandState, ProviderState, Tally
from appeals.rules.cells import Cell, MonthCover, State
from appeals.rules.facts import DemandFacts, Standing
from appeals.rules.findings import Code, Finding
from appeals.rules.steps import Step

from . import findings, gaps, steps
from .names import Named, state_word


@dataclass(frozen=True, slots=True)
class AccessWords:
    """What a provider can still do now, for a register's last column."""

    is_open: bool  # someone must look
    sentence: str


@dataclass(frozen=True, slots=True)
class Words:
    """Sentences about one case. Load the case `with_facts()`; then none of them makes a query."""

    named: Named

    @classmethod
    def of(cls, case: Case) -> Words:
        return cls(Named.of(case))

    def short(self, demand: DemandFacts) -> str:
        """The demand over a column."""
        return self.named.short(demand)

    def demand(self, demand: DemandFacts) -> str:
        """The demand in a list."""
        return self.named.demand(demand)

    def cell(self, cell: Cell) -> gaps.CellWords:
        return gaps.of_cell(self.named, cell)

    def month(self, cell: Cell, cover: MonthCover) -> gaps.MonthWords:
        return gaps.of_month(self.named, cell, cover)

    def finding(self, finding: Finding) -> findings.FindingWords:
        return findings.of_finding(self.named, finding)

    def step(self, step: Step) -> steps.StepWords:
        return steps.of_step(self.named, step)

    def row(self, state: ProviderState) -> gaps.RowWords:
        """What the provider still lacks, or what of it needs a look first."""
        asked = tuple(one for one in state.cells if one.demand.standing is Standing.ASKED)
        doubts = [one for cell in asked for one in cell.findings]
        return gaps.of_row(asked, self.finding(doubts[0]).brief if doubts else "")

    def over(self, state: DemandState) -> str:
        """How many of its providers have a demand ready, and which one needs a look."""
        if not state.cells:
            return state_word(state.state)
        if state.cells[0].provider is None:
            return state_word(state.state)
        count = f"{state.tally.done} / {state.tally.of}"
        doubt = next((one for one in state.cells if one.state is State.NEEDS_A_LOOK), None)
        if doubt is None and state.findings:
            return _("%(count)s, see the letter") % {"count": count}
        if doubt is None:
            return count
        provider = self.named.provider(doubt.provider)
        return _("%(count)s, %(provider)s") % {"count": count, "provider": provider}

    def access(self, state: ProviderState) -> AccessWords:
        """Whether the provider can still get in."""
        live = next((one for one in state.findings if one.code is Code.SECRET_STILL_LIVE), None)
        if live is not None:
            return AccessWords(True, self.finding(live).brief)
        provider = self.named.services[state.provider.letter]
        ended_on = provider.ended_on.isoformat() if provider.ended_on else ""
        match provider.ended:
            case Provider.Ended.ACCESS if ended_on:
                return AccessWords(False, _("Access ended on %(date)s") % {"date": ended_on})
            case Provider.Ended.ACCESS:
                return AccessWords(False, _("Access ended"))
            case Provider.Ended.SECRET:
                return AccessWords(False, _("By authorization; the secret was replaced"))
        match provider.method:
            case Provider.Method.APPLICATION | Provider.Method.DEVELOPER:
                return AccessWords(False, str(provider.get_method_display()))
        return AccessWords(False, _("Not known yet"))


def of_tally(tally: Tally, *, in_full: bool = False) -> str:
    """ "4 of 6 ready"; in full, ready and explained apart."""
    values = {
        "done": tally.done,
        "ready": tally.ready,
        "explained": tally.explained,
        "of": _number(tally.of),
    }
    if in_full and tally.explained:
        return _("%(ready)s ready, %(explained)s explained, of %(of)s") % values
    return _("%(done)s of %(of)s ready") % values


def _number(count: int) -> str:
    """Small numbers of items, which some languages write as a word."""
    words = {
        1: pgettext("number of items", "1"),
        2: pgettext("number of items", "2"),
        3: pgettext("number of items", "3"),
        4: pgettext("number of items", "4"),
        5: pgettext("number of items", "5"),
        6: pgettext("number of items", "6"),
        7: pgettext("number of items", "7"),
        8: pgettext("number of items", "8"),
        9: pgettext("number of items", "9"),
        10: pgettext("number of items", "10"),
    }
    return words.get(count, pgettext("number of items", "%(count)s") % {"count": count})

"""What a line of a text that asks may be: the choices, and which of them it seems to be."""

from __future__ import annotations

from django.utils.translation import gettext as _

from appeals.models import Demand
from appeals.models.demand import Rule, Scope, Standing
from appeals.rules.facts import DemandFacts
from appeals.rules.lines import NoticeLine, gives_deadline, guess, says_unasked
from appeals.rules.names import fold
from appeals.sentences import Words

from .texts import AskingText

Choices = list[tuple[str, list[tuple[str, str]]]]


def choices(text: AskingText) -> Choices:
    """What a line may be: grouped as a list to choose from."""
    words = Words.of(text.case)
    facts = sorted(text.case.facts().demands, key=lambda one: one.ordinal)
    before = [one for one in facts if one.round < text.round]
    own = [one for one in facts if one.round == text.round]
    groups = [
        (_("It asks again for"), [(f"again-{one.ordinal}", _asked(one, words)) for one in before]),
        (_("The line asks for"), [(f"ask-{one.ordinal}", _asked(one, words)) for one in own]),
        (_("It asks for something else"), _something_else(text)),
        (
            _("It shows that this is not asked"),
            [
                (f"out-{one.ordinal}", _("Not asked: %(demand)s") % {"demand": words.demand(one)})
                for one in (*before, *own)
            ],
        ),
        (_("Something else"), [("deadline", _("It gives the deadline"))]),
    ]
    return [group for group in groups if group[1]]


def _something_else(text: AskingText) -> list[tuple[str, str]]:
    offered = [
        ("new-case", _("Added in its words, asked once")),
        ("new-provider", _("Added in its words, asked of each provider")),
    ]
    if not text.is_notice:
        offered += [
            (
                f"new-{one.letter}",
                _("Added in its words, asked of %(provider)s alone") % {"provider": one.name},
            )
            for one in text.case.providers.all()
        ]
    return offered


def _asked(demand: DemandFacts, words: Words) -> str:
    """By the number of our list, or by its own where a text added it."""
    if demand.rule.value == Rule.ANSWERED:
        values = {"label": demand.label, "demand": words.demand(demand)}
        return _("%(label)s %(demand)s") % values
    values = {"label": str(demand.ordinal), "demand": words.demand(demand)}
    return _("Item %(label)s: %(demand)s") % values


def suggested(text: AskingText, line: NoticeLine, of: int | None, *, apart: bool = False) -> str:
    """What is chosen when the line is opened: what it is, else what it seems to be. `apart`: it
    asks again for `of`, and is to be counted by itself."""
    if of == 0:
        return "deadline"
    marked = next((one for one in text.case.demands.all() if one.ordinal == of), None)
    if marked is not None and of in text.asked_again(line.number):
        return _new(text, line, marked) if apart else f"again-{of}"
    if marked is not None:
        is_out = marked.standing == Standing.LEFT_OUT and text.has_marked(marked, line.number)
        kind = "out" if is_out else "ask" if marked.round == text.round else "again"
        return f"{kind}-{of}"
    rule = guess(line)
    by_rule = next((one for one in text.case.demands.all() if one.rule == rule), None)
    if says_unasked(line) and by_rule is not None:
        return f"out-{by_rule.ordinal}"
    if gives_deadline(line) and text.deadline_line is None and not line.label:
        return "deadline"
    if by_rule is not None and text.is_notice and by_rule.line is None:
        return f"ask-{by_rule.ordinal}"
    if by_rule is not None and not text.is_notice and not _is_done(text, by_rule):
        return f"again-{by_rule.ordinal}"
    if not line.label or _has_unmarked(text):
        return ""
    return _new(text, line)


def _has_unmarked(text: AskingText) -> bool:
    """Whether an item of the list is still without its line of the notice: the line may be that
    item in words of its own, and adding it would count the same twice."""
    return text.is_notice and any(
        one.standing == Standing.ASKED and one.line is None and one.rule != Rule.ANSWERED
        for one in text.case.demands.all()
    )


def _is_done(text: AskingText, demand: Demand) -> bool:
    """Asked again for what is there already, something else must be meant: nobody should take it
    for answered."""
    states = text.case.assess(text.case.now()).demands
    state = next(one.state for one in states if one.demand.ordinal == demand.ordinal)
    return state is not None and state.is_done


def _new(text: AskingText, line: NoticeLine, like: Demand | None = None) -> str:
    """Of the one provider that a reply names; else as that other is asked; else once."""
    if not text.is_notice:
        written = fold(line.text)
        named = [one for one in text.case.providers.all() if (fold(one.name) or " ") in written]
        if len(named) == 1:
            return f"new-{named[0].letter}"
    return "new-provider" if like is not None and like.scope == Scope.PROVIDER else "new-case"

"""What the case must show follows its notice: its words, its numbers, its order, what it leaves
out. An ordinal is given once; whatever is done here, proofs and exhibits keep theirs."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, TypedDict, Unpack

from django.db import transaction

from appeals.models import (
    Asking,
    Case,
    Demand,
    Event,
    Explanation,
    Proof,
    Provider,
)
from appeals.models.demand import Rule, Scope, Standing
from appeals.presets import is_advice
from appeals.rules.lines import lines_of
from guides.models import User

from .refusals import InUse, NoSuchLine, TooManyDemands, WrongPlace
from .rows import fresh, locked, record, write

#: Of one case, of all its rounds together; each may be asked of every provider.
MOST_DEMANDS = 100


class Changes(TypedDict, total=False):
    label: str
    name: str
    wording: str
    months: int | None
    scope: str
    provider: Provider | None
    line: int | None
    out_line: int | None
    out_round: int | None
    standing: str


@transaction.atomic
def add(
    case: Case,
    *,
    by: User,
    label: str,
    wording: str,
    scope: str,
    name: str = "",
    line: int | None = None,
    provider: Provider | None = None,
    round: int = 1,
) -> Demand:
    """Something that the list does not have, in the words of the notice; asked at once.

    Sending the same twice adds it once. `provider`: the only one that it is asked of. `round`:
    that which the text of `line` opened, the notice or a reply. Raises NoSuchLine, WrongPlace and
    TooManyDemands.
    """
    current = locked(case.pk)
    asked = {
        "label": label,
        "wording": wording,
        "scope": scope,
        "line": line,
        "provider": _own(current, provider, scope),
        "round": round,
    }
    same = current.demands.filter(rule=Rule.ANSWERED, **asked).first()
    if same is not None:
        return same
    check_line(current, round, line)
    if current.demands.count() >= MOST_DEMANDS:
        raise TooManyDemands(MOST_DEMANDS)
    current.ordinals_given += 1
    current.save(update_fields=["ordinals_given"])
    demand = Demand.objects.create(
        case=current,
        ordinal=current.ordinals_given,
        position=current.demands.count() + 1,
        rule=Rule.ANSWERED,
        name=name,
        **asked,
    )
    _settle(demand)
    record_change(current, demand, by, "added", line=line)
    return demand


@transaction.atomic
def change(demand: Demand, *, by: User, version: int, **fields: Unpack[Changes]) -> tuple[str, ...]:
    """Its number, words, months, line or standing; answers the names of what changed.

    What is left out names the line that shows it: `line` in the text that had asked for it, else
    `out_line` of the reply that opened `out_round`; taken in again it has no line, unless one is
    given: the one that it had does not ask for it. Of whom an added one is asked can change
    while nothing is filed or written under it. Raises StaleVersion, NoSuchLine, InUse, WrongPlace.
    """
    case = locked(demand.case_id)
    current = fresh(demand)
    was = current.standing
    values: dict[str, Any] = dict(fields)
    if values.get("standing", was) != Standing.LEFT_OUT:
        values |= {"out_line": None, "out_round": None}
        if was == Standing.LEFT_OUT and current.out_line is None:
            values = {"line": None} | values
    _check(case, current, values)
    changed = write(current, version=version, values=values)
    if not changed:
        return ()
    if current.standing == Standing.ASKED and {"line", "standing"} & set(changed):
        _settle(current)
    details: dict[str, Any] = {"fields": changed, "line": current.line}
    if current.out_round is not None:  # told with the reply that took it out
        details |= {"line": current.out_line, "round": current.out_round - 1}
    record_change(case, current, by, _what(was, current.standing), **details)
    return changed


@transaction.atomic
def place(demand: Demand, *, by: User, before: int | None = None, after: int | None = None) -> None:
    """Put it right before or after another (its ordinal). Doing it twice is doing it once."""
    case = locked(demand.case_id)
    current = fresh(demand)
    beside = before if after is None else after
    if beside == current.ordinal:
        return
    order = [one for one in case.demands.all() if one.pk != current.pk]
    at = next((index for index, one in enumerate(order) if one.ordinal == beside), None)
    if at is None:
        raise WrongPlace
    order.insert(at if after is None else at + 1, current)
    if _number(order):
        record_change(case, current, by, "moved")


def ask_of_the_store(provider: Provider, *, by: User) -> None:
    """What was asked of this provider alone, when it is about to be deleted: it was asked all the
    same, and the store has to answer it."""
    case = provider.case
    for demand in case.demands.filter(provider=provider):
        values = {"scope": Scope.CASE, "provider": None}
        write(demand, version=demand.version, values=values)
        record_change(case, demand, by, "of-the-store")


@transaction.atomic
def remove(demand: Demand, *, by: User) -> None:
    """Take away what was added by mistake. Raises InUse where something is filed or written
    under it or a later reply asks for it again, and WrongPlace for what the case was opened with:
    that is left out instead."""
    case = locked(demand.case_id)
    current = fresh(demand)
    if current.rule != Rule.ANSWERED:
        raise WrongPlace
    if is_used(current):
        raise InUse
    details = named(current)
    current.delete()
    record(case, Event.Kind.DEMAND_CHANGED, by=by, change="removed", **details)


def is_used(demand: Demand) -> bool:
    """Whether something is filed, explained, asked or written under it, or marked as it."""
    return (
        Proof.objects.filter(demand=demand).exists()
        or Explanation.objects.filter(demand=demand).exists()
        or Asking.objects.filter(demand=demand).exists()
        or demand.letter.exclude(text="").exists()
        or is_asked_again(demand)
    )


def is_asked_again(demand: Demand) -> bool:
    """Whether a line of a reply asks once more for it."""
    return any(
        ordinal == demand.ordinal
        for pairs in demand.case.submissions.values_list("reply_lines", flat=True)
        for _line, ordinal in pairs
    )


def named(demand: Demand) -> dict[str, Any]:
    """How a line of the timeline names it: by number and rule, never by its words."""
    details = {"demand": demand.ordinal, "label": demand.label, "rule": demand.rule}
    return details if demand.round == 1 else details | {"of_round": demand.round}


def _own(case: Case, provider: Provider | None, scope: str) -> Provider | None:
    if provider is not None and (provider.case_id != case.pk or scope != Scope.PROVIDER):
        raise WrongPlace
    return provider


def _check(case: Case, demand: Demand, values: dict[str, Any]) -> None:
    """What the database would refuse without saying why."""
    standing = values.get("standing", demand.standing)
    line = values.get("line", demand.line)
    taken_out = values.get("out_line", demand.out_line)
    if "line" in values:
        check_line(case, demand.round, line)
    if taken_out is not None:
        check_line(case, values.get("out_round", demand.out_round) or 1, taken_out)
    if standing == Standing.LEFT_OUT and line is None and taken_out is None:
        raise NoSuchLine
    if standing == Standing.ADVISED and not is_advice(demand):
        raise WrongPlace
    if "months" in values and (demand.rule == Rule.PAID) != bool(values["months"]):
        raise WrongPlace
    scope = values.get("scope", demand.scope)
    provider = _own(case, values.get("provider", demand.provider), scope)
    if (scope, provider) != (demand.scope, demand.provider):
        if demand.rule != Rule.ANSWERED:
            raise WrongPlace
        if is_used(demand):
            raise InUse


def check_line(case: Case, round: int, line: int | None) -> None:
    """That the text which opened the round has this line. Raises NoSuchLine."""
    if line is not None and not 1 <= line <= len(lines_of(text_of(case, round))):
        raise NoSuchLine


def text_of(case: Case, round: int) -> str:
    """What opened the round: the notice, or the reply to the round before."""
    if round == 1:
        return case.notice_text
    replies = case.submissions.filter(round=round - 1)
    return replies.values_list("reply_text", flat=True).first() or ""


def _settle(demand: Demand) -> None:
    """Put it where its line stands among the lines of the others, after everything that the rounds
    before asked; the rest keeps its order."""
    if demand.line is None:
        return
    order = [one for one in demand.case.demands.all() if one.pk != demand.pk]
    asked = [
        (index, (one.round, one.line))
        for index, one in enumerate(order)
        if one.line is not None and one.standing == Standing.ASKED
    ]
    own = (demand.round, demand.line)
    later = next((index for index, line in asked if line > own), None)
    earlier = [index for index, line in asked if line <= own]
    earlier += [
        index
        for index, one in enumerate(order)
        if one.round < demand.round and one.standing == Standing.ASKED
    ]
    if later is not None:
        order.insert(later, demand)
    elif earlier:
        order.insert(max(earlier) + 1, demand)
    else:
        order.insert(demand.position - 1, demand)
    _number(order)


def _number(order: Iterable[Demand]) -> bool:
    """Positions from 1 on; whether any changed."""
    others = [(at, one) for at, one in enumerate(order, start=1) if one.position != at]
    for at, demand in others:
        Demand.objects.filter(pk=demand.pk).update(position=at)
        demand.position = at
    return bool(others)


def _what(was: str, is_now: str) -> str:
    """The change of standing by which the timeline tells it, if there is one."""
    match (was, is_now):
        case (Standing.LEFT_OUT | Standing.ASKED, Standing.ADVISED):
            return "advised"
        case (Standing.ASKED | Standing.ADVISED, Standing.LEFT_OUT):
            return "left-out"
        case (Standing.LEFT_OUT, Standing.ASKED):
            return "asked"
        case (Standing.ADVISED, Standing.ASKED):
            return "counted"
    return "changed"


def record_change(case: Case, demand: Demand, by: User, change: str, **details: Any) -> None:
    record(case, Event.Kind.DEMAND_CHANGED, by=by, change=change, **details, **named(demand))

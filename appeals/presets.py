"""The checklists that cases are opened with."""

from __future__ import annotations

from dataclasses import dataclass

from django.db import transaction

from appeals.models import Checklist, Demand, Requirement
from appeals.models.demand import Rule, Scope, Standing
from guides.models import Guide

#: The six items as reported from September 2018, and our own advice below them.
SEPTEMBER_2018 = "sept-2018"


class GuidesMissing(Exception):
    """Guides that explain a checklist are not loaded."""

    def __init__(self, slugs: list[str]) -> None:
        super().__init__(", ".join(slugs))
        self.slugs = slugs


@dataclass(frozen=True, slots=True)
class Row:
    label: str
    rule: Rule
    guide: str
    scope: Scope = Scope.PROVIDER
    standing: Standing = Standing.ASKED
    months: int | None = None


PRESETS: dict[str, tuple[Row, ...]] = {
    SEPTEMBER_2018: (
        Row("1", Rule.LEARNED, "item-learned"),
        Row("2", Rule.CONTACTS, "item-contacts"),
        Row("3", Rule.DESCRIBED, "item-described"),
        Row("4", Rule.USED, "item-used"),
        Row("5", Rule.PAID, "item-paid", months=2),
        Row("6", Rule.CONFIRMED, "item-confirmed", scope=Scope.CASE),
        Row("7", Rule.ENDED, "item-ended", standing=Standing.ADVISED),
    ),
}


def row_of(demand: Demand) -> Row | None:
    """The row of the shipped checklist that it was copied from; None: the notice added it."""
    return next(
        (
            row
            for rows in PRESETS.values()
            for ordinal, row in enumerate(rows, start=1)
            if (ordinal, row.rule) == (demand.ordinal, demand.rule)
        ),
        None,
    )


def is_advice(demand: Demand) -> bool:
    """Whether it came as our advice, whatever the notice made of it."""
    row = row_of(demand)
    return row is not None and row.standing == Standing.ADVISED


@transaction.atomic
def load() -> list[str]:
    """Make the shipped checklists what they are here; answers the keys of those it changed.

    Open cases keep what they copied. Raises GuidesMissing, then nothing is changed.
    """
    return [key for key, rows in PRESETS.items() if _load_one(key, rows)]


def _load_one(key: str, rows: tuple[Row, ...]) -> bool:
    guides = Guide.objects.keys_of(row.guide for row in rows)
    missing = [row.guide for row in rows if row.guide not in guides]
    if missing:
        raise GuidesMissing(missing)
    checklist, is_new = Checklist.objects.get_or_create(key=key)
    fields = ("position", "label", "scope", "rule", "months", "standing", "guide_id")
    wanted = [
        (position, row.label, row.scope, row.rule, row.months, row.standing, guides[row.guide])
        for position, row in enumerate(rows, start=1)
    ]
    if list(checklist.requirements.order_by("position").values_list(*fields)) == wanted:
        return is_new
    checklist.requirements.all().delete()
    Requirement.objects.bulk_create(
        Requirement(checklist=checklist, **dict(zip(fields, values, strict=True)))
        for values in wanted
    )
    return True

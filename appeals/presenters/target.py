"""What a new file is meant for, in words."""

from __future__ import annotations

from dataclasses import dataclass

from appeals.models import Case
from appeals.rules.facts import DemandFacts, ProofFacts
from appeals.sentences import Words
from appeals.sentences.links import to_provider
from appeals.sentences.names import of_round

from .provider_page import EXAMPLES


@dataclass(frozen=True, slots=True)
class Target:
    provider: str  # its name; empty for a demand of the case
    label: str  # number of the demand
    demand: str
    month: str  # 2018-04; empty where none was named
    examples: str
    guide: str  # slug
    back: str  # where the page was opened from


def target_of(case: Case, about: ProofFacts | None) -> Target | None:
    if about is None:
        return None
    words = Words.of(case)
    demand = next(one for one in case.facts().demands if one.ordinal == about.demand)
    guide = next(one.guide for one in case.demands.all() if one.ordinal == about.demand)
    return Target(
        provider=words.named.provider(about.provider),
        label=of_round(demand.label, demand.round),
        demand=words.demand(demand),
        month=str(about.month) if about.month else "",
        examples=_examples(demand),
        guide=guide.slug if guide else "",
        back=to_provider(case.code, about.provider, demand=about.demand)
        if about.provider
        else case.get_absolute_url(),
    )


def _examples(demand: DemandFacts) -> str:
    return str(EXAMPLES.get(demand.rule, ""))

"""Which of the seller's sentences stands for what, and for how long."""

from __future__ import annotations

from collections.abc import Iterable

from .facts import ExplanationFacts, ExplanationKind


def has_sentence(explanation: ExplanationFacts) -> bool:
    """A tick without a sentence explains nothing yet."""
    return explanation.sentence.strip() != ""


class Explanations:
    """The explanations of one case, by what they are about."""

    __slots__ = ("_by_demand", "_by_field", "_by_finding")

    def __init__(self, explanations: Iterable[ExplanationFacts]) -> None:
        self._by_field: dict[tuple[str | None, str], list[ExplanationFacts]] = {}
        self._by_demand: dict[tuple[int, str | None], list[ExplanationFacts]] = {}
        self._by_finding: dict[str, list[ExplanationFacts]] = {}
        # With a sentence before without, then by text: the answer shall not hang on the order.
        for each in sorted(explanations, key=lambda e: (not has_sentence(e), e.sentence, e.kind)):
            if each.field is not None:
                self._by_field.setdefault((each.provider, each.field), []).append(each)
            elif each.demand is not None:
                self._by_demand.setdefault((each.demand, each.provider), []).append(each)
            elif each.finding is not None:
                self._by_finding.setdefault(each.finding, []).append(each)

    def of_field(self, provider: str | None, fields: Iterable[str]) -> ExplanationFacts | None:
        """What is said about one of these fields, perhaps a tick alone."""
        found = [each for name in fields for each in self._by_field.get((provider, name), ())]
        return min(found, key=lambda each: not has_sentence(each), default=None)

    def of_demand(self, demand: int, provider: str | None) -> tuple[ExplanationFacts, ...]:
        """All that is said about a cell, standing or lapsed, sentences before ticks."""
        return tuple(self._by_demand.get((demand, provider), ()))

    def of_finding(self, key: str, kept: tuple[str, ...]) -> ExplanationFacts | None:
        """The sentence about a finding, as long as its values are what they were then."""
        for each in self._by_finding.get(key, ()):
            if has_sentence(each) and each.kept == kept:
                return each
        return None

    def of_all_fields(self) -> tuple[ExplanationFacts, ...]:
        return tuple(each for several in self._by_field.values() for each in several)


def stands_for(explanation: ExplanationFacts, missing: Iterable[str]) -> bool:
    """Whether an explanation of a demand covers what is missing now: those pieces or fewer."""
    return set(missing) <= set(explanation.kept)


def is_not_known(explanation: ExplanationFacts | None) -> bool:
    return (
        explanation is not None
        and explanation.kind is ExplanationKind.NOT_KNOWN
        and has_sentence(explanation)
    )

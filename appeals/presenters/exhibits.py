"""Files of a case as lists show them, with what they prove in words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _

from appeals.evidence import storage
from appeals.models import Case, Evidence
from appeals.rules.exhibits import exhibit_order, letter_order
from appeals.rules.facts import DemandFacts, ProofFacts
from appeals.sentences import FindingWords, Words
from appeals.sentences.names import listed, of_round

from .facts import Fact


@dataclass(frozen=True, slots=True)
class Exhibit:
    evidence: Evidence
    type: str  # PDF, JPEG
    proves: tuple[str, ...]  # a line for each cell it is filed under
    details: str  # kind, date, amount, payer and payees, as far as they are given

    @property
    def has_picture(self) -> bool:
        """One lies ready; lists draw none."""
        return self.evidence.case.is_example or storage.has_preview(self.evidence.stored_as)


@dataclass(frozen=True, slots=True)
class Exhibits:
    unfiled: tuple[Exhibit, ...]
    filed: tuple[Exhibit, ...]  # by number
    withdrawn: tuple[Exhibit, ...]
    size: int  # of all that is kept, in bytes


@dataclass(frozen=True, slots=True)
class ExhibitPage:
    exhibit: Exhibit
    findings: tuple[FindingWords, ...]
    waiting: tuple[Evidence, ...]  # other files that prove nothing yet


def exhibits(case: Case) -> Exhibits:
    """Every file of the case. No query where the case has its facts."""
    filing = Filing.of(case)
    all_of_them = sorted(
        (filing.exhibit(one) for one in case.evidence.all()),
        key=lambda one: (exhibit_order(one.evidence.exhibit or None), one.evidence.pk),
    )
    kept = [one for one in all_of_them if not one.evidence.is_withdrawn]
    return Exhibits(
        unfiled=tuple(one for one in kept if not one.proves),
        filed=tuple(one for one in kept if one.proves),
        withdrawn=tuple(one for one in all_of_them if one.evidence.is_withdrawn),
        size=sum(one.evidence.size for one in all_of_them),
    )


def exhibit_page(case: Case, evidence: Evidence) -> ExhibitPage:
    filing = Filing.of(case)
    code = str(evidence.code)
    assessment = case.assess()
    others = set(assessment.unfiled) - {code}
    return ExhibitPage(
        filing.exhibit(evidence),
        tuple(
            filing.words.finding(one)
            for one in assessment.findings
            if code in (*one.evidence, one.place.evidence)
        ),
        tuple(one for one in case.evidence.all() if str(one.code) in others),
    )


@dataclass(frozen=True, slots=True)
class Filing:
    """What each file of a case proves, read once."""

    words: Words
    demands: dict[int, DemandFacts]
    proofs: dict[str, tuple[ProofFacts, ...]]  # by the file's code

    @classmethod
    def of(cls, case: Case) -> Filing:
        facts = case.facts()
        return cls(
            Words.of(case),
            {one.ordinal: one for one in facts.demands},
            {str(one.id): one.proofs for one in facts.evidence},
        )

    def exhibit(self, evidence: Evidence) -> Exhibit:
        kind = evidence.media_type.rpartition("/")[2].upper()
        places = tuple(self.places(self.proofs[str(evidence.code)]))
        return Exhibit(evidence, kind, places, _details(evidence))

    def places(self, proofs: Iterable[ProofFacts]) -> Iterator[str]:
        """What is proven in words: cell by cell, each with its months."""
        cells: dict[tuple[int, str | None], list[str]] = {}
        for proof in proofs:
            months = cells.setdefault((proof.demand, proof.provider), [])
            if proof.month:
                months.append(str(proof.month))
        for (ordinal, letter), months in sorted(
            cells.items(), key=lambda each: (letter_order(each[0][1]), each[0][0])
        ):
            yield self._place(self.demands[ordinal], letter, sorted(months))

    def _place(self, demand: DemandFacts, letter: str | None, months: list[str]) -> str:
        values = {
            "provider": self.words.named.provider(letter),
            "label": of_round(demand.label, demand.round),
            "demand": self.words.demand(demand),
            "months": listed(months),
        }
        if letter is None:
            return _("%(label)s %(demand)s") % values
        if months:
            return _("%(provider)s, %(label)s %(demand)s: %(months)s") % values
        return _("%(provider)s, %(label)s %(demand)s") % values


def particulars(exhibit: Exhibit) -> tuple[Fact, ...]:
    """What was said of the file, line by line."""
    evidence = exhibit.evidence
    facts = (
        Fact(_("This is"), evidence.get_kind_display(), "field-kind"),
        Fact(_("What it proves"), listed(exhibit.proves), "field-proofs"),
        Fact(_("Date on it"), evidence.about_on.isoformat() if evidence.about_on else ""),
        Fact(_("Amount"), f"{evidence.amount} {evidence.currency}".strip()),
        Fact(_("Payer"), evidence.payer, "field-payer"),
        Fact(_("Payee"), listed(evidence.payees), "field-payees"),
    )
    return tuple(fact for fact in facts if fact.value)


def _details(evidence: Evidence) -> str:
    paid = f"{evidence.payer} → {listed(evidence.payees)}".strip()
    return listed(
        part
        for part in (
            evidence.get_kind_display() if evidence.shows else "",
            evidence.about_on.isoformat() if evidence.about_on else "",
            f"{evidence.amount} {evidence.currency}".strip(),
            paid if paid != "→" else "",
        )
        if part
    )

"""What hints are told about a file of a case, and the words they come to."""

from __future__ import annotations

from collections.abc import Collection

from appeals.evidence.hints import Seen, hints
from appeals.models import Case, Evidence
from appeals.rules.assessment import Assessment
from appeals.rules.facts import ProofFacts, Rule
from appeals.rules.findings import Code as Finding
from appeals.sentences.hints import HintWords, of_hint

#: What says by itself that it is about a payment.
PAYMENTS = {Evidence.Kind.PAYMENT, Evidence.Kind.INVOICE, Evidence.Kind.STATEMENT}
#: Findings that speak of the dates already, explained or not: one of both is enough.
OF_DATES = {
    Finding.PROOF_OUTSIDE_USE,
    Finding.PAID_BEFORE_USE,
    Finding.PAID_AFTER_NOTICE,
}


def hints_of(
    case: Case, evidence: Evidence, proofs: Collection[ProofFacts]
) -> tuple[HintWords, ...]:
    """In words, for one file; `proofs` is what it proves, or else what it was added for."""
    assessment = case.assess()
    rules = {state.demand.ordinal: state.demand.rule for state in assessment.demands}
    paid = {proof for proof in proofs if rules.get(proof.demand) is Rule.PAID}
    observed = evidence.observed
    seen = Seen(
        media_type=evidence.media_type,
        width=observed.get("width", 0),
        height=observed.get("height", 0),
        has_camera=observed.get("has_camera", False),
        software=observed.get("software", ""),
        private=observed.get("private", {}),
        is_for_payment=bool(paid) or evidence.kind in PAYMENTS,
        about_on=None if _has_finding(assessment, evidence) else evidence.about_on,
        months_of_use=tuple(
            sorted(
                month
                for state in assessment.providers
                if state.provider.letter in {proof.provider for proof in paid}
                for month in state.months
            )
        ),
        notice_text=case.notice_text,
    )
    return tuple(of_hint(case, evidence, hint) for hint in hints(seen))


def _has_finding(assessment: Assessment, evidence: Evidence) -> bool:
    code = str(evidence.code)
    return any(
        one.code in OF_DATES and code in map(str, one.evidence) for one in assessment.findings
    )

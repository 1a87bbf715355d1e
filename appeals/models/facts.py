"""A case's rows as the plain values that the rules read. No query is made here: what is not
loaded yet is loaded by `Case.facts`."""

from __future__ import annotations

import zoneinfo
from datetime import date
from typing import TYPE_CHECKING

from appeals.rules import facts as rules
from appeals.rules.months import Month

from .letter import CHECKED_IN, SENT_IN

if TYPE_CHECKING:
    from .case import Case
    from .demand import Asking, Demand
    from .evidence import Evidence, Proof
    from .provider import Provider, UsePeriod
    from .statements import Confirmation, Explanation
    from .submission import Submission

#: Everything the rules read of a case: a query each, however many cases there are.
ROWS = (
    "demands__askings",
    "demands__letter",
    "providers__periods",
    "evidence__proofs",
    "explanations",
    "confirmations",
    "submissions",
)


def facts_of(case: Case) -> rules.CaseFacts:
    """What the rules are told about a case whose `ROWS` are loaded."""
    zone = zoneinfo.ZoneInfo(case.time_zone)
    letters = {provider.pk: provider.letter for provider in case.providers.all()}
    ordinals = {demand.pk: demand.ordinal for demand in case.demands.all()}
    return rules.CaseFacts(
        zone=zone,
        notice=_notice(case, zone),
        is_closed=case.is_closed,
        company=case.company,
        payer_names=tuple(case.payer_names),
        demands=tuple(_demand(each, letters) for each in case.demands.all()),
        providers=tuple(_provider(each) for each in case.providers.all()),
        evidence=tuple(_evidence(each, letters, ordinals) for each in case.evidence.all()),
        explanations=tuple(
            _explanation(each, letters, ordinals) for each in case.explanations.all()
        ),
        confirmations=tuple(_confirmation(each) for each in case.confirmations.all()),
        submissions=tuple(_submission(each) for each in case.submissions.all()),
        has_dossier=case.dossier_made_of == case.changed_at,
        asks=tuple(
            _asking(asking, demand, letters)
            for demand in case.demands.all()
            for asking in demand.askings.all()
        ),
        letter=tuple(filter(None, map(_section, case.demands.all()))),
        shown=(
            ("store", case.store),
            ("marketplace", case.marketplace),
            ("seller_id", case.seller_id),
            ("amazon_reference", case.amazon_reference),
        ),
    )


def _notice(case: Case, zone: zoneinfo.ZoneInfo) -> rules.NoticeFacts | None:
    if case.notice_on is None:
        return None
    deadline = None
    if case.deadline_on is not None:
        deadline = rules.DeadlineFacts(on=case.deadline_on, zone=zone, at=case.deadline_time)
    return rules.NoticeFacts(
        received_on=case.notice_on, deadline=deadline, has_no_deadline=case.has_no_deadline
    )


def _demand(demand: Demand, letters: dict[int, str]) -> rules.DemandFacts:
    return rules.DemandFacts(
        ordinal=demand.ordinal,
        position=demand.position,
        rule=rules.Rule(demand.rule),
        scope=rules.Scope(demand.scope),
        standing=rules.Standing(demand.standing),
        months=demand.months or 2,
        provider=_letter(demand.provider_id, letters),
        label=demand.label,
        wording=demand.wording,
        name=demand.name,
        answer=_answer(demand),
        round=demand.round,
    )


def _answer(demand: Demand) -> str:
    """What the letter says, where that alone can answer. Elsewhere it proves nothing, and a word
    changed there is no reason to confirm the facts again."""
    if demand.rule != rules.Rule.ANSWERED:
        return ""
    return next((one.text for one in demand.letter.all() if one.language == SENT_IN), "")


def _section(demand: Demand) -> rules.LetterFacts | None:
    """None: the letter has no words on this demand."""
    texts = {one.language: one.text for one in demand.letter.all() if one.text.strip()}
    if not texts:
        return None
    return rules.LetterFacts(demand.ordinal, texts.get(SENT_IN, ""), texts.get(CHECKED_IN, ""))


def _provider(provider: Provider) -> rules.ProviderFacts:
    shared: dict[str, bool] = {provider.Shared.YES: True, provider.Shared.NO: False}
    # Nothing yet, not known and not said are one here: it counts as not ended.
    ended: dict[str, rules.Ended] = {
        provider.Ended.ACCESS: rules.Ended.ACCESS,
        provider.Ended.SECRET: rules.Ended.SECRET,
    }
    return rules.ProviderFacts(
        letter=provider.letter,
        name=provider.name,
        legal_name=provider.legal_name,
        other_payees=tuple(
            rules.OtherPayee(each["name"], each["sentence"]) for each in provider.payees
        ),
        web_site=provider.web_site,
        email=provider.email,
        telephone=provider.telephone,
        found=provider.found,
        did=provider.did,
        received=provider.received,
        periods=tuple(_period(each) for each in provider.periods.all()),
        is_free=provider.is_free,
        hands_over_keys=provider.method == provider.Method.KEYS,
        shared_secret=shared.get(provider.shared_secret),
        ended=ended.get(provider.ended),
        ended_on=provider.ended_on,
        shown=(
            ("app_name", provider.app_name),
            ("method", provider.method),
            ("ended_how", provider.ended_how),
        ),
    )


def _period(period: UsePeriod) -> rules.Period:
    return rules.Period(
        id=period.pk,
        first=Month.of(period.first),
        last=_month(period.last),
        is_approximate=period.is_approximate,
        sentence=period.sentence,
    )


def _evidence(
    evidence: Evidence, letters: dict[int, str], ordinals: dict[int, int]
) -> rules.EvidenceFacts:
    return rules.EvidenceFacts(
        id=str(evidence.code),
        kind=rules.EvidenceKind(evidence.kind) if evidence.kind else None,
        uploaded_at=evidence.uploaded_at,
        sha256=evidence.sha256,
        exhibit=evidence.exhibit or None,
        is_withdrawn=evidence.is_withdrawn,
        payer=evidence.payer,
        payees=tuple(evidence.payees),
        proofs=tuple(_proof(each, letters, ordinals) for each in evidence.proofs.all()),
        shown=(
            ("shows", evidence.shows),
            ("about_on", evidence.about_on.isoformat() if evidence.about_on else ""),
            ("amount", evidence.amount),
            ("currency", evidence.currency),
        ),
    )


def _proof(proof: Proof, letters: dict[int, str], ordinals: dict[int, int]) -> rules.ProofFacts:
    return rules.ProofFacts(
        demand=ordinals[proof.demand_id],
        provider=_letter(proof.provider_id, letters),
        month=_month(proof.month),
    )


def _explanation(
    explanation: Explanation, letters: dict[int, str], ordinals: dict[int, int]
) -> rules.ExplanationFacts:
    demand = explanation.demand_id
    return rules.ExplanationFacts(
        kind=rules.ExplanationKind(explanation.kind),
        sentence=explanation.sentence,
        provider=_letter(explanation.provider_id, letters),
        field=explanation.field or None,
        demand=None if demand is None else ordinals[demand],
        finding=explanation.finding or None,
        kept=tuple(explanation.about),
    )


def _confirmation(confirmation: Confirmation) -> rules.ConfirmationFacts:
    return rules.ConfirmationFacts(
        round=confirmation.round, digest=confirmation.digest, at=confirmation.confirmed_at
    )


def _submission(submission: Submission) -> rules.SubmissionFacts:
    return rules.SubmissionFacts(
        round=submission.round, sent_at=submission.sent_at, reply=_reply(submission)
    )


def _reply(submission: Submission) -> rules.NoticeFacts | None:
    if submission.reply_on is None:
        return None
    deadline = None
    if submission.reply_deadline_on is not None:
        deadline = rules.DeadlineFacts(
            on=submission.reply_deadline_on,
            zone=zoneinfo.ZoneInfo(submission.reply_time_zone or submission.time_zone),
            at=submission.reply_deadline_time,
        )
    return rules.NoticeFacts(
        received_on=submission.reply_on,
        deadline=deadline,
        has_no_deadline=submission.reply_has_no_deadline,
        reference=submission.reply_reference,
        is_silent=submission.reply_answer == submission.Answer.NONE,
    )


def _asking(asking: Asking, demand: Demand, letters: dict[int, str]) -> rules.AskFacts:
    return rules.AskFacts(
        demand=demand.ordinal,
        of=asking.whom,
        on=asking.asked_on,
        provider=_letter(asking.provider_id, letters),
    )


def _letter(provider_id: int | None, letters: dict[int, str]) -> str | None:
    return None if provider_id is None else letters[provider_id]


def _month(day: date | None) -> Month | None:
    return None if day is None else Month.of(day)

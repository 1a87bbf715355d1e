"""Everything that the owner confirms, as lines of label and value."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _

from appeals.letter.checks import OF_THE_LETTER
from appeals.models import Case, Explanation, Provider
from appeals.rules.assessment import Assessment, ProviderState
from appeals.rules.cells import Cell, MonthState
from appeals.rules.facts import ExplanationFacts, Rule, Standing
from appeals.sentences import Words
from appeals.sentences.links import to_provider
from appeals.sentences.names import listed, number, of_round
from appeals.sentences.names import months as months_text
from appeals.timeline import span_text

from .subject import field_name

#: What of a provider stands in the part that such a demand has.
FIELDS = {
    Rule.CONTACTS: ("legal_name", "web_site", "email", "telephone", "app_name"),
    Rule.LEARNED: ("found",),
    Rule.DESCRIBED: ("did", "received"),
    Rule.USED: ("first_month", "last_month"),
    Rule.PAID: ("is_free",),
    Rule.ENDED: ("method", "shared_secret", "ended", "ended_on", "ended_how"),
}


@dataclass(frozen=True, slots=True)
class Fact:
    label: str
    value: str
    anchor: str = ""  # where a link to the very field leads


@dataclass(frozen=True, slots=True)
class ProviderFacts:
    letter: str
    name: str
    url: str
    facts: tuple[Fact, ...]


def of_part(rule: Rule, provider: Provider, state: ProviderState) -> Iterator[Fact]:
    """What was entered in the part of a provider's page that such a demand has."""
    parts = {
        Rule.CONTACTS: _contacts(provider),
        Rule.LEARNED: _learned(provider),
        Rule.DESCRIBED: _described(provider),
        Rule.USED: _used(provider),
        Rule.PAID: _paid(provider, state),
        Rule.ENDED: _ended(provider),
    }
    yield from (fact for fact in parts.get(rule, ()) if fact.value)


def of_sentences(case: Case, cell: Cell, assessment: Assessment) -> Iterator[Fact]:
    """The sentences in place of the fields of that part, and those about what did not fit there."""
    words = Words.of(case)
    for one in case.facts().explanations:
        if one.provider == cell.provider and one.field in FIELDS.get(cell.demand.rule, ()):
            yield Fact(field_name(one.field), _explained_as(one))
    for finding in assessment.findings:
        is_here = cell.provider == finding.place.provider and cell.demand.ordinal in finding.demands
        if is_here and finding.explanation:
            yield Fact(words.finding(finding).brief, _explained_as(finding.explanation))


def _explained_as(explanation: ExplanationFacts) -> str:
    return _said(str(Explanation.Kind(explanation.kind.value).label), explanation.sentence)


def of_case(case: Case, assessment: Assessment) -> list[Fact]:
    words = Words.of(case)
    facts = [
        Fact(_("Store"), listed(filter(None, (case.store, case.marketplace)))),
        Fact(_("Seller ID"), case.seller_id),
        Fact(_("Company"), case.company),
        Fact(_("Others who pay"), listed(case.payer_names)),
        Fact(_("Notice received"), case.notice_on.isoformat() if case.notice_on else ""),
        Fact(_("Amazon's case number"), case.amazon_reference),
    ]
    findings = {one.key: words.finding(one).brief for one in assessment.findings}
    # What the letter answers where nothing else can: it is confirmed with the facts.
    facts += [
        Fact(_("Item %(label)s") % {"label": words.named.label(one)}, one.answer)
        for one in case.facts().demands
        if one.standing is not Standing.LEFT_OUT
    ]
    for one in case.explanations.all():
        if one.finding.startswith(OF_THE_LETTER):
            continue  # about words, not about facts
        if one.provider_id is None and one.sentence:
            facts.append(_explained(one, findings.get(one.finding, _("Explained"))))
    return [fact for fact in facts if fact.value]


def of_providers(case: Case, assessment: Assessment) -> list[ProviderFacts]:
    """By letter. No query where the case has its facts."""
    words = Words.of(case)
    states = {one.provider.letter: one for one in assessment.providers}
    findings = {one.key: words.finding(one).brief for one in assessment.findings}
    labels = {one.pk: of_round(number(one.label), one.round) for one in case.demands.all()}
    return [
        ProviderFacts(
            provider.letter,
            provider.name,
            to_provider(case.code, provider.letter),
            tuple(
                fact
                for fact in (
                    *_of_provider(provider, states[provider.letter]),
                    *_of_sentences(case, provider, findings, labels),
                )
                if fact.value
            ),
        )
        for provider in case.providers.all()
    ]


def _of_provider(provider: Provider, state: ProviderState) -> Iterator[Fact]:
    yield from _contacts(provider)
    yield from _learned(provider)
    yield from _described(provider)
    yield from _used(provider)
    yield from _paid(provider, state)
    yield from _ended(provider)


def _contacts(provider: Provider) -> Iterator[Fact]:
    yield Fact(_("Name of its company"), provider.legal_name)
    yield Fact(_("Web site"), provider.web_site)
    yield Fact(_("Contacts"), listed(filter(None, (provider.email, provider.telephone))))
    yield Fact(_("Application name or developer ID"), provider.app_name)
    for payee in provider.payees:
        yield Fact(_("Also paid to"), _said(payee["name"], payee["sentence"]))


def _learned(provider: Provider) -> Iterator[Fact]:
    yield Fact(_("Learned of it"), provider.found)


def _described(provider: Provider) -> Iterator[Fact]:
    yield Fact(_("What it did"), provider.did)
    yield Fact(_("What you saw or received"), provider.received)


def _used(provider: Provider) -> Iterator[Fact]:
    for period in provider.periods.all():
        last = f"{period.last:%Y-%m}" if period.last else ""
        months = span_text(f"{period.first:%Y-%m}/{last}")
        yield Fact(_("Used"), _said(months, period.sentence) if period.sentence else months)


def _paid(provider: Provider, state: ProviderState) -> Iterator[Fact]:
    yield Fact(_("Payment shown for"), months_text(_months_shown(state)))
    if provider.is_free:
        yield Fact(_("Payment"), _("It was free of charge"))


def _ended(provider: Provider) -> Iterator[Fact]:
    yield Fact(_("How it was let in"), provider.get_method_display())
    yield Fact(_("Key, token or password given"), provider.get_shared_secret_display())
    ended = (
        provider.get_ended_display(),
        provider.ended_on.isoformat() if provider.ended_on else "",
        provider.ended_how,
    )
    yield Fact(_("Access"), listed(filter(None, ended)))


def _months_shown(state: ProviderState) -> list[str]:
    return [
        str(cover.month)
        for cell in state.cells
        if cell.demand.rule is Rule.PAID
        for cover in cell.cover
        if cover.state is MonthState.PROOF
    ]


def _of_sentences(
    case: Case, provider: Provider, findings: dict[str, str], labels: dict[int, str]
) -> Iterable[Fact]:
    for one in case.explanations.all():
        if one.provider_id != provider.pk or not one.sentence:
            continue
        if one.field:
            yield _explained(one, field_name(one.field))
        elif one.demand_id:
            label = labels[one.demand_id]
            yield _explained(one, _("Item %(label)s") % {"label": label})
        elif one.finding in findings:
            yield _explained(one, findings[one.finding])


def _explained(explanation: Explanation, about: str) -> Fact:
    return Fact(about, _said(explanation.get_kind_display(), explanation.sentence))


def _said(kind: str, sentence: str) -> str:
    return _("%(kind)s: %(sentence)s") % {"kind": kind, "sentence": sentence}

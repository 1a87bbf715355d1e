"""The page of one provider: a part for each demand, and what stands in it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from appeals.models import Case, Evidence, Explanation, Provider
from appeals.rules.assessment import Assessment
from appeals.rules.cells import Cell
from appeals.rules.facts import DemandFacts, Rule
from appeals.rules.findings import Finding
from appeals.sentences import FindingWords, Words, of_tally, state_word
from appeals.sentences.gaps import still_missing
from appeals.sentences.links import to_explanation, to_new_evidence
from appeals.sentences.names import of_round

from . import months
from .asking import Asked, asked_of
from .facts import Fact, of_part, of_sentences
from .looks import STATES, Look

#: The forms that a part holds, by the rule of its demand.
FORMS: Mapping[Rule, tuple[str, ...]] = {
    Rule.LEARNED: ("found",),
    Rule.CONTACTS: ("contacts",),
    Rule.DESCRIBED: ("described",),
    Rule.USED: ("periods",),
    Rule.PAID: ("free",),
    Rule.ENDED: ("access",),
    Rule.ANSWERED: (),
}

#: What people often have at hand, where nothing is filed yet.
EXAMPLES = {
    Rule.LEARNED: gettext_lazy("the chat or advertisement that recommended it"),
    Rule.CONTACTS: gettext_lazy("the foot of its web site, a contract, a business card"),
    Rule.DESCRIBED: gettext_lazy(
        "screens of the tool, its e-mails, a contract, chats with support"
    ),
    Rule.USED: gettext_lazy("the e-mail that opened the account, the first and the last invoice"),
    Rule.PAID: gettext_lazy("payment receipts, invoices, bills that show the charge"),
    Rule.ENDED: gettext_lazy("a screen that shows the authorization revoked or the key replaced"),
    Rule.ANSWERED: gettext_lazy("e-mails, contracts, screens"),
}

NEED_A_FILE = frozenset({Rule.DESCRIBED, Rule.PAID, Rule.ENDED, Rule.ANSWERED})

#: Headings of the parts; a demand that the notice added brings its own words.
HEADINGS = {
    Rule.LEARNED: gettext_lazy("How you learned of it"),
    Rule.CONTACTS: gettext_lazy("Name and contacts"),
    Rule.DESCRIBED: gettext_lazy("What it did, and copies"),
    Rule.USED: gettext_lazy("Months of use"),
    Rule.PAID: gettext_lazy("Proof of payment"),
    Rule.ENDED: gettext_lazy("Access, and its end"),
}


@dataclass(slots=True)
class Part:
    anchor: str
    label: str  # the number in the notice; empty where the notice does not ask for it
    heading: str
    look: Look
    word: str  # its state
    missing: str
    guide: str  # slug; empty where none explains it
    is_advice: bool
    forms: tuple[str, ...]
    wording: str = ""  # the words of the notice, where they are known
    count: str = ""
    findings: tuple[FindingWords, ...] = ()
    evidence: tuple[Evidence, ...] = ()
    examples: str = ""
    add_url: str = ""
    explain_url: str = ""
    explanation: Explanation | None = None
    asked: Asked | None = None
    years: tuple[months.Year, ...] = ()
    shows_payment: bool = False
    needs_file: bool = False  # a file is one of its pieces, and no mere addition
    entered: tuple[Fact, ...] = ()  # where it is only read; else its forms hold it


@dataclass(frozen=True, slots=True)
class ProviderPage:
    parts: tuple[Part, ...]
    tally: str
    fields: Mapping[str, Explanation] = field(default_factory=dict)  # explained, by name


def provider_page(case: Case, provider: Provider, assessment: Assessment) -> ProviderPage:
    """What the page says of this provider. No query where the case has its facts."""
    words = Words.of(case)
    state = next(one for one in assessment.providers if one.provider.letter == provider.letter)
    explained = [one for one in case.explanations.all() if one.provider_id == provider.pk]
    guides = {demand.ordinal: demand.guide for demand in case.demands.all()}
    files = {str(one.code): one for one in case.evidence.all()}
    parts = []
    for cell in state.cells:
        part = _part(case, words, cell, files, explained)
        if not case.is_example:
            part.findings += tuple(words.finding(one) for one in _settled(assessment, cell))
        guide = guides.get(cell.demand.ordinal)
        part.guide = guide.slug if guide else ""
        if case.is_example:
            part.entered = (
                *of_part(cell.demand.rule, provider, state),
                *of_sentences(case, cell, assessment),
            )
        parts.append(part)
    present = {cell.demand.rule for cell in state.cells}
    parts += [_bare(rule) for rule in FORMS if FORMS[rule] and rule not in present]
    return ProviderPage(
        tuple(parts),
        of_tally(state.tally),
        {one.field: one for one in explained if one.field},
    )


def _settled(assessment: Assessment, cell: Cell) -> list[Finding]:
    """What was found of the cell, and is explained."""
    return [
        one
        for one in assessment.findings
        if not one.is_open
        and one.place.provider == cell.provider
        and cell.demand.ordinal in one.demands
    ]


def _part(
    case: Case,
    words: Words,
    cell: Cell,
    files: Mapping[str, Evidence],
    explained: list[Explanation],
) -> Part:
    demand, letter = cell.demand, cell.provider
    ordinals = {one.ordinal: one.pk for one in case.demands.all()}
    pk = ordinals[demand.ordinal]
    said = words.cell(cell)
    is_paid = demand.rule is Rule.PAID
    return Part(
        anchor=f"demand-{demand.ordinal}",
        label=of_round(demand.label, demand.round),
        heading=_heading(words, demand),
        wording=demand.wording,
        look=STATES[cell.state],
        word=said.word,
        missing=still_missing(cell.missing) if cell.missing else "",
        guide="",
        is_advice=demand.standing.value == "advised",
        forms=FORMS[demand.rule],
        count=said.count,
        findings=tuple(words.finding(one) for one in cell.findings),
        evidence=tuple(files[str(code)] for code in cell.evidence if str(code) in files),
        examples=str(EXAMPLES[demand.rule]),
        add_url=to_new_evidence(case.code, demand.ordinal, letter),
        explain_url=to_explanation(case.code, provider=letter, demand=demand.ordinal)
        if cell.kept
        else "",
        explanation=next((one for one in explained if one.demand_id == pk), None),
        asked=asked_of(case, pk, letter),
        years=months.strip(words, cell) if is_paid else (),
        shows_payment=is_paid,
        needs_file=demand.rule in NEED_A_FILE,
    )


def _heading(words: Words, demand: DemandFacts) -> str:
    """What the seller calls it, else ours; the beginning of the notice's words for what it
    added. The whole of them stands below."""
    return demand.name or str(HEADINGS.get(demand.rule, words.demand(demand)))


def _bare(rule: Rule) -> Part:
    """A part that this notice does not ask for: what was written there is still at hand."""
    return Part(
        anchor=f"also-{rule.value}",
        label="",
        heading=str(HEADINGS[rule]),
        look=STATES[None],
        word=state_word(None),
        missing="",
        guide="",
        is_advice=False,
        forms=FORMS[rule],
    )


def below_field(name: str, value: Any, explained: Mapping[str, Explanation]) -> SafeString | None:
    """Under a control: the sentence that stands in its place, or the way to write one.

    The way is a button of the field's own form, so that what was typed is saved first.
    """
    written = explained.get(name)
    if written is not None:
        said = _("%(kind)s: %(sentence)s") % {
            "kind": written.get_kind_display(),
            "sentence": written.sentence or _("(the sentence is still missing)"),
        }
        return format_html(
            '<p class="instead"><span class="icon icon-dash" aria-hidden="true"></span> '
            "<span>{}</span></p>{}",
            said,
            _button(name, _("Change this sentence")),
        )
    if value:
        return None
    return _button(name, _("I do not remember, or it does not apply"))


def _button(name: str, label: str) -> SafeString:
    return format_html(
        '<button class="button-small" type="submit" name="explain" value="{}">{}</button>',
        name,
        label,
    )

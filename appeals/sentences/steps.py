"""The one next step: what to do, why, and the button that leads there."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import assert_never

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from appeals.models.case import EXAMPLE
from appeals.rules.cells import Cell
from appeals.rules.facts import Rule
from appeals.rules.needs import Missing, Piece
from appeals.rules.places import Page
from appeals.rules.steps import Step, StepKind

from . import links
from .findings import FindingWords, of_finding
from .gaps import lacks, url_of
from .names import Named, listed
from .ways import Way


@dataclass(frozen=True, slots=True)
class StepWords:
    """The next step. Where nothing is left to do there is no button."""

    title: str
    reason: str
    button: Way | None
    other: Way | None = None  # a second way, such as saying that it is done
    third: Way | None = None  # of a finding: a sentence that says why both are right
    skip_url: str = ""  # to the step after this one; empty where it cannot be skipped


TITLES = {
    Piece.FOUND: gettext_lazy("Write down how you found %(provider)s"),
    Piece.NAME: gettext_lazy("Write down the name of %(provider)s"),
    Piece.WEB_SITE: gettext_lazy("Add the web site of %(provider)s"),
    Piece.CONTACT: gettext_lazy("Add an e-mail address or telephone number of %(provider)s"),
    Piece.DID: gettext_lazy("Write down what %(provider)s did"),
    Piece.RECEIVED: gettext_lazy("Write down what you received from %(provider)s"),
    Piece.PERIOD: gettext_lazy("Enter the months in which you used %(provider)s"),
    Piece.APPROXIMATE: gettext_lazy("Say why the months of %(provider)s are approximate"),
    Piece.SHORTAGE: gettext_lazy("Say why %(provider)s was used for so few months"),
    Piece.FREE: gettext_lazy("Say that %(provider)s was free of charge"),
    Piece.ENDED: gettext_lazy("Record what ended with %(provider)s"),
    Piece.ENDED_ON: gettext_lazy("Enter the day on which the access of %(provider)s ended"),
    Piece.SENTENCE: gettext_lazy("Write the sentence that is missing for %(provider)s"),
}

PROOFS = {
    Rule.DESCRIBED: gettext_lazy("Add something you saw or received from %(provider)s"),
    Rule.ENDED: gettext_lazy("Add proof that the access of %(provider)s ended"),
}


def of_step(named: Named, step: Step) -> StepWords:
    words = _of_step(named, step)
    return words if named.code != EXAMPLE else _to_be_read(named, step, words)


def _to_be_read(named: Named, step: Step, words: StepWords) -> StepWords:
    """Nothing is done in the example; the place where it would be can be looked at."""
    url = links.link(named.code, step.place)
    if not url and step.cell is not None:
        url = url_of(named, step.cell)
    button = Way(_("See where this is"), url) if url else None
    return replace(words, button=button, other=None, third=None)


def _of_step(named: Named, step: Step) -> StepWords:
    url = links.link(named.code, step.place)
    skip = links.to_case(named.code, after=step.id) if step.can_be_skipped else ""
    match step.kind:
        case StepKind.END_ACCESS | StepKind.RESOLVE:
            assert step.finding is not None
            return _of_finding(of_finding(named, step.finding), skip)
        case StepKind.FILL:
            assert step.cell is not None
            return _of_gap(named, step.cell, url, skip)
        case StepKind.FILE:
            title = _("Say what %(file)s shows") % {"file": named.file(step.place.evidence)}
            reason = _("This file is kept, but it is not filed under any item yet.")
            return StepWords(title, reason, Way(_("Do it now"), url), skip_url=skip)
        case StepKind.WRITE:
            assert step.demand is not None
            values = {"label": named.label(step.demand), "demand": named.demand(step.demand)}
            title = _("Write the letter's section on item %(label)s, %(demand)s") % values
            reason = _("The letter is begun, and this section of it is still empty.")
            return StepWords(title, reason, Way(_("Write it"), url), skip_url=skip)
        case StepKind.COMPLETE_WITH_GAPS:
            dossier = Way(_("Open the dossier"), url)
            return StepWords(_("What can be had now is here"), _of_gaps(named, step), dossier)
        case StepKind.SEND:
            return _of_sending(named, step, url)
        case _:
            if step.kind is StepKind.SET_DEADLINE and step.place.page is Page.REPLY:
                return _of_reply_deadline(url, skip)
            title, reason, button = _plain(step.kind)
            return StepWords(title, reason, Way(button, url) if button else None, skip_url=skip)


def _plain(kind: StepKind) -> tuple[str, str, str]:
    """Title, reason and button of a step that needs no names."""
    match kind:
        case StepKind.RECORD_NOTICE:
            return (
                _("Copy in the notice"),
                _("If no notice has come yet, skip this and list who has access to the store."),
                _("Copy in the notice"),
            )
        case StepKind.SET_DEADLINE:
            return (
                _("Copy how many days the notice gives"),
                _("No deadline yet. See how many days the notice gives, or mark that it has none."),
                _("Do it now"),
            )
        case StepKind.ADD_PROVIDER:
            return (
                _("Add a provider"),
                _("Start with the ones you remember. A name is enough."),
                _("Add a provider"),
            )
        case StepKind.CONFIRM:
            return (
                _("Confirm that all this is true"),
                _("Only the account owner can confirm this. Read the facts once more before."),
                _("Read and confirm"),
            )
        case StepKind.CONFIRM_AGAIN:
            return (
                _("Confirm again: the facts have changed"),
                _("The facts were changed after the owner confirmed them."),
                _("Read and confirm"),
            )
        case StepKind.WAIT:
            return (
                _("Waiting for a reply"),
                _("Waiting for a reply. Do not resend unless something changed."),
                _("Record reply"),
            )
        case StepKind.COMPLETE:
            return (
                _("Everything asked is here"),
                _(
                    "You submit it yourself in Seller Central. We do not send it or promise a "
                    "result."
                ),
                _("Open the dossier"),
            )
        case StepKind.COMPLETE_REGISTER:
            return (
                _("All is here"),
                _("If a notice comes, record it; all of this will serve to answer it."),
                _("Record the notice"),
            )
        case (
            StepKind.END_ACCESS
            | StepKind.RESOLVE
            | StepKind.FILL
            | StepKind.FILE
            | StepKind.WRITE
            | StepKind.COMPLETE_WITH_GAPS
            | StepKind.SEND
        ):
            raise ValueError(f"{kind} is said with names")
        case _:
            assert_never(kind)


def _of_reply_deadline(url: str, skip: str) -> StepWords:
    return StepWords(
        _("Copy how many days the reply gives"),
        _(
            "The new round has no deadline yet. See what the reply says, or mark that it gives none."
        ),
        Way(_("Do it now"), url),
        skip_url=skip,
    )


def _of_sending(named: Named, step: Step, url: str) -> StepWords:
    reason = _("You submit it yourself in Seller Central. We do not send it or promise a result.")
    if step.passed_over:
        reason = f"{_of_gaps(named, step)} {reason}"
    dossier = Way(_("Open the dossier"), links.to_dossier(named.code))
    title = _("Send the dossier, then record that you did")
    return StepWords(title, reason, Way(_("Record submission"), url), dossier)


def _of_finding(words: FindingWords, skip: str) -> StepWords:
    first, other, third = (*words.ways, None, None)[:3]
    return StepWords(words.title, words.sentence, first, other, third, skip_url=skip)


def _of_gap(named: Named, cell: Cell, url: str, skip: str) -> StepWords:
    reason = _reason(named, cell)
    if cell.asked:
        latest = cell.asked[0]
        reason = _("%(reason)s Asked of %(whom)s on %(date)s.") % {
            "reason": reason,
            "whom": latest.of,
            "date": latest.on.isoformat(),
        }
    button = Way(_("Do it now"), _url(named, cell, cell.missing[0], url))
    other = Way(
        _("Explain instead"),
        links.to_explanation(named.code, provider=cell.provider, demand=cell.demand.ordinal),
    )
    return StepWords(_gap_title(named, cell), reason, button, other, skip_url=skip)


def _gap_title(named: Named, cell: Cell) -> str:
    missing = cell.missing[0]
    values = {"provider": named.provider(cell.provider), "demand": named.demand(cell.demand)}
    if missing.piece is Piece.MONTH:
        return _months_title(cell, values)
    if missing.piece in TITLES and cell.provider is not None:
        return str(TITLES[missing.piece]) % values
    if cell.provider is None:
        return _("Answer: %(demand)s") % values
    title = PROOFS.get(cell.demand.rule, gettext_lazy("Answer for %(provider)s: %(demand)s"))
    return str(title) % values


def _months_title(cell: Cell, values: dict[str, str]) -> str:
    count = sum(one.piece is Piece.MONTH for one in cell.missing)
    numbers = values | {"count": str(count)}
    if cell.months_shown:
        return (
            ngettext(
                "Add proof of payment for %(count)s more month: %(provider)s",
                "Add proof of payment for %(count)s more months: %(provider)s",
                count,
            )
            % numbers
        )
    return (
        ngettext(
            "Add proof of payment for %(count)s month: %(provider)s",
            "Add proof of payment for %(count)s months: %(provider)s",
            count,
        )
        % numbers
    )


def _reason(named: Named, cell: Cell) -> str:
    values = {
        "label": named.label(cell.demand),
        "demand": named.demand(cell.demand),
        "provider": named.provider(cell.provider),
        "pieces": lacks(cell.missing),
    }
    if cell.missing[0].piece is Piece.MONTH:
        return _months_reason(cell, values)
    if len(cell.missing) == 1 and cell.provider is not None:
        return (
            _("This is all that %(provider)s still lacks in item %(label)s, %(demand)s.") % values
        )
    if len(cell.missing) == 1:
        return _("This is all that item %(label)s, %(demand)s, still lacks.") % values
    return _("Item %(label)s, %(demand)s, still lacks: %(pieces)s.") % values


def _months_reason(cell: Cell, values: dict[str, str]) -> str:
    numbers = values | {"asked": str(cell.demand.months), "shown": str(cell.months_shown)}
    if not cell.months_shown:
        return (
            ngettext(
                "Item %(label)s asks for at least %(asked)s month for each service; there is none "
                "yet.",
                "Item %(label)s asks for at least %(asked)s months for each service; there is "
                "none yet.",
                cell.demand.months,
            )
            % numbers
        )
    return (
        ngettext(
            "Item %(label)s asks for at least %(asked)s month for each service; there are "
            "%(shown)s.",
            "Item %(label)s asks for at least %(asked)s months for each service; there are "
            "%(shown)s.",
            cell.demand.months,
        )
        % numbers
    )


def _url(named: Named, cell: Cell, missing: Missing, url: str) -> str:
    """What is missing is a sentence about the whole demand: that has a page of its own."""
    is_sentence = missing.piece is Piece.SENTENCE and not missing.fields
    if is_sentence or missing.piece is Piece.SHORTAGE:
        return links.to_explanation(named.code, provider=cell.provider, demand=cell.demand.ordinal)
    return url


def _of_gaps(named: Named, step: Step) -> str:
    gaps = listed(
        _("item %(label)s of %(provider)s")
        % {"label": named.label(cell.demand), "provider": named.provider(cell.provider)}
        if cell.provider
        else _("item %(label)s") % {"label": named.label(cell.demand)}
        for cell in step.passed_over
    )
    return _("Declared as missing, and asked for: %(gaps)s.") % {"gaps": gaps}

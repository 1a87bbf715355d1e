"""From the facts of a case to its dossier. No request, no database, no present time."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import partial

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext, pgettext_lazy

from appeals.rules.assessment import Assessment
from appeals.rules.cells import State
from appeals.rules.facts import CaseFacts, ConfirmationFacts, NoticeFacts

from . import asked, cover, exhibits, gaps, services
from .inputs import Inputs, LetterText
from .reading import Reading, iso, shown
from .sheets import Confirmed, Dossier, OpenThing, Particular
from .words import NOTHING, Both, day, lines_of, moment, one_line, said, shortened, typed

#: Words that stand on the sheets whatever the case is.
LABELS = {
    "chinese_beside": gettext_lazy(
        "Chinese beside, for your own files. The left side is, page for page, what is sent."
    ),
    "unfinished": gettext_lazy("Unfinished"),
    "unfinished_head": gettext_lazy("Unfinished, not for sending"),
    "demands": gettext_lazy("What the notice asks, and where it is answered"),
    "number": gettext_lazy("No."),
    "words": gettext_lazy("In the notice’s words"),
    "asked": gettext_lazy("What is asked"),
    "state": gettext_lazy("State"),
    "page": gettext_lazy("Page"),
    "exhibits": gettext_lazy("Exhibits"),
    "checked": pgettext_lazy("above boxes to tick on paper", "Checked"),
    "more": gettext_lazy("and %(count)s more"),
    "letter": gettext_lazy("Letter"),
    "not_asked": gettext_lazy("(not asked)"),
    "services": gettext_lazy("Services"),
    "months": gettext_lazy("Months of use"),
    "payments": gettext_lazy("Payments"),
    "gaps": gettext_lazy("Gaps and explanations"),
    "explained": gettext_lazy("Explained"),
    "service": gettext_lazy("Service"),
    "missing": gettext_lazy("What is missing"),
    "about": gettext_lazy("About"),
    "asked_of": gettext_lazy("What was asked of whom"),
    "reason": gettext_lazy("Reason, in the seller’s words"),
    "confirmation": gettext_lazy("Owner’s confirmation"),
    "signature": gettext_lazy("Signature, if the notice asks for one"),
    "date": gettext_lazy("Date"),
    "index_lead": gettext_lazy(
        "Originals are in the package exactly as they were received. SHA-256 sums are given in "
        "full in MANIFEST.json; here are the first twelve characters."
    ),
    "index_empty": gettext_lazy("There are no exhibits."),
    "exhibit": gettext_lazy("Exhibit"),
    "shows": gettext_lazy("What it shows, and its file"),
    "pages": pgettext_lazy("of a paper", "Pages"),
    "prepared": gettext_lazy("Prepared with Keyright, independent of Amazon."),
    "page_of": gettext_lazy("Page %(page)s of %(pages)s"),
    "see_end": gettext_lazy("The Chinese is longer than this page: it stands after the last page."),
    "at_end": gettext_lazy("Chinese that had no room beside its page"),
    "on_page": gettext_lazy("Page %(page)s"),
}


def build(
    facts: CaseFacts,
    assessment: Assessment,
    letter: Iterable[LetterText],
    inputs: Inputs,
    *,
    as_it_is: bool = False,
) -> Dossier:
    """Everything that the sheets show.

    `assessment` is that of the same facts at `inputs.changed_at`, so that nothing hangs on
    today. `as_it_is`: the owner sends it so; what is open becomes a declared gap. Raises
    reading.NotNumbered, and ValueError where the file of an exhibit is not handed over.
    """
    reading = Reading(facts, assessment, letter, inputs)
    things: tuple[OpenThing, ...] = () if as_it_is else gaps.open_things(reading)
    items = asked.items(reading, is_finished=not things)
    return Dossier(
        store=one_line(shown(facts, "store")),
        seller_id=one_line(shown(facts, "seller_id")),
        notice_on=iso(facts.notice.received_on if facts.notice else None),
        round=assessment.round,
        changed_at=reading.changed_at,
        digest=assessment.digest,
        open=things,
        opening=said(lambda: _opening(things)) if things else Both(NOTHING),
        running=_running(reading, is_finished=not things),
        cover=cover.cover(reading, items),
        letter_lead=tuple(_lead(reading)),
        items=items,
        letter_end=said(lambda: _end(reading)),
        services=services.services(reading),
        gaps=gaps.gaps(reading, is_finished=not things),
        confirmed=_confirmed(reading),
        index=exhibits.index(reading),
        labels=tuple((name, said(partial(str, words))) for name, words in LABELS.items()),
        members=exhibits.members(reading),
    )


def _opening(things: tuple[OpenThing, ...]) -> str:
    count = len(things)
    return ngettext(
        "Not for sending. %(count)s thing is still open:",
        "Not for sending. %(count)s things are still open:",
        count,
    ) % {"count": count}


def _running(reading: Reading, *, is_finished: bool) -> Both:
    """The head of a sheet: whose it is, so that a loose one can be put back. On one line, beside
    the name of the part and, where it is not finished, that."""
    store = shortened(one_line(shown(reading.facts, "store")), 22)
    seller_id = shortened(one_line(shown(reading.facts, "seller_id")), 16)
    whose = ", ".join(filter(None, (store, seller_id)))
    notice, reply = reading.facts.notice, cover.last_reply(reading)
    if notice is None or not is_finished:
        return typed(whose)
    if reply is not None:
        return said(
            lambda: (
                _("%(store)s: answer to the reply of %(date)s")
                % {"store": whose, "date": day(reply.received_on)}
            )
        )
    return said(
        lambda: (
            _("%(store)s: answer to the notice of %(date)s")
            % {"store": whose, "date": day(notice.received_on)}
        )
    )


def _lead(reading: Reading) -> Iterator[Both]:
    notice, reply = reading.facts.notice, cover.last_reply(reading)
    reference = cover.reference(reading)
    if notice is not None and reply is not None:
        yield said(partial(_to_reply, reply, notice, reference))
    elif notice is not None:

        def to() -> str:
            values = {"date": day(notice.received_on), "reference": reference}
            if reference:
                return (
                    _("To Amazon, in answer to the notice of %(date)s, reference %(reference)s.")
                    % values
                )
            return _("To Amazon, in answer to the notice of %(date)s.") % values

        yield said(to)
    yield from asked.numbering(reading)
    yield said(
        lambda: _(
            "This letter follows the notice’s own numbering. What is known only in part, or is "
            "missing, is said under its number and listed once more under “Gaps and explanations”."
        )
    )


def _to_reply(reply: NoticeFacts, notice: NoticeFacts, reference: str) -> str:
    values = {
        "reply": day(reply.received_on),
        "date": day(notice.received_on),
        "reference": reference,
    }
    if not reference:
        return (
            _("To Amazon, in answer to the reply of %(reply)s, after the notice of %(date)s.")
            % values
        )
    return (
        _(
            "To Amazon, in answer to the reply of %(reply)s, reference %(reference)s, after the "
            "notice of %(date)s."
        )
        % values
    )


def _end(reading: Reading) -> str:
    company = one_line(reading.facts.company) or one_line(shown(reading.facts, "store"))
    return _("%(company)s, %(date)s") % {
        "company": company,
        "date": day(reading.changed_at.date()),
    }


def _confirmed(reading: Reading) -> Confirmed | None:
    """None: the notice asks for no confirmation."""
    demand = reading.confirmed_demand
    if demand is None:
        return None
    own = [one for one in reading.facts.confirmations if one.round == reading.assessment.round]
    last = max(own, key=lambda one: (one.at, one.digest), default=None)
    if last is None or demand.state is not State.READY:
        text = said(lambda: _("The owner has not confirmed the facts as they are here."))
        return Confirmed(text, (), has_signature=False)
    return Confirmed(_statement(reading), tuple(_particulars(reading, last)), has_signature=True)


def _statement(reading: Reading) -> Both:
    """The text that the owner confirmed, as it was shown; in both languages where it is ours."""
    ours = said(lambda: _("I confirm this is true and that I will follow the terms."))
    given = lines_of(reading.inputs.confirmed_text)
    return ours if not given or given in (ours.english, ours.chinese) else Both(given)


def _particulars(reading: Reading, last: ConfirmationFacts) -> Iterator[Particular]:
    at = last.at.astimezone(reading.facts.zone)
    yield Particular(
        said(lambda: _("Confirmed by")), said(lambda: _("the account owner, signed in"))
    )
    yield Particular(said(lambda: pgettext("a day and time", "On")), said(lambda: moment(at)))
    yield Particular(
        said(lambda: _("Of these facts")),
        said(
            lambda: (
                _("%(sum)s (first 12 of the digest; in full in MANIFEST.json)")
                % {"sum": last.digest[:12]}
            )
        ),
    )

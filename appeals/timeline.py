"""The timeline of a case: events turned into sentences, with a link while the thing is there."""

from __future__ import annotations

import datetime
import zoneinfo
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import FieldDoesNotExist
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from appeals.models import Case, Demand, Event, Evidence, Provider, Submission
from appeals.models.event import SELF_CHECK
from appeals.places import PLACES
from appeals.rules.facts import Field, Rule
from appeals.rules.findings import Code
from appeals.sentences import links
from appeals.sentences.deadlines import zone_at
from appeals.sentences.findings import BRIEF
from appeals.sentences.names import LONG, in_a_sentence, listed, months, span
from guides.models import User

Details = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Corrected:
    """What a line should have said, added under it."""

    at: datetime.datetime
    who: str
    sentence: str


@dataclass(frozen=True, slots=True)
class Line:
    """One thing that happened. `at` is aware; the page shows it in the reader's zone."""

    key: int
    at: datetime.datetime
    is_mine: bool
    who: str
    sentence: str  # goes on from `who`: "added A-5-1"
    url: str  # empty where there is nothing to open any more
    link: str  # what the link says
    corrections: tuple[Corrected, ...] = ()  # oldest first


@dataclass(frozen=True, slots=True)
class _There:
    """What of a case can still be opened."""

    case: Case
    letters: frozenset[str]
    files: frozenset[str]
    demands: frozenset[int]
    rounds: frozenset[int]  # that were sealed
    of_replies: Mapping[int, int]  # ordinals of what later rounds brought, with these rounds


def lines(case: Case, *, reader: User, events: Iterable[Event] | None = None) -> list[Line]:
    """Newest first, or these events in their order. Four queries, of which two, for the events
    and for their corrections, where the case was loaded with its facts."""
    there = _There(
        case,
        frozenset(one.letter for one in case.providers.all()),
        frozenset(str(one.code) for one in case.evidence.all()),
        frozenset(one.ordinal for one in case.demands.all()),
        frozenset(one.round for one in case.submissions.all()),
        {one.ordinal: one.round for one in case.demands.all() if one.round > 1},
    )
    told = list(Event.objects.of_case(case) if events is None else events)
    corrected: defaultdict[int, list[Corrected]] = defaultdict(list)
    for one in case.corrections.filter(event__in=[event.pk for event in told]):
        corrected[one.event].append(Corrected(one.at, _who(one.by_id, reader), one.sentence))
    return [line(event, there, reader, corrected[event.pk]) for event in told]


def line(event: Event, there: _There, reader: User, corrected: Iterable[Corrected] = ()) -> Line:
    url, link = _link(event, there)
    return Line(
        key=event.pk,
        at=event.at,
        is_mine=event.by_id == reader.pk,
        who=_who(event.by_id, reader),
        sentence=SENTENCES[Event.Kind(event.kind)](_with_rounds(event.details, there)),
        url=url,
        link=link,
        corrections=tuple(corrected),
    )


def _with_rounds(details: Details, there: _There) -> Details:
    """A reply numbers from the start again: its items are told with their round."""
    if not there.of_replies:
        return details
    told = dict(details)
    if told.get("demand") in there.of_replies:
        told["of_round"] = there.of_replies[told["demand"]]
    if "proves" in told:
        told["proves"] = [_with_rounds(one, there) for one in told["proves"]]
    return told


def _label(details: Details) -> str:
    return in_a_sentence(details["label"], details.get("of_round", 1))


def _who(person: int | None, reader: User) -> str:
    if person is None:
        return _("This site")
    return pgettext("who did it", "You") if person == reader.pk else _("Someone else")


# --- Sentences, one a kind of event ----------------------------------------------------------


def _case_opened(details: Details) -> str:
    if details.get("notice_on"):
        return _("opened the case; the notice came on %(date)s") % {"date": details["notice_on"]}
    return _("opened the register")


def _case_changed(details: Details) -> str:
    return _("changed the case: %(fields)s") % {"fields": fields_of(Case, details["fields"])}


def _notice_recorded(details: Details) -> str:
    return _("copied in the notice of %(date)s") % {"date": details["notice_on"]}


def _notice_changed(details: Details) -> str:
    return _("changed the notice: %(fields)s") % {"fields": fields_of(Case, details["fields"])}


def _deadline_set(details: Details) -> str:
    if details.get("deadline_on"):
        deadline = {"deadline": _of_deadline(details)}
        if details.get("round"):
            return _("set the deadline of round %(round)s: %(deadline)s") % (
                deadline | {"round": details["round"] + 1}
            )
        return _("set the deadline: %(deadline)s") % deadline
    if details.get("has_no_deadline") and details.get("round"):
        return _("marked that the reply to round %(round)s gives no deadline") % details
    if details.get("has_no_deadline"):
        return _("marked that the notice gives no deadline")
    return _("cleared the deadline")


def _of_deadline(details: Details) -> str:
    """Day, time and zone as the overview writes them."""
    on, at, name = (details.get(key) for key in ("deadline_on", "deadline_time", "time_zone"))
    try:
        moment = datetime.datetime.fromisoformat(f"{on}T{at or '23:59'}")
        zone = zone_at(moment.replace(tzinfo=zoneinfo.ZoneInfo(name))) if name else ""
    except (ValueError, zoneinfo.ZoneInfoNotFoundError):
        zone = name or ""
    return " ".join(filter(None, (on, at, zone)))


#: A change of what is asked; without one of these it is told by its fields.
OF_DEMANDS = {
    "added": gettext_lazy("added %(item)s in the words of the notice"),
    "left-out": gettext_lazy("marked %(item)s as not asked this time"),
    "asked": gettext_lazy("took %(item)s back in"),
    "counted": gettext_lazy("made %(item)s count: the notice asks for it"),
    "advised": gettext_lazy("made %(item)s our advice again, not counted"),
    "moved": gettext_lazy("moved %(item)s to another place"),
    "removed": gettext_lazy("took %(item)s away"),
    "again": gettext_lazy("marked that the reply asks again for %(item)s"),
    "not-again": gettext_lazy("took back that the reply asks again for %(item)s"),
    "of-the-store": gettext_lazy("%(item)s is asked of the store now: its provider was deleted"),
}


def _demand_changed(details: Details) -> str:
    values = {"item": _item(details)}
    if details.get("change") == "added" and details.get("of_round", 1) > 1:
        return _("added %(item)s in the words of the reply") % values
    if details.get("change") in OF_DEMANDS:
        return str(OF_DEMANDS[details["change"]]) % values
    fields = fields_of(Demand, details.get("fields", ()))
    if not fields:
        return _("changed %(item)s") % values
    return _("changed %(item)s: %(fields)s") % (values | {"fields": fields})


def _item(details: Details) -> str:
    """A demand by its number, and by its name where it has one of ours."""
    rule = details.get("rule", "")
    if rule in LONG:
        values = {"label": _label(details), "demand": LONG[Rule(rule)]}
        return _("item %(label)s, %(demand)s") % values
    return _("item %(label)s") % {"label": _label(details)}


def _places_looked(details: Details) -> str:
    places = listed(str(PLACES[key].name) for key in details["places"] if key in PLACES)
    if details["is_done"]:
        return _("looked for forgotten providers here: %(places)s") % {"places": places}
    return _("took back that this was looked through: %(places)s") % {"places": places}


def _provider_added(details: Details) -> str:
    if details.get("source") == SELF_CHECK:
        return _("added provider %(letter)s, %(provider)s, from the self-check") % details
    return _("added provider %(letter)s, %(provider)s") % details


def _provider_changed(details: Details) -> str:
    fields = fields_of(Provider, details["fields"])
    return _("%(provider)s: changed %(fields)s") % (details | {"fields": fields})


def _provider_deleted(details: Details) -> str:
    if details["exhibits"]:
        exhibits = listed(details["exhibits"])
        return _("deleted provider %(letter)s, %(provider)s; withdrawn with it: %(exhibits)s") % (
            details | {"exhibits": exhibits}
        )
    return _("deleted provider %(letter)s, %(provider)s") % details


def _periods_changed(details: Details) -> str:
    added, removed = (
        listed(span_text(each) for each in details.get(name, ())) for name in ("added", "removed")
    )
    values = details | {"added": added, "removed": removed}
    if added and removed:
        return _("%(provider)s: months of use now %(added)s instead of %(removed)s") % values
    if added:
        return _("%(provider)s: added months of use %(added)s") % values
    return _("%(provider)s: took away months of use %(removed)s") % values


def _evidence_added(details: Details) -> str:
    return _("added a file (%(type)s)") % {"type": _type(details)}


def _evidence_filed(details: Details) -> str:
    places = pgettext("between long parts of a list", "; ").join(
        _place(each) for each in details["proves"]
    )
    values = {"file": _file(details), "places": places}
    if not places:
        return _("filed %(file)s under nothing for now") % values
    return _("filed %(file)s under %(places)s") % values


def _evidence_withdrawn(details: Details) -> str:
    return _("withdrew %(file)s") % {"file": _file(details)}


def _evidence_removed(details: Details) -> str:
    return _("removed a file that was not filed yet (%(type)s)") % {"type": _type(details)}


def _file_deleted(details: Details) -> str:
    return _("deleted the file of %(exhibit)s for good") % details


def _keeping_set(details: Details) -> str:
    if details["days"] is None:
        return _("chose that files stay after closing")
    return _("chose that files are deleted %(days)s days after closing") % details


def _files_deleted(details: Details) -> str:
    return _(
        "deleted the files, %(days)s days after closing as was chosen: %(files)s files, "
        "%(packages)s sealed packages"
    ) % {name: details[name] for name in ("days", "files", "packages")}


def _explained(details: Details) -> str:
    return _("explained %(subject)s") % {"subject": _subject(details)}


def _explanation_removed(details: Details) -> str:
    return _("took back the explanation of %(subject)s") % {"subject": _subject(details)}


def _asked(details: Details) -> str:
    return _("noted that %(subject)s was asked for on %(date)s") % {
        "subject": _subject(details),
        "date": details["on"],
    }


def _asking_removed(details: Details) -> str:
    return _("took back that %(subject)s was asked for") % {"subject": _subject(details)}


def _confirmed(details: Details) -> str:
    return _("confirmed the facts")


def _letter_written(details: Details) -> str:
    return _("wrote the letter's section on item %(label)s") % _numbered(details)


def _letter_restored(details: Details) -> str:
    values = _numbered(details)
    return _("brought back an earlier text of the letter's section on item %(label)s") % values


def _numbered(details: Details) -> Details:
    return details | {"label": _label(details)}


#: What was downloaded where it was no single file.
DOSSIERS = {
    "pdf": gettext_lazy("downloaded the dossier as PDF"),
    "copy": gettext_lazy("downloaded the dossier with Chinese beside it"),
    "package": gettext_lazy("downloaded the dossier with its originals as ZIP"),
}


#: What was downloaded of a sealed round.
SEALED = {
    "pdf": gettext_lazy("downloaded the sealed dossier of round %(round)s as PDF"),
    "package": gettext_lazy("downloaded the sealed package of round %(round)s"),
}


def _downloaded(details: Details) -> str:
    if details.get("sealed") in SEALED:
        return str(SEALED[details["sealed"]]) % details
    if details.get("dossier") in DOSSIERS:
        return str(DOSSIERS[details["dossier"]])
    return _("downloaded %(file)s") % {"file": _file(details)}


def _submitted(details: Details) -> str:
    return _("sent round %(round)s and sealed its dossier") % details


def _submission_changed(details: Details) -> str:
    fields = fields_of(Submission, details["fields"])
    return _("corrected what was noted of round %(round)s: %(fields)s") % (
        details | {"fields": fields}
    )


def _replied(details: Details) -> str:
    if details.get("answer") == Submission.Answer.NONE:
        return _("noted that no reply to round %(round)s came and something has changed") % details
    return _("recorded the reply to round %(round)s, of %(on)s") % details


def _reply_changed(details: Details) -> str:
    fields = fields_of(Submission, details["fields"])
    return _("changed the reply to round %(round)s: %(fields)s") % (details | {"fields": fields})


def _case_closed(details: Details) -> str:
    if details.get("outcome") in Case.Outcome.values:
        return _("closed the case: %(outcome)s") % {
            "outcome": Case.Outcome(details["outcome"]).label
        }
    return _("closed the case")


def _case_reopened(details: Details) -> str:
    return _("opened the case again")


SENTENCES: dict[Event.Kind, Callable[[Details], str]] = {
    Event.Kind.CASE_OPENED: _case_opened,
    Event.Kind.CASE_CHANGED: _case_changed,
    Event.Kind.NOTICE_RECORDED: _notice_recorded,
    Event.Kind.NOTICE_CHANGED: _notice_changed,
    Event.Kind.DEADLINE_SET: _deadline_set,
    Event.Kind.DEMAND_CHANGED: _demand_changed,
    Event.Kind.PROVIDER_ADDED: _provider_added,
    Event.Kind.PROVIDER_CHANGED: _provider_changed,
    Event.Kind.PROVIDER_DELETED: _provider_deleted,
    Event.Kind.PLACES_LOOKED: _places_looked,
    Event.Kind.PERIODS_CHANGED: _periods_changed,
    Event.Kind.EVIDENCE_ADDED: _evidence_added,
    Event.Kind.EVIDENCE_FILED: _evidence_filed,
    Event.Kind.EVIDENCE_WITHDRAWN: _evidence_withdrawn,
    Event.Kind.EVIDENCE_REMOVED: _evidence_removed,
    Event.Kind.FILE_DELETED: _file_deleted,
    Event.Kind.KEEPING_SET: _keeping_set,
    Event.Kind.FILES_DELETED: _files_deleted,
    Event.Kind.EXPLAINED: _explained,
    Event.Kind.EXPLANATION_REMOVED: _explanation_removed,
    Event.Kind.ASKED: _asked,
    Event.Kind.ASKING_REMOVED: _asking_removed,
    Event.Kind.CONFIRMED: _confirmed,
    Event.Kind.LETTER_WRITTEN: _letter_written,
    Event.Kind.LETTER_RESTORED: _letter_restored,
    Event.Kind.DOWNLOADED: _downloaded,
    Event.Kind.SUBMITTED: _submitted,
    Event.Kind.SUBMISSION_CHANGED: _submission_changed,
    Event.Kind.REPLIED: _replied,
    Event.Kind.REPLY_CHANGED: _reply_changed,
    Event.Kind.CASE_CLOSED: _case_closed,
    Event.Kind.CASE_REOPENED: _case_reopened,
}

# --- Names inside sentences ------------------------------------------------------------------

#: Fields that an explanation may be about and no column is.
NOT_COLUMNS = {
    Field.DEADLINE.value: gettext_lazy("deadline"),
    Field.FIRST_MONTH.value: gettext_lazy("first month of use"),
    Field.LAST_MONTH.value: gettext_lazy("last month of use"),
}


def fields_of(model: type[Case | Demand | Provider | Submission], names: Iterable[str]) -> str:
    return listed(_field(model, name) for name in names)


def span_text(text: str) -> str:
    """2018-03/2018-08, or 2018-03/ for what goes on, as words."""
    first, _slash, last = text.partition("/")
    if not last:
        return _("%(first)s onwards") % {"first": first}
    return first if first == last else span(first, last)


def _field(model: type[Case | Demand | Provider | Submission], name: str) -> str:
    if name in NOT_COLUMNS:
        return str(NOT_COLUMNS[name])
    try:
        return str(model._meta.get_field(name).verbose_name)  # type: ignore[union-attr]
    except FieldDoesNotExist:  # a field of an earlier version
        return name


def _file(details: Details) -> str:
    return str(details["exhibit"]) or _("a file (%(type)s)") % {"type": _type(details)}


def _type(details: Details) -> str:
    """PDF, 210 KB, or what the file is where that was said."""
    kind = details.get("kind")
    if kind in Evidence.Kind.values:
        return str(Evidence.Kind(kind).label)
    return str(details["media_type"]).rpartition("/")[2].upper()


def _place(place: Details) -> str:
    """Where a file is filed: item, provider, months."""
    place = place | {"label": _label(place)}
    if place["months"]:
        values = place | {"months": months(place["months"])}
        return _("item %(label)s of %(provider)s, for %(months)s") % values
    if place["provider"]:
        return _("item %(label)s of %(provider)s") % place
    return _("item %(label)s") % place


def _subject(details: Details) -> str:
    """What an explanation or a question is about."""
    if "finding" in details:
        brief = str(BRIEF[Code(details["finding"])]) % {"file": details.get("exhibit", "")}
        if "provider" in details:
            return _("%(provider)s (%(what)s)") % (details | {"what": brief})
        return brief
    if "field" in details:
        field = _field(Provider if "provider" in details else Case, details["field"])
        if "provider" in details:
            return _("%(provider)s (%(what)s)") % (details | {"what": field})
        return field
    return _place({"months": [], "provider": ""} | details)


def _link(event: Event, there: _There) -> tuple[str, str]:
    """Address and words of the link; both empty where nothing is left to open."""
    code, details = there.case.code, event.details
    if details.get("evidence") in there.files:
        return links.to_evidence(code, details["evidence"]), _("See the file")
    if details.get("letter") in there.letters:
        return links.to_provider(code, details["letter"]), _("See the provider")
    if event.kind in (
        Event.Kind.NOTICE_RECORDED,
        Event.Kind.NOTICE_CHANGED,
        Event.Kind.DEADLINE_SET,
    ):
        if details.get("round") in there.rounds:
            return links.to_reply(code, details["round"]), _("See the reply")
        return links.to_notice(code), _("See the notice")
    if event.kind == Event.Kind.DEMAND_CHANGED:
        ordinal = details.get("demand")
        anchor = f"#demand-{ordinal}" if ordinal in there.demands else ""
        replied = details.get("round", there.of_replies.get(ordinal or 0, 1) - 1)
        if replied in there.rounds:
            return links.to_reply(code, replied) + anchor, _("See the reply")
        return links.to_notice(code) + anchor, _("See the notice")
    if event.kind in (Event.Kind.LETTER_WRITTEN, Event.Kind.LETTER_RESTORED):
        return links.to_letter(code, details["demand"]), _("See the letter")
    if details.get("round") in there.rounds:
        is_reply = event.kind in (Event.Kind.REPLIED, Event.Kind.REPLY_CHANGED)
        if is_reply:
            return links.to_reply(code, details["round"]), _("See the reply")
        return links.to_submission(code, details["round"]), _("See the round")
    if event.kind in (Event.Kind.CASE_CLOSED, Event.Kind.CASE_REOPENED):
        return reverse("appeals:outcome", args=[code]), _("See the outcome")
    if "dossier" in details:
        return reverse("appeals:dossier", args=[code]), _("See the dossier")
    return "", ""

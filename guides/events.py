"""What an editor did, as a sentence in the reader's language. No database: titles are handed in."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext

from guides.moments import in_words

#: What was recorded beside the kind. Older events have less of it.
Details = Mapping[str, Any]

#: What is called by a name that somebody typed: releases, and words that readers looked for.
QUOTED = {"scheduled", "unscheduled", "released", "not-released", "miss-handled"}
LANGUAGES = {"zh-hans": gettext_lazy("Chinese"), "en": gettext_lazy("English")}


def language_called(code: str) -> str:
    """A language as a sentence calls it: Chinese, English."""
    return str(LANGUAGES.get(code, code))


def sentence(kind: str, details: Details, *, about: str, language: str = "") -> str:
    """What was done, going on from who did it: "sent back Clause 2.4, English, revision 16: …".

    `about` is the title of what it was done to and stands in the sentence once, as it is.
    """
    place = _("“%(about)s”") % {"about": about} if kind in QUOTED else about
    if language:
        values = {"about": place, "language": language_called(language)}
        place = _("%(about)s, %(language)s") % values
    if (number := details.get("revision")) and kind not in ("drafted", "restored"):
        place = _("%(place)s, revision %(number)s") % {"place": place, "number": number}
    tell = SENTENCES.get(kind, _something)
    return tell(place, details)


def _something(place: str, details: Details) -> str:
    return _("did something to %(place)s") % {"place": place}


def _plain(words: Callable[[], str]) -> Callable[[str, Details], str]:
    """A sentence that says no more than what it was done to."""
    return lambda place, details: words() % {"place": place}


def _with_reason(told: str, details: Details, *names: str) -> str:
    """The sentence, and the reason that somebody gave where one was kept."""
    reason = next((details[name] for name in names if details.get(name)), "")
    if not reason:
        return told
    return _("%(told)s: %(reason)s") % {"told": told, "reason": reason}


# --- Texts ---------------------------------------------------------------------------------


def _drafted(place: str, details: Details) -> str:
    values = {"place": place, "number": details.get("revision", "")}
    return _("saved draft %(number)s of %(place)s") % values


def _sent_back(place: str, details: Details) -> str:
    return _with_reason(_("sent back %(place)s") % {"place": place}, details, "reason")


def _matched(place: str, details: Details) -> str:
    blocks = details.get("blocks")
    if not blocks:
        return _("matched all of %(place)s with the other language") % {"place": place}
    words = ngettext(
        "matched %(count)d paragraph of %(place)s with the other language",
        "matched %(count)d paragraphs of %(place)s with the other language",
        blocks,
    )
    return words % {"count": blocks, "place": place}


def _withdrawn(place: str, details: Details) -> str:
    told = _("withdrew %(place)s") % {"place": place}
    return _with_reason(told, details, "because", "reason")


def _restored(place: str, details: Details) -> str:
    values = {"place": place, "number": details.get("revision", "")}
    return _("restored revision %(number)s of %(place)s as a draft") % values


def _postponed(place: str, details: Details) -> str:
    told = _("postponed the check of %(place)s") % {"place": place}
    if until := _day(details, "until", "to", "review_by"):
        told = _("postponed the check of %(place)s to %(day)s") % {"place": place, "day": until}
    return _with_reason(told, details, "reason", "because")


def _renamed(place: str, details: Details) -> str:
    before, after = (_first(details, *names) for names in (("before", "from"), ("after", "to")))
    if not (before and after):
        return _("changed the address of %(place)s") % {"place": place}
    values = {"place": place, "before": before, "after": after}
    return _("changed the address of %(place)s from “%(before)s” to “%(after)s”") % values


# --- Releases ------------------------------------------------------------------------------


def _scheduled(place: str, details: Details) -> str:
    time, before = in_words(details.get("time", "")), in_words(details.get("before", ""))
    if before:
        values = {"place": place, "time": time, "before": before}
        return _("put off the release %(place)s from %(before)s to %(time)s") % values
    return _("gave the release %(place)s its time: %(time)s") % {"place": place, "time": time}


def _unscheduled(place: str, details: Details) -> str:
    values = {"place": place, "time": in_words(details.get("time", ""))}
    if details.get("cancelled"):
        return _("cancelled the release %(place)s, which was to go live at %(time)s") % values
    return _("took its time away from the release %(place)s: %(time)s") % values


def _not_released(place: str, details: Details) -> str:
    values = {"place": place, "time": in_words(details.get("time", ""))}
    told = _("could not make the release %(place)s live at %(time)s") % values
    count = details.get("refusals")
    if not isinstance(count, int) or not count:
        return told
    reasons = ngettext("%(count)d reason", "%(count)d reasons", count) % {"count": count}
    return _("%(told)s: %(reason)s") % {"told": told, "reason": reasons}


# --- Sources, pictures, links --------------------------------------------------------------


def _source_changed(place: str, details: Details) -> str:
    values = {"place": place}
    before, after = details.get("before"), details.get("after")
    if "before" in details and before is None:
        return _("added the source %(place)s") % values
    if "after" in details and after is None:
        return _("removed the source %(place)s") % values
    return _fields(_("changed the source %(place)s") % values, details)


def _source_proposed(place: str, details: Details) -> str:
    return _fields(_("proposed a change of the source %(place)s") % {"place": place}, details)


def _source_refused(place: str, details: Details) -> str:
    told = _("refused a change of the source %(place)s") % {"place": place}
    return _with_reason(told, details, "reason", "because")


def _picture_changed(place: str, details: Details) -> str:
    return _fields(_("changed what is kept with the picture %(place)s") % {"place": place}, details)


def _preview_shared(place: str, details: Details) -> str:
    until = _day(details, "until", "expires_at")
    if not until:
        return _("made a preview link for %(place)s") % {"place": place}
    values = {"place": place, "day": until}
    return _("made a preview link for %(place)s, good until %(day)s") % values


def _link_ignored(place: str, details: Details) -> str:
    told = _("set the broken link %(place)s aside") % {"place": place}
    return _with_reason(told, details, "because", "reason")


def _fields(told: str, details: Details) -> str:
    """The sentence, and which columns are not what they were."""
    before, after = details.get("before"), details.get("after")
    if not (isinstance(before, Mapping) and isinstance(after, Mapping)):
        return told
    names = [name for name, value in after.items() if before.get(name) != value]
    if not names:
        return told
    called = pgettext("between the parts of a list", ", ").join(
        str(FIELDS.get(name, name)) for name in names
    )
    return _("%(told)s: %(reason)s") % {"told": told, "reason": called}


#: Columns of the registers, as they stand in a sentence.
FIELDS = {
    "title": gettext_lazy("title"),
    "titles": gettext_lazy("title"),
    "language": gettext_lazy("language"),
    "publisher": gettext_lazy("publisher"),
    "address": gettext_lazy("address"),
    "archived": gettext_lazy("archived address"),
    "archived_address": gettext_lazy("archived address"),
    "version": gettext_lazy("version or date shown"),
    "grade": gettext_lazy("grade"),
    "seen_on": gettext_lazy("seen on"),
    "seen_as": gettext_lazy("seen as"),
    "alt": gettext_lazy("alternative text"),
    "taken_on": gettext_lazy("taken on"),
}


# --- In and out ----------------------------------------------------------------------------


def _imported(place: str, details: Details) -> str:
    return _counted(_("brought in texts from %(place)s") % {"place": place}, details)


def _exported(place: str, details: Details) -> str:
    return _counted(_("took texts out as %(place)s") % {"place": place}, details)


def _counted(told: str, details: Details) -> str:
    """The sentence, and of how many guides where that was kept."""
    count = _first(details, "guides", "count", "files")
    if isinstance(count, list | tuple):
        count = len(count)
    if not isinstance(count, int):
        return told
    guides = ngettext("%(count)d guide", "%(count)d guides", count) % {"count": count}
    return _("%(told)s: %(reason)s") % {"told": told, "reason": guides}


def _first(details: Details, *names: str) -> Any:
    """What was kept under the first of these names; empty where under none."""
    return next((details[name] for name in names if details.get(name)), "")


def _day(details: Details, *names: str) -> str:
    """A day that was kept as ISO text, with or without its time."""
    value = _first(details, *names)
    try:
        return datetime.date.fromisoformat(str(value)[:10]).isoformat()
    except ValueError:
        return ""


SENTENCES: Mapping[str, Callable[[str, Details], str]] = {
    "added": _plain(lambda: _("added %(place)s")),
    "drafted": _drafted,
    "submitted": _plain(lambda: _("sent %(place)s for review")),
    "approved": _plain(lambda: _("approved %(place)s")),
    "sent-back": _sent_back,
    "matched": _matched,
    "unaffected": _plain(lambda: _("marked that a change does not affect %(place)s")),
    "scheduled": _scheduled,
    "unscheduled": _unscheduled,
    "released": _plain(lambda: _("made the release %(place)s live")),
    "not-released": _not_released,
    "published": _plain(lambda: _("published %(place)s")),
    "withdrawn": _withdrawn,
    "restored": _restored,
    "checked": _plain(lambda: _("checked %(place)s: nothing changed")),
    "postponed": _postponed,
    "renamed": _renamed,
    "source-changed": _source_changed,
    "source-proposed": _source_proposed,
    "source-refused": _source_refused,
    "picture-added": _plain(lambda: _("added the picture %(place)s")),
    "picture-changed": _picture_changed,
    "picture-removed": _plain(lambda: _("removed the picture %(place)s")),
    "preview-shared": _preview_shared,
    "preview-ended": _plain(lambda: _("ended a preview link for %(place)s")),
    "link-ignored": _link_ignored,
    "feedback-handled": _plain(lambda: _("marked what readers said about %(place)s as handled")),
    "miss-handled": _plain(lambda: _("marked the search for %(place)s as handled")),
    "imported": _imported,
    "exported": _exported,
}

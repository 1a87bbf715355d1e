"""What is being typed on the page of a guide, saved by itself, shown again, or thrown away."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBadRequest, JsonResponse, QueryDict
from django.shortcuts import redirect
from django.utils import formats, timezone
from django.utils.html import strip_tags
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from guides.forms import found_secret, say_secret
from guides.models import Draft, Guide
from guides.publishing import unsaved
from guides.publishing.samples import without_samples

from . import presence
from .column import Column
from .page import Page, facts_shown
from .typed import form_of

if TYPE_CHECKING:
    from .guides import GuideAdmin

#: A field's own name, without what says whose it is.
NAME = re.compile(r"[a-z][a-z0-9_-]{0,59}")
#: More names than this no form of ours has.
MOST_NAMES = 100
#: Where a guide that shows what credentials look like may show it.
TEXTS = ("body", "block")
#: What a page knows of the draft, and what nobody typed.
KNOWN = ("draft", "choice")


@dataclass
class Answer:
    """What the page is told: the version of each draft by the name of its field, and what is
    refused by the name of the field, with `:n` behind it for the n-th of that name, from 0."""

    versions: dict[str, str] = field(default_factory=dict)
    errors: dict[str, str] = field(default_factory=dict)
    drafts: list[Draft] = field(default_factory=list)
    is_too_much: bool = False
    is_elsewhere: bool = False

    @property
    def status(self) -> int:
        if self.errors or self.is_too_much:
            return 422
        return 409 if self.is_elsewhere else 200

    @property
    def words(self) -> str:
        if self.errors:
            return _("Not saved")
        if self.is_too_much:
            return _("Not saved: this is longer than any guide can be.")
        if self.is_elsewhere:
            return _(
                "Not saved: you are writing on this page in another window too. Your text is "
                "still here; save it as a draft, and what stands in the other window is kept as "
                "well."
            )
        return said_saved(self.drafts) or _("Same as what is saved")


def said_saved(drafts: Iterable[Draft]) -> str:
    """When the latest of them was saved, in the zone of whoever reads it; "" without any."""
    times = [one.saved_at for one in drafts]
    return _("Saved %(time)s") % {"time": moment(max(times))} if times else ""


def moment(time: Any) -> str:
    """Hours and minutes; the day as well where it is not today."""
    there = timezone.localtime(time)
    is_today = there.date() == timezone.localdate()
    return formats.date_format(there, "H:i" if is_today else "Y-m-d H:i")


@require_POST
def autosave(request: HttpRequest, admin: GuideAdmin, pk: int) -> HttpResponse:
    """Keep what stands in the form, each language by itself, for the person alone."""
    guide = admin.guide_to_change(request, pk)
    page = Page(guide, request.POST)
    if not page.posted:
        return HttpResponseBadRequest()
    answer = Answer()
    for column in page.posted:
        keep(request, page, column, answer)
    told = {
        "words": answer.words,
        "errors": answer.errors,
        "versions": answer.versions,
        "others": presence.others(guide, request.user),
    }
    return JsonResponse(told, status=answer.status)


def keep(request: HttpRequest, page: Page, column: Column, answer: Answer) -> None:
    """One language of it, unless it says what its revision says."""
    language, name = column.language, f"{column.language}-draft"
    own: dict[str, Any] = {"person": request.user, "guide": page.guide, "language": language}
    sent = column.form.data
    seen = sent.get(name, "")
    typed = typed_in(sent, column)
    if len(typed) > MOST_NAMES:
        answer.is_too_much = True
        return
    found = secrets_in(typed, column)
    if found:
        answer.errors |= found
        return
    if not differs(column, page):
        if unsaved.forget(**own, seen=seen):
            seen = ""
        answer.versions[name] = seen
        return
    try:
        draft = unsaved.keep(**own, made_from=column.made_from, typed=typed, seen=seen)
    except unsaved.TooMuch:
        answer.is_too_much = True
    except unsaved.WrittenElsewhere:
        answer.is_elsewhere = True
    else:
        answer.versions[name] = unsaved.version_of(draft)
        answer.drafts.append(draft)


def keep_columns(request: HttpRequest, page: Page, columns: Iterable[Column]) -> Answer:
    """As if they had saved themselves, for those who have no script."""
    answer = Answer()
    for column in columns:
        keep(request, page, column, answer)
    return answer


def typed_in(sent: QueryDict, column: Column) -> dict[str, list[str]]:
    """The fields of one language, and with the source those of the facts, under their names."""
    begins = (f"{column.language}-", *(("facts-", "method-") if column.is_source else ()))
    found = {}
    for name, values in sent.lists():
        begin = next((one for one in begins if name.startswith(one)), None)
        own = name.removeprefix(begin) if begin else ""
        if NAME.fullmatch(own) and own not in KNOWN and not own.startswith("mine-"):
            # No database keeps this character, and nobody types it.
            found[name] = [value.replace("\x00", "") for value in values]
    return found


def secrets_in(typed: dict[str, list[str]], column: Column) -> dict[str, str]:
    """What looks like a credential, by field: in each value, and in what the forms make of them."""
    slug = column.guide.slug
    found = {}
    for name, values in typed.items():
        is_text = name.removeprefix(f"{column.language}-") in TEXTS
        for at, value in enumerate(values):
            kind = found_secret(without_samples(value, slug) if is_text else value)
            if kind:
                found[f"{name}:{at}"] = strip_tags(say_secret(kind))
    if found:
        return found
    return {
        form[name].html_name: strip_tags(error.messages[0])
        for form in column.forms
        for name, errors in form.errors.as_data().items()
        for error in errors
        if error.code == "secret" and name in form.fields
    }


def differs(column: Column, page: Page) -> bool:
    """Whether something stands there that the revision it was made from does not say. What the
    forms cannot take is such a thing."""
    if not all(form.is_valid() for form in column.forms):
        return True
    source = page.source.seen
    return column.is_changed(source) or column.typed_note() != column.shown_note()


# --- On the page ---------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Unsaved:
    """What the page of a guide says of it. `shown` are the drafts whose texts stand in its form,
    `versions` a name and a value for each language, `newer` who saved a revision since."""

    shown: Sequence[Draft]
    versions: Sequence[tuple[str, str]]
    newer: Sequence[Column]
    has_any: bool

    @property
    def time(self) -> str:
        return moment(max(one.saved_at for one in self.shown))

    @property
    def words(self) -> str:
        return said_saved(self.shown)


def restored(request: HttpRequest, guide: Guide, *, is_whole: bool) -> Page:
    """The page with what the person typed last, saved or not."""
    drafts = unsaved.drafts_of(request.user, guide)
    page = Page(guide, form_of(drafts.values()))
    arrived = {column.language for column in page.posted if is_in_newest(column)}
    if arrived:
        left = [one for one in drafts.values() if one.language not in arrived]
        page = Page(guide, form_of(left))
    page.is_whole = is_whole  # whichever way it was typed
    return page


def is_in_newest(column: Column) -> bool:
    """Whether a newer revision says the very same: saving it was not told any more."""
    newest = column.latest
    if not column.is_stale or newest is None or not all(one.is_valid() for one in column.forms):
        return False
    facts = column.typed_facts()
    is_same = facts is None or facts == facts_shown(column.guide, newest)
    return is_same and column.typed_text() == newest.text()


def unsaved_on(request: HttpRequest, page: Page, kept: Mapping[str, str] | None = None) -> Unsaved:
    """`kept`: the versions of what this request itself has saved."""
    drafts = unsaved.drafts_of(request.user, page.guide)
    is_restored = request.method != "POST"
    versions = []
    sent = request.POST.dict() | dict(kept or {})
    for column in page.columns:
        name = f"{column.language}-draft"
        draft = drafts.get(column.language)
        # What was sent goes on from the draft that its page had seen, if that is still there.
        seen = unsaved.version_of(draft) if is_restored else sent.get(name, "")
        versions.append((name, seen if draft else ""))
    posted = {column.language for column in page.posted}
    shown = [one for one in drafts.values() if is_restored and one.language in posted]
    languages = {one.language for one in shown}
    newer = [one for one in page.columns if one.language in languages and one.is_stale]
    return Unsaved(shown, versions, newer, bool(drafts))


def forget(request: HttpRequest, page: Page, stale: Sequence[Column] = ()) -> None:
    """What was sent is saved as revisions now, or says what they say; but where it is stale."""
    late = {column.language for column in stale}
    for column in page.posted:
        if column.language not in late:
            forget_one(request, page.guide, column.language)


def forget_one(request: HttpRequest, guide: Guide, language: str) -> None:
    seen = request.POST.get(f"{language}-draft", "")
    unsaved.forget(person=request.user, guide=guide, language=language, seen=seen)


@require_POST
def discard(request: HttpRequest, admin: GuideAdmin, pk: int) -> HttpResponse:
    """Throw away what was typed here; what was typed in another window since stays."""
    guide = admin.guide_to_change(request, pk)
    for language, _name in settings.LANGUAGES:
        forget_one(request, guide, language)
    left = unsaved.drafts_of(request.user, guide)
    if left:
        messages.warning(
            request, _("What you wrote in another window since then was not thrown away.")
        )
    else:
        messages.success(request, _("Thrown away. The page shows what is saved."))
    return redirect("admin:guides_guide_change", guide.pk)

"""The rows of the review board in words, each with what can be done about it."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable, Sequence
from typing import Any

from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import get_language, gettext, ngettext, pgettext

from guides.board import QUEUES, Scope, lacking, proposed
from guides.links import texts_leading_to
from guides.models import Edition, Feedback, Guide, LinkCheck, Release
from guides.moments import told
from guides.templatetags.reading import translated_language_name

from .board_proposals import proposals_row
from .board_row import Act, Rights, Row, day_of, guide_page, short
from .board_waiting import waiting_rows


def rows_of(
    name: str, scope: Scope, rights: Rights, counts: Sequence[int], start: int, stop: int
) -> list[Row]:
    """Rows `start` to `stop` of a queue, which may be several queries one after the other; the
    ones that have no such rows are not asked."""
    rows: list[Row] = []
    before = 0
    queues = [one for one in zip(QUEUES[name], counts, strict=True) if one[0] is not proposed]
    for (queue, count), words in zip(queues, WORDS[name], strict=True):
        first, last = max(start - before, 0), min(stop - before, count)
        if first < last:
            found = list(queue(scope)[first:last])
            rows += words(found, scope, rights)
        before += count
    if name == "waiting" and start == 0 and (number := counts[-1]):
        rows.append(proposals_row(number))
    return rows


# --- Checks ----------------------------------------------------------------------------------


def due_rows(guides: Iterable[Any], scope: Scope, rights: Rights) -> list[Row]:
    return [due_row(guide, scope, rights) for guide in guides]


def due_row(guide: Any, scope: Scope, rights: Rights) -> Row:
    over = (scope.today - guide.review_by).days
    below = []
    if guide.checked_on:
        below.append(gettext("last time %(day)s") % {"day": guide.checked_on.isoformat()})
    if over > 0:
        below.append(gettext("was due %(day)s") % {"day": short(guide.review_by, scope.today)})
        state = ngettext("%(count)d day over", "%(count)d days over", over) % {"count": over}
    elif over == 0:
        state = gettext("due today")
    else:
        state = ngettext("in %(count)d day", "in %(count)d days", -over) % {"count": -over}
    acts = []
    if rights.check:
        checked = reverse("admin:guides_guide_checked", args=[guide.pk])
        acts = [
            Act(gettext("Begin checking"), f"{guide_page(guide.pk)}#sources"),
            Act(gettext("Nothing changed"), checked, is_sent=True),
        ]
    if rights.publish:
        postpone = reverse("admin:board_postpone", args=[guide.pk])
        acts.append(Act(gettext("Postpone"), postpone))
    return Row(
        title=guide.shown_title or guide.slug,
        address=guide_page(guide.pk),
        below=below,
        state=state,
        is_warning=over > 0,
        day=guide.review_by,
        days=over,
        acts=acts,
    )


# --- Translations ----------------------------------------------------------------------------


def behind_rows(editions: Iterable[Any], scope: Scope, rights: Rights) -> list[Row]:
    return [behind_row(edition, scope, rights) for edition in editions]


def behind_row(edition: Any, scope: Scope, rights: Rights) -> Row:
    since = datetime.date.fromisoformat(edition.behind["since"])
    changes, days = edition.behind["changes"], (scope.today - since).days
    page = guide_page(edition.guide_id)
    label = gettext("Open side by side") if rights.write else gettext("Look at it")
    return Row(
        title=edition.shown_title,
        address=page,
        below=[
            gettext("since %(day)s") % {"day": short(since, scope.today)},
            ngettext("%(count)d day", "%(count)d days", days) % {"count": days},
        ],
        state=ngettext("behind by %(count)d block", "behind by %(count)d blocks", changes)
        % {"count": changes},
        is_warning=True,
        languages=[edition.language],
        day=since,
        days=days,
        acts=[
            Act(label, page),
            Act(gettext("See the difference"), f"{page}?behind=1"),
        ],
    )


def missing_rows(guides: Iterable[Any], scope: Scope, rights: Rights) -> list[Row]:
    return [missing_row(guide, scope, rights) for guide in guides]


def missing_row(guide: Any, scope: Scope, rights: Rights) -> Row:
    languages = lacking(guide, scope)
    names = pgettext("between the parts of a list", ", ").join(
        translated_language_name(code) for code in languages
    )
    page = guide_page(guide.pk)
    label = gettext("Open side by side") if rights.write else gettext("Look at it")
    return Row(
        title=guide.shown_title or guide.slug,
        address=page,
        below=[gettext("missing, not behind")],
        state=gettext("not live in %(languages)s yet") % {"languages": names},
        languages=languages,
        acts=[Act(label, page)],
    )


# --- Links -----------------------------------------------------------------------------------


def link_rows(checks: Sequence[Any], scope: Scope, rights: Rights) -> list[Row]:
    """What no source leads to stands in a text: one query more where there is such a link."""
    loose = [check.address for check in checks if check.source is None]
    texts = texts_leading_to(loose)
    return [link_row(check, texts.get(check.address), scope, rights) for check in checks]


def link_row(check: Any, text: Edition | None, scope: Scope, rights: Rights) -> Row:
    since = day_of(check.failing_since)
    assert since is not None
    days = (scope.today - since).days
    title, address, below, languages = check.address, "", [check.address], []
    acts = []
    if rights.source:
        acts.append(Act(gettext("Try again"), act_on("retry", check), is_sent=True))
    if check.source is not None:
        titles = check.source_titles or {}
        title = titles.get(get_language()) or next(iter(titles.values()), check.source_key)
        address = reverse("admin:guides_source_change", args=[check.source])
        below = [gettext("source %(key)s") % {"key": check.source_key}]
        if rights.source or rights.propose:
            acts.append(Act(gettext("Use the stored copy"), address))
    elif text is not None:
        assert text.live is not None
        title, below = text.live.revision.title, [check.address]
        address, languages = guide_page(text.guide_id), [text.language]
        if rights.write:
            acts.append(Act(gettext("Change it"), address))
    if rights.source:
        acts.append(Act(gettext("Ignore"), act_on("ignore", check)))
    is_refused = check.answer == LinkCheck.Answer.REFUSED
    below.append(how_it_fails(check, short(since, scope.today)))
    days_broken = ngettext("broken for %(count)d day", "broken for %(count)d days", days)
    return Row(
        title=title,
        address=address,
        below=below,
        state=gettext("perhaps a block") if is_refused else days_broken % {"count": days},
        is_warning=not is_refused,
        languages=languages,
        day=since,
        days=days,
        acts=acts,
    )


def act_on(what: str, check: LinkCheck) -> str:
    return reverse(f"admin:board_link_{what}", args=[check.pk])


def how_it_fails(check: LinkCheck, day: str) -> str:
    if check.answer == LinkCheck.Answer.REFUSED:
        words = ngettext("refused once", "refused %(count)d times", check.failures)
        return words % {"count": check.failures}
    if check.answer == LinkCheck.Answer.GONE:
        return gettext("not found since %(day)s") % {"day": day}
    if check.answer == LinkCheck.Answer.NOT_ASKED:
        return gettext("not a public address, so never asked")
    if check.answer == LinkCheck.Answer.UNREACHABLE:
        return gettext("cannot be reached since %(day)s") % {"day": day}
    return gettext("fails since %(day)s") % {"day": day}


# --- Reviews and releases --------------------------------------------------------------------


def release_rows(releases: Iterable[Any], scope: Scope, rights: Rights) -> list[Row]:
    return [release_row(release, scope, rights) for release in releases]


def release_row(release: Any, scope: Scope, rights: Rights) -> Row:
    day = day_of(release.publish_at)
    page = reverse("admin:guides_release_change", args=[release.pk])
    texts = ngettext("%(count)d text", "%(count)d texts, whole or not at all", release.size)
    below = [texts % {"count": release.size}]
    state = told(release.publish_at, release.zone) if release.publish_at else ""
    is_held_up = release.state == Release.State.OPEN
    if is_held_up:
        below = [why_not(release), *below]
        state = gettext("could not go live at %(time)s") % {"time": state}
    acts = []
    if rights.publish:
        acts.append(Act(gettext("Change it"), page))
        cancel = reverse("admin:guides_release_cancel", args=[release.pk])
        acts.append(Act(gettext("Cancel"), cancel))
    return Row(
        title=release.name,
        address=page,
        below=below,
        state=state,
        is_warning=is_held_up,
        day=day,
        days=(scope.today - day).days if day else None,
        acts=acts,
    )


def why_not(release: Release) -> str:
    """The first of the reasons that kept it back, in the editor's language."""
    first = release.refusals[0]["message"]
    return str(first.get(get_language()) or next(iter(first.values())))


# --- Readers ---------------------------------------------------------------------------------


def feedback_rows(said: Iterable[Any], scope: Scope, rights: Rights) -> list[Row]:
    return [feedback_row(one, scope, rights) for one in said]


def feedback_row(said: Any, scope: Scope, rights: Rights) -> Row:
    words = gettext("“%(sentence)s”") % {"sentence": said.sentence}
    if not said.sentence:
        words = gettext("It did not help; no sentence")
    page = guide_page(said.edition.guide_id)
    acts = []
    if rights.write:
        acts.append(Act(gettext("Go and mend it"), page))
    if rights.handle:
        handled = reverse("admin:board_feedback_handled", args=[said.pk])
        acts.append(Act(gettext("Handled"), handled, is_sent=True))
    below = [said.shown_title]
    if part := part_title(said):
        below.append(part)
    return Row(
        title=with_times(words, said.times),
        address=page,
        below=below,
        state=gettext("last on %(day)s") % {"day": short(said.last, scope.today)},
        languages=[said.edition.language],
        day=said.last,
        days=(scope.today - said.last).days,
        acts=acts,
    )


def part_title(said: Feedback) -> str:
    parts = {part["id"]: part["title"] for part in said.edition.parts}
    return parts.get(said.part) or said.part


def with_times(words: str, times: int) -> str:
    if times == 1:
        return words
    return gettext("%(words)s, %(count)d times") % {"words": words, "count": times}


def miss_rows(misses: Iterable[Any], scope: Scope, rights: Rights) -> list[Row]:
    return [miss_row(miss, scope, rights) for miss in misses]


def miss_row(miss: dict[str, Any], scope: Scope, rights: Rights) -> Row:
    words = gettext("“%(sentence)s”") % {"sentence": miss["query"]}
    acts = []
    if rights.add:
        wanted = {"kind": Guide.Kind.TERM, "title": miss["query"]}
        address = f"{reverse('admin:guides_guide_add')}?{urlencode(wanted)}"
        acts.append(Act(gettext("Add a term"), address))
    if rights.searches:
        handled = reverse("admin:board_miss_handled", args=[miss["newest"]])
        acts.append(Act(gettext("Ignore"), handled, is_sent=True))
    language = translated_language_name(miss["language"])
    return Row(
        title=with_times(words, miss["sum"]),
        below=[gettext("looked for in %(language)s") % {"language": language}],
        state=gettext("last on %(day)s") % {"day": short(miss["last"], scope.today)},
        languages=[miss["language"]],
        day=miss["last"],
        days=(scope.today - miss["last"]).days,
        acts=acts,
    )


#: For each queue what makes rows of what its queries find, in the same order.
WORDS: dict[str, tuple[Callable[[Sequence[Any], Scope, Rights], list[Row]], ...]] = {
    "due": (due_rows,),
    "behind": (behind_rows, missing_rows),
    "links": (link_rows,),
    "waiting": (waiting_rows,),
    "scheduled": (release_rows,),
    "feedback": (feedback_rows,),
    "misses": (miss_rows,),
}

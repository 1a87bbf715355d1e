"""The texts that wait for the person's next step, as rows of the review board."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext, ngettext

from guides.board import Scope
from guides.models import Edition, User
from guides.publishing import digests_of
from guides.rendering import behind
from guides.templatetags.reading import translated_language_name

from .board_row import Act, Rights, Row, day_of, guide_page, short


def waiting_rows(editions: Iterable[Any], scope: Scope, rights: Rights) -> list[Row]:
    return [waiting_row(edition, scope) for edition in editions]


def waiting_row(edition: Any, scope: Scope) -> Row:
    state, day, person = edition.review_state, day_of(edition.answered_at), ""
    if state == Edition.ReviewState.IN_REVIEW:
        day, who = day_of(edition.submitted_at), edition.submitted_by
        person = who.email if who else ""
        below, acts = in_review(edition, scope)
    elif state == Edition.ReviewState.DRAFT:
        below = [gettext("sent back: %(reason)s") % {"reason": edition.answer}]
        acts = [Act(gettext("Write on"), guide_page(edition.guide_id))]
    else:
        below = [gettext("approved"), changes_of(edition)]
        release = reverse("admin:guides_release_of", args=[edition.guide_id])
        acts = [Act(gettext("Publish, now or at a time"), release)]
    return Row(
        title=edition.shown_title,
        address=guide_page(edition.guide_id),
        below=below,
        state=translated_language_name(edition.language),
        languages=[edition.language],
        day=day,
        days=(scope.today - day).days if day else None,
        person=person,
        acts=acts,
    )


def in_review(edition: Any, scope: Scope) -> tuple[list[str], list[Act]]:
    """What is said of a text that waits for an answer, and how it is given."""
    sent, below = day_of(edition.submitted_at), []
    if sent:
        days = (scope.today - sent).days
        below.append(sent_words(days, short(sent, scope.today), edition.submitted_by))
    below.append(changes_of(edition))
    review = reverse("admin:guides_guide_review", args=[edition.guide_id, edition.language])
    acts = [Act(gettext("See the difference"), review)]
    if settings.EDITORIAL_FOUR_EYES and edition.is_own:
        below.append(gettext("your own: somebody else answers"))
    else:
        answer = f"{review}#answer"
        acts += [Act(gettext("Approve"), answer), Act(gettext("Send back"), answer)]
    return below, acts


def changes_of(edition: Any) -> str:
    if edition.live is None:
        return gettext("a new text")
    changes = behind(digests_of(edition.live.revision), digests_of(edition.latest))
    return ngettext("%(count)d change", "%(count)d changes", changes) % {"count": changes}


def sent_words(days: int, day: str, who: User | None) -> str:
    person = who.email if who else gettext("somebody whose account is gone")
    if days == 0:
        return gettext("sent by %(person)s today") % {"person": person}
    if days == 1:
        return gettext("sent by %(person)s yesterday") % {"person": person}
    return gettext("sent by %(person)s on %(day)s") % {"person": person, "day": day}

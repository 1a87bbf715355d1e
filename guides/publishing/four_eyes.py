"""Whose work a revision is, and whether somebody else has approved it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any

from django.conf import settings
from django.db.models import Exists, OuterRef
from django.utils.translation import gettext, pgettext

from guides.events import language_called
from guides.models import Publication, Review, Revision, User

from .refusals import Refusal

#: By the key of a revision, the keys of the people whose work it is.
Authors = dict[int, frozenset[int]]


def authors_of(revisions: Iterable[Revision]) -> Authors:
    """Whose work each is: whoever made it, or one of those that it goes on from, back to the last
    one that readers got; and where it brings back a text that they never got, whoever wrote that.
    The release is nobody. One query, whatever is asked; the bodies stay in the database.
    """
    asked = {one.pk: one for one in revisions}
    same = Revision.objects.filter(pk__in=asked, edition=OuterRef("edition"))
    for name in Revision.TEXT_FIELDS:
        same = same.filter(**{name: OuterRef(name)})
    rows: defaultdict[int, list[Any]] = defaultdict(list)
    kept = Revision.objects.filter(edition__in={one.edition_id for one in asked.values()})
    for row in kept.only("edition", "number", "facts", "made_by").annotate(
        was_live=Exists(Publication.objects.filter(revision=OuterRef("pk"))),
        has_its_text=Exists(same),
    ):
        rows[row.edition_id].append(row)
    return {pk: _authors(pk, rows[one.edition_id]) for pk, one in asked.items()}


def _authors(asked: int, kept: Sequence[Any]) -> frozenset[int]:
    revision = next(one for one in kept if one.pk == asked)
    earlier = [one for one in kept if one.number < revision.number]
    last_live = max((one.number for one in earlier if one.was_live), default=0)
    made = {one.made_by_id for one in earlier if one.number > last_live} | {revision.made_by_id}
    same = [one for one in earlier if one.has_its_text and one.facts == revision.facts]
    if not any(one.was_live for one in same):
        made |= {one.made_by_id for one in same}
    return frozenset(person for person in made if person is not None)


def lacking_approval(revisions: Sequence[Revision]) -> list[Refusal]:
    """A refusal for each of these whose newest answer is not an approval by somebody whose work
    it is not. Who publishes them does not matter, nor what else they may do. Two queries, and
    two more for each refusal; none where four eyes are not wanted.
    """
    if not settings.EDITORIAL_FOUR_EYES or not revisions:
        return []
    newest: dict[int, Review] = {}
    for answer in Review.objects.filter(revision__in=revisions).order_by("at", "pk"):
        newest[answer.revision_id] = answer
    authors = authors_of(revisions)
    return [
        Refusal(
            revision.edition.language,
            "review",
            who_has_to(revision, authors[revision.pk]),
            code="not-approved",
            slug=revision.edition.guide.slug,
        )
        for revision in revisions
        if not is_approved(newest.get(revision.pk), authors[revision.pk])
    ]


def is_approved(answer: Review | None, authors: Iterable[int]) -> bool:
    """An account that is gone could have been anybody's: its approval counts no more."""
    return (
        answer is not None
        and answer.is_approved
        and answer.by_id is not None
        and answer.by_id not in authors
    )


def who_has_to(revision: Revision, authors: Iterable[int]) -> str:
    """What is needed before this goes live, and who cannot give it."""
    people = User.objects.filter(pk__in=authors).order_by("email")
    values = {
        "language": language_called(revision.edition.language),
        "number": revision.number,
        "people": pgettext("between the parts of a list", ", ").join(
            person.email for person in people
        ),
    }
    if not values["people"]:
        return (
            gettext("%(language)s, revision %(number)s: a reviewer has to approve it first.")
            % values
        )
    return (
        gettext(
            "%(language)s, revision %(number)s: a reviewer has to approve it first, who is none "
            "of those that wrote it: %(people)s."
        )
        % values
    )

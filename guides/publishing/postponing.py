"""A check put off, and what readers left behind seen to: the small acts of the review board."""

from __future__ import annotations

import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from guides.models import EditorialEvent, Feedback, Guide, PageStamp, SearchMiss, User

from .refusals import NotPublishable, Refusal

#: From the day it is asked for.
LONGEST_DAYS = 90
#: Characters of a reason, as everywhere.
LONGEST_REASON = 300
#: How much of a query an event is named after.
ABOUT = 80


@transaction.atomic
def postpone(
    *,
    guide: Guide,
    to: datetime.date,
    because: str,
    by: User,
    today: datetime.date | None = None,
) -> None:
    """Let the next check of the guide be due on that day, at most `LONGEST_DAYS` from today,
    which is that of the site where it is not given.

    Nothing was checked, so the day of the last check stays what it is. Raises `NotPublishable`
    without a reason, and where the day is not after today or after the one it has, or too far.
    """
    guide.refresh_from_db(from_queryset=Guide.objects.select_for_update())
    because = because.strip()
    today = today or timezone.localdate()
    refusals = []
    latest = today + datetime.timedelta(days=LONGEST_DAYS)
    earliest = max(today, guide.review_by or today) + datetime.timedelta(days=1)
    if not earliest <= to <= latest:
        if earliest > latest:
            words = gettext("It is due later than in 90 days already.")
        else:
            words = gettext("Choose a day from %(first)s to %(last)s.") % {
                "first": earliest.isoformat(),
                "last": latest.isoformat(),
            }
        refusals.append(Refusal("", "to", words, code="day"))
    if not because or len(because) > LONGEST_REASON:
        why = _("Say in one sentence why it can wait.")
        refusals.append(Refusal("", "because", why, code="no-reason"))
    if refusals:
        raise NotPublishable(refusals)
    before, guide.review_by = guide.review_by, to
    guide.save(update_fields=["review_by"])
    EditorialEvent.objects.create(
        kind=EditorialEvent.Kind.POSTPONED,
        about=guide.slug,
        by=by,
        details={
            "before": before.isoformat() if before else None,
            "to": to.isoformat(),
            "because": because,
        },
    )
    PageStamp.objects.rise()


@transaction.atomic
def handle_feedback(*, newest: Feedback, by: User) -> int:
    """See to what readers said: this, and the same sentence about the same part that came before
    it. How many there were; 0 where somebody else has seen to them."""
    same = Feedback.objects.filter(
        edition=newest.edition_id, part=newest.part, sentence=newest.sentence, handled_at=None
    )
    edition = newest.edition
    count = same.filter(pk__lte=newest.pk).update(handled_at=timezone.now())
    if count:
        EditorialEvent.objects.create(
            kind=EditorialEvent.Kind.FEEDBACK_HANDLED,
            about=edition.guide.slug,
            language=edition.language,
            by=by,
            # Not the sentence: this is kept for good, and a reader may have named somebody.
            details={"part": newest.part, "count": count},
        )
    return count


@transaction.atomic
def handle_miss(*, newest: SearchMiss, by: User) -> int:
    """See to a query that found nothing: on this day, and on those before. How many times it was
    sent; 0 where somebody else has seen to it."""
    same = SearchMiss.objects.filter(
        query=newest.query, language=newest.language, handled_at=None, day__lte=newest.day
    )
    times = sum(same.select_for_update().values_list("times", flat=True))
    if times:
        same.update(handled_at=timezone.now())
        EditorialEvent.objects.create(
            kind=EditorialEvent.Kind.MISS_HANDLED,
            about=newest.query[:ABOUT],
            language=newest.language,
            by=by,
            details={"query": newest.query, "times": times},
        )
    return times

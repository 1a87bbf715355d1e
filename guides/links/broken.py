"""What the desk shows of links that lead nowhere, and what an editor does about one."""

from __future__ import annotations

from collections.abc import Collection

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from guides.models import Edition, EditorialEvent, LinkCheck, User
from guides.publishing.refusals import NotPublishable, Refusal

from .addresses import linking_editions, links_in

#: Told apart from a passing failure: so often in a row.
TIMES = 2
LONGEST_REASON: int = LinkCheck._meta.get_field("ignored_because").max_length or 0


def failing() -> QuerySet[LinkCheck]:
    """Links that lead nowhere, longest first; ignored ones aside, and those that failed only
    once in a way that may pass."""
    lasting = Q(answer__in=[LinkCheck.Answer.GONE, LinkCheck.Answer.NOT_ASKED])
    found = LinkCheck.objects.filter(lasting | Q(failures__gte=TIMES), failing_since__isnull=False)
    return found.filter(ignored_because="").order_by("failing_since", "pk")


def texts_leading_to(addresses: Collection[str]) -> dict[str, Edition]:
    """By address a live text that leads there, the first by its guide's address. One query, none
    where nothing is asked for."""
    found: dict[str, Edition] = {}
    for edition in linking_editions() if addresses else ():
        assert edition.live is not None
        for address in links_in(edition.live.revision.body):
            if address in addresses:
                found.setdefault(address, edition)
    return found


def retry(address: str) -> bool:
    """Have it asked with the next round; False where it is not among those that are."""
    return bool(LinkCheck.objects.filter(address=address).update(checked_at=None))


@transaction.atomic
def ignore(*, address: str, because: str, by: User) -> None:
    """Show it no more as broken, as long as it fails in the same way. Raises `NotPublishable`
    without a reason, and `LinkCheck.DoesNotExist`."""
    because = because.strip()
    if not because or len(because) > LONGEST_REASON:
        words = _("Say in one sentence why this link is left as it is.")
        raise NotPublishable([Refusal("", "because", words, code="no-reason")])
    check = LinkCheck.objects.select_for_update().get(address=address)
    check.ignored_because = because
    check.save(update_fields=["ignored_because"])
    EditorialEvent.objects.create(
        kind=EditorialEvent.Kind.LINK_IGNORED,
        about=address[: EditorialEvent._meta.get_field("about").max_length],
        by=by,
        details={"address": address, "answer": check.answer, "reason": because},
    )

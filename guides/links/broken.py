"""What the desk shows of links that lead nowhere, and what an editor does about one."""

from __future__ import annotations

import datetime
from collections import defaultdict
from dataclasses import dataclass

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from guides.models import EditorialEvent, LinkCheck, Source, User
from guides.publishing.refusals import NotPublishable, Refusal

from .addresses import linking_editions, links_in

#: Told apart from a passing failure: so often in a row.
TIMES = 2
LONGEST_REASON: int = LinkCheck._meta.get_field("ignored_because").max_length or 0


@dataclass(frozen=True, slots=True)
class Use:
    """What leads to an address: a source, by its key, or a live text in one language."""

    pk: int
    title: str
    source: str = ""
    slug: str = ""
    language: str = ""
    #: Of a source: its address leads there, and not the archived one.
    is_address: bool = False
    #: Of a source whose address it is: where there is a stored copy.
    archived_address: str = ""


@dataclass(frozen=True, slots=True)
class BrokenLink:
    """An address that does not answer as it should, since when, and what leads there."""

    address: str
    answer: LinkCheck.Answer
    status: int | None
    since: datetime.datetime
    times: int
    #: None: it is asked again with the next round.
    checked_at: datetime.datetime | None
    uses: tuple[Use, ...]

    @property
    def is_perhaps_a_block(self) -> bool:
        """Whether it answers, and only refuses to answer programs."""
        return self.answer == LinkCheck.Answer.REFUSED


def broken() -> list[BrokenLink]:
    """Links that lead nowhere, longest first; ignored ones aside, and those that failed only
    once in a way that may pass. One query where all is well, else three."""
    checks = list(failing())
    if not checks:
        return []
    uses = uses_of({check.address for check in checks})
    return [
        BrokenLink(
            address=check.address,
            answer=LinkCheck.Answer(check.answer),
            status=check.status,
            since=check.failing_since,
            times=check.failures,
            checked_at=check.checked_at,
            uses=tuple(uses[check.address]),
        )
        for check in checks
        if check.failing_since and uses[check.address]  # what nothing leads to any more is no link
    ]


def failing() -> QuerySet[LinkCheck]:
    """The rows of such links, longest first."""
    lasting = Q(answer__in=[LinkCheck.Answer.GONE, LinkCheck.Answer.NOT_ASKED])
    found = LinkCheck.objects.filter(lasting | Q(failures__gte=TIMES), failing_since__isnull=False)
    return found.filter(ignored_because="").order_by("failing_since", "pk")


def uses_of(addresses: set[str]) -> dict[str, list[Use]]:
    """What leads to each of these addresses. Two queries."""
    found: dict[str, list[Use]] = defaultdict(list)
    for source in Source.objects.all():
        title = source.title_in(get_language() or "")
        if source.address in addresses:
            found[source.address].append(
                Use(source.pk, title, source.key, "", "", True, source.archived_address)
            )
        if source.archived_address in addresses - {source.address}:
            found[source.archived_address].append(Use(source.pk, title, source.key))
    for edition in linking_editions():
        assert edition.live is not None
        text = edition.live.revision
        for address in addresses.intersection(links_in(text.body)):
            found[address].append(
                Use(edition.guide_id, text.title, "", edition.guide.slug, edition.language)
            )
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

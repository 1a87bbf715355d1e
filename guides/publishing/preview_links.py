"""Links by which people without an account see one revision, for a while."""

from __future__ import annotations

import datetime
import hashlib
import secrets

from django.db import transaction
from django.utils import timezone

from guides.models import EditorialEvent, PreviewLink, Revision, User

from .going_live import record

#: For how many days a link may lead somewhere.
DAYS = (1, 7, 30)
#: 256 bits: nobody finds one by trying.
TOKEN_BYTES = 32


@transaction.atomic
def share(*, revision: Revision, by: User, days: int) -> tuple[PreviewLink, str]:
    """A new link and its token, which is kept nowhere: whoever loses it makes another."""
    if days not in DAYS:
        raise ValueError(f"a link lasts {DAYS} days")
    token = secrets.token_urlsafe(TOKEN_BYTES)
    now = timezone.now()
    link = PreviewLink.objects.create(
        token_digest=digest_of(token),
        revision=revision,
        made_by=by,
        made_at=now,
        expires_at=now + datetime.timedelta(days=days),
    )
    record(
        EditorialEvent.Kind.PREVIEW_SHARED,
        revision.edition,
        by,
        revision=revision.number,
        until=link.expires_at.isoformat(),
    )
    return link, token


@transaction.atomic
def end(*, link: PreviewLink, by: User) -> bool:
    """The link leads nowhere from now on; False where it did already."""
    now = timezone.now()
    ended = PreviewLink.objects.open(now).filter(pk=link.pk).update(ended_at=now)
    if ended:
        revision = link.revision
        record(EditorialEvent.Kind.PREVIEW_ENDED, revision.edition, by, revision=revision.number)
    return bool(ended)


def opened(token: str) -> PreviewLink | None:
    """The link of that token, while it leads somewhere. One query."""
    links = PreviewLink.objects.open(timezone.now())
    return (
        links.select_related("revision__edition__guide", "revision__edition__live")
        .filter(token_digest=digest_of(token))
        .first()
    )


def digest_of(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()

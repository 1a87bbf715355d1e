"""Giving a guide another address: the old one leads to it for good, wherever it is named."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from guides.models import EditorialEvent, Guide, OldSlug, PageStamp, Revision, User

from .facts import in_order, present_facts, without_checking
from .files import digest_of
from .going_live import render_linking
from .refusals import NotPublishable, Refusal

SLUG = re.compile(r"[a-z0-9-]{1,80}", re.ASCII)


@transaction.atomic
def rename(*, guide: Guide, to: str, by: User | None) -> None:
    """Give it that address. Texts, facts and bundled files may go on naming the old one; what is
    live is rendered again, so that its links lead straight there.

    Raises `NotPublishable` where the address cannot be one, or is or was another guide's. Back
    to an address that it had itself is fine. Nothing happens where it is there already.
    """
    guide.refresh_from_db(from_queryset=Guide.objects.select_for_update())
    if to == guide.slug:
        return
    why = refusal(guide, to)
    if why is not None:
        raise NotPublishable([why])
    before, old = OldSlug.objects.present(), guide.slug
    OldSlug.objects.filter(slug=to).delete()
    OldSlug.objects.create(slug=old, guide=guide)
    guide.slug = to
    guide.save(update_fields=["slug"])
    keep_what_was_loaded(before, OldSlug.objects.present())
    render_linking({to}, ())
    EditorialEvent.objects.create(
        kind=EditorialEvent.Kind.RENAMED, about=to, by=by, details={"before": old, "after": to}
    )
    PageStamp.objects.rise()


def refusal(guide: Guide | None, to: str) -> Refusal | None:
    """Why a guide, or a new one, cannot have that address."""
    if not SLUG.fullmatch(to):
        return Refusal("", "slug", _("Use small letters, digits and hyphens."), code="slug")
    others = Guide.objects.exclude(pk=guide.pk) if guide else Guide.objects.all()
    other = others.called(to).first()
    if other is None:
        return None
    if other.slug == to:
        words = _("There is a guide at this address already.")
    else:
        words = _("This address leads to a guide that had it before.")
    return Refusal("", "slug", words, code="taken", slug=other.slug)


def keep_what_was_loaded(before: Mapping[str, str], after: Mapping[str, str]) -> None:
    """Facts that were loaded and name the guide by its old address count as loaded still: without
    this, guides that nobody edited would look edited.

    `before` and `after`: the present address by each old one, around the renaming.
    """
    rows = Revision.objects.filter(facts__isnull=False).exclude(edition__guide__loaded_digest="")
    for guide, loaded, facts in rows.values_list(
        "edition__guide", "edition__guide__loaded_digest", "facts"
    ):
        if digest_with(facts, before) == loaded and digest_with(facts, after) != loaded:
            Guide.objects.filter(pk=guide).update(loaded_digest=digest_with(facts, after))


def digest_with(facts: Mapping[str, Any], present: Mapping[str, str]) -> str:
    return digest_of(without_checking(present_facts(in_order(facts), present)))

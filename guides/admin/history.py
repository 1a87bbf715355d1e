"""The revisions of a guide: all of them, one of them, and back to one."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from guides.differences import compare, folded
from guides.models import Guide, Publication, Revision, User
from guides.publishing import mark_checked, restore
from guides.templatetags.reading import language_name

from .conflict import in_words, label_of
from .page import Page

if TYPE_CHECKING:
    from .guides import GuideAdmin


@require_safe
def revisions(request: HttpRequest, admin: GuideAdmin, guide: Guide) -> HttpResponse:
    """Every revision of every language, newest first, and what of it readers got. Four queries."""
    if not admin.has_view_permission(request, guide):
        raise PermissionDenied
    kept = (
        Revision.objects.filter(edition__guide=guide)
        .select_related("made_by", "edition")
        .defer("body", "facts", "source_digests")
    )
    live = Publication.objects.filter(edition__guide=guide).select_related("published_by")
    by_revision: dict[int, list[Publication]] = {}
    for publication in live.order_by("published_at"):
        by_revision.setdefault(publication.revision_id, []).append(publication)
    page = Page(guide)
    columns = [
        (
            column,
            [
                (revision, by_revision.get(revision.pk, []))
                for revision in kept
                if revision.edition.language == column.language
            ],
        )
        for column in page.columns
    ]
    context = admin.context(request, guide, _("Revisions")) | {"page": page, "columns": columns}
    return render(request, "admin/guides/guide/revisions.html", context)


def kept_revision(guide: Guide, language: str, number: int) -> Revision:
    return get_object_or_404(
        Revision.objects.select_related(
            "edition__guide", "edition__latest", "edition__live", "made_by"
        ),
        edition__guide=guide,
        edition__language=language,
        number=number,
    )


@require_safe
def revision(
    request: HttpRequest, admin: GuideAdmin, pk: int, language: str, number: int
) -> HttpResponse:
    """One revision: what it changed, then the whole of it."""
    guide = admin.guide_to_view(request, pk)
    shown = kept_revision(guide, language, number)
    before = Revision.objects.filter(edition=shown.edition, number__lt=number).first()
    title = _("Revision %(number)s, %(language)s") % {
        "number": number,
        "language": language_name(language),
    }
    context = admin.context(request, guide, title) | {
        "page": Page(guide),
        "revision": shown,
        "before": before,
        "is_newest": shown.pk == shown.edition.latest_id,
        "texts": [
            (shown._meta.get_field(name).verbose_name, text)
            for name, text in shown.text().items()
            if text
        ],
        "changes": changes(before, shown) if before else (),
    }
    return render(request, "admin/guides/guide/revision.html", context)


def changes(before: Revision, after: Revision) -> list[tuple[str, object]]:
    """Each field that is not the same in both, under its name, with its marked lines."""
    old, new = before.text(), after.text()
    found = [
        (str(after._meta.get_field(name).verbose_name), old[name], new[name])
        for name in old
        if old[name] != new[name]
    ]
    if before.facts and after.facts:
        found += [
            (label_of(name), in_words(before.facts.get(name)), in_words(value))
            for name, value in after.facts.items()
            if before.facts.get(name) != value
        ]
    return [(label, folded(compare(was, now))) for label, was, now in found]


@require_POST
def restore_revision(
    request: HttpRequest, admin: GuideAdmin, pk: int, language: str, number: int
) -> HttpResponse:
    guide = admin.guide_to_change(request, pk)
    made = restore(revision=kept_revision(guide, language, number), by=request.user)
    messages.success(
        request,
        _("%(language)s: draft %(made)s has the text of revision %(number)s.")
        % {"language": language_name(language), "made": made.number, "number": number},
    )
    return redirect("admin:guides_guide_change", guide.pk)


@require_POST
def checked(request: HttpRequest, admin: GuideAdmin, pk: int) -> HttpResponse:
    """Compared with the live pages of its sources today, where the editor is; nothing changed."""
    guide = admin.guide_to_view(request, pk)
    if not admin.has_checking_permission(request):
        raise PermissionDenied
    mark(request, guide)
    return redirect(came_from(request) or guide_address(guide))


def mark(request: HttpRequest, guide: Guide) -> None:
    today = today_of(request.user)
    mark_checked(guide=guide, by=request.user, on=today)
    messages.success(
        request,
        _("%(title)s: checked on %(day)s, next review by %(review)s.")
        % {
            "title": Page(guide).title,
            "day": today.isoformat(),
            "review": guide.review_by.isoformat(),
        },
    )


def guide_address(guide: Guide) -> str:
    return reverse("admin:guides_guide_change", args=[guide.pk])


def came_from(request: HttpRequest) -> str | None:
    """The page of this site on which the button stood: the list, with its filters, or the guide."""
    address = request.headers.get("Referer", "")
    is_ours = url_has_allowed_host_and_scheme(
        address, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return address if is_ours else None


def today_of(user: User) -> datetime.date:
    try:
        zone = ZoneInfo(user.time_zone)
    except (ZoneInfoNotFoundError, ValueError):
        zone = ZoneInfo(settings.TIME_ZONE)
    return timezone.localdate(timezone=zone)

"""Releases on the desk: all of them, one of them, and the way there from a guide."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial, update_wrapper
from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Prefetch, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import URLPattern, path
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods

from guides.models import Guide, Release, ReleaseItem, Revision
from guides.publishing import NotPublishable, releases
from guides.publishing.releases import ReleaseChanged

from .release_for_guide import for_guide
from .release_page import (
    NameForm,
    ReleasePage,
    TimeForm,
    newest_of,
    own_time,
    tell_time,
    titles_of,
    to_release,
)  # fmt: skip

#: Of those that are over, the list shows the newest.
MOST_OVER = 50
ALL_ITEMS = Prefetch(
    "items", ReleaseItem.objects.select_related("edition__guide").only(
        "release", "edition__language", "edition__guide__slug"
    ), to_attr="held",
)  # fmt: skip


@admin.register(Release)
class ReleaseAdmin(admin.ModelAdmin):
    """Read by whoever may read drafts; made and changed by whoever may publish."""

    def has_module_permission(self, request: HttpRequest) -> bool:
        return self.has_view_permission(request)

    def has_view_permission(self, request: HttpRequest, obj: Release | None = None) -> bool:
        return request.user.has_perm("guides.view_guide")

    def has_add_permission(self, request: HttpRequest) -> bool:
        return self.has_change_permission(request)

    def has_change_permission(self, request: HttpRequest, obj: Release | None = None) -> bool:
        return self.has_view_permission(request) and request.user.has_perm("guides.publish_guide")

    def has_delete_permission(self, request: HttpRequest, obj: Release | None = None) -> bool:
        return False

    def get_urls(self) -> list[URLPattern]:
        def page(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
            return self.admin_site.admin_view(update_wrapper(partial(self.answer, view), view))

        return [
            path("", page(all_releases), name="guides_release_changelist"),
            path("add/", page(begin), name="guides_release_add"),
            path("<int:pk>/change/", page(one_release), name="guides_release_change"),
            path("<int:pk>/cancel/", page(cancel), name="guides_release_cancel"),
            path("of/<int:pk>/", page(of_guide), name="guides_release_of"),
        ]

    def answer(
        self, view: Callable[..., HttpResponse], request: HttpRequest, **kwargs: Any
    ) -> HttpResponse:
        return view(request, self, **kwargs)

    def context(self, request: HttpRequest, title: str) -> dict[str, Any]:
        return self.admin_site.each_context(request) | {
            "opts": self.opts,
            "title": title,
            "can_publish": self.has_change_permission(request),
        }

    def release_at(self, request: HttpRequest, pk: int) -> Release:
        if not self.has_view_permission(request):
            raise PermissionDenied
        if pk >= 2**63:
            raise Http404
        return get_object_or_404(Release.objects.select_related("made_by", "scheduled_by"), pk=pk)


# --- All of them ---------------------------------------------------------------------------


@require_http_methods(["GET", "HEAD"])
def all_releases(request: HttpRequest, admin: ReleaseAdmin) -> HttpResponse:
    """What has its time, what is being put together, and what is over. Seven queries at most."""
    if not admin.has_view_permission(request):
        raise PermissionDenied
    over = Release.objects.filter(state__in=[Release.State.LIVE, Release.State.CANCELLED])
    groups = {
        "timed": listed(releases.scheduled()),
        "open": listed(releases.being_made()),
        "over": listed(over.order_by("-ended_at", "-pk")[:MOST_OVER]),
    }
    slugs = {
        item.edition.guide.slug for rows in groups.values() for one in rows for item in one.held
    }
    titles = titles_of(slugs)
    context = admin.context(request, gettext("Publish together")) | {
        name: [
            (
                release,
                releases.when(release),
                own_time(release, request.user),
                [f"{titles[slug][1]}" for slug in slugs_of(release) if slug in titles],
            )
            for release in rows
        ]
        for name, rows in groups.items()
    }
    return render(request, "admin/guides/release/list.html", context)


def listed(found: QuerySet[Release]) -> list[Any]:
    return list(found.select_related("made_by", "scheduled_by").prefetch_related(ALL_ITEMS))


def slugs_of(release: Any) -> list[str]:
    return list(dict.fromkeys(item.edition.guide.slug for item in release.held))


@require_http_methods(["GET", "HEAD", "POST"])
def begin(request: HttpRequest, admin: ReleaseAdmin) -> HttpResponse:
    if not admin.has_add_permission(request):
        raise PermissionDenied
    form = NameForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        release = releases.make(name=form.cleaned_data["name"], by=request.user)
        return to_release(release)
    context = admin.context(request, gettext("Begin a release")) | {"form": form}
    status = 422 if form.is_bound else 200
    return render(request, "admin/guides/release/add.html", context, status=status)


# --- One of them ---------------------------------------------------------------------------


@require_http_methods(["GET", "HEAD", "POST"])
def one_release(request: HttpRequest, admin: ReleaseAdmin, pk: int) -> HttpResponse:
    release = admin.release_at(request, pk)
    if request.method != "POST":
        page = ReleasePage(release, request.user)
        page.keep_time(request.GET)
        return show(request, admin, page)
    if not admin.has_change_permission(request):
        raise PermissionDenied
    page = ReleasePage(release, request.user, request.POST)
    if not page.is_over and not page.name.is_valid():
        page.bind_time()
        page.refuse_form(page.name)
        return show(request, admin, page, gettext("Nothing was changed yet"), 422)
    try:
        return act(request, admin, page)
    except ReleaseChanged:
        return changed(request, admin, pk)


def act(request: HttpRequest, admin: ReleaseAdmin, page: ReleasePage) -> HttpResponse:
    """Every button keeps the name, and an open release takes in what was ticked, first."""
    release, by = page.release, request.user
    if page.is_over:
        raise ReleaseChanged
    action, _colon, which = request.POST.get("do", "").partition(":")
    with transaction.atomic():
        if page.name.cleaned_data["name"] != release.name:
            releases.rename(release=release, name=page.name.cleaned_data["name"])
        added = newest_of(request.POST.getlist("add")) if page.is_open else []
        if action == "take":
            added += newest_of([which])
        if added:
            releases.put_in(release=release, revisions=added)
        if action == "remove" and which.isascii() and which.isdigit() and len(which) < 16:
            releases.take_out(release=release, editions=[int(which)])
    seen = [int(key) for key in request.POST.get("seen", "").split(",") if key.isdigit()]
    seen = with_added(page, seen, added)
    if action == "schedule":
        return give_time(request, admin, page, seen)
    try:
        if action == "publish":
            releases.publish_now(release=release, by=by, seen=seen)
            messages.success(
                request, gettext("“%(name)s” is live, all of it.") % {"name": release.name}
            )
            return to_release(release)
        if action == "check":
            if refusals := releases.check(release=release, by=by):
                raise NotPublishable(refusals)
            messages.success(
                request, gettext("Nothing stands in the way: all of this could go live now.")
            )
    except NotPublishable as refused:
        return refuse(request, admin, release, refused)
    if action == "unschedule":
        releases.take_time_away(release=release, by=by)
        messages.success(
            request, gettext("It has no time any more. What is in it can be changed again.")
        )
    return to_release(release, page.typed_time() if action != "unschedule" else "")


def with_added(page: ReleasePage, seen: list[int], added: list[Revision]) -> list[int]:
    """The revisions that whoever sent the form means: those of the page, with what it adds."""
    new = {one.edition_id: one.pk for one in added}
    replaced = {one.revision.pk for one in page.items if one.edition.pk in new}
    return [pk for pk in seen if pk not in replaced] + list(new.values())


def give_time(
    request: HttpRequest, admin: ReleaseAdmin, page: ReleasePage, seen: list[int]
) -> HttpResponse:
    release = page.release
    time = TimeForm(request.POST)
    if not time.is_valid():
        page = ReleasePage(release, request.user, request.POST)
        page.time = time
        page.refuse_form(time)
        return show(request, admin, page, gettext("It has no new time yet"), 422)
    given = time.cleaned_data
    try:
        releases.give_time(
            release=release, at=given["at"], zone=given["zone"], by=request.user, seen=seen
        )
    except NotPublishable as refused:
        return refuse(request, admin, release, refused)
    tell_time(request, release, time)
    return to_release(release)


def refuse(
    request: HttpRequest, admin: ReleaseAdmin, release: Release, refused: NotPublishable
) -> HttpResponse:
    """The page once more, with everything that stands in the way and what was typed."""
    release.refresh_from_db()
    page = ReleasePage(release, request.user, request.POST)
    page.ticked = set()  # they are in it by now
    page.bind_time()
    if request.POST.get("do") != "schedule":
        page.keep_time(request.POST)
    page.refuse(refused.refusals)
    summary = gettext("This cannot go live yet") if page.is_open else gettext("Nothing was changed")
    return show(request, admin, page, summary, 422)


def changed(request: HttpRequest, admin: ReleaseAdmin, pk: int) -> HttpResponse:
    """Somebody else was quicker: what it is now, with what was typed and ticked."""
    release = admin.release_at(request, pk)
    page = ReleasePage(release, request.user, request.POST)
    page.keep_time(request.POST)
    summary = gettext(
        "Somebody changed this release meanwhile. This is what it is now; look it over and press "
        "the button again."
    )
    return show(request, admin, page, summary, 409)


def show(
    request: HttpRequest,
    admin: ReleaseAdmin,
    page: ReleasePage,
    summary: str = "",
    status: int = 200,
) -> HttpResponse:
    word = request.GET.get("q", "").strip()[:100]
    can_add = page.is_open and admin.has_change_permission(request)
    drafts, has_more = page.drafts(word) if can_add else ([], False)
    context = admin.context(request, page.release.name) | {
        "page": page,
        "release": page.release,
        "summary": summary,
        "word": word,
        "drafts": [(one, str(one.pk) in page.ticked) for one in drafts],
        "has_more": has_more,
    }
    return render(request, "admin/guides/release/one.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
def cancel(request: HttpRequest, admin: ReleaseAdmin, pk: int) -> HttpResponse:
    """Asked once more, since it cannot be taken back."""
    release = admin.release_at(request, pk)
    if not admin.has_change_permission(request):
        raise PermissionDenied
    page = ReleasePage(release, request.user)
    if page.is_over:
        return to_release(release)
    if request.method == "POST":
        try:
            releases.cancel(release=release, by=request.user)
        except ReleaseChanged:
            return to_release(release)
        words = gettext("“%(name)s” was cancelled. Its drafts are kept.")
        messages.success(request, words % {"name": release.name})
        return redirect("admin:guides_release_changelist")
    context = admin.context(request, gettext("Cancel the release")) | {
        "page": page,
        "release": release,
    }
    return render(request, "admin/guides/release/cancel.html", context)


def of_guide(request: HttpRequest, admin: ReleaseAdmin, pk: int) -> HttpResponse:
    """Take the newest drafts of a guide into a release, with the guide's own permissions."""
    return for_guide(request, admin.admin_site.get_model_admin(Guide), pk)

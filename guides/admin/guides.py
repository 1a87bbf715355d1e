"""Guides on the desk: the list, and the addresses of everything done with one."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial, update_wrapper
from typing import Any

from django.conf import settings
from django.contrib import admin
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.db.models import Exists, F, OuterRef, Prefetch, Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from guides.board import shown_title
from guides.models import Edition, Guide
from guides.templatetags.reading import language_name, short_language_name

from . import (
    autosave,
    compare,
    desk,
    history,
    in_and_out,
    preview,
    preview_links,
    release_for_guide,
    review,
    usage,
    withdrawing,
)  # fmt: skip
from .choices import choices

desk.ACTS.update(review.ACTS | release_for_guide.ACTS)

LISTED = Edition.objects.select_related("live__revision", "latest").only(
    "guide", "language", "review_state", "behind", "live__revision__number", "latest__number"
)


class KindFilter(admin.SimpleListFilter):
    """Terms are many, and looked up by themselves: there is a word for all the rest."""

    title = _("kind")
    parameter_name = "kind"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [("guides", _("Guides, without terms")), *Guide.Kind.choices]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Guide]) -> QuerySet[Guide]:
        if self.value() == "guides":
            return queryset.exclude(kind=Guide.Kind.TERM)
        return queryset.filter(kind=self.value()) if self.value() in Guide.Kind else queryset


class ReviewFilter(admin.SimpleListFilter):
    title = _("check")
    parameter_name = "review"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [("due", _("Due for review")), ("unchecked", _("Never checked"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Guide]) -> QuerySet[Guide]:
        if self.value() == "due":
            return queryset.filter(review_by__lt=timezone.localdate())
        if self.value() == "unchecked":
            return queryset.filter(checked_on__isnull=True)
        return queryset


class EditionFilter(admin.SimpleListFilter):
    title = _("languages")
    parameter_name = "editions"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        missing = [
            (code, gettext("Not live in %(language)s") % {"language": language_name(code)})
            for code, _name in settings.LANGUAGES
        ]
        return [
            ("draft", _("With an unpublished draft")),
            ("in-review", _("In review")),
            ("behind", _("With a translation behind")),
            *missing,
        ]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Guide]) -> QuerySet[Guide]:
        here = Edition.objects.filter(guide=OuterRef("pk"))
        if self.value() == "draft":
            unpublished = Q(live__isnull=True) | ~Q(live__revision=F("latest"))
            drafts = here.filter(unpublished, latest__isnull=False)
            return queryset.filter(Exists(drafts))
        if self.value() == "in-review":
            return queryset.filter(Exists(here.filter(review_state=Edition.ReviewState.IN_REVIEW)))
        if self.value() == "behind":
            return queryset.filter(Exists(here.live().filter(behind__isnull=False)))
        if self.value() in dict(settings.LANGUAGES):
            return queryset.exclude(Exists(here.live().filter(language=self.value())))
        return queryset


def state_in(code: str) -> Callable[[Guide], SafeString]:
    """The column that says how far a guide is in that language."""

    def state(guide: Guide) -> SafeString:
        edition = guide.edition(code)
        states = []
        if edition is not None and edition.live:
            live = gettext("Live %(number)s") % {"number": edition.live.revision.number}
            states.append(("chip", live))
        if edition is not None and edition.has_draft:
            number = {"number": edition.latest.number}
            in_review = edition.review_state == Edition.ReviewState.IN_REVIEW
            draft = gettext("In review: %(number)s") if in_review else gettext("Draft %(number)s")
            states.append(("chip chip-outline", draft % number))
        if edition is not None and edition.behind:
            behind = gettext("Behind: %(count)s") % {"count": edition.behind["changes"]}
            states.append(("desk-behind", behind))
        words = format_html_join(
            "", '<span class="{}">{}</span>', states or [("desk-missing", gettext("Missing"))]
        )
        name = short_language_name(code)
        return format_html('<span class="desk-state-of" data-label="{}">{}</span>', name, words)

    state.__name__ = f"state_{code}"
    state.short_description = language_name(code)  # type: ignore[attr-defined]
    return state


@admin.register(Guide)
class GuideAdmin(admin.ModelAdmin):
    list_filter = [KindFilter, "standing", ReviewFilter, EditionFilter]
    search_fields = ["slug", "editions__latest__title", "editions__latest__keywords"]
    search_help_text = _("Title, keywords or address")
    list_per_page = 100
    # How many there are in all is counted beside the list.
    show_full_result_count = False
    show_facets = admin.ShowFacets.NEVER
    ordering = ["kind", "position", "slug"]
    # No delete of what was published, and nothing else is done to many guides at once.
    actions = None

    # --- Who may ---------------------------------------------------------------------------

    def has_delete_permission(self, request: HttpRequest, obj: Guide | None = None) -> bool:
        return False

    def has_publish_permission(self, request: HttpRequest) -> bool:
        """What readers see is changed by those who may publish: live texts, checks, withdrawals."""
        return request.user.has_perm("guides.publish_guide")

    def has_review_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm("guides.review_guide")

    def has_checking_permission(self, request: HttpRequest) -> bool:
        """Comparing with the sources is done by those who answer for the texts, not who write."""
        return self.has_publish_permission(request) or self.has_review_permission(request)

    def guide_to_view(self, request: HttpRequest, pk: int) -> Guide:
        guide = get_object_or_404(Guide, pk=pk)
        if not self.has_view_permission(request, guide):
            raise PermissionDenied
        return guide

    def guide_to_change(self, request: HttpRequest, pk: int) -> Guide:
        guide = self.guide_to_view(request, pk)
        if not self.has_change_permission(request, guide):
            raise PermissionDenied
        return guide

    def guide_to_publish(self, request: HttpRequest, pk: int) -> Guide:
        guide = self.guide_to_view(request, pk)
        if not self.has_publish_permission(request):
            raise PermissionDenied
        return guide

    # --- The list --------------------------------------------------------------------------

    def get_queryset(self, request: HttpRequest) -> QuerySet[Guide]:
        return (
            super()
            .get_queryset(request)
            .annotate(shown_title=shown_title("pk"))
            .prefetch_related(Prefetch("editions", queryset=LISTED.all()))
        )

    def get_list_display(self, request: HttpRequest) -> list[Any]:
        columns = [
            "title",
            "kind",
            "standing",
            *(state_in(code) for code, _name in settings.LANGUAGES),
            "checked",
            "review",
        ]
        return [*columns, "nothing_changed"] if self.has_checking_permission(request) else columns

    @admin.display(description=_("title"), ordering="shown_title")
    def title(self, guide: Any) -> str:
        return guide.shown_title or guide.slug

    @admin.display(description=_("checked on"), ordering="checked_on")
    def checked(self, guide: Guide) -> str:
        return guide.checked_on.isoformat() if guide.checked_on else "–"

    @admin.display(description=_("next review by"), ordering="review_by")
    def review(self, guide: Guide) -> str | SafeString:
        if guide.review_by is None:
            return "–"
        if guide.is_overdue(timezone.localdate()):
            words = gettext("%(day)s, overdue") % {"day": guide.review_by.isoformat()}
            return format_html('<span class="desk-overdue">{}</span>', words)
        return guide.review_by.isoformat()

    @admin.display(description=_("check"))
    def nothing_changed(self, guide: Guide) -> SafeString:
        # The list stands in a form of its own: the button sends that one elsewhere.
        return format_html(
            '<button type="submit" class="button button-small" formaction="{}">{}</button>',
            reverse("admin:guides_guide_checked", args=[guide.pk]),
            gettext("Checked, nothing changed"),
        )

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        return super().changelist_view(request, {"title": _("All guides"), **(extra_context or {})})

    # --- Pages -----------------------------------------------------------------------------

    def get_urls(self) -> list[URLPattern]:
        def page(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
            return self.admin_site.admin_view(update_wrapper(partial(self.answer, view), view))

        one = "<int:pk>/revisions/<str:language>/<int:number>/"
        return [
            path(
                "<int:pk>/preview/<str:language>/", page(preview.typed), name="guides_guide_preview"
            ),
            path(one, page(history.revision), name="guides_guide_revision"),
            path(f"{one}preview/", page(preview.saved), name="guides_guide_saved"),
            path(f"{one}restore/", page(history.restore_revision), name="guides_guide_restore"),
            path(
                "<int:pk>/withdraw/<str:language>/",
                page(withdrawing.withdraw_edition),
                name="guides_guide_withdraw",
            ),
            path(
                "<int:pk>/compare/<str:language>/",
                page(compare.chosen),
                name="guides_guide_compare_chosen",
            ),
            path(
                "<int:pk>/compare/<str:language>/<int:a>/<int:b>/",
                page(compare.compare),
                name="guides_guide_compare",
            ),
            path("<int:pk>/autosave/", page(autosave.autosave), name="guides_guide_autosave"),
            path("<int:pk>/discard/", page(autosave.discard), name="guides_guide_discard"),
            path("<int:pk>/links/", page(preview_links.links), name="guides_guide_links"),
            path(
                "<int:pk>/links/<int:link>/end/",
                page(preview_links.end_link),
                name="guides_guide_link_end",
            ),
            path(
                "<int:pk>/review/<str:language>/", page(review.review), name="guides_guide_review"
            ),
            path("in-and-out/", page(in_and_out.in_and_out), name="guides_guide_in_and_out"),
            path("in-and-out/take/", page(in_and_out.take_out), name="guides_guide_take_out"),
            path("<int:pk>/used/", page(usage.used), name="guides_guide_used"),
            path("<int:pk>/rename/", page(usage.rename_guide), name="guides_guide_rename"),
            path("<int:pk>/checked/", page(history.checked), name="guides_guide_checked"),
            path("choices/", page(choices), name="guides_guide_choices"),
            *super().get_urls(),
        ]

    def answer(
        self, view: Callable[..., HttpResponse], request: HttpRequest, **kwargs: Any
    ) -> HttpResponse:
        return view(request, self, **kwargs)

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        return desk.edit(request, self, self.guide_at(object_id))

    def add_view(
        self, request: HttpRequest, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        return desk.add(request, self)

    def history_view(
        self, request: HttpRequest, object_id: str, extra_context: Any = None
    ) -> HttpResponse:
        return history.revisions(request, self, self.guide_at(object_id))

    def guide_at(self, object_id: str) -> Guide:
        number = unquote(object_id)
        if not (number.isascii() and number.isdigit() and len(number) < 16):
            raise Http404
        return get_object_or_404(Guide, pk=int(number))

    def context(self, request: HttpRequest, guide: Guide | None, title: str) -> dict[str, Any]:
        """What the frame of the desk shows around a page."""
        return self.admin_site.each_context(request) | {
            "opts": self.opts,
            "title": title,
            "guide": guide,
            "can_change": self.has_change_permission(request, guide),
            "can_publish": self.has_publish_permission(request),
            "due": guide is not None and guide.is_overdue(timezone.localdate()),
        }

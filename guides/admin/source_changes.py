"""Changes of the register of sources that wait, were applied or refused, and deciding on one."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from django import forms
from django.conf import settings
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from guides.differences import Line, compare
from guides.forms import Form
from guides.models import Source, SourceChange
from guides.publishing import NotAllowed, NotPublishable
from guides.publishing.sources import (
    COLUMNS,
    AlreadyDecided,
    ProposedAnew,
    StaleChange,
    apply_change,
    digest_of_change,
    facts_now,
    is_stale,
    refuse_change,
)
from guides.templatetags.reading import language_name
from guides.views.compared import replaced

from .records import ReadOnly, minute

#: Texts, compared character by character; of the others the whole value changes.
TEXTS = ("publisher", "address", "archived", "version")


class RefusalForm(Form):
    reason = forms.CharField(
        label=_("Why not"),
        max_length=SourceChange._meta.get_field("reason").max_length,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("For refusing: one sentence for whoever proposed it."),
    )


@admin.register(SourceChange)
class SourceChangeAdmin(ReadOnly):
    list_display = ["key", "what", "state", "who", "when", "decided", "reason"]
    list_filter = ["state"]
    list_select_related = ["proposed_by", "decided_by"]
    search_fields = ["key"]

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return request.user.has_perm("guides.view_source")

    def has_module_permission(self, request: HttpRequest) -> bool:
        return self.has_view_permission(request)

    @admin.display(description=_("what"))
    def what(self, change: SourceChange) -> str:
        return what(change)

    @admin.display(description=_("proposed by"), ordering="proposed_by")
    def who(self, change: SourceChange) -> str:
        return change.proposed_by.email if change.proposed_by else "–"

    @admin.display(description=_("proposed at"), ordering="proposed_at")
    def when(self, change: SourceChange) -> str:
        return minute(change.proposed_at)

    @admin.display(description=_("decided by"), ordering="decided_by")
    def decided(self, change: SourceChange) -> str:
        return change.decided_by.email if change.decided_by else "–"

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        title = {"title": gettext("Changes of sources")}
        return super().changelist_view(request, title | (extra_context or {}))

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        if not self.has_view_permission(request):
            raise PermissionDenied
        number = int(object_id) if object_id.isascii() and object_id.isdigit() else 0
        people = SourceChange.objects.select_related("proposed_by", "decided_by")
        change = get_object_or_404(people, pk=min(number, 2**62))
        if request.method == "POST":
            return self.decide(request, change)
        return self.show(request, change)

    def decide(self, request: HttpRequest, change: SourceChange) -> HttpResponse:
        is_own = change.proposed_by_id == request.user.pk
        may_decide = request.user.has_perm("guides.review_guide")
        applies = request.POST.get("do") == "apply"
        # Whoever proposed it may take it back.
        if not (may_decide or (is_own and not applies)):
            raise PermissionDenied
        form = RefusalForm(request.POST)
        if not form.is_valid():
            return self.show(request, change, form=form, status=422)
        try:
            said = self.answer(request, change, form.cleaned_data["reason"], applies=applies)
        except NotPublishable as refused:
            for one in refused.refusals:
                form.add_error("reason", str(one.message))
            return self.show(request, change, form=form, status=422)
        except NotAllowed as why:
            return self.show(request, change, form=form, problem=str(why), status=403)
        except StaleChange:
            words = gettext("The register has changed since this was proposed.")
            return self.show(request, change, form=form, problem=words, status=409)
        except ProposedAnew:
            words = gettext(
                "Something here has changed since. Look at it once more; nothing was done."
            )
            change.refresh_from_db()
            return self.show(request, change, form=form, problem=words, status=409)
        except AlreadyDecided:
            words = gettext("Somebody else has decided this meanwhile.")
            change.refresh_from_db()
            return self.show(request, change, problem=words, status=409)
        messages.success(request, said)
        return redirect("admin:guides_sourcechange_changelist")

    def answer(
        self, request: HttpRequest, change: SourceChange, reason: str, *, applies: bool
    ) -> str:
        """Do what was asked, and say so."""
        if applies:
            seen = request.POST.get("seen", "")
            for refusal in apply_change(change=change, by=request.user, seen=seen):
                messages.warning(request, str(refusal))
            return gettext("The register has it: %(key)s.") % {"key": change.key}
        refuse_change(change=change, by=request.user, reason=reason)
        return gettext("Refused; the register stays as it is: %(key)s.") % {"key": change.key}

    def show(
        self,
        request: HttpRequest,
        change: SourceChange,
        *,
        form: RefusalForm | None = None,
        problem: str = "",
        status: int = 200,
    ) -> HttpResponse:
        is_open = change.state == SourceChange.State.WAITING
        stale = is_open and is_stale(change)
        now = facts_now(change.key)
        is_own = change.proposed_by_id == request.user.pk
        may_decide = request.user.has_perm("guides.review_guide")
        context = self.admin_site.each_context(request) | {
            "opts": self.opts,
            "title": what(change),
            "change": change,
            "source": Source.objects.filter(key=change.key).first(),
            "form": form or RefusalForm(),
            "seen": digest_of_change(change),
            "problem": problem,
            "rows": list(rows(change.before, change.after)),
            "is_stale": stale,
            "since": list(rows(change.before, now)) if stale else [],
            "may_apply": is_open and may_decide and not stale and not needs_another(is_own),
            "may_refuse": is_open and (may_decide or is_own),
            "needs_another": is_open and needs_another(is_own),
        }
        return render(request, "admin/guides/sourcechange/change.html", context, status=status)


def needs_another(is_own: bool) -> bool:
    return is_own and bool(settings.EDITORIAL_FOUR_EYES)


def what(change: SourceChange) -> str:
    values = {"key": change.key}
    if change.before is None:
        return gettext("Add the source %(key)s") % values
    if change.after is None:
        return gettext("Remove the source %(key)s") % values
    return gettext("Change the source %(key)s") % values


def rows(
    before: Mapping[str, Any] | None, after: Mapping[str, Any] | None
) -> Iterator[tuple[str, tuple[Line, ...]]]:
    """The facts that differ, under their names."""
    old, new = before or {}, after or {}
    for code in {**(old.get("title") or {}), **(new.get("title") or {})}:
        titles = [(facts.get("title") or {}).get(code, "") for facts in (old, new)]
        if titles[0] != titles[1]:
            label = gettext("Title, %(language)s") % {"language": language_name(code)}
            yield label, tuple(compare(*titles))
    for name, column in COLUMNS.items():
        if name == "title" or old.get(name) == new.get(name):
            continue
        label = str(Source._meta.get_field(column).verbose_name)
        if name in TEXTS:
            yield label, tuple(compare(old.get(name) or "", new.get(name) or ""))
        else:
            yield label, replaced(said(column, old.get(name)), said(column, new.get(name)))


def said(column: str, value: Any) -> list[str]:
    if not value:
        return []
    if column == "language":
        return [language_name(value)]
    choices = dict(Source._meta.get_field(column).flatchoices)
    return [str(choices.get(value, value))]

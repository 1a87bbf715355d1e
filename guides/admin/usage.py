"""Where a guide is used, and changing its address once that was looked at."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django import forms
from django.contrib import messages
from django.core.validators import RegexValidator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext, pgettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from guides.forms import Form
from guides.publishing import NotPublishable
from guides.publishing.renaming import rename
from guides.usage import uses_of_guide

from .page import Page

if TYPE_CHECKING:
    from .guides import GuideAdmin


@require_safe
def used(request: HttpRequest, admin: GuideAdmin, pk: int) -> HttpResponse:
    guide = admin.guide_to_view(request, pk)
    context = admin.context(request, guide, _("Where it is used")) | {
        "page": Page(guide),
        "uses": uses_of_guide(guide),
        "old_slugs": guide.old_slugs.order_by("-since", "-pk"),
    }
    return render(request, "admin/guides/guide/used.html", context)


class RenameForm(Form):
    slug = forms.CharField(
        label=pgettext_lazy("of a guide", "New address"),
        max_length=80,
        validators=[
            RegexValidator(
                r"\A[a-z0-9-]+\Z", gettext_lazy("Use small letters, digits and hyphens."), "slug"
            )
        ],
        help_text=gettext_lazy(
            "Small letters, digits and hyphens. The old address leads here for good."
        ),
    )


@require_http_methods(["GET", "HEAD", "POST"])
def rename_guide(request: HttpRequest, admin: GuideAdmin, pk: int) -> HttpResponse:
    guide = admin.guide_to_publish(request, pk)
    slug = guide.slug
    form = RenameForm(request.POST if request.method == "POST" else None, initial={"slug": slug})
    if form.is_valid():
        try:
            rename(guide=guide, to=form.cleaned_data["slug"], by=request.user)
        except NotPublishable as refused:
            for why in refused.refusals:
                form.add_error("slug", str(why.message if why.field == "slug" else why))
            guide.slug = slug
        else:
            words = _("It is at “%(slug)s” now. Links to “%(before)s” still lead here.")
            if guide.slug != slug:
                messages.success(request, words % {"slug": guide.slug, "before": slug})
            return redirect("admin:guides_guide_change", guide.pk)
    context = admin.context(request, guide, pgettext("of a guide", "Change the address")) | {
        "page": Page(guide),
        "form": form,
        "uses": uses_of_guide(guide),
    }
    status = 422 if form.is_bound else 200
    return render(request, "admin/guides/guide/rename.html", context, status=status)

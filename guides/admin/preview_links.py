"""Links by which people without an account see one revision: making, listing and ending them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_http_methods, require_POST

from guides.forms import Form
from guides.models import Guide, PreviewLink, Revision
from guides.publishing import preview_links
from guides.templatetags.reading import language_name

from .page import Page

if TYPE_CHECKING:
    from .guides import GuideAdmin


class LinkForm(Form):
    """What somebody is to see, and for how long."""

    marks_optional = False

    revision = forms.ChoiceField(label=gettext_lazy("What they see"), widget=forms.RadioSelect)
    days = forms.TypedChoiceField(
        label=gettext_lazy("The link works for"), coerce=int, widget=forms.RadioSelect
    )

    def __init__(self, *args: Any, revisions: Sequence[Revision], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["revision"].choices = [(str(one.pk), name_of(one)) for one in revisions]
        self.fields["days"].choices = [
            (days, ngettext("%(days)s day", "%(days)s days", days) % {"days": days})
            for days in preview_links.DAYS
        ]


def name_of(revision: Revision) -> str:
    values = {
        "language": language_name(revision.edition.language),
        "number": revision.number,
        "title": Truncator(revision.title).chars(60),
    }
    if revision.edition.live and revision.edition.live.revision_id == revision.pk:
        return _("%(language)s, revision %(number)s, published: %(title)s") % values
    return _("%(language)s, revision %(number)s: %(title)s") % values


@require_http_methods(["GET", "HEAD", "POST"])
def links(request: HttpRequest, admin: GuideAdmin, pk: int) -> HttpResponse:
    """All links of a guide, and the form for one more. The address is shown by the answer that
    made it, and never again: only its digest is kept."""
    guide = admin.guide_to_change(request, pk)
    revisions = offered(request, guide)
    initial = {"revision": revisions[0].pk if revisions else "", "days": preview_links.DAYS[1]}
    data = request.POST if request.method == "POST" else None
    form = LinkForm(data, revisions=revisions, initial=initial)
    made = None
    if form.is_valid():
        chosen = next(one for one in revisions if str(one.pk) == form.cleaned_data["revision"])
        link, token = preview_links.share(
            revision=chosen, by=request.user, days=form.cleaned_data["days"]
        )
        made = link, request.build_absolute_uri(reverse("preview", args=[token]))
        form = LinkForm(revisions=revisions, initial=initial | {"revision": chosen.pk})
    context = admin.context(request, guide, _("Preview links")) | {
        "page": Page(guide),
        "form": form,
        "made": made,
        "links": listed(guide),
        "now": timezone.now(),
    }
    status = 422 if form.is_bound else 200
    return render(request, "admin/guides/guide/preview_links.html", context, status=status)


def offered(request: HttpRequest, guide: Guide) -> list[Revision]:
    """The newest and the live text of each language, and first the one that was asked for."""
    editions = guide.editions.select_related("live")
    wanted = {edition.latest_id for edition in editions}
    wanted |= {edition.live.revision_id for edition in editions if edition.live}
    asked = request.POST.get("revision") or request.GET.get("revision") or ""
    if asked.isascii() and asked.isdigit() and len(asked) < 16:
        wanted.add(int(asked))
    found = (
        Revision.objects.filter(pk__in=wanted, edition__guide=guide)
        .select_related("edition__live", "edition__guide")
        .defer("body", "facts")
    )

    def place(one: Revision) -> tuple[bool, bool, str, int]:
        is_asked = str(one.pk) == asked
        return not is_asked, not one.edition.is_source, one.edition.language, -one.number

    return sorted(found, key=place)


def listed(guide: Guide) -> list[PreviewLink]:
    """Every link of the guide, those that still work first."""
    found = (
        PreviewLink.objects.filter(revision__edition__guide=guide)
        .select_related("revision__edition", "made_by")
        .defer("revision__body", "revision__facts")
    )
    now = timezone.now()
    return sorted(found, key=lambda one: one.ended_at is not None or one.expires_at <= now)


@require_POST
def end_link(request: HttpRequest, admin: GuideAdmin, pk: int, link: int) -> HttpResponse:
    guide = admin.guide_to_change(request, pk)
    found = get_object_or_404(
        PreviewLink.objects.select_related("revision__edition__guide"),
        pk=link,
        revision__edition__guide=guide,
    )
    if preview_links.end(link=found, by=request.user):
        messages.success(request, _("The link leads nowhere from now on."))
    return redirect("admin:guides_guide_links", guide.pk)

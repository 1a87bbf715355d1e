"""What the review board does: put a check off, ask or ignore a link, see to what readers left."""

from __future__ import annotations

import datetime
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_http_methods, require_POST

from guides import links
from guides.board import shown_title
from guides.dates import DateField
from guides.models import Feedback, Guide, LinkCheck, SearchMiss
from guides.publishing import NotPublishable
from guides.publishing.postponing import (
    LONGEST_DAYS,
    LONGEST_REASON,
    handle_feedback,
    handle_miss,
    postpone,
)

from .forms import Form
from .history import came_from, today_of


class PostponeForm(Form):
    to = DateField(
        label=gettext_lazy("Until which day"),
        required=False,
        help_text=gettext_lazy("At most 90 days from today."),
    )
    because = forms.CharField(
        label=gettext_lazy("Why it can wait"),
        max_length=LONGEST_REASON,
        required=False,
        help_text=gettext_lazy("One sentence. It is kept with who did it."),
    )


class IgnoreForm(Form):
    because = forms.CharField(
        label=gettext_lazy("Why it is left as it is"),
        max_length=LONGEST_REASON,
        required=False,
        help_text=gettext_lazy("One sentence. It is kept with who did it."),
    )


def need(request: HttpRequest, right: str) -> None:
    if not request.user.has_perm(f"guides.{right}"):
        raise PermissionDenied


def back(request: HttpRequest) -> str:
    """The board as it was filtered: where the page was opened from, kept in its form."""
    kept = request.POST.get("back", "")
    is_ours = url_has_allowed_host_and_scheme(
        kept, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return kept if is_ours else came_from(request) or reverse("admin:index")


def to_board(request: HttpRequest) -> HttpResponse:
    return HttpResponseRedirect(back(request))


@require_http_methods(["GET", "HEAD", "POST"])
def put_off(request: HttpRequest, pk: int) -> HttpResponse:
    """A later day for the next check of a guide, and why."""
    need(request, "publish_guide")
    guide: Any = get_object_or_404(Guide.objects.annotate(shown_title=shown_title("pk")), pk=pk)
    form = PostponeForm(request.POST if request.method == "POST" else None)
    today = today_of(request.user)
    if form.is_valid():
        to: datetime.date = form.cleaned_data["to"] or today
        because = form.cleaned_data["because"]
        try:
            postpone(guide=guide, to=to, because=because, by=request.user, today=today)
        except NotPublishable as refused:
            for one in refused.refusals:
                form.add_error(one.field, str(one.message))
        else:
            words = _("%(title)s: the next check is due on %(day)s.")
            values = {"title": guide.shown_title or guide.slug, "day": to.isoformat()}
            messages.success(request, words % values)
            return to_board(request)
    last = today + datetime.timedelta(days=LONGEST_DAYS)
    form.fields["to"].widget.attrs |= {"max": last.isoformat()}
    return reason_page(
        request,
        form,
        title=_("Postpone the check"),
        about=guide.shown_title or guide.slug,
        said=[
            _("Last checked %(day)s.") % {"day": guide.checked_on.isoformat()}
            if guide.checked_on
            else _("It was never checked."),
            _("Readers keep seeing the day of the last check: nothing was checked."),
        ],
        button=_("Postpone"),
    )


@require_http_methods(["GET", "HEAD", "POST"])
def ignore_link(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a broken link no more, as long as it fails in this way, and say why."""
    need(request, "change_source")
    check = get_object_or_404(LinkCheck, pk=pk)
    form = IgnoreForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            because = form.cleaned_data["because"]
            links.ignore(address=check.address, because=because, by=request.user)
        except NotPublishable as refused:
            for one in refused.refusals:
                form.add_error(one.field, str(one.message))
        else:
            messages.success(
                request, _("The link is left as it is, as long as it fails like this.")
            )
            return to_board(request)
    return reason_page(
        request,
        form,
        title=_("Ignore a broken link"),
        about=check.address,
        said=[_("It comes back to the board once it fails in another way.")],
        button=_("Ignore"),
    )


def reason_page(
    request: HttpRequest, form: Form, *, title: str, about: str, said: list[str], button: str
) -> HttpResponse:
    context = admin.site.each_context(request) | {
        "title": title,
        "form": form,
        "about": about,
        "said": said,
        "button": button,
        "back": back(request),
    }
    status = 422 if form.is_bound else 200
    return render(request, "admin/board/reason.html", context, status=status)


@require_POST
def retry_link(request: HttpRequest, pk: int) -> HttpResponse:
    need(request, "change_source")
    check = get_object_or_404(LinkCheck, pk=pk)
    links.retry(check.address)
    messages.success(request, _("It is asked again within some minutes: %(address)s") % {
        "address": check.address
    })  # fmt: skip
    return to_board(request)


@require_POST
def feedback_handled(request: HttpRequest, pk: int) -> HttpResponse:
    need(request, "change_feedback")
    said = get_object_or_404(Feedback.objects.select_related("edition__guide"), pk=pk)
    tell_handled(request, handle_feedback(newest=said, by=request.user))
    return to_board(request)


@require_POST
def miss_handled(request: HttpRequest, pk: int) -> HttpResponse:
    need(request, "change_searchmiss")
    miss = get_object_or_404(SearchMiss, pk=pk)
    tell_handled(request, handle_miss(newest=miss, by=request.user))
    return to_board(request)


def tell_handled(request: HttpRequest, count: int) -> None:
    if not count:
        messages.info(request, _("Somebody else has seen to it already."))
        return
    words = ngettext("%(count)d was marked as handled.", "%(count)d were marked as handled.", count)
    messages.success(request, words % {"count": count})

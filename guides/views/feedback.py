"""Was a guide useful, and what is wrong in it: said without an account, a cookie or a name."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from ..feedback import NO, YES, FeedbackForm, is_full
from ..models import Edition
from ..passers_by import address_of, is_from_here, is_too_often
from .guide_page import live_edition

#: Sent from one address in so many seconds.
MOST_OFTEN, SECONDS = 20, 600


@csrf_exempt
@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def feedback(request: HttpRequest, slug: str) -> HttpResponse:
    """No token, so no cookie: that a form was sent from here the browser itself tells."""
    edition, _languages = live_edition(slug)
    if request.method == "POST":
        return take(request, edition)
    if "sent" in request.GET:
        return page(request, edition, "guides/feedback_sent.html")
    return page(request, edition, form=FeedbackForm(edition, initial=chosen(request, edition)))


def chosen(request: HttpRequest, edition: Edition) -> dict[str, str]:
    """What the link that led here says already."""
    useful, part = request.GET.get("useful", ""), request.GET.get("part", "")
    known = {one["id"] for one in edition.parts}
    return {
        "useful": useful if useful in {YES, NO} else "",
        "part": part if part in known else "",
    }


def take(request: HttpRequest, edition: Edition) -> HttpResponse:
    if not is_from_here(request):
        words = _("This was sent from another site. Write it here.")
        return page(request, edition, status=403, form=FeedbackForm(edition), error=words)
    form = FeedbackForm(edition, request.POST)
    if is_too_often("feedback", address_of(request), most=MOST_OFTEN, seconds=SECONDS):
        words = _("That was sent often. Try again in a few minutes; your text is still here.")
        return later(request, edition, form, words, SECONDS)
    if not form.is_valid():
        return page(request, edition, status=422, form=form)
    today = timezone.localdate()
    if is_full(edition, today):
        words = _("More came today than we can read. Send it tomorrow; your text is still here.")
        return later(request, edition, form, words, 3600)
    form.keep(today)
    return redirect(f"{reverse('guides:feedback', args=[edition.guide.slug])}?sent=1")


def later(
    request: HttpRequest, edition: Edition, form: FeedbackForm, error: str, seconds: int
) -> HttpResponse:
    response = page(request, edition, status=429, form=form, error=error)
    response["Retry-After"] = str(seconds)
    return response


def page(
    request: HttpRequest,
    edition: Edition,
    template: str = "guides/feedback.html",
    status: int = 200,
    **context: Any,
) -> HttpResponse:
    context |= {
        "edition": edition,
        "guide": edition.guide,
        "revision": edition.live.revision,
    }
    response = render(request, template, context, status=status)
    if request.method == "POST":
        response["Cache-Control"] = "no-store"
    return response

"""Review at the desk: a draft is sent, looked at against what readers get, and answered."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from django import forms
from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from guides.events import language_called
from guides.forms import Form
from guides.models import Edition, Guide, Review, Revision
from guides.publishing import (
    NotAllowed,
    NotInReview,
    NotPublishable,
    Refusal,
    StaleRevision,
    approve,
    send_back,
    submit,
)
from guides.publishing.four_eyes import authors_of, who_has_to
from guides.publishing.reviewing import is_open

from .conflict import in_words, label_of
from .desk import Act, Saved, publishing, show, tell_drafts, to_page
from .history import changes, kept_revision
from .page import Page

if TYPE_CHECKING:
    from .guides import GuideAdmin


class ReviewForm(Form):
    """The revision that the reviewer has before them, and why it goes back."""

    reason = forms.CharField(
        label=gettext_lazy("What has to change"),
        max_length=Review._meta.get_field("reason").max_length,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("For sending back: one or two sentences for whoever wrote it."),
    )
    revision = forms.IntegerField(widget=forms.HiddenInput, min_value=1)


@require_http_methods(["GET", "HEAD", "POST"])
def review(request: HttpRequest, admin: GuideAdmin, pk: int, language: str) -> HttpResponse:
    """What a draft changes, and the two answers to it."""
    guide = admin.guide_to_view(request, pk)
    if request.method != "POST":
        return show_review(request, admin, guide, language)
    if not admin.has_review_permission(request):
        raise PermissionDenied
    form = ReviewForm(request.POST)
    if not form.is_valid():
        return show_review(request, admin, guide, language, form=form, status=422)
    seen = kept_revision(guide, language, form.cleaned_data["revision"])
    try:
        said = answer(request, seen, form.cleaned_data["reason"])
    except NotPublishable as refused:
        for refusal in refused.refusals:
            form.add_error("reason", str(refusal.message))
        return show_review(request, admin, guide, language, form=form, status=422)
    except NotAllowed as why:
        return show_review(request, admin, guide, language, form=form, problem=str(why), status=403)
    except (NotInReview, StaleRevision):
        return show_review(
            request, admin, guide, language, form=form, problem=overtaken(seen), status=409
        )
    messages.success(request, said)
    return redirect("admin:guides_guide_change", guide.pk)


def answer(request: HttpRequest, seen: Revision, reason: str) -> str:
    """Give the answer of the button that was pressed; what is said about it afterwards."""
    values = {
        "title": seen.title,
        "language": language_called(seen.edition.language),
        "number": seen.number,
    }
    if request.POST.get("do") == "approve":
        approve(revision=seen, by=request.user)
        return _("%(title)s, %(language)s: revision %(number)s is approved.") % values
    send_back(revision=seen, by=request.user, reason=reason)
    return _("%(title)s, %(language)s: revision %(number)s was sent back.") % values


def overtaken(seen: Revision) -> str:
    """Why the answer to what the page showed was not taken."""
    edition = Edition.objects.select_related("latest").get(pk=seen.edition_id)
    if edition.latest and edition.latest.pk != seen.pk:
        return _(
            "Revision %(newer)s was saved after you opened this page, which showed revision "
            "%(number)s. Your answer was not taken; this is what there is now."
        ) % {"newer": edition.latest.number, "number": seen.number}
    return _(
        "Revision %(number)s is no longer in review. Your answer was not taken; this is what "
        "there is now."
    ) % {"number": seen.number}


def show_review(
    request: HttpRequest,
    admin: GuideAdmin,
    guide: Guide,
    language: str,
    *,
    form: ReviewForm | None = None,
    problem: str = "",
    status: int = 200,
) -> HttpResponse:
    """The page about the newest revision. The form always answers the one that is shown."""
    edition = get_object_or_404(
        Edition.objects.select_related(
            "guide", "latest__made_by", "live__revision", "submitted_by"
        ),
        guide=guide,
        language=language,
        latest__isnull=False,
    )
    revision = edition.latest
    live = edition.live.revision if edition.live else None
    if form is None or problem:
        typed = {"reason": form.data.get("reason", "")} if form else {}
        form = ReviewForm(initial=typed | {"revision": revision.number})
    authors = authors_of([revision])[revision.pk]
    is_own = settings.EDITORIAL_FOUR_EYES and request.user.pk in authors
    title = _("Review of %(language)s, revision %(number)s") % {
        "language": language_called(language),
        "number": revision.number,
    }
    context: dict[str, Any] = admin.context(request, guide, title) | {
        "page": Page(guide),
        "edition": edition,
        "revision": revision,
        "live": live,
        "changes": changes(live, revision) if live else (),
        "whole": () if live else whole(revision),
        "answers": revision.reviews.select_related("by"),
        "is_open": is_open(edition),
        "can_answer": admin.has_review_permission(request) and is_open(edition),
        "own_words": who_has_to(revision, authors) if is_own else "",
        "form": form,
        "problem": problem,
    }
    return render(request, "admin/guides/guide/review.html", context, status=status)


def whole(revision: Revision) -> list[tuple[str, str]]:
    """Text and facts of what readers have had nothing of yet, each under its name."""
    shown = [
        (str(revision._meta.get_field(name).verbose_name), text)
        for name, text in revision.text().items()
        if text
    ]
    facts = (revision.facts or {}).items()
    return shown + [(label_of(name), words) for name, value in facts if (words := in_words(value))]


# --- Sending -------------------------------------------------------------------------------


def submit_typed(
    request: HttpRequest, admin: GuideAdmin, page: Page, saved: Saved, which: str
) -> HttpResponse:
    """What was typed is saved by now: send every language that was asked for, or none."""
    coming = [
        column.language
        for column in page.columns
        if column.language in publishing(page, which) and column.has_draft
    ]
    refusals = send(request, page.guide, coming)
    if refusals:
        page.refuse(refusals)
        return show(request, admin, page, _("Not sent for review yet; the draft is saved"), 422)
    tell_drafts(request, saved, but=coming)
    if not coming:
        messages.warning(request, _("There is nothing new to review."))
    for language in coming:
        words = _("%(language)s was sent for review.") % {"language": language_called(language)}
        messages.success(request, words)
    return to_page(request, page.guide)


def send(request: HttpRequest, guide: Guide, languages: Sequence[str]) -> Sequence[Refusal]:
    refusals: list[Refusal] = []
    with transaction.atomic():
        for edition in Edition.objects.filter(guide=guide, language__in=languages).order_by("pk"):
            try:
                submit(edition=edition, by=request.user)
            except NotPublishable as refused:
                refusals += refused.refusals
        transaction.set_rollback(bool(refusals))
    return refusals


#: What the desk does for a button that sends for review.
ACTS = {"submit": Act(submit_typed, for_languages=True)}

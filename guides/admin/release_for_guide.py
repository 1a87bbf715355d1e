"""From the page of a guide to a release: its newest drafts at a time, or together with others."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from guides.forms import Form
from guides.models import Edition, Guide, Release, ReleaseItem
from guides.publishing import NotPublishable, releases
from guides.publishing.releases import ReleaseChanged
from guides.templatetags.reading import language_name

from .desk import Act, Saved, tell_drafts
from .page import Page
from .release_page import TimeForm, newest_of, said, tell_time, to_release, with_draft

if TYPE_CHECKING:
    from .guides import GuideAdmin


class ForGuideForm(Form):
    """Which drafts of a guide go into which release, and perhaps when that goes live."""

    marks_optional = False

    drafts = forms.MultipleChoiceField(label=_("Drafts"), widget=forms.CheckboxSelectMultiple)
    into = forms.ChoiceField(label=_("Into"), widget=forms.RadioSelect)
    name = forms.CharField(
        label=_("Name of the new release"), max_length=120, required=False,
        help_text=_("For editors only, such as what it is about."),
    )  # fmt: skip

    def __init__(self, *args: Any, drafts: list[Edition], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["drafts"].choices = [
            (
                str(one.pk),
                gettext("%(language)s, draft %(number)s")
                % {"language": language_name(one.language), "number": one.latest.number},
            )
            for one in drafts
        ]
        known = [(str(one.pk), one.name) for one in releases.being_made()]
        self.fields["into"].choices = [("new", _("A new release")), *known]

    def clean(self) -> None:
        given = self.cleaned_data
        if given.get("into") == "new" and not given.get("name") and "name" not in self.errors:
            self.add_error("name", _("This is still empty. Please fill it in."))


@require_http_methods(["GET", "HEAD", "POST"])
def for_guide(request: HttpRequest, admin: GuideAdmin, pk: int) -> HttpResponse:
    """Take the newest drafts of a guide into a release, which may get its time at once."""
    guide = admin.guide_to_publish(request, pk)
    drafts = list(with_draft().filter(guide=guide).order_by("language"))
    sent = request.POST if request.method == "POST" else None
    page = Page(guide)
    form = ForGuideForm(
        sent,
        drafts=drafts,
        initial={
            "drafts": [str(one.pk) for one in drafts],
            "into": "new",
            "name": page.title,
        },
    )
    wants_time = sent is not None and bool(sent.get("day") or sent.get("time"))
    time = TimeForm(sent if wants_time else None, initial={"zone": request.user.time_zone})
    wrong: list[Any] = []
    if form.is_valid() and (not wants_time or time.is_valid()):
        try:
            release = put_in(request, form, time if wants_time else None)
        except NotPublishable as refused:
            wrong = [one for _refusal, _item, one in said(refused.refusals)]
            for refusal in refused.refusals:
                if refusal.field == "time":
                    time.add_error("time", str(refusal.message))
        except ReleaseChanged:
            form.add_error("into", gettext("This release was changed meanwhile. Choose another."))
        else:
            return to_release(release)
    context = admin.context(request, guide, gettext("At a time, or together with others")) | {
        "page": page,
        "form": form,
        "time": time,
        "drafts": drafts,
        "wrong": wrong,
        "waiting": waiting(guide),
    }
    status = 422 if sent is not None else 200
    return render(request, "admin/guides/release/for_guide.html", context, status=status)


@transaction.atomic
def put_in(request: HttpRequest, form: ForGuideForm, time: TimeForm | None) -> Release:
    """All of it or nothing: a time that is refused makes no release."""
    given = form.cleaned_data
    revisions = newest_of(given["drafts"])
    if given["into"] == "new":
        release = releases.make(name=given["name"], by=request.user, revisions=revisions)
    else:
        release = Release.objects.get(pk=given["into"])
        releases.put_in(release=release, revisions=revisions)
    if time is None:
        words = gettext("In “%(name)s” now. Publish it here, or give it a time.")
        messages.success(request, words % {"name": release.name})
        return release
    at, zone = time.cleaned_data["at"], time.cleaned_data["zone"]
    releases.give_time(release=release, at=at, zone=zone, by=request.user)
    tell_time(request, release, time)
    return release


def waiting(guide: Guide) -> list[Release]:
    """Releases with a time that hold something of this guide."""
    held = ReleaseItem.objects.filter(edition__guide=guide).values("release")
    return list(releases.scheduled().filter(pk__in=held))


def from_desk(
    request: HttpRequest, admin: GuideAdmin, page: Page, saved: Saved, which: str
) -> HttpResponse:
    """What was typed is saved by now, and can be taken along."""
    tell_drafts(request, saved)
    return redirect("admin:guides_release_of", page.guide.pk)


#: What the desk does for the button that leads here.
ACTS = {"release": Act(from_desk, "guides.publish_guide")}

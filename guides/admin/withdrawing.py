"""Taking a guide away from readers: why, in each language, and what they go on with."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from guides.forms import Form
from guides.models import Edition, Guide, Release, ReleaseItem
from guides.publishing import NotPublishable, Refusal, withdraw_all
from guides.templatetags.reading import language_name, language_tag

from .page import Page, other_guides

if TYPE_CHECKING:
    from .guides import GuideAdmin


class WithdrawForm(Form):
    """One language, and with a tick the others that are live, each with its own sentence."""

    marks_optional = False

    because = forms.CharField(
        label=_("Why"),
        max_length=300,
        required=False,
        help_text=_("One sentence, written for readers."),
    )

    def __init__(
        self, *args: Any, guide: Guide, edition: Edition, others: list[Edition], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.edition, self.others = edition, others
        self.fields["because"].widget.attrs["lang"] = language_tag(edition.language)
        for other in others:
            name = language_name(other.language)
            self.fields[f"also_{other.language}"] = forms.BooleanField(
                label=gettext("Withdraw %(language)s as well") % {"language": name},
                required=False,
            )
            self.fields[f"because_{other.language}"] = forms.CharField(
                label=gettext("Why, in %(language)s") % {"language": name},
                max_length=300,
                required=False,
                widget=forms.TextInput({"lang": language_tag(other.language)}),
            )
        live = set(Guide.objects.published().values_list("slug", flat=True))
        known = [(slug, title) for slug, title in other_guides(guide).items() if slug in live]
        self.fields["successor"] = forms.ChoiceField(
            label=gettext("What readers go on with"),
            choices=[("", "–"), *known],
            required=False,
            help_text=gettext("With a guide to go on with, the sentence may stay empty."),
        )

    def going(self) -> list[Edition]:
        """The languages that were chosen."""
        given = self.cleaned_data
        also = [one for one in self.others if given[f"also_{one.language}"]]
        return [self.edition, *also]

    def reasons(self) -> dict[str, str]:
        given = self.cleaned_data
        others = {one.language: given[f"because_{one.language}"] for one in self.others}
        return {self.edition.language: given["because"]} | others

    def successor(self) -> Guide | None:
        return Guide.objects.filter(slug=self.cleaned_data["successor"]).first()

    def field_of(self, refusal: Refusal) -> str:
        if refusal.field == "successor":
            return "successor"
        name = f"because_{refusal.language}"
        return name if name in self.fields and refusal.code != "linked" else "because"


@require_http_methods(["GET", "HEAD", "POST"])
def withdraw_edition(
    request: HttpRequest, admin: GuideAdmin, pk: int, language: str
) -> HttpResponse:
    guide = admin.guide_to_publish(request, pk)
    live = list(Edition.objects.live().select_related("guide").filter(guide=guide))
    edition = next((one for one in live if one.language == language), None)
    if edition is None:
        raise Http404
    others = [one for one in live if one is not edition]
    sent = request.POST if request.method == "POST" else None
    form = WithdrawForm(sent, guide=guide, edition=edition, others=others)
    refusals: tuple[Refusal, ...] = ()
    if form.is_valid():
        going = form.going()
        try:
            withdraw_all(
                editions=going,
                by=request.user,
                because=form.reasons(),
                successor=form.successor(),
            )
        except NotPublishable as refused:
            refusals = refused.refusals
            said = dict.fromkeys((form.field_of(one), str(one.message)) for one in refusals)
            for name, words in said:
                form.add_error(name, words)
        else:
            tell(request, going)
            return redirect("admin:guides_guide_change", guide.pk)
    title = gettext("Withdraw %(language)s") % {"language": language_name(language)}
    context = admin.context(request, guide, title) | {
        "page": Page(guide),
        "form": form,
        "language": language,
        "also": [(form[f"also_{one.language}"], form[f"because_{one.language}"]) for one in others],
        "linking": linking(guide, refusals),
        "waiting": waiting(live, refusals),
    }
    status = 422 if form.is_bound else 200
    return render(request, "admin/guides/guide/withdraw.html", context, status=status)


def tell(request: HttpRequest, going: list[Edition]) -> None:
    for edition in going:
        words = gettext("%(language)s was withdrawn. Its revisions are kept.")
        messages.success(request, words % {"language": language_name(edition.language)})


def linking(guide: Guide, refusals: tuple[Refusal, ...]) -> list[tuple[int, str]]:
    """Key and title of each guide whose links would lead nowhere."""
    slugs = {one.slug for one in refusals if one.code == "linked"}
    if not slugs:
        return []
    titles = other_guides(guide)
    found = Guide.objects.filter(slug__in=slugs).order_by("kind", "position", "slug")
    return [(one.pk, titles.get(one.slug, one.slug)) for one in found]


def waiting(live: list[Edition], refusals: tuple[Refusal, ...]) -> list[Release]:
    """The releases in which something of it waits for its time."""
    if not any(one.code == "scheduled" for one in refusals):
        return []
    held = ReleaseItem.objects.filter(edition__in=live).values("release")
    return list(Release.objects.filter(pk__in=held, state=Release.State.SCHEDULED))

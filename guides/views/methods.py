"""The ways to let a service in, side by side: computed from the facts of each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.contrib.auth.decorators import login_not_required
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from ..models import AuthorizationMethod, Edition, Guide
from .guide_page import in_language, listed_editions
from .public import public_page

Era = AuthorizationMethod.Era
Words = str | Promise


@dataclass(frozen=True, slots=True)
class Column:
    """One method: its page, its answers under the same labels as the others, rules and steps."""

    edition: Edition
    method: AuthorizationMethod
    answers: Sequence[tuple[str, Words]]
    basis: Sequence[Edition]


def renewal(method: AuthorizationMethod) -> str:
    if method.renews == AuthorizationMethod.Renews.AUTHORIZATION:
        return _("Authorize again every %(days)s days") % {"days": method.renewal_days}
    if method.renews == AuthorizationMethod.Renews.SECRET:
        return _("Replace the secret every %(days)s days") % {"days": method.renewal_days}
    return _("No term was found")


def listing(method: AuthorizationMethod) -> str:
    if method.is_listed is None:
        return _("We could not find out")
    return _("Yes, it is listed there") if method.is_listed else _("No, it looks like you")


def answers(method: AuthorizationMethod) -> list[tuple[str, Words]]:
    """What a seller can check alone, in the order of the comparison."""
    return [
        (_("What they are given"), method.get_handed_over_display()),
        (_("Who holds the secret"), method.get_secret_held_by_display()),
        (_("Can it be ended alone"), method.get_ended_by_display()),
        (_("Does Seller Central show it"), listing(method)),
        (_("How often to renew"), renewal(method)),
    ]


def heading(era: str) -> tuple[str, str]:
    """The title and the conclusion under it: of what is past, nobody has to choose."""
    if era == Era.MWS:
        return (
            _("MWS, until 2024: three ways compared"),
            _("MWS no longer exists. This comparison is kept for appeals."),
        )
    return (
        _("Three ways to authorize: which one"),
        _("In one sentence: choose the one that can be revoked and leaves a record."),
    )


def columns(era: str, language: str) -> list[Column]:
    """Every live method of that era, in order. Three queries, however many there are."""
    editions = in_language(
        listed_editions()
        .filter(guide__kind=Guide.Kind.METHOD, guide__method__era=era)
        .order_by("guide__position", "guide__slug", "language"),
        language,
    )
    # What judges a method: clauses, and what holds today instead of one. Then how it is done.
    judges = Q(to_guide__kind=Guide.Kind.CLAUSE) | Q(to_guide__predecessors__kind=Guide.Kind.CLAUSE)
    links = (
        Guide.related.through.objects.filter(from_guide__in=[one.guide_id for one in editions])
        .filter(judges | Q(to_guide__kind=Guide.Kind.STEPS))
        .order_by("to_guide__kind", "to_guide__position", "to_guide__slug")
        .distinct()
    )
    pairs = list(links.values_list("from_guide", "to_guide"))
    linked = listed_editions().filter(guide__in={to for _from, to in pairs}).order_by("language")
    basis = {one.guide_id: one for one in in_language(linked, language)}
    return [
        Column(
            edition=one,
            method=one.guide.method,
            answers=answers(one.guide.method),
            basis=[basis[to] for from_, to in pairs if from_ == one.guide_id and to in basis],
        )
        for one in editions
    ]


@login_not_required
@require_safe
@public_page("era=mws")
def methods(request: HttpRequest) -> HttpResponse:
    era = Era.MWS if request.GET.get("era") == Era.MWS else Era.SP_API
    compared = columns(era, get_language())
    dated = [one.edition.guide for one in compared if one.edition.guide.checked_on]
    title, words = heading(era)
    context = {
        "era": era,
        "title": title,
        "words": words,
        "columns": compared,
        "rows": [
            (label, [one.answers[at][1] for one in compared])
            for at, (label, _answer) in enumerate(compared[0].answers)
        ]
        if compared
        else [],
        # The comparison is as fresh as the guide that was checked longest ago.
        "oldest": min(dated, key=lambda guide: guide.checked_on, default=None),
    }
    return render(request, "guides/methods.html", context)

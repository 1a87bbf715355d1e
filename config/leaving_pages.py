"""The pages on which somebody deletes their account."""

from __future__ import annotations

from allauth.core import ratelimit
from django.contrib.auth import logout
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from appeals.actions.refusals import AddedMeanwhile, Gone, OnlyAdministrator
from appeals.presenters.kept import kept_by
from guides.models import Progress, User
from guides.publishing.signing import has_signed

from .account_forms import ConfirmPasswordForm
from .leaving import closed_address, delete_account, is_only_administrator


@require_http_methods(["GET", "HEAD", "POST"])
def account_delete(request: HttpRequest) -> HttpResponse:
    """Says what goes in numbers, and asks for the password."""
    # The same account of guesses as where the password is asked for again elsewhere: whoever finds
    # a device signed in must not try passwords here without end.
    limited = ratelimit.consume_or_429(request, action="reauthenticate", user=request.user)
    if limited is not None:
        return limited
    person = User.objects.get(pk=request.user.pk)
    if is_only_administrator(person):
        return render(request, "account/account_only_administrator.html", status=200)
    form = ConfirmPasswordForm(request.POST or None, user=person)
    if form.is_valid():
        try:
            delete_account(person)
        except (AddedMeanwhile, OnlyAdministrator):
            words = _("Something was added meanwhile, so nothing was deleted. Look again.")
            form.add_error(None, words)
        except Gone:  # in another window: what was wanted is so
            return _gone(request)
        else:
            return _gone(request)
    context = {
        "form": form,
        "kept": kept_by(person),
        "ticks": Progress.objects.filter(user=person).count(),
        "closed_address": closed_address(person) if has_signed(person) else "",
    }
    status = 422 if form.is_bound else 200
    return render(request, "account/account_delete.html", context, status=status)


def _gone(request: HttpRequest) -> HttpResponse:
    logout(request)
    return redirect("account_deleted")


@login_not_required
@require_safe
def account_deleted(request: HttpRequest) -> HttpResponse:
    return render(request, "account/account_deleted.html")

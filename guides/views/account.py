"""A person's own account: language and time zone, and the way to the rest."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from allauth.account.models import EmailAddress
from django import forms
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language_info, gettext, override
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from ..forms import ModelForm
from ..models import User
from ..time_zones import choices


class AccountForm(ModelForm):
    language = forms.ChoiceField(
        label=_("Language"),
        help_text=_("For mail from this site, and where an address names no language"),
        widget=forms.RadioSelect,
    )
    time_zone = forms.ChoiceField(
        label=_("Time zone"), help_text=_("For the times in your cases; deadlines keep their own")
    )

    class Meta:
        model = User
        fields = ("language", "time_zone")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["language"].widget.is_inline = True
        self.fields["language"].choices = [
            (code, get_language_info(code)["name_local"]) for code, _name in settings.LANGUAGES
        ]
        self.fields["time_zone"].choices = choices(self.instance.time_zone)


@require_http_methods(["GET", "POST"])
def account(request: HttpRequest, numbers: Callable[[User], dict[str, Any]]) -> HttpResponse:
    """`numbers` says what is kept of that person beyond this page, by the names of its template."""
    person = User.objects.get(pk=request.user.pk)
    form = AccountForm(request.POST or None, instance=person)
    if form.is_valid():
        form.save()
        with override(person.language):
            messages.success(request, gettext("Saved."))
            return redirect("account")
    context = {"form": form, "is_confirmed": is_confirmed(person), **numbers(person)}
    status = 422 if form.is_bound else 200
    return render(request, "account/account.html", context, status=status)


def is_confirmed(person: User) -> bool:
    return EmailAddress.objects.filter(
        user=person, email__iexact=person.email, verified=True
    ).exists()

"""How django-allauth is bent to this site: its words, its mail, where one lands."""

from __future__ import annotations

from typing import Any, ClassVar

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core import context as allauth_context
from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse, translate_url
from django.utils import translation
from django.utils.functional import Promise
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext_lazy as _

from guides.models import User

#: What a mail leads to; all of it pages of this site.
ADDRESSES = ("activate_url", "password_reset_url", "signup_url", "login_url")


class AccountAdapter(DefaultAccountAdapter):
    error_messages: ClassVar[dict[str, Promise]] = {
        **DefaultAccountAdapter.error_messages,
        "account_inactive": _("This account is closed. Write to whoever runs this site."),
        "duplicate_email": _("This is your address already. Write the new one."),
        "email_password_mismatch": _(
            "Address and password do not match. Check both, or set a new password."
        ),
        "email_taken": _(
            "There is an account with this address already. Sign in, or set a new password."
        ),
        "enter_current_password": _(
            "This is not your current password. Check it, or set a new one."
        ),
        "incorrect_password": _("This is not your password. Check it, or set a new one."),
        "too_many_login_attempts": _(
            "Too many attempts with this address. Wait five minutes, or set a new password."
        ),
        "rate_limited": _("Too many requests in a short time. Wait a few minutes, then try again."),
    }

    def save_user(self, request: HttpRequest, user: Any, form: Any, commit: bool = True) -> Any:
        """A new account speaks the language in which it was made."""
        user.language = translation.get_language() or settings.LANGUAGE_CODE
        return super().save_user(request, user, form, commit)

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Not where no mail is sent: nobody could confirm the address they sign up with."""
        return bool(settings.MAIL_IS_SENT)

    def is_safe_url(self, url: str) -> bool:
        """Only pages of the host that was asked: no other one is led to after signing in."""
        request = allauth_context.request
        return url_has_allowed_host_and_scheme(
            url, allowed_hosts={request.get_host()}, require_https=request.is_secure()
        )

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        return reverse("account")

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """In the language of whom it is for; of the page, where no account knows better."""
        user = context.get("user") or User.objects.filter(email__iexact=email).first()
        language = getattr(user, "language", "")
        if language not in dict(settings.LANGUAGES):
            language = translation.get_language() or settings.LANGUAGE_CODE
        if template_prefix.endswith("account_already_exists"):
            sign_in = self.request.build_absolute_uri(reverse("account_login"))
            context = context | {"login_url": sign_in}
        # Before the language changes: an address is only known in the language it is in.
        addresses = {
            name: translate_url(context[name], language) for name in ADDRESSES if name in context
        }
        with translation.override(language):
            super().send_mail(
                template_prefix, email, context | addresses | {"site": settings.SITE_URL}
            )

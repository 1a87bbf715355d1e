"""The forms of django-allauth in the site's words, with its refusals.

A password is typed once: it can be shown while it is typed, and it is never asked for again.
"""

from __future__ import annotations

from typing import Any

from allauth.account import forms as stock
from django.utils.translation import gettext_lazy as _

from guides.forms import Careful


class AccountForm(Careful):
    """Fields without placeholders: what a field is for stands above it and stays there."""

    marks_optional = False

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.widget.attrs.pop("placeholder", None)

    def name(self, field: str, label: Any, hint: Any = "") -> None:
        self.fields[field].label = label
        self.fields[field].help_text = hint


NEW_PASSWORD = _("At least 10 characters. Choose one for this site, not the one for Amazon.")


class SignInForm(AccountForm, stock.LoginForm):
    saves = False

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.name("login", _("E-mail address"))
        self.name("password", _("Password"), _("The one for Keyright, not the one for Amazon"))


class SignUpForm(AccountForm, stock.SignupForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.name(
            "email", _("E-mail address"), _("You sign in with it, and we write to it if we must")
        )
        self.name("password1", _("Password"), NEW_PASSWORD)


class EmailForm(AccountForm, stock.AddEmailForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.name(
            "email", _("New address"), _("It takes effect once you open the link we send to it")
        )


class ChangePasswordForm(AccountForm, stock.ChangePasswordForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["password2"]
        self.name("oldpassword", _("Current password"))
        self.name("password1", _("New password"), NEW_PASSWORD)


class SetPasswordForm(AccountForm, stock.SetPasswordForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["password2"]
        self.name("password1", _("New password"), NEW_PASSWORD)


class AskResetForm(AccountForm, stock.ResetPasswordForm):
    saves = False

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.name("email", _("E-mail address"))


class ResetForm(AccountForm, stock.ResetPasswordKeyForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["password2"]
        self.name("password1", _("New password"), NEW_PASSWORD)


class ConfirmPasswordForm(AccountForm, stock.ReauthenticateForm):
    saves = False

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.name("password", _("Password"), _("The one for Keyright, not the one for Amazon"))

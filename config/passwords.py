"""What a new password must be, in the site's words."""

from __future__ import annotations

from django.contrib.auth import password_validation as stock
from django.utils.translation import gettext as _


class LongEnough(stock.MinimumLengthValidator):
    def get_error_message(self) -> str:
        words = _(
            "This password is shorter than %(number)d characters. Add a few more words to it."
        )
        return words % {"number": self.min_length}


class NotTheAddress(stock.UserAttributeSimilarityValidator):
    """The address is all that could be guessed from: there is no name."""

    def __init__(self) -> None:
        super().__init__(user_attributes=("email",))

    def get_error_message(self) -> str:
        return _("This password is too much like your e-mail address. Choose another.")


class NotCommon(stock.CommonPasswordValidator):
    def get_error_message(self) -> str:
        return _("Many people use this password, so it is tried first. Choose another.")

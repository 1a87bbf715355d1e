"""A person's consent to files being kept, asked once before the first upload."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from appeals.models import Consent
from guides.models import User

#: Raised whenever TEXT says something else: then everybody is asked again.
TEXT_VERSION = "2026-11-24"

TEXT = _(
    "I agree: every file I upload is kept unchanged in the private storage of whoever runs this "
    "site, where only those who may open the case can download it. What is not filed yet I can "
    "remove myself, and what I withdraw I can delete for good; what a sealed package holds stays "
    "in it until the case or my account is deleted."
)


def is_given(user: User) -> bool:
    return Consent.objects.filter(user=user, text_version=TEXT_VERSION).exists()


def give(*, by: User, language: str) -> Consent:
    """Once a text: a second tick changes nothing."""
    consent, _made = Consent.objects.get_or_create(
        user=by, text_version=TEXT_VERSION, defaults={"language": language}
    )
    return consent

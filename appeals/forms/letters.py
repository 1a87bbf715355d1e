"""The words of one section of the letter, in both languages, and what its history is asked."""

from __future__ import annotations

from collections.abc import Mapping

from django import forms
from django.utils.translation import gettext_lazy as _

from appeals.models import LetterSection
from appeals.models.letter import CHECKED_IN, SENT_IN

from .base import Form

#: Fields of the form, and the languages they hold.
LANGUAGES = {"english": SENT_IN, "chinese": CHECKED_IN}
#: Characters of one section in one language: some five pages.
LONGEST = 10_000


class LetterForm(Form):
    marks_optional = False

    english = forms.CharField(
        label=_("English, to send"),
        max_length=LONGEST,
        required=False,
        widget=forms.Textarea(attrs={"rows": 8, "lang": "en"}),
    )
    chinese = forms.CharField(
        label=_("Chinese, to check it yourself"),
        max_length=LONGEST,
        required=False,
        widget=forms.Textarea(attrs={"rows": 8, "lang": "zh-Hans"}),
    )
    # Each language is a text of its own; 0: nothing was saved yet.
    english_version = forms.IntegerField(min_value=0, widget=forms.HiddenInput)
    chinese_version = forms.IntegerField(min_value=0, widget=forms.HiddenInput)

    def texts(self) -> dict[str, str]:
        """By language."""
        return {language: self.cleaned_data[name] for name, language in LANGUAGES.items()}

    def versions(self) -> dict[str, int]:
        return {
            language: self.cleaned_data[f"{name}_version"] for name, language in LANGUAGES.items()
        }


def versions_of(sections: Mapping[str, LetterSection]) -> dict[str, int]:
    """The hidden fields, by name."""
    return {
        f"{name}_version": sections[language].version if language in sections else 0
        for name, language in LANGUAGES.items()
    }


def letter_fields(sections: Mapping[str, LetterSection]) -> dict[str, object]:
    """What the form shows of the sections, which are by language."""
    texts = {
        name: sections[language].text if language in sections else ""
        for name, language in LANGUAGES.items()
    }
    return texts | versions_of(sections)

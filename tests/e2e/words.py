"""What stands on the screen, in the language of whoever looks at it."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import partial
from typing import Any

from django.conf import settings
from django.utils.translation import gettext, override

from guides.models import Edition

LANGUAGES = [code for code, _name in settings.LANGUAGES]
OTHER = dict(zip(LANGUAGES, reversed(LANGUAGES), strict=True))


def say(language: str, sentence: str, /, **values: Any) -> str:
    """A sentence of the interface, by its English; fails where the interface has none such."""
    with override(language):
        said = gettext(sentence)
    assert language == "en" or said != sentence, f"nothing says {sentence!r}"
    return said % values if values else said


def speaker(language: str) -> Callable[..., str]:
    return partial(say, language)


def title(slug: str, language: str) -> str:
    edition = Edition.objects.select_related("live__revision").get(
        guide__slug=slug, language=language
    )
    return edition.live.revision.title


def letters(text: str) -> str:
    """Letters and digits alone: paper breaks lines where it likes, at hyphens too."""
    return re.sub(r"[\W_]+", "", text)

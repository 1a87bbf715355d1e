"""What templates ask for of terms."""

from __future__ import annotations

from django import template
from django.utils.safestring import SafeString

from .. import glossary
from ..models import Edition

register = template.Library()


@register.filter
def definition(term: Edition) -> SafeString:
    return glossary.definition(term)


@register.filter
def words_of(keywords: str) -> list[str]:
    return glossary.words_of(keywords)

"""What templates ask for on reader pages: the check in its three sizes, languages, ticks."""

from __future__ import annotations

import re
from collections.abc import Collection
from typing import Any

from django import template
from django.conf import settings
from django.template import Context
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, get_language_info, override

from ..models import Edition, Guide
from ..rendering import html_language

register = template.Library()


@register.filter
def language_tag(code: str) -> str:
    """The code as HTML writes it: zh-hans is zh-Hans."""
    return html_language(code)


@register.filter
def language_name(code: str) -> str:
    """The language in its own words."""
    return str(get_language_info(code)["name_local"])


@register.filter
def translated_language_name(code: str) -> str:
    """The language as it is called in the one at hand."""
    return str(get_language_info(code)["name_translated"])


@register.filter
def short_language_name(code: str) -> str:
    """As the header has room for it."""
    return {"zh-hans": "中文", "en": "EN"}.get(code, language_name(code))


def check_facts(guide: Guide) -> dict[str, Any]:
    """When the guide was checked and how, for the component of any size."""
    return {
        "guide": guide,
        "is_overdue": guide.is_overdue(timezone.localdate()),
        # The release compared stored copies; an editor marks what was seen live.
        "was_live": guide.checked_by_id is not None,
    }


@register.inclusion_tag("components/_stamp.html")
def stamp(guide: Guide, source_count: int = 0) -> dict[str, Any]:
    return check_facts(guide) | {"source_count": source_count}


@register.inclusion_tag("components/_seal.html")
def seal(guide: Guide) -> dict[str, Any]:
    return check_facts(guide)


@register.inclusion_tag("components/_mark.html")
def mark(guide: Guide) -> dict[str, Any]:
    return check_facts(guide)


@register.filter
def split_title(title: str) -> tuple[str, str]:
    """A heading and what stands in brackets at its end, which the rail shows small."""
    found = re.fullmatch(r"(.+?)\s*[（(]([^（()）]+)[)）]", title)
    return (found[1], found[2]) if found else (title, "")


@register.filter
def with_ticks(html: str, done: Collection[str] | None) -> SafeString:
    """A part's HTML with the boxes ticked that this reader ticked.

    None: a stranger, whose page has no form that the boxes could belong to.
    """
    if done is None:
        html = html.replace(' form="ticks"', "")
    for item in done or ():
        html = html.replace(f'value="{item}"', f'value="{item}" checked')
    # Rendering alone fills `parts`, and sanitizes what it puts there.
    return mark_safe(html)  # noqa: S308


@register.simple_tag(takes_context=True)
def other_languages(context: Context) -> list[tuple[str, str]]:
    """Code and address of this same page in each of the other languages.

    A page that has no counterpart there says in `elsewhere` which of ours comes closest.
    """
    here = get_language() or settings.LANGUAGE_CODE
    request = context.get("request")
    path = request.get_full_path() if request and request.method in ("GET", "HEAD") else ""
    path = context.get("elsewhere") or path
    if request and not path:
        path = request.path  # what was posted is not asked for again
    return [
        (code, in_other_language(path, here, code))
        for code, _name in settings.LANGUAGES
        if code != here
    ]


def in_other_language(path: str, here: str, there: str) -> str:
    prefix = f"/{here}/"
    if path.startswith(prefix):
        return f"/{there}/{path.removeprefix(prefix)}"
    with override(there):
        return reverse("guides:home")


@register.simple_tag(takes_context=True)
def alternates(context: Context, languages: Collection[str] = (), query: str = "") -> SafeString:
    """The lasting address of a public page, and of its other languages.

    `languages`: those it exists in, all of the site's if not given. `query`: the part of the
    query string that makes another page, such as `?era=mws`. A preview that somebody was sent has
    none: nobody shall find it.
    """
    if context.get("is_shared_preview"):
        return mark_safe('<meta name="robots" content="noindex, nofollow, noarchive">')
    path = context["request"].path
    here = get_language() or settings.LANGUAGE_CODE
    known = languages or dict(settings.LANGUAGES)
    addresses = {
        code: settings.SITE_URL + in_other_language(path, here, code) + query for code in known
    }
    own = addresses.get(here) or next(iter(addresses.values()))
    lines = [format_html('<link rel="canonical" href="{}">', own)]
    lines += [
        format_html('<link rel="alternate" hreflang="{}" href="{}">', language_tag(code), address)
        for code, address in addresses.items()
    ]
    # Each line was escaped where it was made.
    return mark_safe("\n".join(lines))  # noqa: S308


@register.simple_tag(takes_context=True)
def short_address(context: Context) -> str:
    """Where a printed page can be found again, without scheme; nowhere where that is a secret."""
    if context.get("is_shared_preview"):
        return ""
    return settings.SITE_URL.partition("://")[2] + context["request"].path


@register.filter
def in_this_language(edition: Edition) -> bool:
    return edition.language == get_language()

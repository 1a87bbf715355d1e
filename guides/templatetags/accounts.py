"""Where mail goes on a site that sends none."""

from __future__ import annotations

from pathlib import Path

from django import template
from django.conf import settings

register = template.Library()


@register.simple_tag
def mail_folder() -> str:
    """The folder that mail is written to on a local site; "" where mail is sent."""
    if not settings.SITE_IS_LOCAL or not settings.EMAIL_BACKEND.endswith("filebased.EmailBackend"):
        return ""
    folder = Path(settings.EMAIL_FILE_PATH)
    if folder.is_relative_to(settings.BASE_DIR):
        folder = folder.relative_to(settings.BASE_DIR)
    return f"{folder}/"

"""A site in public, so that addresses have to be confirmed; nothing counted by earlier tests."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.core import mail
from django.core.cache import cache

PASSWORD = "pass-word-123"


@pytest.fixture(autouse=True)
def _nothing_counted(_own_folders: None) -> None:
    cache.clear()


@pytest.fixture(autouse=True)
def _in_public(settings: Any) -> None:
    settings.SITE_IS_LOCAL = False
    settings.ACCOUNT_EMAIL_VERIFICATION = "mandatory"


def link_in_mail(number: int = -1) -> str:
    """The path of the one link to this site in a mail, the last one if not told."""
    links = re.findall(r"http://testserver(/\S+)", mail.outbox[number].body)
    assert len(links) == 1
    return str(links[0])

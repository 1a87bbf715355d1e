"""The writes that readers see, used alike by the desk, the commands and the tests."""

from __future__ import annotations

from .drafts import StaleRevision, digests_of, save_draft
from .facts import guide_facts
from .going_live import mark_checked, publish, render_again, restore, withdraw
from .refusals import NotAllowed, NotPublishable, Refusal
from .rendered import Library

__all__ = [
    "Library",
    "NotAllowed",
    "NotPublishable",
    "Refusal",
    "StaleRevision",
    "digests_of",
    "guide_facts",
    "mark_checked",
    "publish",
    "render_again",
    "restore",
    "save_draft",
    "withdraw",
]

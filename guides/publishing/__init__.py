"""The writes that readers see, used alike by the desk, the commands and the tests."""

from __future__ import annotations

from .drafts import StaleRevision, digests_of, save_draft
from .facts import guide_facts
from .going_live import mark_checked, publish, render_again, restore, withdraw
from .matching import BlockState, block_states, match_translation
from .refusals import NotAllowed, NotPublishable, Refusal
from .rendered import Library
from .translations import Behind, behind_now

__all__ = [
    "Behind",
    "BlockState",
    "Library",
    "NotAllowed",
    "NotPublishable",
    "Refusal",
    "StaleRevision",
    "behind_now",
    "block_states",
    "digests_of",
    "guide_facts",
    "mark_checked",
    "match_translation",
    "publish",
    "render_again",
    "restore",
    "save_draft",
    "withdraw",
]

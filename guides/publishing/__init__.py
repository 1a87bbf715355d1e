"""The writes that readers see, used alike by the desk, the commands and the tests."""

from __future__ import annotations

from .drafts import StaleRevision, digests_of, save_draft
from .facts import guide_facts
from .going_live import mark_checked, publish, render_again, restore
from .matching import BlockState, block_states, match_translation
from .refusals import NotAllowed, NotPublishable, Refusal
from .releases import schedule
from .rendered import Library
from .reviewing import NotInReview, approve, send_back, submit
from .withdrawing import withdraw, withdraw_all

__all__ = [
    "BlockState",
    "Library",
    "NotAllowed",
    "NotInReview",
    "NotPublishable",
    "Refusal",
    "StaleRevision",
    "approve",
    "block_states",
    "digests_of",
    "guide_facts",
    "mark_checked",
    "match_translation",
    "publish",
    "render_again",
    "restore",
    "save_draft",
    "schedule",
    "send_back",
    "submit",
    "withdraw",
    "withdraw_all",
]

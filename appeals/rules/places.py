"""Where something stands and who must act: enough for a page to link to the very field."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from .facts import Id


class Page(StrEnum):
    NOTICE = "notice"  # with `field` deadline: where the notice's deadline is entered
    REPLY = "reply"  # to the submission of `round`
    PROVIDER = "provider"
    NEW_PROVIDER = "new-provider"
    EVIDENCE = "evidence"  # one evidence
    NEW_EVIDENCE = "new-evidence"  # for `demand`, and `provider` where it has providers
    CONFIRMATION = "confirmation"
    LETTER = "letter"  # the section on `demand`
    DOSSIER = "dossier"
    SUBMISSION = "submission"  # of `round`, recorded or to be recorded


class Actor(StrEnum):
    OWNER = "owner"  # the account's owner alone
    HELPER = "helper"  # whoever prepares the case, the owner included
    PROVIDER = "provider"  # someone outside, of whom it was asked
    AMAZON = "amazon"


@dataclass(frozen=True, slots=True)
class Place:
    page: Page
    provider: str | None = None  # letter
    demand: int | None = None  # ordinal
    field: str | None = None  # a `Field`
    evidence: Id | None = None
    period: Id | None = None
    round: int | None = None

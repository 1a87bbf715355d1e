"""A seller's case: what the notice asks, who had access, and what proves it."""

from .case import Case
from .checklist import Checklist, Requirement
from .demand import Asking, Demand
from .event import Correction, Event
from .evidence import Evidence, Proof
from .letter import LetterRevision, LetterSection
from .provider import Provider, UsePeriod
from .statements import Confirmation, Consent, Explanation
from .submission import Submission

__all__ = [
    "Asking",
    "Case",
    "Checklist",
    "Confirmation",
    "Consent",
    "Correction",
    "Demand",
    "Event",
    "Evidence",
    "Explanation",
    "LetterRevision",
    "LetterSection",
    "Proof",
    "Provider",
    "Requirement",
    "Submission",
    "UsePeriod",
]

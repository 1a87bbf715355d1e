"""Links to other sites: which there are, whether they still lead somewhere, which are broken."""

from __future__ import annotations

from .broken import BrokenLink, Use, broken, ignore, retry
from .rounds import check_due

__all__ = ["BrokenLink", "Use", "broken", "check_due", "ignore", "retry"]

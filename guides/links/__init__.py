"""Links to other sites: which there are, whether they still lead somewhere, which are broken."""

from __future__ import annotations

from .broken import failing, ignore, retry, texts_leading_to
from .rounds import check_due

__all__ = ["check_due", "failing", "ignore", "retry", "texts_leading_to"]

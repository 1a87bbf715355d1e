"""What an editor is advised to look at again. Knows no database and no request.

    >>> advise(parse_blocks(body), language="en", kind="article", standing="current", ...)

It warns and never refuses: whoever wrote a sentence may know better.
"""

from __future__ import annotations

from .advise import Advice, advise
from .glossary import Term

__all__ = ["Advice", "Term", "advise"]

"""Search: texts in, texts out. It knows no request and no database."""

from .excerpts import Piece, excerpt
from .folding import fold, fold_edition
from .ranking import Candidate, Found, find
from .words import LONGEST_QUERY, Query, Synonyms, Term, read

__all__ = [
    "LONGEST_QUERY",
    "Candidate",
    "Found",
    "Piece",
    "Query",
    "Synonyms",
    "Term",
    "excerpt",
    "find",
    "fold",
    "fold_edition",
    "read",
]

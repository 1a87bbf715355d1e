"""What the rules answer, said in the reader's language, with the link to where it is mended.

The rules know codes and values; this is the only place that knows both them and words.
"""

from .deadlines import DeadlineWords, of_deadline
from .findings import FindingWords
from .gaps import CellWords, MonthWords, RowWords
from .names import Named, month_word, state_word
from .steps import StepWords
from .ways import Way
from .words import AccessWords, Words, of_tally

__all__ = [
    "AccessWords",
    "CellWords",
    "DeadlineWords",
    "FindingWords",
    "MonthWords",
    "Named",
    "RowWords",
    "StepWords",
    "Way",
    "Words",
    "month_word",
    "of_deadline",
    "of_tally",
    "state_word",
]

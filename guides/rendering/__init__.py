"""Markdown in, safe HTML out, or every reason why not. Knows no database and no request.

    >>> render(body, kind="clause", language="zh-hans", context=Context(...))

raises `Refused` with all problems at once, or returns what the edition keeps.
"""

from __future__ import annotations

from .blocks import Block, anchors, digest, digests, parse_blocks, pictures_in
from .context import GRADES, Context, Picture, Target, html_language, is_chinese
from .editions import behind, compare_editions
from .notes import Note
from .page import Rendered, render
from .parts import Answer, Part
from .problems import Problem, Refused
from .structure import KINDS

__all__ = [
    "GRADES", "KINDS", "Answer", "Block", "Context", "Note", "Part", "Picture", "Problem", "Refused",
    "Rendered", "Target", "anchors", "behind", "compare_editions", "digest", "digests",
    "html_language", "is_chinese", "parse_blocks", "pictures_in", "render",
]  # fmt: skip

"""Words that weaken a letter: blame, and vows with nothing behind them. In both languages."""

from __future__ import annotations

import re

BLAME = re.compile(
    r"""
      \b(?:wrongly|wrongfully|unfairly|unjustly|mistakenly|unreasonabl[ey]|arbitrarily)\b
        (?:\s+\w+)?
    | \bunfair\b | \bunjust\b | \bridiculous\b | \boutrageous\b
    | \bfor\s+no\s+(?:good\s+)?reason\b | \bwithout\s+any\s+(?:good\s+)?reason\b
    | \b(?:your|amazon['’]s)\s+(?:\w+\s+)?(?:mistake|error|fault)\b
    | \b(?:you|amazon)\s+(?:made|has\s+made|have\s+made)\s+an?\s+(?:\w+\s+)?(?:mistake|error)\b
    | \bnot\s+(?:my|our)\s+fault\b | \b(?:my|our)\s+account\s+was\s+innocent\b
    | \b(?:i|we)\s+(?:am|are|was|were)\s+(?:completely\s+|totally\s+)?innocent\b
    | 冤枉 | 冤屈 | 无缘无故 | 莫名其妙 | 无端 | 误封 | 误判 | 错封 | 乱封 | 滥封 | 不公平 | 凭什么
    | 太过分 | 不是(?:我|我们|我方)的(?:错|责任|问题)
    | (?:你们|亚马逊|平台|贵方)(?:的系统)?(?:搞错|弄错|出错|判错|错了|失误|的错|的失误)
    """,
    re.VERBOSE | re.IGNORECASE,
)

VOWS = re.compile(
    r"""
      \b(?:guarantee|promise|swear|vow)\b[^.!?\n]{0,40}\b(?:never|no\s+more|always|not)\b
        (?:[^.!?\n]{0,40}\bagain\b)?
    | \b(?:never|not|won['’]t)\s+(?:ever\s+)?(?:happen|occur|repeat|do\s+(?:it|this|that))\s+
        (?:ever\s+)?again\b
    | \bnever\s+(?:ever\s+)?again\b | \bnever\b[^.!?\n]{0,40}\bagain\b
    | \bunder\s+no\s+circumstances\b | \b100\s*% | \babsolutely\s+(?:never|no)\b
    | (?:保证|承诺|发誓|担保)[^。！？；\n]{0,12}(?:不再|再也不|绝不|永不|不会再)(?:犯|发生|出现|违规)?
    | 绝不再犯 | 永不再犯 | 决不再犯 | 再也不会(?:犯|发生|出现|违规)? | 百分之百 | 下不为例
    """,
    re.VERBOSE | re.IGNORECASE,
)


def found(pattern: re.Pattern[str], text: str) -> tuple[str, ...]:
    """What of it the text says, as it says it, each once."""
    return tuple(dict.fromkeys(" ".join(match[0].split()) for match in pattern.finditer(text)))

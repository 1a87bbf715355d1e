"""What the seller of the example wrote, in both languages."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Said:
    chinese: str
    english: str

    def to(self, language: str) -> str:
        return self.chinese if language.startswith("zh") else self.english

"""What a new case will ask, shown before it is opened."""

from __future__ import annotations

from dataclasses import dataclass

from appeals.models.demand import Standing
from appeals.presets import PRESETS, SEPTEMBER_2018
from appeals.rules.facts import Rule
from appeals.sentences.names import LONG


@dataclass(frozen=True, slots=True)
class PresetItem:
    label: str
    name: str
    guide: str  # slug of the guide that explains it
    is_counted: bool


def preset_items(preset: str = SEPTEMBER_2018) -> list[PresetItem]:
    return [
        PresetItem(row.label, str(LONG[Rule(row.rule)]), row.guide, row.standing == Standing.ASKED)
        for row in PRESETS[preset]
    ]

"""Two rounds of a dossier, part by part: what was added, taken away, changed."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils import translation

from guides.differences import Run, compare, folded

from .outline import Part
from .words import CHINESE


@dataclass(frozen=True, slots=True)
class PartDifference:
    key: str
    title: str  # in the reader's language
    runs: tuple[Run, ...]
    is_new: bool = False
    is_gone: bool = False


@dataclass(frozen=True, slots=True)
class Difference:
    changed: tuple[PartDifference, ...]  # in the order of the later one, what is gone at the end
    same: tuple[str, ...]  # titles of the parts that say the same


def differences(before: Iterable[Part], after: Iterable[Part]) -> Difference:
    old = {one.key: one for one in before}
    new = {one.key: one for one in after}
    changed, same = [], []
    for key, part in new.items():
        earlier = old.get(key)
        if earlier is not None and _said(earlier) == _said(part):
            same.append(_title(part))
        else:
            changed.append(_difference(earlier, part))
    changed += [_difference(part, None) for key, part in old.items() if key not in new]
    return Difference(tuple(changed), tuple(same))


def _difference(before: Part | None, after: Part | None) -> PartDifference:
    part = after or before
    assert part is not None
    is_reworded = before is not None and after is not None and before.english != after.english
    texts = (
        "\n".join(_said(one) if is_reworded else one.lines) if one else ""
        for one in (before, after)
    )
    return PartDifference(
        part.key,
        _title(part),
        folded(compare(*texts)),
        is_new=before is None,
        is_gone=after is None,
    )


def _said(part: Part) -> tuple[str, ...]:
    return (part.english, *part.lines)


def _title(part: Part) -> str:
    return part.chinese if translation.get_language() == CHINESE else part.english

"""The picture that a forwarded link shows: title, verdict or standing, and the stamp."""

from __future__ import annotations

import json
import re
import threading
from dataclasses import asdict, dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import Any, Literal

HERE = Path(__file__).resolve().parent
FONTS = HERE.parent / "fonts"
WIDTH, HEIGHT = 1200, 630
#: A point of the drawing is a pixel of the picture.
DOTS_AN_INCH = 72
#: Pictures kept, of 70 kB each: whatever is put behind an address, it is drawn once.
KEPT = 64

#: The compiler serves one thread at a time, and fails for others meanwhile.
_COMPILING = threading.Lock()

Colour = Literal["fine", "care", "never", "unchecked", "standing"]

_SEAL = (
    "M3.4 8.4h7.4M7.2 3.3v17.4M6.8 9.2C6.1 11.2 5 13.3 3.5 15M8 9.9l2.7 3.9M15.5 3.2l1.1 2.5"
    "M11.3 6.8h9.4M15.2 7.2l-3.1 3.9h5.2M18.9 8.4c-1.2 3.4-3.7 6.3-7.3 8.4"
    "M20 12c-1.3 3.6-4 6.6-8.2 8.6M16.8 16.8l3.9 3.9"
)
_KEY = "M12.5 13a3.5 3.5 0 1 1-7 0 3.5 3.5 0 0 1 7 0H22M18 13v3.6M21 13v3.2"


def _icon(size: int, *shapes: str) -> str:
    inside = "".join(shapes)
    return f"<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 {size} {size}'>{inside}</svg>"


def _area(path: str, colour: str, edge: float = 0) -> str:
    stroke = f" stroke='{colour}' stroke-width='{edge}' stroke-linejoin='round'" if edge else ""
    return f"<path d='{path}' fill='{colour}'{stroke}/>"


def _line(path: str, colour: str, width: float, *, is_round: bool = True) -> str:
    ends = " stroke-linecap='round' stroke-linejoin='round'" if is_round else ""
    return f"<path d='{path}' fill='none' stroke='{colour}' stroke-width='{width}'{ends}/>"


#: The drawings of the pages, in their colours on light ground.
ICONS = {
    "seal": _icon(24, _line(_SEAL, "#ffffff", 1.75, is_round=False)),
    "seal-overdue": _icon(24, _line(_SEAL, "#7a4f00", 1.75, is_round=False)),
    "fine": _icon(
        20,
        _area("M10 1.5a8.5 8.5 0 0 1 0 17 8.5 8.5 0 0 1 0-17z", "#1b6640"),
        _line("M6.3 10.4l2.6 2.5 4.8-5.2", "#e4f1e8", 1.9),
    ),
    "care": _icon(
        20,
        _area("M10 2.9L18 16.9H2z", "#7a4f00", 1.8),
        _line("M10 7.4v4.2M10 14.3v.1", "#fbefd2", 1.9),
    ),
    "never": _icon(
        20,
        _area("M6.5 1.6h7l4.9 4.9v7l-4.9 4.9h-7l-4.9-4.9v-7z", "#a3271b"),
        _line("M7.4 7.4l5.2 5.2M12.6 7.4l-5.2 5.2", "#fbe7e3", 1.9),
    ),
    "unchecked": _icon(20, _line("M10 3a7 7 0 0 1 0 14 7 7 0 0 1 0-14z", "#45505c", 1.6)),
    "key": _icon(
        26,
        "<rect width='26' height='26' rx='4' fill='#1b2126'/>",
        _line(_KEY, "#faf8f3", 2, is_round=False),
    ),
}


@dataclass(frozen=True, slots=True)
class Card:
    """What the picture says, in one language, given as `zh` or `en`.

    `word` is a verdict (then `colour` names it, and its icon is shown) or a standing; empty where
    there is nothing to say. `date` is empty where the guide was never checked.
    """

    language: str
    kind: str
    title: str
    word: str
    colour: Colour
    date: str
    checked: str
    is_overdue: bool
    promise: str


@lru_cache(maxsize=KEPT)
def draw(card: Card) -> bytes:
    """A PNG of 1200 × 630; the same card gives the same bytes. Nine milliseconds, one at a time."""
    data: dict[str, Any] = asdict(card)
    data["titles"] = [*broken(card.title), card.title]
    data["icon"] = card.colour if card.colour != "standing" else ""
    data["icons"] = ICONS
    inputs = {"data": json.dumps(data, ensure_ascii=False)}
    with _COMPILING:
        made = _compiler().compile(format="png", ppi=DOTS_AN_INCH, sys_inputs=inputs)
    assert isinstance(made, bytes)
    return made


def broken(title: str) -> list[str]:
    """The title in two lines after each of its marks, the most even lines first."""
    ends = [found.end() for found in re.finditer(r"[，。：；？！、]|[,:;?!] ", title)]
    inner = [end for end in ends if 0 < end < len(title)]
    inner.sort(key=lambda end: abs(2 * end - len(title)))
    return [f"{title[:end].rstrip()}\n{title[end:]}" for end in inner[:2]]


@cache
def _compiler() -> Any:
    import typst  # 40 MB, for whoever shares

    fonts = typst.Fonts(
        include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(FONTS)]
    )
    return typst.Compiler(str(HERE / "picture.typ"), root=str(HERE), font_paths=fonts)

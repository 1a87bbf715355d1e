"""What the sheets of a dossier say, part by part, as plain lines: kept with a sealed round, so
that it can be compared with another one after the facts have changed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from typing import Any

from .sheets import Confirmed, Dossier, Gaps, IndexGroup, Item, Particular, Service, Table
from .words import Both, PageOf, Text


@dataclass(frozen=True, slots=True)
class Part:
    """One part, by a key that stays the same from round to round."""

    key: str
    english: str  # its title in both languages
    chinese: str
    lines: tuple[str, ...]  # as they are sent


def outline(dossier: Dossier) -> tuple[Part, ...]:
    """In the order of the sheets. No page numbers: those move by themselves."""
    labels = dict(dossier.labels)
    return (
        *(_of_item(one) for one in dossier.items),
        *(_of_service(one) for one in dossier.services),
        _part("gaps", labels["gaps"], _of_gaps(dossier.gaps)),
        *(
            [_part("confirmation", labels["confirmation"], _of_owner(dossier.confirmed))]
            if dossier.confirmed
            else []
        ),
        _part("exhibits", labels["exhibits"], _of_index(dossier.index)),
    )


def kept(parts: Iterable[Part]) -> list[dict[str, Any]]:
    """As JSON holds it."""
    return [asdict(one) for one in parts]


def read(found: Iterable[dict[str, Any]]) -> tuple[Part, ...]:
    """What `kept` made."""
    return tuple(Part(**one | {"lines": tuple(one["lines"])}) for one in found)


def _part(key: str, title: Both, lines: Iterable[str]) -> Part:
    english = _line(title.english)
    return Part(key, english, _line(title.chinese) or english, tuple(filter(None, lines)))


def _of_item(item: Item) -> Part:
    title = Both(
        ((f"{item.label} {_joined(item.wording)}",),),
        ((f"{item.label} {_line(item.wording.chinese)}",),) if item.wording.chinese else (),
    )
    return _part(item.part, title, _within_item(item))


def _within_item(item: Item) -> Iterator[str]:
    yield from _lines(item.word)
    yield from _lines(item.note)
    yield from _lines(item.text)
    yield from _lines(item.remark)
    yield from _of_table(item.table)


def _of_service(service: Service) -> Part:
    title = Both(((f"{service.letter} {service.short_name}",),))
    return _part(service.part, title, _within_service(service))


def _within_service(service: Service) -> Iterator[str]:
    yield from _lines(service.name)
    yield from _particulars(service.particulars)
    yield from _lines(service.use)
    for year in service.years:
        for month in year.months:
            if month.is_used or month.exhibit:
                words = " ".join((*_lines(month.word), month.exhibit))
                yield f"{year.year}-{month.month:02} {words}".strip()
    yield from _of_table(service.payments)
    for line in service.payment_lines:
        yield from _lines(line)


def _of_gaps(gaps: Gaps) -> Iterator[str]:
    for row in (*gaps.missing, *gaps.explained):
        cells = (row.label, *map(_joined, (row.service, row.what, row.reason)))
        yield " | ".join(filter(None, cells))
    yield from _lines(gaps.nothing)


def _of_owner(confirmed: Confirmed) -> Iterator[str]:
    yield from _lines(confirmed.text)
    yield from _particulars(confirmed.particulars)


def _of_index(groups: Iterable[IndexGroup]) -> Iterator[str]:
    for row in (row for group in groups for row in group.rows):
        cells = (row.exhibit, _joined(row.title), row.about_on, row.file, row.sha256)
        yield " | ".join(filter(None, cells))


def _particulars(particulars: Iterable[Particular]) -> Iterator[str]:
    for one in particulars:
        exhibits = ", ".join(one.exhibits)
        yield " ".join(filter(None, (f"{_joined(one.label)}: {_joined(one.value)}", exhibits)))


def _of_table(table: Table | None) -> Iterator[str]:
    for row in table.rows if table else ():
        yield " | ".join(filter(None, map(_joined, row)))


def _lines(both: Both) -> list[str]:
    return [line for each in both.english if (line := _line((each,)))]


def _joined(both: Both) -> str:
    return _line(both.english)


def _line(text: Text) -> str:
    """On one line. What only says on which page something is, is left out."""
    lines = (line for line in text if not any(isinstance(part, PageOf) for part in line))
    return " ".join(" ".join(str(part) for line in lines for part in line).split())

"""The letter as plain text, for a field that takes no file."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from appeals.dossier.sheets import Item, Table
from appeals.dossier.words import Both, PageOf, Text


def plain(items: Iterable[Item], numbering: Iterable[Both] = ()) -> str:
    """The sections that have something to send: heading, words, and the records as lines.

    Before them what the numbers of replies look like, if there are any.
    """
    sections = list(filter(None, (_section(one) for one in items if one.is_asked)))
    before = [line for one in numbering for line in lines(one.english)] if sections else []
    return "\n\n".join((*before, *sections))


def _section(item: Item) -> str:
    body = [*lines(item.text.english), *(_rows(item.table) if item.table else ())]
    if not body:
        return ""
    return "\n".join((numbered(item.label, " ".join(lines(item.wording.english))), *body))


def numbered(label: str, wording: str) -> str:
    """1. How the seller learned of each service, R2 1. of a reply; a label that is no bare number
    as it is."""
    stop = "." if "".join(label.split()[-1:]).isdigit() else ""
    return f"{label.strip()}{stop} {wording}".strip()


def _rows(table: Table) -> Iterator[str]:
    """A: ERP A; Months of use: 2018-03 to 2018-08"""
    columns = columns_of(table)
    heads = ["".join(lines(table.heads[at].english)) for at in columns]
    for row in table.rows:
        cells = [", ".join(lines(row[at].english)) for at in columns]
        named = " ".join(filter(None, cells[:2]))
        rest = [f"{head}: {cell}" for head, cell in zip(heads[2:], cells[2:], strict=True) if cell]
        yield "; ".join((named, *rest))


def columns_of(table: Table) -> list[int]:
    """All but those that hold numbers of pages, which are only known on paper."""
    return [
        at
        for at in range(len(table.heads))
        if not any(
            isinstance(part, PageOf)
            for row in table.rows
            for line in row[at].english
            for part in line
        )
    ]


def lines(text: Text) -> tuple[str, ...]:
    """Its lines without numbers of pages."""
    found = ("".join(part for part in line if isinstance(part, str)) for line in text)
    return tuple(line for line in found if line)

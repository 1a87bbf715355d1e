"""The bytes of a ZIP whose members are stored as they are, one after the other.

Sizes and sums are known before a member begins, so they stand in its head and no reader has to
look for them after its bytes; several can not. Nothing depends on the machine or on the day.
"""

from __future__ import annotations

import struct
from dataclasses import dataclass
from datetime import datetime

#: Beyond these a number stands in the longer records of ZIP64.
MOST_16, MOST_32 = 0xFFFF, 0xFFFFFFFF
PLAIN, LONG = 20, 45  # the version of the format that a reader needs
UNIX = 3 << 8
A_FILE = 0o100644 << 16

_LOCAL = struct.Struct("<4s5H3I2H")
_CENTRAL = struct.Struct("<4s6H3I5H2I")
_END = struct.Struct("<4s4H2IH")
_LONG_END = struct.Struct("<4sQ2H2I4Q")
_LOCATOR = struct.Struct("<4sIQI")
_LONG_OFFSET = struct.Struct("<2HQ")


@dataclass(frozen=True, slots=True)
class Entry:
    """A member that was written: ASCII name, bytes, their CRC-32, and where its head begins."""

    name: str
    size: int
    crc: int
    offset: int


def dos_time(at: datetime) -> tuple[int, int]:
    """Time and date as a ZIP keeps them: to two seconds, from 1980 on."""
    if at.year < 1980:
        return 0, 0x21
    return (
        at.hour << 11 | at.minute << 5 | at.second // 2,
        (min(at.year, 2107) - 1980) << 9 | at.month << 5 | at.day,
    )


def local_head(entry: Entry, at: datetime) -> bytes:
    """ValueError for a member of 4 GB, which no original is."""
    if entry.size >= MOST_32:
        raise ValueError("A member of a package is smaller than 4 GB.")
    name = entry.name.encode("ascii")
    return (
        _LOCAL.pack(
            b"PK\3\4",
            PLAIN,
            0,
            0,
            *dos_time(at),
            entry.crc,
            entry.size,
            entry.size,
            len(name),
            0,
        )
        + name
    )


def directory(entries: list[Entry], at: datetime) -> bytes:
    """What stands after the last member, down to the last byte."""
    records = b"".join(_central(entry, at) for entry in entries)
    start = entries[-1].offset + local_size(entries[-1]) if entries else 0
    count, size = len(entries), len(records)
    longer = b""
    if count >= MOST_16 or start >= MOST_32 or size >= MOST_32:
        longer = _LONG_END.pack(
            b"PK\6\6", 44, UNIX | LONG, LONG, 0, 0, count, count, size, start
        ) + _LOCATOR.pack(b"PK\6\7", 0, start + size, 1)
    few = min(count, MOST_16)
    return (
        records
        + longer
        + _END.pack(b"PK\5\6", 0, 0, few, few, min(size, MOST_32), min(start, MOST_32), 0)
    )


def local_size(entry: Entry) -> int:
    """Bytes of a member with its head."""
    return _LOCAL.size + len(entry.name) + entry.size


def _central(entry: Entry, at: datetime) -> bytes:
    name = entry.name.encode("ascii")
    is_far = entry.offset >= MOST_32
    extra = _LONG_OFFSET.pack(1, 8, entry.offset) if is_far else b""
    version = LONG if is_far else PLAIN
    return (
        _CENTRAL.pack(
            b"PK\1\2",
            UNIX | version,
            version,
            0,
            0,
            *dos_time(at),
            entry.crc,
            entry.size,
            entry.size,
            len(name),
            len(extra),
            0,
            0,
            0,
            A_FILE,
            min(entry.offset, MOST_32),
        )
        + name
        + extra
    )

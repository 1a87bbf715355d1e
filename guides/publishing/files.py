"""The form of bundled content: a guide's facts as JSON, an edition as header lines and a body."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from typing import Any

#: Header lines in their order; an empty one is left out, so that only methods carry `when`.
HEADER = ("title", "card", "summary", "keywords", "when", "sort")
OBLIGATORY = ("title", "card", "summary")


class BadFile(Exception):
    """A bundled file is not in the form that `write_edition` and `write_json` make."""


def read_edition(text: str) -> dict[str, str]:
    """Title, card, summary, keywords, when, sort and body of one language's file."""
    head, gap, body = text.partition("\n\n")
    if not gap:
        raise BadFile("no empty line between header and body")
    found = dict.fromkeys(HEADER, "")
    for line in head.split("\n"):
        name, colon, value = line.partition(": ")
        if not colon or name not in found:
            raise BadFile(f"not a header line: {line!r}")
        found[name] = value
    missing = [name for name in OBLIGATORY if not found[name]]
    if missing:
        raise BadFile(f"no {', '.join(missing)}")
    return found | {"body": body.removesuffix("\n")}


def write_edition(text: Mapping[str, str]) -> str:
    head = "".join(f"{name}: {text[name]}\n" for name in HEADER if text.get(name))
    return f"{head}\n{text['body']}\n"


def write_json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, indent=2) + "\n"


def digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def digest_of(facts: Mapping[str, Any]) -> str:
    """Of facts as their file has them."""
    return digest(write_json(facts))

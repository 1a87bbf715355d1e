"""Pictures in and out: what a folder of guides holds of them, and the same bytes back."""

from __future__ import annotations

import datetime
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from guides.children import FileRefused
from guides.models import Picture
from guides.pictures.making import Made, take_as_it_is
from guides.pictures.refusals import message

from .files import BadFile, write_json
from .pictures import add_picture, facts_of

REGISTER, FOLDER = "pictures.json", "pictures"
ENDINGS = {"image/png": "png", "image/jpeg": "jpg"}
_KEY = re.compile(r"[a-z0-9-]{1,60}")


@dataclass(frozen=True, slots=True)
class BundledPicture:
    key: str
    made: Made
    alt: Mapping[str, str]
    taken_on: datetime.date


def write_pictures(folder: Path) -> list[Path]:
    """The register and every picture of it; nothing where there is none. Answers with the files."""
    pictures = Picture.objects.defer(None).order_by("key")
    facts, written = {}, []
    for picture in pictures.iterator(chunk_size=20):
        name = f"{picture.key}.{ENDINGS[picture.media_type]}"
        facts[picture.key] = facts_of(picture) | {"file": name}
        path = folder / FOLDER / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(bytes(picture.content))
        written.append(path)
    if not facts:
        return []
    (folder / REGISTER).write_text(write_json(facts), "utf-8")
    return [folder / REGISTER, *written]


def read_pictures(folder: Path) -> tuple[list[BundledPicture], list[str]]:
    """Those of a folder that are not here yet, and the keys of those that are otherwise here:
    neither bytes nor words are taken from under texts. Raises BadFile, which names the file."""
    register = folder / REGISTER
    if not register.exists():
        return [], []
    known = Picture.objects.in_bulk(field_name="key")
    coming, other = [], []
    for key, facts in _read(register).items():
        alt, taken_on, path = _checked(key, facts, folder)
        here = known.get(key)
        if here is None:
            coming.append(BundledPicture(key, _taken(path), alt, taken_on))
        elif facts_of(here) != _plain(facts) or bytes_of(here) != path.read_bytes():
            other.append(key)
    return coming, other


def add_pictures(coming: list[BundledPicture]) -> None:
    for one in coming:
        add_picture(key=one.key, made=one.made, alt=one.alt, taken_on=one.taken_on, by=None)


def bytes_of(picture: Picture) -> bytes:
    return bytes(picture.content)


def _read(register: Path) -> dict[str, Any]:
    try:
        facts = json.loads(register.read_text("utf-8"))
    except ValueError:
        raise BadFile(f"{REGISTER}: not JSON") from None
    if not isinstance(facts, dict):
        raise BadFile(f"{REGISTER}: not a register by key")
    return facts


def _checked(key: str, facts: Any, folder: Path) -> tuple[dict[str, str], datetime.date, Path]:
    where = f"{REGISTER}: {key}"
    try:
        alt, name = dict(facts["alt"]), str(facts["file"])
        taken_on = datetime.date.fromisoformat(facts["taken_on"])
    except (KeyError, TypeError, ValueError):
        raise BadFile(f"{where}: needs alt by language, taken_on and file") from None
    if not _KEY.fullmatch(key):
        raise BadFile(f"{where}: a key has small letters, digits and hyphens")
    # Nothing outside the folder is read, whatever the register says.
    if name not in {f"{key}.{ending}" for ending in ENDINGS.values()}:
        raise BadFile(f"{where}: its file is {key}.png or {key}.jpg")
    path = folder / FOLDER / name
    if not path.is_file():
        raise BadFile(f"{where}: there is no {FOLDER}/{name}")
    return alt, taken_on, path


def _plain(facts: Mapping[str, Any]) -> dict[str, Any]:
    return {"alt": facts["alt"], "taken_on": facts["taken_on"]}


def _taken(path: Path) -> Made:
    try:
        return take_as_it_is(path.read_bytes())
    except FileRefused as refusal:
        raise BadFile(f"{FOLDER}/{path.name}: {message(refusal)}") from None

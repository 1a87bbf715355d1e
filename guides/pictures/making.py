"""From a file that somebody sent to the picture that is kept, by a child process."""

from __future__ import annotations

import hashlib
import json
import tempfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.conf import settings

from guides import children
from guides.children import FileRefused

COMMAND = children.python("guides.pictures.again")
#: A picture that is large and full of detail takes four.
SECONDS = 12.0
#: The child allows itself less; what is mapped and only now read comes on top.
MEMORY = 400 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Made:
    """A picture as it is kept and sent: PNG or JPEG, its sides in pixels."""

    content: bytes
    media_type: str
    width: int
    height: int

    @property
    def sha256(self) -> str:
        return hashlib.sha256(self.content).hexdigest()


def make_again(chunks: Iterable[bytes], size: int) -> Made:
    """The picture made again from a file of that many bytes.

    Raises FileRefused: empty, too-large (size, limit in bytes), type (type: a name, or ""),
    broken, too-many-pixels (width, height, limit in pixels), too-heavy, busy, unavailable.
    """
    if size > settings.PICTURE_LIMIT:
        raise FileRefused("too-large", size=size, limit=settings.PICTURE_LIMIT)
    return _ask(COMMAND, chunks)


def take_as_it_is(content: bytes) -> Made:
    """These very bytes, where they are such as are made here: what another site of ours gave out.

    Raises FileRefused as `make_again`, and not-ours.
    """
    return _ask((*COMMAND, "--as-it-is"), [content])


def _ask(command: Sequence[str], chunks: Iterable[bytes]) -> Made:
    try:
        with tempfile.TemporaryFile(dir=settings.FILE_UPLOAD_TEMP_DIR) as spooled:
            for chunk in chunks:
                spooled.write(chunk)
            spooled.seek(0)
            printed = children.run(command, seconds=SECONDS, memory=MEMORY, stdin=spooled)
    except OSError:
        raise FileRefused("unavailable") from None
    head, _newline, content = printed.partition(b"\n")
    facts = json.loads(head)
    if "refused" in facts:
        raise FileRefused(facts.pop("refused"), **facts)
    return Made(content, **facts)

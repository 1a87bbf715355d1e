"""What goes out: originals as downloads that no browser opens as a page, and small pictures."""

from __future__ import annotations

from contextlib import suppress
from typing import TypeVar

from django.http import FileResponse, HttpResponse, StreamingHttpResponse

from appeals.evidence import storage
from appeals.evidence.names import shown_name
from appeals.models import Evidence
from guides import children

#: Whatever else the bytes may be read as, nothing in them runs.
POLICY = "default-src 'none'; sandbox"


def download_response(evidence: Evidence) -> FileResponse:
    """The bytes as they were uploaded, in pieces. Who may have them is checked by the caller.

    Raises FileNotFoundError where the bytes are gone.
    """
    _check_there(evidence)
    name = shown_name(evidence.original_name, evidence.media_type)
    response = FileResponse(
        storage.open_stored(evidence.stored_as),
        as_attachment=True,
        filename=name,
        content_type=evidence.media_type,
    )
    response["Content-Length"] = str(evidence.size)
    return guarded(response)


DRAW = children.python("appeals.evidence.draw")
#: Seconds that a page waits for its turn to draw; then it goes without the picture this time.
PATIENCE = 1.0


def preview(evidence: Evidence) -> bytes | None:
    """A small JPEG of the first page, drawn when first asked for; no bytes where it cannot be
    drawn, None where its turn does not come.

    Raises FileNotFoundError where the bytes are gone."""
    _check_there(evidence)
    drawn = storage.read_preview(evidence.stored_as)
    if drawn is not None:
        return drawn
    if not storage.is_stored(evidence.stored_as):
        raise FileNotFoundError(evidence.stored_as)
    path = storage.path_of(evidence.stored_as)
    try:
        drawn = children.run([*DRAW, str(path)], patience=PATIENCE)
    except children.FileRefused as refusal:
        if refusal.code in {"busy", "unavailable"}:
            return None
        drawn = b""  # kept for a while: what cannot be drawn is not tried at each visit
    with suppress(OSError):  # where it cannot be kept it is drawn again
        storage.write_preview(evidence.stored_as, drawn)
    return drawn


def draw_where_missing(evidence: Evidence) -> None:
    """Before a page that shows the picture where one lies ready, and so asks for none in vain."""
    with suppress(OSError):
        preview(evidence)


def preview_response(evidence: Evidence) -> HttpResponse:
    """The picture. Who may see it is checked by the caller. 404 where it cannot be drawn, 503
    where its turn does not come.

    Raises FileNotFoundError where the bytes are gone."""
    drawn = preview(evidence)
    if drawn is None:
        return HttpResponse(status=503, headers={"Retry-After": "5"})
    if not drawn:
        return guarded(HttpResponse(status=404))
    return guarded(HttpResponse(drawn, content_type="image/jpeg"))


def _check_there(evidence: Evidence) -> None:
    """A deleted file is not handed out, though a sealed package may still hold its bytes."""
    if not evidence.has_file:
        raise FileNotFoundError(evidence.stored_as)


Answer = TypeVar("Answer", HttpResponse, FileResponse, StreamingHttpResponse)


def guarded(response: Answer) -> Answer:
    response["Content-Security-Policy"] = POLICY
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-store"
    return response

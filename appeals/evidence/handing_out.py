"""What goes out: originals as downloads that no browser opens as a page, and small pictures."""

from __future__ import annotations

from typing import TypeVar

from django.http import FileResponse, HttpResponse, StreamingHttpResponse

from appeals.evidence import children, storage
from appeals.evidence.names import shown_name
from appeals.evidence.refusals import EvidenceRefused
from appeals.models import Evidence

#: Whatever else the bytes may be read as, nothing in them runs.
POLICY = "default-src 'none'; sandbox"


def download_response(evidence: Evidence) -> FileResponse:
    """The bytes as they were uploaded, in pieces. Who may have them is checked by the caller.

    Raises FileNotFoundError where the bytes are gone.
    """
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


def preview_response(evidence: Evidence) -> HttpResponse:
    """A small JPEG of the first page, drawn when first asked for. Who may see it is checked
    by the caller. 404 where it cannot be drawn, 503 where its turn does not come.

    Raises FileNotFoundError where the bytes are gone."""
    drawn = storage.read_preview(evidence.stored_as)
    if drawn is None:
        if not storage.is_stored(evidence.stored_as):
            raise FileNotFoundError(evidence.stored_as)
        try:
            drawn = children.run([*DRAW, str(storage.path_of(evidence.stored_as))])
        except EvidenceRefused as refusal:
            if refusal.code in {"busy", "unavailable"}:
                return HttpResponse(status=503, headers={"Retry-After": "5"})
            drawn = b""  # kept as well: what cannot be drawn is not tried at each visit
        storage.write_preview(evidence.stored_as, drawn)
    if not drawn:
        return guarded(HttpResponse(status=404))
    return guarded(HttpResponse(drawn, content_type="image/jpeg"))


Answer = TypeVar("Answer", HttpResponse, FileResponse, StreamingHttpResponse)


def guarded(response: Answer) -> Answer:
    response["Content-Security-Policy"] = POLICY
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-store"
    return response

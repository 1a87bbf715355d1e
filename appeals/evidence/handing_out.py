"""Originals on their way out: as a download that no browser opens as a page of this site."""

from __future__ import annotations

from django.http import FileResponse

from appeals.evidence import storage
from appeals.evidence.names import shown_name
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
    response["Content-Security-Policy"] = POLICY
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-store"
    return response

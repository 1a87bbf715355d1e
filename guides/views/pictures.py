"""A picture at its own address, which is the same for everybody and for good."""

from __future__ import annotations

import uuid

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.cache import patch_cache_control
from django.utils.http import quote_etag
from django.views.decorators.http import require_safe

from guides.models import Picture

#: A year, and never asked about again: another picture has another address.
AGE = 365 * 24 * 3600


@login_not_required
@require_safe
def picture(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """Its bytes. One query; not kept in front of the site, where it would take the room of pages
    and would be asked for once by each reader."""
    facts = "media_type", "size", "sha256"
    names = facts if request.method == "HEAD" else (*facts, "content")
    found = Picture.objects.filter(pk=pk).values(*names).first()
    if found is None:
        raise Http404
    etag = quote_etag(found["sha256"])
    if etag in map(str.strip, request.headers.get("If-None-Match", "").split(",")):
        response = HttpResponse(status=304)
        del response["Content-Type"]
    else:
        content = bytes(found.get("content", b""))
        response = HttpResponse(content, content_type=found["media_type"])
        response["Content-Length"] = str(found["size"])
        response["Content-Disposition"] = "inline"
    response["ETag"] = etag
    patch_cache_control(response, public=True, max_age=AGE, immutable=True)
    # Whatever else the bytes may be read as, nothing in them runs.
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response["X-Content-Type-Options"] = "nosniff"
    return response

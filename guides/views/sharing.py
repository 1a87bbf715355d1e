"""What of a guide can be taken along: its picture, its code to scan, its text."""

from __future__ import annotations

import io

import segno
from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from ..publishing.files import write_edition
from ..sharing.cards import card
from ..sharing.picture import draw
from .guide_page import cited_sources, live_edition
from .public import public_page

#: Pixels of one module of the code, and modules of white around it, which readers need.
SCALE, BORDER = 6, 4


@login_not_required
@require_safe
@public_page()
def share_picture(request: HttpRequest, slug: str) -> HttpResponse:
    edition, _languages = live_edition(slug)
    response = HttpResponse(draw(card(edition, timezone.localdate())), content_type="image/png")
    # It is for other sites to show.
    response["Cross-Origin-Resource-Policy"] = "cross-origin"
    return response


@login_not_required
@require_safe
@public_page()
def qr_code(request: HttpRequest, slug: str) -> HttpResponse:
    """The lasting address of the guide in this language, as a picture that phones read."""
    edition, _languages = live_edition(slug)
    code = segno.make(settings.SITE_URL + edition.guide.get_absolute_url(), error="m", micro=False)
    made = io.BytesIO()
    code.save(made, kind="png", scale=SCALE, border=BORDER)
    return HttpResponse(made.getvalue(), content_type="image/png")


@login_not_required
@require_safe
@public_page()
def guide_markdown(request: HttpRequest, slug: str) -> HttpResponse:
    """The live text as its editors wrote it, in this language or not at all, and what its
    citations and pictures name."""
    edition, _languages = live_edition(slug)
    if edition.language != get_language():
        raise Http404
    assert edition.live is not None
    text = write_edition(edition.live.revision.text())
    named = [
        f"[@{line.source.key}]: {line.title} {line.source.address}".rstrip()
        for line in cited_sources(edition)
    ]
    named += [
        f"![[{picture.key}]]: {settings.SITE_URL}{picture.get_absolute_url()}"
        for picture in edition.pictured.order_by("key").only("key")
    ]
    response = HttpResponse(
        "\n".join([text, *named, ""]), content_type="text/markdown; charset=utf-8"
    )
    # Search engines are to show the page.
    response["X-Robots-Tag"] = "noindex"
    response["Link"] = f'<{settings.SITE_URL}{edition.guide.get_absolute_url()}>; rel="canonical"'
    return response

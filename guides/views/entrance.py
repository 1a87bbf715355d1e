"""The addresses without a language: the bare one, and what crawlers ask for."""

from __future__ import annotations

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.cache import patch_vary_headers
from django.utils.translation import get_language_from_request, override
from django.views.decorators.http import require_safe

from .public import public_page


@login_not_required
@require_safe
def entrance(request: HttpRequest) -> HttpResponse:
    """On to a language: the account's, else the browser's, else Chinese."""
    response = HttpResponseRedirect(home_in(entrance_language(request)))
    patch_vary_headers(response, ["Accept-Language", "Cookie"])
    return response


def entrance_language(request: HttpRequest) -> str:
    if request.user.is_authenticated and request.user.language in dict(settings.LANGUAGES):
        return request.user.language
    return get_language_from_request(request)


def home_in(language: str) -> str:
    with override(language):
        return reverse("guides:home")


@login_not_required
@require_safe
@public_page()
def robots(request: HttpRequest) -> HttpResponse:
    lines = ["User-agent: *", "Disallow: /admin/"]
    for language, _name in settings.LANGUAGES:
        lines += [f"Disallow: /{language}/appeals/", f"Disallow: /{language}/account/"]
        # The longest rule that fits counts: the example is public, its downloads are no pages.
        lines += [
            f"Allow: /{language}/appeals/example/",
            f"Disallow: /{language}/appeals/example/dossier/p",
        ]
    lines += ["", f"Sitemap: {settings.SITE_URL}{reverse('sitemap')}", ""]
    return HttpResponse("\n".join(lines), content_type="text/plain; charset=utf-8")

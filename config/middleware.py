"""What every answer carries, and how long a sign-in lasts."""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import timezone, translation
from django.utils.cache import add_never_cache_headers

Answer = Callable[[HttpRequest], HttpResponse]

CONTENT_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
    "font-src 'self'; connect-src 'self'; form-action 'self'; frame-ancestors 'none'; "
    "base-uri 'none'; object-src 'none'"
)
PERMISSIONS_POLICY = (
    "camera=(), geolocation=(), microphone=(), payment=(), usb=(), interest-cohort=()"
)


def safe_headers(get_response: Answer) -> Answer:
    """The headers of every answer, static files included. A view may set a stricter one first."""

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        response.headers.setdefault("Content-Security-Policy", CONTENT_POLICY)
        response.headers.setdefault("Permissions-Policy", PERMISSIONS_POLICY)
        response.headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        response.headers.setdefault("X-Content-Type-Options", "nosniff")
        # Whoever is signed in may share the machine: nothing of theirs stays in a cache.
        user = getattr(request, "user", None)
        if user is not None and was_asked(request) and user.is_authenticated:
            add_never_cache_headers(response)
        return response

    return middleware


def was_asked(request: HttpRequest) -> bool:
    """Whether this answer looked at the session: asking now would make it depend on a cookie."""
    session = getattr(request, "session", None)
    return session is not None and session.accessed


def lasting_session(get_response: Answer) -> Answer:
    """Thirty days from the last visit, renewed once a day; for staff twelve hours, once an hour.

    Only a request that carries a session cookie is looked at: readers without one stay
    without a query and without a cookie.
    """

    def middleware(request: HttpRequest) -> HttpResponse:
        if settings.SESSION_COOKIE_NAME in request.COOKIES and request.user.is_authenticated:
            renew(request)
        return get_response(request)

    return middleware


def renew(request: HttpRequest) -> None:
    is_staff = request.user.is_staff
    now = int(timezone.now().timestamp())
    every = 3600 if is_staff else 24 * 3600
    if now - request.session.get("renewed_at", 0) >= every:
        request.session["renewed_at"] = now
        request.session.set_expiry(
            settings.STAFF_SESSION_AGE if is_staff else settings.SESSION_COOKIE_AGE
        )


def account_language(get_response: Answer) -> Answer:
    """The desk speaks the language of the account; its addresses carry none."""

    def middleware(request: HttpRequest) -> HttpResponse:
        if request.path.startswith("/admin/") and request.user.is_authenticated:
            language = getattr(request.user, "language", "")
            if language in dict(settings.LANGUAGES):
                translation.activate(language)
                request.LANGUAGE_CODE = language
        return get_response(request)

    return middleware

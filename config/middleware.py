"""What every answer carries, and how long a sign-in lasts."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from django.conf import settings
from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.utils import timezone, translation
from django.utils.cache import add_never_cache_headers
from django.utils.http import url_has_allowed_host_and_scheme

from guides.templatetags.typed import texts_of

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
        if is_about_an_account(request):
            add_never_cache_headers(response)
            # Some of these addresses are tokens: no other site is told them. Not "no-referrer",
            # with which browsers send forms without the origin that is checked.
            response.headers["Referrer-Policy"] = "same-origin"
        return response

    return middleware


def same_for_everybody(get_response: Answer) -> Answer:
    """Pictures are kept by browsers for good: who asks for one is not looked at."""

    def middleware(request: HttpRequest) -> HttpResponse:
        is_picture = request.path_info.startswith("/pictures/")
        if is_picture:
            request.COOKIES = {}
        response = get_response(request)
        if is_picture and response.status_code != 404:
            del response["Vary"]
            del response["Content-Language"]
        return response

    return middleware


def is_about_an_account(request: HttpRequest) -> bool:
    """Signing in or up, confirming an address, setting a password: signed in or not."""
    match = request.resolver_match
    return match is not None and match.view_name.startswith("account")


def was_asked(request: HttpRequest) -> bool:
    """Whether this answer looked at the session: asking now would make it depend on a cookie."""
    session = getattr(request, "session", None)
    return session is not None and session.accessed


def lasting_session(get_response: Answer) -> Answer:
    """Thirty days from the last visit, renewed once a day; for staff twelve hours, once an hour.

    Only a request that carries a session cookie is looked at, and one that signs in: readers
    without one stay without a query and without a cookie.
    """

    def middleware(request: HttpRequest) -> HttpResponse:
        if settings.SESSION_COOKIE_NAME in request.COOKIES and request.user.is_authenticated:
            renew(request)
        response = get_response(request)
        # Signing in has given the session a length of its own, the same for everyone.
        if request.session.modified and request.user.is_authenticated:
            renew(request)
        return response

    return middleware


def renew(request: HttpRequest) -> None:
    is_staff = request.user.is_staff
    length = settings.STAFF_SESSION_AGE if is_staff else settings.SESSION_COOKIE_AGE
    now = int(timezone.now().timestamp())
    every = 3600 if is_staff else 24 * 3600
    renewed = now - request.session.get("renewed_at", 0) < every
    if not renewed or request.session.get_expiry_age() > length:
        request.session["renewed_at"] = now
        request.session.set_expiry(length)


class SignInFirst(LoginRequiredMiddleware):
    """Leads to signing in and back; says so where a sign-in ran out, or something was sent.

    Texts that were sent are shown first, to be copied.
    """

    def handle_no_permission(self, request: HttpRequest, view_func: Any) -> HttpResponse:
        response = super().handle_no_permission(request, view_func)
        was_sent = request.method not in {"GET", "HEAD"}
        if was_sent or settings.SESSION_COOKIE_NAME in request.COOKIES:
            address = urlsplit(response.url)
            query = QueryDict(address.query, mutable=True)
            query["expired"] = "1"
            if was_sent and "next" in query:
                query["next"] = page_of_form(request) or query["next"]
            response["Location"] = address._replace(query=query.urlencode(safe="/")).geturl()
        if texts_of(request):
            # Going on to sign in would lose them.
            return render(request, "signed_out.html", {"sign_in": response.url}, status=403)
        return response


def page_of_form(request: HttpRequest) -> str:
    """The page that a form was sent from; "" where the browser does not tell, or another site."""
    referrer = request.headers.get("Referer", "")
    if not url_has_allowed_host_and_scheme(
        referrer, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    ):
        return ""
    return urlsplit(referrer)._replace(scheme="", netloc="", fragment="").geturl()


def own_time(get_response: Answer) -> Answer:
    """Times are told in the zone of whoever is signed in."""

    def middleware(request: HttpRequest) -> HttpResponse:
        if settings.SESSION_COOKIE_NAME not in request.COOKIES:
            return get_response(request)
        try:
            zone = ZoneInfo(getattr(request.user, "time_zone", "") or settings.TIME_ZONE)
        except (ZoneInfoNotFoundError, ValueError):
            zone = ZoneInfo(settings.TIME_ZONE)
        with timezone.override(zone):
            return get_response(request)

    return middleware


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

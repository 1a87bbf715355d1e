"""The editors' desk: Django's admin, entered through the site's own sign-in."""

from __future__ import annotations

from django.contrib.admin import AdminSite
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext_lazy as _


class Desk(AdminSite):
    site_header = _("Keyright: the editors' desk")
    site_title = _("Editors' desk")
    index_title = _("What there is")
    empty_value_display = "–"

    def login(self, request: HttpRequest, extra_context: object = None) -> HttpResponse:
        """One sign-in for the whole site: with its rate limits and its confirmation of addresses."""
        if request.user.is_authenticated:
            if self.has_permission(request):
                return redirect_to_login(reverse("admin:index"))
            raise PermissionDenied
        return redirect_to_login(
            request.GET.get("next") or reverse("admin:index"), reverse("account_login")
        )

"""The editors' desk: Django's admin with the site's own sign-in, which opens with the board."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib.admin import AdminSite
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern, URLResolver, path, reverse
from django.utils.decorators import method_decorator
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext_lazy as _

EDITED = ("Guide", "Source")


class Desk(AdminSite):
    site_header = _("Keyright: the editors' desk")
    site_title = _("Editors' desk")
    index_title = _("What there is")
    empty_value_display = "–"

    def get_app_list(self, request: HttpRequest, app_label: str | None = None) -> list[dict]:
        """What editors come for stands first, the rest as it is."""
        apps = super().get_app_list(request, app_label)
        for app in apps:
            app["models"].sort(key=lambda model: model["object_name"] not in EDITED)
        return sorted(apps, key=lambda app: app["app_label"] != "guides")

    def get_urls(self) -> list[URLPattern | URLResolver]:
        # The registers are made while this class is: they are known once addresses are asked for.
        from guides.admin import board, board_acts

        def page(name: str, address: str, view: Callable[..., HttpResponse]) -> URLPattern:
            return path(f"board/{address}", self.admin_view(view), name=f"board_{name}")

        return [
            path("", self.admin_view(board.index), name="index"),
            page("csv", "board.csv", board.as_csv),
            page("postpone", "postpone/<int:pk>/", board_acts.put_off),
            page("link_retry", "links/<int:pk>/retry/", board_acts.retry_link),
            page("link_ignore", "links/<int:pk>/ignore/", board_acts.ignore_link),
            page("feedback_handled", "feedback/<int:pk>/handled/", board_acts.feedback_handled),
            page("miss_handled", "searches/<int:pk>/handled/", board_acts.miss_handled),
            page("queue", "<str:name>/", board.queue),
            *super().get_urls(),
        ]

    @method_decorator(login_not_required)
    def login(self, request: HttpRequest, extra_context: object = None) -> HttpResponse:
        """One sign-in for the whole site: with its rate limits and its confirmation of addresses."""
        wanted = request.GET.get("next", "")
        if not url_has_allowed_host_and_scheme(wanted, {request.get_host()}, request.is_secure()):
            wanted = reverse("admin:index")
        if not request.user.is_authenticated:
            return redirect_to_login(wanted, reverse("account_login"))
        if not self.has_permission(request):
            raise PermissionDenied
        return redirect(wanted)

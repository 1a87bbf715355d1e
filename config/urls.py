"""Every address of the site. Public pages carry their language first."""

from django.conf import settings
from django.conf.urls.i18n import i18n_patterns
from django.contrib import admin
from django.contrib.auth.decorators import login_not_required
from django.contrib.sitemaps.views import sitemap
from django.urls import include, path

from appeals.presenters.kept import account_numbers
from appeals.sitemaps import Example
from appeals.views.verify import verify_package
from config import health
from config.leaving_pages import account_delete, account_deleted
from guides.sitemaps import SITEMAPS
from guides.views.account import account
from guides.views.entrance import entrance, robots
from guides.views.pictures import picture
from guides.views.preview import preview
from guides.views.public import public_page

urlpatterns = [
    path("", entrance, name="entrance"),
    path("robots.txt", robots, name="robots"),
    path(
        "sitemap.xml",
        login_not_required(public_page()(sitemap)),
        {"sitemaps": SITEMAPS | {"example": Example}},
        name="sitemap",
    ),
    path("healthz", health.healthz, name="healthz"),
    path("readyz", health.readyz, name="readyz"),
    path("preview/<str:token>/", preview, name="preview"),
    path("admin/", admin.site.urls),
    path("pictures/<uuid:pk>/", picture, name="picture"),
    *i18n_patterns(
        path("", include("guides.urls")),
        path("appeals/", include("appeals.urls")),
        path("verify/", verify_package, name="verify"),
        path("account/", account, {"numbers": account_numbers}, name="account"),
        path("account/delete/", account_delete, name="account_delete"),
        path("account/deleted/", account_deleted, name="account_deleted"),
        path("account/", include("allauth.account.urls")),
        prefix_default_language=True,
    ),
]

handler400 = "config.errors.bad_request"
handler500 = "config.errors.server_error"

if settings.DEBUG:
    from django.contrib.staticfiles.urls import staticfiles_urlpatterns

    urlpatterns += staticfiles_urlpatterns()

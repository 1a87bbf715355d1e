"""The site's wiring as an app, for its commands; and the stock admin under the site's name."""

from django.apps import AppConfig
from django.contrib.admin.apps import AdminConfig as StockAdminConfig


class SiteConfig(AppConfig):
    name = "config"


class AdminConfig(StockAdminConfig):
    default_site = "config.desk.Desk"

"""The stock admin with this site's own name and sign-in."""

from django.contrib.admin.apps import AdminConfig as StockAdminConfig


class AdminConfig(StockAdminConfig):
    default_site = "config.desk.Desk"

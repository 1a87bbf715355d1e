"""Addresses of the public pages, below the language."""

from django.urls import path

from .views import detail, listing, methods

app_name = "guides"

urlpatterns = [
    path("", listing.home, name="home"),
    # guides/
    path("guides/", listing.guide_list, name="guide-list"),
    path("guides/<slug:slug>/", detail.guide_detail, name="guide-detail"),
    path("guides/<slug:slug>/ticks/", detail.guide_ticks, name="guide-ticks"),
    # methods/
    path("methods/", methods.methods, name="methods"),
]

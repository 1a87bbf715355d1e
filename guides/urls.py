"""Addresses of the public pages, below the language."""

from django.urls import path

from .views import (
    changes,
    detail,
    feedback,
    history,
    listing,
    methods,
    search,
    sharing,
    terms,
    ticks,
)
from .views.renamed import lasting

app_name = "guides"

urlpatterns = [
    path("", listing.home, name="home"),
    # guides/
    path("guides/", listing.guide_list, name="guide-list"),
    path("guides/<slug:slug>/", lasting(detail.guide_detail), name="guide-detail"),
    path("guides/<slug:slug>/ticks/", lasting(detail.guide_ticks), name="guide-ticks"),
    path("guides/<slug:slug>/feedback/", lasting(feedback.feedback), name="feedback"),
    path("guides/<slug:slug>.md", lasting(sharing.guide_markdown), name="guide-markdown"),
    path("guides/<slug:slug>/share.png", lasting(sharing.share_picture), name="share-picture"),
    path("guides/<slug:slug>/qr.png", lasting(sharing.qr_code), name="qr"),
    path("guides/<slug:slug>/history/", lasting(history.history), name="history"),
    path("guides/<slug:slug>/compare/<int:a>/<int:b>/", lasting(history.compare), name="compare"),
    # changes/
    path("changes/", changes.changes, name="changes"),
    path("changes/feed/", changes.feed, name="changes-feed"),
    # methods/
    path("methods/", methods.methods, name="methods"),
    # search/
    path("search/", search.search_page, name="search"),
    # terms/
    path("terms/", terms.terms, name="terms"),
    # ticks/
    path("ticks/", ticks.carry_ticks, name="carry-ticks"),
]

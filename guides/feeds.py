"""What changed as Atom, in one language."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from django.utils.html import escape
from django.utils.translation import gettext, override
from django.utils.xmlutils import SimplerXMLGenerator

from .rendering import html_language
from .templatetags.publications import change_note

#: What XML cannot hold; a note that came in by a file may.
_UNWRITABLE = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


class ChangesFeed(Atom1Feed):
    """With the same feed in the other languages beside it."""

    def add_root_elements(self, handler: SimplerXMLGenerator) -> None:
        super().add_root_elements(handler)
        for tag, address in self.feed["elsewhere"]:
            handler.addQuickElement(
                "link",
                "",
                {
                    "rel": "alternate",
                    "type": "application/atom+xml",
                    "hreflang": tag,
                    "href": address,
                },
            )


def changes_feed(publications: Iterable[Any], language: str) -> str:
    """The document. Its publications are newest first, with text and neighbours."""
    others = [code for code, _name in settings.LANGUAGES if code != language]
    feed = ChangesFeed(
        title=gettext("Keyright: what changed"),
        link=address_in(language, "guides:changes"),
        description=gettext("Every publication, and why it was made. Minor changes are marked."),
        language=html_language(language),
        author_name="Keyright",
        feed_url=address_in(language, "guides:changes-feed"),
        feed_guid=address_in(language, "guides:changes-feed"),
        elsewhere=[
            (html_language(code), address_in(code, "guides:changes-feed")) for code in others
        ],
    )
    for publication in publications:
        add(feed, publication, language)
    return feed.writeString("utf-8")


def add(feed: ChangesFeed, publication: Any, language: str) -> None:
    slug, revision = publication.edition.guide.slug, publication.revision
    before = publication.number_before
    if before is None or before == revision.number:
        link = address_in(language, "guides:history", slug)
    else:
        pair = sorted([before, revision.number])
        link = address_in(language, "guides:compare", slug, *pair)
    feed.add_item(
        title=writable(title_of(publication)),
        link=link,
        description=escape(writable(change_note(publication))),  # Atom takes it for HTML
        unique_id=lasting_id(publication),
        pubdate=publication.published_at,
        updateddate=publication.published_at,
        categories=[str(publication.edition.guide.get_kind_display())],
    )


def title_of(publication: Any) -> str:
    title = publication.revision.title
    if publication.number_before is None:
        return gettext("New: %(title)s") % {"title": title}
    if publication.revision.is_minor:
        return gettext("%(title)s (minor change)") % {"title": title}
    return title


def lasting_id(publication: Any) -> str:
    """The same for as long as the site has its name, whichever database it is kept in."""
    edition = publication.edition
    moment = publication.published_at.strftime("%Y%m%d%H%M%S%f")
    place = f"{edition.language}/{edition.guide.slug}/{publication.revision.number}/{moment}"
    return f"tag:{urlsplit(settings.SITE_URL).hostname},2026:{place}"


def address_in(language: str, name: str, *parts: object) -> str:
    with override(language):
        return settings.SITE_URL + reverse(name, args=parts)


def writable(text: str) -> str:
    return _UNWRITABLE.sub("", text)
